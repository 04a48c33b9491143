"""卷宗 on the page of a case: what is lacking, printed with one key; the bound file; archiving says what is lacking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QLabel

from station_app.services import papers
from station_app.services.station import Station
from station_app.ui.case import acts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.dossier import Dossier
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.test_dossier_check import agreed
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> CasePage:
    case = agreed(station)
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window)
    made = shell.pages["case"]
    assert isinstance(made, CasePage)
    return made


def part(page: CasePage) -> Dossier:
    return next(p for p in page.parts if isinstance(p, Dossier))


def test_what_is_lacking_is_listed_and_printed_with_one_key(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    shown = part(page)
    assert shown.count.text() == "应有 7 项，已有 1 项"
    said = [line.text for line in shown.lines.lines.lines]
    assert "卷内缺少人民调解记录。" in said
    shown.print.click()
    settle(qtbot, window)
    ready = {item for item in shown.lacking if item != "identity_sheets"}
    assert {"mediation_record", "rights_notice", "dossier_cover"} <= ready
    assert "先出具内容齐全的" in shown.dialog.form.issue.text()
    assert cut(shown.dialog) == []
    shown.dialog.reject()


def test_the_file_is_bound_to_disk(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station, tmp_path: Path
) -> None:
    part(page).bind_to(tmp_path / "卷宗.pdf")
    settle(qtbot, window)
    assert papers.page_count((tmp_path / "卷宗.pdf").read_bytes()) >= 4
    assert "卷宗已装订：卷宗.pdf" in page.notices.message
    assert part(page).count.text() == "应有 7 项，已有 3 项", "cover and contents, agreement, back"
    part(page).bind_to(tmp_path / "nowhere" / "卷宗.pdf")
    settle(qtbot, window)
    assert "E-516" in page.notices.message or "写入" in page.notices.message or "保存" in page.notices.message


def test_archiving_says_what_is_lacking_and_asks_for_the_reason(
    qtbot: QtBot, window: MainWindow, page: CasePage
) -> None:
    acts.step(page, "archive")
    made = next(d for d in page.findChildren(FormDialog) if d.isVisible())
    assert any("卷内缺少：" in label.text() for label in made.findChildren(QLabel))
    assert made.form.boxes["step.reason"].isVisible()
    assert cut(made) == []
    made.reject()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(qtbot: QtBot, window: MainWindow, page: CasePage, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle(qtbot, window)
    assert cut(part(page)) == []
    assert nameless(part(page)) == []
