"""Fusion, a palette and one style sheet, all built from the tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from station_app.ui.style import fonts, icons
from station_app.ui.style import tokens as t
from station_app.ui.style.sheet import sheet
from station_app.ui.style.theme import resolve, theme

_SHEET_ICONS: Final = {
    "chevron-down": "muted",
    "chevron-up": "muted",
    "check": "on_accent",
    "radio": "on_accent",
}
_folder: list[QTemporaryDir] = []


def apply(app: QApplication, *, wish: str = "system", large: bool = False, family: str | None = None) -> None:
    """Dress the application. `family` None chooses a font; the wish `system` follows the system from now on."""
    now = theme()
    now.wish, now.large, now.scheme = wish, large, resolve(wish)
    if family is not None:
        now.family = family
    elif not now.family:
        now.family = fonts.choose_family()
    app.setStyle("Fusion")
    app.setFont(_font(now.family, large=large))
    colours = t.palette(now.scheme)
    app.setPalette(qt_palette(colours))
    _write_icons(colours)
    app.setStyleSheet(sheet(colours, scale=t.LARGE if large else 1.0, scheme=now.scheme))
    now.changed.emit()


def follow_system(app: QApplication) -> None:
    """Dress anew when the system switches between light and dark and the user wished to follow it."""

    def follow() -> None:
        if theme().wish == "system" and theme().scheme != resolve("system"):
            apply(app, wish="system", large=theme().large)

    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)


def _font(family: str, *, large: bool) -> QFont:
    font = QFont(family) if family else QFont()
    font.setPointSizeF(t.BODY_PT * (t.LARGE if large else 1.0))
    return font


def _write_icons(colours: t.Palette) -> None:
    """A style sheet takes pictures from files only: the few it needs are written in today's colours."""
    if not _folder:
        _folder.append(QTemporaryDir())
    scheme = theme().scheme
    folder = Path(_folder[0].path()) / scheme
    if not folder.exists():
        folder.mkdir()
        for name, token in _SHEET_ICONS.items():
            (folder / f"{name}.svg").write_bytes(icons.coloured(name, getattr(colours, token)))
    QDir.setSearchPaths("style", [_folder[0].path()])


def qt_palette(c: t.Palette) -> QPalette:
    """Qt's roles in our colours."""
    result = QPalette()
    role = QPalette.ColorRole
    active = {
        role.Window: c.ground,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.sunken,
        role.Text: c.text,
        role.PlaceholderText: c.muted,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.BrightText: c.red,
        role.ToolTipBase: c.raised,
        role.ToolTipText: c.text,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Accent: c.accent,
        role.Light: c.raised,
        role.Midlight: c.hover,
        role.Mid: c.line,
        role.Dark: c.field_line,
        role.Shadow: c.faint,
    }
    for name, colour in active.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.muted))
    return result


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget a tone (red, amber, green, none) and draw it anew."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at; draws anew only where it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
