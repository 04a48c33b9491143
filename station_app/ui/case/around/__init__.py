"""What stands around a case: linked and merged ones, other services and systems, who is kept hidden."""
