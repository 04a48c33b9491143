"""What the whole day begins with: the cases of before, the half-written one, the printer in the corner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QWidget

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import Case
from station_app.services import cases, papers, performance, printing
from station_app.services.loop import board
from station_app.services.printing import Item, Pace
from station_app.services.signing import Signer, sign_many
from station_app.services.station import Station
from station_app.ui.desk import Desk
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import at_once, printing_dialog
from station_app.ui.papers.printing_dialog import PrintDialog
from tests.support.printers import FakePrinter
from tests.support.stations import make_station, wage_intake
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.days.keyboard import Keyboard
from tests.ui.test_day_mediator import half_written

PRINTER: Final = "奔图 P3010"


class Day:
    """The desk, its mediator, and the case of the morning."""

    def __init__(self, qtbot: QtBot, window: MainWindow, printer: FakePrinter, place: Path) -> None:
        self.qtbot, self.window, self.printer, self.place = qtbot, window, printer, place
        self.hands = Keyboard(qtbot, window)
        self.case = ""

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    @property
    def station(self) -> Station:
        return self.shell.desk.station

    @property
    def view(self) -> Case:
        return self.station.case(self.case)

    def page(self, key: str) -> QWidget:
        """A page that is in front."""
        made = self.shell.pages[key]
        assert made.isVisible(), key
        return made

    def at(self, hour: int, minute: int) -> None:
        """The clock of this PC."""
        self.station.clock = FixedClock(datetime(2026, 11, 20, hour, minute, tzinfo=SHANGHAI))


@pytest.fixture
def day(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, two_printers: None) -> Day:
    """What was before today: a registered appeal, one to be visited, a half-written one; a printer in the corner."""
    station = make_station(tmp_path / "data").station
    cases.register(station, intake=wage_intake())
    _to_be_visited(station)
    half_written(station)
    printing.remember(station, printer=PRINTER, duplex="long")
    station.store.close()
    printer = FakePrinter()

    def make(
        parent: QWidget,
        desk: Desk,
        *,
        cases: Sequence[str] = (),
        item: Item | None = None,
        templates: Sequence[str] = (),
    ) -> PrintDialog:
        pace = Pace(every=0.005, patience=0.2, grace=0.2)
        made = PrintDialog(parent, desk, cases=cases, item=item, templates=templates, pace=pace)
        made.open_port = lambda _name: printer
        return made

    monkeypatch.setattr(at_once, "PrintDialog", make)
    monkeypatch.setattr(printing_dialog, "PrintDialog", make)
    monkeypatch.setattr(board, "confirmed_of", lambda _station, recs: set(recs))
    return Day(qtbot, window, printer, tmp_path)


def _to_be_visited(station: Station) -> None:
    """Last month's case: agreed, signed, paid, to be visited today."""
    case = wage_case(station, workers=17)
    cases.step(station, case=case, verb="mediate")
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    many = [
        Signer("party", "signed" if p.is_person else "signed_sealed", p.id, seal="" if p.is_person else "official")
        for p in station.case(case).parties
    ]
    many += [Signer("mediator", "signed"), Signer("committee", "sealed", seal="committee")]
    sign_many(station, case=case, signers=many)
    for duty in station.case(case).obligations:
        performance.pay(station, case=case, obligation=duty.id)
    performance.plan_visit(station, case=case, on="2026-11-20")
