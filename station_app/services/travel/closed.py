"""Notes of one side and psychological notes on their way: sealed to the case team alone (CONTRACT 2; 人民调解法 15).

They are sealed under a root key that no other device holds. The key of one case is wrapped to the devices on which its
team works: the case's mediator, and who wrote what is sealed with it. A grant never opens them, and
neither does being a colleague.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import text
from station_app.services.station import Station
from station_app.store import boxes, oplog, sealing
from sync.contract.canonical import Json
from sync.contract.fold import fold
from sync.contract.op import CLOSED_COMPARTMENTS, BadOp, parse_header
from sync.contract.wire import b64

_ACTOR: Final = '"actor":"{}"'


def open_to_teams(station: Station, devices: dict[str, tuple[str, bytes]], *, since: int, written: set[str]) -> None:
    """Wrap what is missing, of the cases with such notes that changed after this count of changes; cases that were
    written to are added to `written`.
    """
    rows = station.store.reader.execute("SELECT rec FROM case_row WHERE closed > 0 AND changed > ?", (since,))
    for (case,) in rows.fetchall():
        missing = _missing(station, str(case), devices)
        if missing:
            with station.write("key") as tx:
                op = tx.op("key", "register", case=str(case))
                for values in missing:
                    op.new("key", values)
            written.add(str(case))


def _missing(station: Station, case: str, devices: dict[str, tuple[str, bytes]]) -> list[dict[str, Json]]:
    store = station.store
    rows = oplog.rows_of_case(store.reader, store.ids.pk(case))
    ops = [oplog.fold_op(store.vault, header, body, rev) for _, header, body, rev in rows]
    there = {
        (change.set.get("compartment"), change.set.get("key"), change.set.get("device"))
        for op in ops
        for change in op.changes or ()
        if change.kind == "key"
    }
    mediator = text(fold(ops).records.get(case), "mediator")
    found: list[dict[str, Json]] = []
    for (compartment, root_id), writers in sorted(_used(rows).items()):
        key = store.vault.key_for(root_id, compartment, case)
        if key is None:
            continue
        for device in sorted(_devices_of(station, {mediator, *writers} - {""}) & devices.keys()):
            if (compartment, root_id, device) not in there:
                seal_key = devices[device][1]
                box = sealing.wrap(key, seal_key, boxes.case_purpose(case, compartment, root_id))
                found.append({"compartment": compartment, "key": root_id, "device": device, "wrapped": b64(box)})
    return found


def _used(rows: list[tuple[int, bytes, bytes | None, int | None]]) -> dict[tuple[str, str], set[str]]:
    """(compartment, root key) of the closed bodies -> who wrote them."""
    found: dict[tuple[str, str], set[str]] = {}
    for _, header_bytes, body, _ in rows:
        header = parse_header(header_bytes)
        if header.compartment in CLOSED_COMPARTMENTS:
            try:
                found.setdefault((header.compartment, sealing.root_id_of(body or b"")), set()).add(header.actor)
            except BadOp:
                continue
    return found


def _devices_of(station: Station, people: set[str]) -> set[str]:
    """The devices on which these people wrote anything, this one aside."""
    found: set[str] = set()
    for person in people:
        rows = station.store.reader.execute(
            "SELECT DISTINCT i.device FROM inst i WHERE i.device IS NOT NULL AND EXISTS(SELECT 1 FROM op o"
            " WHERE o.id >= i.no << 32 AND o.id < (i.no + 1) << 32 AND instr(o.header, CAST(? AS BLOB)) > 0)",
            (_ACTOR.format(person),),
        )
        found |= {str(row[0]) for row in rows}
    return found - {station.store.device}
