"""Releases of the program at the district."""
