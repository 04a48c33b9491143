"""Tests of the rules around writing an appeal down."""
