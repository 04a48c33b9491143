"""Pieces that pages are put together from: titles, cards, rows of buttons, a scrolling canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station_app.ui.style.icons import icon
from station_app.ui.style.tokens import S2, S3, S4, S5


def text(words: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the roles of the sheet."""
    label = QLabel(words)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(wrap)
    return label


def nothing(words: str) -> QLabel:
    """What an empty list means, at the top of the room the list would have."""
    label = text(words, "muted", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label


def button(words: str, act: Callable[[], object], *, kind: str = "", picture: str = "", hint: str = "") -> QPushButton:
    """A button; `picture` is an icon's name, `hint` its key or a sentence."""
    result = QPushButton(words)
    result.setProperty("kind", kind)
    result.setAccessibleName(words)
    if picture:
        result.setIcon(icon(picture, "on_accent" if kind == "primary" else "text"))
    if hint:
        result.setToolTip(hint)
    result.clicked.connect(lambda: act() and None)
    return result


def allow(able: QPushButton, yes: bool, why: str) -> None:
    """Let a button be pressed, or say in its tip why it cannot be; its own tip comes back."""
    own = able.property("own_tip")
    if own is None:
        own = able.toolTip()
        able.setProperty("own_tip", own)
    able.setEnabled(yes)
    able.setToolTip(str(own) if yes else why)
    able.setAccessibleDescription("" if yes else why)


def card(*widgets: QWidget, title: str = "") -> QFrame:
    """A card with widgets one under the other."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(S4, S3, S4, S4)
    column.setSpacing(S3)
    if title:
        column.addWidget(text(title, "title"))
    for widget in widgets:
        column.addWidget(widget)
    return frame


def row(*widgets: QWidget | None, spacing: int = S2) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


class Canvas(QScrollArea):
    """A page's scrolling ground; add to `column`. Never scrolls sideways."""

    def __init__(self, *, most: int = 0, margin: int = S5, centred: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setProperty("role", "canvas")
        outer = QHBoxLayout(ground)
        outer.setContentsMargins(margin, max(margin, S4), margin, max(margin, S4))
        outer.setSpacing(0)  # fields and cards end where the buttons under them end
        inner = QWidget()
        if most:
            inner.setMaximumWidth(most)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if centred:
            outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(S4)
        self.setWidget(ground)


def walk(stops: list[QWidget], *, following: bool) -> bool:
    """Move the focus to the next (or the last) of these that can take it; False at their end or outside of them."""
    focus = QApplication.focusWidget()
    able = [w for w in stops if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    here = next((i for i, w in enumerate(able) if focus is w or (focus is not None and w.isAncestorOf(focus))), -1)
    goal = here + (1 if following else -1)
    if here < 0 or not 0 <= goal < len(able):
        return False
    able[goal].setFocus(Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason)
    return True


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = cast("QWidget | None", item.widget())
        inner = cast("QLayout | None", item.layout())
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
