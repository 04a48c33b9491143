"""What releases the district has and to whom it offers them; the files lie as they came, in `releases/VERSION`.

Added is what a trusted key has signed and what is whole. A release is offered to a share of the PCs (`ring`) or to all,
is paused, or recalled; that it was recalled is told to who runs it. No backup of the district holds the files.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.releasing import signed_file
from sync.contract.releasing.release import FILES, MANIFEST, SIGNATURE, Release, from_bytes, is_hash, ring, signed_bytes
from sync.contract.releasing.versions import is_version, order
from sync.server.keys import verify
from sync.server.server import Server, meta, note, set_meta
from sync.server.storage.port import Tx

FOLDER: Final = "releases"
KEYS: Final = "release keys"
_STATE: Final = "release "
OPEN, PAUSED, RECALLED = "open", "paused", "recalled"
_SPARE: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shelved:
    """A release here. `share` per cent of the PCs it is offered to; `reason` of a pause or recall; `at` ms of that."""

    version: str
    share: int
    state: str
    reason: str
    at: int

    def is_for(self, device: str) -> bool:
        """Whether it is offered to a PC."""
        return self.state == OPEN and ring(device) < self.share


def trusted(tx: Tx) -> dict[bytes, str]:
    """Release keys the district takes releases of: key -> name."""
    return {bytes.fromhex(key): str(name) for key, name in json.loads(meta(tx, KEYS, "{}")).items()}


def trust(server: Server, *, name: str, key: str) -> None:
    """Take releases signed by this key (64 hexadecimal digits); E-518 for none."""
    if not is_hash(key):
        raise KnownError("E-518", key="release key", value=key)

    def work(tx: Tx) -> None:
        known = {**json.loads(meta(tx, KEYS, "{}")), key: name}
        set_meta(tx, KEYS, json.dumps(known, ensure_ascii=False))
        note(tx, server.clock.now_ms(), "release trust", key[:16])

    server.storage.write(work)


def add(server: Server, *, folder: Path) -> Release:
    """Take a release over, whole, offered to nobody yet. E-560 signature, E-561 damaged, E-562 no room, E-516."""
    try:
        manifest, signature = (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_bytes()
        release = read(server, manifest, signature)
        place = server.district.directory / FOLDER
        part = place / f".{release.version}.part"
        _require_room(server.district.directory, sum(release.files().values()))
        shutil.rmtree(part, ignore_errors=True)
        (part / FILES).mkdir(parents=True)
        for sha, size in release.files().items():
            _copy(folder / FILES / sha, part / FILES / sha, sha=sha, size=size)
        (part / MANIFEST).write_bytes(manifest)
        (part / SIGNATURE).write_bytes(signature)
        whole = place / release.version
        if whole.is_dir() and (whole / MANIFEST).read_bytes() != manifest:
            raise KnownError("E-564", version=release.version)
        shutil.rmtree(whole, ignore_errors=True)
        part.rename(whole)
    except OSError as error:
        raise KnownError("E-516", file=str(folder)) from error
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        if not meta(tx, _STATE + release.version):
            _put(tx, Shelved(release.version, 0, OPEN, "", now))
        note(tx, now, "release add", release.version)

    server.storage.write(work)
    return release


def read(server: Server, manifest: bytes, signature: bytes) -> Release:
    """A manifest signed by a key that is trusted here; E-560, E-561."""
    signed = signed_file.read(signature)
    with server.storage.read() as tx:
        known = trusted(tx)
    if signed is None or signed[0] not in known or not verify(*signed, signed_bytes(manifest)):
        raise KnownError("E-560")
    try:
        return from_bytes(manifest)
    except BadOp as exc:
        raise KnownError("E-561", what=str(exc)) from exc


def _require_room(directory: Path, size: int) -> None:
    free = shutil.disk_usage(directory).free
    if free < size + _SPARE:
        raise KnownError("E-562", mb=free >> 20, need=(size + _SPARE) >> 20)


def _copy(source: Path, target: Path, *, sha: str, size: int) -> None:
    """Copy a file and hold it against its name."""
    digest = hashlib.sha256()
    with source.open("rb") as read_from, target.open("wb") as out:
        while piece := read_from.read(1 << 20):
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != sha or target.stat().st_size != size:
        raise KnownError("E-561", what=sha)


def shelved(tx: Tx) -> list[Shelved]:
    """Every release, the latest first."""
    rows = tx.rows("SELECT value FROM meta WHERE key LIKE ?", (_STATE + "%.%",))
    found = [Shelved(**json.loads(str(value))) for (value,) in rows]
    return sorted(found, key=lambda each: order(each.version), reverse=True)


def next_for(releases: Iterable[Shelved], device: str, running: str) -> str:
    """The latest version offered to a PC that is later than what it runs, "" for none; `releases` the latest first."""
    known = is_version(running)
    found = (r.version for r in releases if r.is_for(device) and known and order(r.version) > order(running))
    return next(found, "")


def offer(server: Server, *, version: str, share: int) -> Shelved:
    """Offer a release to a share (1 to 100 per cent) of the PCs, also one that was paused. E-518, E-573, E-565."""
    if not 1 <= share <= 100:
        raise KnownError("E-518", key="--share", value=str(share))
    return _change(server, version, state=OPEN, share=share, reason="")


def pause(server: Server, *, version: str, reason: str) -> Shelved:
    """Offer it to nobody for now; who has it keeps it. E-573, E-565, E-408."""
    return _change(server, version, state=PAUSED, share=None, reason=reason)


def recall(server: Server, *, version: str, reason: str) -> Shelved:
    """Offer it never again, and tell who runs it to go back. E-573, E-408."""
    return _change(server, version, state=RECALLED, share=None, reason=reason)


def _change(server: Server, version: str, *, state: str, share: int | None, reason: str) -> Shelved:
    if state != OPEN and not reason.strip():
        raise KnownError("E-408")
    now = server.clock.now_ms()

    def work(tx: Tx) -> Shelved:
        raw = meta(tx, _STATE + version)
        if not raw:
            raise KnownError("E-573", version=version)
        known = Shelved(**json.loads(raw))
        if known.state == RECALLED:
            raise KnownError("E-565", version=version)
        changed = Shelved(version, known.share if share is None else share, state, reason.strip(), now)
        _put(tx, changed)
        note(tx, now, f"release {state}", f"{version} {changed.share}%")
        return changed

    return server.storage.write(work)


def _put(tx: Tx, shelved_: Shelved) -> None:
    set_meta(tx, _STATE + shelved_.version, json.dumps(asdict(shelved_), ensure_ascii=False))


def folder_of(server: Server, version: str) -> Path:
    """Where a release lies."""
    return server.district.directory / FOLDER / version


def files_there(server: Server, versions: Iterable[str]) -> set[str]:
    """Which of them have their files here: after a restore of the district they must be added again."""
    return {version for version in versions if (folder_of(server, version) / MANIFEST).is_file()}
