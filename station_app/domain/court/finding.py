"""What a check found: one type for the court's view, completeness and the review of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from station_app.domain.court.laws import Article
from sync.contract.errors import BugError

if TYPE_CHECKING:
    from station_app.domain.court.facts import Facts


class Severity(Enum):
    """From the gravest: `SEAL` holds back the committee's seal and the court's papers, `STOP` the court's papers."""

    SEAL = "seal"
    STOP = "stop"
    WARN = "warn"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS: Final = {s: i for i, s in enumerate(Severity)}


class Nature(Enum):
    """Three kinds of rule: on recorded facts, on time, and questions that only a person can answer."""

    FACT = "fact"
    CLOCK = "clock"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `place`: catalogue path kind.field; `rec`: the record it is about, "" for the case.

    `basis`: articles, gravest first; `mend`: what to press, in words; `question`: code of the question it asks, or "".
    """

    code: str
    severity: Severity
    place: str
    sentence: str
    basis: tuple[Article, ...]
    mend: str
    rec: str = ""
    question: str = ""

    @property
    def printed_basis(self) -> str:
        """All articles in one line."""
        return "；".join(article.printed for article in self.basis)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields; its rule adds code, basis and, where not given here, severity and mend."""

    place: str
    sentence: str
    rec: str = ""
    severity: Severity | None = None
    mend: str = ""
    question: str = ""


Check = Callable[["Facts"], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the registry."""

    code: str
    title: str
    nature: Nature
    severity: Severity
    basis: tuple[Article, ...]
    mend: str
    check: Check

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """What it finds, in the order of the facts."""
        for hit in self.check(facts):
            yield Finding(
                self.code,
                hit.severity or self.severity,
                hit.place,
                hit.sentence,
                self.basis,
                hit.mend or self.mend,
                hit.rec,
                hit.question,
            )


RULES: Final[dict[str, Rule]] = {}
"""Code -> rule; filled by the rule modules as they are imported."""


def rule(
    code: str,
    title: str,
    severity: Severity,
    *basis: Article,
    mend: str,
    nature: Nature = Nature.FACT,
) -> Callable[[Check], Check]:
    """Enter a check in the registry under its code."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise BugError(f"rule {code} twice")
        RULES[code] = Rule(code, title, nature, severity, basis, mend, check)
        return check

    return enter
