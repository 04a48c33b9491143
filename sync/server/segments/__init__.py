"""Segments: the grown part of a stream, packed and certified once, for PCs that begin or come back after long."""
