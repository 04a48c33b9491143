"""One rule of the colour table: its conditions, level and weight; what it looks at; how the rules are weighed together.

Most conditions look at what is written down and are judged at every save. Those of time and of other cases (days open,
limits passed, days to Spring Festival, appeals against the same respondent) change without anybody writing: they are
judged when a case is looked at, and a person takes the colour over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain import codes
from station_app.domain.money import parse_yuan, yuan

LEVELS: Final = ("", "green", "amber", "red")
"""From none to highest; codes of resources/codes/colours.toml."""
TOLD: Final = ("summary", "story", "request")
"""Fields of the facts in which words are looked for, after the title of the case."""
_LIVING: Final = frozenset({"days_open_from", "overdue", "festival_within", "repeats_from"})
_CONDITIONS: Final = frozenset({"people_from", "amount_from", "types", "labour", "words"}) | _LIVING
_KEYS: Final = _CONDITIONS | {"code", "level", "weight", "reason", "source", "date"}


@dataclass(slots=True)
class CaseFacts:
    """What the colours look at. `amount` in 分; `told` is searched for words, never shown or stored.

    From `days_open` on: what changes with time and with other cases, 0 or False where it was not looked at.
    `to_festival`: days until the next Spring Festival, -1 where it is not known.
    """

    people: int = 0
    amount: int = 0
    type: str = ""
    labour: bool = False
    told: str = ""
    days_open: int = 0
    overdue: bool = False
    to_festival: int = -1
    repeats: int = 0

    @classmethod
    def of(cls, case: Mapping[str, object], facts: Mapping[str, object]) -> CaseFacts:
        """From fields of the catalogue's `case` and `facts`."""
        people, amount = case.get("people"), case.get("amount")
        told = "\n".join([str(v) for v in (case.get("title"), *map(facts.get, TOLD)) if v])
        return cls(
            people if isinstance(people, int) else 0,
            amount if isinstance(amount, int) else 0,
            str(case.get("type") or ""),
            bool(case.get("labour")),
            told,
        )


@dataclass(frozen=True, slots=True)
class ColourRule:
    """One rule: every condition it names must hold; one of its `words` is enough. `weight`: for the sum of all."""

    code: str
    level: str
    reason: str
    source: str
    date: date
    weight: int = 0
    people_from: int = 0
    amount_from: int = 0
    types: tuple[str, ...] = ()
    labour: bool = False
    words: tuple[str, ...] = ()
    days_open_from: int = 0
    overdue: bool = False
    festival_within: int = 0
    repeats_from: int = 0

    @property
    def living(self) -> bool:
        """True for a rule that looks at time or at other cases, so that no save can judge it."""
        return bool(self.days_open_from or self.overdue or self.festival_within or self.repeats_from)

    def holds(self, facts: CaseFacts, said: frozenset[str]) -> bool:
        """Say whether all conditions hold; `said`: the words of any rule that stand in the text and are not denied."""
        return (
            facts.people >= self.people_from
            and facts.amount >= self.amount_from
            and (not self.types or facts.type in self.types)
            and (facts.labour or not self.labour)
            and (not self.words or any(word in said for word in self.words))
            and (not self.living or self._lives(facts))
        )

    def _lives(self, facts: CaseFacts) -> bool:
        return (
            facts.days_open >= self.days_open_from
            and (facts.overdue or not self.overdue)
            and (not self.festival_within or 0 <= facts.to_festival <= self.festival_within)
            and facts.repeats >= self.repeats_from
        )

    def why(self, facts: CaseFacts) -> str:
        """The reason with its figures."""
        if "{" not in self.reason:
            return self.reason
        return self.reason.format(
            people=facts.people,
            people_from=self.people_from,
            amount=yuan(facts.amount),
            amount_from=yuan(self.amount_from),
            days_open=facts.days_open,
            to_festival=facts.to_festival,
            repeats=facts.repeats,
        )


@dataclass(frozen=True, slots=True)
class Colour:
    """A level of LEVELS, why, and by which pack. No rule held: level "" and no reason; `codes`: the rules that held."""

    level: str
    reasons: tuple[str, ...]
    basis: str
    codes: tuple[str, ...] = ()

    @property
    def texts(self) -> list[str]:
        """What is stored and shown: the reasons, the highest first, then the pack they are from."""
        return [*self.reasons, self.basis] if self.reasons else []


def weighed(held: Sequence[ColourRule], facts: CaseFacts, basis: str, red_from: int) -> Colour:
    """The highest level any rule gives; red too where the weights together reach `red_from` (0: never)."""
    if not held:
        return Colour("", (), basis)
    ranked = sorted(held, key=lambda rule: -LEVELS.index(rule.level))
    level, reasons = ranked[0].level, [rule.why(facts) for rule in ranked]
    total = sum(rule.weight for rule in held)
    if red_from and total >= red_from and level != "red":
        level = "red"
        reasons.insert(0, f"多项情形叠加，权重合计{total}，达到{red_from}")
    return Colour(level, tuple(reasons), basis, tuple(rule.code for rule in ranked))


def read_rule(given: Mapping[str, object]) -> ColourRule:
    """A rule of the pack; ValueError, TypeError or KnownError naming what is wrong."""
    code = _text(given, "code")
    if unknown := set(given) - _KEYS:
        raise ValueError(f"{code}: {', '.join(sorted(unknown))}")
    if not _CONDITIONS & set(given):
        raise ValueError(f"{code}: {', '.join(sorted(_CONDITIONS))}")
    amount, day, types = given.get("amount_from", "0"), given["date"], codes.load("dispute_types")
    if not isinstance(amount, str) or not isinstance(day, date):
        raise TypeError(f"{code}: amount_from, date")
    rule = ColourRule(
        code,
        codes.load("colours").check(_text(given, "level")),
        _text(given, "reason"),
        _text(given, "source"),
        day,
        weight=_count(given, "weight", code),
        people_from=_count(given, "people_from", code),
        amount_from=parse_yuan(amount),
        types=tuple(types.check(name) for name in _texts(given, "types")),
        labour=_flag(given, "labour", code),
        words=tuple(_texts(given, "words")),
        days_open_from=_count(given, "days_open_from", code),
        overdue=_flag(given, "overdue", code),
        festival_within=_count(given, "festival_within", code),
        repeats_from=_count(given, "repeats_from", code),
    )
    rule.why(CaseFacts())  # an unknown figure in the reason is found now, not at a case
    return rule


def _count(given: Mapping[str, object], name: str, code: str) -> int:
    value = given.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(f"{code}: {name}")
    return value


def _flag(given: Mapping[str, object], name: str, code: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise TypeError(f"{code}: {name}")
    return value


def _text(given: Mapping[str, object], name: str) -> str:
    value = given[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(name)
    return value


def _texts(given: Mapping[str, object], name: str) -> list[str]:
    value = given.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise TypeError(name)
    return value
