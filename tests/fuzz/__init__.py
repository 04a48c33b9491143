"""Coverage-guided fuzzing of everything that reads bytes from outside; what was found is kept in tests/data/fuzz."""
