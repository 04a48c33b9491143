"""Projection of what residents wrote by a code: where each entry stands, by the hash of its own code."""

from __future__ import annotations

from collections.abc import Mapping

from sync.contract.canonical import Json
from sync.contract.fold import Record
from sync.contract.op import inst_of
from sync.server.projection.reading import as_int, as_text
from sync.server.storage.port import Tx


def note(tx: Tx, record: Record) -> None:
    """Write one entry down; after a restore its answer may come back before itself. Its files go as soon as its content
    is in a case, or was withdrawn before.
    """
    station = as_text(record.get("station"))
    row = tx.row("SELECT stream FROM station WHERE code = ?", (station,))
    stream = str(row[0]) if row else ""
    answer = _answer(tx, record, station)
    said, withdrawn = as_text(answer.get("answer")), as_text(record.get("withdrawn_at"))
    files, keys = _texts(record.get("files")), _texts(record.get("keys"))
    readers = " ".join(key.partition(":")[0] for key in keys)
    tx.run(
        "INSERT INTO self_entry VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(rec) DO UPDATE SET"
        " ticket = excluded.ticket, stream = excluded.stream, station = excluded.station, at = excluded.at,"
        " hours = excluded.hours, readers = excluded.readers, answer = excluded.answer, reason = excluded.reason,"
        " case_rec = excluded.case_rec, withdrawn = excluded.withdrawn",
        (
            record.id, as_text(record.get("ticket")), stream, station, as_text(record.get("at")),
            as_int(record.get("hours")) or 0, readers, said, as_text(answer.get("reason")),
            as_text(answer.get("case")), withdrawn,
        ),
    )  # fmt: skip
    if said == "accepted" or (withdrawn and not said):
        tx.many(
            "DELETE FROM blob WHERE stream = ? AND case_rec = ? AND id = ?",
            [(stream, f"station:{station}", file.partition(":")[0]) for file in files],
        )


def _answer(tx: Tx, record: Record, station: str) -> Mapping[str, Json]:
    """The station's own answer; what another station's PC says counts for nothing."""
    for head in record.units.get("answer", []):
        row = tx.row(
            "SELECT s.code FROM inst i JOIN device d ON d.id = i.device JOIN station s ON s.no = d.station_no"
            " WHERE i.inst = ?",
            (inst_of(head.op),),
        )
        if row is not None and row[0] == station:
            return head.values
    return {}


def _texts(value: Json) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
