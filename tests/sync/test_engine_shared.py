"""What several stations see of each other, and rounds that end early: grants, conflicts, rights, files, cancelling."""

from __future__ import annotations

import json
from dataclasses import replace

from sync.client.engine import Progress
from sync.client.ledger import Mark
from sync.client.transport import Answer
from sync.contract.chain import opening_head
from sync.contract.errors import KnownError
from tests.support.district import District, FaultyLine, broken
from tests.sync.rounds import sound, travel


def test_cancel_between_batches_then_go_on(district: District) -> None:
    ledger, other = district.join("S1"), district.join("S1")
    for number in range(400):
        ledger.new_case("案件" * 400 + str(number))
    calls = iter(range(100))
    stopped = travel(district, ledger, cancel=lambda: next(calls) >= 2)
    assert stopped.error is None
    assert stopped.more
    assert 0 < stopped.pushed < 400
    assert next(iter(ledger.marks.values())).seq == stopped.pushed
    rest = travel(district, ledger)
    assert stopped.pushed + rest.pushed == 400
    assert not rest.more
    seen: list[Progress] = []
    part = travel(district, other, cancel=lambda: bool(other.others))
    assert part.more
    assert 0 < part.pulled < 400
    whole = travel(district, other, on_progress=seen.append)
    everything = district.count("SELECT count(*) FROM op WHERE stream = 'dongkeng'")
    assert part.pulled + whole.pulled == everything
    assert [p.done for p in seen if p.phase == "pull"] == sorted(p.done for p in seen if p.phase == "pull")
    sound(district, ledger, other)


def test_progress_counts_to_the_total(district: District) -> None:
    ledger = district.join("S1")
    for number in range(50):
        ledger.new_case(f"案{number}")
    seen: list[Progress] = []
    travel(district, ledger, on_progress=seen.append, total=50)
    assert ("push", 50, 50) in [(p.phase, p.done, p.total) for p in seen]
    carried = [p.out + p.into for p in seen]
    assert carried == sorted(carried)
    assert carried[-1] > 1000


def test_cursor_moves_only_with_its_page(district: District) -> None:
    ledger, other = district.join("S1"), district.join("S1")
    other.new_case("乙")
    travel(district, other)
    ledger.fail_apply = True
    outcome = travel(district, ledger)
    assert outcome.error is not None
    assert outcome.error.code == "E-503"
    assert ledger.cursor == {}
    assert not ledger.others
    ledger.fail_apply = False
    assert travel(district, ledger).error is None
    assert ledger.others


def test_batches_shrink_when_the_line_breaks(district: District) -> None:
    ledger = district.join("S1")
    for number in range(60):
        ledger.new_case("长" * 1500 + str(number))
    sizes: list[int] = []
    line = FaultyLine(district.line)
    real = district.line.post

    def post(path: str, headers: dict[str, str], body: bytes, *, limit: int) -> Answer:
        if path == "/v1/push":
            sizes.append(int(headers["X-GM-Length"]))
            if len(sizes) == 1:
                raise broken()
        return real(path, headers, body, limit=limit)

    line.inner.post = post  # type: ignore[method-assign,assignment]  # a line that loses the first batch
    assert travel(district, ledger, line).error is None
    assert sizes[1] < sizes[0]
    sound(district, ledger)


def test_grant_brings_history_then_follows(district: District) -> None:
    one, two, three = district.join("S1"), district.join("S2"), district.join("S3")
    case, private = one.new_case("甲"), one.new_case("本站")
    travel(district, one)
    for other in (two, three):
        travel(district, other)
        assert case not in other.state().records
    one.grant(case, "S2")
    one.grant(case, "S3")
    travel(district, one)
    for other in (two, three):
        assert travel(district, other).error is None
        assert case in other.state().records
        assert private not in other.state().records
    head = f"{case.rsplit('.', 1)[0]}"
    one.set_title(case, "甲（改）", [head])
    travel(district, one)
    for other in (two, three):
        travel(district, other)
        assert other.state().records[case].get("title") == "甲（改）"
        district.line.log.clear()
        travel(district, other)
        assert len(district.line.log) == 1


def test_conflict_is_the_same_everywhere_and_settles(district: District) -> None:
    one, two = district.join("S1"), district.join("S1")
    case = one.new_case("甲")
    travel(district, one)
    travel(district, two)
    base = [case.rsplit(".", 1)[0]]
    one.set_title(case, "一", base)
    two.set_title(case, "二", base)
    travel(district, two)
    travel(district, one)
    travel(district, two)
    assert one.state() == two.state()
    record = one.state().records[case]
    assert len(record.conflicts["title"]) == 2
    assert record.get("title") == "二"
    one.set_title(case, "一和二", [h.op for h in record.conflicts["title"]])
    travel(district, one)
    travel(district, two)
    assert two.state() == one.state()
    assert not two.state().records[case].conflicts


def test_op_without_right_is_kept_and_listed(district: District) -> None:
    one, two = district.join("S1"), district.join("S2")
    case = one.new_case("甲")
    travel(district, one)
    two.set_title(case, "别站", [case.rsplit(".", 1)[0]])
    outcome = travel(district, two)
    assert outcome.error is None
    assert outcome.problems == 1
    assert [p.code for p in two.refused] == ["E-407"]
    travel(district, one)
    assert one.state().records[case].get("title") == "甲"


def test_files_travel_once_and_only_within_the_case(district: District) -> None:
    one, two, other = district.join("S1"), district.join("S1"), district.join("S2")
    case = one.new_case("甲")
    one.blobs[case, "ab" * 16] = b"sealed bytes" * 1000
    assert travel(district, one).blobs_sent == 1
    assert travel(district, one).blobs_sent == 0
    two.wanted = [(case, "ab" * 16), (case, "cd" * 16)]
    outcome = travel(district, two)
    assert (outcome.error, outcome.blobs_received) == (None, 1)
    assert two.blobs[case, "ab" * 16] == one.blobs[case, "ab" * 16]
    assert two.wanted == []
    other.wanted = [(case, "ab" * 16)]
    assert travel(district, other).blobs_received == 0


def test_revoked_device_hands_in_what_it_holds(district: District) -> None:
    ledger = district.join("S1")
    ledger.new_case("甲")
    district.server.storage.write(lambda tx: tx.run("UPDATE device SET revoked = 1"))
    outcome = travel(district, ledger)
    assert outcome.error is not None
    assert outcome.error.code == "E-109"
    assert district.count("SELECT count(*) FROM op WHERE case_rec <> ''") == 1
    assert next(iter(ledger.marks.values())).seq == 1


def test_page_that_is_not_the_servers_is_refused(district: District) -> None:
    """The answer's signature holds, the certificate inside does not: a key of another server signed the page."""
    ledger, other = district.join("S1"), district.join("S1")
    other.new_case("乙")
    travel(district, other)
    assert ledger.link is not None
    ledger.link = replace(ledger.link, device="d-0000000000000000")
    outcome = travel(district, ledger)
    assert outcome.error is not None
    assert outcome.error.code == "E-114"
    assert not ledger.others


def test_new_epoch_reads_everything_again(district: District) -> None:
    ledger, other = district.join("S1"), district.join("S1")
    other.new_case("乙")
    travel(district, other)
    travel(district, ledger)
    district.server.storage.write(lambda tx: tx.run("UPDATE meta SET value = '2' WHERE key = 'epoch'"))
    before = set(ledger.op_ids)
    outcome = travel(district, ledger)
    assert outcome.error is None
    assert outcome.pulled == 0
    assert ledger.op_ids == before
    assert ledger.link is not None
    assert ledger.link.epoch == 2


def test_errors_of_known_kind_only(district: District) -> None:
    """The problem document's code and detail come through; nothing else of it is used."""
    ledger = district.join("S1")
    body = json.dumps({"code": "E-108", "detail": "x" * 1000, "title": "<b>"}).encode()
    line = FaultyLine(district.line)
    line.before = lambda path, number: Answer(400, {"content-type": "application/problem+json"}, body)
    error = travel(district, ledger, line).error
    assert isinstance(error, KnownError)
    assert error.code == "E-108"
    assert len(str(error.values["detail"])) == 200


def test_opening_is_bound_to_the_device(district: District) -> None:
    """An incarnation opened for another device does not pass."""
    ledger = district.join("S1")
    ledger.new_case("甲")
    ledger.opened[ledger.inst] = opening_head("d-other", ledger.inst, bytes(32))
    real = ledger.unsent

    def unsent(limit: int, beyond: dict[str, Mark]) -> object:
        out = real(limit, beyond)
        return None if out is None else type(out)(out.runs, {ledger.inst: bytes(32)})

    ledger.unsent = unsent  # type: ignore[method-assign,assignment]  # a ledger that lies
    outcome = travel(district, ledger)
    assert outcome.error is not None
    assert outcome.error.code == "E-114"
    assert district.count("SELECT count(*) FROM op WHERE case_rec <> ''") == 0
