"""Issuing what a printing job needs before it prints: with progress, stopped by the button that closes the window."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import shiboken6
from PySide6.QtCore import QCoreApplication

from station_app.services import printing
from station_app.services.printing import Progress
from station_app.ui import words

if TYPE_CHECKING:
    from station_app.ui.papers.printing_dialog import PrintDialog

Doing = Literal["print", "issue"]
_MINUTE: Final = 60


@dataclass(slots=True)
class Wish:
    """Whether a person wants the work to stop; read by the worker."""

    stop: bool = False


def said(progress: Progress, doing: Doing = "print") -> str:
    """第 7/120 份 · 预计剩余 40 秒."""
    if progress.left is None:
        return words.note(f"{doing}.at", no=progress.no, total=progress.total)
    unit, n = ("seconds", progress.left) if progress.left < _MINUTE else ("minutes", -(-progress.left // _MINUTE))
    return words.note(f"{doing}.left", no=progress.no, total=progress.total, left=words.note(f"print.{unit}", n=n))


def look(dialog: PrintDialog) -> None:
    """Read what can be printed; nothing is issued yet."""
    station, cases, templates = dialog.desk.station, dialog.cases, dialog.templates
    dialog.show_state(QCoreApplication.translate("PrintDialog", "正在整理要打印的文书，请稍候。"), "none")
    dialog.desk.tasks.read(
        lambda: printing.gather(station, cases=cases, templates=templates),
        done=dialog.gathered,
        failed=dialog.say,
        owner=dialog,
    )


def start(dialog: PrintDialog) -> None:
    """Issue what has all its facts, one transaction a paper; what was issued when a person stops it stays issued."""
    station, tasks, cases, templates = dialog.desk.station, dialog.desk.tasks, dialog.cases, dialog.templates
    wish = dialog.at_work(QCoreApplication.translate("PrintDialog", "停止出具"))
    dialog.bar.setRange(0, 0)
    dialog.show_state(QCoreApplication.translate("PrintDialog", "正在出具文书，请稍候。"), "none")
    me = weakref.ref(dialog)

    def tell(progress: Progress) -> None:
        tasks.post(lambda: heard(me(), progress, first=True))

    tasks.write(
        lambda: printing.gather(
            station, cases=cases, templates=templates, issue=True, tell=tell, stop=lambda: wish.stop or tasks.closing
        ),
        done=dialog.issued,
        failed=dialog.not_issued,
        owner=dialog,
    )


def heard(dialog: PrintDialog | None, progress: Progress, *, first: bool = False) -> None:
    """Where the work is and what the printer waits for, shown by a window that may be gone by now; `first`: issuing."""
    if dialog is None or not shiboken6.isValid(dialog) or dialog.wish is None:
        return
    trouble = "".join(words.note(f"printer.{word}") for word in progress.trouble)
    stopping = QCoreApplication.translate("PrintDialog", "正在停止，请稍候。") if dialog.wish.stop else ""
    if first:
        dialog.bar.setRange(0, progress.total)
    dialog.bar.setValue(progress.no if first else progress.no - 1)
    parts = (said(progress, "issue" if first else "print"), stopping, trouble)
    dialog.show_state("　".join(part for part in parts if part), "amber" if trouble else "none")
