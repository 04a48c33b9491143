"""Tests of likeness, links, recall, templates, copy lists and the card reader."""
