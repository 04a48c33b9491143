"""Papers of no one case: reports of a period, meeting sheets, lists. Templates lie in resources/documents/station.

What they say follows from the records and is signed by those who report it. They bear no code; a number only once they
are issued (`services/figures/issued.py`), and then their bytes are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """A finished paper: its bytes, how many pages, its blocks as text; which paper it is, its name and period; `cases`:
    records of the cases its pages name.
    """

    pdf: bytes
    pages: int
    text: list[str]
    template: str
    edition: str
    title: str
    period: str
    cases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """All of them, every edition."""
    from station_app.documents.catalog import load_catalog

    return load_catalog(resources_dir() / "documents" / FOLDER)


def made(
    station: Station,
    paper: str,
    report: Mapping[str, object],
    *,
    no: str = "",
    root: str = "report",
    cases: Iterable[str] = (),
) -> Made:
    """The pages of a report with its values under the key `root`; `no` once issued; `cases`: those it names. E-311 for
    no such paper, E-304 without a needed value, E-301 for a character without glyph.
    """
    template = catalog().get(paper)
    name = station.store.setting("station.name")
    said = {**report, "no": no} if no else report
    given = {"station": {"name": name} if name else {}, root: said}
    drawn = engine.render(station, template, given, proof=None, demo=station.demo)
    title, period = (str(report.get(key) or "") for key in ("title", "period"))
    return Made(
        drawn.pdf,
        drawn.pages,
        drawn.text,
        template.id,
        template.edition,
        title or template.title,
        period,
        tuple(dict.fromkeys(cases)),
    )
