"""The first page of a new PC: by a code only a person and a password are asked; by hand; the sheet; what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from PySide6.QtGui import QGuiApplication, QImage

from station_app.store import consistency
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.setup import SetupPage
from station_app.ui.pages.setup_sheet import SheetPage
from sync.server.line.invitation import picture
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.served import served
from tests.support.stations import PASSWORD, cheap_passwords
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless
from tests.ui.test_settings_line import until

PLACE = {
    "setup.station": "东坑社区群众诉求服务站", "setup.station_code": "GM-FH-DK-01", "setup.street": "凤凰街道",
    "setup.community": "dongkeng", "setup.committee": "东坑社区人民调解委员会", "setup.short": "光凤东坑",
    "setup.court": "深圳市光明区人民法院",
}  # fmt: skip
PERSON = {"person.name": "李明", "person.roles": ["mediator", "head"], "setup.password": PASSWORD,
          "setup.again": PASSWORD}  # fmt: skip


def begin(window: MainWindow) -> SetupPage:
    cheap_passwords()
    window.begin()
    page = window.page
    assert isinstance(page, SetupPage)
    return page


def sheet_of(page: SetupPage) -> SheetPage:
    until(lambda: page.stack.count() == 2, 30)
    sheet = page.stack.currentWidget()
    assert isinstance(sheet, SheetPage)
    return sheet


def test_with_a_code_nothing_of_the_station_is_asked(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    district = District(tmp_path / "district", FakeClock())
    code = district.code("S1")
    district.close()
    page = begin(window)
    assert not page.place.isVisible()
    assert page.code.isVisible()
    page.form.set_values(PERSON)
    with served(tmp_path / "district") as url:
        page.code.set_values({"setup.url": url, "setup.code": "WRONG-CODE-HERE"})
        page.go.click()
        until(lambda: "▲" in page.message.text(), 30)
        assert "接入码" in page.message.text()
        assert "本机还没有建立站点" in page.message.text()
        assert not list((tmp_path / "data").glob("*")), "nothing lies here before the district has answered"
        image = QImage()
        image.loadFromData(picture(url, code))
        QGuiApplication.clipboard().setImage(image)
        page.invited.from_clipboard.click()
        until(lambda: page.code.boxes["setup.code"].control.value() == code)
        page.go.click()
        sheet = sheet_of(page)
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
    store = window.shell.desk.station.store
    assert [bool(store.setting(key)) for key in ("link.key", "number.series", "committee.name")] == [True] * 3
    assert (store.setting("station.name"), store.setting("station.code")) == ("S1站", "S1")
    assert consistency.check(store) == []


def test_a_lost_answer_costs_no_code(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """The same keys ask again with the same code, and get the same identity."""
    from station_app.services.travel import joining

    district = District(tmp_path / "district", FakeClock())
    code, newcomer = district.code("S1"), joining.Newcomer()
    first, again = (joining.join(newcomer, url="http://x", code=code, transport=district.line) for _ in range(2))
    assert first == again
    district.close()


def test_without_a_code_all_is_typed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = begin(window)
    page.by_hand.click()
    assert page.place.isVisible()
    assert not page.code.isVisible()
    page.form.set_values({**PERSON, "setup.again": "another one"})
    page.place.set_values(PLACE)
    page.go.click()
    assert "不一致" in page.message.text()
    page.form.set_values(PERSON)
    page.go.click()
    sheet = sheet_of(page)
    assert sheet.joined.text() == ""
    sheet.kept.click()
    sheet.start.click()
    assert window.shell is not None
    assert window.shell.desk.station.store.setting("station.name") == PLACE["setup.station"]


def test_nothing_is_cut_or_nameless(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = begin(window)
    window.resize(911, 512)
    choose: tuple[Callable[[], object], ...] = (page.by_code.click, page.by_hand.click)
    for act in choose:
        act()
        settle(qtbot, window.tasks)
        assert cut(page) == []
        assert nameless(page) == []
