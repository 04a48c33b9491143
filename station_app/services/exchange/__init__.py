"""A case as a file: read, checked, written, exported."""
