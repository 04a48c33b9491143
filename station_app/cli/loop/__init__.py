"""Commands on limits and warnings of a case."""
