"""The published figures as named predicates over a folded case: what counts as accepted, resolved, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sync.contract.canonical import Json
from sync.contract.states import ARCHIVED, FEDBACK, OPEN, REFUSED, REGISTERED, RESOLVED, VISITED

Values = Mapping[str, Json]


def counted(case: Values) -> bool:
    """A case that exists of its own: neither discarded, nor merged into another, nor a demonstration."""
    return not case.get("discarded") and not case.get("merged_into") and not case.get("demo")


def accepted(case: Values) -> bool:
    """受理: taken on, whatever became of it."""
    return counted(case) and case.get("state") not in (REGISTERED, REFUSED)


def resolved(case: Values) -> bool:
    """化解: accepted, and an agreement, a performance or a finished service stands.

    A mediation that ended without agreement stays unresolved when it is visited, fed back or archived.
    """
    return accepted(case) and case.get("state") in RESOLVED and not _closed_without_agreement(case)


def _closed_without_agreement(case: Values) -> bool:
    closed = case.get("state") in (VISITED, FEDBACK, ARCHIVED)
    return closed and case.get("service") == "mediation" and not case.get("resolved_at")


def confirmed(case: Values) -> bool:
    """司法确认有效: the court ruled the agreement valid (民事诉讼法 206)."""
    return counted(case) and bool(case.get("confirmed_at"))


def is_open(case: Values) -> bool:
    """Somebody still owes an act."""
    return counted(case) and case.get("state") in OPEN


PREDICATES: Final[dict[str, Callable[[Values], bool]]] = {
    "counted": counted,
    "accepted": accepted,
    "resolved": resolved,
    "confirmed": confirmed,
    "open": is_open,
}
