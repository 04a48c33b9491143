"""The nine cases, each worked from its case file to the district server."""
