"""The main window: log-in, set-up, or the desk; what fails is told here; closing waits until all is durable."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from station_app.services.local import journal, login
from station_app.ui import notices
from station_app.ui.frame.handed import Handed
from station_app.ui.pages.login import LoginPage
from station_app.ui.tasks import Tasks
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.station import Station
    from station_app.ui.frame.shell import Shell

_LOG = logging.getLogger(__name__)
LEAST = (720, 460)


class MainWindow(QMainWindow):
    """One per program."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self.directory = directory
        self.tasks = Tasks(self)
        self.bar = notices.NoticeBar(self)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(*LEAST)
        self.resize(1280, 760)
        self.setWindowTitle(self.tr("群众诉求服务站"))
        self.shell: Shell | None = None
        self.page: QWidget | None = None
        self.handed = Handed(self)
        self.tasks.refused.connect(self.bar.error)
        self.bar.told.connect(lambda code: journal.note(self.directory, "told", code=code))
        self.tasks.crashed.connect(self.crashed)

    # -- what is shown --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Log-in where a station is, else set-up."""
        try:
            people = login.users(self.directory) if login.exists(self.directory) else []
        except KnownError as error:
            self._say(error)
            people = []
        if people:
            page = LoginPage(self.directory, self.tasks, people)
            page.entered.connect(self.enter)
            page.recover_wanted.connect(self.show_recovery)
            self._show(page)
            page.first_field().setFocus()
        else:
            self.show_setup()

    def show_setup(self) -> None:
        """First run: this PC has no station yet."""
        from station_app.ui.pages.setup import SetupPage

        page = SetupPage(self.directory, self.tasks, self.bar)
        page.entered.connect(self.enter)
        page.restore_wanted.connect(self.show_restoring)
        self._show(page)
        page.first_field().setFocus()

    def show_restoring(self) -> None:
        """This PC takes the place of one that broke."""
        from station_app.ui.pages.restoring import RestorePage

        page = RestorePage(self.directory, self.tasks)
        page.ended.connect(self.begin)
        self._show(page)

    def show_recovery(self) -> None:
        """A password is lost: the recovery sheet."""
        from station_app.ui.pages.recovery import RecoveryPage

        page = RecoveryPage(self.directory, self.tasks)
        page.ended.connect(self.begin)
        self._show(page)

    def enter(self, station: Station) -> None:
        """A user logged in."""
        from station_app.ui import session
        from station_app.ui.frame.shell import Shell

        session.dress(station)
        self.shell = Shell(station, self.tasks, self.bar)
        self.shell.leave_wanted.connect(self.leave)
        self._show(self.shell)
        self.handed.follow(self.shell)

    def leave(self) -> None:
        """Log out: the database is closed, the next user logs in."""
        shell, self.shell = self.shell, None
        self.handed.follow(None)
        if shell is None:
            return
        shell.end()
        store = shell.desk.station.store
        self.bar.setParent(self)
        self.bar.clear()
        self.tasks.write(store.close, done=lambda _n: self.begin(), owner=self)

    def _show(self, page: QWidget) -> None:
        if self.page is not None:
            self._stack.removeWidget(self.page)
            self.page.deleteLater()
        self.page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _say(self, error: KnownError) -> None:
        QTimer.singleShot(0, self, lambda: self.bar.error(error))

    def come_forward(self) -> None:
        """The program was started again: show this window."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def called(self, files: list[Path]) -> None:
        """The program was started again, by a double click on a file or by hand."""
        self.come_forward()
        self.handed.take(files)

    # -- faults and the end ---------------------------------------------------------------------------------------

    def crashed(self, trace: str) -> None:
        """A bug of ours: report it without personal data, say so, go on."""
        from station_app.services.local import faults

        report = faults.write_report(trace)
        journal.note(self.directory, "fault", code="E-599", ticket=faults.ticket_of(report))
        _LOG.error("fault reported in %s", report.name if report else "no file")
        notices.fault(self, str(report or ""), faults.ticket_of(report))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep drafts, wait for the write lane, close the database."""
        last = None
        if self.shell is not None:
            from station_app.services.updating import standing

            self.shell.end()
            station = self.shell.desk.station
            last = partial(_last_act, station)
            if standing.waits_for_closing(station):
                self.hide()  # the day is over for whoever sits here; the update takes some seconds more
            self.shell = None
        self.tasks.close(last)
        super().closeEvent(event)


def _last_act(station: Station) -> None:
    """After everything was written: put a version in force that waits for this moment, close the database."""
    from station_app.services.updating import standing

    try:
        standing.at_closing(station)
    finally:
        station.store.close()
