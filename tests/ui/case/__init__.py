"""Tests of the page of a case."""
