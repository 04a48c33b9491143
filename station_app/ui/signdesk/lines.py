"""One case that waits for a hand or a seal, in one sentence: on the first page and on the page of the lists."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station_app.clock import shanghai_date
from station_app.services.signdesk.board import Waiting
from station_app.services.station import Station
from station_app.ui.widgets.lines import Line


def board_line(station: Station, found: Waiting) -> Line:
    """One case in one sentence: who is waited for, how far it is, since when."""
    days = (station.clock.today() - shanghai_date(found.since_ms)).days
    said = (
        QCoreApplication.translate("Signing", "等候 {n} 天").format(n=days)
        if days > 0
        else QCoreApplication.translate("Signing", "今日出具")
    )
    if found.waits == "seal":
        note = QCoreApplication.translate("Signing", "{n} 份待盖章").format(n=found.agreements)
    else:
        note = QCoreApplication.translate("Signing", "已签 {n}/{all}，待{who}").format(
            n=found.signed, all=found.total, who=_who(found.who)
        )
    if found.no:
        note += QCoreApplication.translate("Signing", "（拒签、未到 {n} 人）").format(n=len(found.no))
    return Line(found.title, f"{note}　{said}", "red" if found.no else "amber", "sign_desk", found.case)


def _who(names: tuple[str, ...]) -> str:
    """Up to two names in full, else the first and how many: parties, not only people."""
    if len(names) <= 2:
        return "、".join(names)
    return QCoreApplication.translate("Signing", "{name}等 {n} 方").format(name=names[0], n=len(names))
