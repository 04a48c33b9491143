"""Log-in: who works here as cards, the password, and what to do when it is wrong. Also the lock screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station_app.services.local.login import UserCard
from station_app.ui import words
from station_app.ui.style.tokens import CARD_WIDTH, S2, S3, S4, S5
from station_app.ui.widgets.layout import button, card, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.station import Station
    from station_app.ui.tasks import Tasks

_PAUSES = (0, 1, 2, 4, 8)
"""Seconds the button rests after each wrong password in a row."""


class PasswordCard(QWidget):
    """Cards of users, a password, one button. *Signals:* `tried` (name, password)."""

    tried = Signal(str, str)

    def __init__(self, title: str, people: Sequence[UserCard], *, go: str) -> None:
        super().__init__()
        self._go = go
        self._wrong = 0
        self.password = QLineEdit()
        self._group = QButtonGroup(self)
        self.cards: list[QPushButton] = []
        chooser = QWidget()
        column = QVBoxLayout(chooser)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        for person in people:
            entry = QPushButton("  ".join(p for p in (person.name, person.title) if p))
            entry.setProperty("kind", "card")
            entry.setCheckable(True)
            entry.setAccessibleName(person.name)
            entry.clicked.connect(lambda: self.password.setFocus(Qt.FocusReason.OtherFocusReason))
            entry.setProperty("person", person.person)
            self._group.addButton(entry)
            self.cards.append(entry)
            column.addWidget(entry)
        label = QLabel(self.tr("密码"))
        label.setProperty("role", "muted")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("密码"))
        self.password.setMaxLength(200)
        self.password.returnPressed.connect(self._try)
        label.setBuddy(self.password)
        self.message = text("", "error", wrap=True)
        self.message.hide()
        self.button = button(go, self._try, kind="primary")
        frame = card(chooser, label, self.password, self.message, self.button, title=title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setFixedWidth(CARD_WIDTH)
        if self.cards:
            self.cards[0].setChecked(True)
            chooser.setVisible(len(self.cards) > 1 or bool(people[0].name))

    def chosen(self) -> str:
        """The person whose card is marked: the record's id."""
        entry = self._group.checkedButton()
        return str(entry.property("person")) if entry is not None else ""

    def _try(self) -> None:
        if self.button.isEnabled() and self.password.text():
            self.working(True)
            self.tried.emit(self.chosen(), self.password.text())

    def working(self, yes: bool) -> None:
        """While the password is examined nothing else can be tried."""
        self.button.setEnabled(not yes)
        self.button.setText(self.tr("正在核对") if yes else self._go)
        if yes:
            self.message.hide()

    def refused(self, error: KnownError) -> None:
        """Say why, clear the password, and rest a little longer each time."""
        self.working(False)
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.message.setText(f"▲ {words.sentence(error)}")
        self.message.setAccessibleName(self.message.text())
        self.message.show()
        if error.code == "E-501":
            self._wrong += 1
            pause = _PAUSES[min(self._wrong, len(_PAUSES) - 1)]
            self.button.setEnabled(False)
            QTimer.singleShot(pause * 1000, self, lambda: self.button.setEnabled(True))


class LoginPage(QWidget):
    """The first page. *Signals:* `entered` (Station); `recover_wanted`."""

    entered = Signal(object)
    recover_wanted = Signal()

    def __init__(self, directory: Path, tasks: Tasks, people: Sequence[UserCard]) -> None:
        super().__init__()
        self._directory, self._tasks = directory, tasks
        self.card = PasswordCard(self.tr("登录"), people, go=self.tr("登录"))
        self.card.tried.connect(self._try)
        self.forgot = button(self.tr("忘记密码，使用密钥恢复单"), self.recover_wanted.emit, kind="link")
        place_in_middle(self, self.card, self.forgot, head=self.tr("群众诉求服务站"))
        self.opener: Callable[[Path, str, str], Station] = open_station

    def first_field(self) -> QWidget:
        """The password."""
        return self.card.password

    def _try(self, name: str, password: str) -> None:
        opener, directory = self.opener, self._directory
        self._tasks.write(
            lambda: opener(directory, name, password), done=self.entered.emit, failed=self.card.refused, owner=self
        )


def open_station(directory: Path, name: str, password: str) -> Station:
    """Open with the real parts; imported here, after the first picture stands."""
    from station_app import bootstrap

    return bootstrap.open_station(directory, name=name, password=password)


def place_in_middle(page: QWidget, *widgets: QWidget, head: str = "") -> None:
    """Widgets in the middle of a page, under a quiet heading."""
    column = QVBoxLayout(page)
    column.setContentsMargins(S5, S5, S5, S5)
    column.setSpacing(S3)
    column.addStretch(2)
    if head:
        title = text(head, "page")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addSpacing(S4)
    for widget in widgets:
        column.addLayout(row(None, widget, None))  # not by alignment: the height of wrapped words must count
    column.addStretch(3)
