"""Tests of the desk, driven as a user does."""
