"""核验文书: a PDF or a picture of a page is compared with what this station holds, and the answer said in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from station_app.services import papers
from station_app.services.papers import Verified
from station_app.services.paperwork import verify
from station_app.ui import words
from station_app.ui.desk import Page
from sync.contract.errors import KnownError


def choose(page: Page) -> None:
    """Ask for the file, and verify it."""
    name, _ = QFileDialog.getOpenFileName(
        page,
        QCoreApplication.translate("CasePapersPage", "选择要核验的文书"),
        "",
        QCoreApplication.translate("CasePapersPage", "文书或者扫描图片 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"),
    )
    if name:
        take(page, Path(name))


def take(page: Page, path: Path) -> None:
    """Compare a file with what this station holds. E-516 is said where it cannot be read."""
    station = page.station
    try:
        data = path.read_bytes()
    except OSError:
        page.notices.error(KnownError("E-516", file=path.name))
        return
    page.tasks.read(
        lambda: papers.verify(station, data=data),
        done=lambda found: _say(page, found),
        failed=page.notices.error,
        owner=page,
    )


def _say(page: Page, found: list[Verified]) -> None:
    tone: words.Tone = "green" if all(v.answer == verify.GENUINE for v in found) else "red"
    page.notices.say("；".join(map(_proved, found)), tone=tone, ms=0)


def _proved(paper: Verified) -> str:
    """What verifying found; for a picture also what it cannot say."""
    said = f"{paper.title}{paper.number}：{paper.words}"
    if paper.answer == verify.UNKNOWN or paper.basis != verify.CODE:
        return said
    pages = "、".join(str(page) for page in paper.found)
    return f"{said}。{words.note('verify.code', pages=pages, total=paper.pages)}"
