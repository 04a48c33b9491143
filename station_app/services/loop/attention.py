"""What today's list adds of all cases: warnings that wait for a second opinion, limits of the five firsts passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.firsts import FIRSTS
from station_app.domain.rules import load_rules
from station_app.services.cases import moment
from station_app.services.loop.colours import asked
from station_app.services.reading import conditions, lists
from station_app.services.reading.lists import CaseLine
from station_app.services.station import Station

MOST: Final = 300
"""So many cases past a limit are listed on the desk; all of them are counted."""
_SECOND: Final = (
    "SELECT DISTINCT l.case_id FROM loop_row l JOIN case_row c ON c.id = l.case_id"
    " WHERE l.kind = 'colour_change' AND l.done = 0 AND c.discarded = 0 ORDER BY l.case_id"
)
_PAST: Final = f" FROM case_row WHERE discarded = 0 AND {conditions.STANDING} AND ({{0}})"
_ONE: Final = "(step = ? AND step_since < ?)"


@dataclass(frozen=True, slots=True)
class Second:
    """A request to lower a warning: to what, why, since when; `own`: asked by who is in front of it, so not his."""

    case: CaseLine
    to: str
    reason: str
    at: str
    own: bool


@dataclass(frozen=True, slots=True)
class Over:
    """A case past the limit of a step of the five firsts (code of `firsts`), by so many minutes."""

    case: CaseLine
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """Cases past a limit, the longest first; `total`: how many there are, also those that are not listed."""

    lines: list[Over]
    total: int


def second_opinions(station: Station) -> list[Second]:
    """Warnings whose lowering another person has to judge, the oldest request first."""
    ids = [int(r[0]) for r in station.store.reader.execute(_SECOND)]
    found = []
    for line in lists.lines_of(station, ids):
        request = asked(station.case(line.rec))
        if request is not None:
            to, why, at = (text(request, name) for name in ("to", "reason", "at"))
            found.append(Second(line, to, why, at, text(request, "by") == station.user.person))
    return sorted(found, key=lambda s: (s.own, s.at))


def firsts_over(station: Station, *, most: int = MOST) -> Overdue:
    """Cases past a limit of the five firsts; none where the district has set no limit. Every case is counted; `most`
    are listed, 0 for all.
    """
    settings = load_rules().settings
    limits = {c: v for c in FIRSTS if isinstance(v := settings[f"first.{c}"].value, int) and v > 0}
    if not limits:
        return Overdue([], 0)
    now = datetime.fromisoformat(moment(station))
    given = [part for code, hours in limits.items() for part in (code, _text(now - timedelta(hours=hours)))]
    past, read = _PAST.format(" OR ".join([_ONE] * len(limits))), station.store.reader
    found: list[tuple[int, str, int]] = []
    for case_id, code, since in read.execute(f"SELECT id, step, step_since{past}", given):
        late = now - datetime.fromisoformat(since) - timedelta(hours=limits[code])
        found.append((int(late.total_seconds() // 60), str(code), int(case_id)))
    found.sort(key=lambda one: (-one[0], one[2]))
    shown = found[:most] if most else found
    lines = {line.rec: line for line in lists.lines_of(station, [case_id for _, _, case_id in shown])}
    recs = [station.store.ids.case_rec(case_id) for _, _, case_id in shown]
    over = [Over(lines[rec], code, late) for rec, (late, code, _) in zip(recs, shown, strict=True) if rec in lines]
    return Overdue(over, len(found))


def _text(when: datetime) -> str:
    return when.isoformat(timespec="minutes")
