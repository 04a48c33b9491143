"""Issuing the chosen paper; where no font has a character of a name, the choice to leave a frame to write it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.services import papers
from station_app.services.papers import Card, Issued
from station_app.ui import words
from station_app.ui.notices import ask
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.papers.page import CasePapersPage


def issue(
    page: CasePapersPage, card: Card, by_hand: str = "", *, then: Callable[[Issued], object] | None = None
) -> None:
    """出具. `by_hand`: characters the person has already chosen to write by hand; `then`: what follows once issued."""
    station, rec, template = page.station, page.rec, card.template

    def done(issued: Issued) -> None:
        page.issued(issued)
        if then is not None:
            then(issued)

    page.tasks.write(
        lambda: papers.issue(station, case=rec, template=template, by_hand=by_hand),
        done=done,
        failed=lambda error: _refused(page, card, error, by_hand, then),
        owner=page,
    )


def _refused(
    page: CasePapersPage, card: Card, error: KnownError, by_hand: str, then: Callable[[Issued], object] | None
) -> None:
    char = str(error.values.get("char") or "")
    if error.code != "E-301" or not char or char in by_hand:
        page.notices.error(error)
        return
    ask(
        page,
        words.sentence(error),
        yes=(QCoreApplication.translate("ByHand", "留空手写"), lambda: issue(page, card, by_hand + char, then=then)),
        detail=QCoreApplication.translate(
            "ByHand", "留空手写的，这个字的位置印成空格，打印后用签字笔写上；文书记录和操作日志写明是哪个字。"
        ),
    )
