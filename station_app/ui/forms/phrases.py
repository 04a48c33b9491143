"""常用语 in a field of several lines: F4 opens the list, `;fq` (also `；fq`) puts one in, Ctrl+Z takes it out.

Only committed text counts: letters an input method is still composing are not in the field yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from station_app.domain.intake import phrases
from station_app.ui import keys

if TYPE_CHECKING:
    from station_app.domain.intake.phrases import Phrase

_SHOWN: Final = 24
"""Characters of a phrase that the list shows."""


class Phrases(QObject):
    """The phrases of one field."""

    def __init__(self, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._box = box
        self.menu: QMenu | None = None
        box.textChanged.connect(self._typed)
        keys.bind(box, "phrases", self.open)

    def open(self) -> None:
        """The list at the caret; the arrows or the first letter of a code choose, Enter takes, Esc closes."""
        self.menu = QMenu(self._box)
        self.menu.setAccessibleName(QCoreApplication.translate("Phrases", "常用语"))
        for phrase in phrases.phrases():
            action = QAction(f"{phrase.code}　{phrase.title}　{phrase.text[:_SHOWN]}", self.menu)
            action.triggered.connect(lambda _on=False, chosen=phrase: self.put(chosen))
            self.menu.addAction(action)
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(self._box.viewport().mapToGlobal(self._box.cursorRect().bottomLeft()))

    def put(self, phrase: Phrase, instead: int = 0) -> None:
        """Write it at the caret, instead of so many characters before it; its first blank is selected."""
        cursor = self._box.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, instead)
        start = cursor.selectionStart()
        cursor.insertText(phrase.text)
        cursor.endEditBlock()
        blank = phrase.text.find(phrases.BLANK)
        if blank >= 0:
            cursor.setPosition(start + blank)
            cursor.setPosition(start + blank + len(phrases.BLANK), QTextCursor.MoveMode.KeepAnchor)
        self._box.setTextCursor(cursor)
        self._box.setFocus()

    def _typed(self) -> None:
        if not self._box.hasFocus():
            return
        cursor = self._box.textCursor()
        found = phrases.called(cursor.block().text()[: cursor.positionInBlock()])
        if found is not None:
            self.put(found[1], instead=len(found[0]))
