"""Marks a text in a table as one to translate; Qt's lupdate finds it by this name."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text as it is: translated where it is shown, with the same context."""
    return text
