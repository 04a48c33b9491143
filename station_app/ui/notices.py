"""What the desk says to a person: the message bar under the header, questions, and the notice after a fault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QSizePolicy, QToolButton, QWidget

from station_app.ui import words
from station_app.ui.style.icons import icon
from station_app.ui.style.style import set_property, set_tone
from station_app.ui.style.tokens import NOTICE_MS, S2, S4, SHAPES
from sync.contract.errors import KnownError

Action = tuple[str, Callable[[], object]]


class NoticeBar(QFrame):
    """One message at a time, with at most one action; errors stay until they are closed or answered.

    *Signals:* `told` (code) for each error that is shown.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._shape, self._text, self._code = QLabel(self), QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._code.setProperty("role", "small")
        self._action = QPushButton(self)
        self._action.setProperty("kind", "link")
        self._action.clicked.connect(self.act)
        self._close = QToolButton(self)
        self._close.setProperty("kind", "quiet")
        self._close.setIcon(icon("close", "muted"))
        self._close.setAccessibleName(self.tr("关闭提示"))
        self._close.setToolTip(self.tr("关闭提示"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(S4, S2, S2, S2)
        row.setSpacing(S2)
        row.addWidget(self._shape)
        row.addWidget(self._text, 1)
        for widget in (self._code, self._action, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._todo: Callable[[], object] | None = None
        self.hide()

    @property
    def message(self) -> str:
        """The message now shown; "" for none."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self, text: str, *, tone: words.Tone = "none", action: Action | None = None, ms: int = NOTICE_MS, code: str = ""
    ) -> None:
        """Show a message for `ms` (0: until it is closed), with at most one action."""
        self._timer.stop()
        self._text.setText(text)
        self._shape.setText(SHAPES[tone] if tone != "none" else "")
        self._shape.setVisible(tone != "none")
        set_tone(self._shape, tone)
        set_tone(self, tone)
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self._todo = action[1] if action else None
        self._action.setVisible(action is not None)
        self._action.setText(action[0] if action else "")
        self._action.setAccessibleName(action[0] if action else self.tr("处理"))
        self.setAccessibleName(text)
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # made by PySide at first use: 3 ms of the start

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if ms:
            self._timer.start(ms)

    def error(self, error: KnownError, *, action: Action | None = None) -> None:
        """Show the sentence of a known error; it stays until it is closed."""
        self.told.emit(error.code)
        self.say(words.sentence(error), tone="red", action=action, ms=0, code=error.code)

    def clear(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._todo = None
        self.hide()

    def act(self) -> None:
        """Do what the message offers (also by key)."""
        todo = self._todo
        self.clear()
        if todo is not None:
            todo()


def ask(parent: QWidget, text: str, *, yes: Action, detail: str = "", danger: bool = False) -> QMessageBox:
    """Ask before something that cannot simply be undone; `yes` acts, everything else leaves things as they are."""
    box = QMessageBox(parent)
    box.setText(text)
    box.setInformativeText(detail)
    head = box.findChild(QLabel, "qt_msgbox_label")
    if detail and head is not None:
        set_property(head, "role", "title")
    accept = box.addButton(yes[0], QMessageBox.ButtonRole.AcceptRole)
    set_property(accept, "kind", "danger" if danger else "primary")
    box.addButton(QMessageBox.StandardButton.Cancel).setText(QCoreApplication.translate("Notices", "取消"))
    box.setDefaultButton(QMessageBox.StandardButton.Cancel if danger else accept)
    accept.clicked.connect(lambda: yes[1]() and None)
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def fault(parent: QWidget, report: str, ticket: str = "") -> QMessageBox:
    """Tell of a fault of the program: work goes on; where the report lies (places in the code, no personal data), and
    the number that finds it.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(words.sentence(KnownError("E-599", ticket=ticket) if ticket else KnownError("E-599")))
    if report:
        box.setInformativeText(
            QCoreApplication.translate("Notices", "故障报告（不含个人信息）：{file}").format(file=report)
        )
    box.addButton(QMessageBox.StandardButton.Ok).setText(QCoreApplication.translate("Notices", "确定"))
    box.finished.connect(box.deleteLater)
    box.open()
    return box
