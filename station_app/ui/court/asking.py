"""Asking what only a person can say: one small window a question, its answer kept on the case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from station_app.domain.court.questions import QUESTIONS, Question
from station_app.services import court
from station_app.services.changes import Changes
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.canonical import Json


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


def dialog(parent: QWidget, desk: Desk, case: str, code: str) -> FormDialog:
    """The window that asks one question; saving keeps the answer."""
    question, station = QUESTIONS[code], desk.station
    standing = next((r for r in reversed(station.case(case).kind("answer")) if r.get("question") == code), None)
    shown = {f"answer.{n}": standing.get(n) for n in ("value", "date", "amount", "text")} if standing else {}

    def store(values: dict[str, dict[str, Json]]) -> Changes:
        return court.answer(station, case=case, question=code, values=values["answer"])

    return FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Court", "答复"),
        spec=spec(question),
        values=shown,
        save=store,
        intro=question.text,
    )


def open_for(parent: QWidget, desk: Desk, *, case: str, code: str, after: Callable[[], object]) -> None:
    """Ask, and look again when it was answered."""
    made = dialog(parent, desk, case, code)
    made.accepted.connect(lambda: after() and None)
    made.open()
