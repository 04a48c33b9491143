"""Files of cases (papers, scans, evidence) on their way: sealed under the case's key, under names that say nothing.

A sealed file: 0x01, nonce (12 bytes), ciphertext and tag. The nonce follows from key and content, so that a file sent
again is byte for byte the same.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from station_app.store import database, sealing
from station_app.store.core import Store
from sync.contract.op import BadOp, creator_of, inst_of

AGAIN_MS: Final = 30 * 60 * 1000
"""A file the server did not have is asked for again after this time."""
AT_ONCE: Final = 200
MAX_BYTES: Final = 1024 * 1024
"""Larger files stay here: they do not travel as one piece."""
_COMPARTMENT: Final = "content"
_VERSION: Final = b"\x01"
_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A file by what its case says of it: SHA-256 of its bytes (hex), and the case's key it is sealed under."""

    case: str
    case_id: int
    sha: str
    key: bytes

    @property
    def id(self) -> str:
        """What the server knows it by: without the key nothing can be learnt from it, not even that two are equal."""
        return hmac.new(self.key, b"GM1 blob\0" + self.sha.encode(), hashlib.sha256).hexdigest()


def waiting(store: Store, now_ms: int | None = None) -> list[Named]:
    """Files made here that the server does not have yet; with a time, not those it refused a short while ago."""
    refused = now_ms - AGAIN_MS if now_ms is not None else 2**62
    rows = store.reader.execute(
        "SELECT sha, case_id FROM blob WHERE sent = 0 AND size <= ?"
        " AND NOT EXISTS (SELECT 1 FROM missed m WHERE m.sha = blob.sha AND m.at > ?) ORDER BY case_id LIMIT ?",
        (MAX_BYTES, refused, AT_ONCE),
    ).fetchall()
    _, root = store.vault.own_root
    found = []
    for sha, case_id in rows:
        case = store.ids.case_rec(int(case_id))
        found.append(Named(case, int(case_id), str(sha), sealing.case_key(root, _COMPARTMENT, case)))
    return found


def made_here(store: Store) -> list[Named]:
    """Files that records made on this PC name, and that were sent."""
    _, root = store.vault.own_root
    own = {str(r[0]) for r in store.reader.execute("SELECT inst FROM inst WHERE own = 1")}
    rows = store.reader.execute(
        "SELECT f.case_id, f.rec, f.sha FROM file_row f JOIN blob b ON b.sha = f.sha WHERE b.sent = 1"
    ).fetchall()
    found = []
    for case_id, rec, sha in rows:
        if inst_of(str(rec)) in own:
            case = store.ids.case_rec(int(case_id))
            found.append(Named(case, int(case_id), str(sha), sealing.case_key(root, _COMPARTMENT, case)))
    return found


def wait_again(store: Store, lost: list[Named]) -> None:
    """The server was restored and has these files no longer."""
    with store.raw_write() as con:
        con.executemany("UPDATE blob SET sent = 0 WHERE sha = ?", [(file.sha,) for file in lost])


def sealed(store: Store, file: Named) -> bytes:
    """The sealed bytes of a file."""
    (data,) = database.one(store.reader, "SELECT data FROM blob WHERE sha = ?", (file.sha,))
    nonce = hmac.new(file.key, b"GM1 nonce\0" + file.sha.encode(), hashlib.sha256).digest()[:_NONCE]
    return _VERSION + nonce + ChaCha20Poly1305(file.key).encrypt(nonce, bytes(data), _associated(file))


def _associated(file: Named) -> bytes:
    return b"GM1 blob\0" + file.case.encode() + b"\0" + file.sha.encode()


def sent(store: Store, file: Named) -> None:
    """The server confirmed a file."""
    with store.raw_write() as con:
        con.execute("UPDATE blob SET sent = 1 WHERE sha = ?", (file.sha,))


def lacking(store: Store, now_ms: int) -> list[Named]:
    """Files that records here name, whose bytes are not here and whose key is; not those missed a short while ago."""
    rows = store.reader.execute(
        "SELECT f.case_id, f.rec, f.sha FROM file_row f LEFT JOIN blob b ON b.sha = f.sha"
        " LEFT JOIN missed m ON m.sha = f.sha AND m.at > ?"
        " WHERE b.sha IS NULL AND m.sha IS NULL LIMIT ?",
        (now_ms - AGAIN_MS, AT_ONCE),
    ).fetchall()
    found = []
    for case_id, rec, sha in rows:
        case = store.ids.case_rec(int(case_id))
        key = _key_of(store, case, str(rec))
        if key is not None:
            found.append(Named(case, int(case_id), str(sha), key))
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


def keep(store: Store, file: Named, data: bytes) -> bool:
    """Open a received file and keep it; False where the box does not open or holds another file."""
    if data[:1] != _VERSION:
        return False
    nonce = data[1 : 1 + _NONCE]
    try:
        plain = ChaCha20Poly1305(file.key).decrypt(nonce, data[1 + _NONCE :], _associated(file))
    except (InvalidTag, ValueError):
        return False
    if hashlib.sha256(plain).hexdigest() != file.sha:
        return False
    with store.raw_write() as con:
        con.execute(
            "INSERT OR IGNORE INTO blob(sha, case_id, size, data, sent) VALUES(?, ?, ?, ?, 1)",
            (file.sha, file.case_id, len(plain), plain),
        )
        con.execute("DELETE FROM missed WHERE sha = ?", (file.sha,))
    return True
