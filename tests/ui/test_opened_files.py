"""A double click on a .gmb: a second start hands the file to the desk that runs, a first one shows it after log-in."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtNetwork import QLocalSocket

from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.single import Single
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.bundle_preview import BundleDialog
from tests.support.stations import PASSWORD, make_station
from tests.ui.conftest import settle

DRIVER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from station_app.__main__ import main
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.bundle_preview import BundleDialog

begin = MainWindow.begin


def watched(window):
    begin(window)
    card = window.page.card
    assert not window.findChildren(BundleDialog), "nothing is shown before somebody logs in"
    card.password.setText(sys.argv[2])
    QTimer.singleShot(0, card.password.returnPressed.emit)
    timer = QTimer(window)

    def look():
        for dialog in window.findChildren(BundleDialog):
            if dialog.isVisible():
                print("SHOWN", dialog.verdict.text(), flush=True)
                timer.stop()
                dialog.reject()
                QTimer.singleShot(0, window.close)

    timer.timeout.connect(look)
    timer.start(20)


MainWindow.begin = watched
sys.exit(main(["--data-dir", sys.argv[1], sys.argv[3]]))
"""


def started(*argv: str, code: str = "") -> subprocess.Popen[str]:
    """A real process of the desk, without a screen."""
    way = ["-c", code] if code else ["-m", "station_app"]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, *way, *argv], env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_second_start_hands_its_file_over_and_ends(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell], tmp_path: Path
) -> None:
    directory = station.store.directory
    single = Single(directory)
    assert single.first()
    single.called.connect(window.called)
    shell = enter()
    bad = tmp_path / "回执 一.gmb"
    bad.write_bytes(b"GMB1 not whole")
    second = started("--data-dir", str(directory), str(bad))
    try:
        qtbot.waitUntil(lambda: bool(window.findChildren(BundleDialog)), timeout=60_000)
        out, err = second.communicate(timeout=60)
    finally:
        second.kill()
        single.close()
    assert (second.returncode, out) == (0, ""), err
    (dialog,) = window.findChildren(BundleDialog)
    assert dialog.isVisible()
    assert "数据包不完整或者已损坏" in dialog.verdict.text()
    assert shell.stack.currentWidget() is shell.pages["travel"]
    dialog.close()


def test_a_first_start_shows_the_file_after_the_log_in(tmp_path: Path) -> None:
    made = make_station(tmp_path / "data")
    made.station.store.close()
    bad = tmp_path / "x.gmb"
    bad.write_bytes(b"GMB1")
    first = started(str(tmp_path / "data"), PASSWORD, str(bad), code=DRIVER)
    try:
        out, err = first.communicate(timeout=120)
    finally:
        first.kill()
    assert first.returncode == 0, err
    assert out.startswith("SHOWN ▲ 数据包不完整或者已损坏")


def test_files_wait_for_the_lock_and_for_each_other(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], tmp_path: Path
) -> None:
    for name in ("a.gmb", "b.gmb"):
        (tmp_path / name).write_bytes(b"?")
    window.called([tmp_path / "a.gmb"])
    window.called([tmp_path / "a.gmb", tmp_path / "b.gmb"])
    assert list(window.handed.files) == [tmp_path / "a.gmb", tmp_path / "b.gmb"], "one of a kind"
    shell = enter()
    settle(qtbot, window.tasks)
    (first,) = [d for d in window.findChildren(BundleDialog) if d.isVisible()]
    assert list(window.handed.files) == [tmp_path / "b.gmb"]
    shell.lock()
    first.reject()
    settle(qtbot, window.tasks)
    assert list(window.handed.files) == [tmp_path / "b.gmb"], "not over the lock"
    shell.locked.unlocked.emit()
    settle(qtbot, window.tasks)
    assert not window.handed.files
    (second,) = [d for d in window.findChildren(BundleDialog) if d.isVisible()]
    second.reject()


@pytest.mark.parametrize(
    "said", [b"\n", b"no json\n", b'{"a": 1}\n', json.dumps(["relative.gmb", 7]).encode() + b"\n", b"x" * 70_000]
)
def test_nonsense_on_the_channel_names_no_file(qtbot: QtBot, tmp_path: Path, said: bytes) -> None:
    single = Single(tmp_path)
    assert single.first()
    came: list[object] = []
    single.called.connect(came.append)
    socket = QLocalSocket()
    socket.connectToServer(single._name)
    assert socket.waitForConnected(1000)
    socket.write(said)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=30_000)
    assert came in ([], [[]])
    single.close()


def test_the_system_is_told_what_a_bundle_is(repo: Path, tmp_path: Path) -> None:
    """The installer's own script, then Qt's reading of the shared MIME database in a process of its own."""
    home = tmp_path / "share"
    env = {**os.environ, "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    program = tmp_path / "program folder"
    program.mkdir()
    script = repo / "resources/packaging/linux/install.sh"
    subprocess.run(["sh", str(script), str(program)], env=env, check=True, timeout=60)
    bundle = tmp_path / "一.gmb"
    bundle.write_bytes(b"GMB1....")
    code = "import sys; from PySide6.QtCore import QMimeDatabase as D; print(D().mimeTypeForFile(sys.argv[1]).name())"
    done = subprocess.run(
        [sys.executable, "-c", code, str(bundle)], env=env, text=True, capture_output=True, check=True, timeout=60
    )
    kind = done.stdout.strip()
    assert kind == "application/x-station-bundle"
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(home / "applications/station-app.desktop", encoding="utf-8")
    assert kind + ";" == entry["Desktop Entry"]["MimeType"]
    assert entry["Desktop Entry"]["Exec"] == f'"{program}/station-app" %F'
    installer = (repo / "resources/packaging/windows/station.iss").read_text("utf-8")
    assert kind in installer
    assert '""{app}\\launcher\\station-app.exe"" ""%1""' in installer
    assert (home / "icons/hicolor/scalable/apps/station-app.svg").is_file()
    assert ET.parse(repo / "resources/packaging/linux/station-bundle.xml").getroot().tag.endswith("mime-info")
