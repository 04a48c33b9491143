"""Red pen: proposed with a reason, taken over in one act or left aside, never lost, never after a signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import text
from station_app.services import redline, signing, terms
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

BETTER = "李某于2026年12月1日前支付田志强8,400.00元。"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    made = wage_case(station)
    showcase_agreement(station, made)
    return made


def test_taken_over_in_one_act(station: Station, case: str) -> None:
    term = station.case(case).terms[0]
    redline.propose(station, case=case, term=term.id, words=BETTER, reason="写明日期")
    (waiting,) = redline.proposals(station.case(case))
    assert (waiting.old, waiting.new, waiting.stale) == (text(term, "text"), BETTER, False)
    assert text(station.case(case).terms[0], "text") == text(term, "text"), "nothing changes before it is taken over"
    again = redline.propose(station, case=case, term=term.id, words=BETTER, reason="写明日期")
    assert not again.ops
    redline.accept(station, case=case, proposal=waiting.rec)
    view = station.case(case)
    assert text(view.terms[0], "text") == BETTER
    assert text(view.terms[0], "source") == "typed"
    assert redline.proposals(view) == []
    assert [p.state for p in redline.proposals(view, closed=True)] == ["accepted"]
    assert consistency.check(station.store) == []


def test_left_aside_it_stays_in_the_history(station: Station, case: str) -> None:
    term = station.case(case).terms[1]
    redline.propose(station, case=case, term=term.id, words=BETTER, reason="更清楚")
    (waiting,) = redline.proposals(station.case(case))
    redline.reject(station, case=case, proposal=waiting.rec)
    view = station.case(case)
    assert text(view.terms[1], "text") == text(term, "text")
    assert [p.state for p in redline.proposals(view, closed=True)] == ["rejected"]
    with pytest.raises(KnownError) as gone:
        redline.accept(station, case=case, proposal=waiting.rec)
    assert gone.value.code == "E-223"


def test_a_term_changed_meanwhile_is_told(station: Station, case: str) -> None:
    term = station.case(case).terms[0]
    redline.propose(station, case=case, term=term.id, words=BETTER, reason="更清楚")
    terms.edit(station, case=case, term=term.id, words="另一种写法。")
    (waiting,) = redline.proposals(station.case(case))
    assert waiting.stale


@pytest.mark.parametrize(("words", "reason", "code"), [(" ", "因为", "E-216"), (BETTER, " ", "E-408")])
def test_empty_words_or_no_reason(station: Station, case: str, words: str, reason: str, code: str) -> None:
    term = station.case(case).terms[0]
    with pytest.raises(KnownError) as refused:
        redline.propose(station, case=case, term=term.id, words=words, reason=reason)
    assert refused.value.code == code


def test_nothing_after_a_signature(station: Station, case: str) -> None:
    term = station.case(case).terms[0]
    redline.propose(station, case=case, term=term.id, words=BETTER, reason="写明日期")
    (waiting,) = redline.proposals(station.case(case))
    worker = station.case(case).side("applicant")[0]
    signing.sign(station, case=case, role="party", manner="signed", party=worker.id)
    for act in (
        lambda: redline.accept(station, case=case, proposal=waiting.rec),
        lambda: redline.propose(station, case=case, term=term.id, words="再改。", reason="再改"),
    ):
        with pytest.raises(KnownError) as refused:
            act()
        assert refused.value.code == "E-401"


def test_the_change_is_shown_piece_by_piece() -> None:
    pieces = redline.marked("公司尽快付款。", "公司于12月1日前付款。")
    assert "".join(p for tag, p in pieces if tag != "in") == "公司尽快付款。"
    assert "".join(p for tag, p in pieces if tag != "out") == "公司于12月1日前付款。"
    assert ("out", "尽快") in pieces
