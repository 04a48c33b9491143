"""Tests of the district server, on both back ends."""
