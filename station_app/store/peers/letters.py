"""What residents wrote by the code on a wall, as this PC can open it: letter and photographs, sealed by the district.

An entry (`self_entry`) is announced in the reference; its key lies there in a box for each PC of the station, its
files come like files of no case. Once it is an appeal, or was withdrawn before, they have no place of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from station_app.store import sealing
from sync.contract.op import BadOp
from sync.contract.wire import unb64

if TYPE_CHECKING:
    from station_app.store.core import Store
    from station_app.store.database import Connection
    from sync.contract.fold import Record

_PURPOSE: Final = b"GM1 entry\0"
ACCEPTED: Final = "accepted"
MOST_PHOTOS: Final = 16
_HEX: Final = 64


@dataclass(frozen=True, slots=True)
class Letter:
    """What an entry says: `texts` by name (what, where, called, phone, code, at, lang); `photos`: (SHA-256, bytes)."""

    texts: dict[str, str]
    photos: tuple[tuple[str, int], ...]


def own(store: Store) -> list[Record]:
    """The entries of this station, all of them."""
    code = store.setting("station.code")
    return [r for r in store.reference().of_kind("self_entry") if code and r.get("station") == code]


def keeps_files(record: Record) -> bool:
    """Whether an entry's files are still its own: they go when it is an appeal, or was withdrawn before any answer."""
    return record.get("answer") != ACCEPTED and not (record.get("withdrawn_at") and not record.get("answer"))


def key_of(store: Store, record: Record) -> bytes | None:
    """The key of an entry's files; None where it was not sealed to this PC."""
    keys = record.get("keys")
    for key in keys if isinstance(keys, list) else []:
        device, _, box = str(key).partition(":")
        if device == store.device:
            return _unwrapped(box, store.secret("seal_key"), _PURPOSE + str(record.get("ticket")).encode())
    return None


@lru_cache(maxsize=1024)
def _unwrapped(box: str, private: bytes, purpose: bytes) -> bytes | None:
    try:
        key = sealing.unwrap(unb64(box), private, purpose)
    except BadOp:
        return None
    return key if len(key) == sealing.ROOT_KEY_BYTES else None


def files_of(record: Record) -> list[tuple[str, int]]:
    """(SHA-256, bytes) of an entry's files: the letter, then the photographs."""
    found: list[tuple[str, int]] = []
    files = record.get("files")
    for file in files if isinstance(files, list) else []:
        _, sha, size = (*str(file).split(":"), "", "")[:3]
        if len(sha) == _HEX and size.isascii() and size.isdigit():
            found.append((sha, int(size)))
    return found[: MOST_PHOTOS + 1]


def letter_of(store: Store, record: Record) -> Letter | None:
    """The letter of an entry; None where it is not here (yet)."""
    files = files_of(record)
    row = store.reader.execute("SELECT data FROM blob WHERE sha = ?", (files[0][0],)).fetchone() if files else None
    try:
        said: Any = json.loads(bytes(row[0])) if row is not None else None
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    return Letter({name: value for name, value in said.items() if isinstance(value, str)}, tuple(files[1:]))


def named(store: Store) -> Iterator[tuple[str, int, bytes]]:
    """(SHA-256, bytes, key) of the files of entries that still have their own."""
    for record in own(store):
        key = key_of(store, record) if keeps_files(record) else None
        if key is not None:
            for sha, size in files_of(record):
                yield sha, size, key


def move(con: Connection, *, photos: tuple[tuple[str, int], ...], case_id: int) -> None:
    """Photographs become files of a case, to be sent anew under its key (inside the caller's transaction)."""
    con.executemany(
        "UPDATE blob SET case_id = ?, sent = 0 WHERE sha = ? AND case_id = 0", [(case_id, sha) for sha, _ in photos]
    )


def lacking(store: Store, letter: Letter) -> int:
    """How many of a letter's photographs are not here yet."""
    return sum(
        store.reader.execute("SELECT 1 FROM blob WHERE sha = ?", (sha,)).fetchone() is None for sha, _ in letter.photos
    )


def tidy(store: Store) -> int:
    """Files of entries that have none of their own any more: what was withdrawn goes, photographs of an appeal become
    files of its case where this PC has the case, and the letter goes. How many files it was.
    """
    done = 0
    for record in own(store):
        letter = None if keeps_files(record) else letter_of(store, record)
        if letter is None:
            continue
        with store.raw_write() as con:
            done += _tidied(con, record, letter)
    return done


def _tidied(con: Connection, record: Record, letter: Letter) -> int:
    photos = [sha for sha, _ in letter.photos]
    if record.get("answer") == ACCEPTED:
        for sha in photos:
            row = con.execute("SELECT case_id FROM file_row WHERE sha = ?", (sha,)).fetchone()
            if row is None:
                return 0  # the case did not come here (yet): nothing goes before
            con.execute("UPDATE blob SET case_id = ?, sent = 0 WHERE sha = ? AND case_id = 0", (int(row[0]), sha))
        photos = []
    gone = [(sha,) for sha in (files_of(record)[0][0], *photos)]
    con.executemany("DELETE FROM blob WHERE sha = ? AND case_id = 0", gone)
    return len(gone)
