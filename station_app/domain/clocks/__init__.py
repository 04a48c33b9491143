"""Clocks: each with its own basis and start, the raw and the shifted last day, and what it says today."""
