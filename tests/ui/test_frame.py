"""The frame: the pages, nothing cut, everything named, lock, search, faults, the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from station_app.services import cases, people
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.services.travel.syncing import TravelStatus
from station_app.ui import keys
from station_app.ui.frame import pages
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.status import travel_words
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.login import LoginPage
from station_app.ui.style import style
from sync.contract.errors import KnownError
from sync.contract.permissions import menu
from tests.support.qt import FAMILY
from tests.support.stations import PASSWORD, wage_intake
from tests.ui.conftest import in_front, settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]
MENU = ("today", "cases", "papers", "orders", "travel", "settings")


# -- the pages -------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(station: Station) -> Station:
    """A station with cases in several stages."""
    for number in range(30):
        case = cases.register(station, intake=wage_intake(f"150260{number:05d}")).case
        if number % 2:
            cases.step(station, case=case, verb="accept")
    return station


@pytest.mark.parametrize("size", [(911, 512), (1366, 768)])
@pytest.mark.parametrize("key", MENU)
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, window: MainWindow, busy: Station, enter: Enter, key: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    shell = enter()
    shell.go(key)
    settle(qtbot, window.tasks)
    tabs = getattr(shell.page(key), "tabs", None)
    for number in range(tabs.count() if tabs else 1):
        if tabs:
            tabs.setCurrentIndex(number)
        settle(qtbot, window.tasks)
        assert cut(shell) == [], (key, number)
        assert nameless(shell) == [], (key, number)
    assert window.isActiveWindow(), "a widget without a parent was shown as a window of its own for a moment"


def test_nothing_is_cut_in_large_mode(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, busy: Station, enter: Enter
) -> None:
    style.apply(qapp, wish="dark", large=True, family=FAMILY)
    try:
        from station_app.services.local import settings

        settings.put(busy, {"ui.large": "1", "ui.theme": "dark"})
        shell = enter()
        for key in MENU:
            shell.go(key)
            settle(qtbot, window.tasks)
            assert cut(shell) == [], key
    finally:
        style.apply(qapp, wish="light", family=FAMILY)


def test_every_page_of_every_menu_is_registered() -> None:
    for role in ("mediator", "recorder", "consultant", "head", "secretary", "operator"):
        assert set(menu([role])) <= set(pages.PAGES) & set(pages.MENU_TITLES)


def test_keys_open_pages_and_escape_goes_back(qtbot: QtBot, window: MainWindow, enter: Enter) -> None:
    shell = enter()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.stack.currentWidget() is shell.pages["cases"]
    QTest.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert shell.stack.currentWidget() is shell.pages["settings"]
    settle(qtbot, window.tasks)
    in_front(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert shell.stack.currentWidget() is shell.pages["cases"]
    assert "诉求办理" in window.windowTitle()
    settle(qtbot, window.tasks)


def test_the_way_back_from_what_was_done_has_a_key(
    qtbot: QtBot, window: MainWindow, busy: Station, enter: Enter
) -> None:
    shell = enter()
    case = lists.cases(busy)[0].rec
    window.tasks.write(
        lambda: cases.discard(busy, case=case), done=lambda changes: shell.desk.did("已移入回收站。", changes)
    )
    qtbot.waitUntil(lambda: "回收站" in window.bar.message, timeout=30_000)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.bar.message == "已撤销。", timeout=30_000)
    assert lists.count(busy) == 30


def test_a_setting_is_kept_when_its_field_is_left(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    from station_app.services.local import settings
    from station_app.ui.pages.settings import SettingsPage

    shell = enter()
    shell.go("settings", "look")
    page = shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    control = page.look.control("set.ui.idle_minutes")
    control.setFocus()
    control.set_raw("25")
    QTest.keyClick(control.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.get(station, "ui.idle_minutes") == "25", timeout=30_000)
    qtbot.waitUntil(lambda: shell.idle.minutes == 25, timeout=30_000)
    control.set_raw("many")
    QTest.keyClick(control.editor, Qt.Key.Key_Return)
    settle(qtbot, window.tasks)
    assert page.look.boxes["set.ui.idle_minutes"].error
    assert settings.get(station, "ui.idle_minutes") == "25"


def test_a_colleague_gets_a_password_and_can_log_in(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    from station_app.services.local import login
    from station_app.ui.pages.settings import SettingsPage

    shell = enter()
    shell.go("settings", "people")
    settle(qtbot, window.tasks)
    page = shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    tab = page.people
    tab.list.setCurrentIndex(tab.list.lines.index(1, 0))
    assert "陈晓" in tab.who.text()
    tab.password.set_values({"password.new": "a good password", "password.again": "a good password"})
    tab.set.click()
    qtbot.waitUntil(lambda: len(login.users(station.store.directory)) == 2, timeout=30_000)
    settle(qtbot, window.tasks)


def test_the_menu_folds_where_it_is_narrow(window: MainWindow, enter: Enter) -> None:
    shell = enter()
    wide = shell.menu.width()
    window.resize(911, 512)
    QTest.qWait(10)
    assert shell.menu.width() < wide / 2
    assert all(entry.text() == "" and entry.accessibleName() for entry in shell.menu.entries.values())


def test_today_shows_drafts_and_open_cases(qtbot: QtBot, window: MainWindow, busy: Station, enter: Enter) -> None:
    from station_app.services.local import drafts

    drafts.save(busy, kind="intake", title="某劳务公司拖欠工资", data={"facts.summary": "某劳务公司拖欠工资"})
    shell = enter()
    today = shell.pages["today"]
    assert [line.text for line in today.drafts.view.lines.lines] == ["某劳务公司拖欠工资"]  # type: ignore[attr-defined]  # the page under test
    assert len(today.open.view.lines.lines) == 12  # type: ignore[attr-defined]  # the page under test
    assert shell.menu.entries["today"].count == 1


# -- search ----------------------------------------------------------------------------------------------------------


def test_search_finds_while_typing_and_enter_opens(
    qtbot: QtBot, window: MainWindow, busy: Station, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = enter()
    opened: list[tuple[str, object]] = []
    monkeypatch.setattr(shell.desk, "go", lambda key, argument=None: opened.append((key, argument)))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = shell.header.search
    assert box.hasFocus()
    QTest.keyClicks(box, "15026000007")
    qtbot.waitUntil(box.results.isVisible, timeout=30_000)
    assert len(box.results.lines.lines) == 1
    expected = lists.find(busy, "15026000007")[0].rec
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert opened == [("case", expected)]
    assert not box.results.isVisible()


def test_search_says_when_nothing_was_found(qtbot: QtBot, window: MainWindow, enter: Enter) -> None:
    box = enter().header.search
    box.setFocus()
    QTest.keyClicks(box, "zzzz")
    qtbot.waitUntil(box.results.isVisible, timeout=30_000)
    assert [line.text for line in box.results.lines.lines] == ["没有找到“zzzz”。"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.results.isVisible()


# -- status, lock, faults, end -----------------------------------------------------------------------------------------


def _status(**given: object) -> TravelStatus:
    values: dict[str, object] = dict.fromkeys(TravelStatus.__dataclass_fields__, 0)
    values |= {"enrolled": True, "error": "", "minutes": 5, **given}
    return TravelStatus(**values)  # type: ignore[arg-type]  # each field by its name


@pytest.mark.parametrize(
    ("given", "words", "tone"),
    [
        ({"last_contact": 1_795_492_920_000}, "已全部上传", "green"),
        ({"unsent_cases": 5, "unsent_ops": 9}, "待上传 5 件", "amber"),
        ({"problems": 1}, "1 件上传未成功，查看原因", "red"),
        ({"error": "E-101", "unsent_cases": 2}, "未联网，可照常办理  待上传 2 件", "none"),
        ({"enrolled": False}, "未接入区级平台，可照常办理", "none"),
    ],
)
def test_the_status_line_tells_the_truth(given: dict[str, object], words: str, tone: str) -> None:
    said, shown = travel_words(_status(**given))
    assert words in said
    assert shown == tone


def test_progress_of_a_round_is_told() -> None:
    assert travel_words(_status(unsent_cases=5), sending=(2, 5))[0] == "正在上传 2/5"


def test_the_lock_covers_the_desk_until_the_password_is_given(qtbot: QtBot, window: MainWindow, enter: Enter) -> None:
    shell = enter()
    shell.idle.look(now=shell.idle._last + shell.idle.minutes * 60 + 1)
    assert shell.currentWidget() is shell.locked
    assert not shell.face.isVisible()
    QTest.keyClicks(shell.locked.card.password, "not the password")
    QTest.keyClick(shell.locked.card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(shell.locked.card.message.isVisible, timeout=30_000)
    qtbot.waitUntil(shell.locked.card.button.isEnabled, timeout=30_000)
    QTest.keyClicks(shell.locked.card.password, PASSWORD)
    QTest.keyClick(shell.locked.card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.currentWidget() is shell.face, timeout=30_000)


def test_no_key_reaches_a_page_under_the_lock(window: MainWindow, enter: Enter) -> None:
    shell = enter()
    before = shell.stack.currentWidget()
    shell.lock()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.stack.currentWidget() is before


def test_a_known_error_is_told_in_words_and_stays(qtbot: QtBot, window: MainWindow, enter: Enter) -> None:
    enter()

    def refuse() -> None:
        raise KnownError("E-514")

    window.tasks.write(refuse)
    qtbot.waitUntil(lambda: bool(window.bar.message))
    assert "站点数据正由另一个程序使用" in window.bar.message
    QTest.qWait(20)
    assert window.bar.message


@pytest.mark.expect_log("fault reported")
def test_a_fault_is_reported_without_personal_data_and_work_goes_on(
    qtbot: QtBot, window: MainWindow, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shell = enter()

    secret = wage_intake().parties[0].identity["id_number"]

    def broken() -> None:
        raise ValueError(f"'{secret}'")

    window.tasks.write(broken)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = window.findChildren(QMessageBox)[0]
    assert "E-599" not in box.text()
    assert "程序出现意外故障" in box.text()
    report = next(tmp_path.glob("station-fault-*.txt")).read_text("utf-8")
    assert "ValueError" in report
    assert str(secret) not in report
    box.accept()
    shell.go("cases")
    settle(qtbot, window.tasks)
    assert shell.pages["cases"].isVisible()


def test_closing_waits_for_the_last_write(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    enter()
    window.tasks.write(lambda: cases.register(station, intake=wage_intake()))
    window.close()
    from station_app.clock import SystemClock

    again = people.login(station.store.directory, name="李明", password=PASSWORD, clock=SystemClock())
    assert lists.count(again) == 1
    again.store.close()


def test_logging_out_closes_the_database_and_asks_again(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter
) -> None:
    enter().leave_wanted.emit()
    qtbot.waitUntil(lambda: isinstance(window.page, LoginPage), timeout=30_000)
    assert window.shell is None


def test_the_self_test_passes(capsys: pytest.CaptureFixture[str], qtbot: QtBot) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "station_app", "--self-test", "--theme", "dark"],
        capture_output=True, text=True, timeout=600, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "0 faults" in done.stdout


def test_the_key_table_is_what_the_shell_binds(enter: Enter) -> None:
    shell = enter()
    assert keys.shown("search") in shell.header.search.placeholderText()
