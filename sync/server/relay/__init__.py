"""Ops that somebody else than their device brings back: after a restore, colleagues return what the server lost."""
