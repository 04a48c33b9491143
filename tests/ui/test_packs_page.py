"""资料包: what is in force and whose, a pack taken in, one refused in words; found by search and from the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QLabel

from station_app.domain import codes
from station_app.services import packs
from station_app.services.station import Station
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.packs.page import PacksPage
from tests.documents.test_packs import PUBLIC
from tests.services.test_packs import NAME, pack
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless


@pytest.fixture(autouse=True)
def lists_back() -> Iterator[None]:
    yield
    codes.use(())


def side(page: PacksPage) -> str:
    return "\n".join(label.text() for label in page.side.findChildren(QLabel))


def test_packs_are_taken_in_or_refused_in_words(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell], tmp_path: Path
) -> None:
    window.resize(911, 512)
    shell = enter()
    shell.desk.go("packs")
    settle(qtbot, window.tasks)
    page = shell.pages["packs"]
    assert isinstance(page, PacksPage)
    assert "没有另外的资料包" in page.counts.text()
    assert shell.menu.entries["settings"].isChecked()
    lines = [line.text for line in page.lines.lines.lines]
    assert any(line.startswith("规则　") for line in lines)
    assert "文书　人民调解协议书" in lines
    assert "尚未设定" in side(page), "what nobody published is said"
    assert cut(page) == []
    assert nameless(page) == []
    good = tmp_path / "a.zip"
    good.write_bytes(pack())
    page.install(good)
    settle(qtbot, window.tasks)
    assert "签名" in page.notices.message, "nobody is trusted until somebody says so"
    assert packs.installed(station) == []
    page.trust.click()
    assert page.dialog is not None
    page.dialog.form.set_values({"pack.name": NAME, "pack.key": PUBLIC.hex()})
    page.dialog.ok.click()
    settle(qtbot, window.tasks)
    page.install(good)
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert page.lines.lines.lines[0].text == "资料包　十二月文书"
    page.lines.setCurrentIndex(page.lines.lines.index(0, 0))
    assert NAME in side(page)
    assert "人民调解协议书（2026-12" in side(page)
    page.install(tmp_path / "none.zip")
    settle(qtbot, window.tasks)
    assert "none.zip" in page.notices.message
    (broken,) = (station.store.directory / "packs").glob("*.zip")
    broken.write_bytes(broken.read_bytes()[:-40])
    page.refresh()
    settle(qtbot, window.tasks)
    first = page.lines.lines.lines[0]
    assert (first.tone, first.note) == ("red", "未通过核对，没有启用")
    page.lines.setCurrentIndex(page.lines.lines.index(1, 0))
    page.lines.setCurrentIndex(page.lines.lines.index(0, 0))
    assert "没有启用的原因" in side(page)
    assert cut(page) == []
