"""A year of invented appeals the size of the published one: planned from a seed, written as real operations."""
