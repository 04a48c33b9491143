"""How alike two appeals are: same people, same unit, place, time, words; each reason named, nothing decided.

Points are this program's own proposal. They order and cut a list that a person looks at; nothing is merged or refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.case import APPLICANT, RESPONDENT
from station_app.domain.text import fold, pinyin_initials

SHOWN_FROM: Final = 6
"""Points from which a case is shown: a number, or two weaker things that agree."""
NEAR_DAYS, FAR_DAYS = 30, 365
_PLACE_LEAST: Final = 4
_SOUND_LEAST: Final = 2
_POINTS: Final = {
    "id": 6, "name": 3, "phone": 3, "sound": 2, "respondent": 3, "place": 1, "days": 1, "type": 1, "words": 3,
}  # fmt: skip
_ALIKE, _CLOSE = 0.4, 0.6
"""Shares of common character pairs: from which words count as alike, and as nearly the same."""


@dataclass(frozen=True, slots=True)
class Who:
    """A party as far as likeness needs it; numbers as they are kept."""

    role: str
    name: str
    number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An appeal as far as likeness needs it."""

    people: tuple[Who, ...]
    summary: str = ""
    place: str = ""
    type: str = ""
    on: date | None = None

    def side(self, role: str) -> list[Who]:
        """The parties of one role."""
        return [who for who in self.people if who.role == role]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points and the codes of the reasons, strongest first; `days` between the two appeals."""

    points: int
    reasons: tuple[str, ...]
    days: int = 0

    @property
    def shown(self) -> bool:
        """Worth a look by a person."""
        return self.points >= SHOWN_FROM


def compare(new: Told, old: Told) -> Likeness:
    """How alike a new appeal is to an earlier one. No common party at all: no points."""
    found = _applicants(new.side(APPLICANT), old.side(APPLICANT))
    if any(_same_unit(a, b) for a in new.side(RESPONDENT) for b in old.side(RESPONDENT)):
        found["respondent"] = _POINTS["respondent"]
    if not found:
        return Likeness(0, ())
    if _same_place(new.place, old.place):
        found["place"] = _POINTS["place"]
    likeness = alike(new.summary, old.summary)
    if likeness >= _ALIKE:
        found["words"] = _POINTS["words"] if likeness >= _CLOSE else _POINTS["words"] - 1
    points = sum(found.values())
    days = abs((new.on - old.on).days) if new.on and old.on else 0
    if new.on and old.on and days <= NEAR_DAYS:
        found["days"] = _POINTS["days"]
        points += 1
    elif days > FAR_DAYS:
        points -= 2
    if new.type and old.type:
        points += 1 if new.type == old.type else -1
        if new.type == old.type:
            found["type"] = _POINTS["type"]
    order = list(_POINTS)
    return Likeness(points, tuple(sorted(found, key=lambda name: (-found[name], order.index(name)))), days)


def _applicants(new: Iterable[Who], old: Iterable[Who]) -> dict[str, int]:
    """The best pair of applicants; the same number settles it, two different numbers are two people."""
    best: dict[str, int] = {}
    earlier = list(old)
    for mine in new:
        for other in earlier:
            pair = _pair(mine, other)
            if sum(pair.values()) > sum(best.values()):
                best = pair
    return best


def _pair(mine: Who, other: Who) -> dict[str, int]:
    if mine.number and other.number:
        if mine.number != other.number:
            return {}
        return {"id": _POINTS["id"]}
    found: dict[str, int] = {}
    if mine.phone and mine.phone == other.phone:
        found["phone"] = _POINTS["phone"]
    if fold(mine.name) == fold(other.name) and mine.name:
        found["name"] = _POINTS["name"]
    elif found and sounds_alike(mine.name, other.name):
        found["sound"] = _POINTS["sound"]
    return found


def sounds_alike(one: str, other: str) -> bool:
    """True for names written with other characters of the same initials (田志强, 田智强)."""
    spellings = {s for s in pinyin_initials(one) if len(s) >= _SOUND_LEAST}
    return len(one) == len(other) and not spellings.isdisjoint(pinyin_initials(other))


def _same_unit(mine: Who, other: Who) -> bool:
    if mine.number and other.number:
        return mine.number == other.number
    return bool(mine.name) and fold(mine.name) == fold(other.name)


def _same_place(mine: str, other: str) -> bool:
    one, two = fold(mine), fold(other)
    if one == two:
        return bool(one)
    short, long = sorted((one, two), key=len)
    return len(short) >= _PLACE_LEAST and short in long


def alike(one: str, other: str) -> float:
    """Share of common overlapping character pairs of two texts (Dice), 0 to 1; texts under two characters are 0."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if first and second else 0.0


def _pairs(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[i : i + 2] for i in range(len(folded) - 1))
