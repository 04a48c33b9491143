"""A mediator's whole day (peers 2.1), 08:30 to 17:20, at one desk with nothing but keys, every one of them counted.

Log-in by password, yesterday's draft, a walk-in that repeats a matter, a roster of seventeen, the session, agreement,
print, signatures and seal, the scans, the line coming back to a real district server, a visit, an order, the close.
Free text (what nobody could know beforehand) is counted apart; sums, days, names sought and the password are keys.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from station_app.clock import FixedClock
from station_app.domain.case import number, text
from station_app.services import papers, scans
from station_app.services.changes import Changes
from station_app.services.intake import links
from station_app.services.local import settings
from station_app.services.loop import orders
from station_app.services.reading import lists
from station_app.services.rounds import daylog
from station_app.services.travel import enrolment
from station_app.store import consistency
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.case.dossier import Dossier
from station_app.ui.case.page import CasePage
from station_app.ui.case.quick import QuickDialog
from station_app.ui.case.roster import RosterDialog
from station_app.ui.case.session_dialog import SessionDialog
from station_app.ui.intake.page import IntakePage
from station_app.ui.pages.orders import OrdersPage
from station_app.ui.pages.today import TodayPage
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.printing_dialog import PrintDialog
from station_app.ui.papers.scan_folder import ScanFolder
from station_app.ui.reports.sheet import SheetDialog
from sync.server import codes, keys
from sync.server.admin import organisation
from sync.server.server import open_server
from tests.support import photos
from tests.support.clock import FakeClock
from tests.support.served import served
from tests.support.stations import PASSWORD
from tests.support.wages import ROSTERS
from tests.ui.conftest import in_front
from tests.ui.days.keyboard import name, words_of
from tests.ui.days.setting import PRINTER, Day
from tests.ui.intake.typing import CTRL, SHIFT, Key
from tests.ui.test_orders_page import arrive

SIMPLE, KNOWN = 60, 8
"""Keys at most for a simple appeal beyond free text, and for a party who is known."""
MOST: Final = {
    "登录": 14,
    "草稿": 2,
    "来访": 31,
    "名册": 4,
    "调解": 16,
    "协议": 36,
    "出具打印": 2,
    "签字盖章": 9,
    "扫描": 0,
    "上传": 0,
    "回访": 3,
    "发令": 3,
    "卷宗": 9,
    "日志": 9,
}
"""Keys at most for each step as it stands now: one more is a place where the day stumbles."""


def test_from_half_past_eight_to_the_close(day: Day) -> None:
    hands = day.hands
    _begin(day)
    _walk_in(day)
    _mass(day)
    _session(day)
    _agree(day)
    _print(day)
    _sign(day)
    _scan(day)
    _line_is_back(day)
    _visit(day)
    _order(day)
    _close(day)
    print(hands.table())
    assert {s.what: s.keys for s in hands.steps if s.keys > MOST[s.what]} == {}
    assert consistency.check(day.station.store) == []


def _begin(day: Day) -> None:
    """08:30 the password is all; the caret stands in the list of what is to be done, and Enter opens the draft."""
    hands = day.hands
    day.window.begin()
    in_front(day.qtbot, day.window)
    hands.write(PASSWORD)
    hands.hit(Key.Key_Return)
    day.qtbot.waitUntil(lambda: day.window.shell is not None, timeout=30_000)
    hands.back()
    day.at(8, 30)
    hands.done("08:30", "登录")
    today = day.page("today")
    assert isinstance(today, TodayPage)
    assert today.isAncestorOf(hands.at), "no Tab before the day can begin"
    hands.to(today.drafts.view)
    hands.hit(Key.Key_Return)
    page = day.page("intake")
    assert isinstance(page, IntakePage)
    assert page.form.caret() == "facts.summary:2", "yesterday's words, the caret where it was"
    hands.done("08:30", "草稿")


def _walk_in(day: Day) -> None:
    """08:40 one line says it; 08:42 both parties are known; 08:44 the same matter is linked; accepted."""
    hands, page = day.hands, day.page("intake")
    assert isinstance(page, IntakePage)
    day.at(8, 40)
    hands.text("十一月工资八千四百元，要求付清")
    hands.hit(Key.Key_Tab, times=2)
    hands.write("tqnmg")
    hands.hit(Key.Key_Tab, times=3)
    before = hands.typist.keys
    hands.write("tzq")
    hands.hit(Key.Key_Return)
    assert page.cards[0].form.raw()["identity.phone"] == "15026018159"
    assert hands.typist.keys - before <= KNOWN
    while not page.cards[1].isAncestorOf(hands.at):
        hands.hit(Key.Key_Tab)
    before = hands.typist.keys
    hands.write("yshc")
    hands.hit(Key.Key_Return)
    assert hands.typist.keys - before <= KNOWN
    hands.typist.wait(0.7)
    assert page.alike.isVisible()
    hands.hit(Key.Key_F6)
    hands.write("2")
    hands.hit(Key.Key_Return, CTRL)
    hands.typist.wait(0.3)
    hands.rest()
    at = day.page("case")
    assert isinstance(at, CasePage)
    day.case = at.rec
    assert (day.view.case_state, text(day.view.record, "type")) == ("accepted", "wage_arrears")
    assert len(links.of_case(day.station, day.view)) == 1
    assert hands.done("08:40", "来访") <= SIMPLE


def _mass(day: Day) -> None:
    """09:10 sixteen colleagues, copied from a spreadsheet; the one wrong number is opened, mended, and all come in."""
    hands = day.hands
    wrong = (ROSTERS / "wages-17.csv").read_text("utf-8-sig").replace("45012619890412011X", "450126198904120111")
    QApplication.clipboard().setText(wrong.replace(",", "\t"))
    hands.hit(Key.Key_V, CTRL | SHIFT)
    made = hands.dialog()
    assert isinstance(made, RosterDialog)
    assert made.take.text() == "导入 16 人"
    assert made.faults.hasFocus(), "the caret is at what is wrong"
    hands.hit(Key.Key_Return)
    hands.text("45012619890412011X")
    hands.hit(Key.Key_Return)
    assert made.take.hasFocus(), "nothing is wrong any more"
    assert "131,460.00" in made.sums.text()
    hands.hit(Key.Key_Space)
    hands.back()
    assert len(day.view.side("applicant")) == 17
    hands.done("09:10", "名册")


def _session(day: Day) -> None:
    """09:30 the one button opens the session with its timer; a phrase by its code; one side alone on its own tab."""
    hands, at = day.hands, day.page("case")
    day.at(9, 30)
    assert isinstance(at, CasePage)
    assert at.next.hasFocus(), name(hands.at)
    hands.hit(Key.Key_Space)
    made = hands.dialog()
    assert isinstance(made, SessionDialog)
    assert "已进行" in made.spent.text()
    hands.to(made.form.boxes["session.record"])
    hands.text("双方核对工资表。")
    hands.write(";fq")
    hands.to(made.form.boxes["session.result"])
    hands.write("jx")
    hands.hit(Key.Key_Return)
    hands.hit(Key.Key_Tab, CTRL)
    assert hands.at is made.notes["applicant"]
    hands.text("最低可以接受先付七成。")
    hands.hit(Key.Key_Return, CTRL)
    hands.back()
    view = day.view
    (session,) = view.kind("session")
    assert "分＿＿期支付" in text(session, "record")
    assert "七成" not in text(session, "record"), "what one side said alone is no part of the record"
    assert view.case_state == "mediating"
    hands.done("09:30", "调解")


def _agree(day: Day) -> None:
    """10:00 two instalments: the second takes what the first leaves; split over seventeen; the sums are live."""
    hands = day.hands
    day.at(10, 0)
    hands.hit(Key.Key_Space)
    page = day.page("agreement")
    assert isinstance(page, AgreementPage)
    hands.to(page.instalments.forms[0].boxes["obligation.amount"])
    hands.hit(Key.Key_A, CTRL)
    hands.write("71460")
    hands.hit(Key.Key_Tab)
    hands.write("20261201")
    hands.hit(Key.Key_Tab)
    hands.hit(Key.Key_Space)
    assert page.instalments.forms[1].raw()["obligation.amount"] == "60,000.00"
    hands.write("20261231")
    hands.to(page.tools[1])
    hands.hit(Key.Key_Space)
    assert page.sum.text() == "合计 131,460.00 元　人民币壹拾叁万壹仟肆佰陆拾元整"
    assert page.differs.isHidden(), "what is owed and what is agreed are the same"
    hands.ctrl(Key.Key_S)
    assert number(day.view.agreement, "total") == 13_146_000
    hands.done("10:00", "协议")


def _print(day: Day) -> None:
    """10:20 Ctrl+P shows the true pages; Ctrl+Enter issues them and prints one for each party, and one more."""
    hands = day.hands
    day.at(10, 20)
    hands.ctrl(Key.Key_P)
    page = day.page("case_papers")
    assert isinstance(page, CasePapersPage)
    assert page.preview.pages >= 2
    day.qtbot.waitUntil(page.court.isVisible, timeout=20_000)  # what the court may refuse, counted beside the pages
    hands.hit(Key.Key_Return, CTRL)
    day.qtbot.waitUntil(lambda: f"已由“{PRINTER}”打印" in page.notices.message, timeout=30_000)
    card = papers.chosen(day.station, case=day.case, template="agreement")
    assert len(day.printer.printed) == card.copies == len(day.view.parties) + 1
    hands.back()
    hands.done("10:20", "出具打印")


def _sign(day: Day) -> None:
    """10:40 back to the case: 签署登记; all parties at once, the mediator, the seal. It is in effect."""
    hands = day.hands
    day.at(10, 40)
    hands.hit(Key.Key_Escape, times=2)
    at = day.page("case")
    assert isinstance(at, CasePage)
    assert at.next.text() == "签署登记"
    hands.to(at.next)
    hands.hit(Key.Key_Space)
    page = day.page("agreement")
    assert isinstance(page, AgreementPage)
    assert page.signing.lines.hasFocus()
    hands.to(page.signing.all, back=True)
    hands.hit(Key.Key_Space)
    hands.to(page.signing.lines)
    for _ in ("mediator", "committee"):
        hands.hit(Key.Key_Return)
        hands.dialog()
        hands.hit(Key.Key_Return, CTRL)
        hands.back()
    assert day.view.case_state == "effective"
    hands.done("10:40", "签字盖章")


def _scan(day: Day) -> None:
    """The signed pages come back as photographs and file themselves: no key at all."""
    hands = day.hands
    paper = day.view.paper("agreement")
    assert paper is not None
    pdf = papers.pdf(day.station, case=day.case, paper=paper.id)
    folder = day.place / "收图"
    folder.mkdir()
    settings.put(day.station, {"scan.folder": str(folder)})
    pages = papers.page_count(pdf)
    for page in range(1, pages + 1):
        (folder / f"IMG_{page:03}.jpg").write_bytes(photos.jpeg(photos.turned(photos.page(pdf, page), 3), 70))
    watcher = ScanFolder(day.shell.desk)
    clock = day.station.clock
    assert isinstance(clock, FixedClock)
    for _ in range(8 * pages):
        watcher.look()
        hands.rest()
        clock.advance(seconds=30)
        if len(scans.list_scans(day.station, case=day.case)) == pages:
            break
    watcher.watch = None
    assert sorted(s.page for s in scans.list_scans(day.station, case=day.case)) == list(range(1, pages + 1))
    hands.done("10:50", "扫描")


def _line_is_back(day: Day) -> None:
    """11:00 until now everything lay on this PC, and the status line said so; then all is uploaded, without a word."""
    hands, shell = day.hands, day.shell
    day.at(11, 0)
    shell.status.refresh()
    hands.rest()
    assert "可照常办理" in shell.status._travel.text()
    place = day.place / "district"
    keys.create(place, name="光明区群众诉求服务平台", database="")
    server = open_server(place, FakeClock())
    organisation.apply(server, organisation.read(Path(__file__).parents[3] / "resources" / "org" / "guangming.toml"))
    code = codes.issue(server, station="GM-FH-DK-01")
    server.close()
    with served(place) as url:
        enrolment.enrol(day.station, url=url, code=code)

        for _ in range(3):
            shell.travelling.start()
            day.qtbot.waitUntil(lambda: not shell.travelling.under_way, timeout=60_000)
            hands.rest()
        day.qtbot.waitUntil(lambda: "已全部上传" in shell.status._travel.text(), timeout=30_000)
    hands.done("11:00", "上传")


def _visit(day: Day) -> None:
    """14:00 the visit that is due: its line, Enter, the number to ring up, one key for what came of it."""
    hands = day.hands
    day.at(14, 0)
    hands.hit(Key.Key_1, CTRL)
    today = day.page("today")
    assert isinstance(today, TodayPage)
    hands.to(today.plans.view)
    hands.hit(Key.Key_Return)
    made = hands.dialog()
    assert isinstance(made, QuickDialog)
    assert "田志强 1" in words_of(made)
    hands.alt(Key.Key_1)
    hands.back()
    assert not today.plans.isVisible(), "nothing is left to be visited"
    hands.done("14:00", "回访")


def _order(day: Day) -> None:
    """16:30 an order of the community comes: it is told until it is seen, and one key signs for it with the time."""
    hands = day.hands
    day.at(8, 50)
    theirs, rec = arrive(day.station)  # written in the morning, come in the afternoon
    day.at(16, 30)
    day.shell.desk.tasks.changed.emit(Changes(frozenset({"order"}), (), ("pulled",), case=theirs))
    hands.rest()
    assert "新的发令" in day.window.bar.message
    hands.hit(Key.Key_Z, CTRL | SHIFT)
    page = day.page("orders")
    assert isinstance(page, OrdersPage)
    assert page.card is not None
    hands.to(page.card.buttons["receive"])
    hands.hit(Key.Key_Space)
    order = orders.find(day.station, theirs, rec)
    assert (text(order, "received_by"), text(order, "received_at")) == ("李明", "2026-11-20T16:30")
    hands.done("16:30", "发令")


def _close(day: Day) -> None:
    """17:20 the case is found by its number; its file prints what it lacks. The day stands on one page by itself."""
    hands = day.hands
    day.at(17, 20)
    hands.ctrl(Key.Key_K)
    hands.write("A0002")  # as it stands on the paper in hand
    hands.typist.wait(0.5)
    hands.hit(Key.Key_Return)
    at = day.page("case")
    assert isinstance(at, CasePage)
    assert at.rec == day.case
    file = next(part for part in at.parts if isinstance(part, Dossier))
    lacking, printed = list(file.lacking), len(day.printer.printed)
    assert file.print.isEnabled(), file.count.text()
    hands.hit(Key.Key_P, CTRL | SHIFT)
    made = hands.dialog()
    assert isinstance(made, PrintDialog)
    hands.hit(Key.Key_Return)
    day.qtbot.waitUntil(lambda: f"已由“{PRINTER}”打印" in day.window.bar.message, timeout=60_000)
    hands.back()
    assert len(file.lacking) < len(lacking)
    assert len(day.printer.printed) > printed
    hands.done("17:20", "卷宗")
    hands.hit(Key.Key_1, CTRL)
    today = day.page("today")
    assert isinstance(today, TodayPage)
    hands.to(today.head.beside["daylog"], back=True)
    hands.hit(Key.Key_Space)
    log = daylog.read(day.station, "2026-11-20")
    assert len(log.deeds) == len(lists.cases(day.station)), "each case of the day, without a word typed"
    hands.ctrl(Key.Key_P)
    sheet = hands.dialog()
    assert isinstance(sheet, SheetDialog)
    assert sheet.made is not None
    assert sheet.made.pages == 1, "one page"
    hands.hit(Key.Key_Escape)
    hands.back()
    hands.done("17:20", "日志")
