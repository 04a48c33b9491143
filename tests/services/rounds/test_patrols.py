"""Rounds: written with what was found, corrected by their own station, a finding becomes an appeal that names it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import text
from station_app.services import undo
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.rounds import patrols
from station_app.services.rounds.caseless import find
from station_app.services.station import Station, User
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import PASSWORD, make_station
from tests.sync.pcs import Join, go

ROUND: Values = {"at": "2026-11-19T19:30", "place": "科学城工地生活区", "place_kind": "dormitory", "subject": "wages"}
FOUND: list[Values] = [{"text": "三号楼工友反映十月工资未发", "risk": "medium"}, {"text": "公示栏的工资表已过期"}]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def intake() -> Intake:
    party = PartyInput({"role": "applicant", "kind": "person", "name": "田志强"})
    return Intake({"type": "wage_arrears"}, {"summary": "某劳务公司拖欠十月工资"}, [party])


def test_a_round_is_one_op_with_its_findings(station: Station) -> None:
    changes = patrols.record(station, values=ROUND, findings=FOUND)
    assert (len(changes.ops), len(changes.ids)) == (1, 3)
    (made,) = patrols.rounds(station)
    assert [text(f, "text") for f in made.findings] == [f["text"] for f in FOUND]
    assert (made.open, text(made.record, "leader")) == (2, station.user.person)
    patrols.record(station, values={"place": "东区一号楼", "subject": "disputes"})
    assert [text(r.record, "place") for r in patrols.rounds(station)] == ["东区一号楼", "科学城工地生活区"]
    assert consistency.check(station.store) == []


def test_a_finding_becomes_an_appeal_with_one_step_and_both_name_each_other(station: Station) -> None:
    _, first, second = patrols.record(station, values=ROUND, findings=FOUND).ids
    changes = patrols.appeal(station, finding=first, intake=intake())
    case = station.case(changes.case)
    assert (text(case.record, "finding"), text(find(station, first, "finding"), "case")) == (first, changes.case)
    assert (text(case.record, "found_at"), text(case.record, "channel")) == ("2026-11-19T19:30", "patrol")
    assert (text(case.record, "found_by"), text(case.record, "place")) == ("李明", "科学城工地生活区")
    assert text(case.record, "registered_at") == "2026-11-20T08:52"
    for act in (
        lambda: patrols.appeal(station, finding=first, intake=intake()),
        lambda: patrols.settle(station, finding=first, result="已督促"),
        lambda: patrols.remove(station, rec=patrols.rounds(station)[0].record.id),
    ):
        with pytest.raises(KnownError, match="E-272"):
            act()
    patrols.settle(station, finding=second, result="已更换公示内容")
    assert patrols.rounds(station)[0].open == 0
    with pytest.raises(KnownError, match="E-272"):
        patrols.settle(station, finding=second, result="又更换一次")
    assert consistency.check(station.store) == []


def test_taken_back_the_finding_is_open_again(station: Station) -> None:
    _, first, _ = patrols.record(station, values=ROUND, findings=FOUND).ids
    changes = patrols.appeal(station, finding=first, intake=intake())
    undo.undo(station, changes)
    assert patrols.rounds(station)[0].open == 2


def test_what_cannot_be_is_refused_and_nothing_is_written(station: Station) -> None:
    before = station.store.con.execute("SELECT count(*) FROM op").fetchone()
    wrong: list[tuple[str, Values, list[Values]]] = [
        ("E-216", {"place": "", "subject": "wages"}, []),
        ("E-216", {"place": "东区"}, []),
        ("E-217", {**ROUND, "subject": "nothing"}, []),
        ("E-237", {**ROUND, "until": "2026-11-19T08:00"}, []),
        ("E-216", ROUND, [{"text": "  "}]),
        ("E-270", ROUND, [{"text": "工友田某，45012619890412011X，工资未发"}]),
        ("E-270", {**ROUND, "text": "联系电话15026018159"}, []),
        ("E-214", {**ROUND, "strange": "x"}, []),
    ]
    for code, values, findings in wrong:
        with pytest.raises(KnownError, match=code):
            patrols.record(station, values=values, findings=findings)
    station.user = User(station.user.person, "运维", ("operator",))
    with pytest.raises(KnownError, match="E-404"):
        patrols.record(station, values=ROUND)
    assert station.store.con.execute("SELECT count(*) FROM op").fetchone() == before


def test_rounds_reach_the_community_in_clear_and_only_their_station_corrects_them(
    district: District, join: Join
) -> None:
    one, two = join("S1"), join("S2")
    for station in (one, two, one, two):
        go(district, station)
    rec, first, _ = patrols.record(one, values=ROUND, findings=FOUND).ids
    case = patrols.appeal(one, finding=first, intake=intake()).case
    for station in (one, two):
        go(district, station)
    (there,) = patrols.rounds(two)
    assert (text(there.findings[0], "case"), there.open) == (case, 1)
    assert patrols.rounds(two, own_only=True) == []
    for act in (
        lambda: patrols.edit_round(two, rec=rec, values={"place": "西区"}),
        lambda: patrols.settle(two, finding=there.findings[1].id, result="已处理"),
    ):
        with pytest.raises(KnownError, match="E-271"):
            act()
    patrols.edit_round(one, rec=rec, values={"until": "2026-11-19T21:00"})
    with district.server.storage.read() as tx:
        bodies = b"".join(bytes(row[0]) for row in tx.rows("SELECT body FROM op WHERE body IS NOT NULL"))
    assert "三号楼工友反映".encode() in bodies
    assert "某劳务公司拖欠十月工资".encode() not in bodies, "what the appeal says is sealed"


def test_the_reference_fold_is_kept_and_never_stale(station: Station) -> None:
    kept = station.store.reference()
    assert station.store.reference() is kept
    patrols.record(station, values=ROUND)
    assert len(station.store.reference().of_kind("patrol")) == 1
    with station.write("patrol") as tx:
        tx.op("patrol", "reference").new("patrol", {"place": "x"})
        assert len(station.store.reference().of_kind("patrol")) == 1, "not said yet"
        tx.drafts.clear()
    assert len(station.store.reference().of_kind("patrol")) == 1


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    data, word = tmp_path / "data", tmp_path / "word"
    make_station(data).station.store.close()
    word.write_text(PASSWORD, "utf-8")
    clock = FixedClock(datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI))
    monkeypatch.setattr("station_app.bootstrap.SystemClock", lambda: clock, raising=False)
    options = ["--data-dir", str(data), "--user", "李明", "--password-file", str(word)]

    def said(*words: str) -> str:
        assert run([*words, *options]) == 0
        return capsys.readouterr().out

    found = json.loads(said("patrol", "add", "东区宿舍", "--found", "欠薪苗头", "--subject", "工资", "--json"))
    finding = found["findings"][0]
    case = json.loads(said("patrol", "appeal", finding, "工友反映欠薪", "--applicant", "田志强", "--json"))["case"]
    listed = json.loads(said("patrol", "list", "--json"))
    assert listed[0]["findings"][0]["case"] == case
    assert "已转为诉求" in said("patrol", "list")
    assert run(["patrol", "settle", finding, "已处理", *options]) == 1
    assert "E-272" in capsys.readouterr().err
