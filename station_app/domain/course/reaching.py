"""三次未能联系: on which days a party could not be reached since somebody last spoke to him. Pure.

How many days are enough is the district's practice (rules pack, `contact.failed_days`). Several calls on one day are
one day: whoever does not answer at nine may answer at noon (深圳经济特区矛盾纠纷多元化解条例 28 第四项).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, Party, text

FAILED: Final = frozenset({"no_answer", "wrong_number", "unreachable"})
"""Outcomes of a contact that reached nobody."""
ENOUGH: Final = 3
"""Days where the pack says nothing else."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One party: the days (YYYY-MM-DD) on which he was not reached since he last was, and whether they are enough."""

    party: Party
    days: tuple[str, ...]
    enough: bool


def reach_of(view: Case, enough: int = ENOUGH) -> list[Reach]:
    """The parties of a case that were looked for in vain, in their order; a contact without a party counts for none."""
    found = []
    for party in view.parties:
        days: list[str] = []
        rows = [r for r in view.kind("contact") if text(r, "party") == party.id and text(r, "outcome")]
        for record in sorted(rows, key=lambda r: text(r, "at")):
            if text(record, "outcome") in FAILED:
                days.append(text(record, "at")[:10])
            else:
                days.clear()
        standing = tuple(dict.fromkeys(d for d in days if d))
        if standing:
            found.append(Reach(party, standing, len(standing) >= enough))
    return found
