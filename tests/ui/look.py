"""What can be seen wrong on a page without eyes: words that are cut, widgets a screen reader cannot name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from station_app.ui.widgets.elided import ElidedLabel

_NAMED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)


def _shown(page: QWidget) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if w.isVisibleTo(page)]


def cut(page: QWidget) -> list[str]:
    """Labels and buttons that are smaller than their words, or stick out of their parent."""
    found = []
    for widget in _shown(page):
        if isinstance(widget, ElidedLabel) or not isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit):
            continue
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
        if isinstance(widget.parentWidget(), QComboBox | QLineEdit | QTabBar | QAbstractItemView):
            continue
        needed = widget.sizeHint() if not isinstance(widget, QLineEdit) else QSize(0, widget.sizeHint().height())
        if isinstance(widget, QComboBox):
            needed = widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = QSize(0, widget.heightForWidth(widget.width()))
        if widget.width() < needed.width() or widget.height() < needed.height() - 1:  # a pixel of rounding
            found.append(f"cut: {words!r} {widget.size().toTuple()} < {needed.toTuple()}")
        if not _inside(widget, page):
            found.append(f"outside: {words!r}")
    return found


def _inside(widget: QWidget, page: QWidget) -> bool:
    """Within all parents sideways (downwards a page may scroll)."""
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        left = widget.mapTo(parent, widget.rect().topLeft()).x()
        if left < 0 or left + widget.width() > parent.width() + 1:
            return isinstance(parent, QAbstractItemView)
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            area = parent.parentWidget()
            assert isinstance(area, QAbstractScrollArea)
            if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                return True
        parent = parent.parentWidget()
    return True


def nameless(page: QWidget) -> list[str]:
    """Widgets to work with that have neither a name nor words of their own."""
    found = []
    for widget in _shown(page):
        if not isinstance(widget, _NAMED) or widget.objectName().startswith("qt_"):
            continue
        parent = widget.parentWidget()
        if isinstance(parent, QComboBox | QLineEdit | QTabBar | QAbstractSpinBox | QAbstractItemView):
            continue
        own = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or own):
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found
