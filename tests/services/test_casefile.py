"""Case files: imported whole or kept as a draft with everything that is wrong; exported and read back alike."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from station_app.services.exchange import casefile
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency, local
from sync.contract.errors import KnownError
from tests.support.stations import make_station

FILE: dict[str, Any] = {
    "format": "station-case",
    "version": 1,
    "case": {"type": "wage_arrears", "labour": True, "amount": "16800.00", "place": "科学城工地", "mediator": "李明"},
    "facts": {"summary": "拖欠工资", "story": "自十月八日起未发工资。"},
    "parties": [
        {
            "key": "w1",
            "role": "applicant",
            "kind": "person",
            "name": "田志强",
            "identity": {"id_kind": "resident", "id_number": "45012619890412011X", "phone": "15026018159"},
            "wage": {"work": "钢筋工", "day_rate": "300.00", "days": "56", "due": "16800.00", "paid": "0.00"},
        },
        {"key": "c", "role": "respondent", "kind": "organisation", "name": "演示宏川劳务有限公司"},
    ],
    "sessions": [{"from": "2026-11-20T09:00", "to": "2026-11-20T10:00", "mediators": ["李明"], "record": "双方到场。"}],
    "agreement": {
        "total": "16800.00",
        "obligations": [
            {"kind": "pay", "payers": ["c"], "amount": "16800.00", "shares": {"w1": "16800.00"}, "due": "2026-11-30"}
        ],
        "terms": ["被申请人于2026年11月30日前付清。"],
    },
    "signatures": [
        {"role": "party", "party": "w1", "manner": "signed_fingerprint", "on": "2026-11-20"},
        {"role": "party", "party": "c", "manner": "signed_sealed", "on": "2026-11-20"},
        {"role": "mediator", "person": "李明", "manner": "signed", "on": "2026-11-20"},
        {"role": "committee", "manner": "sealed", "on": "2026-11-21"},
    ],
    "steps": [
        {"step": "accept", "at": "2026-11-20T08:55"},
        {"step": "mediate", "at": "2026-11-20T09:00"},
        {"step": "agree", "at": "2026-11-20T10:00"},
        {"step": "take_effect", "at": "2026-11-21T09:00"},
    ],
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def encode(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def test_a_whole_case_is_imported_in_one_group_and_stands_in_the_lists(station: Station) -> None:
    result = casefile.import_file(station, data=encode(FILE))
    assert result.errors == []
    case = station.case(result.case)
    assert case.case_state == "effective"
    assert case.sealed
    assert case.get("accepted_at") == "2026-11-20T08:55"
    assert case.obligations[0].get("shares") == {case.side("applicant")[0].id: 1_680_000}
    assert casefile.describe(station, case).splitlines()[0].startswith("案件名称：田志强与演示宏川劳务有限公司")
    assert result.changes is not None
    groups = {(h.split(b'"group":')[1].split(b"]")[0]) for h in _headers(station)}
    assert len(groups) == 1
    assert consistency.check(station.store) == []


def _headers(station: Station) -> list[bytes]:
    return [bytes(r[0]) for r in station.store.con.execute("SELECT header FROM op WHERE case_id <> 0")]


def test_what_was_exported_reads_back_to_the_same_file(station: Station) -> None:
    first = casefile.import_file(station, data=encode(FILE)).case
    out = json.loads(casefile.export_file(station, case=first))
    for own in (
        "state",
        "state_reason",
        "state_since",
        "number",
        "committee",
        "station",
        "community",
        "colour_reasons",
    ):
        out["case"].pop(own, None)
    second = casefile.import_file(station, data=encode({**out, "steps": FILE["steps"]}))
    assert second.errors == []
    again = json.loads(casefile.export_file(station, case=second.case))
    assert {k: v for k, v in again.items() if k != "case"} == {k: v for k, v in out.items() if k not in ("case",)}
    assert local.access_log(station.store)[0][2] == "export"


def wrong_number(data: dict[str, Any]) -> None:
    data["parties"][0]["identity"]["id_number"] = "450126198904120111"


def unknown_key(data: dict[str, Any]) -> None:
    data["case"]["amonut"] = "1"


def three_decimals(data: dict[str, Any]) -> None:
    data["agreement"]["obligations"][0]["amount"] = "1.005"


def negative(data: dict[str, Any]) -> None:
    data["parties"][0]["wage"]["due"] = "-5.00"


def payer_is_nobody(data: dict[str, Any]) -> None:
    data["agreement"]["obligations"][0]["payers"] = ["x"]


def step_too_early(data: dict[str, Any]) -> None:
    data["steps"] = [{"step": "archive"}]


def stranger_mediates(data: dict[str, Any]) -> None:
    data["sessions"][0]["mediators"] = ["某人"]


def impossible_date(data: dict[str, Any]) -> None:
    data["agreement"]["obligations"][0]["due"] = "2026-02-30"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (wrong_number, "E-201"),
        (unknown_key, "E-214"),
        (three_decimals, "E-208"),
        (negative, "E-207"),
        (payer_is_nobody, "E-211"),
        (step_too_early, "E-405"),
        (stranger_mediates, "E-512"),
        (impossible_date, "E-209"),
    ],
)
def test_a_wrong_file_is_kept_as_a_draft_with_the_reason(station: Station, spoil: Any, code: str) -> None:
    data = copy.deepcopy(FILE)
    spoil(data)
    result = casefile.import_file(station, data=encode(data), name="a.json")
    assert [e.error.code for e in result.errors] == [code]
    assert result.case == ""
    assert lists.count(station) == 0
    assert [d.id for d in casefile.drafts(station)] == [result.draft]


def test_a_reason_lets_a_doubtful_number_through(station: Station) -> None:
    data = copy.deepcopy(FILE)
    wrong_number(data)
    draft = casefile.import_file(station, data=encode(data)).draft
    assert casefile.register_draft(station, draft=draft).errors, "without a reason it stays a draft"
    result = casefile.register_draft(station, draft=draft, overrides={"w1": "证件核对无误，公安机关已说明"})
    assert result.errors == []
    identity = station.case(result.case).side("applicant")[0].identity
    assert identity is not None
    assert identity.get("id_override") == "证件核对无误，公安机关已说明"
    assert casefile.drafts(station) == []


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000])
def test_what_is_no_case_file_is_said_and_nothing_is_kept(station: Station, data: bytes) -> None:
    with pytest.raises(KnownError, match="E-215"):
        casefile.import_file(station, data=data)
    assert casefile.drafts(station) == []
