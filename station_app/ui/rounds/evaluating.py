"""登记满意度: the number of the slip and five levels; who mediated the case is refused in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from station_app.services import cases
from station_app.services.changes import Changes
from station_app.services.rounds import satisfaction
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.canonical import Json

SPEC = FormSpec(
    "evaluation",
    (
        Section(
            "",
            (
                Item("evaluation.slip", required=True),
                Item("evaluation.manner", required=True),
                Item("evaluation.satisfaction", required=True),
                Item("evaluation.at"),
                Item("evaluation.text", span=2),
            ),
        ),
    ),
)


def evaluate(parent: QWidget, desk: Desk) -> FormDialog:
    """Open the form."""
    station = desk.station

    def save(values: dict[str, dict[str, Json]]) -> Changes:
        given = {name: str(value or "") for name, value in values["evaluation"].items()}
        return satisfaction.record(
            station,
            slip=given["slip"],
            satisfaction=given["satisfaction"],
            manner=given["manner"],
            words=given["text"],
            at=given["at"],
        )

    made = FormDialog(
        parent,
        desk,
        title=QCoreApplication.translate("Evaluating", "登记满意度"),
        spec=SPEC,
        values={"evaluation.manner": "slip", "evaluation.at": cases.moment(station)},
        save=save,
        intro=QCoreApplication.translate(
            "Evaluating", "按群众填写的评价单或者社区电话回访登记，不写姓名和号码。办理本案的调解员不能登记。"
        ),
    )
    chosen = [c for c in words.choices("evaluation.manner") if c[0] != satisfaction.ONLINE]
    made.form.set_choices("evaluation.manner", chosen)
    made.form.set_values({"evaluation.manner": "slip"})
    made.open()
    return made


def slip(parent: QWidget, desk: Desk, *, case: str) -> None:
    """The slip of a case as its true page."""
    from station_app.ui.reports.sheet import SheetDialog

    station = desk.station
    name = QCoreApplication.translate("Evaluating", "评价单")
    SheetDialog(
        parent, desk, name=name, make=lambda _no, _said: satisfaction.paper(station, case=case), final=True
    ).open()
