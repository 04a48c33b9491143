"""Push: exactly once, forks, gaps, rights, what cannot be applied."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sync.contract.op import Change
from sync.contract.wire import b64
from sync.server.admin import status
from sync.server.admin.devices import revoke
from sync.server.server import Server
from tests.server.support import Device, Face


def _count(server: Server, what: str = "op WHERE inst = ?", *values: Any) -> int:
    with server.storage.read() as tx:
        row = tx.row(f"SELECT count(*) FROM {what}", values)
    assert row is not None
    return int(row[0])


def test_a_push_is_stored_once_whatever_is_sent_again(server: Server, s1: Device) -> None:
    s1.case()
    s1.case("邻里纠纷")
    first = s1.push()
    again = s1.push(1, 2)
    assert (first["stored"], first["duplicates"]) == (2, 0)
    assert (again["stored"], again["duplicates"]) == (0, 2)
    assert first["acked"] == again["acked"] == {s1.inst: {"seq": 2, "head": b64(s1.heads()[-1])}}
    assert _count(server, "op WHERE inst = ?", s1.inst) == 2
    assert len(status.cases(server)) == 2


def test_an_overlap_is_cut(server: Server, s1: Device) -> None:
    for n in range(5):
        s1.case(f"第{n}件")
    s1.push(1, 3)
    assert s1.push(2, 5) | {"acked": 0} == {"acked": 0, "stored": 2, "duplicates": 2, "problems": []}
    assert s1.push(2, 2)["duplicates"] == 1
    assert _count(server, "op WHERE inst = ?", s1.inst) == 5


def test_the_same_push_at_once_counts_once(server: Server, s1: Device) -> None:
    for n in range(8):
        s1.case(f"第{n}件")
    twins = [Device(s1.face, "S1", key=s1.key, inst=s1.inst, chain=s1.chain) for _ in range(4)]
    for number, twin in enumerate(twins):
        twin.server_key, twin.counter = s1.server_key, 100 * (number + 1)

    def send(twin: Device) -> dict[str, Any]:
        for _ in range(20):
            answer = twin.push_answer(1, 8)
            if answer.status == 200:
                return {}
            twin.counter = int(answer.problem["counter"])
        raise AssertionError("never got through")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, twins))
    assert _count(server, "op WHERE inst = ?", s1.inst) == 8
    assert len(status.cases(server)) == 8


def test_another_history_is_refused_and_overwrites_nothing(server: Server, s1: Device) -> None:
    case = s1.case("真正的")
    s1.case("后一件")
    s1.push()
    clone = Device(s1.face, "S1", key=s1.key, inst=s1.inst, counter=s1.counter, server_key=s1.server_key)
    for n in range(3):
        clone.case(f"克隆{n}")
    answer = clone.push_answer(1, 3)
    assert (answer.status, answer.code) == (409, "E-112")
    clone.chain[:1] = s1.chain[:1]
    assert clone.push_answer(1, 3).code == "E-112"
    assert clone.push_answer(3, 3).code == "E-112", "the third op stands on another second one"
    assert case in {c["rec"] for c in status.cases(server)}
    assert {c["title"] for c in status.cases(server)} == {"真正的", "后一件"}


def test_an_incarnation_belongs_to_one_device(s1: Device, s2: Device) -> None:
    s1.case()
    s1.push()
    s2.inst = s1.inst
    s2.case()
    assert s2.push_answer().code == "E-112"


def test_a_gap_is_told_and_filled(server: Server, s1: Device) -> None:
    for n in range(4):
        s1.case(f"第{n}件")
    answer = s1.push(3, 4)
    assert answer["expected"] == {s1.inst: 1}
    assert answer["stored"] == 0
    s1.push(1, 1)
    assert s1.push(3, 4)["expected"] == {s1.inst: 2}
    s1.push(2, 4)
    assert _count(server, "op WHERE inst = ?", s1.inst) == 4


def test_a_new_incarnation_is_tied_to_the_one_before(s1: Device) -> None:
    s1.case()
    s1.push()
    s1.restart()
    s1.case("新的一天")
    assert s1.push()["stored"] == 1
    s1.restart()
    s1.before = bytes(32)
    s1.case()
    head, batch = s1.message(1, 1)
    head["opens"] = {s1.inst: b64(b"\1" * 32)}
    assert s1.post("/v1/push", head, batch).code == "E-114"


def test_a_certificate_that_does_not_hold_stores_nothing(server: Server, s1: Device) -> None:
    s1.case()
    head, batch = s1.message(1, 1)
    certificate = head["certificate"]
    assert isinstance(certificate, dict)
    certificate["signature"] = b64(bytes(64))
    answer = s1.post("/v1/push", head, batch)
    assert (answer.status, answer.code) == (401, "E-114")
    assert status.cases(server) == []


def test_a_batch_of_other_ops_than_certified_is_refused(s1: Device) -> None:
    s1.case()
    s1.case()
    head, _ = s1.message(1, 1)
    _, batch = s1.message(1, 2)
    assert s1.post("/v1/push", head, batch).code == "E-106"
    assert s1.post("/v1/push", s1.message(1, 2)[0], b"").code == "E-106"
    assert s1.post("/v1/push", {}, b"").code == "E-106"


def test_a_case_is_projected_and_edited(server: Server, s1: Device) -> None:
    case = s1.case(amount=13_146_000, labour=True)
    created = f"{s1.inst}.1"
    s1.push()
    s1.op(
        "accept",
        [Change(case, "case", {"state": "accepted", "accepted_at": "2026-11-20T09:05"}, {"state": [created]})],
        case=case,
    )
    s1.push()
    row = status.cases(server)[0]
    assert (row["station"], row["state"], row["amount"], row["labour"]) == ("S1", "accepted", 13_146_000, True)
    assert (row["applicants"], row["respondents"]) == ("田某", "某公司")
    assert row["accepted_at"] == "2026-11-20T09:05"


def test_two_edits_from_one_base_are_a_conflict_and_both_stay(server: Server, s1: Device) -> None:
    other = Device(s1.face, "S1")
    other.enrol()
    case = s1.case()
    created = f"{s1.inst}.1"
    s1.push()
    s1.op("edit", [Change(case, "case", {"title": "甲"}, {"title": [created]})], case=case)
    other.op("edit", [Change(case, "case", {"title": "乙"}, {"title": [created]})], case=case)
    s1.push()
    other.push()
    row = status.cases(server)[0]
    assert (row["title"], row["conflicts"]) == ("甲", 1)


def test_no_right_is_stored_listed_and_taken_out_by_a_verdict(server: Server, s1: Device, s2: Device) -> None:
    case = s1.case("原标题")
    s1.push()
    s2.op("edit", [Change(case, "case", {"title": "越权"}, {"title": [f"{s1.inst}.1"]})], case=case)
    answer = s2.push()
    assert answer["problems"] == [{"op": f"{s2.inst}.1", "code": "E-407"}]
    assert answer["stored"] == 1
    assert status.cases(server)[0]["title"] == "原标题"
    assert [p["op"] for p in status.problems(server)] == [f"{s2.inst}.1"]
    verdicts = [op for op in s1.pull().ops if op.header.verb == "verdict"]
    assert len(verdicts) == 1
    assert (verdicts[0].header.compartment, verdicts[0].header.case) == ("reference", case)
    assert f"{s2.inst}.1".encode() in (verdicts[0].body or b"")
    assert b'"answer":"no"' in (verdicts[0].body or b"")


def test_a_lifted_verdict_lets_the_op_count_again(server: Server, s1: Device, s2: Device) -> None:
    case = s1.case("原标题")
    s1.push()
    s2.op("edit", [Change(case, "case", {"title": "代为更正"}, {"title": [f"{s1.inst}.1"]})], case=case)
    s2.push()
    verdict = next(op for op in s1.pull().ops if op.header.verb == "verdict")
    s1.person("head")
    lift = Change(f"{verdict.id}.0", "verdict", {"answer": "lifted", "reason": "已核实"}, {"verdict": [verdict.id]})
    s1.op("settle", [lift], case=case, compartment="reference")
    assert s1.push()["problems"] == []
    assert status.cases(server)[0]["title"] == "代为更正"
    assert status.problems(server) == []


def test_a_mediator_cannot_lift_a_verdict(server: Server, s1: Device, s2: Device) -> None:
    case = s1.case()
    s1.push()
    s2.op("edit", [Change(case, "case", {"title": "越权"}, {"title": [f"{s1.inst}.1"]})], case=case)
    s2.push()
    verdict = next(op for op in s1.pull().ops if op.header.verb == "verdict")
    grant = Change(s1.rec(), "grant", {"station": "S2"})
    s1.op("grant", [grant], case=case)
    s1.push()
    s2.person("mediator")
    lift = Change(f"{verdict.id}.0", "verdict", {"answer": "lifted"}, {"verdict": [verdict.id]})
    s2.op("settle", [lift], case=case, compartment="reference")
    assert s2.push()["problems"] == [{"op": f"{s2.inst}.3", "code": "E-404"}]
    assert status.cases(server)[0]["title"] == "拖欠工资"


def test_a_role_that_may_not_is_told_so(s1: Device) -> None:
    case = s1.case()
    s1.person("recorder")
    s1.op("refuse", [Change(case, "case", {"state": "refused"}, {"state": [f"{s1.inst}.1"]})], case=case)
    assert s1.push()["problems"] == [{"op": f"{s1.inst}.3", "code": "E-404"}]


@pytest.mark.parametrize("kind", ["device", "receipt", "erasure"])
def test_kinds_of_the_server_are_not_taken_from_a_station(s1: Device, kind: str) -> None:
    s1.op("edit", [Change(s1.rec(), kind, {})], compartment="reference")
    assert s1.push()["problems"] == [{"op": f"{s1.inst}.1", "code": "E-404"}]


def test_old_versions_unknown_kinds_and_verbs_are_stored(server: Server, s1: Device) -> None:
    case = s1.case()
    s1.op("edit", [Change(s1.rec(), "hologram", {"colour": "blue"})], case=case)
    s1.op("teleport", [Change(case, "case", {"title": "新"}, {"title": [f"{s1.inst}.1"]})], case=case)
    answer = s1.push()
    assert answer["stored"] == 3
    assert [p["code"] for p in answer["problems"]] == ["E-113", "E-113"]
    assert not [op for op in s1.pull().ops if op.header.verb == "verdict"]


def test_a_malformed_clear_body_is_stored_and_judged(server: Server, s1: Device) -> None:
    case = s1.case()
    s1.op("edit", [Change(case, "case", {"amount": "很多"}, {"amount": []})], case=case)
    assert s1.push()["problems"] == [{"op": f"{s1.inst}.2", "code": "E-113"}]
    assert status.cases(server)[0]["amount"] is None


def test_a_revoked_device_hands_in_but_nobody_sees_it(server: Server, face: Face, s1: Device) -> None:
    other = Device(face, "S1")
    other.enrol()
    s1.case("之前")
    s1.push()
    revoke(server, device=s1.id, reason="电脑遗失")
    s1.case("之后")
    answer = s1.push()
    assert answer["stored"] == 1
    assert answer["problems"] == [{"op": f"{s1.inst}.2", "code": "E-109"}]
    assert s1.post("/v1/pull", {"stream": "dongkeng", "cursor": 0}).code == "E-109"
    assert s1.post("/v1/hello", {}).code == "E-109"
    assert f"{s1.inst}.2" not in other.everything()
    assert f"{s1.inst}.1" in other.everything()
    assert [c["title"] for c in status.cases(server)] == ["之前"]


def test_a_number_drawn_twice_is_flagged_and_both_stay(server: Server, s1: Device) -> None:
    other = Device(s1.face, "S1")
    other.enrol()
    key = {"committee": "光凤东坑", "kind": "case", "year": 2026, "series": "A", "n": 1, "text": "第A0001号"}
    for device in (s1, other):
        case = device.case()
        device.op("issue_paper", [Change(device.rec(), "number", {**key, "state": "used"})], case=case)
        device.push()
    assert status.status(server)["clashes"] == 2
    assert _count(server, "number_row WHERE clash = 1") == 2
    assert sum("重号" in str(p["detail"]) for p in status.problems(server)) == 2


def test_another_cases_records_are_not_rewritten(server: Server, s1: Device, s2: Device) -> None:
    case = s1.case()
    mark = s1.rec()
    values = {"paper": s1.rec(1), "template": "agreement", "version": 1, "pages": 2, "state": "issued"}
    s1.op("issue_paper", [Change(mark, "paper_mark", {**values, "number": "甲"})], case=case)
    s1.push()
    own = s2.rec()
    forged = Change(mark, "paper_mark", {**values, "number": "乙"}, {"number": [f"{s1.inst}.2"]})
    s2.op("register", [Change(own, "case", {"title": "自己的", "state": "registered"}), forged], case=own)
    s2.push()
    with server.storage.read() as tx:
        assert tx.rows("SELECT number FROM paper_mark") == [("甲",)]


def test_a_nul_in_a_text_blocks_nothing(server: Server, s1: Device) -> None:
    """PostgreSQL holds no NUL in a text: the op is kept as it is, its column without it."""
    s1.actor = "a\0b"
    s1.stream = "東\0"
    case = s1.case("标\0题")
    s1.stream = "dongkeng"
    s1.op(
        "add_person", [Change(s1.rec(), "person", {"name": "李\0明", "roles": ["mediator"]})], compartment="reference"
    )
    assert s1.push()["stored"] == 2
    assert [c["title"] for c in status.cases(server) if c["rec"] == case] == ["标题"]
    assert {f"{s1.inst}.1", f"{s1.inst}.2"} <= set(s1.everything())
    assert s1.post("/v1/pull", {"stream": "x\0", "cursor": 0}).code in ("E-106", "E-407")
    assert s1.post("/v1/hello", {"inst": "\0"}).status == 200
