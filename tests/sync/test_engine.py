"""The engine against a real server over a line that breaks: nothing lost, nothing doubled, nothing taken unproved."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sync.client import engine
from sync.client.engine import Outcome, Progress
from sync.client.ledger import Mark
from sync.client.transport import Answer
from sync.contract.chain import opening_head
from sync.contract.errors import KnownError
from tests.support.district import District, FaultyLine, broken
from tests.support.fake_ledger import FakeLedger

HTML = Answer(200, {"content-type": "text/html; charset=utf-8"}, b"<html>login</html>")


def travel(district: District, ledger: FakeLedger, line: FaultyLine | None = None, **more: object) -> Outcome:
    """One round."""
    return engine.run(ledger, line or district.line, clock=district.clock, **more)  # type: ignore[arg-type]  # options of run


def sound(district: District, *ledgers: FakeLedger) -> None:
    """The server holds each op once, in gap-free streams, and each ledger's marks are on its own chain."""
    assert district.count("SELECT count(*) FROM op") == district.count(
        "SELECT count(*) FROM (SELECT DISTINCT inst, seq FROM op)"
    )
    assert district.count("SELECT count(*) FROM op") == district.count("SELECT sum(rev) FROM stream")
    for ledger in ledgers:
        for inst, mark in ledger.marks.items():
            assert inst not in ledger.chains or ledger.head_at(inst, mark.seq) == mark.head


def test_first_round_and_nothing_to_do(district: District) -> None:
    ledger = district.join("S1")
    ledger.new_case("甲")
    first = travel(district, ledger)
    assert (first.error, first.pushed, first.more) == (None, 1, False)
    travel(district, ledger)
    district.line.log.clear()
    idle = travel(district, ledger)
    assert idle.error is None
    assert not idle.changed
    assert idle.contact_ms == district.clock.now_ms()
    assert [path for path, _, _ in district.line.log] == ["/v1/hello"]
    assert district.line.log[0][1] <= 700
    sound(district, ledger)


def test_not_enrolled_asks_nobody(district: District) -> None:
    outcome = travel(district, FakeLedger())
    assert outcome.error is not None
    assert outcome.error.code == "E-107"
    assert not district.line.log


def test_several_starts_travel_in_order(district: District) -> None:
    ledger = district.join("S1")
    for number in range(3):
        ledger.restart()
        ledger.new_case(f"案{number}")
    assert travel(district, ledger).pushed == 3
    assert {m.seq for m in ledger.marks.values()} == {1}
    assert len(ledger.marks) == 3
    sound(district, ledger)


@pytest.mark.parametrize("point", range(1, 8))
@pytest.mark.parametrize("lost", ["request", "answer"])
def test_cut_anywhere_then_again(district: District, point: int, lost: str) -> None:
    """The line dies at the n-th request, before it arrives or after it was answered; the next round mends all."""
    one, two = district.join("S1"), district.join("S1")
    two.new_case("乙")
    travel(district, two)
    for number in range(3):
        one.new_case(f"案{number}")
        one.restart()
    line = FaultyLine(district.line)

    def before(path: str, number: int) -> Answer | None:
        if number >= point and lost == "request":
            raise broken(path)
        return None

    def after(path: str, number: int, answer: Answer) -> Answer:
        if number >= point and lost == "answer":
            raise broken(path)
        return answer

    line.before, line.after = before, after
    travel(district, one, line)
    sound(district, one)
    assert travel(district, one).error is None
    travel(district, two)
    sound(district, one, two)
    assert one.op_ids == two.op_ids
    assert one.state() == two.state()


@pytest.mark.parametrize("keep", [0, 1, 10, 100, 200])
def test_answer_cut_at_a_byte(district: District, keep: int) -> None:
    ledger, other = district.join("S1"), district.join("S1")
    other.new_case("乙")
    travel(district, other)
    line = FaultyLine(district.line)
    line.after = lambda path, n, a: replace(a, body=a.body[:keep]) if path == "/v1/pull" else a
    outcome = travel(district, ledger, line)
    assert outcome.error is not None
    assert outcome.error.code == "E-106"
    assert not ledger.others
    assert ledger.cursor == {}
    assert travel(district, ledger).error is None
    assert ledger.others


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/push", "/v1/pull"])
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (HTML, "E-104"),
        (Answer(302, {"location": "http://portal/"}, b""), "E-104"),
        (Answer(511, {}, b""), "E-104"),
        (Answer(407, {}, b""), "E-105"),
        (Answer(500, {"content-type": "text/plain"}, b"no"), "E-110"),
        (Answer(502, {"content-type": "text/html"}, b"<html>"), "E-110"),
        (Answer(503, {"retry-after": "30"}, b""), "E-115"),
        (Answer(429, {"retry-after": "7"}, b""), "E-115"),
        (Answer(413, {}, b""), "E-116"),
        (Answer(200, {"content-type": "application/vnd.gm-batch"}, b"\0\0\0\2{}"), "E-114"),
        (Answer(409, {"content-type": "application/problem+json"}, b"not json"), "E-110"),
        (Answer(400, {"content-type": "application/problem+json"}, b'{"code":"E-999"}'), "E-110"),
    ],
)
def test_wrong_answers(district: District, path: str, answer: Answer, code: str) -> None:
    """Each wrong answer is its own code, and leaves everything where it was."""
    ledger = district.join("S1")
    ledger.new_case("甲")
    line = FaultyLine(district.line)
    line.before = lambda asked, _: answer if asked == path else None
    outcome = travel(district, ledger, line)
    assert outcome.error is not None
    assert outcome.error.code == code
    if path == "/v1/push":
        assert ledger.marks == {}
    assert travel(district, ledger).error is None
    sound(district, ledger)


def test_asked_to_wait_says_how_long(district: District) -> None:
    ledger = district.join("S1")
    line = FaultyLine(district.line)
    line.before = lambda path, number: Answer(429, {"retry-after": "7"}, b"")
    outcome = travel(district, ledger, line)
    assert outcome.error is not None
    assert outcome.error.values["seconds"] == 7


def test_an_answer_to_another_request_is_not_believed(district: District) -> None:
    """A replayed, truly signed answer bears another counter."""
    ledger = district.join("S1")
    kept: list[Answer] = []
    line = FaultyLine(district.line)
    line.after = lambda path, number, answer: kept.append(answer) or answer  # type: ignore[func-returns-value]  # append gives None
    travel(district, ledger, line)
    line.before = lambda path, number: kept[0]
    outcome = travel(district, ledger, line)
    assert outcome.error is not None
    assert outcome.error.code == "E-114"


def test_restored_counter_is_stepped_over(district: District) -> None:
    ledger = district.join("S1")
    ledger.new_case("甲")
    travel(district, ledger)
    ledger.counter = 0
    assert travel(district, ledger).error is None
    assert ledger.counter > 3


def test_push_sent_twice_counts_once(district: District) -> None:
    """The answer of a push is lost: the server has the ops, the ledger does not know, nothing is doubled."""
    ledger = district.join("S1")
    ledger.new_case("甲")
    line = FaultyLine(district.line)

    def after(path: str, number: int, answer: Answer) -> Answer:
        if path == "/v1/push" and number == 2:
            raise broken()
        return answer

    line.after = after
    outcome = travel(district, ledger, line)
    assert outcome.error is None
    assert (outcome.pushed, outcome.duplicates) == (0, 1)
    assert district.count("SELECT count(*) FROM op WHERE case_rec <> ''") == 1
    sound(district, ledger)


def test_marks_that_run_ahead_are_taken_back(district: District) -> None:
    """A server restored from a backup says so in hello; what it lost is sent again."""
    ledger = district.join("S1")
    ledger.new_case("甲")
    travel(district, ledger)
    saved = dict(ledger.marks)
    ledger.new_case("乙")
    ledger.marks = {inst: Mark(2, ledger.head_at(inst, 2) or b"") for inst in saved}
    outcome = travel(district, ledger)
    assert outcome.error is None
    assert outcome.pushed == 1
    sound(district, ledger)


def test_gap_is_answered_with_what_is_expected(district: District) -> None:
    ledger = district.join("S1")
    ledger.new_case("甲")
    ledger.new_case("乙")
    line = FaultyLine(district.line)
    inst = ledger.inst
    real_set = ledger.set_acked
    # hello is not believed by this ledger: it goes on from a mark the server never confirmed
    ledger.set_acked = lambda marks, at_ms: None  # type: ignore[method-assign]  # a broken ledger
    ledger.marks = {inst: Mark(1, ledger.head_at(inst, 1) or b"")}
    outcome = travel(district, ledger, line)
    assert outcome.error is not None
    assert outcome.error.code == "E-112"
    assert line.paths.count("/v1/push") <= 4
    ledger.set_acked = real_set  # type: ignore[method-assign]  # mended
    assert travel(district, ledger).error is None
    sound(district, ledger)


def test_fork_is_never_overwritten(district: District) -> None:
    """Two PCs with one chain (a cloned disk that went on writing): the second keeps its ops and says E-112."""
    one = district.join("S1")
    one.new_case("甲")
    travel(district, one)
    clone = FakeLedger(link=one.link, private=one.private, seal=one.seal)
    clone.chains = {k: list(v) for k, v in one.chains.items()}
    clone.opened, clone.marks, clone.inst = dict(one.opened), dict(one.marks), one.inst
    clone.counter = one.counter
    one.new_case("乙")
    clone.new_case("丙")
    travel(district, one)
    outcome = travel(district, clone)
    assert outcome.error is not None
    assert outcome.error.code == "E-112"
    assert clone.marks[clone.inst].seq == 1
    assert len(clone.chains[clone.inst]) == 2
    sound(district, one)
    clone.restart()
    clone.new_case("丁")
    again = travel(district, clone)
    assert again.error is not None
    assert again.error.code == "E-112"
    assert again.pushed == 1


def test_restored_pc_gets_its_own_ops_back(district: District) -> None:
    ledger = district.join("S1")
    first = ledger.new_case("甲")
    travel(district, ledger)
    old = {k: list(v) for k, v in ledger.chains.items()}
    ledger.new_case("乙")
    ledger.restart()
    ledger.new_case("丙")
    travel(district, ledger)
    everything = set(ledger.op_ids)
    restored = FakeLedger(link=ledger.link, private=ledger.private, seal=ledger.seal, chains=old, counter=0)
    restored.opened = {inst: ledger.opened[inst] for inst in old}
    restored.new_case("丁")
    outcome = travel(district, restored)
    assert outcome.error is None
    assert outcome.pushed == 1
    assert everything <= restored.op_ids
    assert first in restored.state().records
    district.line.log.clear()
    assert travel(district, restored).error is None
    assert len(district.line.log) <= 2
    sound(district, restored)


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
    assert part.pulled + whole.pulled == 402
    assert [p.done for p in seen if p.phase == "pull"] == sorted(p.done for p in seen if p.phase == "pull")
    sound(district, ledger, other)


def test_progress_counts_to_the_total(district: District) -> None:
    ledger = district.join("S1")
    for number in range(50):
        ledger.new_case(f"案{number}")
    seen: list[Progress] = []
    travel(district, ledger, on_progress=seen.append, total=50)
    assert Progress("push", 50, 50) in seen


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
