"""station paper print, log and send as typed: reprints are the same bytes and one more line; refusals are plain."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from station_app.cli.main import run
from station_app.services import papers, printing
from station_app.services.station import Station
from tests.support.printers import FakePrinter
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import wage_case

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    (tmp_path / "pw").write_text(PASSWORD)
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    rec = wage_case(station, workers=8)
    station.store.close()
    return rec


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    return ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]


def test_a_reprint_is_the_same_file_and_marked_in_the_log_only(
    case: str, options: list[str], tmp_path: Path, capsys: Capture
) -> None:
    files = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    for file in files:
        assert run(["paper", "print", case, "受理登记表", "--out", str(file), *options]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    draft = ["paper", "print", case, "权利义务告知书", "--draft", "--out", str(tmp_path / "3.pdf"), *options]
    assert run(draft) == 0
    capsys.readouterr()
    assert run(["paper", "log", case, "--json", *options]) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [(line["nth"], line["printer"], line["user"]) for line in lines] == [(1, "", "李明"), (2, "", "李明")]
    assert run(["paper", "log", case, *options]) == 0
    shown = capsys.readouterr().out
    assert "（写入文件）" in shown
    assert "第 2 次打印（补打）" in shown


@pytest.mark.parametrize(
    ("more", "code"),
    [(["--printer", "奔图 P3010"], "E-323"), (["--printer", "甲", "--pages", "二"], "E-321")],
)
def test_what_cannot_be_sent_is_said(
    case: str, options: list[str], more: list[str], code: str, capsys: Capture
) -> None:
    assert run(["paper", "send", case, *more, *options]) == 1
    assert capsys.readouterr().err.startswith(code)


def test_issuing_is_stopped_by_the_keyboard_and_gone_on_with(
    case: str, options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Ctrl+C during the second paper: it is finished, E-363 says how many are left, nothing went to the printer."""
    printer, real, issued = FakePrinter(), papers.issue, list[str]()
    monkeypatch.setattr(printing, "open_queue", lambda _name: printer)

    def issue(*args: Any, **given: Any) -> papers.Issued:
        issued.append(given["template"])
        if len(issued) == 2:
            signal.raise_signal(signal.SIGINT)
        return real(*args, **given)

    monkeypatch.setattr(papers, "issue", issue)
    command = ["paper", "send", case, "--issue", "--printer", "甲", "--copies", "1", *options]
    assert run(command) == 1
    assert capsys.readouterr().err.startswith("E-363 已停止出具：本次已出具 2 份，")
    assert printer.printed == []
    assert run([*command, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["issued"] == len(set(issued)) - 2 > 0, "the second run issued the rest, and only the rest"
    assert len(issued) == len(set(issued)) == facts["papers"]


@pytest.mark.parametrize("more", [["--copies", "0"], ["--copies", "many"], []])
def test_wrong_options_are_refused(case: str, options: list[str], more: list[str], capsys: Capture) -> None:
    """No printer named and none remembered: nothing is chosen for a person."""
    assert run(["paper", "send", case, *more, *options]) == 2
    assert "Traceback" not in capsys.readouterr().err
