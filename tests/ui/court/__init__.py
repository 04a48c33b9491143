"""Tests of the court view on screen."""
