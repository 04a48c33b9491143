"""法院材料包: one button for the case's page of papers and for cases chosen in the list; what is missing is said."""

from __future__ import annotations

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
    station = page.station

    def step() -> None:
        """The next case; one that cannot be packed does not hold up the others."""
        if not todo:
            _done(page, made, Path(chosen))
            return
        case = todo.pop(0)
        counted = QCoreApplication.translate("Package", "正在制作材料包 {n}/{all}")
        page.notices.say(counted.format(n=len(made) + 1, all=len(made) + len(todo) + 1))
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


def _done(page: Page, made: Sequence[Made], out: Path) -> None:
    if len(made) == 1 and made[0].error is not None:
        page.notices.error(made[0].error)
        return
    good = [m for m in made if m.package is not None]
    title = QCoreApplication.translate("Package", "已制作 {n} 个材料包").format(n=len(good))
    failed = len(made) - len(good)
    if failed:
        title += QCoreApplication.translate("Package", "，{n} 个案件还没有调解协议").format(n=failed)
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
