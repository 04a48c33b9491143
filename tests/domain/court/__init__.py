"""Tests of the court view."""
