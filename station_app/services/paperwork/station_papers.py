"""Papers of no one case: reports of a period, meeting sheets, lists. Templates lie in resources/documents/station.

They bear no number and no code: what they say follows from the records and is signed by those who report it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from station_app.paths import resources_dir
from station_app.services.paperwork import engine
from station_app.services.station import Station

if TYPE_CHECKING:
    from station_app.documents.catalog import Catalog

FOLDER = "station"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished paper: its bytes, how many pages, and its blocks as text."""

    pdf: bytes
    pages: int
    text: list[str]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """All of them, every edition."""
    from station_app.documents.catalog import load_catalog

    return load_catalog(resources_dir() / "documents" / FOLDER)


def made(station: Station, paper: str, values: Mapping[str, object]) -> Made:
    """The pages. E-311 for no such paper, E-304 without a needed value, E-301 for a character without glyph."""
    template = catalog().get(paper)
    name = station.store.setting("station.name")
    given = {"station": {"name": name} if name else {}, **values}
    drawn = engine.render(station, template, given, proof=None, demo=station.demo)
    return Made(drawn.pdf, drawn.pages, drawn.text)
