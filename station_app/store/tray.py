"""待归档页: scanned pages nobody could place yet. All users of this PC see them; they never travel.

Each is a row of `draft` without a user; a page that came twice lies here once.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Final

from station_app.store.core import Store
from station_app.store.database import Connection
from sync.contract.errors import KnownError

_KIND: Final = "scan_page"
_USER: Final = ""
_FACTS: Final = "id, record, title, json_remove(data, '$.bytes'), saved"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page in the tray: SHA-256 of its bytes, the file it came in and its place there, the code of why it waits, when
    it came (ms), its size in bytes, and what it is (pdf, jpg …).
    """

    id: int
    sha: str
    source: str
    number: int
    why: str
    at: int
    size: int
    suffix: str


def put(con: Connection, page: Waiting, data: bytes) -> None:
    """Keep a page inside the caller's transaction; the `id` given is not used."""
    kept = {
        "number": page.number,
        "why": page.why,
        "size": len(data),
        "suffix": page.suffix,
        "bytes": base64.b64encode(data).decode(),
    }
    con.execute(
        "INSERT OR IGNORE INTO draft(user, kind, record, title, data, caret, saved) VALUES(?, ?, ?, ?, ?, '', ?)",
        (_USER, _KIND, page.sha, page.source, json.dumps(kept, ensure_ascii=False), page.at),
    )


def pages(store: Store) -> list[Waiting]:
    """All pages that wait, as they came."""
    sql = f"SELECT {_FACTS} FROM draft WHERE user = ? AND kind = ? ORDER BY id"
    return [_waiting(tuple(row)) for row in store.con.execute(sql, (_USER, _KIND))]


def get(store: Store, page: int) -> tuple[Waiting, bytes]:
    """One page and its bytes. E-223 where it does not wait here (any more)."""
    sql = f"SELECT {_FACTS}, json_extract(data, '$.bytes') FROM draft WHERE user = ? AND kind = ? AND id = ?"
    row = store.con.execute(sql, (_USER, _KIND, page)).fetchone()
    if row is None:
        raise KnownError("E-223", what=str(page))
    *facts, data = row
    return _waiting(tuple(facts)), base64.b64decode(data)


def drop(con: Connection, page: int) -> None:
    """Take a page out inside the caller's transaction."""
    con.execute("DELETE FROM draft WHERE user = ? AND kind = ? AND id = ?", (_USER, _KIND, page))


def _waiting(row: tuple[object, ...]) -> Waiting:
    id_, sha, source, data, saved = row
    kept = json.loads(str(data))
    return Waiting(
        id=int(str(id_)),
        sha=str(sha),
        source=str(source),
        number=int(kept["number"]),
        why=str(kept["why"]),
        at=int(str(saved)),
        size=int(kept["size"]),
        suffix=str(kept["suffix"]),
    )
