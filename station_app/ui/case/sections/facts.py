"""基本情况: what it is about, and the colour of its warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout

from station_app.domain.case import text
from station_app.domain.course import allowed
from station_app.services.loop.colours import View
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.part import Part
from station_app.ui.case.warning import WarningDialog
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S4
from station_app.ui.widgets.layout import button, clear
from station_app.ui.widgets.layout import text as label
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Facts(Part):
    """基本情况: pairs of words and values."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page, QCoreApplication.translate("CasePage", "基本情况"))
        self.consent = button(
            QCoreApplication.translate("CasePage", "征求意见"), lambda: acts.consent(page), kind="quiet"
        )
        self.edit = button(
            QCoreApplication.translate("CasePage", "修改"), lambda: acts.edit_case(page), kind="quiet", picture="edit"
        )
        self.colour = button("", self._why, kind="quiet")
        for widget in (self.colour, self.consent, self.edit):
            self.head.addWidget(widget)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(S4)
        self.grid.setVerticalSpacing(S2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 1)
        self.body.addLayout(self.grid)

    def show_case(self, found: Look) -> None:
        view = found.case
        record, facts = view.record, view.facts
        short = [
            ("case.service", words.field_code("case.service", record.get("service"))),
            ("case.type", words.field_code("case.type", record.get("type"))),
            ("case.channel", words.field_code("case.channel", record.get("channel"))),
            ("case.key_area", words.field_code("case.key_area", record.get("key_area"))),
            ("case.amount", words.yuan(record.get("amount"))),
            ("case.people", str(record.get("people") or "")),
            ("case.place", text(record, "place")),
            ("case.finding", _found(self.page, record)),
            ("case.registered_at", text(record, "registered_at").replace("T", " ")),
            ("case.accepted_at", text(record, "accepted_at").replace("T", " ")),
            ("case.consent_applicant", words.field_code("case.consent_applicant", record.get("consent_applicant"))),
            ("case.consent_respondent", words.field_code("case.consent_respondent", record.get("consent_respondent"))),
            ("case.state_reason", text(record, "state_reason")),
            ("case.difficult", text(record, "difficult_reason") if record.get("difficult") else ""),
        ]
        long = [("facts.summary", text(facts, "summary")), ("facts.story", text(facts, "story")),
                ("facts.request", text(facts, "request"))]  # fmt: skip
        self.colour.setText(_colour(found.warning))
        self.colour.setAccessibleName(self.colour.text())
        set_tone(self.colour, words.warning(found.warning.level)[1])
        self.consent.setVisible(allowed.may(view, allowed.CONSENT))
        clear(self.grid)
        place = 0
        for path, value in long:
            if value:
                self._pair(place // 2, 0, path, value, span=3)
                place += 2
        for path, value in short:
            if value:
                self._pair(place // 2, 2 * (place % 2), path, value)
                place += 1

    def _why(self) -> None:
        """The reasons are said on demand: whoever sits at the counter can read the screen."""
        WarningDialog(self.page).open()

    def _pair(self, line: int, column: int, path: str, value: str, *, span: int = 1) -> None:
        name = label(words.label(path), "muted")
        self.grid.addWidget(name, line, column, Qt.AlignmentFlag.AlignTop)  # beside the first of several lines
        self.grid.addWidget(label(value, wrap=True), line, column + 1, 1, span)


def _found(page: CasePage, record: Record) -> str:
    """The words of the finding an appeal came from; "" for none."""
    rec = text(record, "finding")
    return text(page.station.store.reference().records.get(rec), "text") if rec else ""


def _colour(seen: View) -> str:
    """ "▲ 红色预警 · 查看原因": the colour by shape and word, and what a person should decide about it."""
    shown = words.warning(seen.level)[0] or QCoreApplication.translate("CasePage", "没有预警")
    if seen.asked is not None:
        return f"{shown} · {QCoreApplication.translate('CasePage', '等待复核')}"
    if seen.rising:
        to = words.warning(seen.today.level)[0]
        return f"{shown} · {QCoreApplication.translate('CasePage', '按规则应为{to}').format(to=to)}"
    return f"{shown} · {QCoreApplication.translate('CasePage', '查看原因')}" if seen.level else shown
