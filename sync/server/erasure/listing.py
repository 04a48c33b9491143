"""The erase list: every order, signed, in a file of its own, so that a backup from before it brings nothing back.

It lies in the district's directory (`erased.json`) and, since that can be lost, beside every backup that was written
(`<server>.erased.json`, so that a folder can serve several districts and PCs).
It is applied before a server serves anything. Whoever finds it learns ids and grounds, nothing of any party.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sync.contract.erasing import Order, as_values, order_of
from sync.contract.errors import KnownError
from sync.server import keys
from sync.server.keys import District

FILE: Final = "erased.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An order, and the communities it was published in."""

    order: Order
    streams: tuple[str, ...]


def read(path: Path, ca_key: bytes) -> list[Entry]:
    """The entries of a list; none where there is no file. E-415 where one is not signed by this district's authority.

    A file that cannot be read is an error too (E-415): an erased case would come back.
    """
    try:
        raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
        entries = [(order_of(said["said"]), said["streams"]) for said in raw["erased"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise KnownError("E-415", file=path.name) from exc
    found = []
    for order, streams in entries:
        if order is None or not keys.verify(ca_key, order.signature, order.message()):
            raise KnownError("E-415", file=path.name)
        found.append(Entry(order, tuple(str(s) for s in streams)))
    return found


def keep(district: District, entries: Sequence[Entry], places: Sequence[str] = ()) -> None:
    """Add orders to the list, durably, and to the copies beside the backups as far as these can be reached."""
    _write(district.directory / FILE, _latest([*read(district.directory / FILE, district.ca.public), *entries]))
    for place in places:
        copy(district, Path(place))


def begin(directory: Path, entries: Sequence[Entry]) -> None:
    """Lay the list into a directory that is being restored; nothing where there are no entries."""
    if entries:
        _write(directory / FILE, _latest(entries))


def beside(device: str) -> str:
    """Name of the copy beside backups of the server with this device id."""
    return f"{device}.{FILE}"


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    """Of each case the order that counts, with every community that was told of it."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.get(entry.order.case)
        if known is None or known.order.rank < entry.order.rank:
            found[entry.order.case] = entry
        elif known.order.rank == entry.order.rank:
            found[entry.order.case] = Entry(known.order, tuple(sorted({*known.streams, *entry.streams})))
    return list(found.values())


def copy(district: District, folder: Path) -> None:
    """Lay the list beside a backup, with what a copy there knows already; a folder that is away is passed over."""
    entries = read(district.directory / FILE, district.ca.public)
    if not entries or not folder.is_dir():
        return
    path = folder / beside(district.device)
    try:
        _write(path, _latest([*read(path, district.ca.public), *entries]))
    except (OSError, KnownError):
        return


def _write(path: Path, entries: Sequence[Entry]) -> None:
    said = [{"said": as_values(e.order), "streams": list(e.streams)} for e in entries]
    data = json.dumps({"v": _VERSION, "erased": said}, ensure_ascii=False, indent=1).encode()
    try:
        keys.write_private(path, data)
    except OSError as exc:
        raise KnownError("E-513", path=str(path)) from exc
