"""An erasure takes two people, leaves headers and a rest of the register, and outlives late senders and old backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.contract.errors import KnownError
from sync.contract.op import Change, parse_body
from sync.server.admin import accounts, backup, status
from sync.server.erasure import deciding, listing, standing
from sync.server.server import Server, open_server
from sync.server.storage import schema
from tests.server.support import Device, Face
from tests.support.clock import FakeClock
from tests.support.postgres import PostgresServer

PASSWORD = "long enough password"
MARK = "田某某标记"


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backup._COST, "memory_cost", 64)
    monkeypatch.setitem(backup._COST, "time_cost", 1)


def everything(server: Server) -> bytes:
    """All values of all tables, one after the other."""
    parts: list[bytes] = []
    with server.storage.snapshot() as read:
        for table, columns in schema.TABLES.items():
            for row in read(table, columns.split()):
                parts += [v.encode() if isinstance(v, str) else bytes(v) for v in row if isinstance(v, str | bytes)]
    return b"\n".join(parts)


def files(server: Server) -> bytes:
    """The database's files as they lie on the disk."""
    return b"".join(path.read_bytes() for path in server.district.directory.glob("district.sqlite*"))


def marked(device: Device) -> str:
    """A case with a marker in its register, a number, a paper's mark, a sealed body and a file."""
    case = device.case(f"{MARK}与某公司", place=f"{MARK}家中", amount=1200, state="accepted")
    number = {"committee": "光凤东坑", "kind": "case", "year": 2026, "series": "A", "n": 12, "text": "第A0012号"}
    mark = {"paper": device.rec(), "template": "agreement", "number": "第A0012号", "version": 1, "pages": 2}
    device.op(
        "issue_paper",
        [
            Change(device.rec(), "number", {**number, "state": "used", "reason": MARK}),
            Change(device.rec(1), "paper_mark", {**mark, "facts_hash": "ab" * 32, "state": "issued"}),
        ],
        case=case,
    )
    device.op("edit", [], case=case, compartment="content", raw=MARK.encode())
    device.push()
    device.ask("/v1/blob/put", {"case": case, "id": "ab" * 32, "size": len(MARK.encode())}, MARK.encode())
    return case


def erase(server: Server, case: str, *, ground: str = "law", by: str = "乙") -> None:
    no = deciding.ask(server, case=case, ground=ground, reason="本人申请", by="甲")
    deciding.grant(server, no=no, authority="区司法局〔2026〕1号", by=by)


def test_an_erased_case_leaves_headers_and_a_rest(server: Server, s1: Device, s2: Device) -> None:
    case = marked(s1)
    assert MARK.encode() in everything(server)
    erase(server, case)
    assert MARK.encode() not in everything(server)
    assert MARK.encode() not in files(server)
    (row,) = status.cases(server)
    assert (row["title"], row["amount"], row["applicants"]) == ("（已依法删除）", 1200, "")
    with server.storage.read() as tx:
        assert tx.row("SELECT text, state, reason FROM number_row") == ("第A0012号", "used", "")
        assert tx.row("SELECT paper, facts_hash, state FROM paper_mark")[2] == "issued"  # type: ignore[index]  # JSON, or a row that is there
        assert tx.row("SELECT count(*) FROM blob") == (0,)
    page = s1.pull(own=True)
    gone = [op for op in page.ops if op.header.case == case and op.body is None]
    assert [op.id for op in gone] == [f"{s1.inst}.{n}" for n in (1, 2, 3)]
    told = [c for op in page.ops if op.body and op.header.verb == "erase" for c in parse_body(op.body)]
    order = next(c.set for c in told if c.kind == "erasure")
    assert (order["case"], order["authority"], order["asked_by"], order["by"]) == (
        case,
        "区司法局〔2026〕1号",
        "甲",
        "乙",
    )
    assert order["targets"] == [f"{s1.inst}.{n}" for n in (1, 2, 3)]
    assert [op for op in s2.pull().ops if op.header.case == case and op.header.compartment != "reference"] == [], (
        "the rest is shown to nobody but who could see the case"
    )


def test_what_comes_late_is_stored_as_a_header(server: Server, s1: Device) -> None:
    case = marked(s1)
    s1.op("edit", [Change(case, "case", {"place": MARK}, {"place": [f"{s1.inst}.1"]})], case=case)
    erase(server, case)
    assert s1.push()["stored"] == 1
    assert MARK.encode() not in everything(server)
    assert s1.post("/v1/blob/put", {"case": case, "id": "cd" * 32, "size": 1}, b"x").code == "E-407"
    assert s1.push(1, 4)["duplicates"] == 4, "the chain is as it was"


def test_two_people_and_a_reason(server: Server, s1: Device) -> None:
    case = marked(s1)
    for name, role in (("甲", accounts.DATA_OFFICER), ("丙", "operator")):
        accounts.add(server, name=name, role=role, password=PASSWORD)
    with pytest.raises(KnownError, match="E-413"):
        deciding.officer(server, name="丙", password=PASSWORD)
    with pytest.raises(KnownError, match="E-501"):
        deciding.officer(server, name="甲", password="wrong")
    with pytest.raises(KnownError, match="E-408"):
        deciding.ask(server, case=case, ground="law", reason=" ", by="甲")
    no = deciding.ask(server, case=case, ground="consent", reason="撤回同意", by="甲")
    with pytest.raises(KnownError, match="E-414"):
        deciding.ask(server, case=case, ground="law", reason="再次", by="甲")
    with pytest.raises(KnownError, match="E-216"):
        deciding.grant(server, no=no, authority="", by="乙")
    with pytest.raises(KnownError, match="E-412"):
        deciding.grant(server, no=no, authority="区司法局", by="甲")
    with pytest.raises(KnownError, match="E-411"):
        deciding.grant(server, no=no, authority="区司法局", by="乙")
    deciding.decline(server, no=no, why="保存期限未届满", by="乙")
    with pytest.raises(KnownError, match="E-414"):
        deciding.grant(server, no=no, authority="区司法局", by="乙")
    assert MARK.encode() in everything(server), "nothing was erased"
    assert [a.answer for a in deciding.asks(server, every=True)] == ["no"]


def test_a_station_asks_and_is_answered(server: Server, s1: Device) -> None:
    case = marked(s1)
    head = s1.person("head")
    rec = s1.rec()
    asked = {"ground": "law", "reason": "判决要求", "by": head, "on": "2026-11-24"}
    s1.op("ask_erasure", [Change(rec, "erasure_request", asked)], case=case)
    s1.push()
    (waiting,) = deciding.asks(server)
    assert (waiting.case, waiting.ground, waiting.asked_by) == (case, "law", head)
    with pytest.raises(KnownError, match="E-412"):
        deciding.grant(server, no=waiting.no, authority="区司法局", by="李明")
    deciding.decline(server, no=waiting.no, why="材料不全", by="乙")
    said = [c for op in s1.pull(own=True).ops if op.body and op.header.verb == "erase" for c in parse_body(op.body)]
    assert [(c.rec, c.set["answer"], c.set["note"]) for c in said] == [(rec, "no", "材料不全")]
    assert deciding.asks(server) == []


def test_nobody_else_erases(server: Server, s1: Device, s2: Device) -> None:
    """An order written by a PC is refused like any act without right, and takes nothing away."""
    case = marked(s1)
    s2.op("erase", [Change(s2.rec(), "erasure", {"case": case, "keeps": [], "at": 1, "signature": ""})],
          compartment="reference")  # fmt: skip
    assert [p["code"] for p in s2.push()["problems"]] == ["E-404"]
    with server.storage.read() as tx:
        assert standing.every(tx) == []
    assert MARK.encode() in everything(server)


def test_communities_that_had_the_case_are_told(server: Server, s1: Device, s3: Device) -> None:
    case = marked(s1)
    grant = s1.rec()
    s1.op("grant", [Change(grant, "grant", {"station": "S3", "reason": "协办"})], case=case)
    s1.push()
    s1.op("grant", [Change(grant, "grant", {"revoked": True}, {"revoked": []})], case=case)
    s1.push()
    erase(server, case)
    told = [c for op in s3.pull().ops if op.body and op.header.verb == "erase" for c in parse_body(op.body)]
    assert [c.set["case"] for c in told if c.kind == "erasure"] == [case], (
        "its grant has ended, its copy is still there"
    )


@pytest.fixture(params=["to sqlite", pytest.param("to postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database to restore into."""
    if request.param == "to sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'district.sqlite'}"
    running: PostgresServer = request.getfixturevalue("postgres_server")
    return running.fresh()


def test_a_backup_from_before_brings_nothing_back(
    server: Server, s1: Device, target: str, tmp_path: Path, clock: FakeClock
) -> None:
    """The list lies beside the backup, also where that is older than the erasure."""
    case = marked(s1)
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "old.backup"
    backup.backup(server, file=file, password=PASSWORD)
    erase(server, case)
    (tmp_path / "new").mkdir()
    backup.restore(tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=target)
    again = open_server(tmp_path / "new", clock)
    try:
        assert MARK.encode() not in everything(again)
        assert MARK.encode() not in files(again)
        s1.face = Face(again)
        told = [c for op in s1.pull(own=True).ops if op.body and op.header.verb == "erase" for c in parse_body(op.body)]
        assert [c.set["case"] for c in told if c.kind == "erasure"] == [case], "who has not heard of it yet hears of it"
        assert [r["title"] for r in status.cases(again)] == ["（已依法删除）"]
    finally:
        again.close()


def test_what_a_restored_district_erases_goes_beside_the_backup_it_came_from(
    server: Server, s1: Device, tmp_path: Path, clock: FakeClock
) -> None:
    """The same backup once more: it must not bring back what was erased in between."""
    case = marked(s1)
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "old.backup"
    backup.backup(server, file=file, password=PASSWORD)
    for name in ("second", "third"):
        (tmp_path / name).mkdir()
    place = f"sqlite:///{tmp_path}/{{}}/district.sqlite"
    backup.restore(tmp_path / "second", file=file, password=PASSWORD, clock=clock, database=place.format("second"))
    second = open_server(tmp_path / "second", clock)
    try:
        erase(second, case)
    finally:
        second.close()
    backup.restore(tmp_path / "third", file=file, password=PASSWORD, clock=clock, database=place.format("third"))
    third = open_server(tmp_path / "third", clock)
    try:
        assert MARK.encode() not in everything(third)
        assert [r["title"] for r in status.cases(third)] == ["（已依法删除）"]
    finally:
        third.close()


def test_a_backup_from_before_the_case_takes_no_bodies_in(
    server: Server, s1: Device, tmp_path: Path, clock: FakeClock
) -> None:
    s1.person("head")
    s1.push()
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "old.backup"
    backup.backup(server, file=file, password=PASSWORD)
    case = marked(s1)
    erase(server, case)
    (tmp_path / "new").mkdir()
    backup.restore(
        tmp_path / "new", file=file, password=PASSWORD, clock=clock, database=f"sqlite:///{tmp_path}/new/d.sqlite"
    )
    again = open_server(tmp_path / "new", clock)
    try:
        s1.face = Face(again)
        assert s1.push(2, len(s1.chain))["stored"] == 3
        assert MARK.encode() not in everything(again)
    finally:
        again.close()


def test_a_server_that_ends_before_the_commit_erases_at_its_start(
    server: Server, s1: Device, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = marked(s1)
    real = listing.keep

    def dying(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]  # passed on as it came
        raise KeyboardInterrupt

    monkeypatch.setattr(listing, "keep", dying)
    with pytest.raises(KeyboardInterrupt):
        erase(server, case)
    monkeypatch.setattr(listing, "keep", real)
    assert MARK.encode() in everything(server), "nothing happened in the database"
    assert deciding.apply_list(server) == 1
    assert MARK.encode() not in everything(server)
    assert deciding.apply_list(server) == 0
    assert deciding.asks(server) == []


def test_a_list_of_somebody_else_is_refused(server: Server, s1: Device, tmp_path: Path, clock: FakeClock) -> None:
    case = marked(s1)
    erase(server, case)
    path = server.district.directory / listing.FILE
    path.write_text(path.read_text("utf-8").replace("区司法局", "别的局"), "utf-8")
    with pytest.raises(KnownError, match="E-415"):
        open_server(server.district.directory, clock)
    path.write_text("{", "utf-8")
    with pytest.raises(KnownError, match="E-415"):
        open_server(server.district.directory, clock)
