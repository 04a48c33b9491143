"""The papers of a station's work as printed, frozen: rounds and the duty list; every page read and every cell there."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.documents.issue import Rendered
from station_app.documents.issue import render as render_paper
from station_app.services.cases import Intake, PartyInput
from station_app.services.paperwork import engine, station_papers
from station_app.services.rounds import duty, lists, patrols
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.documents.issuing import chain, check_frozen
from tests.documents.samples import CREATED_MS
from tests.support.stations import make_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Rendered]:
    """What is drawn, with the fonts and the moment of the frozen papers."""
    drawn: list[Rendered] = []

    def render(_station: Station, template: object, values: object, *, proof: object, demo: bool) -> Rendered:
        assert proof is None
        made = render_paper(template, values, fonts=chain(), proof=None, created_ms=CREATED_MS, demo=demo)  # type: ignore[arg-type]  # as given by the caller
        drawn.append(made)
        return made

    monkeypatch.setattr(engine, "render", render)
    return drawn


def walked(station: Station) -> None:
    """A round with three findings (one dealt with, one an appeal, one open), one where nothing was found."""
    at = {"at": "2026-11-19T19:30", "until": "2026-11-19T21:00", "place": "科学城工地生活区", "place_kind": "dormitory"}
    found = [
        {"text": "三号楼工友反映十月工资未发", "risk": "medium"},
        {"text": "公示栏的工资表已过期", "measure": "当场提醒项目部更换"},
        {"text": "食堂与宿舍之间的通道堆放钢管"},
    ]
    values = {**at, "subject": "wages", "members": "网格员陈某"}
    _, first, second, _ = patrols.record(station, values=values, findings=found).ids  # type: ignore[arg-type]  # texts
    patrols.settle(station, finding=second, result="已更换工资公示表", on="2026-11-20")
    party = PartyInput({"role": "applicant", "kind": "person", "name": "田志强"})
    patrols.appeal(
        station, finding=first, intake=Intake({"type": "wage_arrears"}, {"summary": "拖欠十月工资"}, [party])
    )
    nothing = {"at": "2026-11-12T09:00", "place": "东区一号楼", "place_kind": "estate", "subject": "disputes"}
    patrols.record(station, values={**nothing, "text": "楼栋长无情况反映"})
    patrols.record(station, values={"at": "2026-10-31T09:00", "place": "上月的地点", "subject": "disputes"})


def test_the_register_of_rounds_reads_as_frozen(station: Station, rendered: list[Rendered]) -> None:
    walked(station)
    made = lists.patrol_paper(station, first="2026-11-01", last="2026-11-30", no="（2026）A001号")
    check_frozen("station/patrol_register", "month", rendered[-1], 1)
    text = "\n".join(made.text)
    assert "本期排查2次，发现问题3项：已处理1项，转为诉求办理1项，待处理1项。" in text
    assert "上月的地点" not in text
    assert "田志强" not in text
    assert (made.title, made.period) == ("矛盾纠纷排查登记表", "2026年11月1日至2026年11月30日")


def test_a_month_without_rounds_says_so(station: Station, rendered: list[Rendered]) -> None:
    made = lists.patrol_paper(station, first="2026-09-01", last="2026-09-30")
    assert "本期没有排查记录。" in "\n".join(made.text)
    assert rendered[-1].pages == 1
    with pytest.raises(KnownError) as wrong:
        lists.patrol_paper(station, first="2026-09-30", last="2026-09-01")
    assert wrong.value.code == "E-237"


def test_the_duty_list_reads_as_frozen(station: Station, rendered: list[Rendered]) -> None:
    duty.put(station, day="2026-11-23", person="李明", until="2026-11-25", values={"phone": "0755-00000000"})
    duty.put(station, day="2026-11-24", values={"name": "周某（网格员）", "shift": "夜间"})
    duty.put(station, day="2026-11-27", person="陈晓", values={"shift": "上午"})
    made = lists.duty_paper(station, first="2026-11-23", last="2026-11-29")
    check_frozen("station/duty_list", "week", rendered[-1], 1)
    text = "\n".join(made.text)
    assert text.count("未安排") == 3, "26, 28 and 29 November have nobody"


def test_a_long_month_goes_on_over_pages_with_its_heads(station: Station, rendered: list[Rendered]) -> None:
    for n in range(1, 29):
        at = f"2026-11-{(n % 19) + 1:02d}T{8 + n % 9:02d}:00"
        found = [{"text": f"第{n}次排查发现的问题，需要现场核对和督促整改"}]
        patrols.record(station, values={"at": at, "place": "工地", "subject": "safety"}, findings=found)  # type: ignore[arg-type]  # texts
    lists.patrol_paper(station, first="2026-11-01", last="2026-11-30")
    pages = rendered[-1].pages
    assert pages > 1
    from station_app.documents.preview import extract_text

    assert all("发现的问题" in page for page in extract_text(rendered[-1].pdf)[: pages - 1])


def test_every_paper_of_a_station_names_basis_source_and_edition() -> None:
    found = {t.id: t for t in station_papers.catalog().current()}
    assert {"patrol_register", "duty_list", "day_log", "period_report"} <= set(found)
    for template in found.values():
        assert template.source
        assert template.edition
        assert template.own_words
