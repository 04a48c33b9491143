"""The court's view while the agreement is written: the count follows what is on screen, questions are answered once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import court, terms
from station_app.services.exchange import casefile
from station_app.services.station import Station
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.agreement.term_dialog import TermDialog
from station_app.ui.case.dialog import FormDialog
from station_app.ui.court.dialog import CourtDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]
CASES = Path(__file__).parents[2] / "data" / "cases"


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """A verb, the reading it causes, and the view that follows."""
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> AgreementPage:
    data = (CASES / "2-wages-8.json").read_bytes()
    case = casefile.import_file(station, data=data, name="2.json").case
    shell = enter()
    shell.desk.go("agreement", case)
    settle(qtbot, window)
    made = shell.pages["agreement"]
    assert isinstance(made, AgreementPage)
    return made


def opened(page: AgreementPage) -> CourtDialog:
    page.court.open()
    return next(d for d in page.findChildren(CourtDialog) if d.isVisible())


def test_the_count_follows_what_is_typed_before_anything_is_saved(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    assert page.court.isVisible()
    assert page.court.text().startswith("◆ 预审")
    assert "阻止" not in page.court.text()
    control = page.form.control("obligation.liability")
    control.set_value(None)
    control.edited.emit()
    qtbot.waitUntil(lambda: "阻止 3" in page.court.text(), timeout=30_000)
    assert page.court.text().startswith("▲ 预审")
    assert all(text(o, "liability") == "joint" for o in station.case(page.rec).obligations), "nothing was written"
    control.set_value("joint")
    control.edited.emit()
    qtbot.waitUntil(lambda: "阻止" not in page.court.text(), timeout=30_000)


def test_a_question_is_answered_where_it_is_asked(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    dialog = opened(page)
    settle(qtbot, window)
    card = next(c for c in dialog.cards if c.finding.question == "worker_or_contractor")
    assert "保障农民工工资支付条例（2019年）第五十二条" in card.basis.text()
    card.more.click()
    assert "农民工工资" in card.law.text()
    assert card.law.isVisible()
    card.act.click()
    (asked,) = (f for f in dialog.findChildren(FormDialog) if f.isVisible())
    asked.form.set_values({"answer.value": "worker"})
    asked.ok.click()
    settle(qtbot, window)
    answers = [(text(r, "question"), text(r, "value")) for r in station.case(page.rec).kind("answer")]
    assert answers == [("worker_or_contractor", "worker")]
    assert "worker_or_contractor" not in {c.finding.question for c in dialog.cards}
    dialog.accept()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    dialog = opened(page)
    settle(qtbot, window)
    assert dialog.cards
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.accept()


def test_a_finding_opens_the_page_where_it_is_mended(qtbot: QtBot, window: MainWindow, page: AgreementPage) -> None:
    dialog = opened(page)
    settle(qtbot, window)
    card = next(c for c in dialog.cards if c.finding.place == "identity.address")
    card.act.click()
    settle(qtbot, window)
    assert window.shell is not None
    assert window.shell.pages["case"].isVisible()


def test_a_finding_leads_to_its_very_field(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    dialog = opened(page)
    settle(qtbot, window)
    next(c for c in dialog.cards if c.finding.place == "identity.address").act.click()
    settle(qtbot, window)
    assert window.shell is not None
    case = window.shell.pages["case"]
    form = next(d for d in case.findChildren(FormDialog) if d.isVisible())
    assert form.form.caret().startswith("identity.address")
    form.reject()
    term = station.case(page.rec).terms[0]
    terms.edit(station, case=page.rec, term=term.id, words="付清前，工人不得离开深圳。")
    window.shell.desk.go("agreement", page.rec)
    settle(qtbot, window)
    dialog = opened(page)
    settle(qtbot, window)
    next(c for c in dialog.cards if c.finding.code == "J17").act.click()
    settle(qtbot, window)
    wrong = next(d for d in page.findChildren(TermDialog) if d.isVisible())
    assert wrong.words.toPlainText() == "付清前，工人不得离开深圳。"
    assert any("第三百五十八条" in wrong.basis.itemText(i) for i in range(wrong.basis.count()))
    wrong.basis.activated.emit(1)
    assert wrong.reason.toPlainText().startswith("依据最高人民法院关于适用")
    wrong.reject()
    page.refresh()
    settle(qtbot, window)
    assert not [d for d in page.findChildren(TermDialog) if d.isVisible()], "it leads there once"


def test_the_head_may_decide_to_seal_with_a_reason(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    court.answer(station, case=page.rec, question="voluntary", values={"value": "no"})
    dialog = opened(page)
    settle(qtbot, window)
    card = dialog.cards[0]
    assert card.finding.code == "J18"
    assert card.override.isVisible()
    card.override.click()
    (asked,) = (f for f in dialog.findChildren(FormDialog) if f.isVisible())
    asked.form.set_values({"answer.text": "已当面复核"})
    asked.ok.click()
    settle(qtbot, window)
    kept = [r for r in station.case(page.rec).kind("answer") if text(r, "question") == court.OVERRIDE]
    assert [text(r, "value") for r in kept] == ["J18"]
    dialog.accept()
