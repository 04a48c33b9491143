"""The engine against a real server over a line that breaks: nothing lost, nothing doubled, nothing taken unproved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sync.client.ledger import Mark
from sync.client.transport import Answer
from tests.support.district import District, FaultyLine, broken
from tests.support.fake_ledger import FakeLedger
from tests.sync.rounds import sound, travel

HTML = Answer(200, {"content-type": "text/html; charset=utf-8"}, b"<html>login</html>")


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


def test_a_hello_without_news_is_short_and_still_hears_everything(district: District) -> None:
    """Whatever changes on either side, or a server that was started anew, brings the whole answer at once."""
    one, two = district.join("S1"), district.join("S1")
    for ledger in (one, two, one, two):
        travel(district, ledger)
    assert travel(district, one).traffic.out < 100
    for number in range(3):
        two.new_case(f"新案{number}")
    travel(district, two)
    assert travel(district, one).pulled == 3
    travel(district, one)
    assert travel(district, one).traffic.out < 100
    district.server.greeted.clear()
    asked = travel(district, one)
    assert (asked.error, asked.traffic.requests) == (None, 2)
    assert travel(district, one).traffic.requests == 1
    district.clock.advance(seconds=90)
    assert travel(district, one).server_ms == district.clock.now_ms()
