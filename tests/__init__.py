"""All tests; the folders mirror the house."""
