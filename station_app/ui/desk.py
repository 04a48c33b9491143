"""What every page is given: the open station, the lanes, the message bar, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from station_app.services.changes import Changes
    from station_app.services.station import Station
    from station_app.ui.frame.travelling import Travelling
    from station_app.ui.notices import NoticeBar
    from station_app.ui.tasks import Tasks


class Desk(QObject):
    """One per log-in. *Signals:* `wanted` (page key, argument) to open a page; `back_wanted`;
    `draft_saved` (ms) for the status line; `counted` (page key, int) for the figure beside a menu entry;
    `settings_changed` when a setting of this PC was stored."""

    wanted = Signal(str, object)
    back_wanted = Signal()
    draft_saved = Signal(object)
    counted = Signal(str, object)
    settings_changed = Signal()

    def __init__(self, station: Station, tasks: Tasks, notices: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.station = station
        self.tasks = tasks
        self.notices = notices
        self.free_to_lock: Callable[[], bool] = lambda: True
        self._travelling: Travelling | None = None
        self._jump: tuple[str, object] | None = None

    def travelling(self) -> Travelling:
        """Uploads in the background; made when first asked for."""
        if self._travelling is None:
            from station_app.ui.frame.travelling import Travelling

            self._travelling = Travelling(self)
        return self._travelling

    def go(self, page: str, argument: object = None) -> None:
        """Open a page by its key of the registry (`frame/pages.py`): go("case", record id)."""
        self.wanted.emit(page, argument)

    def jump(self, page: str, case: str, to: object) -> None:
        """Open a page of a case and leave there what it should go to (`landing`)."""
        self._jump = (case, to)
        self.go(page, case)

    def landing(self, case: str) -> object:
        """What a page of this case should go to, said once; None for nothing."""
        jump, self._jump = self._jump, None
        return jump[1] if jump is not None and jump[0] == case else None

    def back(self) -> None:
        """Return to the page before this one."""
        self.back_wanted.emit()

    def did(self, text: str, changes: Changes) -> None:
        """Say that a verb was done and offer to take it back while that is possible."""
        from station_app.services import undo

        def take_back() -> None:
            self.tasks.write(
                lambda: undo.undo(self.station, changes),
                done=lambda _c: self.notices.say(self.tr("已撤销。")),
                owner=self,
            )

        self.tasks.read(
            lambda: undo.can_undo(self.station, changes),
            done=lambda can: self.notices.say(text, tone="green", action=(self.tr("撤销"), take_back) if can else None),
            owner=self,
        )


class Page(QWidget):
    """A page of the stack. Subclasses set `title_text`, and override what they need; all run on the main thread."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.station = desk.station
        self.tasks = desk.tasks
        self.notices = desk.notices

    def title_text(self) -> str:
        """The page's name, read out when it opens."""
        return ""

    def opened(self, argument: object = None) -> None:
        """The page comes to the front; `argument` as given to `Desk.go` (a record id, a filter)."""

    def changed(self, changes: Changes) -> None:
        """A verb changed something, here or elsewhere; a page that is not concerned does nothing."""

    def leaving(self) -> None:
        """The page goes to the back, or the desk closes or locks: keep drafts now."""

    def narrow(self, yes: bool) -> None:
        """The window became narrower (or wider) than `tokens.NARROW`."""

    def first_field(self) -> QWidget | None:
        """Where the keyboard goes when the page opens; None leaves it to the page's own order."""
        return None
