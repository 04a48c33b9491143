"""Signed and scanned are said alike in the list of the case, of all papers and by the command, and go with the act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text
from station_app.domain.case import text
from station_app.services import cases, papers, scans, signing
from station_app.services.cases import Intake, PartyInput
from station_app.services.reading import browse
from station_app.services.station import Station
from station_app.store import consistency
from tests.services.test_scans import file, photo
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case


def listed(station: Station, case: str) -> dict[str, str]:
    return {c.template: c.state for c in papers.list_papers(station, case=case) if c.paper}


def found(station: Station) -> dict[str, str]:
    return {p.template: p.state for p in browse.papers(station)}


def test_every_list_says_the_same_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "data").station
    case = wage_case(station)
    showcase_agreement(station, case)
    register = papers.issue(station, case=case, template="acceptance_register")
    agreement = papers.issue(station, case=case, template="agreement")
    assert register.pages == 1
    party = station.case(case).parties[0].id
    signing.sign(station, case=case, role="party", manner="signed_sealed", party=party, seal="official")
    file(station, photo(register.pdf))
    wanted = {"acceptance_register": "scanned", "agreement": "signed"}
    assert listed(station, case) == found(station) == wanted
    assert [p.template for p in browse.papers(station, state="scanned")] == ["acceptance_register"]
    assert consistency.check(station.store) == []
    act = station.case(case).kind("signature")[0]
    signing.void_signature(station, case=case, signature=act.id, reason="登记错误")
    scan = station.case(case).kind("scan")[0]
    scans.remove(station, case=case, scan=scan.id)
    assert listed(station, case) == found(station) == {"acceptance_register": "issued", "agreement": "issued"}
    papers.void(station, case=case, paper=agreement.paper, reason="改期")
    assert found(station)["agreement"] == "void"
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    capsys.readouterr()
    assert run(["paper", "list", case, "--json", *options]) == 0
    shown = {row["template"]: row["state"] for row in json.loads(capsys.readouterr().out)}
    assert shown["acceptance_register"] == "issued"


def test_the_record_says_on_which_pages_somebody_signs(tmp_path: Path) -> None:
    """By the layout, not by words: a page that only speaks of signing is none; a table with a column for it is one."""
    station = make_station(tmp_path / "data").station
    case = wage_case(station)
    showcase_agreement(station, case)
    agreement = papers.issue(station, case=case, template="agreement")
    pages = ["".join(page.split()) for page in extract_text(agreement.pdf)]
    said = text(station.case(case).paper("agreement"), "sign_pages")
    places = [
        no for no, page in enumerate(pages, 1) if "法定代表人或者委托代理人（签名）" in page or "本人签名" in page
    ]
    assert said == "、".join(map(str, places))
    speaking = [no for no, page in enumerate(pages, 1) if "签名" in page or "盖章" in page]
    assert len(speaking) > len(places), "some page speaks of signing and has no place for it"


def test_people_are_the_natural_persons_of_all_sides_until_somebody_types_them(tmp_path: Path) -> None:
    """A company is a party, not a person; what was typed stays as typed."""
    station = make_station(tmp_path / "data").station
    persons = [PartyInput({"role": role, "kind": "person", "name": name}) for role, name in _NEIGHBOURS]
    firm = PartyInput({"role": "third", "kind": "organisation", "name": "演示物业服务有限公司"})
    case = cases.register(station, intake=Intake({"type": "neighbour"}, {"summary": "漏水"}, [*persons, firm])).case
    assert station.case(case).get("people") == 2
    cases.add_party(station, case=case, given=PartyInput({"role": "third", "kind": "person", "name": "陈某"}))
    assert station.case(case).get("people") == 3
    cases.edit(station, case=case, values={case: {"people": 20}})
    cases.add_party(station, case=case, given=PartyInput({"role": "third", "kind": "person", "name": "赵某"}))
    assert station.case(case).get("people") == 20


_NEIGHBOURS = (("applicant", "田某"), ("respondent", "李某"))
