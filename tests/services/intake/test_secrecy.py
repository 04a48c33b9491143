"""A confidential appeal names nobody outside its own compartment; looks are logged; made known only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain.case import text
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput
from station_app.services.intake import copying, recall, secrecy, turning
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency, local
from sync.contract.errors import KnownError
from sync.contract.op import parse_header
from tests.support.stations import make_station, wage_intake

NUMBER = "45012619890412011X"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def complaint(secret: str = "confidential", name: str = "田志强") -> Intake:
    identity = {"id_kind": "resident", "id_number": NUMBER, "phone": "15026018159"} if name else {}
    return Intake(
        {"service": "complaint", "channel": "visit", "secrecy": secret},
        {"summary": "投诉某单位未一次告知所需材料"},
        [
            PartyInput({"role": "applicant", "kind": "person", "name": name or None}, dict(identity)),
            PartyInput({"role": "respondent", "kind": "organisation", "name": "演示某单位"}),
        ],
        [],
        [("complaint", {"unit": "演示某单位", "matter": "未一次告知"})],
    )


def bodies(station: Station, compartment: str) -> bytes:
    """Everything this station's ops of a compartment say, opened."""
    found = b""
    for header_bytes, body in station.store.con.execute("SELECT header, body FROM op"):
        header = parse_header(bytes(header_bytes))
        if header.compartment == compartment:
            sealed = header.body_form == "sealed"
            plain = station.store.vault.open(bytes(body), sealed=sealed, compartment=compartment, case=header.case)
            found += plain or b""
    return found


def test_the_name_stands_in_its_own_compartment_only(station: Station) -> None:
    case = cases.register(station, intake=complaint()).case
    view = station.case(case)
    assert text(view.record, "title").startswith("保密反映人与演示某单位")
    assert [p.name for p in view.parties] == ["保密反映人", "演示某单位"]
    assert [text(r, "unit") for r in view.kind("complaint")] == ["演示某单位"]
    for compartment in ("register", "content"):
        said = bodies(station, compartment)
        assert "田志强".encode() not in said
        assert NUMBER.encode() not in said
    assert "田志强".encode() in bodies(station, "complainant")
    assert lists.find(station, "田志强") == []
    assert recall.find(station, "tzq") == []
    sheet = copying.sheet(station, case=case, system="hotline_12345")
    assert not [line for line in sheet.lines if "田志强" in line.value or "1502" in line.value]
    assert consistency.check(station.store) == []


def test_a_look_is_logged_and_asks_for_the_right(station: Station) -> None:
    case = cases.register(station, intake=complaint()).case
    (who,) = secrecy.look(station, case=case)
    assert (who.name, who.id_number, who.phone) == ("田志强", NUMBER, "15026018159")
    assert [(entry[2], entry[3]) for entry in local.access_log(station.store)] == [("complainant", case)]
    station.user = type(station.user)(station.user.person, "陈晓", ("recorder",))
    with pytest.raises(KnownError, match="E-404"):
        secrecy.look(station, case=case)


def test_an_anonymous_one_needs_no_name_and_keeps_what_was_told(station: Station) -> None:
    nameless = cases.register(station, intake=complaint("anonymous", "")).case
    assert [p.name for p in station.case(nameless).side("applicant")] == ["匿名反映人"]
    assert secrecy.look(station, case=nameless) == []
    told = cases.register(station, intake=complaint("anonymous")).case
    assert [who.name for who in secrecy.look(station, case=told)] == ["田志强"]


def test_made_known_with_a_reason_only(station: Station) -> None:
    case = cases.register(station, intake=complaint()).case
    with pytest.raises(KnownError, match="E-408"):
        secrecy.reveal(station, case=case, reason=" ")
    secrecy.reveal(station, case=case, reason="本人书面同意公开身份")
    view = station.case(case)
    assert text(view.record, "title").startswith("田志强与演示某单位")
    assert [text(p.identity, "id_number") for p in view.side("applicant")] == [NUMBER]
    assert [text(r, "text") for r in view.kind("answer")] == ["本人书面同意公开身份"]
    with pytest.raises(KnownError, match="E-257"):
        secrecy.reveal(station, case=case, reason="再次")
    assert consistency.check(station.store) == []


def test_what_would_name_him_is_refused(station: Station) -> None:
    given = complaint()
    given.parties[0].agents.append({"name": "田小明"})
    with pytest.raises(KnownError, match="E-256"):
        cases.register(station, intake=given)


def test_a_linked_appeal_of_a_hidden_one_hides_him_again(station: Station) -> None:
    case = cases.register(station, intake=complaint()).case
    made = turning.open_linked(station, case=case, service="心理服务", summary="情绪低落，希望得到疏导")
    view = station.case(made.case)
    assert text(view.record, "service") == "psych"
    assert [p.name for p in view.side("applicant")] == ["保密反映人"]
    assert [who.name for who in secrecy.look(station, case=made.case)] == ["田志强"]


def test_an_open_appeal_is_as_before(station: Station) -> None:
    given = wage_intake()
    assert secrecy.hidden(given) is given
    case = cases.register(station, intake=given).case
    assert not secrecy.is_hidden(station.case(case))
    assert station.case(case).kind("complainant") == []
