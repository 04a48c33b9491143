"""A name with a character no font has: who it is, a frame by choice, and that the choice stays on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.documents.preview import extract_text
from station_app.domain.case import text
from station_app.domain.sentences import sentence
from station_app.services import cases, papers
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

#: Not assigned: no font can ever have it.
NEVER = "\U0003fffd"
NAME = f"田{NEVER}"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def case_of_a_rare_name(station: Station) -> str:
    case = wage_case(station)
    cases.edit(station, case=case, values={station.case(case).side("applicant")[0].id: {"name": NAME}})
    showcase_agreement(station, case)
    return case


def test_the_refusal_names_the_person_and_the_character(station: Station) -> None:
    case = case_of_a_rare_name(station)
    for template in ("acceptance_register", "agreement"):
        with pytest.raises(KnownError, match="E-301") as refused:
            papers.issue(station, case=case, template=template)
        assert refused.value.values["name"] == NAME
        assert refused.value.values["char"] == NEVER
        assert f"“{NAME}”中的“{NEVER}”（U+3FFFD）" in sentence(refused.value)
    assert station.case(case).papers == []


def test_written_by_hand_is_a_choice_that_stays_on_record(station: Station) -> None:
    case = case_of_a_rare_name(station)
    with pytest.raises(KnownError, match="E-301"):
        papers.issue(station, case=case, template="agreement", by_hand="国")
    issued = papers.issue(station, case=case, template="agreement", by_hand=f"国{NEVER}")
    assert NAME in "".join(extract_text(issued.pdf)).replace("\n", "")
    paper = station.case(case).paper("agreement")
    assert text(paper, "by_hand") == NEVER, "what a font has is printed, and is not on the list"
    logged = station.store.con.execute("SELECT detail FROM access_log WHERE act = 'issue'").fetchall()
    assert logged[-1][0].endswith(f"留空手写：{NEVER}")
    assert papers.verify(station, data=issued.pdf)[0].answer == "genuine"


def test_an_ordinary_paper_says_nothing_of_it(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement", by_hand=NEVER)
    assert station.case(case).paper("agreement").get("by_hand") is None  # type: ignore[union-attr]  # it was issued
