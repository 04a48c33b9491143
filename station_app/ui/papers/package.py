"""法院材料包: one button for the case's page of papers and for cases chosen in the list; what is missing is said."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from station_app.ui.notices import ask
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.paperwork.package import Package
    from station_app.services.station import Station
    from station_app.ui.desk import Page

_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Made:
    """One case's package on disk, or why there is none."""

    case: str
    folder: Path | None
    package: Package | None
    error: KnownError | None


def start(page: Page, cases: Sequence[str], *, folder: str = "") -> None:
    """Choose a folder, make the packages one after another, and say what a court would still ask for."""
    said = QCoreApplication.translate("Package", "材料包存放到")
    chosen = folder or QFileDialog.getExistingDirectory(page, said)
    if not chosen:
        return
    todo, made = list(cases), list[Made]()
    station, began = page.station, time.monotonic()
    stopped: list[bool] = []

    def step() -> None:
        """The next case; one that cannot be packed does not hold up the others, a stop leaves what is made."""
        if not todo or stopped:
            _done(page, made, Path(chosen), left=len(todo))
            return
        case = todo.pop(0)
        action = (QCoreApplication.translate("Package", "停止"), lambda: stopped.append(True))
        page.notices.say(_counted(len(made), len(made) + len(todo) + 1, time.monotonic() - began), action=action, ms=0)
        page.tasks.write(lambda: _make(station, case, Path(chosen)), done=took, failed=page.notices.error, owner=page)

    def took(one: Made) -> None:
        made.append(one)
        if one.package is not None and one.package.changes.ops:
            page.tasks.changed.emit(one.package.changes)
        step()

    step()


def _make(station: Station, case: str, out: Path) -> Made:
    from station_app.services.paperwork import package

    try:
        found = package.make(station, case=case)
        return Made(case, package.save(found, out), found, None)
    except KnownError as error:
        return Made(case, None, None, error)


def _counted(done: int, total: int, spent: float) -> str:
    """正在制作材料包 第 7/12 件，预计剩余 40 秒; without a guess before the first is made."""
    at = QCoreApplication.translate("Package", "正在制作材料包，第 {n}/{all} 件").format(n=done + 1, all=total)
    if not done:
        return f"{at}。"
    left = QCoreApplication.translate("Package", "，预计剩余 {s} 秒。")
    return at + left.format(s=max(1, round(spent / done * (total - done))))


def _done(page: Page, made: Sequence[Made], out: Path, *, left: int) -> None:
    page.notices.clear()
    if len(made) == 1 and made[0].error is not None:
        page.notices.error(made[0].error)
        return
    good = [m for m in made if m.package is not None]
    title = QCoreApplication.translate("Package", "已制作 {n} 个材料包").format(n=len(good))
    failed = len(made) - len(good)
    if failed:
        title += QCoreApplication.translate("Package", "，{n} 个案件还没有调解协议").format(n=failed)
    if left:
        title += QCoreApplication.translate("Package", "，已停止，其余 {n} 件没有制作").format(n=left)
    lines = []
    for one in good:
        assert one.package is not None
        missing = one.package.missing
        more = f"…（{len(missing)}）" if len(missing) > _SHOWN else ""
        lines.append(f"{one.package.title}：" + ("；".join(missing[:_SHOWN]) + more if missing else _complete()))
    show = QCoreApplication.translate("Package", "打开文件夹")
    url = QUrl.fromLocalFile(str(out))
    ask(page, title, yes=(show, lambda: QDesktopServices.openUrl(url) and None), detail="\n".join(lines[:_SHOWN]))


def _complete() -> str:
    return QCoreApplication.translate("Package", "材料齐全")
