"""Self-entry at the district."""
