"""What a person is told when something goes wrong (peers 2.6): each situation is brought about, and the words say what
happened, whether the work is safe, and what to do; the number of an error stands apart from its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QMessageBox

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.sentences import sentence
from station_app.services import cases, papers, printing
from station_app.services.local import closing, disk, drafts, journal
from station_app.services.printing import Pace
from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.services.travel.conflicts import TravelProblem
from station_app.ui.case import acts
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.status import clock_words, travel_words
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from station_app.ui.pages.travel import TravelPage
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.printing_dialog import PrintDialog
from sync.client.engine import Outcome
from sync.contract.errors import KnownError
from tests.support.printers import FakePrinter
from tests.support.stations import wage_intake
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle

Enter = Callable[[], Shell]
SAFE = ("保存", "没有丢失", "未受影响", "照常", "不受影响", "不变", "草稿", "保留", "恢复", "找回")
"""One of these says what has become of the work."""
DO = ("请", "自动", "可以", "继续", "重新")
"""One of these says what to do, or that nothing is to be done."""
CODE_LIKE = re.compile(r"E-\d|Error|error|Timeout|HTTP|\b[45]0\d\b(?! MB)|null|None|Exception|socket|database|SQL")


def rest(qtbot: QtBot, window: MainWindow, times: int = 4) -> None:
    for _ in range(times):
        settle(qtbot, window.tasks)


def three_things(said: str) -> None:
    """What happened, is my work safe, what to do; no codes within."""
    assert not CODE_LIKE.search(said), said
    assert said.rstrip().endswith("。"), said
    assert "！" not in said
    assert any(word in said for word in SAFE), f"is the work safe? {said}"
    assert any(word in said for word in DO), f"what is to be done? {said}"


@pytest.mark.parametrize(
    "error",
    [
        KnownError("E-101", pending=5),
        KnownError("E-102", host="gm.example"),
        KnownError("E-104"),
        KnownError("E-106"),
        KnownError("E-110"),
        KnownError("E-115", seconds=30),
        KnownError("E-201"),
        KnownError("E-204", length=17),
        KnownError("E-302", printer="前台"),
        KnownError("E-320", printer="前台", printers="奔图 P3010"),
        KnownError("E-324"),
        KnownError("E-503", mb=400),
        KnownError("E-513"),
        KnownError("E-514"),
    ],
    ids=lambda error: error.code,
)
def test_a_sentence_says_three_things(error: KnownError) -> None:
    three_things(sentence(error))


def test_offline_says_work_goes_on_and_how_much_waits(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    for _ in range(5):
        cases.register(station, intake=wage_intake())
    shell = enter()
    rest(qtbot, window)
    assert shell.status._travel.text() == "○ 未接入区级平台，可照常办理  待上传 5 件"
    shell.go("travel")
    rest(qtbot, window)
    page = shell.pages["travel"]
    assert isinstance(page, TravelPage)
    three_things(page.detail.text())
    assert "5 件" in page.waiting.text()
    three_things(page.waiting.text())


def test_a_slow_server_stops_nobody(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> None:
    """A round that failed is no dialog: the status line stays as it is, the page has the sentence."""
    cases.register(station, intake=wage_intake())
    shell = enter()
    rest(qtbot, window)
    shell.go("travel")
    rest(qtbot, window)
    page = shell.pages["travel"]
    assert isinstance(page, TravelPage)
    page._came(Outcome(0, 0, error=KnownError("E-110")))
    three_things(page.notices.message)
    assert page.notices._code.text() == "E-110", "the number stands apart"
    assert window.findChildren(QMessageBox) == []


def test_one_check_digit_is_said_under_its_field_and_the_rest_is_a_draft(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    shell = enter()
    shell.go("intake")
    rest(qtbot, window)
    page = shell.pages["intake"]
    assert isinstance(page, IntakePage)
    page.form.set_values({"facts.summary": "拖欠工资"})
    page.cards[0].form.set_values({"party.name": "田某", "identity.id_number": "450126198904120111"})
    page.cards[1].form.set_values({"party.name": "某公司"})
    page.register.click()
    rest(qtbot, window)
    said = page.cards[0].form.boxes["identity.id_number"].error
    three_things(said)
    assert "出生日期" in said
    assert "已保存为草稿" in page.notices.message
    assert len(drafts.of_user(station)) == 1


def test_a_printer_that_does_not_answer_leaves_paper_and_number(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, two_printers: None
) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    rest(qtbot, window)
    page = shell.pages["case_papers"]
    assert isinstance(page, CasePapersPage)
    card = papers.chosen(station, case=case, template="agreement")
    item = printing.item_of(station, case=case, card=card)
    made = PrintDialog(page, page.desk, item=item, pace=Pace(every=0.005, patience=0.05, grace=0.05))
    made.open_port = lambda _name: FakePrinter(refuses=1)
    made.open()
    rest(qtbot, window)
    made.form.printer.setCurrentIndex(made.form.printer.findData("奔图 P3010"))
    made.go.click()
    qtbot.waitUntil(lambda: "没有响应" in made.state.text(), timeout=20_000)
    three_things(made.state.text().removeprefix("▲ "))
    assert "另存为 PDF" in made.state.text()
    assert made.form.printer.isEnabled(), "another one can be chosen"
    assert papers.chosen(station, case=case, template="agreement").number == card.number
    made.reject()


def test_a_wrong_clock_is_said_and_hinders_nothing(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = enter()
    rest(qtbot, window)
    state = shell.status.state
    assert state is not None
    shell.status._show(replace(state, clock_ms=-74 * 3_600_000))
    assert shell.status._clock.text() == "◆ 本机时间慢 3 天 2 小时，请联系运维人员校准"
    assert clock_words(2 * 3_600_000) == "本机时间快 2 小时，请联系运维人员校准"
    assert clock_words(-390_000) == "本机时间慢 6 分钟，请联系运维人员校准"
    assert "期限" in sentence(KnownError("E-502", skew=-3 * 86_400_000))
    assert cases.register(station, intake=wage_intake()).case, "saving goes on"


def test_one_record_refused_is_counted_and_leads_to_its_reason(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not taken stands in its own list with its sentence; its button sends it anew."""
    case = cases.register(station, intake=wage_intake()).case
    said = sentence(KnownError("E-113", detail="身份证号少一位"))
    problem = TravelProblem(case, "田某与某公司纠纷", "00.3", "E-113", 0, said)
    monkeypatch.setattr(syncing, "problems", lambda _station, limit=0: [problem])
    shell = enter()
    rest(qtbot, window)
    assert shell.status.state is not None
    assert travel_words(replace(shell.status.state, problems=1)) == ("1 件上传未成功，查看原因", "red")
    shell.go("travel")
    rest(qtbot, window)
    page = shell.pages["travel"]
    assert isinstance(page, TravelPage)
    (line,) = page.problems.lines.lines
    three_things(line.text)
    assert page.again.isVisible()
    assert page.again.isEnabled()
    page.problems.opened.emit(line)
    rest(qtbot, window)
    assert shell.pages["case"].isVisible()


def test_a_disk_that_fills_is_said_before_it_hurts(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = enter()
    rest(qtbot, window)
    shell.status._show_room(600 << 20, 500 << 20)
    assert shell.status._disk.text() == "◆ 磁盘剩余 600 MB，请联系运维人员清理"
    shell.status._show_room(400 << 20, 500 << 20)
    assert shell.status._disk.text().startswith("▲ ")
    monkeypatch.setattr(disk, "is_low", lambda _station: 400 << 20)
    assert cases.register(station, intake=wage_intake()).case, "text is saved all the same"


def test_after_a_power_cut_the_draft_is_offered_with_its_time(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    """The mark of an open desk was left behind: what was written is named with its time; one key goes on with it."""
    closing.begin(station)
    station.clock = FixedClock(datetime(2026, 11, 20, 14, 3, tzinfo=SHANGHAI))
    data = {"facts.summary": "拖欠", "case.service": "mediation"}
    drafts.save(station, kind="intake", title="拖欠", data=dict(data), caret="facts.summary:2")
    shell = enter()
    qtbot.waitUntil(lambda: "上次没有正常关闭" in shell.desk.notices.message, timeout=20_000)
    assert shell.desk.notices.message == "上次没有正常关闭。您写到 14:03 的“拖欠”已经找回，没有丢失。"
    shell.desk.notices.act()
    rest(qtbot, window)
    page = shell.pages["intake"]
    assert isinstance(page, IntakePage)
    assert page.form.caret() == "facts.summary:2"


def test_without_a_draft_it_says_that_all_is_there(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    closing.begin(station)
    shell = enter()
    qtbot.waitUntil(lambda: "没有未完成的草稿" in shell.desk.notices.message, timeout=20_000)


def test_a_desk_closed_in_order_says_nothing(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station, tmp_path: Path
) -> None:
    assert not closing.begin(station)
    closing.end(station)
    drafts.save(station, kind="intake", title="拖欠", data={}, caret="")
    shell = enter()
    qtbot.waitUntil(lambda: hasattr(shell, "folder"), timeout=20_000)
    rest(qtbot, window)
    assert shell.desk.notices.message == ""
    shell.end()
    assert not closing.begin(station), "the end was noted"
    assert journal.read(station.store.directory)[-1].event == "closed"


def test_deleting_asks_nothing_and_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.go("case", case)
    rest(qtbot, window)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    acts.discard(page, back=False)
    rest(qtbot, window)
    assert page.findChildren(QMessageBox) == []
    assert page.notices.message == "已移入回收站，三十天内可以恢复。"
    assert station.case(case).get("discarded")
    page.notices.act()
    rest(qtbot, window)
    assert not station.case(case).get("discarded"), "撤销"
