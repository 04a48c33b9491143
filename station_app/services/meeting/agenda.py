"""The agenda of the meeting: open cases with a warning or past a limit, and decisions of earlier meetings not done.

A case stands in it with the reasons in words; who complains is never named (信访工作条例 30), nor who sought
psychological help: such a case is named by its number and service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from station_app.domain import codes
from station_app.domain.case import Case, names, text
from station_app.domain.rules import load_rules
from station_app.services.cases import moment
from station_app.services.figures.counting import station_names
from station_app.services.loop import board
from station_app.services.meeting import decisions
from station_app.services.meeting.decisions import Decision
from station_app.services.station import Station
from sync.contract.states import OPEN

MOST: Final = 60
"""Cases looked at closely, the most urgent first."""
_HIDDEN: Final = frozenset({"complaint", "psych"})
_RANK: Final = {"red": 0, "amber": 1}
_SQL: Final = f"""
SELECT c.id, c.rec, coalesce(c.colour, ''), coalesce(c.accepted_at, c.registered_at, ''),
       (SELECT min(due) FROM due_row d WHERE d.case_id = c.id AND d.done = 0 AND coalesce(d.due, '') <> '') AS due,
       EXISTS(SELECT 1 FROM loop_row l WHERE l.case_id = c.id AND l.done = 0 AND l.kind <> 'colour_change') AS waits
FROM case_row c
WHERE c.discarded = 0 AND (:demo OR c.demo = 0) AND (
    (c.state IN ({", ".join(f"'{s}'" for s in sorted(OPEN))})
     AND (c.colour IN ('red', 'amber') OR substr(coalesce(c.accepted_at, c.registered_at), 1, 10) < :old
          OR due < :today OR waits))
    OR EXISTS(SELECT 1 FROM loop_row l WHERE l.case_id = c.id AND l.done = 0 AND l.kind = 'decision'))
"""


@dataclass(frozen=True, slots=True)
class Topic:
    """One case of the agenda. `days`: whole days since 受理 (else 登记); `why`: reasons in words, the gravest first;
    `standing`: decisions on it that are not done; `overdue`: some limit has passed.
    """

    case: str
    title: str
    number: str
    colour: str
    station: str
    days: int
    why: tuple[str, ...]
    standing: tuple[Decision, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """Topics in their order; `left_out`: further cases with a warning that are past MOST."""

    topics: tuple[Topic, ...]
    left_out: int

    def counts(self) -> tuple[int, int, int]:
        """(red, amber, overdue) among the topics."""
        return (
            sum(t.colour == "red" for t in self.topics),
            sum(t.colour == "amber" for t in self.topics),
            sum(t.overdue for t in self.topics),
        )


def agenda(station: Station) -> Agenda:
    """What the next meeting should look at: red first, then what is past a limit, then amber, the oldest first."""
    today = station.clock.today()
    limit = load_rules().count("mediation.days")
    old = (today - timedelta(days=limit)).isoformat() if limit else ""
    rows = station.store.reader.execute(
        _SQL, {"demo": int(station.demo), "old": old, "today": today.isoformat()}
    ).fetchall()
    rows.sort(key=lambda r: (_RANK.get(str(r[2]), 2), not _late(r, old, today), str(r[3])))
    known = station_names(station)
    topics = [t for row in rows[:MOST] if (t := _topic(station, station.case(str(row[1])), today, limit, known))]
    topics.sort(key=lambda t: (_RANK.get(t.colour, 2) if t.colour == "red" else 1, not t.overdue, -t.days))
    return Agenda(tuple(topics), max(0, len(rows) - MOST))


def _late(row: tuple[object, ...], old: str, today: date) -> bool:
    return str(row[3])[:10] < old or bool(row[4] and str(row[4]) < today.isoformat())


def _topic(station: Station, view: Case, today: date, limit: int, known: dict[str, str]) -> Topic | None:
    """The case with all its reasons; None where, looked at closely, none is left."""
    colour = text(view.record, "colour")
    days = _days(view, today)
    late = _overdue(station, view, today, days, limit)
    standing = decisions.standing(view)
    late += [f"会商决定逾期：{d.words}" for d in standing if d.late(today)]
    reasons = [r for r in names(view.record, "colour_reasons") if not r.startswith("依据：")]
    why = (*late, *(reasons if colour in _RANK else ()))
    if not why and not standing:
        return None
    return Topic(
        view.id,
        title_of(view),
        text(view.record, "number"),
        colour if colour in _RANK else "",
        known.get(text(view.record, "station"), text(view.record, "station")),
        days,
        tuple(why),
        tuple(standing),
        bool(late),
    )


def title_of(view: Case) -> str:
    """The case as a sheet that is handed round may name it."""
    service = text(view.record, "service")
    if service not in _HIDDEN:
        return text(view.record, "title")
    number = text(view.record, "number")
    return f"{codes.label('services', service)}{f'（{number}）' if number else '（当事人信息不列）'}"


def _days(view: Case, today: date) -> int:
    since = (text(view.record, "accepted_at") or text(view.record, "registered_at"))[:10]
    return (today - date.fromisoformat(since)).days if since else 0


def _overdue(station: Station, view: Case, today: date, days: int, limit: int) -> list[str]:
    """Limits that have passed, in words."""
    found: list[str] = []
    if limit and days > limit and view.case_state in ("accepted", "mediating", "registered"):
        found.append(f"受理{days}日未化解，超过{limit}日")
    due = sorted(str(row[0]) for row in station.store.reader.execute(
        "SELECT due FROM due_row WHERE case_id = ? AND done = 0 AND due <> '' AND due < ?",
        (station.store.ids.pk(view.id), today.isoformat()),
    ))  # fmt: skip
    if due:
        found.append(f"协议{len(due)}项到期未履行，最早{due[0]}")
    for line in board.of_case(station, view):
        if line.open and line.late:
            found.append(f"{line.unit}{'报到' if line.late == 'report' else '办结'}超时（{line.no or '移交'}）")
    return found


def name_of(station: Station, day: date | None = None) -> str:
    """ "2026年第47周书记会商", by the week of ISO 8601 that GB/T 7408 takes over."""
    year, week, _ = (day or station.clock.today()).isocalendar()
    return f"{year}年第{week}周书记会商"


def when(station: Station) -> str:
    """The moment the agenda was made."""
    return moment(station)
