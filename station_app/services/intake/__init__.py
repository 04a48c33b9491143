"""Verbs and look-ups while an appeal is written down: likeness, links, recall, templates, card reader, copy lists."""
