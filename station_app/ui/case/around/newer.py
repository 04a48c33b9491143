"""较新版本登记的内容: what a later program recorded of the case and this one cannot show is said, not passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.services.reading import newer
from station_app.ui import words
from station_app.ui.case.part import Part
from station_app.ui.widgets.layout import text as label

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


def act_name(verb: str) -> str:
    """The words for an act; one of a later program is named as such."""
    if newer.knows_verb(verb):
        return words.code("verbs", verb)
    return QCoreApplication.translate("CasePage", "较新版本的办理事项")


class Newer(Part):
    """Only where there is something of the kind."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "较新版本登记的内容"))
        self.said = label("", wrap=True)
        self.body.addWidget(self.said)

    def show_case(self, found: Look) -> None:
        number = newer.count(found.case.state)
        self.setVisible(number > 0)
        said = QCoreApplication.translate(
            "CasePage", "有 {n} 项由较新版本登记，已原样保存，升级后可见。本机照常办理，不会改动这些内容。"
        )
        self.said.setText(said.format(n=number))
