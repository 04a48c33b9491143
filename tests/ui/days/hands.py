"""Two hands on a keyboard: presses keys, walks by Tab, and counts what was pressed beyond free text."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station_app.ui.frame.window import MainWindow
from tests.ui.conftest import settle

NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """`keys`: strokes so far."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.keys = 0
        self._qtbot, self._window = qtbot, window

    def press(self, on: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key; then everything it started comes to rest."""
        self.keys += 1
        QTest.keyClick(on, key, modifier)
        self.rest()

    def walk(self, start: QWidget, target: QWidget) -> None:
        """From one control to another by Tab, counted by the order in which the focus really goes."""
        at = start
        for _ in range(200):
            if at is target:
                break
            at = at.nextInFocusChain()
            if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled():
                self.keys += 1
        assert at is target, "not to be reached by Tab"
        target.setFocus()

    def sit(self, on: QWidget) -> None:
        """The window is in front and the control has the focus, as after a small window was closed."""
        on.window().activateWindow()
        on.setFocus()
        self.rest()

    def rest(self) -> None:
        """Until the lanes are empty."""
        for _ in range(4):
            settle(self._qtbot, self._window.tasks)
