"""Files opened from outside (a double click on a .gmb): they wait until somebody is logged in and the desk is open."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from station_app.ui.frame.shell import Shell


class Handed(QObject):
    """One file at a time: the next is shown when the dialog of the one before is closed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: deque[Path] = deque()
        self._shell: Shell | None = None
        self._busy = False

    def take(self, files: Iterable[Path]) -> None:
        """Keep the files, and show the first as soon as possible."""
        self.files += [path for path in files if path not in self.files]
        self._next()

    def follow(self, shell: Shell | None) -> None:
        """A user logged in (a shell) or out (None)."""
        self._shell, self._busy = shell, False
        if shell is not None:
            shell.locked.unlocked.connect(self._next)
            self._next()

    def _next(self) -> None:
        from station_app.ui.pages import carrying
        from station_app.ui.pages.travel import TravelPage

        shell = self._shell
        if shell is None or self._busy or not self.files or shell.currentWidget() is shell.locked:
            return
        shell.go("travel")
        page = shell.page("travel")
        assert isinstance(page, TravelPage)
        self._busy = True
        carrying.take(page, str(self.files.popleft()), then=self._done)

    def _done(self) -> None:
        self._busy = False
        self._next()
