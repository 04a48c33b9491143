"""新登记: the appeal, its parties, a draft kept all the while; F9 registers, Ctrl+Enter registers and accepts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.case import APPLICANT, RESPONDENT
from station_app.services import cases
from station_app.services.cases import Intake, Values
from station_app.services.changes import Changes
from station_app.services.local import drafts
from station_app.services.local.drafts import Draft
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.autosave import Autosave, Snapshot
from station_app.ui.forms.form import Form
from station_app.ui.intake.party import PartyCard
from station_app.ui.intake.specs import APPEAL
from station_app.ui.style.tokens import FORM_WIDTH, S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, card, clear, row, text
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_PARTIES = "parties"
_LABOUR = frozenset({"wage_arrears", "labour_other"})


class IntakePage(Page):
    """One appeal at a time; leaving the page keeps the draft."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Form(APPEAL, desk.station.clock.today)
        self.cards: list[PartyCard] = []
        self.canvas = canvas = Canvas(most=FORM_WIDTH)
        canvas.column.addWidget(card(self.form))
        self._people = QVBoxLayout()
        self._people.setSpacing(S4)
        canvas.column.addLayout(self._people)
        adding = QWidget()
        adding.setLayout(
            row(
                button(
                    self.tr("添加申请人"), lambda: self.add(APPLICANT), picture="plus", hint=keys.shown("add_party")
                ),
                button(self.tr("添加被申请人"), lambda: self.add(RESPONDENT, "organisation"), picture="plus"),
                None,
            )
        )
        canvas.column.addWidget(adding)
        canvas.column.addStretch(1)
        self.register = button(self.tr("登记"), lambda: self._register(accept=False), hint=keys.shown("register"))
        self.accept = button(
            self.tr("登记并受理"), lambda: self._register(accept=True), kind="primary", hint=keys.shown("accept")
        )
        self.throw = button(self.tr("清空"), self._throw_away, kind="quiet")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = row(text(self.tr("新登记"), "page"), None, self.throw, self.register, self.accept, spacing=S3)
        head.setContentsMargins(S5, S4, S5, S3)
        outer.addLayout(head)
        outer.addWidget(canvas, 1)
        self.saver = Autosave(desk, self._shot, kind="intake", parent=self)
        self.form.edited.connect(self.saver.touch)
        self.form.finished.connect(self._left)
        keys.bind(self, "save", lambda: self.saver.flush(always=True))
        keys.bind(self, "register", lambda: self._register(accept=False))
        keys.bind(self, "accept", lambda: self._register(accept=True))
        keys.bind(self, "add_party", lambda: self.add(APPLICANT))
        self._begin()

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("新登记")

    def opened(self, argument: object = None) -> None:
        if not self._untouched():
            return  # what is being typed stays
        station = self.station
        self.tasks.read(lambda: drafts.load(station, kind="intake"), done=self._put_back, key="intake")

    def leaving(self) -> None:
        self.saver.flush()

    def first_field(self) -> QWidget:
        return self.form.control("facts.summary")

    def _left(self, path: str) -> None:
        """A wage or other labour dispute is marked as one: a labour agreement is always written (调解仲裁法 14)."""
        if path == "case.type" and self.form.raw().get("case.type") in _LABOUR:
            self.form.set_values({"case.labour": True})

    # -- parties --------------------------------------------------------------------------------------------------

    def add(self, role: str, kind: str = "person") -> PartyCard:
        """One more party."""
        made = PartyCard(self.desk, role=role, kind=kind)
        made.edited.connect(self.saver.touch)
        made.gone.connect(lambda: self._remove(made))
        made.known.connect(lambda rec: self.desk.go("case", rec))
        self.cards.append(made)
        self._people.addWidget(made)
        made.form.focus_on("party.name")
        return made

    def _remove(self, gone: PartyCard) -> None:
        self.cards.remove(gone)
        self._people.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.saver.touch()

    # -- drafts ---------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """An empty form with the station's usual values, one applicant and one respondent."""
        for path in self.form.boxes:
            self.form.control(path).set_value(None)
        self.form.show_errors([])
        self.form.set_values({"case.service": "mediation", "case.channel": "visit"})
        clear(self._people)
        self.cards = []
        self.add(APPLICANT)
        self.add(RESPONDENT, "organisation")

    def _untouched(self) -> bool:
        usual = ("case.service", "case.channel")
        return all(c.empty for c in self.cards) and not any(v for k, v in self.form.raw().items() if k not in usual)

    def _shot(self) -> Snapshot:
        data: dict[str, Json] = {**self.form.raw(), _PARTIES: [c.raw() for c in self.cards]}
        named = [str(c.raw().get("party.name") or "") for c in self.cards]
        title = str(self.form.raw().get("facts.summary") or "、".join(n for n in named if n))
        return Snapshot(title, data, self.form.caret())

    def _put_back(self, draft: Draft | None) -> None:
        if draft is None:
            return
        self.saver.adopt(draft.id)
        self.form.set_raw({k: v for k, v in draft.data.items() if k != _PARTIES})
        parties = draft.data.get(_PARTIES)
        if isinstance(parties, list):
            clear(self._people)
            self.cards = []
            for raw in parties:
                if isinstance(raw, dict):
                    self.add(APPLICANT).set_raw(raw)
        self.form.set_caret(draft.caret)

    def _throw_away(self) -> None:
        self.saver.drop()
        self._begin()
        self.form.focus_on("facts.summary")

    # -- registering ----------------------------------------------------------------------------------------------

    def intake(self) -> Intake | None:
        """What is typed; None where something is wrong (it is shown under its field)."""
        values, errors = self.form.check()
        parties = []
        for party in self.cards:
            if party.empty:
                continue
            given, wrong = party.input()
            errors += wrong
            parties.append(given)
        if errors:
            self._go_to_first()
            self.notices.say(
                self.tr("有 {n} 处需要改正，已在各处注明；已填写的内容已保存为草稿。").format(n=len(errors)),
                tone="amber",
            )
            self.saver.flush(always=True)
            return None
        case: Values = {k: v for k, v in values.get("case", {}).items() if v not in (None, "", False)}
        facts: Values = {k: v for k, v in values.get("facts", {}).items() if v not in (None, "")}
        return Intake(case, facts, parties)

    def _go_to_first(self) -> None:
        """The caret into the first field with an error, and that field into sight."""
        for form in (self.form, *(c.form for c in self.cards)):
            for path, box in form.boxes.items():
                if box.error:
                    form.focus_on(path)
                    # later: the sentence under the field and the notice still have to find their room
                    QTimer.singleShot(0, box, partial(self.canvas.ensureWidgetVisible, box))
                    return

    def _writing(self, yes: bool) -> None:
        """While a registration is on its way no second one can be asked for, by button or key."""
        for act in (self.register, self.accept, self.throw):
            act.setEnabled(not yes)

    def _register(self, *, accept: bool) -> None:
        intake = self.intake() if self.register.isEnabled() else None
        if intake is None:
            return
        self._writing(True)
        station = self.station

        def act() -> Changes:
            made = cases.register(station, intake=intake)
            return made.also(cases.step(station, case=made.case, verb="accept")) if accept else made

        self.tasks.write(act, done=self._registered, failed=self._failed, owner=self)

    def _registered(self, changes: Changes) -> None:
        self._writing(False)
        self.saver.drop()
        self._begin()
        self.desk.did(self.tr("已登记。"), changes)
        self.desk.go("case", changes.case)

    def _failed(self, error: KnownError) -> None:
        self._writing(False)
        self.saver.flush(always=True)
        self.notices.error(error)
