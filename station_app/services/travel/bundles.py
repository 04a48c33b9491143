"""U 盘往来: what waits written to a bundle for the district, and the district's answer taken in; no network needed."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.services.station import Station
from station_app.services.travel import erasing, keys, sharing
from station_app.services.travel.link import StationLedger
from sync.contract.errors import KnownError

SUFFIX: Final = ".gmb"
MOST_BYTES: Final = 512 * 1024 * 1024
_NUMBER: Final = "bundle.number"


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle on disk: where, how many ops and files it holds, its number and size in bytes."""

    path: Path
    ops: int
    blobs: int
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a bundle of the district brought: ops it confirmed, ops that came, files it has, problems it named."""

    ops: int
    pulled: int
    blobs: int
    problems: int


def export(station: Station, *, to: Path) -> Written:
    """Write everything that waits to a file, or into a folder under a name of its own. E-107 not enrolled, E-516.

    Nothing counts as sent until the district's answer comes back: the same may be exported or sent by the line again.
    """
    from sync.client import bundling

    keys.ensure(station)
    ledger = StationLedger(station)
    number = int(station.store.setting(_NUMBER, "0")) + 1
    data, carried = bundling.export(ledger, number=number, now_ms=station.clock.now_ms())
    station.store.set_settings({_NUMBER: str(number)})
    path = to / f"{station.store.setting('station.code')}-{number:04d}{SUFFIX}" if to.is_dir() else to
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)  # a stick pulled out too early holds no file that looks whole
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
    return Written(path, carried.ops, carried.blobs, number, len(data))


def take(station: Station, *, path: Path) -> Taken:
    """Take in the district's answer, or a letter of another PC of this station that came by hand instead of through the
    shared folder; importing twice changes nothing. E-550 a bundle of this PC itself, E-181, E-182, E-183, E-516, E-107.
    """
    from sync.client import bundling

    data = read_file(path)
    ledger = StationLedger(station)
    sender = bundling.read(data).envelope.sender
    if sender == ledger.device:
        raise KnownError("E-550", no=bundling.read(data).envelope.number)
    if sender in sharing.colleagues(station):
        came = sharing.take_letter(station, data)
        return Taken(0, came.ops, came.blobs, 0)
    private = station.store.secret("seal_key")
    got = bundling.take(ledger, data, private=private, now_ms=station.clock.now_ms())
    erasing.settle(station)
    return Taken(got.ops, got.pulled, got.blobs, got.problems)


def read_file(path: Path) -> bytes:
    """The bytes of a regular file of a possible size; nothing larger is read. E-182, E-516."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
            raise KnownError("E-182", what="too large")
        return path.read_bytes()
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
