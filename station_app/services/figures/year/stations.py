"""The 208 stations of the invented year: a hall in each community and street, and stations by kind, 82 on sites."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from station_app.domain.figures import places
from station_app.services.figures.year.recipe import Recipe

_NAMES: Final = {
    "site": "{0}演示{1}工地群众诉求服务站",
    "estate": "{0}演示{1}花园群众诉求服务站",
    "park": "{0}演示{1}产业园群众诉求服务站",
    "school": "{0}演示{1}学校群众诉求服务站",
    "hospital": "{0}演示{1}医院群众诉求服务站",
    "mall": "{0}演示{1}商场群众诉求服务站",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One station: its code, name, kind (resources/codes/station_kinds), and where its cases belong."""

    code: str
    name: str
    kind: str
    stream: str
    street: str
    weight: int


def stations(recipe: Recipe, dice: random.Random) -> list[Place]:
    """All stations, halls first; a hall takes in more than a station beside it."""
    found = []
    names = places.streets()
    for number, (street, name) in enumerate(names.items(), 1):
        streams = places.streams_of(street)
        found.append(Place(f"YS-{number}-00", f"{name}群众诉求服务大厅", "street", streams[0], name, 60))
        for community, stream in enumerate(streams, 1):
            label = places.communities()[stream]
            found.append(Place(f"YS-{number}-{community:02d}", f"{label}群众诉求服务站", "community", stream, name, 30))
    homes = [place for place in found if place.kind == "community"]
    signs = recipe.words["trade_names"]
    number = 0
    for kind, count in recipe.weights["station"].items():
        for _ in range(count):
            home = homes[number % len(homes)]
            number += 1
            label = places.communities()[home.stream].removesuffix("社区")
            name = _NAMES[kind].format(label, dice.choice(signs) + "东南西北中"[number % 5])
            found.append(Place(f"{home.code}-{number:03d}", name, kind, home.stream, home.street, dice.randint(3, 12)))
    return found
