"""转出: a case leaves for the discipline inspection, the police, a court, the petition system or a department.

One act: the hand-off record (where to, why, under which number), which prints the sheet, and the step 转办. What goes
to the discipline inspection is told to nobody else (信访工作条例 30).
"""

from __future__ import annotations

from typing import Final

from station_app.domain import codes
from station_app.services import cases
from station_app.services.changes import Changes
from station_app.services.loop import hand_offs
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError

KINDS: Final = ("discipline", "police", "court", "petition", "department")
"""Where a case may leave to, of hand_off_kinds; units that work with this program take it over instead (移交)."""


def leave(station: Station, *, case: str, kind: str, to: str, reason: str, at: str = "") -> Changes:
    """转出 to a unit outside. E-217 for a kind that is none, E-216 without unit or reason, E-405 from a state that does
    not allow it, E-375 while an offer waits, E-378 where another station holds the case, E-285 for the future.
    """
    if kind not in KINDS:
        raise KnownError("E-217", field="hand_off.to_kind", value=kind)
    for name, said in (("to", to), ("reason", reason)):
        if not said.strip():
            raise KnownError("E-216", field=f"hand_off.{name}")
    when = at or cases.moment(station)
    if when > cases.moment(station):
        raise KnownError("E-285", field="hand_off.offered_at")
    view = station.case(case)
    hand_offs.guard_offer(station, view)
    words = f"转{codes.label('hand_off_kinds', kind)}（{to.strip()}）：{reason.strip()}"
    with station.write("refer") as tx:
        cases.put_step(station, tx, view, "refer", at=when, reason=words)
        values = {"to": to.strip(), "to_kind": kind, "reason": reason.strip(), "offered_at": when}
        hand_offs.put(station, tx, case, {**values})
    return changes_of(tx, label="转出")
