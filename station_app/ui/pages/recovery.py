"""A lost password: the code of the key recovery sheet, the user, a new password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.clock import SystemClock
from station_app.services.local import login
from station_app.ui import words
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.pages.login import place_in_middle
from station_app.ui.style.tokens import CARD_WIDTH
from station_app.ui.widgets.layout import button, card, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.tasks import Tasks

SPEC: Final = FormSpec(
    "recovery",
    (
        Section(
            "",
            (
                Item(
                    "recovery.sheet",
                    required=True,
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "恢复码"),
                    hint=QT_TRANSLATE_NOOP("Forms", "六组，每组五个字母或者数字"),
                ),
                Item("recovery.name", required=True, type="code", label=QT_TRANSLATE_NOOP("Forms", "用户")),
                Item(
                    "recovery.password",
                    required=True,
                    type="password",
                    label=QT_TRANSLATE_NOOP("Forms", "新密码（至少 8 位）"),
                ),
                Item("recovery.again", required=True, type="password", label=QT_TRANSLATE_NOOP("Forms", "再输入一次")),
            ),
            columns=1,
        ),
    ),
)


class RecoveryPage(QWidget):
    """*Signals:* `ended` when a new password is set, or the user went back."""

    ended = Signal()

    def __init__(self, directory: Path, tasks: Tasks) -> None:
        super().__init__()
        self._directory, self._tasks = directory, tasks
        self.form = Form(SPEC, SystemClock().today)
        people = [(u.name, u.name) for u in login.users(directory)]
        self.form.set_choices("recovery.name", people)
        if len(people) == 1:
            self.form.set_values({"recovery.name": people[0][0]})
        self.message = text("", "error", wrap=True)
        self.message.hide()
        self.go = button(self.tr("设置新密码"), self._recover, kind="primary")
        frame = card(self.form, self.message, self.go, title=self.tr("重新设置密码"))
        frame.setFixedWidth(CARD_WIDTH)
        back = button(self.tr("返回登录"), self.ended.emit, kind="link")
        place_in_middle(self, frame, back)

    def _recover(self) -> None:
        values, errors = self.form.check()
        if errors:
            return
        given = {name: str(value or "") for name, value in values["recovery"].items()}
        if given["password"] != given["again"]:
            self._say(self.tr("两次输入的密码不一致，请重新输入。"))
            return
        directory = self._directory

        def recover() -> None:
            from station_app.services import people

            people.recover(directory, sheet=given["sheet"], name=given["name"], password=given["password"])

        self._tasks.write(recover, done=lambda _n: self.ended.emit(), failed=self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        wrong = error.code == "E-501"
        self._say(self.tr("恢复码不符，请对照密钥恢复单核对。密码没有更改。") if wrong else words.sentence(error))

    def _say(self, sentence: str) -> None:
        self.message.setText(f"▲ {sentence}")
        self.message.show()
