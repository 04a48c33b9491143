"""Questions a screen asks: lists, counts, what happened."""
