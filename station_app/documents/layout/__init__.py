"""Blocks -> pieces -> pages: where everything stands, without a word of PDF."""
