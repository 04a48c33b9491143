"""Tests of the clause library."""
