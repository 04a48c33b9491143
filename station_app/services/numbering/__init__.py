"""Numbers that two papers bear (重号), and numbers nobody knows what became of: settled by a person."""
