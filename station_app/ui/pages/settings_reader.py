"""系统设置, 读卡器: the helper's command, tried on the spot with a card on the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.intake import card_reader
from station_app.ui import words
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, SHAPES
from station_app.ui.widgets.layout import button, row, text

if TYPE_CHECKING:
    from station_app.ui.desk import Desk
    from station_app.ui.words import Tone
    from sync.contract.canonical import Json
    from sync.contract.errors import KnownError

READER: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.reader.command",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "读卡器辅助程序的命令"),
                    hint=QT_TRANSLATE_NOOP("Forms", "不用读卡器的留空"),
                    span=2,
                ),
            ),
        ),
    ),
)


class ReaderCard(QWidget):
    """The command and what a card says; of the card only the last digits are shown, and nothing is kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from station_app.ui.pages.settings import SettingsForm

        self._desk = desk
        self.form = SettingsForm(READER, desk)
        self.test = button(self.tr("读卡测试"), self.try_it)
        said = self.tr("先填写厂家提供的辅助程序，再放上一张身份证测试；读到的内容只用于核对，不保存。")
        self.hint = text(said, "muted", wrap=True)
        self.result = text("", wrap=True)
        self.result.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self.form)
        column.addWidget(self.hint)
        column.addLayout(row(self.test, None))
        column.addWidget(self.result)

    def load(self) -> None:
        """Show what is stored."""
        self.form.load()

    def try_it(self) -> None:
        """Read the card that lies on the reader now; the command just typed is stored first, on its lane."""
        self.test.setEnabled(False)
        self._say(self.tr("正在读卡，最多等 {n} 秒……").format(n=round(card_reader.WAIT_S)), "none")
        self._desk.tasks.write(lambda: None, done=lambda _n: self._ask(), owner=self)

    def _ask(self) -> None:
        station = self._desk.station
        self._desk.tasks.net(lambda _call: card_reader.read(station), done=self._read, failed=self._failed, owner=self)

    def _read(self, card: dict[str, Json]) -> None:
        self.test.setEnabled(True)
        number = str(card.get("identity.id_number") or "")
        self._say(self.tr("读卡正常，证件号码末四位 {tail}。").format(tail=number[-4:]), "green")

    def _failed(self, error: KnownError) -> None:
        self.test.setEnabled(True)
        self._say(f"{error.code} {words.sentence(error)}", "red")

    def _say(self, said: str, tone: Tone) -> None:
        shape = f"{SHAPES[tone]} " if tone != "none" else ""
        self.result.setText(shape + said)
        set_tone(self.result, tone)
        self.result.show()
