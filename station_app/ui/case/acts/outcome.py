"""What follows an agreement: the court is asked and answers, money is paid, somebody calls back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import text
from station_app.services import confirmation, performance
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.ui import words
from station_app.ui.case import quick, specs
from station_app.ui.case.acts.doing import Read, do
from station_app.ui.case.dialog import FormDialog
from station_app.ui.notices import ask

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage


def apply(page: CasePage) -> None:
    """共同申请司法确认."""
    station, rec = page.station, page.rec
    shown: Values = {"confirmation.applied_on": station.clock.today().isoformat()}
    if page.seen is not None:
        shown["confirmation.court"] = text(page.seen.case.record, "court")

    def save(values: Read) -> Changes:
        given = {k: str(v or "") for k, v in values["confirmation"].items()}
        return confirmation.apply(station, case=rec, mode=given["mode"], court=given["court"], on=given["applied_on"])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "申请司法确认"),
        spec=specs.APPLY,
        values=shown,
        save=save,
    ).open()


def ruling(page: CasePage) -> None:
    """The court's answer as typed from its paper."""
    station, rec = page.station, page.rec

    def save(values: Read) -> Changes:
        given = {k: str(v or "") for k, v in values["confirmation"].items()}
        return confirmation.rule(
            station,
            case=rec,
            result=given["result"],
            ruling_no=given["ruling_no"],
            on=given["ruled_on"],
            reason=given["reason"],
        )

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "录入裁定"),
        spec=specs.RULING,
        values={},
        save=save,
    ).open()


def pay(page: CasePage) -> None:
    """The instalment that is due next was paid to everybody who is still owed."""
    if page.seen is None:
        return
    station, rec = page.station, page.rec
    left = [d for d in page.seen.dues if d.left]
    if not left:
        return
    first = left[0].obligation
    mine = [d for d in left if d.obligation == first]
    total = words.yuan(sum(d.left for d in mine))
    said = QCoreApplication.translate("CasePage", "登记 {due} 到期的 {yuan} 元已付给 {n} 人？").format(
        due=mine[0].due, yuan=total, n=len(mine)
    )

    def act() -> None:
        done = QCoreApplication.translate("CasePage", "已登记履行。")
        do(page, lambda: performance.pay(station, case=rec, obligation=first), done)

    ask(
        page,
        said,
        yes=(QCoreApplication.translate("CasePage", "登记"), act),
        detail=QCoreApplication.translate("CasePage", "个别未到账的，请在“履行情况”中更正。"),
    )


def visit(page: CasePage) -> None:
    """回访."""
    quick.visit(page, page.desk, case=page.rec)
