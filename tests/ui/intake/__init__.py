"""Tests of writing an appeal down."""
