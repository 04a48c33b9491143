"""调解记录 and 调解协议: what was said, and what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, number, text
from station_app.domain.course import allowed
from station_app.domain.course.services import MEDIATION, service_of
from station_app.domain.money import capitals
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.part import ListPart
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Sessions(ListPart):
    """调解记录."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "调解记录"),
            QCoreApplication.translate("CasePage", "还没有调解记录。"),
        )
        self.add = button(
            QCoreApplication.translate("CasePage", "添加"), lambda: acts.add_session(page), kind="quiet", picture="plus"
        )
        self.head.addWidget(self.add)
        self.lines.opened.connect(self._open)
        self._case: Case | None = None

    def show_case(self, found: Look) -> None:
        self._case = found.case
        self.setVisible(service_of(found.case) == MEDIATION or bool(found.case.kind("session")))
        self.add.setVisible(allowed.may(found.case, allowed.SESSION))
        self.put(
            [
                Line(
                    QCoreApplication.translate("CasePage", "第 {n} 次").format(n=number(r, "no"))
                    + "　"
                    + text(r, "record").replace("\n", " "),
                    f"{text(r, 'from').replace('T', ' ')}　{words.field_code('session.result', r.get('result'))}",
                    "none",
                    "session",
                    r.id,
                )
                for r in found.case.kind("session")
            ]
        )

    def _open(self, line: Line) -> None:
        if self._case is not None:
            acts.edit_session(self.page, self._case.state.records[str(line.argument)])


class Agreement(ListPart):
    """协议: the sum in figures and capitals, rows, how far the signing is."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "调解协议"),
            QCoreApplication.translate("CasePage", "还没有制作调解协议书。"),
        )
        self.sum = label("", wrap=True)
        self.body.insertWidget(1, self.sum)
        self.lines.opened.connect(lambda _line: page.desk.go("agreement", page.rec))

    def show_case(self, found: Look) -> None:
        view = found.case
        self.setVisible(service_of(view) == MEDIATION or view.agreement is not None)
        total = number(view.agreement, "total")
        self.sum.setText(f"{words.yuan(total)} 元（{capitals(total)}）" if total else "")
        self.sum.setVisible(bool(total))
        names = {p.id: p.name for p in view.parties}
        lines = []
        for row_ in view.obligations:
            payers = row_.get("payers")
            who = "、".join(names.get(str(p), "") for p in payers) if isinstance(payers, list) else ""
            amount = words.yuan(row_.get("amount"))
            lines.append(Line(f"{who}　{text(row_, 'what')}　{amount}", text(row_, "due"), "none", "agreement"))
        signed = len(view.signed)
        if signed:
            lines.append(
                Line(
                    QCoreApplication.translate("CasePage", "已登记签署 {n} 项").format(n=signed),
                    "",
                    "green",
                    "agreement",
                )
            )
        self.put(lines)
