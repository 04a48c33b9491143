"""Papers of a case by their facts: in which state one is, what a complete file lacks."""
