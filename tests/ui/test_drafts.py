"""Nothing typed is lost: two seconds after a key it is on disk, with the caret; a crash returns to it."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout

from station_app.clock import SystemClock
from station_app.services import people
from station_app.services.local import drafts
from station_app.services.station import Station
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.autosave import Autosave, Snapshot
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.frame import pages
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from tests.support.stations import PASSWORD
from tests.ui.conftest import settle

SPEC = FormSpec("probe", (Section("", (Item("facts.summary", span=2), Item("case.amount"))),))


class ProbePage(Page):
    """A page with one form, as the case pages are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Form(SPEC, self.station.clock.today)
        QVBoxLayout(self).addWidget(self.form)
        self.autosave = Autosave(desk, self.snapshot, kind="probe", parent=self)
        self.form.edited.connect(self.autosave.touch)

    def snapshot(self) -> Snapshot:
        return Snapshot(str(self.form.raw()["facts.summary"]), self.form.raw(), self.form.caret())

    def opened(self, argument: object = None) -> None:
        draft = drafts.load(self.station, kind="probe")
        if draft is not None:
            self.autosave.adopt(draft.id)
            self.form.set_raw(draft.data)
            self.form.set_caret(draft.caret)

    def leaving(self) -> None:
        self.autosave.flush()


pages.register("probe", f"{__name__}:ProbePage")


def probe(shell: Shell) -> ProbePage:
    shell.pages["probe"] = ProbePage(shell.desk)
    shell.stack.addWidget(shell.pages["probe"])
    shell.go("probe")
    page = shell.pages["probe"]
    assert isinstance(page, ProbePage)
    return page


def test_a_crash_returns_to_the_caret(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]
) -> None:
    shell = enter()
    page = probe(shell)
    kept: list[object] = []
    shell.desk.draft_saved.connect(kept.append)
    page.form.focus_on("facts.summary")
    line = page.form.control("facts.summary").editor
    QTest.keyClicks(line, "wages of 17 people")
    page.form.set_caret("facts.summary:5")
    page.form.control("case.amount").set_raw("12.3456")  # not yet right, kept all the same
    qtbot.waitUntil(lambda: bool(kept), timeout=30_000)
    # the power goes: nothing is closed, the directory is opened anew by a second program
    again = people.login(station.store.directory, name="李明", password=PASSWORD, clock=SystemClock())
    draft = drafts.load(again, kind="probe")
    assert draft is not None
    assert draft.data["facts.summary"] == "wages of 17 people"
    other = Form(SPEC, again.clock.today)
    qtbot.addWidget(other)
    other.show()
    other.set_raw(draft.data)
    other.set_caret(draft.caret)
    assert other.caret() == "facts.summary:5"
    assert other.raw() == page.form.raw()
    again.store.close()


def test_leaving_the_page_keeps_at_once(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]
) -> None:
    shell = enter()
    page = probe(shell)
    QTest.keyClicks(page.form.control("facts.summary").editor, "abc")
    assert page.autosave.waiting
    shell.go("today")
    settle(qtbot, window.tasks)
    assert [d.title for d in drafts.of_user(station)] == ["abc"]
    assert not page.autosave.waiting


def test_a_registered_draft_is_gone_even_when_its_save_was_on_the_way(
    qtbot: QtBot, window: MainWindow, station: Station, enter: Callable[[], Shell]
) -> None:
    page = probe(enter())
    QTest.keyClicks(page.form.control("facts.summary").editor, "abc")
    page.autosave.flush()
    page.autosave.drop()
    settle(qtbot, window.tasks)
    settle(qtbot, window.tasks)
    assert drafts.of_user(station) == []


def test_one_form_has_one_draft(station: Station) -> None:
    first = drafts.save(station, kind="intake", title="甲", data={"a": 1})
    second = drafts.save(station, kind="intake", title="乙", data={"a": 2}, caret="a:1")
    assert first == second
    drafts.save(station, kind="intake", title="丙", data={}, record="00.1.0")
    assert {d.title for d in drafts.of_user(station)} == {"乙", "丙"}
    drafts.drop(station, first)
    assert drafts.load(station, kind="intake") is None
