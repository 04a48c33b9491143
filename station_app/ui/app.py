"""The desk as a program: application, language, look, one window, faults caught. Qt is wired here and nowhere else."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from station_app.paths import resources_dir
from station_app.services.local import release
from station_app.ui import session, words
from station_app.ui.frame.window import MainWindow
from station_app.ui.style import style
from station_app.ui.style.theme import theme

SHOWN_MS: Final = 1000
"""So long the desk must have been there for the launcher to keep a new version."""
_translators: list[QTranslator] = []
"""Kept: a translator nobody holds stops translating."""


def speak(app: QApplication, code: str) -> None:
    """Load the language: Qt's own buttons in Chinese, or the English texts."""
    for old in _translators:
        app.removeTranslator(old)
    _translators.clear()
    words.set_lang(code)
    QLocale.setDefault(QLocale(code))
    if words.lang() == "zh_CN":
        _load(app, "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    else:
        _load(app, "desk_en_US", str(resources_dir() / "i18n"))


def _load(app: QApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
        _translators.append(translator)


def make_app(argv: list[str], *, lang: str = "", wish: str = "", family: str | None = None) -> QApplication:
    """The application, dressed and speaking; `lang` and `wish` from the command line win over what was used last."""
    if "fcitx" in os.environ.get("QT_IM_MODULE", "").lower():
        os.environ["QT_IM_MODULE"] = "ibus"  # Qt ships no fcitx plug-in; fcitx 5 speaks ibus
    app = QApplication(argv)
    app.setApplicationName("station-app")
    app.setApplicationDisplayName("")
    last_wish, large, last_lang = session.remembered()
    theme().forced = wish
    speak(app, lang or last_lang)
    style.apply(app, wish=wish or last_wish, large=large, family=family)
    style.follow_system(app)
    return app


def catch_faults(window: MainWindow) -> None:
    """An exception in a slot does not end the program: it is reported, and work goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        window.crashed("".join(traceback.format_exception(kind, error, trace)))

    sys.excepthook = hook


def run(directory: Path, *, lang: str = "", wish: str = "", files: Sequence[Path] = ()) -> int:
    """Show the desk until it is closed; the exit code. `files`: bundles to look at once somebody is logged in."""
    from station_app.ui.frame.single import Single

    app = make_app(sys.argv[:1], lang=lang, wish=wish)
    single = Single(directory)
    if not single.first(files):
        release.prove()
        return 0
    window = MainWindow(directory)
    single.called.connect(window.called)
    catch_faults(window)
    window.begin()
    window.show()
    window.handed.take(files)
    QTimer.singleShot(SHOWN_MS, release.prove)
    code = app.exec()
    release.prove()
    return code
