"""Stations' requests to erase a case, as the data officer's list has them; what was decided is never changed here."""

from __future__ import annotations

from collections.abc import Mapping

from sync.contract.canonical import Json
from sync.server.projection.reading import as_text
from sync.server.storage.port import Tx

Found = tuple[str, str, str, Mapping[str, Json], int]
"""(record, stream, case, values, when asked in ms)."""


def note(tx: Tx, found: Found) -> None:
    """Enter a request, or renew what one that still waits says; one taken back is closed."""
    rec, stream, case, values, wall = found
    texts = [as_text(values.get(name)) for name in ("ground", "reason", "by")]
    closed = "withdrawn" if values.get("removed") else as_text(values.get("answer"))
    if tx.row("SELECT 1 FROM erase_ask WHERE rec = ?", (rec,)) is not None:
        tx.run(
            "UPDATE erase_ask SET ground = ?, reason = ?, asked_by = ?, answer = ? WHERE rec = ? AND answer = ''",
            (*texts, closed, rec),
        )
        return
    row = tx.row("SELECT coalesce(max(no), 0) + 1 FROM erase_ask")
    no = int(row[0]) if row else 1
    tx.run(
        "INSERT INTO erase_ask VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '')",
        (no, rec, stream, case, *texts, wall, closed),
    )
