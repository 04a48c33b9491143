"""The desk after log-in: header, menu, message bar, one page at a time, status line, and the way between pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.local import closing, journal, settings, upkeep
from station_app.services.station import Station
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.frame import pages
from station_app.ui.frame.arrivals import Arrivals
from station_app.ui.frame.escape import EscapeGuard
from station_app.ui.frame.header import Header
from station_app.ui.frame.lock import IdleWatch, LockPage
from station_app.ui.frame.menu import SideMenu
from station_app.ui.frame.status import StatusLine
from station_app.ui.notices import NoticeBar
from station_app.ui.style.tokens import INDEX_MS, NARROW
from station_app.ui.tasks import Tasks
from station_app.ui.updating.background import Updating
from sync.contract.permissions import menu

if TYPE_CHECKING:
    from station_app.services.travel.syncing import Outcome

Place = tuple[str, object]
_LATER_MS = 1_500
"""After log-in, what nobody waits for."""


class Shell(QStackedWidget):
    """*Signals:* `leave_wanted` when the user logs out. Layer 0 is the desk, layer 1 the lock."""

    leave_wanted = Signal()

    def __init__(self, station: Station, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__()
        self.desk = Desk(station, tasks, notices, self)
        self.pages: dict[str, Page] = {}
        self.history: list[Place] = []
        names = [key for key in menu(station.user.roles) if key in pages.PAGES]
        self.face = QWidget()
        self.header = Header(self.desk, names, self.face)
        self.menu = SideMenu(names)
        self.stack = QStackedWidget()
        self.status = StatusLine(self.desk)
        self.travelling = self.desk.travelling()
        self.updating = Updating(self.desk, self.travelling)
        self._lay_out(notices)
        self.addWidget(self.face)
        self.locked = LockPage(self.desk)
        self.addWidget(self.locked)
        self.idle = IdleWatch(int(settings.get(station, "ui.idle_minutes")), self)
        self._ended = False
        self._index = QTimer(self)
        self._index.setSingleShot(True)
        self._index.setInterval(INDEX_MS)
        self.arrivals = Arrivals(self.desk, self) if "orders" in names else None
        self._connect()
        self._bind()
        QTimer.singleShot(_LATER_MS, self, self._watch_folder)
        if names:
            self.go(names[0])

    def _lay_out(self, notices: NoticeBar) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.menu)
        body.addWidget(self.stack, 1)
        column = QVBoxLayout(self.face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(notices)
        column.addLayout(body, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        desk = self.desk
        desk.wanted.connect(self.go)
        desk.back_wanted.connect(self.back)
        desk.counted.connect(self.menu.show_count)
        desk.tasks.changed.connect(self._changed)
        desk.settings_changed.connect(self._settings)
        self.menu.chosen.connect(self.go)
        self.header.lock_wanted.connect(self.lock)
        self.header.leave_wanted.connect(self.leave_wanted)
        self.locked.unlocked.connect(self._unlock)
        self.locked.leave_wanted.connect(self.leave_wanted)
        self.idle.idle.connect(lambda: self.lock() if desk.free_to_lock() else None)
        self._index.timeout.connect(self._take_over)
        self.travelling.progress.connect(self.status.show_sending)
        self.travelling.came.connect(self._travelled)
        if self.arrivals is not None:
            arrivals = self.arrivals
            self.travelling.came.connect(lambda _outcome: arrivals.refresh())

    def _travelled(self, outcome: Outcome) -> None:
        """A round with news or a fault is a line of the log."""
        self.status.refresh()
        if outcome.error is not None or outcome.changed:
            code = outcome.error.code if outcome.error is not None else ""
            place = self.desk.station.store.directory
            journal.note(place, "travel", code=code, pushed=outcome.pushed, pulled=outcome.pulled)

    def _watch_folder(self) -> None:
        """收图文件夹 and 共享文件夹, once the first page is painted."""
        from station_app.ui.frame import interrupted
        from station_app.ui.frame.sharing import SharedFolder
        from station_app.ui.papers.scan_folder import ScanFolder

        if self._ended:
            return
        interrupted.tell(self.desk)
        self.shared = SharedFolder(self.desk)
        self.folder = ScanFolder(self.desk, awake=lambda: self.currentWidget() is self.face)

    def _bind(self) -> None:
        acts: dict[str, Callable[[], object]] = {"search": self._search, "lock": self.lock, "back": self.back}
        acts["undo_verb"] = self.desk.notices.act
        if self.desk.station.can("register"):
            acts["new"] = partial(self.go, "intake")
        acts |= {f"page{number}": partial(self._numbered, number) for number in range(1, 8)}
        for name, act in acts.items():
            keys.bind(self.face, name, act, everywhere=True)
        self._guard = EscapeGuard(self)

    def _search(self) -> None:
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()

    def _numbered(self, number: int) -> None:
        key = self.menu.page(number)
        if key:
            self.go(key)

    # -- pages ----------------------------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """The page, made when it is first asked for."""
        if key not in self.pages:
            self.pages[key] = pages.make(key, self.desk)
            self.stack.addWidget(self.pages[key])
            self.pages[key].narrow(self.width() < NARROW)
        return self.pages[key]

    def go(self, key: str, argument: object = None) -> None:
        """Open a page; where we came from stays behind it."""
        self._open(key, argument)
        if not self.history or self.history[-1] != (key, argument):
            self.history.append((key, argument))
            del self.history[:-50]

    def _open(self, key: str, argument: object) -> None:
        page = self.page(key)
        current = self.stack.currentWidget()
        if isinstance(current, Page) and current is not page:
            current.leaving()
        self.stack.setCurrentWidget(page)
        page.opened(argument)
        self.menu.show_page(key)
        self.window().setWindowTitle(" - ".join(p for p in (page.title_text(), self._name()) if p))
        (page.first_field() or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> str:
        return self.desk.station.store.setting("station.name")

    def back(self) -> None:
        """The page before this one."""
        if len(self.history) > 1:
            self.history.pop()
            self._open(*self.history[-1])

    def _settings(self) -> None:
        self.idle.minutes = int(settings.get(self.desk.station, "ui.idle_minutes"))
        self.status.refresh()

    def _changed(self, changes: Changes) -> None:
        for page in list(self.pages.values()):
            page.changed(changes)
        self._index.start()

    def _take_over(self) -> None:
        """Idle moments after a save: saved texts go into the search index, a few at a time."""
        store = self.desk.station.store

        def again(taken: int) -> None:
            if taken:
                self._index.start()

        now = self.desk.station.clock.now_ms()
        self.desk.tasks.write(
            lambda: store.flush_index(50) or upkeep.step(self.desk.station, now), done=again, owner=self
        )

    # -- lock, width, end -----------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover the desk; drafts are kept first."""
        if self.currentWidget() is not self.locked:
            self.keep()
            self.setCurrentWidget(self.locked)
            self.locked.card.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self) -> None:
        self.setCurrentWidget(self.face)
        page = self.stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what is typed on every page."""
        for page in self.pages.values():
            page.leaving()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.menu.fold(narrow)
        for page in self.pages.values():
            page.narrow(narrow)

    def end(self) -> None:
        """The session ends: keep drafts, stop travelling."""
        self.keep()
        self._ended = True
        self.updating.stop()
        self.travelling.stop()
        closing.end(self.desk.station)
