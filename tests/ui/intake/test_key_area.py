"""重点领域 on the desk: no empty field while no list is known; with the district's list it is asked and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain import codes
from station_app.services import cases, packs
from station_app.services.station import Station
from station_app.ui.case import acts
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.intake.page import IntakePage
from station_app.ui.reports.figures import FiguresPage
from tests.documents.test_packs import PUBLIC
from tests.services.test_key_areas import AREAS
from tests.services.test_packs import lists as pack_of
from tests.support.stations import wage_intake
from tests.ui.conftest import settle

Enter = Callable[[], Shell]
FIELD = "case.key_area"


@pytest.fixture
def listed(station: Station) -> Iterator[None]:
    packs.trust(station, name="样本机关", key=PUBLIC.hex())
    packs.install(station, data=pack_of(AREAS, "key_areas"), file="包.zip")
    yield
    codes.use(())


def edited(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> FormDialog:
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    acts.edit_case(page)
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


def test_without_a_list_it_is_not_asked(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("intake")
    page = shell.pages["intake"]
    assert isinstance(page, IntakePage)
    assert FIELD not in page.more.boxes
    assert FIELD not in edited(qtbot, window, shell, case).form.boxes
    shell.desk.go("figures")
    figures = shell.pages["figures"]
    assert isinstance(figures, FiguresPage)
    assert figures.by.findData("key_area") < 0


@pytest.mark.usefixtures("listed")
def test_with_the_districts_list_it_is_asked_and_saved(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("intake")
    page = shell.pages["intake"]
    assert isinstance(page, IntakePage)
    assert FIELD in page.more.boxes
    dialog = edited(qtbot, window, shell, case)
    dialog.form.set_values({FIELD: "sample_b"})
    dialog.store()
    settle(qtbot, window.tasks)
    assert station.case(case).get("key_area") == "sample_b"
    shell.desk.go("figures")
    figures = shell.pages["figures"]
    assert isinstance(figures, FiguresPage)
    assert figures.by.findData("key_area") >= 0


@pytest.mark.usefixtures("listed")
def test_a_code_that_is_offered_no_more_stays_when_something_else_is_corrected(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    intake = wage_intake()
    intake.case["key_area"] = "sample_a"
    case = cases.register(station, intake=intake).case
    newer = AREAS.replace('sample_a = { label = "样本领域甲", en = "Sample area A" }\n', "").replace(
        "2026-12", "2027-01"
    )
    packs.install(station, data=pack_of(newer, "key_areas", pack_id="guangming-2027"), file="包2.zip")
    dialog = edited(qtbot, window, enter(), case)
    assert dialog.form.control(FIELD).editor.currentText() == "样本领域甲"  # type: ignore[attr-defined]  # a combo box
    dialog.form.set_values({"case.place": "东门"})
    dialog.store()
    settle(qtbot, window.tasks)
    view = station.case(case)
    assert (view.get("place"), view.get("key_area")) == ("东门", "sample_a")
