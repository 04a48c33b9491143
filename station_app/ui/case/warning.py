"""预警: every reason with its rule, weight and the place of the words; raised by one person, lowered by two."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout

from station_app.domain import codes
from station_app.domain.case import text
from station_app.services import people
from station_app.services.changes import Changes
from station_app.services.loop import colours
from station_app.services.loop.colours import Reason, Said, View
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import Canvas, button, clear, row
from station_app.ui.widgets.layout import text as label
from sync.contract.canonical import Json
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

Save = Callable[[str, str], Changes]
_MOST: Final = 6
"""So many places of one rule are shown."""


class WarningDialog(QDialog):
    """Reads the reasons anew whenever something was decided; opened on demand, since parties look on."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self.page = page
        self.view: View | None = None
        self.setWindowTitle(self.tr("预警"))
        self.head = label("", "title", wrap=True)
        self.stands = label("", "muted", wrap=True)
        self.canvas = Canvas(margin=0)
        self.take = button(self.tr("按规则提高"), self._take, kind="primary")
        self.up = button(self.tr("提高预警"), self._raise)
        self.down = button(self.tr("申请降低预警"), self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.head)
        column.addWidget(self.stands)
        column.addWidget(self.canvas, 1)
        close = button(self.tr("关闭"), self.accept)
        column.addLayout(row(self.down, self.up, None, close, self.take))
        close.setFocus()
        room = page.window().size()
        self.resize(min(820, room.width() - 48), min(600, room.height() - 48))
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        station, case = self.page.station, self.page.rec
        self.page.tasks.read(
            lambda: colours.look(station, case=case), done=self._show, failed=self.page.notices.error, owner=self
        )

    def _show(self, view: View) -> None:
        self.view = view
        shape, tone = words.warning(view.level)
        self.head.setText(shape or self.tr("没有预警"))
        set_tone(self.head, tone)
        self.stands.setText("；".join(view.standing))
        self.stands.setVisible(bool(view.standing))
        clear(self.canvas.column)
        if view.asked is not None:
            self.canvas.column.addWidget(AskedCard(self, view.asked))
        for reason in view.reasons:
            self.canvas.column.addWidget(ReasonCard(reason))
        if not view.reasons:
            self.canvas.column.addWidget(label(self.tr("按现在的规则，本案没有预警情形。"), "muted", wrap=True))
        basis = self.tr("{basis}。预警只提示关注，不作为对当事人的认定。").format(basis=view.today.basis)
        self.canvas.column.addWidget(label(basis, "small", wrap=True))
        self.canvas.column.addStretch(1)
        can = self.page.station.can
        self.take.setVisible(view.rising and can("colour"))
        self.up.setVisible(can("colour") and bool(colours.levels_above(view.level)))
        lower = can("lower_colour") and view.asked is None and bool(colours.levels_below(view.level))
        self.down.setVisible(lower)

    def did(self, act: Callable[[], Changes], said: str) -> None:
        """Run a verb, say that it is done, look again."""

        def done(changes: Changes) -> None:
            self.page.desk.did(said, changes)
            self.refresh()

        self.page.tasks.write(act, done=done, failed=self.page.notices.error, owner=self)

    def _take(self) -> None:
        station, case = self.page.station, self.page.rec
        self.did(lambda: colours.take_over(station, case=case), self.tr("已按规则提高预警。"))

    def _raise(self) -> None:
        station, case = self.page.station, self.page.rec

        def save(to: str, reason: str) -> Changes:
            return colours.raise_(station, case=case, to=to, reason=reason)

        self._form(self.tr("提高预警"), colours.levels_above(self._level), save)

    def _ask(self) -> None:
        station, case = self.page.station, self.page.rec

        def save(to: str, reason: str) -> Changes:
            return colours.ask_lower(station, case=case, to=to, reason=reason)

        intro = self.tr("降低预警须由一人提出并写明理由，另一人复核同意后才会降低。")
        self._form(self.tr("申请降低预警"), colours.levels_below(self._level), save, intro=intro)

    @property
    def _level(self) -> str:
        return self.view.level if self.view is not None else ""

    def _form(self, title: str, levels: list[str], save: Save, *, intro: str = "") -> None:
        choices = tuple((one, codes.label("colours", one, words.lang())) for one in levels)
        items = (
            Item(
                "colour_change.to", required=True, choices=choices, label=QCoreApplication.translate("Warning", "等级")
            ),
            Item("colour_change.reason", required=True, span=2),
        )

        def store(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["colour_change"]
            return save(str(given["to"] or ""), str(given["reason"] or ""))

        spec = FormSpec("colour_change", (Section("", items, 2),))
        made = FormDialog(
            self,
            self.page.desk,
            title=title,
            spec=spec,
            values={"colour_change.to": levels[0]},
            save=store,
            intro=intro,
        )
        made.accepted.connect(self.refresh)
        made.open()


class ReasonCard(QFrame):
    """One rule that holds: why, how much it weighs, where it is from, and its words where they stand."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.setProperty("role", "card")
        shape, tone = words.warning(reason.rule.level)
        mark = label(shape)
        set_tone(mark, tone)
        weight = QCoreApplication.translate("Warning", "权重 {n}").format(n=reason.rule.weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        column.setSpacing(S2)
        column.addLayout(row(mark, None, label(weight, "small")))
        column.addWidget(label(reason.why, wrap=True))
        for said in reason.places[:_MOST]:
            place = label(_place(said), wrap=True)
            place.setTextFormat(Qt.TextFormat.RichText)
            place.setAccessibleName(f"{words.label(said.place)}：{said.around}")
            column.addWidget(place)
        column.addWidget(label(reason.rule.source, "small", wrap=True))
        self.setAccessibleName(reason.why)


class AskedCard(QFrame):
    """A request to lower the colour: another person agrees or declines."""

    def __init__(self, dialog: WarningDialog, asked: Record) -> None:
        super().__init__()
        self.setProperty("role", "card")
        page = dialog.page
        station, case = page.station, page.rec
        who = people.person_name(station, text(asked, "by"))
        to = codes.label("colours", text(asked, "to"), words.lang())
        said = QCoreApplication.translate("Warning", "{who}申请降为{to}：{why}")
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        column.setSpacing(S2)
        column.addWidget(label(said.format(who=who, to=to, why=text(asked, "reason")), wrap=True))
        self.yes = button(
            QCoreApplication.translate("Warning", "同意降低"),
            lambda: dialog.did(
                lambda: colours.answer_lower(station, case=case, agreed=True),
                QCoreApplication.translate("Warning", "已复核同意，预警已降低。"),
            ),
        )
        self.no = button(QCoreApplication.translate("Warning", "不同意降低"), lambda: self._decline(dialog))
        mine = text(asked, "by") == station.user.person
        may = station.can("lower_colour") and not mine
        wait = label(QCoreApplication.translate("Warning", "等待另一人复核。"), "muted")
        wait.setVisible(not may)
        for tool in (self.yes, self.no):
            tool.setVisible(may)
        column.addLayout(row(wait, None, self.no, self.yes))

    @staticmethod
    def _decline(dialog: WarningDialog) -> None:
        station, case = dialog.page.station, dialog.page.rec
        spec = FormSpec("decline", (Section("", (Item("colour_change.note", required=True, span=2),), 2),))

        def store(values: dict[str, dict[str, Json]]) -> Changes:
            note = str(values["colour_change"]["note"] or "")
            return colours.answer_lower(station, case=case, agreed=False, note=note)

        title = QCoreApplication.translate("Warning", "不同意降低")
        made = FormDialog(dialog, dialog.page.desk, title=title, spec=spec, values={}, save=store)
        made.accepted.connect(dialog.refresh)
        made.open()


def _place(said: Said) -> str:
    """ "基本情况：…扬言要带汽油上门…" with the word underlined."""
    before, after = said.around.split(said.word, 1)
    body = f"…{html.escape(before)}<u>{html.escape(said.word)}</u>{html.escape(after)}…"
    return f"{html.escape(words.label(said.place))}：{body}"
