"""书记会商: what stands on the agenda and why; decisions come back on the case and are followed until they are done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import FixedClock
from station_app.documents.preview import extract_text
from station_app.domain.case import text
from station_app.services import cases, people, records
from station_app.services.cases import Intake, PartyInput
from station_app.services.loop import board
from station_app.services.meeting import agenda, decisions, paper
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def appeal(station: Station, *, at: str = "2026-11-18T09:00", accept: bool = True, **values: object) -> str:
    given = {"registered_at": at, "service": "mediation", "type": "neighbour", "people": 1, **values}
    party = PartyInput({"role": "applicant", "kind": "person", "name": "韦国强"})
    case = cases.register(station, intake=Intake(given, {"summary": "反映噪声"}, [party])).case  # type: ignore[arg-type]  # Json
    if accept:
        cases.step(station, case=case, verb="accept", at=at)
    return case


DECISION = {"matter": "约谈物业公司负责人", "unit": "东坑社区工作站", "person": "周某", "until": "2026-11-25"}


def test_agenda_takes_warnings_and_what_is_late_and_says_why(station: Station) -> None:
    red = appeal(station, people=32)
    old = appeal(station, at="2026-10-01T09:00")
    amber = appeal(station, type="wage_arrears")
    appeal(station)  # quiet
    done = appeal(station, people=50)
    cases.step(station, case=done, verb="agree")
    for verb in ("take_effect", "visit_done", "feed_back"):
        cases.step(station, case=done, verb=verb)
    found = agenda.agenda(station)
    assert [t.case for t in found.topics] == [red, old, amber]
    why = {t.case: "；".join(t.why) for t in found.topics}
    assert "涉及32人，达到10人" in why[red]
    assert why[old] == "受理50日未化解，超过30日"
    assert "依据" not in why[amber]
    assert found.counts() == (1, 1, 1)


def test_who_complains_is_not_named_on_the_sheet(station: Station) -> None:
    for service in ("complaint", "psych"):
        appeal(station, at="2026-10-01T09:00", service=service, type=None)
    titles = [t.title for t in agenda.agenda(station).topics]
    assert titles == ["问题投诉（当事人信息不列）", "心理服务（当事人信息不列）"]
    assert "韦国强" not in "".join(extract_text(paper.sheet(station).pdf))


def test_a_decision_stands_on_the_case_and_on_the_next_agenda_until_it_is_done(station: Station) -> None:
    case = appeal(station)
    changes = decisions.decide(station, case=case, values=DECISION)
    rec = changes.ids[0]
    record = station.case(case).state.records[rec]
    assert (text(record, "meeting"), text(record, "on")) == ("2026年第47周书记会商", "2026-11-20")
    assert any(e.kind == "decision" and "约谈物业公司负责人" in e.words for e in records.entries(station.case(case)))
    (topic,) = agenda.agenda(station).topics
    assert [d.words for d in topic.standing] == ["约谈物业公司负责人"]
    assert not topic.overdue
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(days=7)
    (topic,) = agenda.agenda(station).topics
    assert topic.overdue
    assert topic.why == ("会商决定逾期：约谈物业公司负责人",)
    (due,) = decisions.followed(station)
    assert due.late(station.clock.today())
    assert due.who == "东坑社区工作站　周某"
    decisions.done(station, case=case, rec=rec, result="已约谈，噪声整改完毕")
    assert decisions.followed(station) == []
    assert decisions.followed(station, everything=True)[0].done_on == "2026-11-27"
    assert agenda.agenda(station).topics == ()
    assert consistency.check(station.store) == []
    # a decision is no order: the board of orders does not show it
    assert board.lines(station, everything=True) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"until": "2026-11-01"}, "E-391"),
        ({"until": ""}, "E-216"),
        ({"matter": ""}, "E-216"),
        ({"unit": ""}, "E-216"),
        ({"until": "下周"}, "E-209"),
    ],
)
def test_a_decision_without_who_what_and_when_is_refused(station: Station, values: dict[str, str], code: str) -> None:
    case = appeal(station)
    with pytest.raises(KnownError) as told:
        decisions.decide(station, case=case, values={**DECISION, **values})
    assert told.value.code == code
    assert station.case(case).kind("decision") == []


def test_done_once_and_only_with_a_result(station: Station) -> None:
    case = appeal(station)
    rec = decisions.decide(station, case=case, values=DECISION).ids[0]
    for result, code in (("  ", "E-216"), ("已办", ""), ("又办", "E-390")):
        if code:
            with pytest.raises(KnownError) as told:
                decisions.done(station, case=case, rec=rec, result=result)
            assert told.value.code == code
        else:
            decisions.done(station, case=case, rec=rec, result=result)
    with pytest.raises(KnownError) as told:
        decisions.done(station, case=case, rec="x", result="y")
    assert told.value.code == "E-223"


def test_only_head_and_secretary_decide(tmp_path: Path) -> None:
    made = make_station(tmp_path / "s")
    case = appeal(made.station)
    rec = decisions.decide(made.station, case=case, values=DECISION).ids[0]
    person = next(p.id for p in people.people(made.station) if text(p, "name") == "陈晓")
    made.station.user = type(made.station.user)(person=person, name="陈晓", roles=("recorder",))
    with pytest.raises(KnownError) as told:
        decisions.decide(made.station, case=case, values=DECISION)
    assert told.value.code == "E-404"
    # whom it was given to may say what became of it
    decisions.done(made.station, case=case, rec=rec, result="已办")


def test_the_sheet_is_one_page_however_many_there_are(station: Station) -> None:
    for n in range(25):
        appeal(station, people=20 + n, title=f"第{n}宗：某物业公司与业主因停车场收费标准和公共收益分配产生的群体性纠纷")
    made = paper.sheet(station)
    assert made.pages == 1
    text_ = extract_text(made.pdf)[0].replace("\n", "").replace("\r", "")
    assert "需会商25件：红色预警25件" in text_
    assert "本表未列入的" in text_
    for words in ("2026年第47周书记会商议题单", "主持人", "完成时限", "数据截至"):
        assert words in text_
    assert make_empty(station) is not None


def make_empty(station: Station) -> object:
    for row in station.store.reader.execute("SELECT rec FROM case_row").fetchall():
        cases.discard(station, case=str(row[0]))
    made = paper.sheet(station)
    assert "没有需要会商的案件" in extract_text(made.pdf)[0]
    return made


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "s").station
    case = appeal(station, people=32)
    station.store.close()
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    assert run(["meeting", "agenda", "--pdf", str(tmp_path / "a.pdf"), *place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [t["case"] for t in told["topics"]] == [case]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    given = ["--matter", "约谈", "--unit", "社区", "--until", "2099-01-01"]
    assert run(["meeting", "decide", case, *given, *place, "--json"]) == 0
    rec = json.loads(capsys.readouterr().out)["record"]
    assert run(["meeting", "done", case, rec, "--result", "已约谈", *place]) == 0
    assert run(["meeting", "done", case, rec, "--result", "已约谈", *place]) == 1
    assert "E-390" in capsys.readouterr().err
    assert run(["meeting", "list", "--all", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["result"] == "已约谈"
