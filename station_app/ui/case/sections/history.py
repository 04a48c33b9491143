"""办理过程, and what two PCs wrote of it without knowing of each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from station_app.services import cases
from station_app.services.travel.conflicts import Conflict
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.around.newer import act_name
from station_app.ui.case.part import ListPart, Part
from station_app.ui.style.tokens import S2
from station_app.ui.widgets.layout import button, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Rivals(Part):
    """两处修改不一致: each value with the button that takes it."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "两处修改不一致，请选用"))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(S2)
        self.body.addLayout(self.rows)

    def show_case(self, found: Look) -> None:
        self.setVisible(bool(found.rivals))
        clear(self.rows)
        for conflict in found.rivals:
            self.rows.addWidget(label(conflict.sentence, wrap=True))
            for rival in conflict.rivals:
                mine = (
                    QCoreApplication.translate("CasePage", "采用本站内容")
                    if rival.here
                    else QCoreApplication.translate("CasePage", "采用对方内容")
                )
                use = button(mine, partial(self._use, conflict, dict(rival.values)))
                self.rows.addLayout(row(label(f"{rival.who}：{rival.shown}", wrap=True), None, use))

    def _use(self, conflict: Conflict, values: dict[str, object]) -> None:
        station, rec = self.page.station, self.page.rec
        chosen = {k: v for k, v in values.items() if v is None or isinstance(v, str | int | bool | list | dict)}
        acts.do(
            self.page,
            lambda: cases.settle(station, case=rec, rec=conflict.rec, values=chosen),
            QCoreApplication.translate("CasePage", "已选用。"),
        )


class Course(ListPart):
    """办理过程: who did what, when."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "办理过程"), "")

    def show_case(self, found: Look) -> None:
        self.put([Line(act_name(d.verb), f"{d.who}　{words.stamp(d.at)}") for d in found.deeds])
