"""A day of the district's IT (peers 2.3): codes for all stations, a silent set-up with the unit's settings, joining by
picture, the check-up, the log, a backup and its drill, a lost PC, a new version. Real commands, server and desk.
"""

from __future__ import annotations

import csv
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from station_app import bootstrap, launcher, paths
from station_app.cli.intake.reader import _SAMPLE
from station_app.cli.main import run
from station_app.services.local import journal, settings
from station_app.services.updating import trusting
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.settings import SettingsPage
from sync.contract.errors import KnownError
from sync.contract.releasing.release import ring
from sync.server import cli as district_cli
from tests.packaging import packed
from tests.support.served import served
from tests.support.stations import cheap_passwords
from tests.ui.days.hands import Hands

UNIT = "光明区信息中心"
PERSONAL = ("田志强", "45012619890412011X", "15026018159", "田某的悄悄话", "李明", "东坑社区科学城工地东区")
"""What was typed into this PC, and must not be in what IT is sent."""
POLICY = f"""unit = "{UNIT}"
[fixed]
"net.minutes" = 7
[first]
"ui.idle_minutes" = 15
"""
ORG = """[station]
station = "东坑社区科学城工地群众诉求服务站"
station_code = "GM-FH-DK-01"
community = "dongkeng"
street = "凤凰街道"
committee = "深圳市光明区凤凰街道东坑社区人民调解委员会"
short = "光凤东坑"
court = "深圳市光明区人民法院"
[[people]]
name = "李明"
roles = ["mediator", "head"]
"""


class Desk:
    """What the person at the keyboard has: two command lines, a stick with files."""

    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.place, self._capsys, self._patch = place, capsys, patch
        (place / "pw").write_text("correct horse")

    def station(self, pc: str, *args: str, code: int = 0, password: bool = True, as_json: bool = True) -> Any:
        """A `station` command on a PC; its JSON, or its words where it refuses."""
        where = ["--data-dir", str(self.place / pc)]
        given = ["--password-file", str(self.place / "pw")] if password else []
        assert run([*args, *where, *given, *(["--json"] if as_json else [])]) == code, self._capsys.readouterr()
        said = self._capsys.readouterr()
        return json.loads(said.out) if code == 0 else said.out + said.err

    def district(self, *args: str) -> Any:
        """A `district-server` command."""
        self._patch.setattr(
            sys, "argv", ["district-server", *args, "--data-dir", str(self.place / "district"), "--json"]
        )
        with pytest.raises(SystemExit) as ended:
            district_cli.run()
        said = self._capsys.readouterr()
        assert not ended.value.code, said.err
        return json.loads(said.out)


@pytest.fixture
def hall(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    cheap_passwords()
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "org.toml").write_text(ORG, "utf-8")
    monkeypatch.setenv(paths.POLICY, str(tmp_path / "policy.toml"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return Desk(tmp_path, capsys, monkeypatch)


@pytest.fixture
def address(hall: Desk, repo: Path) -> Iterator[str]:
    """The district stands, its stations are known; it is served."""
    hall.district("init", "--district", "光明区群众诉求服务平台")
    hall.district("org", "import", str(repo / "resources" / "org" / "guangming.toml"))
    with served(hall.place / "district") as url:
        yield url


def test_codes_for_all_stations_a_silent_set_up_the_check_up_and_a_lost_pc(hall: Desk, address: str) -> None:
    # in the office: one code a station, as a list and as pictures to hand out
    made = hall.district("device", "codes", str(hall.place / "codes"), "--url", address)
    with (hall.place / "codes" / "接入码清单.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["站点编号"] for row in rows] == [item["station"] for item in made]
    assert len(rows) == 5
    picture = str(hall.place / "codes" / "GM-FH-DK-01.png")

    # at the station: set up without a question, the unit's settings stand, joined by the picture
    hall.station("pc", "init", "--org", str(hall.place / "org.toml"))
    kept = hall.station("pc", "config", "list")
    assert (kept["net.minutes"], kept["ui.idle_minutes"]) == ("7", "15")
    assert "E-265" in hall.station("pc", "config", "set", "net.minutes", "1", code=1, as_json=False)
    joined = hall.station("pc", "enrol", "--picture", picture)
    assert joined["station_code"] == "GM-FH-DK-01"
    left = hall.district("device", "codes", str(hall.place / "more"), "--url", address)
    assert "GM-FH-DK-01" not in [item["station"] for item in left], "a station with a PC needs no code"

    # a case, sent; the office sees the PC, its version and that nothing waits
    new = ["case", "new", "--summary", "田某的悄悄话", "--applicant", "田志强,45012619890412011X,15026018159"]
    hall.station("pc", *new, "--respondent", "演示宏川劳务有限公司")
    hall.station("pc", "sync")
    hall.station("pc", "sync")
    (seen,) = hall.district("device", "list", "--station", "GM-FH-DK-01")
    assert (seen["waiting"], seen["troubles"], seen["free_gb"] >= 0) == (0, [], True)
    assert seen["version"] not in ("", "-")
    assert hall.district("device", "list", "--silent", "3") == []

    # "it does not work": the check-up names it, its pack is sent to the office and names nobody
    _out(hall, "doctor", "--zip", str(hall.place / "pack.zip"))
    _names_nobody(hall.place / "pack.zip")
    hall.station("pc", "sync")
    events = [entry["event"] for entry in hall.station("pc", "log", password=False)]
    assert {"opened", "told", "travel", "checked", "policy"} <= set(events)

    # the drill: the disk dies, the backup goes onto another one, what came later is fetched from the platform
    hall.station("pc", "backup", str(hall.place / "stick.gmbak"))
    hall.station("pc", "case", "new", "--summary", "第二件", "--applicant", "张某")
    hall.station("pc", "sync")
    (hall.place / "pc").rename(hall.place / "dead")
    back = hall.station("pc", "restore", str(hall.place / "stick.gmbak"), "--user", "李明")
    assert back["cases"] == 1
    hall.station("pc", "sync")
    hall.station("pc", "sync")
    assert len(hall.station("pc", "case", "list")) == 2

    # a PC is stolen: it is locked out at once, and a new one takes its place with everything
    hall.district("device", "revoke", seen["device"], "--reason", "电脑被盗")
    assert "E-109" in hall.station("pc", "sync", code=1)
    code = hall.district("device", "code", "--station", "GM-FH-DK-01")["code"]
    assert "E-111" in hall.station("new", "init", "--join", address, "--code", "WRONG", "--mediator", "李明", code=1)
    made = hall.station("new", "init", "--join", address, "--code", code, "--mediator", "李明")
    assert made["station"] == "东坑社区科学城工地群众诉求服务站", "the code brings what the station is"
    assert "E-511" in hall.station("new", "init", "--join", address, "--code", "X", "--mediator", "李明", code=1)
    for _ in range(3):
        hall.station("new", "sync")
    assert len(hall.station("new", "case", "list")) == 2
    states = {d["device"]: d["revoked"] for d in hall.district("device", "list", "--station", "GM-FH-DK-01")}
    assert sorted(states.values()) == [False, True]


def test_a_new_version_goes_to_the_pilots_then_to_all(
    qtbot: QtBot, hall: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed by the publisher, offered to five in a hundred, then to all; seen on the board; taken at the desk."""
    home = hall.place / "home"
    bundle = packed.bundle(home / "versions/0.2.0", "0.2.0")
    monkeypatch.setenv(launcher.HOME, str(home))
    monkeypatch.setenv(launcher.VERSION, "0.2.0")
    assert run(["pack", "key", "--out", str(hall.place / "release.key")]) == 0
    key = hall._capsys.readouterr().out.strip()
    (hall.place / "policy.toml").write_text(f'unit = "{UNIT}"\n[fixed]\n"update.key" = "{key}"\n', "utf-8")
    out = hall.place / "release"
    made = ["--key", str(hall.place / "release.key"), "--version", "0.3.0", "--notes", "打印更快"]
    assert run(["update", "make", str(out), *made, "--platform", f"{trusting.kind()}={bundle}"]) == 0
    hall._capsys.readouterr()

    hall.station("pc", "init", "--org", str(hall.place / "org.toml"))
    code = hall.district("device", "code", "--station", "GM-FH-DK-01")["code"]
    hall.station("pc", "enrol", address, "--code", code)
    hall.station("pc", "sync")
    (device,) = hall.district("device", "list")
    hall.district("release", "trust", "发布单位", key)
    hall.district("release", "add", str(out))
    share = ring(device["device"])
    if share:  # the last share that does not reach this PC
        hall.district("release", "ring", "0.3.0", "--share", str(share))
    assert hall.station("pc", "update", "check")["version"] == ""
    assert hall.district("device", "list")[0]["offered"] == ""
    hall.district("release", "ring", "0.3.0", "--all")
    assert hall.district("device", "list")[0]["offered"] == "0.3.0"
    assert hall.station("pc", "update", "check")["notes"] == "打印更快"

    # at the desk: one press, work goes on, the check-up and the board say how it stands
    window = MainWindow(hall.place / "pc")
    qtbot.addWidget(window)
    window.show()
    window.enter(bootstrap.open_station(hall.place / "pc", name="李明", password="correct horse"))
    assert window.shell is not None
    window.shell.go("settings", "about")
    page = window.shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    card = page.about.update_card
    assert not card.form.boxes["set.update.when"].control.editor.property("readOnly")
    assert "0.3.0" in card.state.text()
    card.now.click()
    _until(card.look.isEnabled)
    assert launcher.read(home).version == "0.3.0"
    window.close()
    found = {f["name"]: f for f in json.loads(_out(hall, "doctor"))}
    assert "下次打开程序时使用 0.3.0" in found["程序版本"]["sentence"]
    monkeypatch.setenv(launcher.VERSION, "0.3.0")
    hall.station("pc", "sync")
    (seen,) = hall.district("release", "list")
    assert (seen["running"], seen["share"], seen["state"]) == (1, 100, "open")
    hall.district("release", "recall", "0.3.0", "--reason", "打印有误")
    assert hall.station("pc", "update", "check")["recalled"]
    found = {f["name"]: f for f in json.loads(_out(hall, "doctor"))}
    assert found["程序版本"]["code"] == "E-565"
    assert hall.station("pc", "update", "rollback", password=False)["version"] == "0.2.0"


def _names_nobody(pack: Path) -> None:
    with zipfile.ZipFile(pack) as opened:
        inside = {name: opened.read(name).decode() for name in opened.namelist()}
    assert {"体检.txt", "本机.json", "设置.json", "数量.json", "运行日志.jsonl"} <= set(inside)
    assert json.loads(inside["数量.json"])["case_row"] >= 1
    for name, text in inside.items():
        for word in PERSONAL:
            assert word not in text, (name, word)
        assert str(Path.home()) + "/" not in text, name


def test_a_wrong_policy_is_named_and_hinders_nobody(hall: Desk) -> None:
    (hall.place / "policy.toml").write_text('unit = "x"\n[fixed]\n"net.minutes" = "never"\n', "utf-8")
    hall.station("pc", "init", "--org", str(hall.place / "org.toml"))
    assert hall.station("pc", "config", "list")["net.minutes"] == "5"
    said = hall.station("pc", "doctor", code=1)
    assert "E-266" in said
    for wrong in ("x = [", "[other]\nx = 1", '[fixed]\n"number.series" = "A"'):
        (hall.place / "policy.toml").write_text(wrong, "utf-8")
        assert "E-266" in hall.station("pc", "doctor", code=1)
    hall.station("pc", "case", "new", "--summary", "照常", "--applicant", "张某")


@pytest.mark.parametrize("name", ["fcitx", "ibus", "no-such-method"])
def test_the_check_up_knows_the_input_method(hall: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("QT_IM_MODULE", name)
    hall.station("pc", "init", "--org", str(hall.place / "org.toml"))
    found = {f["name"]: f for f in json.loads(_out(hall, "doctor"))}
    assert found["输入法"]["ok"] is (name != "no-such-method")
    assert found["输入法"]["code"] == ("E-267" if name == "no-such-method" else "")


def _out(hall: Desk, *args: str) -> str:
    """What a command says, whatever its end."""
    run([*args, "--data-dir", str(hall.place / "pc"), "--password-file", str(hall.place / "pw"), "--json"])
    return hall._capsys.readouterr().out


def test_the_log_turns_and_holds_only_words_it_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_BYTES", 500)
    for number in range(40):
        journal.note(tmp_path, "told", code="E-107", n=number)
    journal.note(tmp_path, "田志强", code="E-107")
    journal.note(tmp_path, "told", code="田志强", ticket="田志强")
    kept = journal.read(tmp_path)
    assert len(journal.files(tmp_path)) == journal.KEPT
    assert 0 < len(kept) < 40
    assert kept[-2].figures == {"n": 39}
    assert "田志强" not in "".join(path.read_text("utf-8") for path in journal.files(tmp_path))
    assert journal.read(tmp_path, most=1)[0].code == ""


def test_at_the_desk(qtbot: QtBot, hall: Desk) -> None:
    """What is fixed is shown and cannot be changed; the pack is exported; the reader is tried on the spot."""
    hall.station("pc", "init", "--org", str(hall.place / "org.toml"))
    window = MainWindow(hall.place / "pc")
    qtbot.addWidget(window)
    window.show()
    station = bootstrap.open_station(hall.place / "pc", name="李明", password="correct horse")
    window.enter(station)
    assert window.shell is not None
    hands = Hands(qtbot, window)
    window.shell.go("settings", "network")
    hands.rest()
    page = window.shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    fixed = page.line.settings.boxes["set.net.minutes"]
    assert UNIT in fixed._head.text()
    assert not fixed.control.editor.isEnabled() or fixed.control.editor.property("readOnly")
    with pytest.raises(KnownError, match="E-265"):
        settings.put(station, {"net.minutes": "1"})

    window.shell.go("settings", "about")
    hands.rest()
    page.about.export(hall.place)
    _until(lambda: bool(list(hall.place.glob("体检包-*.zip"))) and page.about.pack.isEnabled())
    _names_nobody_but_cases(next(hall.place.glob("体检包-*.zip")))

    helper = hall.place / "helper.py"
    helper.write_text(f"import sys\nsys.stdin.readline()\nprint({json.dumps(json.dumps({'v': 1, 'card': _SAMPLE}))})\n")
    command = f'"{sys.executable}" -I "{helper}"'
    window.shell.go("settings", "print")
    hands.rest()
    page.reader.form.set_values({"set.reader.command": command})
    page.reader.form._store("set.reader.command")
    page.reader.test.click()
    _until(page.reader.test.isEnabled)
    assert "011X" in page.reader.result.text()
    assert "田志强" not in page.reader.result.text()
    settings.put(station, {"reader.command": ""})
    page.reader.test.click()
    _until(page.reader.test.isEnabled)
    assert "E-260" in page.reader.result.text()
    window.close()


def _names_nobody_but_cases(pack: Path) -> None:
    with zipfile.ZipFile(pack) as opened:
        assert "体检.txt" in opened.namelist()
        assert all("李明" not in opened.read(name).decode() for name in opened.namelist())


def _until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)
