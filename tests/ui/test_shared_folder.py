"""共享文件夹 on the desk: chosen once, exchanged by itself; a folder that is gone is one sentence, said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import sharing
from station_app.services.travel.sharing import Exchange, Ignored, Sharing
from station_app.ui.frame import sharing as frame
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.travel import TravelPage
from sync.contract.errors import KnownError
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


def test_a_round_runs_by_itself_and_a_gone_folder_is_said_once(
    qtbot: QtBot,
    window: MainWindow,
    station: Station,
    enter: Callable[[], Shell],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell = enter()
    shared = frame.SharedFolder(shell.desk)
    assert not shared._timer.isActive(), "without a folder nothing is looked at"
    frame.put(shell.desk, str(tmp_path))
    settle(qtbot, window.tasks)
    assert settings.get(station, "share.folder") == str(tmp_path)
    assert shared._timer.isActive()
    rounds: list[Exchange | KnownError] = [Exchange(ops=3), KnownError("E-184", folder="Z:"), KnownError("E-184")]
    came: list[object] = []
    window.tasks.changed.connect(came.append)

    def exchange(_station: Station) -> Exchange:
        found = rounds.pop(0)
        if isinstance(found, KnownError):
            raise found
        return found

    monkeypatch.setattr(sharing, "exchange", exchange)
    for left in (2, 1, 0):
        shared.look()
        settle(qtbot, window.tasks)
        assert len(rounds) == left
        if left == 2:
            assert len(came) == 1, "lists are read anew when something came"
        if left == 1:
            assert "共享文件夹“Z:”现在打不开" in window.bar.message
            window.bar.clear()
    assert window.bar.message == "", "the same fault is not said again every minute"


def test_the_page_says_how_it_goes(
    qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = Sharing("Z:/东坑", 1763601120000, "", 2, (Ignored("照片.gmb", "E-182"),))
    monkeypatch.setattr(sharing, "status", lambda _station: state)
    window.resize(911, 512)
    shell = enter()
    shell.go("travel")
    settle(qtbot, window.tasks)
    page = shell.pages["travel"]
    assert isinstance(page, TravelPage)
    assert "本站其他电脑 2 台" in page.shared.text()
    assert "照片.gmb" in page.shared.text()
    assert cut(page) == []
    assert nameless(page) == []
