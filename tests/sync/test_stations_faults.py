"""Stations over a line that breaks, misshapen and refused ops, files, a restored data directory."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.travel import grants, keys, syncing
from station_app.store import consistency, files, sealing
from sync.client.transport import Answer
from sync.contract.canonical import Json
from tests.support.district import District, FaultyLine, broken
from tests.sync.pcs import Join, case_rows, go, register


def test_a_round_without_news_is_one_request(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    register(one)
    for station in (one, two, one, two):
        go(district, station)
    for station in (one, two):
        before = station.store.con.execute("SELECT ops, changes, cases FROM head").fetchone()
        district.line.log.clear()
        assert not go(district, station).changed
        assert [path for path, _, _ in district.line.log] == ["/v1/hello"]
        assert district.line.log[0][1] <= 700
        assert station.store.con.execute("SELECT ops, changes, cases FROM head").fetchone() == before


@pytest.mark.parametrize("point", [2, 3])
@pytest.mark.parametrize("lost", ["request", "answer"])
def test_cut_line_then_again(district: District, join: Join, point: int, lost: str) -> None:
    one, two = join("S1"), join("S1")
    go(district, two)
    register(two)
    go(district, two)
    for _ in range(5):
        register(one)
    line = FaultyLine(district.line)

    def before(path: str, number: int) -> Answer | None:
        if lost == "request" and number >= point:
            raise broken(path)
        return None

    def after(path: str, number: int, answer: Answer) -> Answer:
        if lost == "answer" and number >= point:
            raise broken(path)
        return answer

    line.before, line.after = before, after
    outcome = syncing.run(one, transport=line)
    assert outcome.error is not None
    assert consistency.check(one.store) == []
    state = syncing.status(one)
    assert (state.error, state.failures) == ("E-106", 1)
    for station in (one, two, one, two):
        go(district, station)
    assert syncing.status(one).failures == 0
    assert syncing.status(one).unsent_ops == 0
    assert sorted(map(repr, case_rows(one))) == sorted(map(repr, case_rows(two)))
    assert len(case_rows(one)) == 6


def test_issued_papers_travel_sealed(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one):
        go(district, station)
    case, pdf = register(one), os.urandom(5000)
    sha = hashlib.sha256(pdf).hexdigest()
    with one.write("issue_paper") as tx:
        tx.op("issue_paper", "content", case=case).new("paper", {"template": "x", "pdf": sha, "bytes": len(pdf)})
        tx.con.execute(
            "INSERT INTO blob(sha, case_id, size, data) VALUES(?, ?, ?, ?)",
            (sha, one.store.ids.pk(case), len(pdf), pdf),
        )
    (file,) = files.waiting(one.store)
    assert files.sealed(one.store, file) == files.sealed(one.store, file)
    assert go(district, one).blobs_sent == 1
    with district.server.storage.read() as tx:
        (name, data) = tx.rows("SELECT id, data FROM blob")[0]
    assert pdf not in bytes(data)
    assert sha not in str(name)
    assert go(district, two).blobs_received == 1
    assert two.store.con.execute("SELECT data FROM blob WHERE sha = ?", (sha,)).fetchone()[0] == pdf
    assert go(district, one).blobs_sent == 0


def test_a_file_the_server_lacks_is_not_asked_for_at_once_again(district: District, join: Join) -> None:
    one = join("S1")
    case = register(one)
    with one.write("issue_paper") as tx:
        tx.op("issue_paper", "content", case=case).new("paper", {"template": "x", "pdf": "ab" * 32})
    go(district, one)
    district.line.log.clear()
    go(district, one)
    assert [p for p, _, _ in district.line.log] == ["/v1/hello"]
    one.clock.advance(hours=1)  # type: ignore[attr-defined]  # the tests' clock
    district.line.log.clear()
    go(district, one)
    assert "/v1/blob/get" in [p for p, _, _ in district.line.log]


def test_misshapen_ops_of_another_pc_are_kept_apart(district: District, join: Join) -> None:
    """A sealed body the server cannot judge: its values are never relied on, and a person can see it."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = register(one)
    bad: dict[str, Json] = {"summary": 7}
    with one.write("edit") as tx:
        tx.op("edit", "content", case=case).new("facts", bad)
    syncing.run(one, transport=district.line)
    go(district, two)
    assert len(two.case(case).state.of_kind("facts")) == 1
    (problem,) = syncing.problems(two)
    assert problem.code == "E-113"
    assert syncing.status(two).problems == 1
    go(district, two)
    assert syncing.status(two).problems == 1


def test_misshapen_ops_are_found_when_the_key_comes_late(district: District, join: Join) -> None:
    one = join("S1")
    case = register(one)
    bad: dict[str, Json] = {"summary": 7}
    with one.write("edit") as tx:
        tx.op("edit", "content", case=case).new("facts", bad)
    syncing.run(one, transport=district.line)
    two = join("S1")
    go(district, two)
    assert case_rows(two)[0][1] == 2
    syncing.run(one, transport=district.line)
    go(district, two)
    assert case_rows(two)[0][1] == 0
    assert len(two.case(case).state.of_kind("facts")) == 1
    assert len(syncing.problems(two)) == 1


def test_refused_op_is_listed_with_its_case(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    case = register(one)
    grants.grant(one, case=case, station_code="S2", reason="协助")
    go(district, one)
    go(district, two)
    (granted,) = one.case(case).state.of_kind("grant")
    grants.revoke(one, case=case, rec=granted.id, reason="办结")
    go(district, one)
    cases.edit(two, case=case, values={case: {"place": "无权"}})
    outcome = go(district, two)
    assert outcome.problems == 1
    (problem,) = syncing.problems(two)
    assert (problem.code, problem.case) == ("E-407", case)
    go(district, one)
    assert one.case(case).get("place") != "无权"


def test_keys_are_wrapped_once(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two, one):
        go(district, station)
    every = one.store.reference().of_kind("root_key")
    boxes = [b for b in every if not str(b.get("device")).startswith("sheet.")]
    assert not any(b.get("closed") for b in boxes), "a closed root key goes to the sheet alone"
    assert len({str(b.get("device")) for b in every} - {str(b.get("device")) for b in boxes}) == 2, "each its own sheet"
    assert {(b.get("device"), b.get("owner")) for b in boxes} == {
        (two.store.device, one.store.device), (one.store.device, two.store.device)
    }  # fmt: skip
    assert not keys.ensure(one).again
    box = boxes[0]
    assert one.store.vault.own_root[1] not in str(box.get("wrapped")).encode()


def test_a_box_with_another_key_is_not_taken(district: District, join: Join) -> None:
    """Somebody wraps a key under a name that is not its own: it is left alone."""
    from station_app.store import boxes
    from sync.contract.wire import b64

    one, two = join("S1"), join("S1")
    for station in (one, two):
        go(district, station)
    seal = sealing.seal_public(two.store.secret("seal_key"))
    root_id = "00" * 8
    with one.write("key") as tx:
        box = sealing.wrap(os.urandom(32), seal, boxes.root_purpose(root_id))
        values: dict[str, Json] = {"key": root_id, "device": two.store.device, "wrapped": b64(box)}
        tx.op("key", "reference").new("root_key", values)
    go(district, one)
    go(district, two)
    assert root_id not in two.store.vault.roots()


def test_restored_data_directory_goes_on(district: District, join: Join, tmp_path: Path) -> None:
    """A copy of last week's database is put back: what the server has of this PC comes back, new work goes up."""
    import shutil

    from station_app.services import people
    from tests.support.stations import PASSWORD

    one = join("S1", place="live")
    register(one)
    go(district, one)
    one.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(tmp_path / "live", tmp_path / "copy")
    register(one)
    go(district, one)
    copy = people.login(tmp_path / "copy", name="李明", password=PASSWORD, clock=one.clock)
    register(copy)
    go(district, copy)
    assert len(case_rows(copy)) == 3
    assert [r[1] for r in case_rows(copy)] == [0, 0, 0]
    go(district, copy)
    district.line.log.clear()
    go(district, copy)
    assert len(district.line.log) == 1
    copy.store.close()
