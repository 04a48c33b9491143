"""How many originals of an agreement: one a party, the committee's, and the court's where it is asked."""

from __future__ import annotations

from station_app.domain.case import Case, number, text

APPLY = "apply"


def copies(case: Case) -> int:
    """Parties + 1 for the committee's file (人民调解法 28) + 1 where judicial confirmation is wanted; a typed number
    of the agreement goes before the rule.
    """
    typed = number(case.agreement, "copies")
    return typed or len(case.parties) + 1 + int(court_copy(case))


def court_copy(case: Case) -> bool:
    """True when one original goes to the court."""
    return text(case.agreement, "confirm") == APPLY
