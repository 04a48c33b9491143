"""Measurements, each a ratio in one run against a limit or a rival frozen beside it; run by `make bench`."""
