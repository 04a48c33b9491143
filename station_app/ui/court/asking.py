"""Asking what only a person can say: one small window a question, its answer kept on the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.court.questions import QUESTIONS, Question
from station_app.services import court
from station_app.services.changes import Changes
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.court.dialog import CourtDialog


def spec(question: Question) -> FormSpec:
    """The form of a question: a choice, a day or a sum, and always room for a note."""
    items: list[Item] = []
    if question.options:
        choice = QT_TRANSLATE_NOOP("Forms", "答复")
        items.append(Item("answer.value", type="code", label=choice, choices=question.options, span=2))
    if question.wants == "date":
        items.append(Item("answer.date"))
    if question.wants == "amount":
        items.append(Item("answer.amount"))
    items.append(Item("answer.text", span=2))
    return FormSpec("answer", (Section("", tuple(items), 2),))


def dialog(parent: CourtDialog, code: str) -> FormDialog:
    """The window that asks one question; saving keeps the answer and looks at the case again."""
    question = QUESTIONS[code]
    station, case = parent.desk.station, parent.case
    standing = next((r for r in reversed(station.case(case).kind("answer")) if r.get("question") == code), None)
    shown = {f"answer.{n}": standing.get(n) for n in ("value", "date", "amount", "text")} if standing else {}

    def store(values: dict[str, dict[str, Json]]) -> Changes:
        return court.answer(station, case=case, question=code, values=values["answer"])

    made = FormDialog(
        parent,
        parent.desk,
        title=QCoreApplication.translate("Court", "答复"),
        spec=spec(question),
        values=shown,
        save=store,
        intro=question.text,
    )
    made.accepted.connect(parent.refresh)
    return made


def ask(parent: CourtDialog, code: str) -> None:
    """Open it."""
    dialog(parent, code).open()
