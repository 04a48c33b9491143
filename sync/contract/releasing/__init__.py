"""Versions of the program and what is handed out signed: numbers, releases, signature files."""
