"""导入数据包 on the desk: a look first, then 导入 or 取消; what is refused says why and cannot be imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.services.station import Station
from station_app.services.travel import bundles, looking
from station_app.services.travel.bundles import Taken
from station_app.services.travel.looking import Preview, SeenCase
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages import carrying
from station_app.ui.pages.bundle_preview import BundleDialog
from station_app.ui.pages.travel import TravelPage
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

GOOD = Preview(
    "东坑-0003-回执.gmb",
    81_000,
    looking.ANSWER,
    "d-00",
    looking.PLATFORM,
    looking.SELF,
    3,
    1763601120000,
    confirms=12,
    fresh=9,
    known=4,
    files=2,
    cases=(
        SeenCase("00.1.0", "（2026）光凤东坑人调字第A0012号", "田志强与演示宏川劳务有限公司拖欠工资纠纷", 6, True),
        SeenCase("00.2.0", "", "", 3, False),
    ),
)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell]) -> TravelPage:
    shell = enter()
    shell.go("travel")
    settle(qtbot, window.tasks)
    found = shell.pages["travel"]
    assert isinstance(found, TravelPage)
    return found


def opened(qtbot: QtBot, page: TravelPage, file: Path) -> BundleDialog:
    carrying.take(page, str(file))
    settle(qtbot, page.tasks)
    (dialog,) = page.findChildren(BundleDialog)
    assert dialog.isVisible()
    return dialog


def test_importing_is_a_second_step(
    qtbot: QtBot, window: MainWindow, page: TravelPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Path] = []

    def take(_station: Station, *, path: Path) -> Taken:
        taken.append(path)
        return Taken(12, 9, 2, 0)

    monkeypatch.setattr(looking, "look", lambda _station, path: GOOD)
    monkeypatch.setattr(bundles, "take", take)
    dialog = opened(qtbot, page, Path("x.gmb"))
    assert "第 3 号" in dialog.written.text()
    assert "区级平台写出，给本机" in dialog.written.text()
    said = [line.text for line in dialog.effects.lines.lines]
    assert said[0] == "本机 12 条记录将记为已上传。"
    assert "9 条新记录" in said[1]
    assert [line.text for line in dialog.cases.lines.lines] == [
        "（2026）光凤东坑人调字第A0012号  田志强与演示宏川劳务有限公司拖欠工资纠纷",
        "内容本机不能读取的案件",
    ]
    assert cut(dialog) == []
    assert nameless(dialog) == []
    assert taken == []
    dialog.ok.click()
    qtbot.waitUntil(lambda: "新收到 9 条" in window.bar.message, timeout=30_000)
    assert taken == [Path("x.gmb")]


def test_a_bad_file_says_why_and_has_no_import(qtbot: QtBot, page: TravelPage, tmp_path: Path) -> None:
    bad = tmp_path / "坏.gmb"
    bad.write_bytes(b"PK not a bundle")
    dialog = opened(qtbot, page, bad)
    assert "数据包不完整或者已损坏" in dialog.verdict.text()
    assert not dialog.ok.isVisible()
    assert not dialog.cases.isVisible()
    dialog.close()
