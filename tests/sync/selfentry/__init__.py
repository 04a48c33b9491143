"""Self-entry: from the telephone over the district to the station and back."""
