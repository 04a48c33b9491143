"""The clause library on screen: a kind asks its fields, writes rows and terms, and is asked again with its answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import number, text
from station_app.domain.clauses.clause import load
from station_app.services import clauses, terms
from station_app.services.calculating import CALCULATORS
from station_app.services.station import Station
from station_app.ui.agreement.calculating import CalcDialog
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.agreement.term_dialog import TermDialog
from station_app.ui.case.dialog import FormDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.test_clauses import ANSWERS, plain
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        once(qtbot, window.tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> AgreementPage:
    case = plain(station)
    shell = enter()
    shell.desk.go("agreement", case)
    settle(qtbot, window)
    made = shell.pages["agreement"]
    assert isinstance(made, AgreementPage)
    return made


def dialog(page: AgreementPage) -> FormDialog:
    return next(d for d in page.findChildren(FormDialog) if d.isVisible())


@pytest.mark.parametrize("kind", sorted(load()))
def test_every_kind_has_a_form_that_is_whole(qtbot: QtBot, page: AgreementPage, kind: str) -> None:
    page.wording.library.ask(load()[kind])
    made = dialog(page)
    assert cut(made) == []
    assert nameless(made) == []
    made.reject()


def test_a_clause_is_written_and_asked_again_with_its_answers(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    page.wording.library.fill()
    letters = {a.text()[0] for a in page.wording.library.actions() if a.text()}
    assert set("ABCDEFGHIJ") <= letters
    page.wording.library.ask(load()["rent"])
    made = dialog(page)
    names = {p.name: p.id for p in station.case(page.rec).parties}
    answers = {f"fill.{k}": names.get(str(v), v) for k, v in ANSWERS["rent"].items() if k not in ("total", "deposit")}
    made.form.set_values({**answers, "fill.total": 4_893_000, "fill.deposit": 5_500_000})
    made.ok.click()
    settle(qtbot, window)
    view = station.case(page.rec)
    assert number(view.agreement, "total") == 4_893_000
    assert any("抵扣" in text(t, "text") for t in view.terms)
    page.wording.library.ask(load()["rent"])
    again = dialog(page)
    assert again.form.control("fill.total").value() == 4_893_000
    again.reject()


def test_a_missing_answer_is_said_and_nothing_is_written(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    page.wording.library.ask(load()["rent"])
    made = dialog(page)
    made.ok.click()
    settle(qtbot, window)
    assert made.form.boxes["fill.total"].error
    assert station.case(page.rec).agreement is None
    made.reject()


def test_what_must_be_known_is_said_while_the_clause_is_filled_in(
    qtbot: QtBot, window: MainWindow, page: AgreementPage
) -> None:
    page.wording.library.ask(load()["family"])
    made = dialog(page)
    assert "人民法院不予受理" in made.remarks.text()
    assert "子女" not in made.remarks.text()
    made.form.set_values({"fill.what": "抚养费", "fill.monthly": 150_000})
    made.form.edited.emit()
    assert "抚养费的权利人是子女" in made.remarks.text()
    assert "列入履行事项的月数" in made.remarks.text()
    made.form.set_values({"fill.what": "抚养费", "fill.monthly": 150_000, "fill.months": 12})
    made.form.edited.emit()
    assert "列入履行事项的月数" not in made.remarks.text()
    settle(qtbot, window)
    assert cut(made) == []
    made.reject()


def test_a_term_of_a_clause_is_restored_on_the_desk(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    clauses.put(station, case=page.rec, kind="rent", values=ANSWERS["rent"])
    term = next(t for t in station.case(page.rec).terms if text(t, "source") == "clause")
    written = text(term, "text")
    terms.edit(station, case=page.rec, term=term.id, words="甲方付款。")
    page.refresh()
    settle(qtbot, window)
    made = TermDialog(page, station.case(page.rec).state.records[term.id], [])
    made.show()
    assert made.again.isVisible()
    made.again.click()
    settle(qtbot, window)
    assert text(station.case(page.rec).state.records[term.id], "text") == written
    own = TermDialog(page, station.case(page.rec).state.records[term.id], [])
    own.show()
    assert not own.again.isVisible()
    own.reject()


def test_a_kept_wording_is_in_the_menu(qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station) -> None:
    clauses.put(station, case=page.rec, kind="rent", values=ANSWERS["rent"])
    clauses.keep(station, title="加速到期", words="任何一期逾期的，全部款项立即到期。")
    page.refresh()
    settle(qtbot, window)
    page.wording.library.fill()
    page.wording.library.actions()[-1].trigger()
    settle(qtbot, window)
    assert "任何一期逾期的，全部款项立即到期。" in [text(t, "text") for t in station.case(page.rec).terms]


@pytest.mark.parametrize("kind", sorted(CALCULATORS))
def test_every_calculator_has_a_form_and_says_what_it_needs(qtbot: QtBot, page: AgreementPage, kind: str) -> None:
    made = CalcDialog(page)
    made.open()
    made.kind.setCurrentIndex(made.kind.findData(kind))
    assert made.answer.text()
    assert cut(made) == []
    assert nameless(made) == []
    made.reject()


def test_a_result_follows_what_is_typed_and_is_added(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    clauses.put(station, case=page.rec, kind="rent", values=ANSWERS["rent"])
    made = CalcDialog(page)
    made.open()
    assert not made.add.isEnabled()
    made.form.set_values({"calc.grade": "9", "calc.wage": 650_000})
    made.compute()
    assert "9个月×6,500.00元，58,500.00元" in made.answer.text()
    assert "工伤保险条例（2010年修订）第三十七条" in made.answer.text()
    assert "尚不知道" in made.answer.text()
    made.add.click()
    settle(qtbot, window)
    assert any("58,500.00元" in text(t, "text") for t in station.case(page.rec).terms)
