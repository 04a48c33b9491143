"""Tests of the pages on work about no case."""
