"""站点门牌: a sheet for the station's door, or another spot, whose code opens the page on which residents say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from station_app.domain.case import text
from station_app.domain.rules import load_rules
from station_app.services.paperwork import station_papers
from station_app.services.station import Station
from station_app.store import sealing
from sync.contract.errors import KnownError
from sync.contract.place import MAX_HOURS, MAX_SPOT, Place

if TYPE_CHECKING:
    from station_app.services.paperwork.station_papers import Made

PAPER = "door_sheet"


def address(station: Station, spot: str = "") -> str:
    """Where the code leads: signed by this PC, with the spot and within how many hours the pack wants a call. E-107 for
    a station that has not joined: there is no page of it yet; E-224 for a spot of more than 45 bytes.
    """
    url = station.store.setting("district.url") or station.store.setting("net.server")
    if not url or not station.store.setting("link.key"):
        raise KnownError("E-107")
    spot = " ".join(spot.split())
    if len(spot.encode()) > MAX_SPOT:
        raise KnownError("E-224", field="self_entry.station", limit=MAX_SPOT // 3)
    place = Place(station.store.device, spot, call_hours())
    return place.signed(sealing.sign(station.store.secret("sign_key"), place.signed_bytes())).encode(url)


def call_hours() -> int:
    """Within how many hours the pack wants a resident to be called; 0 where it sets none."""
    return min(load_rules().count("self_entry.call"), MAX_HOURS)


def paper(station: Station, spot: str = "") -> Made:
    """The sheet; E-107, E-224 as `address` says."""
    code = station.store.setting("station.code")
    place = next((r for r in station.store.reference().of_kind("station") if text(r, "code") == code), None)
    committee = station.store.reference().records.get(station.store.setting("committee.rec"))
    values = {
        "name": station.store.setting("station.name"),
        "url": address(station, spot),
        "place": spot,
        "hours": str(call_hours() or ""),
        "phone": text(place, "phone") or text(committee, "phone"),
    }
    return station_papers.made(station, PAPER, {k: v for k, v in values.items() if v}, root="door")
