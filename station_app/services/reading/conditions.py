"""Conditions on the rows of cases: what a number was counted by, and what its list is read by; one text of SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from station_app.domain.figures.ministry import SOURCE_OF_CHANNEL
from sync.contract.errors import BugError
from sync.contract.states import ARCHIVED, ENDED, FEDBACK, OPEN, REFERRED, REFUSED, REGISTERED, RESOLVED, VISITED

Test = Literal["is", "not", "from", "before"]


def _states(states: Iterable[str]) -> str:
    return ", ".join(f"'{s}'" for s in sorted(states))


_ACCEPTED: Final = f"state NOT IN ({_states((REGISTERED, REFUSED))})"
# a mediation that ended without agreement and was then told, fed back or archived was not resolved
_UNSETTLED: Final = (
    f"service = 'mediation' AND state IN ({_states((VISITED, FEDBACK, ARCHIVED))}) AND coalesce(resolved_at, '') = ''"
)

_RESOLVED: Final = f"({_ACCEPTED} AND state IN ({_states(RESOLVED)}) AND NOT ({_UNSETTLED}))"
# 结案: the agreement, of a service without one the answer; what ended without agreement, the day it ended
_CLOSED: Final = (
    f"CASE WHEN {_RESOLVED} THEN coalesce(nullif(resolved_at, ''), fedback_at, '')"
    f" WHEN state IN ({_states((ENDED, REFERRED, FEDBACK, ARCHIVED, VISITED))})"
    " THEN coalesce(nullif(ended_at, ''), fedback_at, '') ELSE '' END"
)
# merged into a case that is here, stands and was not merged itself: of two cases merged into each other by two stations
# both stay in the lists until a person settles it
_MERGED: Final = (
    "(case_row.merged IS NOT NULL AND EXISTS(SELECT 1 FROM inst i JOIN case_row k"
    " ON k.id = (i.no << 32) | CAST(substr(case_row.merged, 18) AS INTEGER)"
    " WHERE i.inst = substr(case_row.merged, 1, 16) AND k.merged IS NULL AND k.discarded = 0))"
)
STANDING: Final = f"(NOT {_MERGED})"
"""A case of its own: not one that was merged into another."""

EXPRESSIONS: Final[dict[str, str]] = {
    **{
        name: f"coalesce({name}, '')"
        for name in (
            "service", "type", "channel", "colour", "state", "station", "stream", "mediator",
            "registered_at", "accepted_at", "resolved_at", "confirmed_at", "form", "key_area",
        )
    },
    "accepted": f"({_ACCEPTED})",
    "resolved": _RESOLVED,
    "confirmed": "(coalesce(confirmed_at, '') <> '')",
    "open": f"(state IN ({_states(OPEN)}))",
    "demo": "demo",
    "difficult": "coalesce(difficult, 0)",
    "closed_at": _CLOSED,
    "standing": STANDING,
    "rec": "rec",
    # where a case was born: community and station together
    "spot": "coalesce(stream, '') || ' ' || coalesce(station, '')",
    "source": "CASE coalesce(channel, '') "
    + " ".join(f"WHEN '{channel}' THEN '{source}'" for channel, source in SOURCE_OF_CHANNEL.items())
    + " ELSE 'applied' END",
    "month": "substr(coalesce(accepted_at, ''), 1, 7)",
    # calendar days from 受理 to 化解, of a service without agreement to 反馈; the day itself is 0, unknown is -1
    "days": "max(-1, coalesce(CAST(julianday(substr(coalesce(nullif(resolved_at, ''), fedback_at), 1, 10))"
    " - julianday(substr(accepted_at, 1, 10)) AS INTEGER), -1))",
}  # fmt: skip
"""What can be asked, as SQL over case_row."""

_TESTS: Final[dict[str, str]] = {"from": "{0} >= ?", "before": "{0} < ?"}


@dataclass(frozen=True, slots=True)
class Condition:
    """`what` is one of EXPRESSIONS. "is"/"not": one of (none of) the values; "from"/"before": at least, less than."""

    what: str
    test: Test
    values: tuple[str | int, ...]


def sql(conditions: Iterable[Condition]) -> tuple[str, list[object]]:
    """The WHERE clause ("1" for none) and its arguments. BugError for a name that is not known."""
    parts: list[str] = []
    args: list[object] = []
    for condition in conditions:
        expression = EXPRESSIONS.get(condition.what)
        if expression is None:
            raise BugError(f"no column {condition.what}")
        if condition.test in _TESTS:
            parts.append(_TESTS[condition.test].format(expression))
        else:
            word = "IN" if condition.test == "is" else "NOT IN"
            parts.append(f"{expression} {word} ({', '.join('?' * len(condition.values))})")
        args += condition.values
    return " AND ".join(parts) or "1", args
