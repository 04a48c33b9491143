"""Who and what: names, companies, numbers and a story of an invented appeal, varied by the table of words."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.idcard import check_digit
from station_app.domain.money import yuan
from station_app.services.figures.year.recipe import Recipe

_COMPANIES: Final = frozenset(
    "wage_arrears labour_other contract production consumer_other e_commerce tourism property_management pollution"
    " complaint medical".split()
)
_ALONE: Final = frozenset({"legal", "psych", "suggestion", "aid"})
_HOMES: Final = ("450126", "440882", "430421", "522401", "511302", "360731", "411381", "441881")


@dataclass(frozen=True, slots=True)
class Person:
    """One party; a company has no numbers."""

    name: str
    company: bool = False
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """`summary` one line, `story` some sentences; `amount` in 分, `people` how many it concerns."""

    applicants: tuple[Person, ...]
    respondent: Person | None
    summary: str
    story: str
    place: str
    amount: int
    people: int


def story(recipe: Recipe, dice: random.Random, kind: str, *, place: str, day: date) -> Story:
    """An appeal of a dispute type or service, told in the words of its patterns."""
    words = recipe.words
    count = _count(dice, kind)
    fen = int(3 + 890 * dice.random() ** 3) * 10 ** dice.choice((4, 4, 4, 4, 5)) + dice.choice((0, 0, 0, 5_000, 2_640))
    respondent = _respondent(recipe, dice, kind)
    company = respondent.name if respondent and respondent.company else _company(recipe, dice)
    pattern = dice.choice(recipe.text[kind])
    road = dice.choice(words["roads"])
    filled = pattern.format(
        company=company,
        money=yuan(fen),
        count=count,
        month=(day.month - dice.randint(1, 3)) % 12 or 12,
        days=dice.randint(3, 90),
        place=place.partition("群众诉求")[0],
        road=road,
        **{slot: dice.choice(words[slot + "s"]) for slot in ("job", "post", "hurt", "card")},
        damage=dice.choice(words["damage"][:4]),
        damage2=dice.choice(words["damage"][4:]),
        goods=dice.choice(words["goods"]),
        when=dice.choice(words["when"]),
    )
    number = dice.randint(1, 320)
    if pattern.count("{") < 2:  # no two of them shall read the same
        filled = f"{filled}，家住{road}{number}号"
    told = f"{filled}。{dice.choice(words['when'])}到站登记。{''.join(dice.sample(words['tone'], 2))}"
    amount = fen if "{money}" in pattern else 0
    many = min(count, 5) if kind == "wage_arrears" and "{count}" in pattern else 1
    applicants = tuple(_person(recipe, dice) for _ in range(many))
    people = count if "{count}" in pattern else 1
    return Story(applicants, respondent, filled, told, f"{road}{number}号", amount, people)


def _count(dice: random.Random, kind: str) -> int:
    return dice.choice((2, 2, 3, 3, 4, 5, 6, 8, 11, 17, 24)) if kind == "wage_arrears" else dice.randint(2, 6)


def _respondent(recipe: Recipe, dice: random.Random, kind: str) -> Person | None:
    if kind in _ALONE:
        return None
    if kind in _COMPANIES:
        return Person(_company(recipe, dice), company=True)
    return _person(recipe, dice)


def _company(recipe: Recipe, dice: random.Random) -> str:
    return f"演示{dice.choice(recipe.words['trade_names'])}{dice.choice(recipe.words['trades'])}"


def _person(recipe: Recipe, dice: random.Random) -> Person:
    given = "".join(dice.choices(recipe.words["given"], k=dice.choice((1, 2, 2, 2))))
    birth = date(1955, 1, 1).toordinal() + dice.randrange(49 * 365)
    body = f"{dice.choice(_HOMES)}{date.fromordinal(birth):%Y%m%d}{dice.randrange(1, 999):03d}"
    phone = f"1{dice.choice((35, 36, 38, 50, 51, 58, 59, 82, 87, 88))}{dice.randrange(10**8):08d}"
    return Person(dice.choice(recipe.words["surnames"]) + given, False, body + check_digit(body), phone)
