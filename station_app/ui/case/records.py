"""其他记录: inquiries, extensions, seals, consultations … of a case; one form for all, made from the catalogue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from station_app.domain.case import Case, text
from station_app.services import cases, people, records
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.reading import notes
from station_app.services.rounds import bookings
from station_app.services.selfentry import appointments
from station_app.services.station import Station
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.part import ListPart
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, Field

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_OWN: Final = frozenset({"removed", "by", "order", "blob", "bytes", "raw", "raw_bytes"})
"""Fields the program fills by itself."""
_ELSEWHERE: Final = frozenset({"contact"})
"""Kinds with a card of their own."""
_WIDE: Final = frozenset({"long", "texts"})
_HELD_BACK: Final = "held back"
"""Argument of the line that stands for notes which are not this user's."""
_MOMENTS: Final = ("at",)
_FIRST: Final = {"booking": ("purpose", "at", "until")}
"""Fields that are asked before the others of a kind; else in the order of the catalogue."""


def spec(kind: str, view: Case, persons: list[tuple[str, str]]) -> FormSpec:
    """The form of a kind; parties, people and papers are chosen by name."""
    parties = tuple((p.id, p.name) for p in view.parties)
    papers = tuple((p.id, f"{text(p, 'title')} {text(p, 'number')}".strip()) for p in view.papers)
    refs = {"party": parties, "paper": papers}
    items = []
    for field in _asked(kind):
        choices = refs.get(field.name, tuple(persons)) if field.type == "ref" else ()
        required = field.name in records.REQUIRED.get(kind, ())
        span = 2 if field.type in _WIDE else 1
        items.append(Item(field.label, required=required, span=span, choices=choices))
    if kind == "booking":
        items.append(Item("anyway.yes", type="bool", label=QT_TRANSLATE_NOOP("Forms", "时间冲突，仍然预约"), span=2))
        told = QT_TRANSLATE_NOOP("Forms", "让居民凭自助登记的查询编号看到这个时间、地点和经办人")
        items.append(Item("told.yes", type="bool", label=told, span=2))
    return FormSpec(kind, (Section("", tuple(items), 2),))


def _asked(kind: str) -> list[Field]:
    """The fields a person fills in, in the order of the form."""
    first = _FIRST.get(kind, ())
    fields = [field for field in KINDS[kind].fields.values() if field.name not in _OWN]
    return sorted(fields, key=lambda field: first.index(field.name) if field.name in first else len(first))


def _book(station: Station, case: str, rec: str, given: Values, *, anyway: bool, told: bool) -> Changes:
    """A booking looks first whether room or person are taken; `told`: its people may see it."""
    if rec:
        changes = bookings.move(station, case=case, rec=rec, values=given, anyway=anyway)
    else:
        changes = bookings.book(station, case=case, values=given, anyway=anyway)
    booking = rec or changes.ids[-1]
    if told != appointments.is_shown(station, case=case, booking=booking):
        act = appointments.show if told else appointments.hide
        act(station, case=case, booking=booking)
    return changes


class Records(ListPart):
    """The list, and the menu that adds one of the kinds this user may write."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "其他记录"),
            QCoreApplication.translate("CasePage", "联系、调查、延期、回避、用印、咨询等记录在这里添加。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "添加记录"), lambda: None, kind="quiet", picture="plus"
        )
        self.menu = QMenu(self.add)
        self.add.setMenu(self.menu)
        self.head.addWidget(self.add)
        self.lines.opened.connect(self._open)

    def fill(self, view: Case) -> None:
        """Offer the kinds that belong to the service of the case."""
        self.menu.clear()
        for kind in (k for k in records.kinds_for(self.page.station, view) if k not in _ELSEWHERE):
            action = QAction(records.title_of(kind, words.lang()), self.menu)
            action.triggered.connect(partial(self._chosen, kind))
            self.menu.addAction(action)

    def _chosen(self, kind: str, _on: bool = False) -> None:
        self.open_new(kind)

    def show_case(self, found: Look) -> None:
        lines = [
            Line(f"{records.title_of(e.kind, words.lang())}　{e.words}", e.when, "none", e.kind, e.rec)
            for e in records.entries(found.case)
            if e.kind not in _ELSEWHERE
        ]
        if found.held_back:
            said = QCoreApplication.translate(
                "CasePage", "另有 {count} 次单方谈话或者心理服务记录，只有记录人和承办人可以查看"
            )
            lines.append(Line(said.format(count=found.held_back), "", "none", "", _HELD_BACK))
        self.put(lines)

    def open_new(self, kind: str) -> None:
        """The empty form of a kind."""
        station = self.page.station
        now = cases.moment(station)
        shown: Values = {f"{kind}.{name}": now for name in _MOMENTS if name in KINDS[kind].fields}
        self._dialog(kind, shown, "")

    def _open(self, line: Line) -> None:
        page = self.page
        if line.argument != _HELD_BACK:
            self.open_record(str(line.argument))
        elif page.seen is not None:
            station, view = page.station, page.seen.case
            page.tasks.write(
                lambda: notes.refuse(station, view), done=lambda _n: None, failed=page.notices.error, owner=page
            )

    def open_record(self, rec: str) -> None:
        """The form of one record."""
        seen = self.page.seen
        if seen is None or rec not in seen.case.state.records:
            return
        record = seen.case.state.records[rec]
        self._dialog(record.kind, {f"{record.kind}.{n}": v for n, v in record.values.items()}, rec)

    def _dialog(self, kind: str, shown: Values, rec: str) -> None:
        page = self.page
        if page.seen is None:
            return
        station, case = page.station, page.rec
        if kind == "booking" and rec:
            shown["told.yes"] = appointments.is_shown(station, case=case, booking=rec)

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values[kind]
            if kind == "booking":
                yes = {name: bool(values[name].get("yes")) for name in ("anyway", "told")}
                return _book(station, case, rec, given, **yes)
            if rec:
                return records.edit(station, case=case, rec=rec, values=given)
            return records.add(
                station, case=case, kind=kind, values={k: v for k, v in given.items() if v not in (None, "")}
            )

        known = [(p.id, text(p, "name")) for p in people.people(station)]
        FormDialog(
            page,
            page.desk,
            title=records.title_of(kind, words.lang()),
            spec=spec(kind, page.seen.case, known),
            values=shown,
            save=save,
        ).open()
