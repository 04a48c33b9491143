"""五个第一时间: found, accepted, resolved, confirmed, reported back; each with its limit where the district set one.

The limits are hours of the rules pack (`first.*`). A limit that nobody published is none: the step then only shows
its time. A limit stands still between two moments, or is longer by so many hours, only by a record with its reason.

A case that was taken up again (恢复办理) goes its way a second time: its limits run from then, and what was reached the
first time is shown beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from station_app.domain.case import Case, number, text
from sync.contract.fold import Record

FIRSTS: Final = ("register", "accept", "resolve", "confirm", "feedback")
"""Codes of resources/codes/firsts.toml and of the settings `first.*`, in the order of the work."""
SUSPEND, EXTEND = "suspend", "extend"
_STAMPS: Final = {
    "register": "found_at",
    "accept": "accepted_at",
    "resolve": "resolved_at",
    "confirm": "confirmed_at",
    "feedback": "fedback_at",
}
"""The moment that is shown of a step; 发现 shows when it was found, and is reached by the registration."""
_BEFORE: Final = {
    "resolve": "first_resolved_at",
    "confirm": "first_confirmed_at",
    "feedback": "first_fedback_at",
}
"""Of a case taken up again: where the moment stands that the step was reached the first time."""
_NO_MEDIATION: Final = frozenset({"refused", "referred", "ended"})
"""States in which nothing is resolved or confirmed any more."""
_OVER: Final = frozenset({"visited", "fedback", "archived"})
"""States from which no step before the feedback is reached any more."""


class Mark(Enum):
    """How a step stands.

    DONE in time or without a limit; LATE: done after its limit; RUNNING; OVER: not done, its limit has passed; PAUSED:
    its limit stands still; WAITING for the step before it; NONE: this case has no such step.
    """

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    OVER = "over"
    PAUSED = "paused"
    WAITING = "waiting"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class First:
    """One step. `at`, `due`: moments YYYY-MM-DDTHH:MM, "" for none; `hours`: the limit, None where it is not set.

    `left`: minutes until `due`, below zero when it has passed, None without one; `changes`: records that moved it;
    `before`: when it was reached the first time, of a case that was taken up again.
    """

    code: str
    mark: Mark
    at: str = ""
    start: str = ""
    hours: int | None = None
    due: str = ""
    left: int | None = None
    changes: tuple[str, ...] = ()
    before: str = ""

    @property
    def open(self) -> bool:
        """True while its limit runs or stands still."""
        return self.mark in (Mark.RUNNING, Mark.OVER, Mark.PAUSED)


def firsts(case: Case, pack: Mapping[str, object], now: str) -> list[First]:
    """The five steps of a case as they stand at a moment."""
    return [replace(_step(case, code, pack, now), before=_before(case, code)) for code in FIRSTS]


def waiting(case: Case) -> tuple[str, str] | None:
    """(code, moment) of the step whose limit runs, and from when it counts: later by what was added to the limit, so
    that with a limit of h hours it is over h hours after it. None where none runs or it stands still.
    """
    for code in FIRSTS:
        start = _from(case, code)
        if not start or _end(case, code) or _gone(case, code):
            continue
        changes = [r for r in case.kind("first_change") if text(r, "first") == code]
        if any(text(r, "act") == SUSPEND and not text(r, "to") for r in changes):
            return None
        return code, (_moment(start) + _added(changes, start, _LAST)).isoformat(timespec="minutes")
    return None


def _step(case: Case, code: str, pack: Mapping[str, object], now: str) -> First:
    value = pack.get(f"first.{code}")
    hours = value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
    start, end = _from(case, code), _end(case, code)
    shown = text(case.record, _STAMPS[code]) or end
    if not end and _gone(case, code):
        return First(code, Mark.NONE, hours=hours)
    if not start and not end:
        return First(code, Mark.WAITING, hours=hours)
    changes = [r for r in case.kind("first_change") if text(r, "first") == code]
    ids = tuple(r.id for r in changes)
    paused = not end and any(_stands(r, now) for r in changes)
    if hours is None or not start:
        mark = Mark.DONE if end else Mark.PAUSED if paused else Mark.RUNNING
        return First(code, mark, shown, start, hours, changes=ids)
    due = _moment(start) + timedelta(hours=hours) + _added(changes, start, end or now)
    left = int((due - _moment(end or now)).total_seconds() // 60)
    if end:
        mark = Mark.DONE if left >= 0 else Mark.LATE
    else:
        mark = Mark.PAUSED if paused else Mark.RUNNING if left >= 0 else Mark.OVER
    return First(code, mark, shown, start, hours, due.isoformat(timespec="minutes"), left, ids)


def _before(case: Case, code: str) -> str:
    """The first time, where it is not the one that counts now."""
    record = case.record
    if code not in _BEFORE or not text(record, "reopened_at"):
        return ""
    first = text(record, _BEFORE[code]) or text(record, _STAMPS[code])
    return first if first != _end(case, code) else ""


def _from(case: Case, code: str) -> str:
    """The moment from which a step's limit runs, "" while it does not yet."""
    record = case.record
    resolved = text(record, "resolved_at")
    if code == "feedback":
        ended = case.case_state in _NO_MEDIATION or (case.case_state in _OVER and not resolved)
        over = text(record, "ended_at") or text(record, "state_since") if ended else ""
        done = resolved if _gone(case, "confirm") else ""
        return _end(case, "confirm") or done or over
    found = text(record, "found_at") or text(record, "registered_at")
    starts = {
        "register": found,
        "accept": text(record, "registered_at"),
        "resolve": text(record, "reopened_at") or text(record, "accepted_at"),
        "confirm": resolved,
    }
    return starts[code]


def _end(case: Case, code: str) -> str:
    """The moment a step was reached, "" while it was not."""
    record = case.record
    if code == "register":
        return text(record, "registered_at")
    found = text(record, _STAMPS[code])
    if code == "accept" and not found:
        return text(record, "reopened_at")
    if code == "confirm" and found < text(record, "reopened_at"):
        return ""  # a ruling of before stands, but what is agreed anew has none
    return found


def _gone(case: Case, code: str) -> bool:
    """True where a case has no such step: nothing to mediate any more, or nobody wants the court."""
    record = case.record
    if code == "accept":
        return case.case_state in ("refused", "referred") or case.case_state in _OVER
    if code == "resolve":
        return case.case_state in _NO_MEDIATION or case.case_state in _OVER
    if code != "confirm":
        return case.case_state == "archived"
    agreement = case.agreement
    other = text(record, "service") not in ("", "mediation")
    unwanted = text(agreement, "confirm") == "not" or bool(agreement and agreement.get("on_spot"))
    late = case.case_state in ("not_confirmed", "performed", "visited", "fedback", "archived")
    return other or unwanted or late or case.case_state in _NO_MEDIATION


def _stands(change: Record, now: str) -> bool:
    """A suspension that holds now."""
    until = text(change, "to")
    return text(change, "act") == SUSPEND and text(change, "from") <= now and (not until or now < until)


def _added(changes: list[Record], start: str, end: str) -> timedelta:
    """Hours added, and the time between start and end in which the limit stood still, counted once."""
    total = timedelta(hours=sum(number(r, "hours") for r in changes if text(r, "act") == EXTEND))
    spans = sorted(
        (max(text(r, "from"), start), min(text(r, "to") or end, end)) for r in changes if text(r, "act") == SUSPEND
    )
    reached = start
    for begin, until in spans:
        since = max(begin, reached)
        if until > since:
            total += _moment(until) - _moment(since)
            reached = until
    return total


_LAST: Final = "9999-12-31T23:59"
"""Later than any moment: a suspension that ended counts whole."""


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)
