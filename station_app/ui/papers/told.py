"""法院可能不予受理：n 项. Before a paper a court will read is issued or printed it is said what it would refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from station_app.services import court
from station_app.services.court import View
from station_app.services.papers import Card
from station_app.ui.notices import ask
from station_app.ui.style.style import set_property

if TYPE_CHECKING:
    from station_app.ui.papers.page import CasePapersPage

FOR_COURT: Final = frozenset({"agreement", "confirmation_application"})
"""Papers a court will read."""
_SHOWN: Final = 5


def counted(page: CasePapersPage) -> str:
    """ "法院可能不予受理：2 项", "" for none."""
    stops = page.court.stops
    said = QCoreApplication.translate("Papers", "法院可能不予受理：{n} 项")
    return said.format(n=stops) if stops else ""


def then(page: CasePapersPage, card: Card, act: Callable[[], object]) -> QMessageBox | None:
    """Act at once, or after a person has seen what a court would refuse; looking at it first is one key away."""
    said, view = counted(page), page.court.view
    if not said or view is None or card.template not in FOR_COURT:
        act()
        return None
    box = ask(page, said, yes=(QCoreApplication.translate("Papers", "仍然继续"), act), detail=_detail(view))
    look = box.addButton(QCoreApplication.translate("Papers", "查看并修改"), QMessageBox.ButtonRole.ActionRole)
    look.clicked.connect(page.court.open)
    for beside in box.buttons():
        set_property(beside, "kind", "primary" if beside is look else "")
    box.setDefaultButton(look)
    return box


def _detail(view: View) -> str:
    held = court.stopped(view)
    lines = [f"▲ {finding.sentence}" for finding in held[:_SHOWN]]
    if len(held) > _SHOWN:
        lines.append(QCoreApplication.translate("Papers", "另有 {n} 项。").format(n=len(held) - _SHOWN))
    return "\n".join(lines)
