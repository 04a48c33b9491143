"""反映人: of a confidential or anonymous appeal; shown on demand and logged, made known only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import text
from station_app.services.changes import Changes
from station_app.services.intake import secrecy
from station_app.services.intake.secrecy import Complainant
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.part import Part
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.layout import text as label
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

_REASON = FormSpec(
    "reveal",
    (
        Section(
            "",
            (Item("step.reason", type="long", required=True, label=QT_TRANSLATE_NOOP("Forms", "公开身份的依据")),),
            1,
        ),
    ),
)


class Hidden(Part):
    """Only of such an appeal; what was shown goes with the page."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "反映人"))
        self.look = button(QCoreApplication.translate("CasePage", "查看"), self._look, kind="quiet", picture="eye")
        self.make_known = button(QCoreApplication.translate("CasePage", "公开身份"), self._reveal, kind="quiet")
        self.head.addWidget(self.look)
        self.head.addWidget(self.make_known)
        self.said = label("", wrap=True)
        self.body.addWidget(self.said)
        self._case = ""

    def show_case(self, found: Look) -> None:
        self.setVisible(secrecy.is_hidden(found.case))
        able = self.page.station.can("private_note")
        self.look.setVisible(able)
        self.make_known.setVisible(able)
        said = QCoreApplication.translate("CasePage", "{how}。名单、文书和其他站点只显示代称；查看会记入访问记录。")
        how = words.field_code("case.secrecy", text(found.case.record, "secrecy") or "open")
        self.said.setText(said.format(how=how))

    def _look(self) -> None:
        station, rec = self.page.station, self.page.rec
        self.page.tasks.write(
            lambda: secrecy.look(station, case=rec), done=self._shown, failed=self.page.notices.error, owner=self
        )

    def _shown(self, found: list[Complainant]) -> None:
        nothing = QCoreApplication.translate("CasePage", "没有登记反映人信息。")
        lines = [
            "　".join(part for part in (who.stand_in, who.name, who.id_number, who.phone, who.address) if part)
            for who in found
        ]
        self.said.setText("\n".join(lines) or nothing)

    def _reveal(self) -> None:
        station, rec = self.page.station, self.page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            return secrecy.reveal(station, case=rec, reason=str(values["step"].get("reason") or ""))

        FormDialog(
            self.page,
            self.page.desk,
            title=QCoreApplication.translate("CasePage", "公开身份"),
            spec=_REASON,
            values={},
            save=save,
            intro=QCoreApplication.translate("CasePage", "公开后姓名和号码进入案件名单和文书，不能再隐去。"),
        ).open()
