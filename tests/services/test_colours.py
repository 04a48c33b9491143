"""The colour as people decide it: every reason with its place, raised by one, lowered by two, time brought in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import names, text
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.loop import colours
from station_app.services.station import Station, User
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def new(station: Station, case: Values, story: str = "") -> str:
    sides = [PartyInput({"role": "respondent", "kind": "organisation", "name": "演示宏川劳务有限公司"})]
    return cases.register(station, intake=Intake(case, {"summary": "押金未退", "story": story}, sides)).case


def other(station: Station) -> Station:
    """A colleague at the same desk."""
    person = next(
        r.id for r in station.store.reference().records.values() if r.kind == "person" and r.id != station.user.person
    )
    return Station(station.store, station.clock, User(person, "陈晓", ("mediator",)))


def later(station: Station, month: int, day: int, *, year: int = 2026) -> None:
    assert isinstance(station.clock, FixedClock)
    station.clock.set(datetime(year, month, day, 9, 0, tzinfo=SHANGHAI))


def level(station: Station, case: str) -> str:
    return text(station.case(case).record, "colour")


def test_every_reason_has_its_rule_and_the_place_of_its_words(station: Station) -> None:
    case = new(station, {"type": "other", "people": 12}, "没有打架，对方扬言带汽油上门，已报警。")
    seen = colours.look(station, case=case)
    assert seen.level == "red"
    by_code = {r.rule.code: r for r in seen.reasons}
    assert set(by_code) == {"people", "danger", "police"}
    (said,) = by_code["danger"].places
    story = text(station.case(case).facts, "story")
    assert (said.place, story[said.start : said.end], said.word) == ("facts.story", "汽油", "汽油")
    assert said.around == story[max(0, said.start - 8) : said.end + 8]
    assert by_code["people"].places == ()
    assert "violence" not in by_code, "没有打架"
    assert seen.today.basis in seen.standing


def test_a_person_raises_it_with_a_reason_that_stands_first(station: Station) -> None:
    case = new(station, {"type": "wage_arrears"})
    with pytest.raises(KnownError) as bare:
        colours.raise_(station, case=case, to="red", reason=" ")
    assert bare.value.code == "E-408"
    colours.raise_(station, case=case, to="红", reason="工人情绪激动")
    record = station.case(case).record
    assert text(record, "colour") == "red"
    assert names(record, "colour_reasons")[:2] == ["李明提高为红色预警：工人情绪激动", "拖欠农民工工资"]
    with pytest.raises(KnownError) as lower:
        colours.raise_(station, case=case, to="amber", reason="再看")
    assert lower.value.code == "E-383"
    assert consistency.check(station.store) == []


def test_it_is_lowered_by_two_and_the_same_rules_do_not_raise_it_again(station: Station) -> None:
    case = new(station, {"type": "other", "people": 12})
    colours.ask_lower(station, case=case, to="green", reason="已疏散，实到2人")
    assert level(station, case) == "red", "nothing falls by one person"
    with pytest.raises(KnownError) as twice:
        colours.ask_lower(station, case=case, to="amber", reason="再次")
    assert twice.value.code == "E-383"
    with pytest.raises(KnownError) as alone:
        colours.answer_lower(station, case=case, agreed=True)
    assert alone.value.code == "E-382"
    colours.answer_lower(other(station), case=case, agreed=True)
    record = station.case(case).record
    assert text(record, "colour") == "green"
    assert names(record, "colour_reasons")[0] == "经两人复核降为绿色：已疏散，实到2人"
    assert names(record, "colour_judged") == ["people"]
    cases.edit(station, case=case, values={case: {"people": 14}})
    assert level(station, case) == "green", "the rule was judged by two people"
    assert not colours.look(station, case=case).rising
    facts = station.case(case).facts
    assert facts is not None
    cases.edit(station, case=case, values={facts.id: {"story": "扬言跳楼。"}})
    assert level(station, case) == "red", "another rule"
    assert names(station.case(case).record, "colour_judged") == ["people"]
    with pytest.raises(KnownError) as none:
        colours.answer_lower(other(station), case=case, agreed=True)
    assert none.value.code == "E-383"
    assert consistency.check(station.store) == []


def test_a_second_person_may_decline_with_a_reason(station: Station) -> None:
    case = new(station, {"type": "other", "people": 12})
    colours.ask_lower(station, case=case, to="amber", reason="已疏散")
    with pytest.raises(KnownError) as bare:
        colours.answer_lower(other(station), case=case, agreed=False)
    assert bare.value.code == "E-408"
    colours.answer_lower(other(station), case=case, agreed=False, note="仍有人滞留")
    assert level(station, case) == "red"
    (asked,) = station.case(case).kind("colour_change")
    assert (text(asked, "answer"), text(asked, "note")) == ("declined", "仍有人滞留")
    colours.ask_lower(station, case=case, to="amber", reason="已离开")
    with pytest.raises(KnownError) as right:
        colours.answer_lower(replace_roles(other(station)), case=case, agreed=True)
    assert right.value.code == "E-404"


def replace_roles(station: Station) -> Station:
    return Station(station.store, station.clock, replace(station.user, roles=("recorder",)))


def test_a_request_made_before_the_colour_rose_waits_for_nobody(station: Station) -> None:
    case = new(station, {"type": "wage_arrears"})
    colours.ask_lower(station, case=case, to="green", reason="已付")
    colours.raise_(station, case=case, to="red", reason="又来人")
    assert colours.look(station, case=case).asked is None
    with pytest.raises(KnownError) as stale:
        colours.answer_lower(other(station), case=case, agreed=True)
    assert stale.value.code == "E-383"


def test_time_and_other_cases_raise_what_the_rules_say_and_a_person_takes_it_over(station: Station) -> None:
    case = new(station, {"type": "wage_arrears"})
    cases.step(station, case=case, verb="accept")
    assert not colours.look(station, case=case).rising
    later(station, 1, 20, year=2027)
    seen = colours.look(station, case=case)
    whys = {r.rule.code: r.why for r in seen.reasons}
    assert whys["festival"] == "距春节17天的拖欠工资"
    assert whys["open"].startswith("受理后")
    assert whys["overdue"] == "已经超过办理时限"
    assert (seen.level, seen.today.level, seen.rising) == ("amber", "red", True)
    assert [rec for rec, _ in colours.review(station)] == [case]
    assert level(station, case) == "amber", "looking writes nothing"
    colours.review(station, apply=True)
    assert level(station, case) == "red"
    assert colours.review(station) == []
    with pytest.raises(KnownError) as again:
        colours.take_over(station, case=case)
    assert again.value.code == "E-383"


def test_the_third_appeal_against_the_same_respondent_is_said(station: Station) -> None:
    many = [new(station, {"type": "other"}) for _ in range(3)]
    assert [colours.look(station, case=c).today.codes for c in many] == [(), (), ("repeated",)]
    assert colours.look(station, case=many[2]).reasons[0].why == "同一被申请人第3次被反映"


def test_the_commands(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = new(station, {"type": "wage_arrears"}, "已报警。")
    station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]
    assert run(["colour", "show", case, "--json", *common]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["level"] == "amber"
    assert shown["rules"] == "依据：光明区本地规则（2026-11）"
    police = next(r for r in shown["reasons"] if r["code"] == "police")
    assert police["weight"] == 3
    assert police["places"] == [{"place": "facts.story", "start": 1, "end": 3, "word": "报警"}]
    assert run(["colour", "raise", case, "red", "--reason", "多次报警", *common]) == 0
    assert run(["colour", "lower", case, "amber", "--reason", "已平息", *common]) == 0
    assert run(["colour", "answer", case, "--agree", *common]) == 1
    assert "E-382" in capsys.readouterr().err
    assert run(["colour", "show", case, *common]) == 0
    assert "等待复核：申请降为黄色预警" in capsys.readouterr().out
    assert run(["case", "show", case, "--json", *common]) == 0
    assert json.loads(capsys.readouterr().out)["warning"]["level"] == "red"
    assert run(["colour", "review", "--json", *common]) == 0
