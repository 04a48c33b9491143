"""Notes of one side and psychological notes: who opened them, who was refused, and how many this user is not shown.

Both are kept in the access log of this PC (个人信息保护法 51): who, when and which case, never what a note says.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case
from station_app.services.station import Station
from station_app.store import local, privacy
from sync.contract.errors import KnownError
from sync.contract.op import creator_of

OPENED: Final = "view_closed"
REFUSED: Final = "refuse_closed"


def held_back(station: Station, view: Case) -> int:
    """How many acts on such notes the user does not see: only who wrote them and the case's mediator do."""
    return privacy.held_back(station.store, view.id, view.state)


def shown(view: Case) -> int:
    """How many such notes this user sees in the case."""
    return sum(len(view.kind(kind)) for kind in privacy.KINDS_CLOSED)


def opened(station: Station, view: Case) -> int:
    """Keep that this user was shown the notes of a case; how many there are, 0 for none: then nothing is kept."""
    count = shown(view)
    if count:
        _keep(station, view, OPENED, f"{count}条")
    return count


def refuse(station: Station, view: Case) -> None:
    """E-247 for who asks for notes that are not his, kept in the access log; nothing where none is held back."""
    if held := held_back(station, view):
        _keep(station, view, REFUSED, f"{held}条")
        raise KnownError("E-247")


def guard(station: Station, view: Case, rec: str) -> None:
    """As `refuse`, where this record is such a note."""
    hidden = privacy.closed_ops(station.store, view.id) & set(view.state.unreadable)
    if rec.count(".") == 2 and creator_of(rec) in hidden:
        refuse(station, view)


def _keep(station: Station, view: Case, act: str, detail: str) -> None:
    at = station.clock.now_ms()
    local.log_access(station.store, at=at, user=station.user.person, act=act, case=view.id, detail=detail)
