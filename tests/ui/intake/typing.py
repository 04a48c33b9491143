"""Keys as a person hits them, sent to whatever has the focus, and counted."""

from __future__ import annotations

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station_app.ui.tasks import Tasks
from tests.ui.conftest import settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Typist:
    """`keys` counts every key; `letters` those of free text (words a program cannot know)."""

    qtbot: QtBot
    tasks: Tasks
    keys: int = 0
    letters: int = 0

    def target(self) -> QWidget:
        """Who gets the key: an open popup first, else the focus."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None
        return found

    def hit(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """A key, `times` times; a chord counts as one."""
        for _ in range(times):
            QTest.keyClick(self.target(), key, modifier)
            self.keys += 1
        settle(self.qtbot, self.tasks)

    def text(self, words: str) -> None:
        """Free text: committed as by an input method."""
        self._put(words)
        self.letters += len(words)

    def write(self, letters: str) -> None:
        """Letters and digits that choose or find something: counted as keys."""
        self._put(letters)
        self.keys += len(letters)
        self.wait(0.2)

    def _put(self, words: str) -> None:
        if words.isascii():
            for sign in words:
                QTest.keyClicks(self.target(), sign)
            return
        commit = QInputMethodEvent("", [])
        commit.setCommitString(words)
        QApplication.sendEvent(self.target(), commit)

    def wait(self, seconds: float) -> None:
        """Until typing pauses have run out and the answers are here."""
        import time

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.01)
        settle(self.qtbot, self.tasks)
