"""Forms described in Python, built into widgets, bound to the catalogue's fields."""
