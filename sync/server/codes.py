"""One-time enrolment codes: typed from paper, so no letters that look alike; kept only as hashes."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from sync.contract.errors import KnownError
from sync.server.clock import DAY_MS
from sync.server.server import Server, note
from sync.server.storage.port import Tx

LETTERS: Final = "ABCDEFGHJKMNPQRTUVWXY346789"
GROUPS: Final = 3
GROUP_LETTERS: Final = 4
"""12 letters of 27: 57 bits."""
LIFE_DAYS: Final = 7


def normal(code: str) -> str:
    """The code as it counts: capitals, without spaces and dashes of any kind."""
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum())


def hashed(code: str) -> str:
    """What the database keeps of a code."""
    return hashlib.sha256(b"GM1 code\0" + normal(code).encode()).hexdigest()


def issue(server: Server, *, station: str, days: int = LIFE_DAYS, actor: str = "cli") -> str:
    """Make a code for one more device of a station; E-223 where there is no such station, E-518 for odd days."""
    if not 1 <= days <= 90:
        raise KnownError("E-518", key="days", value=days)
    groups = ["".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS)]
    code = "-".join(groups)
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        row = tx.row("SELECT no FROM station WHERE code = ?", (station,))
        if row is None:
            raise KnownError("E-223", what=station)
        tx.run("INSERT INTO enrol_code VALUES(?, ?, ?, ?, '')", (hashed(code), row[0], now, now + days * DAY_MS))
        note(tx, now, "device code", station, actor=actor)

    server.storage.write(work)
    return code
