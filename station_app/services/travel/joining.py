"""Joining before there is a station: a one-time code brings the station's facts, so that nobody types them.

The keys are made first and kept while the person tries: where an answer is lost, the same keys get the same identity.
Nothing lies on the disk before the district has answered.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from station_app.services.local import policy
from station_app.services.people import Organisation
from station_app.services.travel import enrolment
from station_app.store import sealing

if TYPE_CHECKING:
    from sync.client.enrol import Enrolment
    from sync.client.transport import Transport


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The keys of a PC that is about to be set up."""

    sign_key: bytes = field(default_factory=sealing.new_sign_key, repr=False)
    seal_key: bytes = field(default_factory=sealing.new_seal_key, repr=False)

    @property
    def keys(self) -> tuple[bytes, bytes]:
        """As `people.create_station` takes them."""
        return self.sign_key, self.seal_key


@dataclass(frozen=True, slots=True)
class Joined:
    """What the district said: the station's facts, and the settings that keep the line."""

    organisation: Organisation
    series: str
    settings: dict[str, str]


def join(newcomer: Newcomer, *, url: str, code: str, transport: Transport | None = None) -> Joined:
    """Ask with a code. E-518 for an address that is none, E-111, E-114, E-115 and those of the line."""
    from sync.client import enrol as asking

    url = enrolment.address(url)
    line = transport or _line(url)
    try:
        given = asking.enrol(
            code=code,
            name=platform.node() or "PC",
            program=enrolment.PROGRAM,
            keys=asking.DeviceKeys(
                sign_key=sealing.sign_public(newcomer.sign_key),
                seal_key=sealing.seal_public(newcomer.seal_key),
                sign=lambda message: sealing.sign(newcomer.sign_key, message),
            ),
            transport=line,
            url=url,
        )
    finally:
        close = getattr(line, "close", None)
        if transport is None and close is not None:
            close()
    return Joined(_organisation(given), given.series, enrolment.kept(given, url))


def _organisation(given: Enrolment) -> Organisation:
    return Organisation(
        station=given.station_name,
        station_code=given.station,
        community=given.link.stream,
        street=given.street,
        committee=given.committee_name,
        short=given.committee_short,
        court=given.court,
    )


def _line(url: str) -> Transport:
    """A line by what the unit has set for its PCs, else by the system: there are no settings of this PC yet."""
    from sync.client.line.speed import Speed
    from sync.client.route.choosing import ProxyChoice
    from sync.client.transport import HttpTransport

    told = policy.current()
    given = told.first | told.fixed
    choice = ProxyChoice(proxy=given.get("net.proxy", "system"), pac=given.get("net.pac", ""), user="", password="")
    return HttpTransport(url, proxy=choice, ca_file=given.get("net.ca_file", ""), speed=Speed(0))
