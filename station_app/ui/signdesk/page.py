"""签字台: find a person by name or tail digits, let him check, record him with one key, go on to the next.

Below: everybody signed on one day before one witness, the seal with its register, and what was paid to whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit, QVBoxLayout, QWidget

from station_app.services import performance
from station_app.services.changes import Changes
from station_app.services.performance import Due
from station_app.services.signdesk import desk as signdesk
from station_app.services.signdesk import mass, slips
from station_app.services.signdesk.desk import PARTLY, WAITING, Row
from station_app.services.signdesk.desk import Desk as Found
from station_app.services.signdesk.slips import Slip
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.signdesk import together
from station_app.ui.signdesk.model import AMOUNT, FIRST, NAME, STATE, TAIL, SignersModel
from station_app.ui.signdesk.person import PersonCard
from station_app.ui.style.tokens import S3, S4, S5, TYPING_MS
from station_app.ui.widgets.layout import Canvas, allow, button, row, text
from station_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from station_app.ui.papers.printing_dialog import PrintDialog


class SignDeskPage(Page):
    """Argument: the record id of a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rec = ""
        self.found: Found | None = None
        self._chosen = ""
        self.printer: PrintDialog | None = None
        self._narrow = False
        self.model = SignersModel(self)
        self.of = text("", "muted", wrap=True)
        self.summary = text("", "title", wrap=True)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("姓名、证件号码后四位"))
        self.typed.setAccessibleName(self.tr("查找签署人"))
        self.typed.setClearButtonEnabled(True)
        self.table = Table(self.tr("签署人"), self.model, typing=self.typed)
        self.table.selectionModel().currentChanged.connect(lambda now, _before: self._choose(now))
        self.person = PersonCard(
            record=self._record,
            take_back=self._take_back,
            slip=self.print_slip,
            pay=self._pay,
            may_pay=self.station.can("perform"),
        )
        self.side = Canvas(margin=S3)
        self.side.column.addWidget(self.person)
        self.all = button(self.tr("全部当事人已签"), lambda: together.all_signed(self))
        self.seal = button(self.tr("盖章并作用印登记"), lambda: together.sealed(self))
        self.papers = button(self.tr("文书"), lambda: desk.go("case_papers", (self.rec, "")), picture="papers")
        self.back = button(self.tr("返回案件"), lambda: desk.go("case", self.rec), kind="quiet", picture="back")
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._filter)
        self.typed.textChanged.connect(lambda _t: self._pause.start())
        self.typed.returnPressed.connect(self._filter)
        keys.bind(self, "sign", lambda: self._record("") if self.person.signed.isVisible() else None)
        keys.bind(self, "print", lambda: self.print_slip() if self.person.slip.isVisible() else None)
        keys.bind(self, "refresh", self.refresh)
        self.narrow(False)

    def _build(self) -> None:
        self.body = row(self.table, self.side, spacing=S4)
        self.body.setStretch(0, 3)
        self.body.setStretch(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(
            row(text(self.tr("签字台"), "page"), None, self.back, self.papers, self.seal, self.all, spacing=S3)
        )
        column.addWidget(self.of)
        column.addWidget(self.summary)
        column.addWidget(self.typed)
        column.addLayout(self.body, 1)

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("签字台")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument and argument != self.rec:
            self.rec, self.found, self._chosen = argument, None, ""
            self.typed.clear()
            self.body.setEnabled(False)
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.case in ("", self.rec):
            self.refresh()

    def first_field(self) -> QWidget:
        return self.typed

    def narrow(self, yes: bool) -> None:
        """The person stays in view beside the list; what the list leaves out stands there."""
        self._narrow = yes
        self.of.setVisible(not yes)
        self._columns()

    def refresh(self) -> None:
        """Read the case anew."""
        station, rec = self.station, self.rec
        if rec:
            self.tasks.read(
                lambda: signdesk.desk(station, case=rec), done=self._show, failed=self.notices.error, key="sign_desk"
            )

    def _show(self, found: Found) -> None:
        if found.case != self.rec:
            return
        self.found = found
        self.of.setText(f"{found.title}　{found.number}")
        waiting = len(found.waiting)
        said = [self.tr("协议 {n} 份").format(n=found.total)]
        said.append(self.tr("各方已签 {n} 份").format(n=found.parties_done))
        said.append(self.tr("已盖章 {n} 份").format(n=found.committee))
        said.append(self.tr("待签 {n} 方").format(n=waiting) if waiting else self.tr("当事人均已签署"))
        if found.issued < found.total:
            said.append(self.tr("尚有 {n} 份没有出具").format(n=found.total - found.issued))
        self.summary.setText("　·　".join(said))
        allow(self.all, bool(waiting), self.tr("当事人均已签署"))
        allow(self.seal, bool(found.to_seal), self.tr("没有待盖章的协议"))
        self._filter()

    def _filter(self) -> None:
        """Show who fits what is typed; the one chosen before, or the first who has not signed, is chosen."""
        self._pause.stop()
        if self.found is None:
            return
        chosen = self._chosen
        self.model.show_desk(self.found, self.typed.text())
        self._columns()
        rows = self.model.rows
        place = next((i for i, r in enumerate(rows) if r.party == chosen), -1)
        if place < 0:
            place = next((i for i, r in enumerate(rows) if r.state in (WAITING, PARTLY)), 0)
        self.person.setVisible(bool(rows))
        if rows:
            self.table.setCurrentIndex(self.model.index(place, 0))
            self._choose(self.table.currentIndex())

    def _columns(self) -> None:
        widths = {TAIL: 6, AMOUNT: 8, STATE: 7} | {FIRST + n: 5 for n in range(self.model.instalments)}
        self.table.set_widths(widths, stretch=NAME)
        for column in (TAIL, *range(FIRST, FIRST + self.model.instalments)):
            self.table.setColumnHidden(column, self._narrow)

    @property
    def row(self) -> Row | None:
        """Who is chosen."""
        place = self.table.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def _choose(self, _now: QModelIndex) -> None:
        found = self.row
        if found is not None and self.found is not None:
            self._chosen = found.party
            self.person.show_row(self.found, found)

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _record(self, manner: str) -> None:
        """已签, 未到 or 拒签 of the one chosen; then the next who is waited for is chosen."""
        found = self.row
        if found is None or self.found is None:
            return
        station, rec, party = self.station, self.rec, found.party
        rows = self.found.rows
        place = next(i for i, r in enumerate(rows) if r.party == party)
        after = [r for r in rows[place + 1 :] + rows[:place] if r.state in (WAITING, PARTLY)]

        def done(changes: Changes) -> None:
            said = {
                "": self.tr("{name} 已签。"),
                "absent": self.tr("{name} 未到。"),
                "refused": self.tr("{name} 拒签。"),
            }
            self.notices.say(said[manner].format(name=found.name), tone="green" if not manner else "none")
            self._chosen = after[0].party if after else party
            self.typed.clear()

        self.tasks.write(
            lambda: mass.sign_one(station, case=rec, party=party, manner=manner),
            done=done,
            failed=self.notices.error,
            owner=self,
        )

    def _take_back(self) -> None:
        found = self.row
        if found is None:
            return
        title, asked = self.tr("撤销登记"), self.tr("撤销原因（原登记留存备查）")
        reason, given = QInputDialog.getText(self, title, f"{found.name}　{asked}")
        if given:
            self.take_back(reason)

    def take_back(self, reason: str) -> None:
        """What was recorded of the one chosen was a mistake."""
        found = self.row
        if found is None:
            return
        station, rec, party = self.station, self.rec, found.party
        self.tasks.write(
            lambda: mass.take_back(station, case=rec, party=party, reason=reason),
            done=lambda _c: self.notices.say(self.tr("已撤销登记。")),
            failed=self.notices.error,
            owner=self,
        )

    def print_slip(self) -> None:
        """His own page of 个人款项明细单, issued first where it is not up to date."""
        found = self.row
        if found is None:
            return
        station, rec, party = self.station, self.rec, found.party
        self.tasks.write(
            lambda: slips.of_party(station, case=rec, party=party),
            done=self._print_pages,
            failed=self.notices.error,
            owner=self,
        )

    def _print_pages(self, slip: Slip) -> None:
        from station_app.ui.papers.printing_dialog import PrintDialog

        self.printer = PrintDialog(self, self.desk, item=slip.item)
        first, last = slip.pages[0], slip.pages[-1]
        self.printer.form.pages.setText(str(first) if first == last else f"{first}-{last}")
        self.printer.open()

    def _pay(self, due: Due, outcome: str) -> None:
        """What is left of one instalment was paid to him today, or came back."""
        station, rec = self.station, self.rec
        self.tasks.write(
            lambda: performance.pay(
                station, case=rec, obligation=due.obligation, parties={due.party: due.left}, outcome=outcome
            ),
            done=lambda changes: self.desk.did(self.tr("已登记。"), changes),
            failed=self.notices.error,
            owner=self,
        )
