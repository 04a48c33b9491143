"""Tests of the agreement's page."""
