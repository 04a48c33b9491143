"""The clause library on the agreement page: choosing a kind asks its fields; a kept wording is added as a term."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from station_app.domain.case import Case, text
from station_app.domain.clauses.clause import Clause
from station_app.domain.clauses.filling import fill
from station_app.services import clauses, terms
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.ui.agreement.calculating import CalcDialog
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage

_TYPES: Final = {"party": "ref", "choice": "code"}
_KIND: Final = "fill"


def spec(clause: Clause, view: Case) -> FormSpec:
    """The form of a clause; its words are data, so they are shown as they stand."""
    parties = tuple((p.id, p.name) for p in view.parties)
    items = []
    for ask in clause.fields:
        if ask.type == "workers":
            continue
        items.append(
            Item(
                f"{_KIND}.{ask.name}",
                required=ask.required,
                span=2 if ask.type == "long" else 1,
                type=_TYPES.get(ask.type, ask.type),
                label=ask.label,
                hint=ask.question,
                choices=parties if ask.type == "party" else ask.choices,
            )
        )
    return FormSpec(_KIND, (Section("", tuple(items), 2),))


class LibraryMenu(QMenu):
    """Kinds of the library, those for this type of dispute first; then the station's own wordings."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__(page)
        self.page = page
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Build the menu for the case now shown."""
        self.clear()
        seen = self.page.seen
        if seen is None:
            return
        for clause in clauses.library(seen.case):
            self._entry(f"{clause.letter}　{clause.title}", clause)
        calculate = QAction(QCoreApplication.translate("Clauses", "计算…"), self)
        calculate.triggered.connect(lambda _on=False: CalcDialog(self.page).open())
        self.addSeparator()
        self.addAction(calculate)
        own = clauses.kept(self.page.station)
        if own:
            self.addSeparator()
        for record in own:
            action = QAction(text(record, "title"), self)
            action.triggered.connect(partial(self._add, text(record, "text")))
            self.addAction(action)

    def _entry(self, words: str, clause: Clause) -> None:
        action = QAction(words, self)
        action.triggered.connect(lambda _on=False: self.ask(clause))
        self.addAction(action)

    def _add(self, words: str, _on: bool = False) -> None:
        station, rec = self.page.station, self.page.rec
        said = QCoreApplication.translate("Clauses", "本站条款已加入协议。")
        self.page.do(lambda: terms.add(station, case=rec, words=words), said)

    def ask(self, clause: Clause) -> None:
        """Ask a clause's fields, with the answers given before."""
        seen = self.page.seen
        if seen is None or seen.case.sealed:
            return
        station, rec = self.page.station, self.page.rec
        before = next((u.values for u in clauses.used(seen.case) if u.clause == clause.id), {})

        def store(values: dict[str, dict[str, Json]]) -> Changes:
            given = {k: v for k, v in values[_KIND].items() if v not in (None, "")}
            return clauses.put(station, case=rec, kind=clause.id, values=given)

        shown: Values = {f"{_KIND}.{name}": value for name, value in before.items()}
        basis = "；".join(clause.basis)
        intro = QCoreApplication.translate("Clauses", "{title}（依据：{basis}）").format(
            title=clause.title, basis=basis
        )
        FormDialog(
            self.page,
            self.page.desk,
            title=clause.title,
            spec=spec(clause, seen.case),
            values=shown,
            save=store,
            intro=intro,
            remarks=lambda values: self._remarks(clause, seen.case, values),
        ).open()

    @staticmethod
    def _remarks(clause: Clause, view: Case, values: dict[str, dict[str, Json]]) -> list[str]:
        """What must be known while these answers stand; never printed."""
        given = {k: v for k, v in values.get(_KIND, {}).items() if v not in (None, "")}
        return fill(clause, given, view).remarks


def keep(page: AgreementPage, words: str) -> None:
    """存为本站条款: ask for its name, and whether the district should see it."""
    station = page.station
    items = (Item("station_clause.title", required=True), Item("station_clause.offered"))
    form = FormSpec("station_clause", (Section("", items, 1),))

    def store(values: dict[str, dict[str, Json]]) -> Changes:
        given = values["station_clause"]
        return clauses.keep(station, title=str(given["title"]), words=words, offered=bool(given.get("offered")))

    title = QCoreApplication.translate("Clauses", "存为本站条款")
    FormDialog(page, page.desk, title=title, spec=form, values={}, save=store, intro=words).open()
