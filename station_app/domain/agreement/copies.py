"""How many originals of an agreement: one a party, the committee's, and the court's where it is asked."""

from __future__ import annotations

from station_app.domain.case import Case, number, text
from station_app.domain.rules import load_rules

APPLY = "apply"


def copies(case: Case) -> int:
    """One a party, the committee's (人民调解法 29) and, where judicial confirmation is wanted, the court's, as many as
    the rules pack says; a typed number of the agreement goes before the rule.
    """
    typed = number(case.agreement, "copies")
    if typed:
        return typed
    pack = load_rules()
    court = pack.count("copies.court") if court_copy(case) else 0
    return len(case.parties) + pack.count("copies.committee") + court


def court_copy(case: Case) -> bool:
    """True when one original goes to the court."""
    return text(case.agreement, "confirm") == APPLY
