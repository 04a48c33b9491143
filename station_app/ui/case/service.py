"""The card of the five other services: what was rendered, and the service's own next acts (进展, 转介, 登记)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station_app.domain.case import Case, text
from station_app.domain.course.services import LEGAL, MEDIATION, OWN, SUGGESTION, TRACK, service_of
from station_app.services import records
from station_app.services.changes import Changes
from station_app.services.loop import rendering
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.part import ListPart
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.tokens import S2
from station_app.ui.widgets.layout import button, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json
from sync.contract.fold import Record
from sync.contract.states import REFUSED, REGISTERED

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_NEEDS: Final = {
    "not_adopted": (Item("suggestion.track_note", required=True, span=2),),
    "adopted": (Item("suggestion.adopted_by", required=True, span=2), Item("suggestion.track_note", span=2)),
    "golden": (Item("suggestion.adopted_by", required=True, span=2), Item("suggestion.track_note", span=2)),
    "carried_out": (Item("suggestion.result", required=True, span=2),),
}
_NOTE: Final = (Item("suggestion.track_note", span=2),)
_AID: Final = FormSpec(
    "aid", (Section("", (Item("consultation.aid_to", required=True, span=2), Item("consultation.aid_on"))),)
)


class Service(ListPart):
    """Shown for a case of one of the five; a mediation has its own parts."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, "", QCoreApplication.translate("CasePage", "还没有办理记录。"))
        self.title = label("", "title")
        self.head.insertWidget(0, self.title)
        self.add = button("", self._add, kind="quiet", picture="plus")
        self.head.addWidget(self.add)
        self.acts: dict[str, Callable[[], None]] = {}
        self.buttons: list[QPushButton] = []
        box = QWidget()
        self.room = QVBoxLayout(box)
        self.room.setContentsMargins(0, 0, 0, 0)
        self.room.setSpacing(S2)
        self.body.addWidget(box)
        self.lines.opened.connect(lambda line: page.records.open_record(str(line.argument)))
        self.kind = ""

    def show_case(self, found: Look) -> None:
        view = found.case
        service = service_of(view)
        self.setVisible(service != MEDIATION)
        self.acts, self.buttons = {}, []
        clear(self.room)
        if service == MEDIATION:
            return
        self.kind = OWN[service]
        title = words.code("services", service)
        self.title.setText(title)
        self.lines.setAccessibleName(title)
        named = records.title_of(self.kind, words.lang())
        self.add.setText(QCoreApplication.translate("CasePage", "登记{what}").format(what=named))
        self.add.setAccessibleName(self.add.text())
        able = self.page.station.can(records.verb_of(self.kind)) and view.case_state not in (REGISTERED, REFUSED)
        self.add.setVisible(able)
        entries = [e for e in records.entries(view) if e.kind == self.kind]
        self.put([Line(e.words, e.when, "none", e.kind, e.rec) for e in entries])
        if able:
            self._offer(view, service)

    def _offer(self, view: Case, service: str) -> None:
        """The acts of a service, under its records."""
        for record in view.kind(self.kind):
            if service == SUGGESTION:
                self._tracks(record)
            elif service == LEGAL and not record.get("aid_to"):
                said = QCoreApplication.translate("CasePage", "转介法律援助")
                self._act(f"aid:{record.id}", [(said, partial(self._aid, record))], text(record, "question"))

    def _tracks(self, record: Record) -> None:
        offered = [
            (words.code("suggestion_tracks", to), partial(self._advance, record, to))
            for to in TRACK[text(record, "track")]
        ]
        if offered:
            self._act(f"track:{record.id}", offered, text(record, "text"))

    def _act(self, key: str, offered: Sequence[tuple[str, Callable[[], None]]], about: str) -> None:
        made: list[QWidget | None] = []
        for said, act in offered:
            self.acts[f"{key}:{said}"] = act
            self.buttons.append(button(said, act))
            made.append(self.buttons[-1])
        self.room.addLayout(row(label(about.splitlines()[0][:24] if about else "", "muted"), None, *made))

    def go_on(self) -> None:
        """The one next act at once; where there are several, the caret goes to them."""
        if len(self.acts) == 1:
            next(iter(self.acts.values()))()
        elif self.buttons:
            self.page.canvas.ensureWidgetVisible(self.buttons[0])
            self.buttons[0].setFocus()

    def _add(self) -> None:
        self.page.records.open_new(self.kind)

    def _advance(self, record: Record, to: str) -> None:
        station, case, rec = self.page.station, self.page.rec, record.id

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = {name: str(value or "") for name, value in values["suggestion"].items()}
            return rendering.advance(
                station,
                case=case,
                rec=rec,
                to=to,
                note=given.get("track_note", ""),
                by=given.get("adopted_by", ""),
                result=given.get("result", ""),
            )

        self._dialog(
            words.code("suggestion_tracks", to), FormSpec("track", (Section("", _NEEDS.get(to, _NOTE)),)), {}, save
        )

    def _aid(self, record: Record) -> None:
        station, case, rec = self.page.station, self.page.rec, record.id

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = {name: str(value or "") for name, value in values["consultation"].items()}
            return rendering.refer_aid(station, case=case, rec=rec, to=given["aid_to"], on=given["aid_on"])

        title = QCoreApplication.translate("CasePage", "转介法律援助")
        self._dialog(title, _AID, {"consultation.aid_on": station.clock.today().isoformat()}, save)

    def _dialog(
        self,
        title: str,
        spec: FormSpec,
        values: dict[str, Json],
        save: Callable[[dict[str, dict[str, Json]]], Changes],
    ) -> None:
        FormDialog(self.page, self.page.desk, title=title, spec=spec, values=values, save=save).open()
