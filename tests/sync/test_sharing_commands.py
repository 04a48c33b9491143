"""station share: two PCs of one station, each by its own commands, and a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from tests.support.district import District
from tests.support.stations import PASSWORD
from tests.sync.pcs import Join, go, register

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *words: str) -> tuple[int, dict[str, object], str]:
    """Exit code, what was printed as JSON, what was complained of."""
    code = run([*words, "--json"])
    shown = capsys.readouterr()
    return code, json.loads(shown.out or "{}"), shown.err


def test_two_pcs_exchange_by_commands(
    district: District,
    join: Join,
    tmp_path: Path,
    capsys: Capture,
) -> None:
    stations = [join("S1"), join("S1")]
    for station in (*stations, *stations):
        go(district, station)
    register(stations[0])
    (tmp_path / "pw").write_text(PASSWORD)
    folder = tmp_path / "共享"
    one, two = (
        ["--data-dir", str(s.store.directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
        for s in stations
    )
    code, _, complaint = said(capsys, "share", "set", str(folder), *one)
    assert code == 1
    assert "E-184" in complaint
    folder.mkdir()
    for words in (one, two):
        assert said(capsys, "share", "set", str(folder), *words)[0] == 0
    for words in (one, two, one, two):
        code, data, _ = said(capsys, "share", "now", *words)
        assert (code, data["colleagues"], data["ignored"]) == (0, 1, [])
    code = run(["case", "list", "--json", *two])
    (listed,) = json.loads(capsys.readouterr().out)
    assert listed["title"] == "田志强与演示宏川劳务有限公司拖欠农民工工资纠纷"
    (folder / "station-share" / "来历不明.gmb").write_bytes(b"GMB1")
    code, data, _ = said(capsys, "share", "now", *two)
    assert data["ignored"] == [{"name": "来历不明.gmb", "code": "E-182"}]
    code, data, _ = said(capsys, "share", "status", *two)
    assert (data["folder"], data["error"], data["ignored"]) == (
        str(folder),
        "",
        [{"name": "来历不明.gmb", "code": "E-182"}],
    )
    folder.rename(tmp_path / "moved")
    code, _, complaint = said(capsys, "share", "now", *two)
    assert code == 1
    assert "E-184" in complaint
    assert said(capsys, "share", "off", *two)[0] == 0
    assert said(capsys, "share", "now", *two)[0] == 0
