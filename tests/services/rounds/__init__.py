"""Tests of the work about no case."""
