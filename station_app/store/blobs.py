"""Issued papers as bytes: kept once under their SHA-256, given back byte for byte, never changed."""

from __future__ import annotations

import hashlib

from station_app.store import files
from station_app.store.core import Store
from station_app.store.database import Connection
from sync.contract.errors import KnownError


def put(con: Connection, *, case_id: int, data: bytes) -> str:
    """Keep bytes inside the caller's transaction; returns their SHA-256 in hex. E-523 where there are too many."""
    if len(data) > files.MAX_BYTES:
        raise KnownError("E-523", mb=len(data) >> 20, most=files.MAX_BYTES >> 20)
    sha = hashlib.sha256(data).hexdigest()
    con.execute(
        "INSERT OR IGNORE INTO blob(sha, case_id, size, data) VALUES(?, ?, ?, ?)", (sha, case_id, len(data), data)
    )
    return sha


def is_here(store: Store, sha: str) -> bool:
    """True where the bytes of a hash are kept on this PC."""
    return store.reader.execute("SELECT 1 FROM blob WHERE sha = ?", (sha,)).fetchone() is not None


def get(store: Store, sha: str, con: Connection | None = None) -> bytes:
    """The bytes of a hash, by the writer's connection or another one. E-223 where they never came here, E-508 where
    they are no longer what they were.
    """
    row = (con or store.con).execute("SELECT data FROM blob WHERE sha = ?", (sha,)).fetchone()
    if row is None:
        raise KnownError("E-223", what=sha[:12])
    data = bytes(row[0])
    if hashlib.sha256(data).hexdigest() != sha:
        raise KnownError("E-508", path=sha[:12])
    return data


def get_or_want(store: Store, sha: str, now_ms: int) -> bytes:
    """As `get`; a file that is not here is noted as asked for by a person, and is the next to be fetched."""
    try:
        return get(store, sha)
    except KnownError as error:
        if error.code == "E-223":
            files.want(store, sha, now_ms)
        raise


def log(con: Connection, *, at: int, user: str, act: str, case: str, detail: str) -> None:
    """A line of the access log inside the caller's transaction (个人信息保护法 51)."""
    con.execute(
        "INSERT INTO access_log(at, user, act, case_rec, detail) VALUES(?, ?, ?, ?, ?)", (at, user, act, case, detail)
    )


def papers_by(store: Store, column: str, value: str) -> list[tuple[str, str]]:
    """(case record, paper record) of issued papers by `rec` or `pdf` hash."""
    if column not in ("rec", "pdf"):
        raise ValueError(column)
    rows = store.con.execute(f"SELECT case_id, rec FROM paper_row WHERE {column} = ?", (value,)).fetchall()
    return [(store.ids.case_rec(int(r[0])), str(r[1])) for r in rows]
