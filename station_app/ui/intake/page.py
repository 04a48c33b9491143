"""新登记: the appeal, its parties, a draft kept all the while; F9 registers, Ctrl+Enter registers and accepts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.case import APPLICANT, RESPONDENT
from station_app.domain.intake.likeness import Told
from station_app.services import cases
from station_app.services.cases import Intake, Values
from station_app.services.changes import Changes
from station_app.services.intake import duplicates
from station_app.services.local import drafts
from station_app.services.local.drafts import Draft
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.autosave import Autosave
from station_app.ui.forms.form import Form
from station_app.ui.intake import collecting, keeping, throwing
from station_app.ui.intake.alike import AlikeStrip
from station_app.ui.intake.party import PartyCard
from station_app.ui.intake.pictures import Pictures
from station_app.ui.intake.specs import APPEAL, OF_SERVICE, more
from station_app.ui.style.tokens import FORM_WIDTH, S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, card, clear, row, text, walk
from sync.contract.errors import KnownError

_LABOUR = frozenset({"wage_arrears", "labour_other"})
_SERVICES = ("mediation", "legal", "psych", "complaint", "suggestion", "aid")
"""Alt+1 to Alt+6."""


class IntakePage(Page):
    """One appeal at a time; leaving the page keeps the draft."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Form(APPEAL, desk.station.clock.today)
        self.more = Form(more(), desk.station.clock.today)
        self.cards: list[PartyCard] = []
        self._sample: Intake | None = None
        self.alike = AlikeStrip(desk, self._told)
        self.pictures = Pictures(desk)
        self.people = QVBoxLayout()
        self.people.setSpacing(S4)
        self.canvas = Canvas(most=FORM_WIDTH)
        self.register = button(self.tr("登记"), lambda: self._register(accept=False), hint=keys.shown("register"))
        self.accept = button(
            self.tr("登记并受理"), lambda: self._register(accept=True), kind="primary", hint=keys.shown("accept")
        )
        self.throw = button(self.tr("清空"), partial(throwing.throw_away, self), kind="quiet")
        self._lay_out()
        self.saver = Autosave(desk, lambda: keeping.shot(self), kind="intake", parent=self)
        for form in (self.form, self.more):
            form.edited.connect(self._edited)
            form.finished.connect(self._left)
        self.alike.answered.connect(self.saver.touch)
        self._bind()
        self.begin()

    def _lay_out(self) -> None:
        column = self.canvas.column
        column.addWidget(card(self.form))
        column.addLayout(self.people)
        adding = QWidget()
        more = button(self.tr("添加申请人"), lambda: self.add(APPLICANT), picture="plus", hint=keys.shown("add_party"))
        other = button(self.tr("添加被申请人"), lambda: self.add(RESPONDENT, "organisation"), picture="plus")
        self.adding = (more, other)
        adding.setLayout(row(more, other, None))
        column.addWidget(adding)
        column.addWidget(card(self.more))
        column.addWidget(self.pictures)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = row(text(self.tr("新登记"), "page"), None, self.throw, self.register, self.accept, spacing=S3)
        head.setContentsMargins(S5, S4, S5, S3)
        outer.addLayout(head)
        outer.addWidget(self.canvas, 1)
        outer.addWidget(self.alike)

    def _bind(self) -> None:
        keys.bind(self, "save", lambda: self.saver.flush(always=True))
        keys.bind(self, "register", lambda: self._register(accept=False))
        keys.bind(self, "accept", lambda: self._register(accept=True))
        keys.bind(self, "add_party", lambda: self.add(APPLICANT))
        keys.bind(self, "duplicate", self.alike.enter)
        keys.bind(self, "copy_side", self._copy_side)
        keys.bind(self, "agent", self._agent)
        for number, service in enumerate(_SERVICES, 1):
            keys.bind(self, f"service{number}", partial(self._serve, service))

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("新登记")

    def opened(self, argument: object = None) -> None:
        sample = argument if isinstance(argument, Intake) and argument is not self._sample else None
        self._sample = sample or self._sample
        if not keeping.untouched(self):
            self.alike.touch()
            self._begun(sample)
            return  # what is being typed stays
        station = self.station
        self.tasks.read(
            lambda: drafts.load(station, kind="intake"), done=partial(self._loaded, sample), owner=self, key="intake"
        )

    def _loaded(self, sample: Intake | None, draft: Draft | None) -> None:
        """A draft goes before a sample: it is not written over."""
        keeping.adopt(self, draft)
        if draft is not None:
            self._begun(sample)
        elif sample is not None:
            keeping.put_sample(self, sample)
            self._edited()

    def _begun(self, sample: Intake | None) -> None:
        if sample is not None:
            self._sample = None
            self.notices.say(self.tr("正在填写的诉求还没有登记，请先登记或者清空，再复制。"), tone="amber")

    def leaving(self) -> None:
        self.saver.flush()

    def first_field(self) -> QWidget:
        return self.form.control("facts.summary")

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes as the page is read, whenever its parties were added."""
        return walk(self._stops(), following=following) or super().focusNextPrevChild(following)

    def _stops(self) -> list[QWidget]:
        parties = [stop for c in self.cards for stop in c.stops()]
        acts = [
            *self.adding,
            *self.more.stops(),
            *self.pictures.stops(),
            self.alike,
            self.throw,
            self.register,
            self.accept,
        ]
        return [*self.form.stops(), *parties, *acts]

    # -- what is typed --------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self.saver.touch()
        self.alike.touch()

    def _left(self, path: str) -> None:
        """A wage or other labour dispute is marked as one: a labour agreement is always written (调解仲裁法 14)."""
        if path == "case.type" and self.form.raw().get("case.type") in _LABOUR:
            self.more.set_values({"case.labour": True})
        if path == "case.service":
            self.fit_service()

    def _serve(self, service: str) -> None:
        self.form.set_values({"case.service": service})
        self.fit_service()
        self._edited()

    def fit_service(self) -> None:
        """Fields that only another service needs are not seen; what was typed in them stays in the draft."""
        service = self.form.raw().get("case.service")
        for path, only in OF_SERVICE.items():
            form = self.form if path in self.form.boxes else self.more
            form.boxes[path].setVisible(service == only)

    def _told(self) -> Told:
        raw = keeping.typed(self)
        case: Values = {"place": raw.get("case.place"), "type": raw.get("case.type")}
        intake = Intake(case, {"summary": raw.get("facts.summary")}, [c.typed() for c in self.cards if not c.empty])
        return duplicates.told_of_intake(intake, self.station.clock.today())

    # -- parties --------------------------------------------------------------------------------------------------

    def add(self, role: str, kind: str = "person") -> PartyCard:
        """One more party."""
        made = PartyCard(self.desk, role=role, kind=kind)
        made.edited.connect(self._edited)
        made.gone.connect(lambda: self._remove(made))
        made.known.connect(lambda rec: self.desk.go("case", rec))
        made.repeated.connect(lambda flt: self.desk.go("cases", flt))
        self.cards.append(made)
        self.people.addWidget(made)
        made.form.focus_on("party.name")
        if self.isVisible():
            QTimer.singleShot(0, made, partial(self.canvas.ensureWidgetVisible, made))
        return made

    def _remove(self, gone: PartyCard) -> None:
        self.cards.remove(gone)
        self.people.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._edited()

    def _here(self) -> int:
        """Which party's card has the caret; 0 where none has."""
        focus = self.window().focusWidget()
        return next((i for i, c in enumerate(self.cards) if focus is not None and c.isAncestorOf(focus)), 0)

    def _agent(self) -> None:
        """F3: who acts for the party the caret is in (the first one where it is in none)."""
        if self.cards:
            made = self.cards[self._here()]
            made.agent.open()
            QTimer.singleShot(0, made, partial(self.canvas.ensureWidgetVisible, made.agent))

    def _copy_side(self) -> None:
        """F2 in a party: telephone and address of the party before it."""
        here = self._here()
        if here:
            self.cards[here].copy_from(self.cards[here - 1])

    # -- beginning and throwing away ------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty form with the station's usual values, one applicant and one respondent."""
        for form in (self.form, self.more):
            for path in form.boxes:
                form.control(path).set_value(None)
            form.show_errors([])
        self.form.set_values({"case.service": "mediation", "case.channel": "visit", "case.secrecy": "open"})
        clear(self.people)
        self.cards = []
        self.add(APPLICANT)
        self.add(RESPONDENT, "organisation")
        self.alike.clear()
        self.pictures.refresh()
        self.fit_service()
        self.form.focus_on("facts.summary")

    # -- registering ----------------------------------------------------------------------------------------------

    def intake(self) -> Intake | None:
        """What is typed; None where something is wrong (it is shown under its field)."""
        found, errors = collecting.collect(self)
        if found is None:
            collecting.go_to_first(self)
            self.notices.say(
                self.tr("有 {n} 处需要改正，已在各处注明；已填写的内容已保存为草稿。").format(n=errors), tone="amber"
            )
            self.saver.flush(always=True)
        return found

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
            if accept:
                made = made.also(cases.step(station, case=made.case, verb="accept"))
            return collecting.with_pictures(self, station, made)

        self.tasks.write(act, done=self._registered, failed=self._failed, owner=self)

    def _registered(self, changes: Changes) -> None:
        self._writing(False)
        self.saver.drop()
        self.begin()
        self.desk.did(self.tr("已登记。"), changes)
        self.desk.go("case", changes.case)

    def _failed(self, error: KnownError) -> None:
        self._writing(False)
        self.saver.flush(always=True)
        self.notices.error(error)
