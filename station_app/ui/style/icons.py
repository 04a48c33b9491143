"""Icons: own SVG files on a 20 px grid, one stroke width, coloured by token when they are loaded."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from station_app.paths import resources_dir
from station_app.ui.style import theme
from station_app.ui.style.tokens import ICON


@lru_cache(maxsize=128)
def source(name: str) -> str:
    """The SVG text of an icon, in `currentColor`."""
    return (resources_dir() / "icons" / f"{name}.svg").read_text("utf-8")


def coloured(name: str, colour: str) -> bytes:
    """The SVG of an icon in one colour."""
    return source(name).replace("currentColor", colour).encode()


def icon(name: str, token: str = "text") -> QIcon:
    """An icon in the colour of a token of the scheme now shown."""
    colours = theme.colours()
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _icon(name, getattr(colours, token), colours.faint, ratio)


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, faint: str, ratio: float) -> QIcon:
    result = QIcon()
    for size in (16, ICON, 32):
        result.addPixmap(_pixmap(name, colour, size, ratio))
        result.addPixmap(_pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, token: str = "text", size: int = ICON) -> QPixmap:
    """An icon as a picture of `size` logical px."""
    return icon(name, token).pixmap(size, size)


def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(coloured(name, colour))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
