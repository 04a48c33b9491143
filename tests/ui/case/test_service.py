"""The page of a case shows what its service needs and no more; the service is rendered and reported back from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.case import text
from station_app.domain.course.services import OWN
from station_app.services import records
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.case.page import CasePage
from station_app.ui.case.sections import Agreement, Sessions
from station_app.ui.case.service import Service
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.services.loop.test_services import DONE, accepted
from tests.ui.conftest import settle
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def opened(qtbot: QtBot, window: MainWindow, shell: Shell, case: str) -> CasePage:
    shell.go("case", case)
    settle(qtbot, window.tasks)
    page = shell.pages["case"]
    assert isinstance(page, CasePage)
    return page


def dialog(shell: Shell) -> FormDialog:
    return next(d for d in shell.findChildren(FormDialog) if d.isVisible())


@pytest.mark.parametrize("service", sorted(OWN))
def test_driven_as_a_user_from_record_to_report(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Enter, service: str
) -> None:
    case = accepted(station, service)
    page = opened(qtbot, window, shell := enter(), case)
    part = {kind: next(p for p in page.parts if isinstance(p, kind)) for kind in (Service, Sessions, Agreement)}
    assert part[Service].isVisibleTo(page)
    assert not part[Sessions].isVisibleTo(page)
    assert not part[Agreement].isVisibleTo(page)
    assert not page.agreement.isVisibleTo(page)
    steps = {action.text() for action in page.menu.actions()}
    assert not {"达成协议", "开始调解", "终止调解"} & steps
    assert page.next.text() == "登记" + records.title_of(OWN[service])
    page.next.click()
    form = dialog(shell)
    form.form.set_values({f"{OWN[service]}.{name}": value for name, value in DONE[service].items()})
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert len(station.case(case).kind(OWN[service])) == 1
    card = part[Service]
    assert isinstance(card, Service)
    if service == "suggestion":
        for word in ("已征集", "已评估", "已采纳（金点子）"):
            act = next(act for name, act in card.acts.items() if name.endswith(word))
            act()
            form = dialog(shell)
            if "suggestion.adopted_by" in form.form.boxes:
                form.ok.click()
                assert form.form.boxes["suggestion.adopted_by"].error
                form.form.set_values({"suggestion.adopted_by": "东坑社区党委"})
            form.ok.click()
            settle(qtbot, window.tasks)
            settle(qtbot, window.tasks)
    assert cut(card) == []
    assert nameless(card) == []
    assert page.next.text() == "反馈"
    page.next.click()
    form = dialog(shell)
    form.ok.click()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert station.case(case).case_state == "fedback"


def test_no_consent_is_said_in_the_form(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    case = accepted(station, "psych")
    page = opened(qtbot, window, shell := enter(), case)
    page.next.click()
    form = dialog(shell)
    form.form.set_values({"psych_note.text": "夜里睡不着。"})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert "单独同意" in form.said.text()
    form.form.set_values({"psych_note.consent": True, "psych_note.risk": "high"})
    form.ok.click()
    settle(qtbot, window.tasks)
    assert text(station.case(case).record, "colour") == "red"


def test_a_mediation_keeps_its_own_page(qtbot: QtBot, window: MainWindow, station: Station, enter: Enter) -> None:
    page = opened(qtbot, window, enter(), accepted(station, "mediation"))
    service = next(p for p in page.parts if isinstance(p, Service))
    sessions = next(p for p in page.parts if isinstance(p, Sessions))
    assert not service.isVisibleTo(page)
    assert sessions.isVisibleTo(page)
