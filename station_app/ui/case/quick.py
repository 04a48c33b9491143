"""Small forms whose result is one of four keys: a contact, a return visit. The key saves at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station_app.domain.case import Case, text
from station_app.services import cases, performance
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.loop import contacts
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.widgets.layout import button, row
from sync.contract.canonical import Json

Read = dict[str, dict[str, Json]]
SaveAs = Callable[[str, Read], Changes]

_PERFORMED = ("full", "part", "none", "unreachable")


class QuickDialog(FormDialog):
    """`answers`: (code, words), each a button with Alt and its number; `save` gets the code and the form."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        *,
        title: str,
        spec: FormSpec,
        values: Mapping[str, Json],
        answers: Sequence[tuple[str, str]],
        save: SaveAs,
        intro: str = "",
    ) -> None:
        self._answer = ""

        def told(given: Read) -> Changes:
            return save(self._answer, given)

        super().__init__(parent, desk, title=title, spec=spec, values=values, save=told, intro=intro)
        self.ok.hide()
        self.answers: dict[str, QPushButton] = {}
        for number, (code, said) in enumerate(answers, 1):
            made = button(f"&{number} {said}", partial(self.answer, code))
            made.setAccessibleName(said)
            self.answers[code] = made
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(column.count() - 1, row(None, *self.answers.values(), None))
        for made in self.answers.values():
            made.setAutoDefault(False)  # Enter in a field says nothing about what came of it

    def answer(self, code: str) -> None:
        """Save with this result."""
        self._answer = code
        self.store()


def contact(parent: QWidget, desk: Desk, *, case: str, party: str = "") -> QuickDialog:
    """记录联系: whom, how, and one of four results; for whom is known, everything else is filled in."""
    station = desk.station
    view = station.case(case)
    named = tuple((p.id, p.name) for p in view.parties)
    last = max(view.kind("contact"), key=lambda r: text(r, "at"), default=None)
    whom = party or text(last, "party") or next((p.id for p in view.side("respondent")), named[0][0] if named else "")
    spec = FormSpec(
        "contact",
        (
            Section(
                "",
                (
                    Item("contact.party", choices=named),
                    Item("contact.manner", required=True),
                    Item("contact.at", required=True),
                    Item("contact.next_on"),
                    Item("contact.text", span=2),
                ),
            ),
        ),
    )

    def save(outcome: str, values: Read) -> Changes:
        given: Values = dict(values["contact"])
        whom_ = str(given.pop("party") or "")
        return contacts.record(station, case=case, outcome=outcome, party=whom_, values=given)

    shown: Values = {"contact.party": whom or None, "contact.manner": "phone", "contact.at": cases.moment(station)}
    phones = {p.id: text(p.identity, "phone") for p in view.parties}
    made = QuickDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Quick", "记录联系"),
        spec=spec,
        values=shown,
        answers=[(code, words.code("contact_outcomes", code)) for code in contacts.KEYS],
        save=save,
    )
    made.form.edited.connect(lambda: _show_phone(made.form, phones))
    _show_phone(made.form, phones)
    made.open()
    return made


def _phones(view: Case) -> str:
    """Whom to ring up, and where: the first three of the case who left a number."""
    known = [f"{p.name} {text(p.identity, 'phone')}" for p in view.parties if text(p.identity, "phone")]
    return "　".join(known[:3])


def _show_phone(form: Form, phones: Mapping[str, str]) -> None:
    """The number to call stands beside whom it belongs to."""
    whom = str(form.control("contact.party").raw() or "")
    nothing = QCoreApplication.translate("Quick", "没有登记电话") if whom in phones else ""
    form.boxes["contact.party"].set_note(phones.get(whom) or nothing)


def visit(parent: QWidget, desk: Desk, *, case: str) -> QuickDialog:
    """记录回访: how the agreement is kept, by one of four keys; a further visit can be planned with it."""
    station = desk.station
    spec = FormSpec(
        "visit",
        (
            Section(
                "",
                (
                    Item("visit.manner", required=True),
                    Item("visit.at", required=True),
                    Item("visit.text", span=2),
                    Item(
                        "plan.next_on", type="date", label=QT_TRANSLATE_NOOP("Forms", "下次回访日期（不再回访的不填）")
                    ),
                ),
            ),
        ),
    )

    def save(performed: str, values: Read) -> Changes:
        given: Values = {n: v for n, v in values["visit"].items() if v not in (None, "")}
        next_on = str(values["plan"].get("next_on") or "")
        outcome = "unreachable" if performed == "unreachable" else "reached"
        return performance.visit(
            station,
            case=case,
            values={**given, "performed": performed, "outcome": outcome},
            last=not next_on and performed != "unreachable",
            next_on=next_on,
        )

    made = QuickDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Quick", "记录回访"),
        spec=spec,
        values={"visit.manner": "phone", "visit.at": cases.moment(station)},
        answers=[(code, words.code("performances", code)) for code in _PERFORMED],
        save=save,
        intro=_phones(station.case(case)),
    )
    made.open()
    return made
