"""另存为 PDF: the bytes that were issued, else the discussion draft on screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from station_app.services import papers
from station_app.services.papers import Card

if TYPE_CHECKING:
    from station_app.ui.papers.page import CasePapersPage


def save(page: CasePapersPage, draft: bytes) -> None:
    """Ask where to, and write the paper chosen in the list; `draft`: what is on screen of one not issued yet."""
    card = page.card
    if card is None:
        return
    if not card.paper:
        if draft:
            _write(page, card, draft)
        return
    station, rec, paper = page.station, page.rec, card.paper
    page.tasks.read(
        lambda: papers.pdf(station, case=rec, paper=paper),
        done=lambda data: _write(page, card, data),
        failed=page.notices.error,
        owner=page,
    )


def _write(page: CasePapersPage, card: Card, data: bytes) -> None:
    draft = QCoreApplication.translate("CasePapersPage", "讨论稿")
    proposed = f"{card.number}{card.title}.pdf" if card.paper else f"{draft}{card.title}.pdf"
    title = QCoreApplication.translate("CasePapersPage", "另存为 PDF")
    name, _ = QFileDialog.getSaveFileName(page, title, proposed, "PDF (*.pdf)")
    if name:
        page.write_file(Path(name), data)
