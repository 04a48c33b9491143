"""Signing: the first act freezes, the last brings the agreement into effect; payments, ruling and visits after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from station_app.clock import FixedClock, shanghai_time
from station_app.domain.case import number, text
from station_app.domain.sentences import note
from station_app.services import (
    agreements,
    cases,
    confirmation,
    people,
    performance,
    roster,
    sessions,
    signing,
    terms,
    undo,
)
from station_app.services.people import Created, NewPerson
from station_app.services.signing import Signer
from station_app.services.station import Station, User
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import CONTRACTOR, LABOUR, party_of, showcase_agreement, wage_case

DAY = "2026-11-24"


@pytest.fixture
def created(tmp_path: Path) -> Created:
    return make_station(tmp_path / "data")


@pytest.fixture
def station(created: Created) -> Station:
    return created.station


def at(station: Station, moment: str) -> None:
    """Move the clock to a moment of Shanghai."""
    assert isinstance(station.clock, FixedClock)
    start = shanghai_time(0)
    station.clock.set(start.fromisoformat(moment + "+08:00"))


def everybody(station: Station, case: str) -> list[Signer]:
    return [
        Signer(
            "party", "signed_fingerprint" if p.is_person else "signed_sealed", p.id, seal="" if p.is_person else "公章"
        )
        for p in station.case(case).parties
    ]


def in_effect(station: Station) -> str:
    """The showcase, signed by all on 2026-11-24."""
    case = wage_case(station)
    showcase_agreement(station, case)
    at(station, f"{DAY}T16:40")
    signing.sign_many(station, case=case, signers=everybody(station, case))
    signing.sign(station, case=case, role="mediator", manner="signed")
    signing.sign(station, case=case, role="committee", manner="sealed")
    return case


def test_effect_comes_with_the_last_act(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    at(station, f"{DAY}T09:30")
    workers = everybody(station, case)[2:]
    signing.sign_many(station, case=case, signers=[Signer(w.role, w.manner, w.party) for w in workers])
    view = station.case(case)
    assert (view.case_state, view.sealed) == ("agreed", True)
    assert view.get("resolved_at") == f"{DAY}T09:30"
    assert [p.name for p in signing.status(station, case=case).waiting] == [LABOUR, CONTRACTOR]
    for name in (LABOUR, CONTRACTOR):
        party = party_of(station, case, name)
        signing.sign(station, case=case, role="party", manner="sealed", party=party, seal="公章", at=f"{DAY}T15:20")
    signing.sign(station, case=case, role="mediator", manner="signed", on=DAY)
    assert station.case(case).case_state == "agreed"
    at(station, "2026-11-25T08:10")
    signing.sign(station, case=case, role="committee", manner="sealed", on="2026-11-25")
    status = signing.status(station, case=case)
    assert station.case(case).case_state == "effective"
    assert (status.effective_on, status.waiting) == ("2026-11-25", [])
    assert status.deadline is not None
    assert status.deadline.raw.isoformat() == "2026-12-25"
    line = station.case(case).kind("sum_line")[0]
    assert (number(line, "agreed"), number(line, "payees")) == (13_146_000, 17)
    assert consistency.check(station.store) == []


def test_the_last_day_to_apply_in_the_showcase(station: Station) -> None:
    deadline = signing.status(station, case=in_effect(station)).deadline
    assert deadline is not None
    assert (deadline.shifted.isoformat(), deadline.moved) == ("2026-12-24", False)


def test_what_was_signed_is_not_changed(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    view = station.case(case)
    first = view.side("applicant")[0]
    signing.sign(station, case=case, role="party", manner="signed_fingerprint", party=first.id)
    assert first.identity is not None
    rows = roster.preview(station, data="姓名,欠发(元)\n王五,100").rows
    attempts: list[Any] = [
        lambda: agreements.set_obligations(station, case=case, rows=[]),
        lambda: agreements.edit(station, case=case, values={"total": 1}),
        lambda: terms.generate(station, case=case),
        lambda: terms.add(station, case=case, words="另有约定。"),
        lambda: terms.edit(station, case=case, term=view.terms[0].id, words="改写。"),
        lambda: cases.edit(station, case=case, values={first.identity.id: {"phone": "13900000002"}}),
        lambda: roster.import_rows(station, case=case, rows=rows),
    ]
    before = len(station.store.ops_of(case))
    for attempt in attempts:
        with pytest.raises(KnownError, match="E-401"):
            attempt()
    assert len(station.store.ops_of(case)) == before


def test_the_first_signature_names_the_ops_it_froze(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    party = station.case(case).parties[0].id
    signing.sign(station, case=case, role="party", manner="absent", party=party)
    assert not station.case(case).sealed
    signing.sign(station, case=case, role="party", manner="signed_fingerprint", party=party)
    second = station.case(case).parties[1].id
    signing.sign(station, case=case, role="party", manner="signed_fingerprint", party=second)
    froze = [s.get("froze") for s in station.case(case).signatures]
    made = {op.id for op in station.store.ops_of(case) if op.verb in ("register", "import_roster", "edit")}
    assert froze[0] is None
    assert froze[2] is None
    assert isinstance(froze[1], list)
    assert set(froze[1]) <= made
    assert len(froze[1]) == 5
    assert station.store.con.execute("SELECT count(*) FROM problem").fetchone()[0] == 0


@pytest.mark.parametrize("day", ["2024-05-31", "2027-06-01"])
def test_a_mediator_without_appointment_on_that_day(station: Station, day: str) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    if day > "2026-11-20":
        at(station, "2027-06-02T09:00")
    with pytest.raises(KnownError, match="E-402"):
        signing.sign(station, case=case, role="mediator", manner="signed", on=day)
    assert station.case(case).signatures == []


def test_somebody_never_appointed(created: Created) -> None:
    station = created.station
    people.add_person(station, person=NewPerson("王某", ("mediator",)))
    grid_worker = next(p.id for p in people.people(station) if text(p, "name") == "王某")
    case = wage_case(station)
    showcase_agreement(station, case)
    with pytest.raises(KnownError, match="E-402") as caught:
        signing.sign(station, case=case, role="mediator", manner="signed", person=grid_worker)
    assert caught.value.values["name"] == "王某"


def test_what_cannot_be_signed(station: Station) -> None:
    case = wage_case(station)
    with pytest.raises(KnownError, match="E-223"):
        signing.sign(station, case=case, role="mediator", manner="signed")
    agreements.make(station, case=case)
    for record in station.case(case).terms:
        terms.remove(station, case=case, term=record.id)
    with pytest.raises(KnownError, match="E-213"):
        signing.sign(station, case=case, role="mediator", manner="signed")
    terms.add(station, case=case, words="另行协商。")
    with pytest.raises(KnownError, match="E-211"):
        signing.sign(station, case=case, role="party", manner="signed", party="00000000000000ff.1.0")
    with pytest.raises(KnownError, match="E-209"):
        signing.sign(station, case=case, role="mediator", manner="signed", on="2026-11-21")
    sessions.consent(station, case=case, respondent="refused")
    with pytest.raises(KnownError, match="E-403"):
        signing.sign(station, case=case, role="committee", manner="sealed")


def test_warnings_refuse_nothing(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    worker = station.case(case).side("applicant")[0].id
    company = party_of(station, case, LABOUR)

    def keys(signer: Signer) -> list[str]:
        found = signing.warnings(station, case=case, signer=signer)
        assert all(note(n.key, **n.values).endswith("。") for n in found)
        return [n.key for n in found]

    assert keys(Signer("party", "fingerprint", worker)) == ["sign.fingerprint_alone"]
    assert keys(Signer("party", "signed_fingerprint", worker)) == []
    assert keys(Signer("party", "sealed", company, seal="project")) == ["sign.seal"]
    assert keys(Signer("party", "sealed", company, seal="official")) == []
    assert keys(Signer("party", "signed", company)) == ["sign.unsealed"]
    assert keys(Signer("agent", "signed", worker, name="何斌")) == ["sign.agent_general"]
    signing.sign(station, case=case, role="party", manner="fingerprint", party=worker, witness="陈晓")
    assert station.case(case).sealed


def test_a_recorder_takes_signatures_and_the_steps_follow_under_that_verb(created: Created) -> None:
    station = created.station
    case = wage_case(station)
    showcase_agreement(station, case)
    desk = Station(station.store, station.clock, User(created.people["陈晓"], "陈晓", ("recorder",)))
    signing.sign_many(desk, case=case, signers=everybody(desk, case))
    signing.sign(desk, case=case, role="mediator", manner="signed", person=created.people["李明"])
    signing.sign(desk, case=case, role="committee", manner="sealed")
    assert desk.case(case).case_state == "effective"
    own = [op.verb for op in station.store.ops_of(case) if op.actor == created.people["陈晓"]]
    assert set(own) == {"sign"}


def test_a_signature_recorded_by_mistake(station: Station) -> None:
    case = in_effect(station)
    last = station.case(case).signatures[-1].id
    with pytest.raises(KnownError, match="E-408"):
        signing.void_signature(station, case=case, signature=last, reason=" ")
    signing.void_signature(station, case=case, signature=last, reason="尚未盖章")
    view = station.case(case)
    assert (view.case_state, view.sealed) == ("agreed", True)
    assert number(view.kind("sum_line")[0], "agreed") == 0
    first = view.signatures[0].id
    signing.void_signature(station, case=case, signature=first, reason="登记错误")
    assert station.case(case).signatures[0].get("froze")
    for signature in list(station.case(case).signatures):
        signing.void_signature(station, case=case, signature=signature.id, reason="登记错误")
    assert not station.case(case).sealed
    agreements.edit(station, case=case, values={"copies": 22})


def test_a_supplement_is_made_after_the_signature(station: Station) -> None:
    case = in_effect(station)
    first = station.case(case).agreement
    assert first is not None
    agreements.make(station, case=case, values={"form": "supplement"})
    second = station.case(case).agreement
    assert second is not None
    assert second.id != first.id
    old_term = next(r for r in station.case(case).kind("term") if text(r, "agreement") == first.id)
    with pytest.raises(KnownError, match="E-401"):
        cases.edit(station, case=case, values={old_term.id: {"text": "改写。"}})


# -- after it -------------------------------------------------------------------------------------------------------


def test_payments_one_failed_and_corrected_then_performed(station: Station) -> None:
    case = in_effect(station)
    first, second = (o.id for o in station.case(case).obligations)
    workers = station.case(case).side("applicant")
    at(station, "2026-12-01T17:00")
    owing = {d.party: d.left for d in performance.dues(station, case=case) if d.obligation == first}
    assert sum(owing.values()) == 7_146_000
    unlucky = workers[4].id
    paid = {p: fen for p, fen in owing.items() if p != unlucky}
    performance.pay(station, case=case, obligation=first, parties=paid)
    performance.pay(
        station, case=case, obligation=first, parties={unlucky: owing[unlucky]}, outcome="failed", note="账号有误"
    )
    due = next(d for d in performance.dues(station, case=case) if (d.obligation, d.party) == (first, unlucky))
    assert (due.failed, due.left) == (True, owing[unlucky])
    at(station, "2026-12-02T10:00")
    performance.pay(station, case=case, obligation=first)
    assert station.case(case).performed(station.case(case).obligations[0]) == 7_146_000
    assert station.case(case).case_state == "effective"
    at(station, "2026-12-31T12:00")
    last = performance.pay(station, case=case, obligation=second)
    view = station.case(case)
    assert view.case_state == "performed"
    assert number(view.kind("sum_line")[0], "performed") == 13_146_000
    assert performance.pay(station, case=case, obligation=second).ops == ()
    undo.undo(station, last)
    assert station.case(case).case_state == "effective"
    assert consistency.check(station.store) == []


def test_a_transfer_that_came_back_later(station: Station) -> None:
    case = in_effect(station)
    first = station.case(case).obligations[0].id
    performance.pay(station, case=case, obligation=first)
    record = station.case(case).kind("performance")[0]
    performance.correct(station, case=case, performance=record.id, values={"outcome": "failed"})
    assert sum(d.left for d in performance.dues(station, case=case) if d.obligation == first) == number(
        record, "amount"
    )
    with pytest.raises(KnownError, match="E-211"):
        performance.pay(station, case=case, obligation=first, parties={party_of(station, case, LABOUR): 1})
    with pytest.raises(KnownError, match="E-223"):
        performance.pay(station, case=case, obligation=case)


def test_confirmation_and_its_ruling(station: Station) -> None:
    case = in_effect(station)
    at(station, "2026-11-25T10:30")
    confirmation.apply(station, case=case, mode="video")
    record = station.case(case).kind("confirmation")[0]
    assert (record.get("last_day"), record.get("court")) == ("2026-12-24", "深圳市光明区人民法院")
    confirmation.rule(station, case=case, result="supplement", reason="补充账户信息")
    assert station.case(case).case_state == "confirming"
    confirmation.rule(station, case=case, result="valid", ruling_no="（2026）粤0311诉前调确1号")
    view = station.case(case)
    assert view.case_state == "confirmed"
    assert view.get("confirmed_at") == "2026-11-25T10:30"
    assert view.kind("confirmation")[0].get("result") == "valid"


def test_a_refused_confirmation_needs_its_ground(station: Station) -> None:
    case = in_effect(station)
    with pytest.raises(KnownError, match="E-223"):
        confirmation.rule(station, case=case, result="valid")
    confirmation.apply(station, case=case)
    with pytest.raises(KnownError, match="E-408"):
        confirmation.rule(station, case=case, result="rejected")
    confirmation.rule(station, case=case, result="rejected", reason="内容不明确")
    assert station.case(case).case_state == "not_confirmed"
    assert station.case(case).get("state_reason") == "内容不明确"


def test_nothing_to_confirm_before_effect(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    with pytest.raises(KnownError, match="E-405"):
        confirmation.apply(station, case=case)
    assert station.case(case).kind("confirmation") == []


def test_visits_are_recorded_and_closed_with_the_last(station: Station) -> None:
    case = in_effect(station)
    worker = station.case(case).side("applicant")[0].id
    performance.visit(station, case=case, values={"party": worker, "manner": "电话", "performed": "full"})
    assert station.case(case).case_state == "effective"
    performance.visit(station, case=case, values={"party": worker, "manner": "电话", "performed": "full"}, last=True)
    view = station.case(case)
    assert view.case_state == "visited"
    assert view.kind("visit")[0].get("visitor") == station.user.person
