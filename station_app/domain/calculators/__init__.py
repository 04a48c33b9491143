"""Calculators: pure functions that show each sum with its formula in words and its article; unknown stays unknown."""
