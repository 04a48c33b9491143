"""Units to choose from while a name is typed: those of lists, stations of the community, streets, communities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.figures import places
from station_app.domain.text import fold, named_like
from station_app.services.loop import reach
from station_app.services.places.units import units
from station_app.services.station import Station

MOST: Final = 8
OFFICES: Final = ("department", "street", "community", "station")
"""Who is given an order, a decision, a hand-off."""
OUTSIDE: Final = (*OFFICES, "court")
RESPONDENTS: Final = ("department", "employer")
"""Whom a complaint may be about."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One unit: its name, its kind (code of unit_kinds), where it is, its code, telephone and address as known;
    `direct`: an order or a hand-off reaches it through this program; `unit`: its record where a list brought it and it
    could be made a direct one.
    """

    name: str
    kind: str
    place: str = ""
    code: str = ""
    phone: str = ""
    address: str = ""
    direct: bool = False
    unit: str = ""

    def note(self, lang: str = "zh_CN") -> str:
        """What tells two of one name apart."""
        return "　".join(p for p in (codes.label("unit_kinds", self.kind, lang), self.place, self.phone) if p)


def choices(station: Station, typed: str, *, kinds: Iterable[str] = OUTSIDE, most: int = MOST) -> list[Choice]:
    """Units whose name holds what was typed, or whose pinyin initials or code begin with it; nothing typed: none.
    First those whose name begins with it.
    """
    words, wanted = typed.strip(), frozenset(kinds)
    if not words:
        return []
    found: dict[str, Choice] = {}
    for choice in _known(station):
        if choice.kind in wanted and (named_like(choice.name, words) or _coded(choice, words)):
            found.setdefault(choice.name, choice)
    begins = fold(words)
    return sorted(found.values(), key=lambda c: (not fold(c.name).startswith(begins), not c.direct))[:most]


def _coded(choice: Choice, words: str) -> bool:
    return bool(choice.code) and choice.code.casefold().startswith(words.casefold())


def _known(station: Station) -> Iterator[Choice]:
    """What lists brought first: it says most of a unit."""
    direct = {name for _, name in reach.receivers(station)}
    for unit in units(station):
        place = unit.community or unit.parent
        known, could = unit.name in direct, unit.rec if unit.reachable else ""
        yield Choice(unit.name, unit.kind, place, unit.code, unit.phone, unit.address, known, "" if known else could)
    own = station.store.setting("station.code")
    for record in station.store.reference().of_kind("station"):
        name, code = text(record, "name"), text(record, "code")
        if name and code != own:
            phone, address = text(record, "phone"), text(record, "address")
            yield Choice(name, "station", text(record, "street"), code, phone, address, name in direct)
    for code, name in reach.receivers(station):
        yield Choice(name, "department", "", code, direct=True)
    for name in places.streets().values():
        yield Choice(name, "street")
    for name in places.communities().values():
        yield Choice(name, "community")
