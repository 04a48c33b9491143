"""重点领域: nothing to choose until the district brings its list; then checked, counted, and every number opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain import codes
from station_app.domain.figures import period as periods
from station_app.services import cases, packs
from station_app.services.exchange import casefile
from station_app.services.figures import counting, report
from station_app.services.intake import turning
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.documents.test_packs import PUBLIC
from tests.services.test_packs import lists as pack_of
from tests.support.stations import PASSWORD, make_station, wage_intake

AREAS = """
title = "重点领域"
source = "样本：光明区某年某号文件（测试用，不是真实清单）"
date = 2026-12-20
[code]
sample_a = { label = "样本领域甲", en = "Sample area A" }
sample_b = { label = "样本领域乙", en = "Sample area B" }
"""


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = make_station(tmp_path / "s").station
    yield made
    codes.use(())
    made.store.close()


@pytest.fixture
def listed(station: Station) -> Station:
    """The district's list is in force."""
    packs.trust(station, name="样本机关", key=PUBLIC.hex())
    packs.install(station, data=pack_of(AREAS, "key_areas"), file="包.zip")
    return station


def appeal(station: Station, area: str = "") -> str:
    intake = wage_intake()
    if area:
        intake.case["key_area"] = area
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept")
    return case


def test_without_a_list_nothing_is_offered_and_nothing_accepted(station: Station) -> None:
    assert "key_area" not in counting.fields()
    assert "按重点领域" not in [sheet.name for sheet in report.sheets(station, periods.ALWAYS)]
    with pytest.raises(KnownError) as told:
        appeal(station, "sample_a")
    assert told.value.code == "E-217"


def test_with_the_districts_list_it_is_counted_and_every_number_opens(listed: Station) -> None:
    made = {area: appeal(listed, area) for area in ("样本领域甲", "sample_b", "")}
    lines = counting.breakdown(listed, by="key_area", period=periods.ALWAYS)
    assert [(x.label, x.accepted) for x in lines] == [("样本领域甲", 1), ("样本领域乙", 1), ("未登记", 1)]
    assert [[c.rec for c in lists.cases(listed, flt=x.cases())] for x in lines] == [[rec] for rec in made.values()]
    (sheet,) = [s for s in report.sheets(listed, periods.ALWAYS) if s.name == "按重点领域"]
    assert sheet.rows[0][:2] == ("样本领域甲", 1)
    assert consistency.check(listed.store) == []


def test_it_is_corrected_copied_and_exchanged_like_any_fact(listed: Station) -> None:
    case = appeal(listed, "sample_a")
    cases.edit(listed, case=case, values={case: {"key_area": "sample_b"}})
    assert listed.case(case).get("key_area") == "sample_b"
    assert turning.template(listed, case=case).case["key_area"] == "sample_b"
    written = json.loads(casefile.export_file(listed, case=case))
    assert written["case"]["key_area"] == "sample_b"
    file = {"format": "station-case", "version": 1, "case": {"service": "mediation", "key_area": "样本领域甲"}}
    parties = [{"key": "p1", "role": "applicant", "kind": "person", "name": "韦国强"}]
    given = json.dumps({**file, "facts": {"summary": "反映欠薪"}, "parties": parties}).encode()
    again = casefile.import_file(listed, data=given, name="案件.json")
    assert again.errors == []
    assert listed.case(again.case).get("key_area") == "sample_a"


def test_a_pc_without_the_list_shows_the_code_and_keeps_it(listed: Station) -> None:
    """A colleague's PC may not have the pack yet: what came is counted under its code, never lost."""
    case = appeal(listed, "sample_a")
    codes.use(())
    (line,) = counting.breakdown(listed, by="key_area", period=periods.ALWAYS)
    assert (line.label, line.accepted) == ("sample_a", 1)
    cases.edit(listed, case=case, values={case: {"place": "东门"}})
    assert listed.case(case).get("key_area") == "sample_a"


def test_by_command(listed: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    new = ["case", "new", "--summary", "反映欠薪", "--applicant", "韦国强", "--key-area", "样本领域乙"]
    assert run([*new, *place, "--json"]) == 0
    case = json.loads(capsys.readouterr().out)["case"]
    assert run(["case", "step", case, "accept", *place]) == 0
    capsys.readouterr()
    assert run(["stats", "--by", "key_area", *place, "--json"]) == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert [(p["label"], p["accepted"]) for p in parts] == [("样本领域甲", 0), ("样本领域乙", 1)]
