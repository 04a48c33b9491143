"""Who acts for whom: what the rules on people and on signatures both look at."""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Party, text
from station_app.domain.court.facts import Facts
from sync.contract.fold import Record

BODIES: Final = frozenset({"organisation", "branch", "unincorporated"})
"""Kinds of parties that sign by a seal, a representative or an agent."""
MASS: Final = 10
"""From so many on representatives may be elected (劳动争议调解仲裁法 7; 民诉解释 75)."""
_SHOWN: Final = 5


def named(people: list[str]) -> str:
    """Up to five names, then how many."""
    return "、".join(people[:_SHOWN]) + (f"等{len(people)}人" if len(people) > _SHOWN else "")


def acts(f: Facts, party: Party) -> list[Record]:
    """What was signed for a party, by itself, an agent or a guardian."""
    return f.acts.get(party.id, [])


def may_settle(party: Party) -> bool:
    """True where an agent has special authority."""
    return any(text(a, "authority") == "special" for a in party.agents)
