"""A review holds until the agreement changes; two versions are compared by the facts each was issued with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.case import text
from station_app.services import cases, papers, redline, signing, terms
from station_app.services.review import comparing, queue
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    made = wage_case(station)
    showcase_agreement(station, made)
    return made


def queued(station: Station) -> list[tuple[str, bool]]:
    return [(w.case.rec, w.again) for w in queue.waiting(station)]


def test_an_unsigned_agreement_waits_until_it_was_reviewed_and_comes_back_when_it_changes(
    station: Station, case: str
) -> None:
    bare = wage_case(station)
    with pytest.raises(KnownError) as none:
        queue.done(station, case=bare)
    assert none.value.code == "E-223"
    assert queued(station) == [(case, False)], "a case without an agreement does not wait"
    queue.done(station, case=case, note="可以签署")
    assert queued(station) == []
    assert queue.reviewed(station.case(case))
    term = station.case(case).terms[0]
    redline.propose(station, case=case, term=term.id, words="公司于2026年12月1日前付清。", reason="写明日期")
    assert queued(station) == [], "a proposal alone changes nothing"
    (proposal,) = redline.proposals(station.case(case))
    redline.accept(station, case=case, proposal=proposal.rec)
    assert queued(station) == [(case, True)]
    queue.done(station, case=case)
    signers = [Signer("party", "signed", p.id) for p in station.case(case).parties[:1]]
    signing.sign_many(station, case=case, signers=signers)
    assert queued(station) == [], "what is signed is not reviewed any more"
    assert len([r for r in station.case(case).kind("answer") if text(r, "question") == queue.QUESTION]) == 1
    assert consistency.check(station.store) == []


def test_what_a_court_would_refuse_comes_first(station: Station, case: str) -> None:
    worse = wage_case(station)
    showcase_agreement(station, worse)
    terms.edit(station, case=worse, term=station.case(worse).terms[0].id, words="付清前，工人不得离开深圳。")
    sound = wage_case(station)
    showcase_agreement(station, sound)
    found = queue.waiting(station)
    assert found[0].case.rec == worse
    assert found[0].stops >= 1
    assert {w.case.rec for w in found} == {case, worse, sound}


def test_two_versions_are_compared_as_they_were_issued(station: Station, case: str) -> None:
    papers.issue(station, case=case, template="agreement")
    with pytest.raises(KnownError) as alone:
        comparing.compare(station, case=case)
    assert alone.value.code == "E-223"
    first, second = station.case(case).terms[:2]
    terms.edit(station, case=case, term=first.id, words="另行" + text(first, "text"))
    terms.remove(station, case=case, term=second.id)
    terms.add(station, case=case, words="逾期付款的，每日按未付数额的万分之五支付违约金。")
    papers.issue(station, case=case, template="agreement")
    terms.add(station, case=case, words="之后添加的条款不在比较之内。")
    assert comparing.versions(station.case(case)) == [1, 2]
    found = comparing.compare(station, case=case)
    assert (found.old, found.new) == (1, 2)
    changed, added, removed = found.differences
    assert changed.name == "第1条"
    assert changed.pieces[0] == ("in", "另行")
    assert "".join(p for tag, p in changed.pieces if tag != "in") == text(first, "text")
    assert [tag for tag, _ in added.pieces] == ["in"]
    assert removed.pieces == (("out", text(second, "text")),)
    assert comparing.compare(station, case=case, old=2, new=2).differences == ()


def test_a_changed_row_and_a_changed_party_are_seen_too(station: Station, case: str) -> None:
    papers.issue(station, case=case, template="agreement")
    view = station.case(case)
    row, identity = view.obligations[0], view.parties[0].identity
    assert identity is not None
    cases.edit(station, case=case, values={row.id: {"due": "2026-12-18"}, identity.id: {"phone": "13800138009"}})
    papers.issue(station, case=case, template="agreement")
    found = comparing.compare(station, case=case).differences
    assert {"履行事项第1项", "被申请人"} <= {d.name for d in found} or {"履行事项第1项", "申请人"} <= {
        d.name for d in found
    }
    assert any(("in", "8009") in d.pieces or "13800138009" in "".join(w for _, w in d.pieces) for d in found)


def test_the_commands(station: Station, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers.issue(station, case=case, template="agreement")
    terms.edit(station, case=case, term=station.case(case).terms[0].id, words="公司于2026年12月1日前付清。")
    papers.issue(station, case=case, template="agreement")
    station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]
    assert run(["review", "list", "--json", *common]) == 0
    assert [w["case"] for w in json.loads(capsys.readouterr().out)] == [case]
    assert run(["review", "compare", case, *common]) == 0
    out = capsys.readouterr().out
    assert out.startswith("人民调解协议书：第1版与第2版，1处不同\n第1条：")
    assert "【增：" in out
    assert run(["review", "done", case, "--note", "可以签署", *common]) == 0
    assert run(["review", "list", *common]) == 0
    assert "没有待审查的协议。" in capsys.readouterr().out
    assert run(["review", "compare", case, "--old", "7", *common]) == 1
    assert "E-223" in capsys.readouterr().err
