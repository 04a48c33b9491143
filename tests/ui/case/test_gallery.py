"""图片材料 on the page of a case: thumbnails appear when looked at, one opens large, files are added on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from station_app.services import cases, scans
from station_app.services.paperwork import evidence
from station_app.services.station import Station
from station_app.ui.case.gallery import Gallery, PictureDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import nameless


def jpeg(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    drawn = Image.new("RGB", (400, 300), "white")
    drawn.paste(colour, (100, 50, 300, 250))
    drawn.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def gallery(qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]) -> Gallery:
    case = cases.register(station, intake=wage_intake()).case
    evidence.add_pictures(station, case=case, sources=[scans.source("红.jpg", jpeg((200, 20, 20)))])
    shell = enter()
    shell.go("case", case)
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    (found,) = [part for part in page.parts if isinstance(part, Gallery)]
    return found


def test_pictures_are_shown_small_and_one_opens(
    qtbot: QtBot, window: MainWindow, station: Station, gallery: Gallery
) -> None:
    assert gallery.view.count() == 1
    item = gallery.view.item(0)
    assert item.text() == "红"
    shown = item.icon().pixmap(gallery.view.iconSize()).toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).red() > 150
    assert nameless(gallery) == []
    gallery.view.itemClicked.emit(item)
    gallery.view.itemActivated.emit(item)
    qtbot.waitUntil(lambda: bool(gallery.findChildren(PictureDialog)), timeout=5000)
    settle(qtbot, window.tasks)
    (dialog,) = gallery.findChildren(PictureDialog)
    assert dialog.shown.pixmap().width() > gallery.view.iconSize().width()
    dialog.accept()
    qtbot.waitUntil(lambda: not gallery._opening, timeout=5000)
    looked = station.store.con.execute("SELECT count(*) FROM access_log WHERE act = 'view'").fetchone()
    assert looked == (1,)


def test_files_are_added_on_the_spot(
    qtbot: QtBot, window: MainWindow, station: Station, gallery: Gallery, tmp_path: Path
) -> None:
    (tmp_path / "绿.jpg").write_bytes(jpeg((20, 160, 20)))
    gallery.take([tmp_path / "绿.jpg"])
    qtbot.waitUntil(lambda: gallery.view.count() == 2, timeout=10_000)
    assert [gallery.view.item(n).text() for n in range(2)] == ["红", "绿"]
    gallery.take([tmp_path / "无.jpg"])
    qtbot.waitUntil(lambda: "无.jpg" in window.bar.message, timeout=5000)
    assert gallery.view.count() == 2
