"""The desk driven by nothing but keys that go to whatever has the focus; each is counted under the step of the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from station_app.ui.frame.window import MainWindow
from tests.ui.conftest import in_front, settle
from tests.ui.intake.typing import CTRL, SHIFT, Key, Typist

NONE = Qt.KeyboardModifier.NoModifier
FAR = 60
"""Tabs at most from one control to another; further away is a stumble of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day: its time, what it was, keys, letters of free text."""

    at: str
    what: str
    keys: int
    letters: int


@dataclass
class Keyboard:
    """One person at one window. `steps`: what was done so far."""

    qtbot: QtBot
    window: MainWindow
    typist: Typist = field(init=False)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.typist = Typist(self.qtbot, self.window.tasks)
        self._keys = self._letters = 0

    # -- keys -----------------------------------------------------------------------------------------------------

    def hit(self, key: Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """A key to whoever has the focus; then everything it started comes to rest."""
        self.typist.hit(key, modifier, times)
        self.rest()

    def alt(self, key: Key) -> None:
        self.hit(key, Qt.KeyboardModifier.AltModifier)

    def ctrl(self, key: Key) -> None:
        self.hit(key, CTRL)

    def text(self, words: str) -> None:
        """Free text."""
        self.typist.text(words)
        self.rest()

    def write(self, letters: str) -> None:
        """Letters that choose, find or are sums and days: counted as keys."""
        self.typist.write(letters)
        self.rest()

    def to(self, target: QWidget, *, back: bool = False) -> None:
        """Tab until the caret is in a control; counted."""
        for _ in range(FAR):
            at = self.at
            if at is target or target.isAncestorOf(at):
                return
            self.typist.hit(Key.Key_Tab, SHIFT) if back else self.typist.hit(Key.Key_Tab)
        raise AssertionError(f"{target.accessibleName()!r} is not reached by Tab; the caret is in {name(self.at)!r}")

    # -- what is seen ---------------------------------------------------------------------------------------------

    @property
    def at(self) -> QWidget:
        """Where the caret is."""
        found = QApplication.focusWidget()
        assert found is not None, "the caret is nowhere"
        return found

    def dialog(self) -> QDialog:
        """The small window that is open, in front as window systems put it."""
        found = [d for d in self.window.findChildren(QDialog) if d.isVisible()]
        assert found, "no window is open"
        made = found[-1]
        in_front(self.qtbot, made)
        self.rest()
        return made

    def back(self) -> None:
        """A small window was closed: the one behind it is in front again, its caret where it was."""
        in_front(self.qtbot, self.window)
        self.rest()

    def rest(self) -> None:
        for _ in range(3):
            settle(self.qtbot, self.window.tasks)

    def done(self, at: str, what: str) -> int:
        """The step is over; its keys."""
        keys, letters = self.typist.keys - self._keys, self.typist.letters - self._letters
        self._keys, self._letters = self.typist.keys, self.typist.letters
        self.steps.append(Step(at, what, keys, letters))
        return keys

    def table(self) -> str:
        """The day as it was: time, keys, letters, what."""
        lines = [f"  {s.at}  {s.keys:3d} 键  {s.letters:3d} 字  {s.what}" for s in self.steps]
        keys, letters = sum(s.keys for s in self.steps), sum(s.letters for s in self.steps)
        return "\n".join(["", *lines, f"  合计   {keys:3d} 键  {letters:3d} 字"])


def name(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) else "")
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {said}" + (f" in {type(parent).__name__}" if parent else "")


def words_of(window: QWidget) -> str:
    """All words of its labels."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
