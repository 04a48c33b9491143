"""Esc belongs first to what is open under the caret: a cell being edited, a list of results; only then to "back"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


class EscapeGuard(QObject):
    """Keeps Esc from being taken as a shortcut where a widget needs it itself.

    A widget that wants Esc while something of it is open sets its property `escape` to True meanwhile.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accepting the override hands the key to the widget."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Escape and isinstance(watched, QWidget) and needs_escape(watched)
            if mine:
                event.accept()
                return True
        return False


def needs_escape(widget: QWidget) -> bool:
    """An editor of a cell, or a widget that says so."""
    if widget.property("escape"):
        return True
    viewport = widget.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    return isinstance(view, QAbstractItemView) and view.viewport() is viewport and widget.hasFocus()
