"""The legal consultant's day (peers 2.2): queue, clause, pre-check, papers, ruling, twelve cases in one print job."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from station_app.domain.case import text
from station_app.services import papers, signing
from station_app.services.exchange import casefile
from station_app.services.printing import Pace
from station_app.services.review import queue
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.agreement.review import CompareDialog
from station_app.ui.agreement.term_dialog import TermDialog
from station_app.ui.case import confirming
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.court.dialog import CourtDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.cases import CasesPage
from station_app.ui.pages.today import TodayPage
from station_app.ui.papers import package
from station_app.ui.papers.page import CasePapersPage
from tests.support.printers import FakePrinter
from tests.support.wages import wage_case
from tests.ui.days.hands import Hands
from tests.ui.look import cut, nameless
from tests.ui.papers.test_printing import NAME, until

CASE = Path(__file__).parents[2] / "data" / "cases" / "3-traffic.json"
BETTER = "刘某于2026年12月10日前付清全部赔偿款。"
Enter = Callable[[], Shell]


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    return Hands(qtbot, window)


@pytest.fixture
def shell(enter: Enter, station: Station, hands: Hands) -> Shell:
    """The consultant sits down; one agreement was written by a mediator."""
    casefile.import_file(station, data=CASE.read_bytes(), name=CASE.name)
    station.user = replace(station.user, roles=("consultant",))
    made = enter()
    made.go("today")
    hands.rest()
    return made


def agreement(shell: Shell, hands: Hands) -> AgreementPage:
    """From the queue to the agreement: two keys."""
    today = shell.pages["today"]
    assert isinstance(today, TodayPage)
    assert today.review.isVisible()
    hands.press(today.review.view, Qt.Key.Key_Down)
    hands.press(today.review.view, Qt.Key.Key_Return)
    page = shell.pages["agreement"]
    assert isinstance(page, AgreementPage)
    assert page.isVisible()
    return page


def term(page: AgreementPage, hands: Hands) -> TermDialog:
    """The first term, opened."""
    if not page.terms.currentIndex().isValid():
        hands.press(page.terms, Qt.Key.Key_Down)
    hands.press(page.terms, Qt.Key.Key_Return)
    return next(d for d in page.findChildren(TermDialog) if d.isVisible())


def form(parent: object) -> FormDialog:
    assert isinstance(parent, CasePage)
    return next(d for d in parent.findChildren(FormDialog) if d.isVisible())


def test_from_the_queue_to_a_reviewed_agreement(shell: Shell, hands: Hands, station: Station) -> None:
    page = agreement(shell, hands)
    facts = " ".join(label.text() for label in page.review.body.findChildren(QLabel))
    assert page.review.body.isVisible(), "facts beside the agreement"
    assert "事故" in facts
    assert cut(page.review) == []
    assert nameless(page.review) == []

    made = term(page, hands)
    before = text(station.case(page.rec).terms[0], "text")
    made.words.setPlainText(BETTER)
    made.reason.setPlainText("写明日期")
    hands.walk(made.words, made.propose)
    hands.press(made.propose, Qt.Key.Key_Space)
    assert text(station.case(page.rec).terms[0], "text") == before, "the mediator decides"

    hands.sit(page.terms)
    hands.press(page.terms, Qt.Key.Key_F7)
    check = next(d for d in page.findChildren(CourtDialog) if d.isVisible())
    assert check.head.text().startswith("司法确认预审　")
    hands.press(check, Qt.Key.Key_Escape)
    papers.issue(station, case=page.rec, template="agreement")

    station.user = replace(station.user, roles=("mediator",))
    made = term(page, hands)
    assert made.cards[0].take.hasFocus() or made.focusWidget() is made.cards[0].take
    strokes = hands.keys
    hands.press(made.cards[0].take, Qt.Key.Key_Space)
    assert hands.keys == strokes + 1, "one key"
    assert text(station.case(page.rec).terms[0], "text") == BETTER

    station.user = replace(station.user, roles=("consultant",))
    assert [w.case.rec for w in queue.waiting(station)] == [page.rec]
    papers.issue(station, case=page.rec, template="agreement")
    page.refresh()
    hands.rest()
    assert page.review.compare.isVisible()
    hands.press(page.review.compare, Qt.Key.Key_Space)
    compared = next(d for d in page.findChildren(CompareDialog) if d.isVisible())
    shown = [label.text() for label in compared.findChildren(QLabel)]
    assert "1 处不同" in shown
    assert any("<u>" in words and "<s>" in words for words in shown)
    assert cut(compared) == []
    hands.press(compared, Qt.Key.Key_Escape)

    hands.press(page.review.done, Qt.Key.Key_Space)
    assert queue.waiting(station) == []
    assert page.review.state.text() == "● 已经法律审查"
    assert not page.review.done.isVisible()
    assert hands.keys <= 20


def signed(station: Station, case: str) -> None:
    """What others do: everybody signs, the committee seals."""
    day = station.clock.today().isoformat()
    many = [
        Signer(
            "party", "signed" if p.is_person else "signed_sealed", p.id, seal="" if p.is_person else "official", on=day
        )
        for p in station.case(case).parties
    ]
    many += [Signer("mediator", "signed", on=day), Signer("committee", "sealed", seal="committee", on=day)]
    signing.sign_many(station, case=case, signers=many)


def test_from_a_signed_agreement_to_the_ruling(shell: Shell, hands: Hands, station: Station, tmp_path: Path) -> None:
    page = agreement(shell, hands)
    case = page.rec
    papers.issue(station, case=case, template="agreement")
    signed(station, case)
    shell.desk.go("case", case)
    hands.rest()
    at = shell.pages["case"]
    assert isinstance(at, CasePage)
    hands.press(at.next, Qt.Key.Key_Space)
    hands.press(form(at), Qt.Key.Key_Return)
    assert station.case(case).case_state == "confirming"

    shell.desk.go("case_papers", (case, ""))
    hands.rest()
    sheets = shell.pages["case_papers"]
    assert isinstance(sheets, CasePapersPage)
    for template in ("confirmation_application", "mediation_certificate"):
        place = next(i for i, c in enumerate(sheets.cards) if c.template == template)
        sheets.lines.setCurrentIndex(sheets.lines.lines.index(place, 0))
        hands.keys += place
        hands.rest()
        hands.press(sheets.issue, Qt.Key.Key_Space)
    issued = {text(p, "template") for p in station.case(case).papers}
    assert {"agreement", "confirmation_application", "mediation_certificate"} <= issued

    out = tmp_path / "court"
    out.mkdir()
    package.start(sheets, [case], folder=str(out))
    hands.rest()
    hands.rest()
    (archive,) = next(p for p in out.iterdir() if p.is_dir()).glob("*.zip")
    assert len(zipfile.ZipFile(archive).namelist()) >= 4
    for box in sheets.findChildren(QMessageBox):
        box.close()

    shell.desk.go("case", case)
    hands.rest()
    assert at.seen is not None
    dict(confirming.entries(at, at.seen.case))["预约询问"]()
    booked = form(at)
    booked.form.set_values({"confirmation.hearing_at": "2026-11-27T10:30", "confirmation.hearing_room": "二号视频间"})
    hands.press(booked, Qt.Key.Key_Return)
    assert text(station.case(case).confirmation, "hearing_room") == "二号视频间"

    hands.press(at.next, Qt.Key.Key_Space)
    ruled = form(at)
    ruled.form.set_values({"confirmation.result": "valid", "confirmation.ruling_no": "（2026）粤0311民特8号"})
    hands.press(ruled, Qt.Key.Key_Return)
    assert station.case(case).case_state == "confirmed"
    assert at.seen is not None
    dict(confirming.entries(at, at.seen.case))["收到裁定"]()
    hands.press(form(at), Qt.Key.Key_Return)
    assert any(c.code == "objection" and c.last for c in at.seen.clocks)
    assert hands.keys <= 60


@pytest.mark.usefixtures("two_printers")
def test_twelve_cases_in_one_print_job(
    qtbot: QtBot, shell: Shell, hands: Hands, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultant, station.user = station.user, replace(station.user, roles=("mediator",))
    for _ in range(12):
        case = wage_case(station, workers=8)
        papers.issue(station, case=case, template="acceptance_register")
    station.user = consultant
    shell.go("cases")
    hands.rest()
    page = shell.pages["cases"]
    assert isinstance(page, CasesPage)
    rows = page.table.selectionModel()
    for number in range(12):
        rows.select(page.model.index(number, 0), rows.SelectionFlag.Select | rows.SelectionFlag.Rows)
    hands.keys += 12
    hands.press(page.print, Qt.Key.Key_Space)
    made, port = page.printer, FakePrinter()
    assert made is not None
    made._pace = Pace(every=0.005, patience=0.2, grace=0.2)
    made.open_port = lambda _name: port
    made.form.printer.setCurrentIndex(made.form.printer.findData(NAME))
    made.form.issue.setChecked(False)
    hands.press(made.go, Qt.Key.Key_Space)
    until(qtbot, lambda: f"已由“{NAME}”打印" in page.notices.message)
    assert port.printed.count("打印分隔页") == 12
    assert len(port.printed) == 24
    assert hands.keys <= 20
