"""A fresh process that draws the desk and says how long it took.

`bare`: an empty QMainWindow. `login DIR`: the log-in page with its cards. `today DIR PASSWORD`: from the accepted
password to the first page with its lists; the password's own derivation (argon2id, slow by design) is taken off.
"""

from __future__ import annotations

import sys
import time

START = time.perf_counter()

from collections.abc import Callable  # noqa: E402  - the clock runs before anything is imported
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget  # noqa: E402

if TYPE_CHECKING:
    from station_app.ui.frame.window import MainWindow

HEAVY = {"sqlmodel", "reportlab", "requests", "pypinyin", "sqlcipher3", "cryptography"}


class Painted(QObject):
    """Calls back once, after a widget was painted while a condition held."""

    def __init__(self, widget: QWidget, act: Callable[[], object], when: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._act, self._when = act, when
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  - Qt's name
        if event.type() == QEvent.Type.Paint and self._when():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._act)
        return False


def bare() -> float:
    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 760)
    Painted(window, app.exit)
    window.show()
    app.exec()
    return time.perf_counter() - START


def _shown(directory: str) -> tuple[QApplication, MainWindow]:
    from station_app.ui.app import make_app
    from station_app.ui.frame.single import Single
    from station_app.ui.frame.window import MainWindow

    app = make_app(["station-app"])
    app.setProperty("single", Single(Path(directory)).first())
    window = MainWindow(Path(directory))
    window.begin()
    Painted(window.page.card.cards[0], app.exit)  # type: ignore[union-attr]  # who can log in: painted last
    window.show()
    app.exec()
    return app, window


def login(directory: str) -> float:
    _, window = _shown(directory)
    spent = time.perf_counter() - START
    assert not HEAVY & set(sys.modules), HEAVY & set(sys.modules)
    window.tasks.close()
    return spent


def today(directory: str, password: str) -> float:
    app, window = _shown(directory)
    from station_app.store import keyring

    plain, deriving = keyring._derive, []

    def derive(*given: object) -> bytes:
        begun = time.perf_counter()
        try:
            return plain(*given)  # type: ignore[arg-type]  # handed through
        finally:
            deriving.append(time.perf_counter() - begun)

    keyring._derive = derive  # type: ignore[assignment]  # measured, not changed

    def entered() -> None:
        shell = window.shell
        assert shell is not None
        view = shell.pages["today"].open.view  # type: ignore[attr-defined]  # the list of open cases
        Painted(view.viewport(), app.exit, lambda: bool(view.lines.lines))

    begun = time.perf_counter()
    page = window.page
    page.entered.connect(entered)  # type: ignore[union-attr]  # after the window's own
    page.card.password.setText(password)  # type: ignore[union-attr]  # the log-in page
    page.card.button.click()  # type: ignore[union-attr]  # the log-in page
    app.exec()
    spent = time.perf_counter() - begun - sum(deriving)
    window.close()
    return spent


if __name__ == "__main__":
    acts: dict[str, Callable[..., float]] = {"bare": bare, "login": login, "today": today}
    sys.stdout.write(f"{acts[sys.argv[1]](*sys.argv[2:])}\n")
