"""An older and a newer program beside each other: what one does not know survives at the other."""
