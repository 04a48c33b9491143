"""What today's list adds of all cases: warnings that wait for a second opinion, limits of the five firsts passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from station_app.domain.case import text
from station_app.domain.clocks.firsts import FIRSTS, First, Mark, firsts
from station_app.domain.rules import load_rules
from station_app.services.cases import moment
from station_app.services.loop.colours import asked
from station_app.services.reading import conditions, lists
from station_app.services.reading.lists import CaseLine
from station_app.services.station import Station

MOST: Final = 300
"""So many cases are looked through for a limit that has passed, the oldest first."""
_SECOND: Final = (
    "SELECT DISTINCT l.case_id FROM loop_row l JOIN case_row c ON c.id = l.case_id"
    " WHERE l.kind = 'colour_change' AND l.done = 0 AND c.discarded = 0 ORDER BY l.case_id"
)
_OLD: Final = (
    f"SELECT id FROM case_row WHERE discarded = 0 AND {conditions.STANDING} AND coalesce(fedback_at, '') = ''"
    " AND state <> 'archived' AND coalesce(nullif(confirmed_at, ''), nullif(resolved_at, ''), nullif(accepted_at, ''),"
    " registered_at) < ? ORDER BY id LIMIT ?"
)


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
    """A case with the step of the five firsts whose limit passed first; `minutes` since then."""

    case: CaseLine
    first: First
    minutes: int


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


def firsts_over(station: Station) -> list[Over]:
    """Cases past a limit of the five firsts, the longest first; [] where the district has set no limit."""
    pack = {key: setting.value for key, setting in load_rules().settings.items()}
    hours = [v for code in FIRSTS if isinstance(v := pack.get(f"first.{code}"), int) and v > 0]
    if not hours:
        return []
    now = moment(station)
    cut = (datetime.fromisoformat(now) - timedelta(hours=min(hours))).isoformat(timespec="minutes")
    ids = [int(r[0]) for r in station.store.reader.execute(_OLD, (cut, MOST))]
    found = []
    for line in lists.lines_of(station, ids):
        over = [f for f in firsts(station.case(line.rec), pack, now) if f.mark is Mark.OVER]
        if over:
            worst = min(over, key=lambda f: f.left or 0)
            found.append(Over(line, worst, -(worst.left or 0)))
    return sorted(found, key=lambda o: -o.minutes)
