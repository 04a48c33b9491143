"""Log-in, first set-up, and a lost password, as a person meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.services import people
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.login import LoginPage
from station_app.ui.pages.setup import SetupPage
from tests.support.stations import PASSWORD, make_station
from tests.ui.conftest import settle
from tests.ui.look import cut

Enter = Callable[[], Shell]
MENU = ("today", "cases", "papers", "travel", "settings")


def test_a_user_logs_in_with_the_password(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    make_station(tmp_path / "data").station.store.close()
    window.begin()
    page = window.page
    assert isinstance(page, LoginPage)
    assert [card.text() for card in page.card.cards] == ["李明"]
    QTest.keyClicks(page.card.password, PASSWORD)
    QTest.keyClick(page.card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=30_000)
    assert window.shell is not None
    assert window.shell.desk.station.user.name == "李明"
    settle(qtbot, window.tasks)


def test_a_wrong_password_is_told_and_the_next_try_waits(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    make_station(tmp_path / "data").station.store.close()
    window.begin()
    page = window.page
    assert isinstance(page, LoginPage)
    QTest.keyClicks(page.card.password, "wrong password")
    QTest.keyClick(page.card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(page.card.message.isVisible, timeout=30_000)
    assert "密码不正确，还可以尝试 4 次" in page.card.message.text()
    assert page.card.password.text() == ""
    assert not page.card.button.isEnabled()
    qtbot.waitUntil(page.card.button.isEnabled, timeout=30_000)
    assert window.shell is None
    assert cut(page) == []


def test_an_empty_directory_leads_to_set_up_and_the_station_stands(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from tests.support.stations import cheap_passwords

    cheap_passwords()
    window.begin()
    page = window.page
    assert isinstance(page, SetupPage)
    page.by_hand.click()
    page.go.click()
    assert page.place.boxes["setup.station"].error
    values = {
        "setup.station": "东坑社区群众诉求服务站", "setup.station_code": "GM-FH-DK-01", "setup.street": "凤凰街道",
        "setup.community": "dongkeng", "setup.committee": "东坑社区人民调解委员会", "setup.short": "光凤东坑",
        "setup.court": "深圳市光明区人民法院", "setup.series": "a",
    }  # fmt: skip
    page.place.set_values(values)
    page.form.set_values({"person.name": "李明", "person.roles": ["mediator", "head"],
                          "setup.password": PASSWORD, "setup.again": "another one"})  # fmt: skip
    page.go.click()
    assert "两次输入的密码不一致" in page.message.text()
    page.form.set_values({"setup.again": PASSWORD})
    page.go.click()
    qtbot.waitUntil(lambda: page.stack.count() == 2, timeout=10000)
    sheet = page.stack.currentWidget()
    start = sheet.start  # type: ignore[attr-defined]  # the page that shows the code once
    assert not start.isEnabled()
    sheet.kept.click()  # type: ignore[attr-defined]  # as above
    start.click()
    assert window.shell is not None
    settle(qtbot, window.tasks)
    assert window.shell.desk.station.store.setting("number.series") == "A"


def test_a_lost_password_is_set_anew_with_the_sheet(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    created = make_station(tmp_path / "data")
    created.station.store.close()
    window.begin()
    window.show_recovery()
    page = window.page
    page.form.set_values(  # type: ignore[union-attr]  # the recovery page
        {
            "recovery.sheet": created.sheet.lower(),
            "recovery.password": "brand new",
            "recovery.again": "brand new",
        }
    )
    page.go.click()  # type: ignore[union-attr]  # as above
    qtbot.waitUntil(lambda: isinstance(window.page, LoginPage), timeout=30_000)
    from station_app.clock import SystemClock

    people.login(tmp_path / "data", name="李明", password="brand new", clock=SystemClock()).store.close()
