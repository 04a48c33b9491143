"""Which scheme is shown now (light or dark), how large, and a signal when that changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from station_app.ui.style.tokens import Palette, Scheme, palette


class _Theme(QObject):
    """Lives for the whole program. *Signals:* `changed` after scheme or size changed (icons are then drawn anew)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wish = "system"
        self.scheme: Scheme = "light"
        self.large = False
        self.family = ""
        self.forced = ""


_the: list[_Theme] = []


def theme() -> _Theme:
    """The one theme; made at first use, after the application."""
    if not _the:
        _the.append(_Theme())
    return _the[0]


def colours() -> Palette:
    """The colours now shown."""
    return palette(theme().scheme)


def resolve(wish: str) -> Scheme:
    """The scheme for a wish `system`, `light` or `dark`."""
    if wish == "dark":
        return "dark"
    if wish == "light":
        return "light"
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
