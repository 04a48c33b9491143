"""Which way to the server: what the person typed, what the system says, what an automatic configuration computes."""
