"""The proof of the contract: vectors, properties, and its text against the code."""
