"""Erasure at the station: what the district's signed orders take out, and that no copy of it is left behind."""
