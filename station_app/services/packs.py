"""Packs of a station: keys it trusts, packs installed, and the papers, clauses and code lists there are with them.

Packs lie as they came beside the database and are checked anew, signature first, whenever the program reads them: one
that was tampered with, or whose key is no longer trusted, is passed over and shown as such. A pack is never taken away:
papers issued with its editions must stay checkable. A better edition replaces it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from station_app.domain import codes
from station_app.services.station import Station
from station_app.store import blobs, sealing
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.catalog import Catalog
    from station_app.documents.packs.reading import Pack
    from station_app.domain.clauses.clause import Clause
    from station_app.domain.codes import Codes

    PackRead: TypeAlias = Pack
    """A pack as it was read and found good; the desk names it by this module."""

_KEYS: Final = "packs.keys"
_CA: Final = "link.ca_key"
_CA_NAME: Final = "区级平台"
_KEY_BYTES: Final = 32
_MOST_BYTES: Final = 16 * 1024 * 1024

_Mark = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack lying here. `fault`: why it is passed over, None for a good one."""

    file: str
    pack: Pack | None
    fault: KnownError | None


# -- keys -----------------------------------------------------------------------------------------------------------


def trusted(station: Station) -> dict[bytes, str]:
    """Public keys whose packs this station takes, with names: the district's (from enrolment), and those added here."""
    found: dict[bytes, str] = {bytes.fromhex(k): n for k, n in _added(station).items()}
    ca = station.store.setting(_CA)
    return {bytes.fromhex(ca): _CA_NAME, **found} if ca else found


def trust(station: Station, *, name: str, key: str) -> None:
    """Take packs of a further signer, a legal bureau: his public key as 64 hexadecimal digits. E-517 for no such key.

    The head of the station or the operator decides it (E-404); it stands in the access log.
    """
    station.require("set_station")
    clean = key.strip().lower()
    if len(clean) != 64 or any(c not in "0123456789abcdef" for c in clean) or not name.strip():
        raise KnownError("E-517", name=name)
    station.store.set_settings({_KEYS: json.dumps({**_added(station), clean: name.strip()}, ensure_ascii=False)})
    _log(station, f"认可签名 {name.strip()} {clean[:16]}")


def _added(station: Station) -> dict[str, str]:
    read: dict[str, str] = json.loads(station.store.setting(_KEYS) or "{}")
    return read


# -- packs ----------------------------------------------------------------------------------------------------------


def install(station: Station, *, data: bytes, file: str) -> Pack:
    """Check a pack and put it in force; the same pack again changes nothing.

    E-345 broken, E-346 not signed or by nobody trusted, E-347 where an edition is here with other content, E-404.
    """
    from station_app.documents.packs.reading import read_pack

    station.require("set_station")
    if len(data) > _MOST_BYTES:
        raise KnownError("E-345", file=file, part=file, line=1, reason="文件过多或者过大")
    pack = read_pack(data, file=file, trusted=trusted(station))
    catalog(station).with_more(pack.templates)
    _with_clauses(clauses(station), pack)
    folder = _folder(station)
    path = folder / f"{pack.id}-{pack.sha256[:16]}.zip"
    if path.exists():
        return pack
    try:
        folder.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
    _log(station, f"安装模板包 {pack.title} {pack.sha256[:16]}")
    put_in_force(station)
    return pack


def installed(station: Station) -> list[Installed]:
    """The packs lying here, in the order they are read."""
    return list(_read_all(_folder(station), _marks(station), tuple(sorted(trusted(station).items()))))


def catalog(station: Station) -> Catalog:
    """All papers: those shipped, and those of the packs in force. Editions that are out of force stay for reprints."""
    marks = _marks(station)
    if not marks:
        return shipped()
    return _catalog(_folder(station), marks, tuple(sorted(trusted(station).items())))


def clauses(station: Station) -> dict[str, Clause]:
    """The clause library: those shipped; of each clause the newest edition a pack brought goes first."""
    from station_app.domain.clauses.clause import load

    found = dict(load())
    for item in installed(station):
        if item.pack is not None:
            found = _with_clauses(found, item.pack)
    return found


def code_lists(station: Station) -> list[Codes]:
    """The code lists packs brought, the earlier first: of two of one name the later one is in force."""
    found = [(one.date, item.pack.issued, one) for item in installed(station) if item.pack for one in item.pack.lists]
    return [one for _, _, one in sorted(found, key=lambda each: each[:2])]


def put_in_force(station: Station) -> None:
    """Code lists of this station's packs take the place of those shipped; without packs those shipped hold."""
    codes.use(code_lists(station) if _marks(station) else ())


@lru_cache(maxsize=1)
def shipped() -> Catalog:
    """The papers of the program itself, read once."""
    from station_app.documents.catalog import load_catalog

    return load_catalog()


# -- for the makers of packs ----------------------------------------------------------------------------------------


def new_key() -> tuple[bytes, bytes]:
    """A fresh signing key: (private, public), 32 bytes each."""
    private = sealing.new_sign_key()
    return private, sealing.sign_public(private)


def make(
    files: Mapping[str, bytes], *, pack_id: str, title: str, issuer: str, issued: date, private_key: bytes
) -> bytes:
    """A signed pack, read back once as a station will read it: E-345 names the file and the line that is wrong."""
    from station_app.documents.packs.making import make_pack
    from station_app.documents.packs.reading import read_pack

    if len(private_key) != _KEY_BYTES:
        raise KnownError("E-517", name="key")
    data = make_pack(files, pack_id=pack_id, title=title, issuer=issuer, issued=issued, private_key=private_key)
    read_pack(data, file=f"{pack_id}.zip", trusted={sealing.sign_public(private_key): issuer})
    return data


# -- inside ---------------------------------------------------------------------------------------------------------


def _folder(station: Station) -> Path:
    return station.store.directory / "packs"


def _marks(station: Station) -> tuple[_Mark, ...]:
    """What lies in the folder, so that a change is noticed without reading."""
    try:
        with os.scandir(_folder(station)) as entries:
            found = [(e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".zip")]
    except FileNotFoundError:
        return ()
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def _read_all(folder: Path, marks: tuple[_Mark, ...], keys: tuple[tuple[bytes, str], ...]) -> tuple[Installed, ...]:
    return tuple(_read(folder / name, dict(keys)) for name, _, _ in marks)


def _read(path: Path, keys: Mapping[bytes, str]) -> Installed:
    from station_app.documents.packs.reading import read_pack

    try:
        return Installed(path.name, read_pack(path.read_bytes(), file=path.name, trusted=keys), None)
    except OSError:
        return Installed(path.name, None, KnownError("E-516", file=path.name))
    except KnownError as error:
        return Installed(path.name, None, error)


@lru_cache(maxsize=4)
def _catalog(folder: Path, marks: tuple[_Mark, ...], keys: tuple[tuple[bytes, str], ...]) -> Catalog:
    found = shipped()
    for item in _read_all(folder, marks, keys):
        if item.pack is None:
            continue
        try:
            found = found.with_more(item.pack.templates)
        except KnownError:
            continue  # a newer program ships that edition itself, with other content: the program's goes first
    return found


def _with_clauses(found: dict[str, Clause], pack: Pack) -> dict[str, Clause]:
    """E-347 where an edition of a clause is here with other content."""
    result = dict(found)
    for clause in pack.clauses:
        here = result.get(clause.id)
        if here is not None and here.edition == clause.edition and here != clause:
            raise KnownError("E-347", paper=clause.title, edition=clause.edition)
        if here is None or clause.edition > here.edition:
            result[clause.id] = clause
    return result


def _log(station: Station, detail: str) -> None:
    with station.store.raw_write() as con:
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act="pack", case="", detail=detail)
