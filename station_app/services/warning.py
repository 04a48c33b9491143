"""The colour of a case follows the rules pack: set with its reasons at intake, raised as facts grow, never lowered.

A person may set a colour; the program then only goes above it, never below (个人信息保护法 24: a hint, no decision).
Rules that two people set aside when they lowered the colour of a case do not raise it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from station_app.domain.case import Case, names, text
from station_app.domain.rules import CaseFacts, Colour, colour, higher
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record


def at_intake(case: Mapping[str, Json], facts: Mapping[str, Json]) -> dict[str, Json]:
    """Fields of the case that the rules add to a new one; {} where no rule holds or a person set a higher colour."""
    found = colour(CaseFacts.of(case, facts))
    given = str(case.get("colour") or "")
    return _fields(found) if found.level and (given == found.level or higher(found.level, given)) else {}


def raised(
    case: Record, facts: Record | None, changed: Mapping[str, Json], told: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    """Fields to set beside `changed` fields of the case and `told` fields of its facts; {} where nothing follows."""
    if "colour" in changed:
        return {}
    looked_at = CaseFacts.of({**case.values, **changed}, {**(facts.values if facts else {}), **(told or {})})
    found = colour(looked_at, judged=names(case, "colour_judged"))
    standing = names(case, "colour_reasons")
    ours = bool(standing) and standing[-1] == found.basis
    same = found.level == text(case, "colour") and found.texts != standing
    return _fields(found) if higher(found.level, text(case, "colour")) or (ours and same) else {}


def guard(view: Case, changes: Mapping[str, list[tuple[Record, dict[str, Json]]]]) -> None:
    """E-381 for an edit that would lower a colour: that takes two people (`loop.colours`)."""
    standing = text(view.record, "colour")
    for record, values in changes.get("register", []):
        to = values.get("colour", standing) if record.id == view.id else standing
        if standing and to != standing and not higher(str(to or ""), standing):
            raise KnownError("E-381")


def follow(view: Case, changes: dict[str, list[tuple[Record, dict[str, Json]]]]) -> None:
    """Add to changes of the case or of its facts (compartment -> record, fields) what the rules make of them."""
    case = next((values for record, values in changes.get("register", []) if record.id == view.id), None)
    told = next((values for record, values in changes.get("content", []) if record.kind == "facts"), None)
    if case is None and told is None:
        return
    more = raised(view.record, view.facts, case or {}, told)
    if more and case is not None:
        case.update(more)
    elif more:
        changes.setdefault("register", []).append((view.record, more))


def _fields(found: Colour) -> dict[str, Json]:
    return {"colour": found.level, "colour_reasons": cast("Json", found.texts)}
