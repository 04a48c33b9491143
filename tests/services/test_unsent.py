"""How many cases wait to be sent: the quick count equals the plain one, wherever the acknowledgement stands."""

from __future__ import annotations

from pathlib import Path

from station_app.services import cases
from station_app.services.reading import lists
from station_app.store import database
from tests.support.stations import make_station, wage_intake

PLAIN = """
SELECT count(DISTINCT o.case_id) FROM inst i JOIN op o ON o.id > (i.no << 32) AND o.id < ((i.no + 1) << 32)
LEFT JOIN acked a ON a.inst = i.inst WHERE i.own = 1 AND (o.id & 4294967295) > coalesce(a.seq, 0)
"""


def test_equals_the_plain_count_at_every_acknowledgement(tmp_path: Path) -> None:
    station = make_station(tmp_path / "s").station
    store = station.store
    made = [cases.register(station, intake=wage_intake()).case for _ in range(3)]
    cases.step(station, case=made[0], verb="accept")
    made.append(cases.register(station, intake=wage_intake()).case)
    cases.step(station, case=made[2], verb="accept")
    cases.edit(station, case=made[1], values={made[1]: {"place": "东区"}})
    inst, last = database.one(store.reader, "SELECT i.inst, h.seq FROM head h JOIN inst i ON i.no = h.inst")
    seen = []
    for seq in range(int(last) + 1):
        with store.raw_write() as con:
            con.execute("INSERT OR REPLACE INTO acked VALUES(?, ?, x'', 0)", (inst, seq))
        seen.append(lists.unsent(station))
        assert seen[-1] == database.one(store.reader, PLAIN)[0], seq
    assert seen[0] == 5  # four cases, and the reference facts as one
    assert seen[-1] == 0
