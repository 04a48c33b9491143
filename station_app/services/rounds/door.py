"""站点门牌: a sheet for the station's door whose code opens the district's page on this station."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from station_app.domain.case import text
from station_app.services.paperwork import station_papers
from station_app.services.station import Station
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.paperwork.station_papers import Made

PAPER = "door_sheet"


def address(station: Station) -> str:
    """Where the code leads. E-107 for a station that has not joined: there is no page of it yet."""
    url = station.store.setting("district.url") or station.store.setting("net.server")
    if not url or not station.store.setting("link.key"):
        raise KnownError("E-107")
    return f"{url.rstrip('/')}/s/{quote(station.store.setting('station.code'), safe='')}"


def paper(station: Station) -> Made:
    """The sheet; E-107 as `address` says."""
    code = station.store.setting("station.code")
    place = next((r for r in station.store.reference().of_kind("station") if text(r, "code") == code), None)
    committee = station.store.reference().records.get(station.store.setting("committee.rec"))
    values = {
        "name": station.store.setting("station.name"),
        "url": address(station),
        "phone": text(place, "phone") or text(committee, "phone"),
    }
    return station_papers.made(station, PAPER, {k: v for k, v in values.items() if v}, root="door")
