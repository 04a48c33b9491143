"""Every step from every state: done where the table allows it, else refused with a plain sentence and nothing written.

Beside it the ways out of a case, the refusal of one side, recusal, and the paper each of them makes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.documents.preview import extract_text
from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.clocks.clock import State
from station_app.domain.sentences import sentence
from station_app.services import cases, clocks, papers, records, sessions
from station_app.services.cases import Values
from station_app.services.loop import exits, hand_offs, reopening
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.contract.states import ACCEPTED, MEDIATING, REFERRED, STATES, STEPS, may_step
from tests.support.stations import make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def at(station: Station, state: str) -> str:
    """A case that stands at a state, whichever way it came there."""
    case = cases.register(station, intake=wage_intake()).case
    with station.write("edit") as tx:
        record = station.case(case, tx).record
        tx.op("edit", "register", case=case).put(overwrite(record, {"state": state, "state_since": "2026-11-20T08:00"}))
    return case


def ops(station: Station) -> int:
    return int(station.store.con.execute("SELECT count(*) FROM op").fetchone()[0])


@pytest.mark.parametrize("state", STATES)
def test_every_step_from_a_state(station: Station, state: str) -> None:
    for verb, step in STEPS.items():
        case = at(station, state)
        before = ops(station)
        if may_step(verb, state):
            if step.reason:
                with pytest.raises(KnownError, match="E-408"):
                    cases.step(station, case=case, verb=verb)
                assert ops(station) == before
            cases.step(station, case=case, verb=verb, reason="依照规定")
            view = station.case(case)
            assert view.case_state == step.reaches
            if step.stamps:
                assert text(view.record, step.stamps)
            continue
        with pytest.raises(KnownError, match="E-405") as caught:
            cases.step(station, case=case, verb=verb, reason="依照规定")
        assert ops(station) == before, verb
        said = sentence(caught.value)
        assert codes.label("case_states", state) in said
        assert codes.label("verbs", verb) in said
        assert "没有作任何改动" in said
    assert consistency.check(station.store) == []


@pytest.mark.parametrize("kind", exits.KINDS)
@pytest.mark.parametrize("state", STATES)
def test_a_way_out_is_one_act_with_its_paper(station: Station, state: str, kind: str) -> None:
    case = at(station, state)
    before = ops(station)
    unit = "深圳市公安局光明分局"
    if not may_step("refer", state):
        with pytest.raises(KnownError, match="E-405"):
            exits.leave(station, case=case, kind=kind, to=unit, reason="涉嫌违法")
        assert ops(station) == before
        return
    exits.leave(station, case=case, kind=kind, to=unit, reason="涉嫌违法")
    view = station.case(case)
    assert view.case_state == REFERRED
    assert text(view.record, "state_reason") == f"转{codes.label('hand_off_kinds', kind)}（{unit}）：涉嫌违法"
    (record,) = view.kind("hand_off")
    assert text(record, "no") == "（2026）光凤东坑转字第A0001号"
    card = next(c for c in papers.list_papers(station, case=case) if c.template == "hand_off_sheet")
    assert card.applies
    hand_offs.accept(station, case=case, rec=record.id, by="值班民警")
    cases.step(station, case=case, verb="feed_back")


def test_a_way_out_that_cannot_be(station: Station) -> None:
    case = at(station, MEDIATING)
    wrong: list[tuple[str, dict[str, str]]] = [
        ("E-217", {"kind": "station", "to": "甲", "reason": "乙"}),
        ("E-216", {"kind": "police", "to": " ", "reason": "乙"}),
        ("E-216", {"kind": "police", "to": "甲", "reason": ""}),
        ("E-285", {"kind": "police", "to": "甲", "reason": "乙", "at": "2026-11-21T00:00"}),
    ]
    before = ops(station)
    for code, given in wrong:
        with pytest.raises(KnownError, match=code):
            exits.leave(station, case=case, **given)
    hand_offs.offer(station, case=case, to="凤凰街道办事处", reason="请接办")
    with pytest.raises(KnownError, match="E-375"):
        exits.leave(station, case=case, kind="police", to="甲", reason="乙")
    assert station.case(case).case_state == MEDIATING
    assert ops(station) == before + 1


def test_the_refusal_of_one_side_leaves_only_the_end(station: Station) -> None:
    case = at(station, MEDIATING)
    sessions.consent(station, case=case, respondent="refused")
    held: Values = {"from": "2026-11-20T08:00", "record": "双方到场。"}
    with pytest.raises(KnownError, match="E-403"):
        sessions.record(station, case=case, values=held)
    sessions.end(station, case=case, reason="refused")
    view = station.case(case)
    assert text(view.record, "state_reason") == codes.label("end_reasons", "refused")
    card = next(c for c in papers.list_papers(station, case=case) if c.template == "termination_notice")
    assert card.applies
    cases.step(station, case=case, verb="reopen", reason="双方同意再次调解")
    sessions.consent(station, case=case, respondent="agreed")
    sessions.record(station, case=case, values=held)


def test_reopening_keeps_why_and_whence_and_has_its_paper(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept", at="2026-10-08T09:00")
    sessions.end(station, case=case, reason="failed", note="数额分歧大")
    with pytest.raises(KnownError, match="E-408"):
        reopening.reopen(station, case=case, reason=" ")
    with pytest.raises(KnownError, match="E-285"):
        reopening.reopen(station, case=case, reason="双方同意", at="2026-11-21T09:00")
    before = ops(station)
    reopening.reopen(station, case=case, reason="双方同意再次调解", asked_by="田志强")
    assert ops(station) == before + 2, "the step and its record, in one group"
    view = station.case(case)
    (record,) = view.kind("reopening")
    assert (record.get("from"), record.get("asked_by"), record.get("at")) == ("ended", "田志强", "2026-11-20T08:52")
    assert view.case_state == ACCEPTED
    with pytest.raises(KnownError, match="E-405"):
        reopening.reopen(station, case=case, reason="再来一次")
    card = next(c for c in papers.list_papers(station, case=case) if c.template == "reopening")
    assert card.applies
    made = papers.issue(station, case=case, template="reopening")
    words = "".join("".join(page.split()) for page in extract_text(made.pdf))
    for said in ("调解终止", "田志强", "双方同意再次调解", "没有另行约定的为30日，至2026年12月20日"):
        assert said in words, said
    mediation = next(c for c in clocks.of_case(station, case=case) if c.code == "mediation")
    assert (mediation.start_why, str(mediation.start)) == ("恢复办理之日", "2026-11-20")
    assert consistency.check(station.store) == []


def test_refusal_and_recusal_wait_for_an_answer_and_say_that_no_days_are_set(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="refuse", reason="已由人民法院受理")
    found = next(c for c in clocks.of_case(station, case=case) if c.code == "refusal")
    assert found.state is State.OFF
    assert found.sentence == "区里尚未设定不予受理告知期限，不作计算；请及时书面告知。"
    papers.issue(station, case=case, template="refusal_notice")
    assert next(c for c in clocks.of_case(station, case=case) if c.code == "refusal").state is State.DONE
    other = at(station, MEDIATING)
    values: Values = {"mediator": station.user.person, "asked_by": "田志强", "reason": "系对方亲属"}
    rec = records.add(station, case=other, kind="recusal", values={**values, "asked_on": "2026-11-19"}).ids[0]
    found = next(c for c in clocks.of_case(station, case=other) if c.code == "recusal")
    assert (found.state, found.rec, str(found.start)) == (State.OFF, rec, "2026-11-19")
    records.edit(station, case=other, rec=rec, values={"decision": "granted"})
    assert next(c for c in clocks.of_case(station, case=other) if c.code == "recusal").state is State.DONE


@pytest.mark.parametrize(
    ("decision", "may"), [("", False), ("granted", False), ("withdrawn", True), ("not_founded", True)]
)
def test_who_was_asked_to_step_aside_does_not_mediate(station: Station, decision: str, may: bool) -> None:
    case = at(station, MEDIATING)
    me = station.user.person
    values: Values = {"mediator": me, "asked_by": "田志强", "reason": "系对方亲属", "decision": decision or None}
    records.add(station, case=case, kind="recusal", values={n: v for n, v in values.items() if v})
    held: Values = {"from": "2026-11-20T08:00", "record": "双方到场。", "mediators": [me]}
    if may:
        sessions.record(station, case=case, values=held)
        return
    with pytest.raises(KnownError, match="E-283") as caught:
        sessions.record(station, case=case, values=held)
    assert "李明" in sentence(caught.value)
    card = next(c for c in papers.list_papers(station, case=case) if c.template == "recusal")
    assert card.applies
    colleague = next(r.id for r in station.store.reference().of_kind("person") if r.id != me)
    sessions.record(station, case=case, values={**held, "mediators": [colleague]})


def test_not_accepting_needs_a_reason_and_has_its_notice(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    with pytest.raises(KnownError, match="E-408"):
        cases.step(station, case=case, verb="refuse")
    cases.step(station, case=case, verb="refuse", reason="已由人民法院受理")
    card = next(c for c in papers.list_papers(station, case=case) if c.template == "refusal_notice")
    assert card.applies
    with pytest.raises(KnownError, match="E-405"):
        cases.step(station, case=case, verb="mediate")
