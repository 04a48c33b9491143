"""收到裁定 on the desk: each party by a day of its own, an interested person by name; who is waited for is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.domain.court.receipts import receipts
from station_app.services import confirmation, signing
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.ui.case import confirming
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

DAY = "2026-11-20"


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Callable[[], Shell], station: Station) -> CasePage:
    """A wage case whose agreement was confirmed."""
    case = wage_case(station)
    showcase_agreement(station, case)
    parties = station.case(case).parties
    signers = [
        Signer("party", "signed_fingerprint" if p.is_person else "signed_sealed", p.id,
               seal="" if p.is_person else "official", on=DAY)
        for p in parties
    ]  # fmt: skip
    signers += [Signer("mediator", "signed", on=DAY), Signer("committee", "sealed", seal="committee", on=DAY)]
    signing.sign_many(station, case=case, signers=signers)
    confirmation.apply(station, case=case, on=DAY)
    confirmation.rule(station, case=case, result="valid", on=DAY)
    shell = enter()
    shell.desk.go("case", case)
    settle(qtbot, window.tasks)
    found = shell.pages["case"]
    assert isinstance(found, CasePage)
    return found


def opened(page: CasePage) -> FormDialog:
    assert page.seen is not None
    act = dict(confirming.entries(page, page.seen.case))["收到裁定"]
    act()
    return next(d for d in page.findChildren(FormDialog) if d.isVisible())


def test_one_party_then_the_others_then_an_interested_person(
    qtbot: QtBot, window: MainWindow, page: CasePage, station: Station
) -> None:
    first = station.case(page.rec).parties[0]
    made = opened(page)
    assert cut(made) == []
    assert nameless(made) == []
    made.form.set_values({"ruling_receipt.on": "2026-11-23", "ruling_receipt.party": first.id})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    days = receipts(station.case(page.rec))
    assert [(r.day, r.who) for r in days.parties] == [("2026-11-23", (first.name,))]
    assert page.seen is not None
    assert confirming.standing(page.seen.case).startswith(f"2026年11月23日收到：{first.name}\n待登记：")
    made = opened(page)
    made.form.set_values({"ruling_receipt.on": "2026-11-24"})
    made.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert receipts(station.case(page.rec)).waiting == ()
    made = opened(page)
    made.form.set_values({"ruling_receipt.on": "2026-11-24", "ruling_receipt.name": "陈某"})
    made.ok.click()
    settle(qtbot, window.tasks)
    assert [text(r, "name") for r in station.case(page.rec).kind("ruling_receipt")][-1] == "陈某"
