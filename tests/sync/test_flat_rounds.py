"""A round asks nothing of the large tables that grows with what is in them: each statement's plan is looked at."""

from __future__ import annotations

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import keys, syncing
from tests.support.district import District
from tests.sync.pcs import Join, go, register

LARGE = ("op", "case_row", "blob", "o", "c", "b")
"""Tables with a row for each record, case or file, and the short names under which statements speak of them."""


def scanned(station: Station, asked: set[str]) -> list[str]:
    """The statements that read one of the large tables from end to end."""
    found = []
    for statement in sorted(asked):
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")):
            plan = [str(row[3]) for row in station.store.con.execute(f"EXPLAIN QUERY PLAN {statement}")]
            # the index of files that wait may be read whole; a search without a bound (min, max) goes on to the end
            whole = [step.split() for step in plan if (step.startswith("SCAN") or "(" not in step)]
            found += [statement for step in whole if step[1:2] and step[1] in LARGE and "blob_waiting" not in step]
    return found


def heard(station: Station, district: District) -> set[str]:
    """Every statement of one round."""
    asked: set[str] = set()
    for con in (station.store.reader, station.store.con):
        con.set_trace_callback(asked.add)
    try:
        outcome = syncing.run(station, transport=district.line)
    finally:
        for con in (station.store.reader, station.store.con):
            con.set_trace_callback(None)
    assert outcome.error is None
    return {a for a in asked if "PRAGMA" not in a}


def test_a_round_reads_no_large_table_whole(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    case = register(one)
    for station in (one, two, one, two):
        go(district, station)
    for station in (one, two):
        assert scanned(station, heard(station, district)) == [], "a quiet round"
    cases.edit(one, case=case, values={case: {"place": "科学城工地西区"}})
    for station in (one, two):
        assert scanned(station, heard(station, district)) == [], "a change on its way"


def test_keys_are_looked_for_again_as_soon_as_anything_changed(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    assert not keys.ensure(one).again
    two = join("S1")
    go(district, two)
    before = int(one.store.reader.execute("SELECT count(*) FROM op").fetchone()[0])
    go(district, one)  # the directory names the colleague's PC now: the root key goes to it
    assert int(one.store.reader.execute("SELECT count(*) FROM op").fetchone()[0]) > before
    assert not keys.ensure(one).again
