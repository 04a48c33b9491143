"""Papers of one case: cards, pages as pictures, print, save, verify."""
