"""An entry of a resident as it lies on a PC after it came from the district: record, letter, photographs."""

from __future__ import annotations

import hashlib

from station_app.services.station import Station
from station_app.store import sealing
from sync.contract.canonical import Json, dumps
from sync.contract.ticket import shown, ticket_of
from sync.server.selfentry.sealing import Envelope

AT = "2026-11-20T08:30"


def arrived(
    station: Station, *, code: str = "K7QM2XHD9WPC", photos: tuple[bytes, ...] = (), hours: int = 0, here: bool = True,
    device: str = "", **texts: str
) -> str:  # fmt: skip
    """Lay an entry down; its record id. `here` False: its files are still to come; `device`: sealed to another PC."""
    letter = dumps({"v": 1, "code": shown(code), "at": AT, "lang": "zh-CN", "salt": code, **texts})
    envelope, ticket, store = Envelope(), ticket_of(code), station.store
    files = [envelope.seal(data) for data in (letter, *photos)]
    seal = sealing.seal_public(store.secret("seal_key"))
    values: dict[str, Json] = {
        "ticket": ticket,
        "station": store.setting("station.code"),
        "at": AT,
        "files": [f"{f.name}:{f.sha}:{len(f.data) - 29}" for f in files],
        "keys": [envelope.box(device or store.device, seal, ticket)],
    }
    if hours:
        values["hours"] = hours
    with store.write(actor="", wall=station.clock.now_ms()) as tx:
        rec = tx.op("self_entry", "reference").new("self_entry", values)
    if here:
        with store.raw_write() as con:
            for data in (letter, *photos):
                sha = hashlib.sha256(data).hexdigest()
                con.execute(
                    "INSERT OR IGNORE INTO blob(sha, case_id, size, data, sent) VALUES(?, 0, ?, ?, 1)",
                    (sha, len(data), data),
                )
    return rec


def withdrawn(station: Station, rec: str, at: str = "2026-11-20T08:50") -> None:
    """The resident withdraws it."""
    from sync.contract.fold import overwrite

    record = station.store.reference().records[rec]
    with station.store.write(actor="", wall=station.clock.now_ms()) as tx:
        tx.op("self_entry", "reference").put(overwrite(record, {"withdrawn_at": at}))
