"""The first page of a new PC: joining by a typed code against a real district; the sheet as PDF; a wrong code."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.setup import SetupPage, SheetPage
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.served import served
from tests.support.stations import PASSWORD, cheap_passwords

VALUES = {
    "setup.station": "东坑社区群众诉求服务站", "setup.station_code": "GM-FH-DK-01", "setup.street": "凤凰街道",
    "setup.community": "dongkeng", "setup.committee": "东坑社区人民调解委员会", "setup.short": "光凤东坑",
    "setup.court": "深圳市光明区人民法院", "person.name": "李明",
    "person.roles": ["mediator", "head"], "setup.password": PASSWORD, "setup.again": PASSWORD,
}  # fmt: skip


def begin(qtbot: QtBot, window: MainWindow, url: str, code: str) -> SheetPage:
    cheap_passwords()
    window.begin()
    page = window.page
    assert isinstance(page, SetupPage)
    page.form.set_values({**VALUES, "setup.code": code})
    page.go.click()
    assert "一并填写" in page.message.text()
    page.form.set_values({"setup.url": url})
    page.go.click()
    qtbot.waitUntil(lambda: page.stack.count() == 2, timeout=10_000)
    sheet = page.stack.currentWidget()
    assert isinstance(sheet, SheetPage)
    return sheet


def test_a_new_pc_joins_by_a_typed_code_and_saves_its_sheet(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    district = District(tmp_path / "district", FakeClock())
    code = district.code("S1")
    district.close()
    with served(tmp_path / "district") as url:
        sheet = begin(qtbot, window, url, code)
        qtbot.waitUntil(lambda: "●" in sheet.joined.text() or "▲" in sheet.joined.text(), timeout=20_000)
    assert sheet.joined.text() == "● 已接入区级平台：S1站"
    sheet.save_pdf(tmp_path / "sheet.pdf")
    data = (tmp_path / "sheet.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert len(data) > 5_000, "the code is on it"
    sheet.save_pdf(tmp_path / "none" / "sheet.pdf")
    assert "▲" in sheet.joined.text()
    sheet.kept.click()
    sheet.start.click()
    assert window.shell is not None
    assert window.shell.desk.station.store.setting("link.key")


def test_a_wrong_address_leaves_a_station_that_works(qtbot: QtBot, window: MainWindow) -> None:
    sheet = begin(qtbot, window, "http://127.0.0.1:9", "WRONG-CODE")
    qtbot.waitUntil(lambda: "▲" in sheet.joined.text(), timeout=20_000)
    assert "站点已经建立，可照常使用" in sheet.joined.text()
    sheet.kept.click()
    sheet.start.click()
    assert window.shell is not None
