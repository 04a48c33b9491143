"""What waits and what was not taken: counted as the database holds it at any moment, put back by a person."""

from __future__ import annotations

import pytest

from station_app.services import cases, scans
from station_app.services.paperwork import evidence
from station_app.services.station import Station
from station_app.services.travel import grants, putting_back, syncing
from station_app.store import consistency
from sync.client.transport import Answer
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from tests.support import photos
from tests.support.district import District, FaultyLine, broken
from tests.sync.pcs import Join, go, register


def held(district: District, station: Station) -> set[str]:
    """Own ops the server holds, read from its own tables."""
    insts = [str(r[0]) for r in station.store.reader.execute("SELECT inst FROM inst WHERE own = 1")]
    with district.server.storage.read() as tx:
        test, value = tx.among("inst", insts)
        return {f"{i}.{s}" for i, s in tx.rows(f"SELECT inst, seq FROM op WHERE {test}", (value,))}


def true_waiting(district: District, station: Station) -> int:
    """Own ops here that the server does not hold."""
    (total,) = station.store.reader.execute(
        "SELECT count(*) FROM op WHERE id >> 32 IN (SELECT no FROM inst WHERE own = 1)"
    ).fetchone()
    return int(total) - len(held(district, station))


def test_the_counters_are_the_truth_at_any_moment_of_a_round(district: District, join: Join) -> None:
    """After each answer, and while the line breaks, what is said to wait is what the server has not got."""
    one = join("S1")
    go(district, one)
    for _ in range(60):
        register(one)
    card = photos.white(dpi=60)
    card.paste(40, (100, 100, 260, 220))
    evidence.add_pictures(one, case=register(one), sources=[scans.source("a.jpg", photos.jpeg(card))])
    seen: list[tuple[int, int]] = []

    def look(*_: object) -> None:
        state, items = syncing.status(one), putting_back.waiting_items(one, limit=10_000)
        assert sum(item.ops for item in items) == state.unsent_ops
        assert sum(item.files for item in items) == state.waiting_files
        assert len([item for item in items if item.case and item.ops]) == state.unsent_cases
        seen.append((state.unsent_ops, true_waiting(district, one)))

    line = FaultyLine(district.line)

    def after(path: str, number: int, answer: Answer) -> Answer:
        if number == 3:
            raise broken(path)
        return answer

    line.after = after
    look()
    for _ in range(3):
        syncing.run(one, look, transport=line)
        look()
    assert seen[-1] == (0, 0)
    assert all(said >= true for said, true in seen), "nothing is called uploaded that is not"
    assert seen[0][0] == seen[0][1] > 100
    assert max(said - true for said, true in seen) <= 130, "only what an answer was lost of is said to wait still"


def test_each_waiting_case_says_what_and_since_when(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    first = register(one)
    began = one.clock.now_ms()
    one.clock.advance(hours=2)  # type: ignore[attr-defined]  # the tests' clock
    cases.edit(one, case=first, values={first: {"place": "东区"}})
    second = register(one)
    items = putting_back.waiting_items(one)
    assert [item.case for item in items if item.case] == [first, second]
    assert items[0].since == began
    assert items[0].title
    assert items[0].ops == 3
    assert items[0].bytes > 500


def refused(district: District, join: Join) -> tuple[Station, Station, str, str]:
    """A guest edits after his grant has ended: the edit is listed at his station."""
    one, two = join("S1"), join("S2")
    case = register(one)
    grants.grant(one, case=case, station_code="S2", reason="协助")
    go(district, one)
    go(district, two)
    (granted,) = one.case(case).state.of_kind("grant")
    grants.revoke(one, case=case, rec=granted.id, reason="办结")
    go(district, one)
    cases.edit(two, case=case, values={case: {"place": "北区"}})
    go(district, two)
    (problem,) = syncing.problems(two)
    assert syncing.status(two).problems == 1
    return one, two, case, problem.op


def test_a_refused_edit_is_put_back_by_a_person(district: District, join: Join) -> None:
    one, two, case, op = refused(district, join)
    grants.grant(one, case=case, station_code="S2", reason="再次协助")
    go(district, one)
    go(district, two)
    made = putting_back.put_back(two, op=op)
    assert len(made.ops) == 1
    assert syncing.problems(two) == []
    assert syncing.status(two).problems == 0
    go(district, two)
    go(district, one)
    assert one.case(case).get("place") == "北区"
    assert syncing.problems(two) == []
    with pytest.raises(KnownError, match="E-223"):
        putting_back.put_back(two, op=op)
    assert consistency.check(two.store) == []


def test_what_is_put_back_without_right_is_listed_again(district: District, join: Join) -> None:
    one, two, case, op = refused(district, join)
    made = putting_back.put_back(two, op=op)
    go(district, two)
    assert [p.op for p in syncing.problems(two)] == list(made.ops)
    assert one.case(case).get("place") != "北区"


def test_a_record_kept_apart_is_asked_for_once_more(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    bad: dict[str, Json] = {"summary": 7}
    with one.write("edit") as tx:
        tx.op("edit", "content", case=case).new("facts", bad)
    syncing.run(one, transport=district.line)
    go(district, two)
    (problem,) = syncing.problems(two)
    putting_back.put_back(two, op=problem.op)
    assert syncing.problems(two) == []
    go(district, two)
    while two.store.flush_index():
        pass
    assert [p.op for p in syncing.problems(two)] == [problem.op], "it is as it was: examined anew, and listed again"


def test_a_settling_is_undone_within_thirty_days(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    go(district, one)
    go(district, two)
    cases.edit(one, case=case, values={case: {"place": "东门"}})
    cases.edit(two, case=case, values={case: {"place": "西门"}})
    for station in (one, two, one):
        go(district, station)
    (seen,) = syncing.conflicts(one)
    cases.settle(one, case=case, rec=seen.rec, values={"place": "东门"})
    assert syncing.conflicts(one) == []
    one.clock.advance(days=29)  # type: ignore[attr-defined]  # the tests' clock
    putting_back.undo_settling(one, case=case)
    assert one.case(case).get("place") in ("东门", "西门")
    one.clock.advance(days=31)  # type: ignore[attr-defined]  # the tests' clock
    with pytest.raises(KnownError, match="E-405"):
        putting_back.undo_settling(one, case=case)
