"""法院材料包 on screen: the folder is written, what is missing is said, one case does not hold up the others."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QMessageBox

from station_app.services import cases
from station_app.services.exchange import casefile
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import package
from station_app.ui.papers.page import CasePapersPage
from tests.support.stations import wage_intake
from tests.ui.conftest import settle as once

Enter = Callable[[], Shell]
CASES = Path(__file__).parents[2] / "data" / "cases"


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(6):
        once(qtbot, window.tasks)


def test_one_or_many_cases_are_packed_and_told(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    data = (CASES / "3-traffic.json").read_bytes()
    case = casefile.import_file(station, data=data, name="3.json").case
    bare = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    settle(qtbot, window)
    page = shell.pages["case_papers"]
    assert isinstance(page, CasePapersPage)
    out = tmp_path / "court"
    out.mkdir()
    package.start(page, [case, bare], folder=str(out))
    settle(qtbot, window)
    settle(qtbot, window)
    (box,) = page.findChildren(QMessageBox)
    assert "已制作 1 个材料包，1 个案件还没有调解协议" in box.text()
    assert "：" in box.informativeText()
    (folder,) = (p for p in out.iterdir() if p.is_dir())
    (archive,) = folder.glob("*.zip")
    assert len(zipfile.ZipFile(archive).namelist()) >= 3
    box.close()
    package.start(page, [bare], folder=str(out))
    settle(qtbot, window)
    assert page.notices.isVisible()


def test_many_packages_are_stopped_after_the_one_at_hand(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    data = (CASES / "3-traffic.json").read_bytes()
    many = [casefile.import_file(station, data=data, name="3.json").case for _ in range(3)]
    shell = enter()
    shell.desk.go("case_papers", (many[0], ""))
    settle(qtbot, window)
    page = shell.pages["case_papers"]
    assert isinstance(page, CasePapersPage)
    out = tmp_path / "court"
    out.mkdir()
    package.start(page, many, folder=str(out))
    assert page.notices.message == "正在制作材料包，第 1/3 件。"
    page.notices.act()
    settle(qtbot, window)
    settle(qtbot, window)
    (box,) = page.findChildren(QMessageBox)
    assert box.text() == "已制作 1 个材料包，已停止，其余 2 件没有制作"
    assert len([p for p in out.iterdir() if p.is_dir()]) == 1, "the one at hand is whole"
    box.close()


def test_how_long_it_takes_is_said_from_the_second_on() -> None:
    assert package._counted(0, 12, 0.0) == "正在制作材料包，第 1/12 件。"
    assert package._counted(6, 12, 40.0) == "正在制作材料包，第 7/12 件，预计剩余 40 秒。"
