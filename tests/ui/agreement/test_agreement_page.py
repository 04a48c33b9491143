"""The agreement as a mediator makes it: instalments, split, matrix, save, sign; sums live and exact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from station_app.domain.agreement.grid import Grid
from station_app.services import agreements, sessions
from station_app.services.cases import Values
from station_app.services.local import drafts
from station_app.services.station import Station
from station_app.ui.agreement.matrix import MatrixModel, MatrixView
from station_app.ui.agreement.page import AgreementPage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.today import draft_place
from station_app.ui.tasks import Tasks
from sync.contract.errors import KnownError
from tests.support.wages import wage_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """A verb, the reading it causes, and the pictures this asks for."""
    for _ in range(4):
        once(qtbot, tasks)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> AgreementPage:
    case = wage_case(station)
    held = {"from": "2026-11-20T08:00", "to": "2026-11-20T08:40", "record": "核对工资。"}
    sessions.record(station, case=case, values=dict(held))
    shell = enter()
    shell.desk.go("agreement", case)
    settle(qtbot, window.tasks)
    made = shell.pages["agreement"]
    assert isinstance(made, AgreementPage)
    return made


def fill(qtbot: QtBot, window: MainWindow, page: AgreementPage) -> None:
    """Two instalments, split by what is owed."""
    assert page.seen is not None
    payer = page.seen.case.side("respondent")[1].id
    page.form.set_values({"obligation.payers": [payer], "obligation.liability": "first", "agreement.confirm": "apply"})
    page.instalments.show_values([7_146_000, 6_000_000], ["2026-12-01", "2026-12-31"])
    page._split("owed")
    settle(qtbot, window.tasks)


def test_by_hand_to_an_agreement_with_terms(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    assert "131,460.00" in page.sum.text()
    assert "壹拾叁万壹仟肆佰陆拾元整" in page.sum.text()
    page.save.click()
    settle(qtbot, window.tasks)
    view = station.case(page.rec)
    assert [o.get("amount") for o in view.obligations] == [7_146_000, 6_000_000]
    assert len(view.terms) >= 5
    assert page.terms.lines.rowCount() == len(view.terms)


def test_a_cell_typed_over_changes_the_sums_at_once(qtbot: QtBot, window: MainWindow, page: AgreementPage) -> None:
    fill(qtbot, window, page)
    index = page.model.index(0, 1)
    assert page.model.setData(index, "4,566.14")
    assert page.model.grid.total == 13_146_001
    assert "多 0.01 元" in page.differs.text()
    assert not page.model.setData(index, "一千")
    assert page.model.grid.total == 13_146_001, "what is no amount changes nothing"
    assert page.instalments.read() == (
        [7_146_001, 6_000_000],
        [{"due": "2026-12-01", "due_rule": "on_date"}, {"due": "2026-12-31", "due_rule": "on_date"}],
    )


def test_a_sum_that_is_not_what_each_gets_is_not_saved(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    page.instalments.forms[0].set_values({"obligation.amount": 8_000_000})
    page.save.click()
    settle(qtbot, window.tasks)
    assert station.case(page.rec).agreement is None
    assert page.instalments.forms[0].raw()["obligation.amount"] == "80,000.00", "what was typed stays"


def test_signing_freezes_and_takes_effect(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    page.save.click()
    settle(qtbot, window.tasks)
    page.signing.all.click()
    settle(qtbot, window.tasks)
    assert not page.save.isEnabled()
    assert page.model.flags(page.model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable == Qt.ItemFlag.NoItemFlags
    from station_app.services import signing

    signing.sign(station, case=page.rec, role="mediator", manner="signed")
    signing.sign(station, case=page.rec, role="committee", manner="sealed", seal="committee")
    page.refresh()
    settle(qtbot, window.tasks)
    assert "2026年11月20日起生效" in page.signing.effect.text()


def test_nothing_of_another_case_can_be_saved_before_it_is_read(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    other = wage_case(station, workers=8)
    page.opened(other)
    page.save.click()
    page._save()  # as Ctrl+S does
    settle(qtbot, window.tasks)
    assert station.case(other).agreement is None
    assert page.save.isEnabled()
    assert page.model.rowCount() == 0


def test_a_block_is_pasted_from_a_sheet_or_refused_whole(qtbot: QtBot) -> None:
    model = MatrixModel()
    model.show_grid(Grid(("a", "b"), ((1, 2), (3, 4))), {"a": "甲", "b": "乙"}, ["", ""])
    heard: list[KnownError] = []
    model.refused.connect(heard.append)
    assert model.paste(model.index(0, 1), "1.00\t2.00\n3.00\t4.50\n")
    assert model.grid.cells == ((100, 200), (300, 450))
    assert not model.paste(model.index(0, 1), "5.00\t-1\n")
    assert model.grid.cells == ((100, 200), (300, 450))
    assert [e.code for e in heard] == ["E-207"]
    assert model.data(model.index(2, 3)) == "10.50"
    with qtbot.waitSignal(model.too_large):
        assert not model.paste(model.index(1, 2), "6.00\t7.00\n")
    assert model.grid.cells == ((100, 200), (300, 450)), "no amount is dropped in silence"


def test_enter_goes_down_and_delete_empties(qtbot: QtBot) -> None:
    model = MatrixModel()
    model.show_grid(Grid(("a", "b"), ((1, 2), (3, 4))), {"a": "甲", "b": "乙"}, ["", ""])
    view = MatrixView(model)
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    view.setCurrentIndex(model.index(0, 1))
    QTest.keyClicks(view, "5")
    editor = view.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.currentIndex().row() == 1)
    assert model.grid.cells == ((500, 2), (3, 4))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert model.grid.cells == ((500, 2), (0, 4))


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, size: tuple[int, int]
) -> None:
    fill(qtbot, window, page)
    window.resize(*size)
    settle(qtbot, window.tasks)
    assert cut(page) == []
    assert nameless(page) == []


def test_what_is_typed_outlives_leaving_and_a_new_start(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    assert page.model.setData(page.model.index(0, 1), "4,566.14")
    case, cells = page.rec, page.model.grid.cells
    page.desk.go("today")
    settle(qtbot, window.tasks)
    (draft,) = drafts.of_user(station)
    assert (draft.kind, draft.record) == ("agreement", case)
    key, argument = draft_place(draft)
    assert key == "agreement"
    back = AgreementPage(page.desk)  # as after the program was started anew: it knows the database only
    qtbot.addWidget(back)
    back.show()
    back.opened(argument)
    settle(qtbot, window.tasks)
    assert back.model.grid.cells == cells
    assert [f.raw()["obligation.due"] for f in back.instalments.forms] == ["2026-12-01", "2026-12-31"]
    assert back.unsaved.isVisible()
    back.save.click()
    settle(qtbot, window.tasks)
    assert sum(int(str(o.get("amount"))) for o in station.case(case).obligations) == 13_146_001
    assert not drafts.of_user(station), "what was saved is no draft any more"
    assert not back.unsaved.isVisible()


def test_what_arrives_meanwhile_leaves_what_is_typed_alone(
    qtbot: QtBot, window: MainWindow, page: AgreementPage, station: Station
) -> None:
    fill(qtbot, window, page)
    page.save.click()
    settle(qtbot, window.tasks)
    assert page.model.setData(page.model.index(0, 1), "4,566.14")
    typed = page.model.grid.cells
    page.refresh()
    settle(qtbot, window.tasks)
    assert page.model.grid.cells == typed
    assert not page.unsaved.isVisible(), "nothing happened that a person should read about"
    rows: list[Values] = [{**o.values, "rec": o.id} for o in station.case(page.rec).obligations]
    rows[0]["due"] = "2026-12-02"
    agreements.set_obligations(station, case=page.rec, rows=rows)
    page.refresh()
    settle(qtbot, window.tasks)
    assert page.model.grid.cells == typed
    assert page.unsaved.isVisible()
    assert "别处" in page.unsaved.said.text()
    page.unsaved.discard.click()
    settle(qtbot, window.tasks)
    assert page.model.grid.total == 13_146_000
    assert page.instalments.forms[0].raw()["obligation.due"] == "2026-12-02"
    assert not page.unsaved.isVisible()
    assert not drafts.of_user(station)
