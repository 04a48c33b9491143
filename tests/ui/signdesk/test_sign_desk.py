"""The sign desk as a person uses it: tail digits, one key, the next one; all at once; the seal; payments; the lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from station_app.services.paperwork import bulk
from station_app.services.signdesk import mass
from station_app.services.signdesk.desk import desk
from station_app.services.station import Station
from station_app.ui import keys
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import TodayPage
from station_app.ui.signdesk.board import SigningPage
from station_app.ui.signdesk.page import SignDeskPage
from station_app.ui.signdesk.running import MassDialog
from tests.services.test_bulk import group_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def case(station: Station) -> str:
    """Eight workers with an agreement each, issued; two companies."""
    rec = group_case(station)
    bulk.issue_many(station, bulk.each_worker(station, case=rec))
    return rec


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, case: str) -> SignDeskPage:
    shell = enter()
    shell.desk.go("sign_desk", case)
    settle(qtbot, window)
    made = shell.pages["sign_desk"]
    assert isinstance(made, SignDeskPage)
    return made


def dialog(page: SignDeskPage) -> MassDialog:
    return next(d for d in page.findChildren(MassDialog) if d.isVisible())


def test_a_worker_is_found_by_his_tail_and_signed_with_one_key(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    """Four digits and one key; the field is free for the next, who is chosen already."""
    rows = desk(station, case=page.rec).rows
    third = rows[4]
    QTest.keyClicks(page.typed, third.tail)
    QTest.keyClick(page.typed, Qt.Key.Key_Return)
    assert page.person.name.text() == third.name
    assert page.row is not None
    assert page.row.party == third.party
    assert keys.shown("sign") == "F10"
    QTest.keyClick(page.typed, Qt.Key.Key_F10)
    settle(qtbot, window)
    after = desk(station, case=page.rec).rows
    assert [r.state for r in after if r.party == third.party] == ["signed"]
    assert page.typed.text() == ""
    assert f"{third.name} 已签" in page.notices.message
    assert sum(r.signed for r in after) == 1
    QTest.keyClick(page.typed, Qt.Key.Key_F10)
    settle(qtbot, window)
    assert sum(r.signed > 0 for r in desk(station, case=page.rec).rows) == 2, "the next one, not the same again"


def test_who_refuses_is_shown_and_can_still_sign(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    worker = desk(station, case=page.rec).rows[2]
    page.typed.setText(worker.name)
    page._filter()
    page.person.refused.click()
    settle(qtbot, window)
    page.typed.setText(worker.name)
    page._filter()
    assert page.person.state.text().startswith("▲ 拒签")
    assert not page.person.refused.isVisible()
    page.person.signed.click()
    settle(qtbot, window)
    assert desk(station, case=page.rec).rows[2].state == "signed"


def test_all_signed_before_a_witness_then_sealed_with_its_register(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    assert not page.seal.isEnabled()
    page.all.click()
    made = dialog(page)
    assert any("登记 10 方已签署" in label.text() for label in made.findChildren(QLabel))
    made.form.set_values({"signature.on": "2026-11-20", "signature.witness": "陈晓"})
    made.go.click()
    settle(qtbot, window)
    assert page.summary.text().startswith("协议 8 份　·　各方已签 8 份　·　已盖章 0 份　·　当事人均已签署")
    assert not page.all.isEnabled()
    page.seal.click()
    made = dialog(page)
    made.form.set_values({"seal_use.on": "2026-11-20", "seal_use.approved_by": "李明"})
    made.go.click()
    settle(qtbot, window)
    view = station.case(page.rec)
    assert view.case_state == "effective"
    assert [(u.get("approved_by"), u.get("on")) for u in view.kind("seal_use")] == [("李明", "2026-11-20")]
    assert {s.get("witness") for s in view.kind("signature") if s.get("role") == "party"} == {"陈晓"}


def test_a_large_group_is_stopped_after_the_part_at_hand_and_gone_on_with(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of three: stopped in the first, three are signed whole, and it says so; the rest goes on from there."""
    monkeypatch.setattr(mass, "AT_ONCE", 3)
    page.all.click()
    made = dialog(page)
    assert cut(made) == []
    assert nameless(made) == []
    made.start()
    assert made.bar.isVisible()
    assert made.leave.text() == "停止"
    made.reject()
    assert made.isVisible(), "what runs is stopped, the window stays to say what came of it"
    settle(qtbot, window)
    assert "已停止：已登记 3 份，均已保存；其余 5 份没有登记。" in made.state.text()
    assert made.go.text() == "继续登记"
    assert cut(made) == []
    signed = [s for s in station.case(page.rec).kind("signature") if s.get("role") == "party"]
    assert len({s.get("agreement") for s in signed}) == 3
    assert len(signed) == 3 * 3, "each of the three by everybody: his worker and both companies"
    other: list[str] = []
    made.go.click()
    window.tasks.write(lambda: other.append(f"{len(station.case(page.rec).kind('signature'))}"))
    settle(qtbot, window)
    assert int(other[0]) < 8 * 3, "other writing had its turn before the last part"
    assert not [d for d in page.findChildren(MassDialog) if d.isVisible()]
    assert "已登记 5 份" in page.notices.message
    assert page.summary.text().startswith("协议 8 份　·　各方已签 8 份")


def test_a_refusal_in_the_middle_says_what_is_kept(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "AT_ONCE", 3)
    page.all.click()
    made = dialog(page)
    made.form.set_values({"signature.on": "2026-11-21"})  # a day to come
    made.go.click()
    settle(qtbot, window)
    assert made.state.text().startswith("▲ ")
    assert "已登记的" not in made.state.text(), "nothing was"
    assert station.case(page.rec).kind("signature") == []
    made.form.set_values({"signature.on": "2026-11-20"})
    made.go.click()
    settle(qtbot, window)
    assert len({s.get("agreement") for s in station.case(page.rec).kind("signature")}) == 8


def test_each_instalment_is_ticked_for_the_one_in_front_of_the_desk(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    mass.sign_all(station, case=page.rec)
    mass.seal(station, case=page.rec)
    page.refresh()
    settle(qtbot, window)
    worker = desk(station, case=page.rec).rows[3]
    page.typed.setText(worker.name)
    page._filter()
    (paid,) = page.person.paid
    QTest.mouseClick(paid, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    after = desk(station, case=page.rec).rows
    assert [r.state for r in after].count("kept") == 1
    assert after[3].dues[0].left == 0
    page.typed.setText(worker.name)
    page._filter()
    assert page.person.paid == []


def test_a_mistake_is_taken_back_with_a_reason(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    worker = desk(station, case=page.rec).rows[2]
    mass.sign_one(station, case=page.rec, party=worker.party)
    page.refresh()
    settle(qtbot, window)
    page.typed.setText(worker.name)
    page._filter()
    page.take_back("")
    settle(qtbot, window)
    assert desk(station, case=page.rec).rows[2].state == "signed"
    page.take_back("登记错误")
    settle(qtbot, window)
    assert desk(station, case=page.rec).rows[2].state == "waiting"


def test_the_lists_open_the_desk_of_the_case(
    qtbot: QtBot, window: MainWindow, enter: Enter, case: str, station: Station
) -> None:
    rows = desk(station, case=case).rows
    for row in rows[:3]:
        mass.sign_one(station, case=case, party=row.party)
    shell = enter()
    today = shell.pages["today"]
    assert isinstance(today, TodayPage)
    settle(qtbot, window)
    assert len(today.signing.view.lines.lines) == 2
    shell.desk.go("signing")
    settle(qtbot, window)
    lists = shell.pages["signing"]
    assert isinstance(lists, SigningPage)
    shown = {kind: s.view.lines.lines for kind, s in lists.sections.items() if s.isVisible()}
    assert {kind: len(lines) for kind, lines in shown.items()} == {"other": 1, "seal": 1}
    assert "已签 17/24" in shown["other"][0].note
    lists.sections["seal"].view.opened.emit(shown["seal"][0])
    settle(qtbot, window)
    made = shell.pages["sign_desk"]
    assert isinstance(made, SignDeskPage)
    assert (made.isVisible(), made.rec) == (True, case)


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(qtbot, window)
    assert cut(page) == []
    assert nameless(page) == []


def test_his_own_slip_is_printed_and_no_other_page(
    qtbot: QtBot, window: MainWindow, page: SignDeskPage, station: Station
) -> None:
    """Ctrl+P at the sign desk: the window of printing holds the one page of who is chosen."""
    found = desk(station, case=page.rec)
    workers = [row for row in found.rows if row.amount]
    page.typed.setText(workers[2].name)
    page._filter()
    assert page.person.slip.isVisible()
    assert cut(page.person) == []
    QTest.keyClick(page.typed, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    made = page.printer
    assert made is not None
    assert made.form.pages.text() == "3"
    assert [i.template for i in made.form.model.items] == ["share_slip"]
    made.reject()
    company = next(row for row in found.rows if not row.amount)
    page.typed.setText(company.name)
    page._filter()
    assert not page.person.slip.isVisible(), "who pays has no slip"
