"""The separator sheet of a case, filled from the case and the job."""

from __future__ import annotations

from typing import Final

from station_app.clock import shanghai_time
from station_app.domain.case import APPLICANT, RESPONDENT, THIRD, text
from station_app.domain.dates import date_cn
from station_app.services.paperwork import engine
from station_app.services.printjobs.plan import Order
from station_app.services.station import Station

_ROLES: Final = ((APPLICANT, "申请人"), (RESPONDENT, "被申请人"), (THIRD, "第三人"))


def separator(station: Station, order: Order, case: str) -> bytes:
    """One A4 page: number, parties by name, the papers of this case in the job, who prints and when."""
    from station_app.services.printjobs.separator import Line, Separator, render

    view, now = station.case(case), station.clock.now_ms()
    at = shanghai_time(now)
    sheet = Separator(
        number=text(view.record, "number"),
        title=text(view.record, "title"),
        parties=[(words, [p.name for p in view.side(role)]) for role, words in _ROLES],
        papers=[Line(i.title, i.version, i.copies, i.pages) for i in order.items if i.case == case],
        place=(order.cases.index(case) + 1, len(order.cases)),
        printed_by=station.user.name,
        printed_at=f"{date_cn(at.date())} {at:%H:%M}",
    )
    return render(sheet, fonts=engine.fonts(station), created_ms=now)
