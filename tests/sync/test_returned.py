"""Server and PC both went back behind an op: a colleague's disk has it and brings it back."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import grants, syncing
from station_app.store import consistency, offering
from station_app.store.core import Store
from sync.client.transport import Answer
from sync.contract.canonical import Json
from sync.contract.chain import Certificate
from sync.contract.wire import b64, certificate_to_json, pack_message, pack_ops, unpack_message
from sync.server import auth
from sync.server.admin import devices
from sync.server.problems import Refusal
from sync.server.relay.offer import offer
from tests.simulation.truth import server_is_sound, server_lists_are_true
from tests.support.district import District, FaultyLine
from tests.sync.pcs import Join, go, register
from tests.sync.restoring import Backup, copied, reset


def sound(district: District) -> None:
    """Chains, numbers and lists of the server."""
    with district.server.storage.read() as tx:
        server_is_sound(tx)
    district.server.storage.write(server_lists_are_true)


def names(district: District) -> set[str]:
    with district.server.storage.read() as tx:
        return {str(r[0]) for r in tx.rows("SELECT inst || '.' || seq FROM op")}


@pytest.fixture
def two(district: District, join: Join) -> tuple[Station, Station]:
    """Two colleagues who have met."""
    one, other = join("S1"), join("S1")
    for station in (one, other, one, other):
        go(district, station)
    return one, other


def test_a_case_comes_back_before_what_a_colleague_wrote_on_it(
    district: District, two: tuple[Station, Station]
) -> None:
    """Own ops and those of others in the order the server had: else what rests on the case is refused for good."""
    one, other = two
    backup = Backup(district)
    directory, key = one.store.directory, one.store.key
    one.store.close()
    one.store = Store(directory, key)  # a program start the backup knows nothing of
    case = register(one)
    for station in (one, other):
        go(district, station)
    grants.grant(other, case=case, station_code="S2", reason="协助")
    for station in (other, one):
        go(district, station)
    cases.edit(one, case=case, values={case: {"place": "尚未上传"}})
    backup.restore()
    assert go(district, one).returned > 0
    assert district.count("SELECT count(*) FROM problem") == 0
    assert district.count("SELECT count(*) FROM case_grant WHERE revoked = 0") == 1
    sound(district)


def test_what_rests_on_a_grant_comes_back_in_one_page_with_it(
    district: District, join: Join, two: tuple[Station, Station]
) -> None:
    one, other = two
    neighbour = join("S2")
    go(district, neighbour)
    backup = Backup(district)
    case = register(one)
    grants.grant(one, case=case, station_code="S2", reason="协助")
    for station in (one, neighbour):
        go(district, station)
    cases.edit(neighbour, case=case, values={case: {"place": "邻站填写"}})
    for station in (neighbour, other):
        go(district, station)
    backup.restore()
    assert go(district, other).returned > 0
    assert district.count("SELECT count(*) FROM problem") == 0, "the edit of the neighbour found the grant there"
    assert other.case(case).get("place") == "邻站填写"
    sound(district)


def test_a_colleague_brings_back_what_both_ends_lost(
    district: District, two: tuple[Station, Station], tmp_path: Path
) -> None:
    one, other = two
    backup, disk = Backup(district), copied(one, tmp_path / "disk")
    case = register(one)
    cases.edit(one, case=case, values={case: {"place": "甲工地"}})
    go(district, one)
    go(district, other)
    everything = names(district)
    cases.edit(other, case=case, values={case: {"amount": 77700}})
    backup.restore()
    reset(one, disk)
    lost = everything - names(district)
    returned = go(district, other)
    assert returned.returned == len(lost) == 3
    assert everything <= names(district)
    assert district.count("SELECT count(*) FROM problem") == 0, "the edit of the colleague found the case there"
    sound(district)
    assert go(district, one).error is None
    assert one.case(case).get("place") == "甲工地"
    assert one.case(case).get("amount") == 77700
    go(district, other)
    assert not go(district, other).changed
    assert go(district, other).traffic.requests == 1, "offered once"
    assert consistency.check(one.store) == [] == consistency.check(other.store)
    register(one)  # and the restored PC goes on
    go(district, one)
    sound(district)


def test_the_server_believes_only_its_own_old_pages(district: District, two: tuple[Station, Station]) -> None:
    one, other = two
    case = register(one)
    go(district, one)
    go(district, other)
    inst = case.partition(".")[0]
    held = next(iter(offering.relays(other.store, {inst: 1})))
    with district.server.storage.read() as tx:
        caller = auth.caller_of(tx, other.store.device, 0)

    def said(certificate: Certificate, ops: dict[str, tuple[bytes, bytes | None]]) -> dict[str, Json]:
        head: dict[str, Json] = {"certificate": certificate_to_json(certificate, frozenset(ops))}
        head["opens"] = {i: [d, b64(before)] for i, (d, before) in held.opens.items()}
        return unpack_message(offer(district.server, caller, pack_message(head, pack_ops(ops.values()))))[0]

    before = names(district)
    assert said(held.certificate, held.ops) == {"stored": 0}, "it has them"
    op = f"{inst}.1"
    header, body = held.ops[op]
    forged = {**held.ops, op: (header.replace(b'"wall":', b'"wall":1', 1), body)}
    with pytest.raises(Refusal) as refused:
        said(held.certificate, forged)
    assert refused.value.code == "E-114"
    signed = Certificate(other.store.device, held.certificate.runs, held.certificate.signature)
    with pytest.raises(Refusal) as refused:
        said(signed, held.ops)
    assert refused.value.code == "E-114"
    with pytest.raises(Refusal) as refused:
        said(Certificate(held.certificate.signer, held.certificate.runs[:1], held.certificate.signature), held.ops)
    assert refused.value.code in ("E-106", "E-114")
    assert names(district) == before


def test_a_gap_waits_for_whom_it_is_known_to(district: District, two: tuple[Station, Station], join: Join) -> None:
    """Between two ops of one case lies one of another station's case: each colleague has only a part of the chain."""
    one, other = two
    far = join("S3")
    go(district, far)
    backup = Backup(district)
    theirs = register(far)
    grants.grant(far, case=theirs, station_code="S1", reason="协助")
    go(district, far)
    go(district, one)
    case = register(one)
    go(district, one)
    go(district, far)
    cases.edit(one, case=theirs, values={theirs: {"place": "塘家"}})
    cases.edit(one, case=case, values={case: {"place": "东坑"}})
    go(district, one)
    go(district, far)
    go(district, other)
    everything = names(district)
    backup.restore()
    for _ in range(3):
        for station in (other, far):
            go(district, station)
    chain = {op for op in everything if op.startswith(case.partition(".")[0])}
    assert chain <= names(district), "all of the absent PC's chain is back without it"
    sound(district)
    assert go(district, one).error is None
    sound(district)


def test_a_pc_reported_lost_stays_lost(district: District, two: tuple[Station, Station]) -> None:
    """A backup knows nothing of a theft that came after it; the stations do."""
    thief, other = two
    backup = Backup(district)
    register(thief)
    go(district, thief)
    devices.revoke(district.server, device=thief.store.device, reason="遗失")
    go(district, other)
    backup.restore()
    assert district.count("SELECT count(*) FROM device WHERE revoked = 1") == 0
    go(district, other)
    assert district.count("SELECT count(*) FROM device WHERE revoked = 1 AND reason = '遗失'") == 1
    outcome = syncing.run(thief, transport=district.line)
    assert outcome.error is not None
    assert outcome.error.code == "E-109"
    sound(district)


def test_a_clone_that_goes_on_between_hello_and_pull_leaves_no_hole(
    district: District, two: tuple[Station, Station], tmp_path: Path
) -> None:
    one, _ = two
    twin = copy.copy(one)
    twin.store = Store(copied(one, tmp_path / "twin"), one.store.key)
    line = FaultyLine(district.line)

    def between(path: str, number: int, answer: Answer) -> Answer:
        if path == "/v1/hello" and number == 1:
            register(one)
            go(district, one)
        return answer

    line.after = between
    register(twin)
    assert syncing.run(twin, transport=line).error is None
    cursor = twin.store.con.execute("SELECT cursor FROM cursor").fetchone()[0]
    with district.server.storage.read() as tx:
        rows = tx.rows(
            "SELECT inst, seq FROM op WHERE stream = 'dongkeng' AND rev <= ? AND origin IN (0, 1)", (cursor,)
        )
    there = {f"{inst}.{seq}" for inst, seq in rows}
    here = twin.store.con.execute(
        "SELECT i.inst || '.' || (o.id & 4294967295) FROM op o JOIN inst i ON i.no = o.id >> 32"
    ).fetchall()
    assert there <= {str(r[0]) for r in here}
    assert consistency.check(twin.store) == []
    twin.store.close()
