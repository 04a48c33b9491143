"""备份 on the desk: one key, its progress, what is wrong with the folder, a reminder when the last is old; and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.services import cases
from station_app.services.local import backing, backup, settings
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.login import LoginPage
from station_app.ui.pages.restoring import RestorePage
from station_app.ui.pages.settings import SettingsPage
from station_app.ui.pages.settings_backup import BackupTab
from station_app.ui.pages.setup import SetupPage
from tests.support.stations import PASSWORD, make_station, wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]) -> BackupTab:
    cases.register(station, intake=wage_intake())
    shell = enter()
    shell.go("settings", "backup")
    settle(qtbot, window.tasks)
    page = shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page.backup


def test_a_backup_is_one_key_away(
    qtbot: QtBot, window: MainWindow, station: Station, tab: BackupTab, tmp_path: Path
) -> None:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    assert "还没有备份过" in tab.state.text()
    assert "还没有设置备份文件夹" in tab.warning.text()
    steps: list[int] = []
    tab.bar.valueChanged.connect(steps.append)
    tab.put(str(folder))
    settle(qtbot, window.tasks)
    assert "同一块磁盘" in tab.warning.text(), "here both folders lie on one disk"
    assert cut(tab) == []
    assert nameless(tab) == []
    tab.now.click()
    assert not tab.now.isEnabled()
    qtbot.waitUntil(lambda: "已打开核对" in window.bar.message, timeout=30_000)
    settle(qtbot, window.tasks)
    (made,) = folder.iterdir()
    assert backup.look(made).users
    assert 100 in steps
    assert tab.now.isEnabled()
    assert "0 天前" in tab.state.text()


def test_a_stick_that_is_gone_is_said(
    qtbot: QtBot, window: MainWindow, station: Station, tab: BackupTab, tmp_path: Path
) -> None:
    settings.put(station, {"backup.folder": str(tmp_path / "gone")})
    tab.refresh()
    settle(qtbot, window.tasks)
    assert "现在打不开" in tab.warning.text()
    tab.now.click()
    qtbot.waitUntil(lambda: "备份文件夹" in window.bar.message, timeout=10_000)
    assert tab.now.isEnabled()
    assert not station.store.setting("backup.at")


def test_the_status_line_reminds_when_the_last_one_is_old(
    qtbot: QtBot, window: MainWindow, station: Station, tab: BackupTab
) -> None:
    assert window.shell is not None
    status = window.shell.status
    assert not status._backup.isVisible()
    station.store.set_settings({"backup.at": str(station.clock.now_ms() - 8 * 24 * 3600 * 1000)})
    status.refresh()
    settle(qtbot, window.tasks)
    assert "已 8 天没有备份" in status._backup.text()
    settings.put(station, {"backup.days": "0"})
    status.refresh()
    settle(qtbot, window.tasks)
    assert not status._backup.isVisible()
    assert backing.is_old(station) == 0


def test_a_new_pc_is_set_up_from_a_backup(qtbot: QtBot, tmp_path: Path) -> None:
    station = make_station(tmp_path / "old").station
    cases.register(station, intake=wage_intake())
    file = backup.write(station, to=tmp_path).path
    station.store.close()
    window = MainWindow(tmp_path / "data")
    qtbot.addWidget(window)
    window.show()
    window.begin()
    page = window.page
    assert isinstance(page, SetupPage)
    page.restore.click()
    restoring = window.page
    assert isinstance(restoring, RestorePage)
    restoring.take(tmp_path / "nothing.gmbak")
    qtbot.waitUntil(restoring.error.isVisible, timeout=30_000)
    restoring.take(file)
    qtbot.waitUntil(lambda: restoring.login is not None, timeout=30_000)
    assert restoring.login is not None
    assert restoring.error.isHidden()
    assert station.store.setting("station.name") in restoring.said.text()
    restoring.login.password.setText("falsch falsch")
    restoring.login.button.click()
    qtbot.waitUntil(restoring.login.message.isVisible, timeout=20_000)
    assert not (tmp_path / "data" / "station.db").exists()
    qtbot.waitUntil(restoring.login.button.isEnabled, timeout=30_000)
    restoring.login.password.setText(PASSWORD)
    restoring.login.button.click()
    qtbot.waitUntil(lambda: "已恢复" in restoring.said.text(), timeout=20_000)
    assert "1 件案件" in restoring.said.text()
    assert "不再使用" in restoring.said.text()
    restoring._back.click()
    assert isinstance(window.page, LoginPage)
    window.close()
