"""Passwords of things outside (a proxy) that this PC must send again: kept in the encrypted database, never shown."""

from __future__ import annotations

from typing import Final

from station_app.store.core import Store
from sync.contract.errors import BugError

KNOWN: Final = ("proxy_password",)


def keep(store: Store, name: str, value: bytes) -> None:
    """Keep a secret durably; an empty one is forgotten."""
    if name not in KNOWN:
        raise BugError(f"unknown secret {name}")
    with store.raw_write() as con:
        con.execute("DELETE FROM secret WHERE name = ?", (name,))
        if value:
            con.execute("INSERT INTO secret VALUES(?, ?)", (name, value))


def kept(store: Store, name: str) -> bytes:
    """A secret's bytes, b"" where none is kept."""
    row = store.reader.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
    return bytes(row[0]) if row and name in KNOWN else b""
