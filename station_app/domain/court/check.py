"""The court's view of one case: every rule over its facts, gravest findings first."""

from __future__ import annotations

from station_app.domain.court import after, content, labour, materials, people, questions, scope, signatures
from station_app.domain.court.facts import Facts
from station_app.domain.court.finding import RULES, Finding, Severity

MODULES = (people, signatures, scope, content, labour, questions, materials, after)
"""Importing these fills the registry."""


def findings(facts: Facts) -> list[Finding]:
    """All findings, by severity, then in the order of the registry. Pure: the same facts give the same list."""
    found = [finding for rule in RULES.values() for finding in rule.findings(facts)]
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda finding: finding.severity.rank)


def count(found: list[Finding]) -> dict[Severity, int]:
    """How many of each severity."""
    return {severity: sum(f.severity is severity for f in found) for severity in Severity}


def holds_court_papers(found: list[Finding]) -> list[Finding]:
    """Findings that hold back papers for the court."""
    return [f for f in found if f.severity in (Severity.SEAL, Severity.STOP)]


def holds_seal(found: list[Finding]) -> list[Finding]:
    """Findings that hold back the committee's seal."""
    return [f for f in found if f.severity is Severity.SEAL]
