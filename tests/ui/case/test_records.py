"""Other records of a case: each kind has a form made from the catalogue; what is saved stands in the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.services import cases, records, sessions
from station_app.services.station import Station, User
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.records import Records
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.test_records import SOUND
from tests.support.stations import wage_intake
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


@pytest.fixture
def part(qtbot: QtBot, window: MainWindow, enter: Enter, station: Station) -> Records:
    case = cases.register(station, intake=wage_intake()).case
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    return next(p for p in page.parts if isinstance(p, Records))


def dialog(part: Records) -> FormDialog:
    return next(d for d in part.page.findChildren(FormDialog) if d.isVisible())


@pytest.mark.parametrize("kind", sorted(set(records.VERBS) - {"answer"}))
def test_every_kind_has_a_form_that_is_whole(qtbot: QtBot, part: Records, kind: str) -> None:
    part.open_new(kind)
    made = dialog(part)
    assert cut(made) == []
    assert nameless(made) == []
    made.reject()


def test_what_the_program_measures_is_not_asked(part: Records) -> None:
    part.open_new("evidence")
    made = dialog(part)
    assert not {f"evidence.{name}" for name in ("raw", "raw_bytes", "blob", "bytes")} & made.form.boxes.keys()
    made.reject()
    part.open_new("booking")
    made = dialog(part)
    assert list(made.form.boxes)[:3] == ["booking.purpose", "booking.at", "booking.until"]
    made.reject()


def test_a_record_is_added_seen_and_corrected(
    qtbot: QtBot, window: MainWindow, part: Records, station: Station
) -> None:
    assert len(part.menu.actions()) == len(records.kinds_for(station, station.case(part.page.rec))) - 1, (
        "contacts have a card of their own"
    )
    part.open_new("inquiry")
    made = dialog(part)
    assert str(made.form.control("inquiry.at").value()).startswith("2026")
    made.form.set_values({f"inquiry.{k}": v for k, v in SOUND["inquiry"].items()})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert part.lines.lines.rowCount() == 1
    line = part.lines.lines.lines[0]
    assert line.text.startswith("调查记录　")
    part._open(line)
    made = dialog(part)
    made.form.set_values({"inquiry.person": "陈某某"})
    made.ok.click()
    settle(qtbot, window.tasks)
    (kept,) = station.case(part.page.rec).kind("inquiry")
    assert text(kept, "person") == "陈某某"


def test_what_is_missing_is_said_under_its_field(qtbot: QtBot, window: MainWindow, part: Records) -> None:
    part.open_new("relief")
    made = dialog(part)
    made.ok.click()
    settle(qtbot, window.tasks)
    assert made.isVisible()
    assert made.form.boxes["relief.need"].error
    made.reject()


def test_who_may_not_read_a_note_sees_that_there_is_one(
    qtbot: QtBot, window: MainWindow, enter: Enter, station: Station
) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    sessions.record(station, case=case, values={"from": "2026-11-20T09:00"}, notes={"applicant": "私下说愿意让步"})
    station.user = User("ab" * 8 + ".9.0", "某人", ("mediator",))
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    model = page.records.lines.lines
    said = " ".join(str(model.index(i, 0).data()) for i in range(model.rowCount()))
    assert "另有 1 次单方谈话" in said
    assert "愿意让步" not in said
