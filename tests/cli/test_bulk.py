"""station paper bulk, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.services import cases
from tests.services.test_bulk import NEVER, group_case
from tests.support.stations import PASSWORD, make_station

Capture = pytest.CaptureFixture[str]


def test_one_for_each_then_nothing_more_to_do(tmp_path: Path, capsys: Capture) -> None:
    station = make_station(tmp_path / "data").station
    case = group_case(station)
    worker = station.case(case).side("applicant")[7]
    cases.edit(station, case=case, values={worker.id: {"name": f"田{NEVER}"}})
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "pw"), "--user", "李明"]
    out = tmp_path / "files"
    assert run(["paper", "bulk", case, "--per-worker", "--out", str(out), *options]) == 1
    shown = capsys.readouterr()
    assert shown.out.strip() == "共 8 份，本次出具 7 份，未能出具 1 份。"
    assert shown.err.startswith(f"田{NEVER}：E-301 “田{NEVER}”中的“{NEVER}”")
    names = sorted(p.name for p in out.iterdir())
    assert len(names) == 7
    assert names[0].startswith("（2026）光凤东坑人调字第A0001号-2-人民调解协议书-")
    assert run(["paper", "bulk", case, "--per-worker", "--json", *options]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert [m["fresh"] for m in facts["made"]] == [False] * 7
    assert facts["failed"] == [{"name": f"田{NEVER}", "code": "E-301"}]
    assert run(["paper", "bulk", case, *options]) == 1
    assert "E-343" in capsys.readouterr().err
