"""The plan of a year: for each appeal when, where, who, what, and which steps it goes; decided by the seed alone.

Seed 1 takes the published number of appeals that stayed unresolved; any other seed draws its own number. Nothing
else is told what the figures shall be: they are counted from the states the cases reach.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from station_app.domain.figures import period as periods
from station_app.services.figures.year.recipe import Recipe, load
from station_app.services.figures.year.stations import Place, stations
from station_app.services.figures.year.texts import Story, story

_QUICK: Final = (0, 0, 0, 1, 1, 2, 3, 5, 8, 14, 26)
"""Days to an agreement, drawn evenly; own proposal, no published figures."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """One planned appeal. `steps`: (verb, moment, reason) in order."""

    place: Place
    service: str
    type: str
    channel: str
    labour: bool
    registered_at: str
    steps: tuple[tuple[str, str, str], ...]
    story: Story
    oral: bool

    @property
    def last(self) -> str:
        """The moment of the last step."""
        return self.steps[-1][1] if self.steps else self.registered_at


def plan(*, year: int, half: int = 0, seed: int = 1, scale: float = 1.0) -> list[Appeal]:
    """All appeals of a year in the order of their last step. E-362 for a period without published counts."""
    recipe = load()
    counts = recipe.counts_of(year, half)
    dice = random.Random(f"station-year {year} {half} {seed}")
    accepted = max(1, round(counts.accepted * scale))
    if seed == 1:
        unresolved = round((counts.accepted - counts.resolved) * scale)
    else:
        unresolved = sum(dice.random() < 0.006 for _ in range(accepted))
    sites = places()
    maker = _Maker(recipe, dice, sites, _days(recipe, year, half))
    left_open = set(dice.sample(range(accepted), unresolved))
    found = [maker.appeal(resolved=n not in left_open) for n in range(accepted)]
    found += [maker.refused() for _ in range(accepted * recipe.share["refused"] // 10_000)]
    found.sort(key=lambda appeal: appeal.last)
    return found


def places() -> list[Place]:
    """The 208 stations, the same in every year."""
    return stations(load(), random.Random("station-year places"))


def _days(recipe: Recipe, year: int, half: int) -> tuple[list[date], list[float]]:
    """Every day with its weight: more before Spring Festival, little in it, half at weekends."""
    period = periods.half(year, half) if half else periods.year_of(year)
    first, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    festival = recipe.festival.get(str(year), first)

    def weight(day: date) -> float:
        ahead = (festival - day).days
        season = 2.4 if 1 <= ahead <= 30 else 0.15 if -6 <= ahead <= 0 else 1.0
        return season * (0.5 if day.weekday() >= 5 else 1.0)

    return days, [weight(day) for day in days]


class _Maker:
    """Draws appeals one after another."""

    def __init__(
        self, recipe: Recipe, dice: random.Random, sites: list[Place], days: tuple[list[date], list[float]]
    ) -> None:
        self._recipe, self._dice, self._sites, self._days = recipe, dice, sites, days
        self._weights = [place.weight for place in sites]
        self._before: list[Appeal] = []

    def appeal(self, *, resolved: bool) -> Appeal:
        """One that is accepted, and then resolved or not."""
        recipe, dice = self._recipe, self._dice
        service = recipe.pick(dice, "service")
        labour = service == "mediation" and recipe.chance(dice, "labour")
        kind = ""
        if labour:
            kind = "wage_arrears" if recipe.chance(dice, "wages_of_labour") else "labour_other"
        elif service == "mediation":
            kind = recipe.pick(dice, "type")
        place = self._place(kind)
        day = self._day()
        steps = self._steps(service, day, resolved=resolved)
        told = self._told(kind or service, place, day)
        oral = not labour and recipe.chance(dice, "oral")
        made = Appeal(
            place, service, kind, recipe.pick(dice, "channel"), labour, f"{day}T{self._time()}", steps, told, oral
        )
        if len(self._before) < 400:
            self._before.append(made)
        return made

    def refused(self) -> Appeal:
        """One that was not taken on: not among the accepted."""
        day = self._day()
        place = self._place("")
        steps = (("refuse", f"{day}T17:10", "已由人民法院受理，不属于受理范围"),)
        told = self._told("contract", place, day)
        return Appeal(place, "mediation", "contract", "visit", False, f"{day}T{self._time()}", steps, told, False)

    def _told(self, kind: str, place: Place, day: date) -> Story:
        """A new story; sometimes somebody comes again with the same matter, in the same words."""
        if self._recipe.chance(self._dice, "again"):
            same = [a for a in self._before if (a.type or a.service) == kind]
            if same:
                return self._dice.choice(same).story
        return story(self._recipe, self._dice, kind, place=place.name, day=day)

    def _place(self, kind: str) -> Place:
        wanted = [p for p in self._sites if p.kind == "site"] if kind == "wage_arrears" else []
        if wanted and self._dice.random() < 0.7:
            return self._dice.choice(wanted)
        return self._dice.choices(self._sites, self._weights)[0]

    def _day(self) -> date:
        return self._dice.choices(*self._days)[0]

    def _time(self) -> str:
        return f"{self._dice.choice((8, 9, 9, 10, 10, 11, 14, 15, 15, 16))}:{self._dice.randrange(60):02d}".zfill(5)

    def _steps(self, service: str, day: date, *, resolved: bool) -> tuple[tuple[str, str, str], ...]:
        recipe, dice = self._recipe, self._dice
        days = dice.choice(_QUICK)
        if not resolved:
            end = recipe.pick(dice, "unresolved")
            if service == "mediation":
                words = {"ended": "mediate end feed_back", "open": "mediate", "referred": "refer"}[end]
            else:
                words = "refer" if end == "referred" else ""
        elif service != "mediation":
            words = "feed_back"
        elif recipe.chance(dice, "confirmed"):
            words = "mediate agree take_effect apply_confirmation confirm perform_all feed_back"
        else:
            words = dice.choice(
                ("mediate agree take_effect perform_all feed_back", "mediate agree take_effect feed_back")
            )
        return _dated(f"accept {words}".split(), day, days)


_LATER: Final = {"apply_confirmation": 2, "confirm": 6, "perform_all": 3, "feed_back": 1}
_REASONS: Final = {"end": "双方分歧较大，未能达成协议", "refer": "属于其他部门职责，已移送"}


def _dated(verbs: list[str], day: date, days: int) -> tuple[tuple[str, str, str], ...]:
    """Give each step its moment: accepted the same day, agreed after `days`, later steps after their own."""
    steps = []
    for number, verb in enumerate(verbs):
        if verb in ("agree", "end") or (verb == "feed_back" and "agree" not in verbs and "end" not in verbs):
            day += timedelta(days)
        elif verb in _LATER:
            day += timedelta(_LATER[verb])
        steps.append((verb, f"{day}T17:{10 + number * 5:02d}", _REASONS.get(verb, "")))
    return tuple(steps)
