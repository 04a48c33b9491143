"""Joining the district: a one-time code makes this PC a known device with an identity and number codes of its own."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from station_app.services.changes import Changes
from station_app.services.station import Station
from station_app.services.travel import lines
from station_app.store import database, sealing, travel
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite

if TYPE_CHECKING:
    from sync.client.enrol import Enrolment
    from sync.client.transport import Transport

PROGRAM = "station 1"
_MOST_URL = 100
"""Longer addresses make a code too fine for a page."""


@dataclass(frozen=True, slots=True)
class EnrolmentStatus:
    """Where this PC stands. `until`: ms up to which its identity holds, 0 where it is not enrolled."""

    enrolled: bool
    url: str
    district: str
    device: str
    station: str
    station_code: str
    series: str
    spares: tuple[str, ...]
    until: int


def status(station: Station) -> EnrolmentStatus:
    """How far this PC has joined the district."""
    get = station.store.setting
    return EnrolmentStatus(
        enrolled=bool(get("link.key")),
        url=get("net.server"),
        district=get("link.district"),
        device=station.store.device,
        station=get("station.name"),
        station_code=get("station.code"),
        series=get("number.series"),
        spares=tuple(code for code in get("number.spares").split(",") if code),
        until=int(get("link.until") or 0),
    )


def open_transport(station: Station, url: str) -> Transport:
    """The line to an address with this PC's proxy and CA settings; E-107, E-516 as the transport says."""
    return lines.open_line(station, url)


def enrol(station: Station, *, url: str, code: str, name: str = "", transport: Transport | None = None) -> Changes:
    """Join the district with a code; series, spares, identity and the server's key are saved.

    A station without cases takes on the place the code is for; one with cases keeps its own, and a code of another
    station is refused (E-117). E-518 for an address that is none, E-111, E-114, E-115 and those of the line.
    """
    from sync.client import enrol as joining

    station.require("set_station")
    url = address(url)
    keys = joining.DeviceKeys(
        sign_key=sealing.sign_public(station.store.secret("sign_key")),
        seal_key=sealing.seal_public(station.store.secret("seal_key")),
        sign=lambda message: sealing.sign(station.store.secret("sign_key"), message),
    )
    line = transport or open_transport(station, url)
    given = joining.enrol(
        code=code,
        name=name or platform.node() or "PC",
        program=PROGRAM,
        keys=keys,
        transport=line,
        url=url,
        station=station.store.setting("station.code") if _has_cases(station) else "",
    )
    before, community = (station.store.setting(k) for k in ("station.code", "station.community"))
    if (given.station != before or given.link.stream != community) and _has_cases(station):
        raise KnownError("E-117", station=given.station_name)
    if given.link.stream != community:
        travel.rehome(station.store, given.link.stream)
    if station.store.setting("link.key"):  # joining again: the server may have been restored, and counts anew
        travel.reset_cursors(station.store)
    station.store.set_settings(kept(given, url))
    if given.station != before:
        _move_people(station, before, given.station)
    return Changes(frozenset({"station", "setting"}), (), (), label="接入区级平台")


def address(url: str) -> str:
    """The address as it is kept; one without a scheme is taken as https. E-518 for one that is none."""
    whole = url.strip().rstrip("/")
    if whole and "://" not in whole:
        whole = "https://" + whole
    if not whole or any(c.isspace() for c in whole) or not whole.startswith(("http://", "https://")):
        raise KnownError("E-518", key="net.server", value=url)
    return whole


def _printable(url: str) -> str:
    """The public address, where it is one; "" else."""
    return url.rstrip("/") if url.startswith(("http://", "https://")) and len(url) <= _MOST_URL else ""


def _has_cases(station: Station) -> bool:
    return int(database.one(station.store.con, "SELECT cases FROM head")[0]) > 0


def kept(given: Enrolment, url: str) -> dict[str, str]:
    """The settings that joining brings: the line, the station, the committee, number codes."""
    link = given.link
    return {
        "net.server": url,
        "link.ca_key": link.ca_key.hex(),
        "link.device": link.device,
        "link.key": link.sign_key.hex(),
        "link.epoch": str(link.epoch),
        "link.stream": link.stream,
        "link.district": given.district,
        "district.url": _printable(given.public) or url,
        "link.until": str(given.until),
        "link.identity": given.identity.hex(),
        "link.directory": "0",
        "station.code": given.station,
        "station.name": given.station_name,
        "station.street": given.street,
        "station.community": link.stream,
        "committee.short": given.committee_short,
        "committee.name": given.committee_name,
        "committee.court": given.court,
        "number.series": given.series,
        "number.spares": ",".join(given.spares),
    }


def _move_people(station: Station, before: str, after: str) -> None:
    """People written down before the station had its code belong to the station with the code."""
    people = [r for r in station.store.reference().of_kind("person") if r.get("station") == before]
    if people:
        with station.write("edit_person") as tx:
            op = tx.op("edit_person", "reference")
            for person in people:
                op.put(overwrite(person, {"station": after}))


def adopt_committee(station: Station) -> None:
    """Once the district's own record of the committee has come, new cases name that one."""
    short, rec = station.store.setting("committee.short"), station.store.setting("committee.rec")
    own = {str(r[0]) for r in station.store.reader.execute("SELECT inst FROM inst WHERE own = 1")}
    found = [
        r.id
        for r in station.store.reference(station.store.reader).of_kind("committee")
        if r.get("short") == short and r.id.split(".", 1)[0] not in own
    ]
    if found and rec not in found:
        station.store.set_settings({"committee.rec": found[0]})
