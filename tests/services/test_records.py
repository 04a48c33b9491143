"""The simple children of a case: added with what the program knows, corrected, taken out; empty ones refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain import codes
from station_app.services import cases, records
from station_app.services.cases import Values
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station, wage_intake

SOUND: dict[str, Values] = {
    "answer": {"question": "insured", "value": "yes"},
    "extension": {"until": "2026-12-31", "agreed_on": "2026-11-24", "reason": "等待结算资料"},
    "recusal": {"asked_by": "田志强", "reason": "调解员与对方是亲属"},
    "inquiry": {"at": "2026-11-24T09:30", "person": "陈某", "record": "问：何时进场？答：十月八日。"},
    "evidence": {"name": "记工单"},
    "seal_use": {"title": "人民调解协议书", "seal": "人民调解委员会印章", "on": "2026-11-24", "copies": 3},
    "advice": {"to": "凤凰街道办事处", "problem": "工资表未按月签字", "measures": "督促分包单位按月公示工资表"},
    "decision": {"matter": "约谈负责人", "unit": "社区工作站", "until": "2026-12-01"},
    "booking": {"purpose": "court_video", "at": "2026-11-25T10:30", "place": "三楼视频间"},
    "dossier": {"title": "田志强等与某公司纠纷", "keep": "长期"},
    "contact": {"at": "2026-11-24T09:00", "manner": "phone", "who": "刘成", "outcome": "reached", "text": "同意来站。"},
    "notice": {"template": "rights_notice", "to": "刘成", "manner": "direct"},
    "consultation": {"question": "工资拖欠怎么办", "advice": "可以申请仲裁", "articles": ["调解仲裁法27"]},
    "suggestion": {"text": "在工地门口设置工资公示栏", "track": "collected"},
    "relief": {"need": "家中老人住院", "amount": 200_000, "on": "2026-11-24"},
    "complaint": {"unit": "某物业公司", "matter": "电梯长期停用"},
    "reply": {"text": "已督促付清工资。", "manner": "phone"},
    "private_note": {"text": "只愿意分两期。"},
    "psych_note": {"text": "情绪平稳。", "risk": "low", "consent": True},
}  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    return cases.register(station, intake=wage_intake()).case


HOME = {"complaint": "complaint", "suggestion": "suggestion"}
"""Kinds that only a case of their own service has."""


def home(station: Station, case: str, kind: str) -> str:
    """A case in which such a record has its place."""
    if kind not in HOME:
        return case
    given = wage_intake()
    given.case["service"] = HOME[kind]
    return cases.register(station, intake=given).case


def test_every_kind_has_a_name_a_verb_and_a_sound_example() -> None:
    assert {c.code for c in codes.load("record_kinds")} == set(records.VERBS)
    assert set(SOUND) | {"service_address"} == set(records.VERBS)
    for kind, names in records.REQUIRED.items():
        assert set(names) <= set(KINDS[kind].fields)


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_added_listed_corrected_and_taken_out(station: Station, case: str, kind: str) -> None:
    case = home(station, case, kind)
    changes = records.add(station, case=case, kind=kind, values=SOUND[kind])
    (rec,) = changes.ids
    assert changes.label == records.title_of(kind)
    record = station.case(case).state.records[rec]
    assert record.kind == kind
    if kind != "answer":
        (entry,) = (e for e in records.entries(station.case(case)) if e.rec == rec)
        assert entry.words
    assert not records.edit(station, case=case, rec=rec, values={}).ops
    if "removed" in KINDS[kind].fields:
        records.remove(station, case=case, rec=rec)
        assert rec not in {r.id for r in station.case(case).kind(kind)}
        records.edit(station, case=case, rec=rec, values={"removed": False})
        assert rec in {r.id for r in station.case(case).kind(kind)}
    assert consistency.check(station.store) == []


@pytest.mark.parametrize("kind", sorted(records.REQUIRED))
def test_a_record_that_says_nothing_is_refused(station: Station, case: str, kind: str) -> None:
    with pytest.raises(KnownError) as refused:
        records.add(station, case=home(station, case, kind), kind=kind, values={})
    assert refused.value.code == "E-216"


def test_an_unknown_field_and_a_wrong_code_are_named(station: Station, case: str) -> None:
    with pytest.raises(KnownError) as unknown:
        records.add(station, case=case, kind="reply", values={"text": "已答复", "colour": "red"})
    assert unknown.value.code == "E-214"
    with pytest.raises(KnownError) as wrong:
        records.add(station, case=case, kind="reply", values={"text": "已答复", "manner": "mars"})
    assert wrong.value.code == "E-217"


def test_private_and_psychological_notes_are_sealed_apart(station: Station, case: str) -> None:
    for kind in ("private_note", "psych_note"):
        records.add(station, case=case, kind=kind, values=SOUND[kind])
    held = {op.compartment for op in station.store.ops_of(case)}
    assert {"private", "psych"} <= held


def test_the_command_writes_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "cli"
    made = make_station(data).station
    rec = cases.register(made, intake=wage_intake()).case
    made.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(data), "--user", "李明", "--password-file", str(secret)]
    assert run(["record", "add", rec, "relief", "need=老人住院", "amount=2,000.00", "--json", *common]) == 0
    added = json.loads(capsys.readouterr().out)["record"]
    assert run(["record", "edit", rec, added, "result=已发放", *common]) == 0
    capsys.readouterr()
    assert run(["record", "list", rec, "--json", *common]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert "老人住院" in line["words"]
    assert run(["record", "add", rec, "relief", "colour=red", *common]) == 1
    assert "E-214" in capsys.readouterr().err
    assert run(["record", "remove", rec, added, *common]) == 0
    capsys.readouterr()
    assert run(["record", "list", rec, *common]) == 0
    assert "没有其他记录" in capsys.readouterr().out
