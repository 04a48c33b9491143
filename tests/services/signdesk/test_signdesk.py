"""The sign desk: each worker's own agreement and one for all, signed one by one or together, sealed, paid, listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.domain.case import number, text
from station_app.services import papers, performance, sessions
from station_app.services.paperwork import bulk
from station_app.services.signdesk import board, mass
from station_app.services.signdesk.desk import Desk, desk
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.test_bulk import group_case
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = make_station(tmp_path / "data").station
    yield station
    assert consistency.check(station.store) == []
    station.store.close()


@pytest.fixture
def each(station: Station) -> str:
    """Eight workers, two companies, an agreement for each worker, issued."""
    case = group_case(station)
    bulk.issue_many(station, bulk.each_worker(station, case=case))
    return case


def states(found: Desk) -> list[str]:
    return [row.state for row in found.rows]


def test_each_worker_signs_his_own_and_a_company_all(station: Station, each: str) -> None:
    found = desk(station, case=each)
    workers, companies = found.rows[2:], found.rows[:2]
    assert (found.each, found.total, found.issued, len(workers)) == (True, 8, 8, 8)
    assert [(r.agreements, r.person) for r in companies] == [(8, False)] * 2
    assert [r.agreements for r in workers] == [1] * 8
    assert sum(r.amount for r in workers) == number(station.case(each).agreement, "total")
    assert all(len(r.tail) == 4 for r in workers)
    mass.sign_one(station, case=each, party=workers[0].party, on="2026-11-20", witness="陈晓")
    mass.sign_one(station, case=each, party=companies[0].party)
    after = desk(station, case=each)
    assert after.rows[2].state == "signed"
    assert (after.rows[0].state, after.rows[0].signed) == ("signed", 8)
    assert after.rows[3].state == "waiting"
    acts = [s for s in station.case(each).kind("signature") if text(s, "party") == workers[0].party]
    assert [(text(s, "witness"), text(s, "manner"), text(s, "on")) for s in acts] == [
        ("陈晓", "signed_fingerprint", "2026-11-20")
    ]
    assert station.case(each).case_state == "agreed"


def test_all_signed_on_one_day_before_one_witness_then_sealed(station: Station, each: str) -> None:
    """Who refused stays as he is; the committee seals only what everybody signed, and its use is noted."""
    first = desk(station, case=each).rows[2]
    mass.sign_one(station, case=each, party=first.party, manner="refused")
    told: list[tuple[int, int]] = []
    done = mass.sign_all(station, case=each, on="2026-11-20", witness="陈晓", progress=lambda *n: told.append(n))
    assert (done.agreements, done.acts, told) == (8, 7 + 2 * 8, [(8, 8)])
    assert states(desk(station, case=each)) == ["signed"] * 2 + ["refused"] + ["signed"] * 7
    sealed = mass.seal(station, case=each, approved_by="李明")
    assert sealed.agreements == 7
    assert desk(station, case=each).committee == 7
    assert station.case(each).case_state == "agreed", "one worker has not signed"
    (use,) = station.case(each).kind("seal_use")
    copies = sum(number(p, "copies") for p in station.case(each).papers if text(p, "template") == "agreement")
    assert (text(use, "title"), text(use, "approved_by"), text(use, "seal")) == ("人民调解协议书", "李明", "committee")
    assert number(use, "copies") == copies * 7 // 8
    mass.sign_one(station, case=each, party=first.party)
    mass.seal(station, case=each)
    assert station.case(each).case_state == "effective"
    assert board.of(station, each) == []


def test_nobody_left_and_nothing_to_seal_are_said(station: Station, each: str) -> None:
    with pytest.raises(KnownError) as refused:
        mass.seal(station, case=each)
    assert refused.value.code == "E-387"
    mass.sign_all(station, case=each)
    for act in (
        lambda: mass.sign_all(station, case=each),
        lambda: mass.sign_one(station, case=each, party=_first(station, each)),
    ):
        with pytest.raises(KnownError) as refused:
            act()
        assert refused.value.code == "E-386"


def _first(station: Station, case: str) -> str:
    return desk(station, case=case).rows[2].party


def test_a_large_group_is_signed_in_parts_and_stopped_between(
    station: Station, each: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "AT_ONCE", 3)
    told: list[tuple[int, int]] = []
    first = mass.sign_all(station, case=each, progress=lambda *n: told.append(n), cancelled=lambda: True)
    assert (first.stopped, first.agreements, told) == (True, 3, [(3, 8)])
    second = mass.sign_all(station, case=each)
    assert (second.stopped, second.agreements) == (False, 5)
    assert set(states(desk(station, case=each))) == {"signed"}
    froze = [s for s in station.case(each).kind("signature") if s.get("froze")]
    assert len(froze) == 8, "the first act on each agreement freezes it"


def test_one_agreement_for_all_stands_on_the_same_desk(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    found = desk(station, case=case)
    assert (found.each, found.total, len(found.rows)) == (False, 1, 19)
    assert [w.waits for w in board.waiting(station)] == ["unsigned"]
    mass.sign_one(station, case=case, party=found.rows[5].party)
    (line,) = board.waiting(station)
    assert (line.waits, line.signed, line.total, len(line.who)) == ("other", 1, 19, 18)
    mass.sign_all(station, case=case)
    assert [(w.waits, w.who) for w in board.waiting(station)] == [("seal", ())]
    assert board.waiting(station, kind="unsigned") == []
    mass.seal(station, case=case)
    assert board.waiting(station) == []
    assert station.case(case).case_state == "effective"


def test_an_agreement_may_wait_on_two_lists(station: Station, each: str) -> None:
    rows = desk(station, case=each).rows
    for row in (*rows[:2], rows[2]):
        mass.sign_one(station, case=each, party=row.party)
    found = board.waiting(station)
    assert [(w.waits, w.agreements) for w in found] == [("other", 7), ("seal", 1)]
    assert found[0].who == tuple(r.name for r in rows[3:])


def test_payments_of_each_instalment_show_on_his_row(station: Station, each: str) -> None:
    mass.sign_all(station, case=each)
    mass.seal(station, case=each)
    found = desk(station, case=each)
    (duty,) = found.instalments
    first, second = found.rows[2:4]
    performance.pay(station, case=each, obligation=duty.rec, parties={first.party: first.amount}, note="收条1")
    performance.pay(station, case=each, obligation=duty.rec, parties={second.party: second.amount}, outcome="failed")
    after = desk(station, case=each)
    assert [r.state for r in after.rows[2:5]] == ["kept", "signed", "signed"]
    assert [d.failed for d in after.rows[3].dues] == [True]
    performance.pay(station, case=each, obligation=duty.rec)
    assert {r.state for r in desk(station, case=each).rows[2:]} == {"kept"}
    assert station.case(each).case_state == "performed"


def test_no_signature_after_a_refusal_of_mediation(station: Station, each: str) -> None:
    sessions.consent(station, case=each, applicant="agreed", respondent="refused")
    with pytest.raises(KnownError) as refused:
        mass.sign_all(station, case=each)
    assert refused.value.code == "E-403"
    assert station.case(each).kind("signature") == []


def test_a_day_to_come_is_refused_whole(station: Station, each: str) -> None:
    with pytest.raises(KnownError) as refused:
        mass.sign_all(station, case=each, on="2031-01-01")
    assert refused.value.code == "E-209"
    assert station.case(each).kind("signature") == []


def test_a_withdrawn_signature_is_waited_for_again(station: Station, each: str) -> None:
    mass.sign_all(station, case=each)
    mass.take_back(station, case=each, party=_first(station, each), reason="登记错误")
    assert desk(station, case=each).rows[2].state == "waiting"
    company = desk(station, case=each).rows[0].party
    mass.take_back(station, case=each, party=company, reason="盖错章")
    assert (desk(station, case=each).rows[0].signed, desk(station, case=each).rows[1].signed) == (0, 8)
    with pytest.raises(KnownError) as refused:
        mass.take_back(station, case=each, party=company, reason="盖错章")
    assert refused.value.code == "E-223"
