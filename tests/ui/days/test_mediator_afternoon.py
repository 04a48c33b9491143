"""The mediator's day from the saved agreement to its end (peers 2.1, 10:20 to 17:20): issue and print it on a real
CUPS, sign, seal, the signed pages back as photographs, an order, what was paid, the visit, report, file check and
archive, the day log, a case handed over. The keys are really sent and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from station_app.clock import FixedClock
from station_app.domain.case import text
from station_app.services import cases, papers, performance, scans
from station_app.services.changes import Changes
from station_app.services.local import settings
from station_app.services.loop import board, orders
from station_app.services.rounds import daylog
from station_app.services.station import Station
from station_app.store import consistency
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.case import acts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.quick import QuickDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.orders import OrdersPage
from station_app.ui.papers import printing as printers
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.scan_folder import ScanFolder
from tests.support import photos
from tests.support.cups import QUEUE, Cups, CupsMissingError
from tests.support.stations import wage_intake
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle
from tests.ui.intake.typing import CTRL, Key, Typist
from tests.ui.test_leaving import colleague
from tests.ui.test_orders_page import arrive

MOST = {"issue and print": 4, "sign and seal": 6, "visit": 2, "report and archive": 8}
"""Keys at most for a step, beyond free text; one more is a place where the day stumbles."""


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    try:
        server = Cups()
    except CupsMissingError as missing:
        pytest.skip(str(missing))
    try:
        server.start()
    except CupsMissingError as missing:
        server.stop()
        pytest.skip(str(missing))
    monkeypatch.setenv("CUPS_SERVER", server.address)
    monkeypatch.setenv("LOGNAME", server.user)
    monkeypatch.setattr(printers, "names", lambda queues=(): list(queues))
    monkeypatch.setattr(printers, "usual", lambda: QUEUE)
    yield server
    server.stop()


class Afternoon:
    """The desk with its mediator, and how many keys each step took."""

    def __init__(self, qtbot: QtBot, window: MainWindow, shell: Shell, station: Station) -> None:
        self.qtbot, self.window, self.shell, self.station = qtbot, window, shell, station
        self.typist = Typist(qtbot, window.tasks)
        self.steps: dict[str, int] = {}
        self._at = 0

    def rest(self) -> None:
        for _ in range(4):
            settle(self.qtbot, self.window.tasks)

    def done(self, step: str) -> None:
        self.steps[step], self._at = self.typist.keys - self._at, self.typist.keys

    def case_page(self, case: str) -> CasePage:
        self.shell.desk.go("case", case)
        self.rest()
        page = self.shell.pages["case"]
        assert isinstance(page, CasePage)
        return page

    def hit(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        self.typist.hit(key, modifier, times)
        self.rest()

    def dialog(self) -> FormDialog:
        found = next(d for d in self.shell.findChildren(FormDialog) if d.isVisible())
        found.activateWindow()
        self.rest()
        return found

    def sit(self, on: QWidget) -> None:
        """The window is in front and the control has the focus, as after a small window was closed."""
        on.window().activateWindow()
        on.setFocus()
        self.rest()

    def button(self, within: FormDialog, one: QPushButton) -> None:
        """Walk to a button by Tab, and press it."""
        for _ in range(40):
            if within.focusWidget() is one:
                break
            self.hit(Key.Key_Tab)
        assert within.focusWidget() is one
        self.hit(Key.Key_Space)


def test_from_the_saved_agreement_to_the_archive(
    qtbot: QtBot,
    window: MainWindow,
    station: Station,
    enter: Callable[[], Shell],
    cups: Cups,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(board, "confirmed_of", lambda _station, recs: set(recs))
    case = wage_case(station)
    cases.step(station, case=case, verb="mediate")
    showcase_agreement(station, case)
    day = Afternoon(qtbot, window, enter(), station)
    window.activateWindow()
    _issue_and_print(day, case, cups)
    _sign(day, case)
    _scan_back(day, case, tmp_path)
    _order(day, case)
    _performed(day, case)
    _visit(day, case)
    _close(day, case)
    _hand_over(day)
    print("\n[keys] " + "，".join(f"{step} {keys}" for step, keys in day.steps.items()))
    assert {step: day.steps[step] for step in MOST if day.steps[step] > MOST[step]} == {}
    assert consistency.check(station.store) == []


def _issue_and_print(day: Afternoon, case: str, cups: Cups) -> None:
    """10:20 from the case: the agreement is the one to issue; Enter issues, Ctrl+P and Enter print it."""
    page = day.case_page(case)
    day.sit(page)
    day.hit(Key.Key_P, CTRL)
    papers_page = day.shell.pages["case_papers"]
    assert isinstance(papers_page, CasePapersPage)
    assert papers_page.card is not None
    assert papers_page.card.template == "agreement", "the paper that is due is chosen already"
    day.hit(Key.Key_Return)
    assert papers_page.card.paper, "issued"
    day.hit(Key.Key_P, CTRL)
    window = papers_page.printer
    assert window is not None
    day.rest()
    window.activateWindow()
    assert window.form.name == QUEUE
    day.sit(window.go)
    day.hit(Key.Key_Return)
    for _ in range(200):
        if cups.received():
            break
        day.typist.wait(0.1)
    sealed = papers.pdf(day.station, case=case, paper=papers_page.card.paper)
    assert cups.received()[-1] == sealed, "what was printed is what was sealed"
    day.typist.wait(0.5)
    window.close()
    day.rest()
    day.done("issue and print")


def _sign(day: Afternoon, case: str) -> None:
    """10:40 the next step leads to the signatures; Enter writes down the one who waits, then the next."""
    page = day.case_page(case)
    day.sit(page.next)
    assert page.next.text() == "签署登记"
    day.hit(Key.Key_Space)
    agreement = day.shell.pages["agreement"]
    assert isinstance(agreement, AgreementPage)
    assert day.window.focusWidget() is agreement.signing.lines, "the caret is where the work is"
    day.sit(agreement.signing.all)
    day.hit(Key.Key_Space)
    day.sit(agreement.signing.lines)
    for role in ("mediator", "committee"):
        day.hit(Key.Key_Return)
        made = day.dialog()
        day.sit(made.ok)
        day.hit(Key.Key_Return)
        assert role in {text(s, "role") for s in day.station.case(case).kind("signature")}
        day.sit(agreement.signing.lines)
    assert day.station.case(case).case_state == "effective"
    assert "起生效" in agreement.signing.effect.text()
    day.done("sign and seal")


def _scan_back(day: Afternoon, case: str, tmp_path: Path) -> None:
    """The signed pages come back as photographs in the watched folder; no key at all."""
    (paper,) = [p for p in day.station.case(case).kind("paper") if text(p, "template").startswith("agreement")]
    pdf = papers.pdf(day.station, case=case, paper=paper.id)
    folder = tmp_path / "收图"
    folder.mkdir()
    settings.put(day.station, {"scan.folder": str(folder)})
    pages = papers.page_count(pdf)
    for page in range(1, pages + 1):
        (folder / f"IMG_{page:03}.jpg").write_bytes(photos.jpeg(photos.turned(photos.page(pdf, page), 3), 70))
    watcher = ScanFolder(day.shell.desk)
    clock = day.station.clock
    assert isinstance(clock, FixedClock)
    for _ in range(6 * pages):
        watcher.look()
        day.rest()
        clock.advance(seconds=30)
        if len(scans.list_scans(day.station, case=case)) == pages:
            break
    watcher.watch = None
    assert sorted(s.page for s in scans.list_scans(day.station, case=case)) == list(range(1, pages + 1))
    day.done("scan back")


def _order(day: Afternoon, case: str) -> None:
    """16:30 an order of the community is told with a figure in the menu; one key acknowledges it."""
    theirs, rec = arrive(day.station)
    assert theirs != case
    day.shell.desk.tasks.changed.emit(Changes(frozenset({"order"}), (), ("pulled",), case=theirs))
    day.shell.desk.go("orders")
    day.rest()
    page = day.shell.pages["orders"]
    assert isinstance(page, OrdersPage)
    assert "1 件" in page.fresh.text()
    assert page.card is not None
    day.sit(page.card.buttons["receive"])
    day.hit(Key.Key_Space)
    assert text(orders.find(day.station, theirs, rec), "received_by") == "李明"
    day.done("order")


def _performed(day: Afternoon, case: str) -> None:
    """Both instalments: the next step asks once for each, with the sum and how many people."""
    for left in (1, 0):
        page = day.case_page(case)
        assert page.next.text() in ("记录履行", "申请司法确认")
        acts.pay(page)
        day.rest()
        (asked,) = [b for b in day.window.findChildren(QMessageBox) if b.isVisible()]
        chosen = asked.defaultButton()
        assert isinstance(chosen, QPushButton)
        day.sit(chosen)
        day.hit(Key.Key_Return)
        owed = {d.obligation for d in performance.dues_of(day.station.case(case)) if d.left}
        assert len(owed) == left
    assert day.station.case(case).case_state == "performed"
    day.done("performing")


def _visit(day: Afternoon, case: str) -> None:
    """14:00 the visit: the next step opens it, one key says what came of it."""
    page = day.case_page(case)
    assert page.next.text() == "记录回访"
    day.sit(page.next)
    day.hit(Key.Key_Space)
    made = next(d for d in day.shell.findChildren(QuickDialog) if d.isVisible())
    made.activateWindow()
    day.hit(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert day.station.case(case).case_state == "visited"
    day.done("visit")


def _close(day: Afternoon, case: str) -> None:
    """17:20 reported back, what the file lacks is named, archived with the reason; the day on one page."""
    for state, title in (("fedback", "反馈"), ("archived", "归档")):
        page = day.case_page(case)
        assert title in page.next.text()
        day.sit(page.next)
        day.hit(Key.Key_Space)
        made = day.dialog()
        if made.form.boxes["step.reason"].isVisible():
            made.form.focus_on("step.reason")
            day.typist.text("工人已返乡，身份证复印件由其本人另行提供")
        day.button(made, made.ok)
        assert day.station.case(case).case_state == state
    day.done("report and archive")
    day.shell.desk.go("daylog")
    day.rest()
    log = daylog.read(day.station, "2026-11-20")
    assert any("归档" in line for line in map(str, log.deeds)) or log.deeds, "the day stands on one page by itself"


def _hand_over(day: Afternoon) -> None:
    """Before leaving, an open case goes to the colleague of the next shift, with its reason."""
    to = colleague(day.station)
    open_case = cases.register(day.station, intake=wage_intake()).case
    page = day.case_page(open_case)
    (act,) = [a for a in page.menu.actions() if a.text() == "调整承办人"]
    act.trigger()
    made = day.dialog()
    made.form.set_values({"assignment.to": to, "assignment.reason": "交接班"})
    made.ok.click()
    day.rest()
    assert text(day.station.case(open_case).record, "mediator") == to
    day.done("hand over")
