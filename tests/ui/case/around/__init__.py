"""Tests of what stands around a case."""
