"""Files of cases (papers, scans, evidence) on their way: sealed under the case's key, under names that say nothing.

A sealed file: 0x01, nonce (12 bytes), ciphertext and tag. The nonce follows from key and content, so that a file sent
again is byte for byte the same. A file of more than PIECE bytes travels as several, each sealed by itself under a name
of its own, so that what has arrived once need not come again; the receiver puts them together and checks the whole.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from station_app.store import database, sealing
from station_app.store.core import Store
from station_app.store.database import Connection
from station_app.store.peers import loose
from sync.contract.op import BadOp, creator_of, inst_of

AGAIN_MS: Final = 30 * 60 * 1000
"""A file the server did not have is asked for again after this time, or at once where the clock went back meanwhile."""
AT_ONCE: Final = 200
PIECE: Final = 1024 * 1024
MAX_BYTES: Final = 32 * 1024 * 1024
"""Larger files are not taken in (E-523)."""
_COMPARTMENT: Final = "content"
_VERSION: Final = b"\x01"
_NONCE: Final = 12
_URGENCY: Final = "CASE f.kind WHEN 'paper' THEN 0 WHEN 'scan' THEN 1 WHEN 'evidence' THEN 2 ELSE 3 END"
"""Papers before signed pages, these before pictures, these before their originals."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file, or piece `no` of `of`, by what its case says of it: SHA-256 of the whole (hex), and the case's key."""

    case: str
    case_id: int
    sha: str
    key: bytes
    no: int = 0
    of: int = 1

    @property
    def place(self) -> bytes:
        """What sets a piece apart; b"" for a file in one."""
        return f"\0{self.no}/{self.of}".encode() if self.of > 1 else b""

    @property
    def id(self) -> str:
        """What the server knows it by: without the key nothing can be learnt from it, not even that two are equal."""
        return hmac.new(self.key, b"GM1 blob\0" + self.sha.encode() + self.place, hashlib.sha256).hexdigest()


def pieces_of(size: int) -> int:
    """In how many pieces a file of so many bytes travels."""
    return max(1, -(-size // PIECE))


def _pieces(case: tuple[str, int], sha: str, key: bytes, size: int) -> list[Named]:
    of = pieces_of(size)
    return [Named(case[0], case[1], sha, key, no, of) for no in range(of)]


def names_of_loose(store: Store, sha: str, size: int) -> list[str]:
    """Under which names the district keeps a file of no case that this PC made, so that it can be told to drop it."""
    root, _ = store.vault.own_root
    key = store.vault.key_for(root, _COMPARTMENT, "")
    return [piece.id for piece in _pieces(("", 0), sha, key, size)] if key is not None else []


def waiting(store: Store, now_ms: int | None = None) -> list[Named]:
    """Files here that the server does not have (any more), most urgent first, piece by piece; with a time, not those it
    refused a short while ago.
    """
    refused, now = (now_ms - AGAIN_MS, now_ms) if now_ms is not None else (2**62, 2**62)
    of_none = loose.files(store)
    rows = store.reader.execute(
        f"SELECT b.sha, b.case_id, b.size, min(coalesce({_URGENCY}, 9)) AS urgent, coalesce(f.rec, '') FROM blob b"
        " INDEXED BY blob_waiting LEFT JOIN file_row f ON f.sha = b.sha AND f.case_id = b.case_id"
        " WHERE b.sent = 0 AND b.size <= ?"
        " AND NOT EXISTS (SELECT 1 FROM missed m WHERE m.sha = b.sha AND m.at > ? AND m.at <= ?)"
        " GROUP BY b.sha ORDER BY urgent, b.size, b.case_id LIMIT ?",
        (MAX_BYTES, refused, now, AT_ONCE),
    ).fetchall()
    own = _own(store)
    found: list[Named] = []
    for sha, case_id, size, _, rec in rows:
        case = store.ids.case_rec(int(case_id)) if case_id else ""
        key = _sealing_key(store, case, str(rec), own) if case else loose.key_of(of_none, str(sha))
        if key is None:
            continue
        gone = _here(store, str(sha)) if size > PIECE else set()
        found += [p for p in _pieces((case, int(case_id)), str(sha), key, int(size)) if p.no not in gone]
    return found


def waiting_bytes(store: Store) -> tuple[int, int]:
    """(files, bytes) made here that the server does not have yet, as far as they travel at all."""
    count, size = database.one(
        store.reader, "SELECT count(*), coalesce(sum(size), 0) FROM blob WHERE sent = 0 AND size <= ?", (MAX_BYTES,)
    )
    return int(count), int(size)


def waiting_by_case(store: Store) -> list[tuple[int, int, int]]:
    """(case, files, bytes) of the same."""
    rows = store.reader.execute(
        "SELECT case_id, count(*), sum(size) FROM blob WHERE sent = 0 AND size <= ? GROUP BY case_id", (MAX_BYTES,)
    )
    return [(int(r[0]), int(r[1]), int(r[2])) for r in rows]


def _here(store: Store, sha: str) -> set[int]:
    return {int(r[0]) for r in store.reader.execute("SELECT no FROM piece WHERE sha = ?", (sha,))}


def sent_before(store: Store) -> list[Named]:
    """Files here that records name and that the server had: made here, or come from there."""
    own = _own(store)
    rows = store.reader.execute(
        "SELECT f.case_id, f.rec, f.sha, b.size FROM file_row f JOIN blob b ON b.sha = f.sha WHERE b.sent = 1"
    ).fetchall()
    found: list[Named] = []
    for case_id, rec, sha, size in rows:
        case = store.ids.case_rec(int(case_id))
        key = _sealing_key(store, case, str(rec), own)
        if key is not None:
            found += _pieces((case, int(case_id)), str(sha), key, int(size))
    for file in loose.sent(store):
        found += _pieces(("", 0), file.sha, file.key, file.size)
    return found


def _own(store: Store) -> set[str]:
    return {str(r[0]) for r in store.reader.execute("SELECT inst FROM inst WHERE own = 1")}


def _sealing_key(store: Store, case: str, rec: str, own: set[str]) -> bytes | None:
    """The key the record's op is sealed with (own keys change when a device leaves); else the own one, for what was
    made here.
    """
    found = _key_of(store, case, rec) if rec else None
    if found is None and (not rec or inst_of(rec) in own):
        return sealing.case_key(store.vault.own_root[1], _COMPARTMENT, case)
    return found


def wait_again(store: Store, lost: Sequence[Named]) -> None:
    """The server was restored and has these no longer; pieces of theirs that it has are not sent again."""
    with store.raw_write() as con:
        con.executemany("UPDATE blob SET sent = 0 WHERE sha = ?", [(file.sha,) for file in lost])
        con.executemany("DELETE FROM piece WHERE sha = ? AND no = ?", [(file.sha, file.no) for file in lost])


def sealed(store: Store, file: Named) -> bytes:
    """The sealed bytes of a file or piece."""
    (data,) = database.one(
        store.reader,
        "SELECT substr(data, ?, ?) FROM blob WHERE sha = ?",
        (file.no * PIECE + 1, PIECE if file.of > 1 else 2**31 - 1, file.sha),
    )
    nonce = hmac.new(file.key, b"GM1 nonce\0" + file.sha.encode() + file.place, hashlib.sha256).digest()[:_NONCE]
    return _VERSION + nonce + ChaCha20Poly1305(file.key).encrypt(nonce, bytes(data), _associated(file))


def _associated(file: Named) -> bytes:
    return b"GM1 blob\0" + file.case.encode() + b"\0" + file.sha.encode() + file.place


def sent(store: Store, file: Named) -> None:
    """The server confirmed a file or piece."""
    with store.raw_write() as con:
        if file.of > 1:
            con.execute("INSERT OR REPLACE INTO piece VALUES(?, ?, NULL)", (file.sha, file.no))
            if int(database.one(con, "SELECT count(*) FROM piece WHERE sha = ?", (file.sha,))[0]) < file.of:
                return
        con.execute("UPDATE blob SET sent = 1 WHERE sha = ?", (file.sha,))


def lacking(store: Store, now_ms: int) -> list[Named]:
    """Files that records here name, whose bytes are not here and whose key is; not those missed a short while ago.

    First what a person asked for, then by urgency, the newest case first.
    """
    rows = store.reader.execute(
        "SELECT f.case_id, f.rec, f.sha, f.bytes FROM file_row f LEFT JOIN blob b ON b.sha = f.sha"
        " LEFT JOIN missed m ON m.sha = f.sha AND m.at > ? AND m.at <= ?"
        " LEFT JOIN wanted w ON w.sha = f.sha"
        f" WHERE b.sha IS NULL AND m.sha IS NULL GROUP BY f.sha"
        f" ORDER BY w.sha IS NULL, min({_URGENCY}), f.case_id DESC LIMIT ?",
        (now_ms - AGAIN_MS, now_ms, AT_ONCE),
    ).fetchall()
    found: list[Named] = []
    for case_id, rec, sha, size in rows:
        case = store.ids.case_rec(int(case_id))
        key = _key_of(store, case, str(rec))
        if key is not None:
            gone = _here(store, str(sha)) if int(size) > PIECE else set()
            found += [p for p in _pieces((case, int(case_id)), str(sha), key, int(size)) if p.no not in gone]
    for file in loose.lacking(store, now_ms - AGAIN_MS, now_ms):
        gone = _here(store, file.sha) if file.size > PIECE else set()
        found += [p for p in _pieces(("", 0), file.sha, file.key, file.size) if p.no not in gone]
    return found


def _key_of(store: Store, case: str, rec: str) -> bytes | None:
    """The key of the device that made the record: the one its op is sealed with."""
    row = store.reader.execute("SELECT body FROM op WHERE id = ?", (store.ids.pk(creator_of(rec)),)).fetchone()
    try:
        return store.vault.key_for(sealing.root_id_of(bytes(row[0])), _COMPARTMENT, case) if row and row[0] else None
    except BadOp:
        return None


def missed(store: Store, file: Named, now_ms: int) -> None:
    """The server does not have this file (yet)."""
    with store.raw_write() as con:
        con.execute("INSERT OR REPLACE INTO missed VALUES(?, ?)", (file.sha, now_ms))


def want(store: Store, sha: str, now_ms: int) -> None:
    """A person asked for this file: it is fetched before all others, also when it was missed a short while ago."""
    with store.raw_write() as con:
        con.execute("INSERT OR REPLACE INTO wanted VALUES(?, ?)", (sha, now_ms))
        con.execute("DELETE FROM missed WHERE sha = ?", (sha,))


def keep(store: Store, file: Named, data: bytes) -> bool:
    """Open a received file or piece and keep it; False where the box does not open or holds another file."""
    plain = _opened(file, data)
    if plain is None:
        return False
    with store.raw_write() as con:
        if file.of > 1:
            con.execute("INSERT OR REPLACE INTO piece VALUES(?, ?, ?)", (file.sha, file.no, plain))
            if int(database.one(con, "SELECT count(*) FROM piece WHERE sha = ?", (file.sha,))[0]) < file.of:
                return True
            rows = con.execute("SELECT data FROM piece WHERE sha = ? ORDER BY no", (file.sha,))
            plain = b"".join(bytes(r[0]) for r in rows)
            con.execute("DELETE FROM piece WHERE sha = ?", (file.sha,))
        return _put_whole(con, file, plain)


def _opened(file: Named, data: bytes) -> bytes | None:
    if data[:1] != _VERSION:
        return None
    nonce = data[1 : 1 + _NONCE]
    try:
        return ChaCha20Poly1305(file.key).decrypt(nonce, data[1 + _NONCE :], _associated(file))
    except (InvalidTag, ValueError):
        return None


def _put_whole(con: Connection, file: Named, plain: bytes) -> bool:
    erased = con.execute("SELECT 1 FROM erased WHERE case_rec = ?", (file.case,)).fetchone() is not None
    if hashlib.sha256(plain).hexdigest() != file.sha or erased:
        return False
    con.execute(
        "INSERT OR IGNORE INTO blob(sha, case_id, size, data, sent) VALUES(?, ?, ?, ?, 1)",
        (file.sha, file.case_id, len(plain), plain),
    )
    for table in ("missed", "wanted", "damaged"):
        con.execute(f"DELETE FROM {table} WHERE sha = ?", (file.sha,))
    return True
