"""What the PCs of one station tell each other without a server."""
