"""文书: what was issued and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.ui import words
from station_app.ui.case.part import ListPart
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


class Papers(ListPart):
    """文书: what was issued and what is still missing."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "文书"),
            QCoreApplication.translate("CasePage", "本案没有适用的文书。"),
        )
        self.lines.opened.connect(lambda line: page.desk.go("case_papers", (page.rec, str(line.argument or ""))))

    def show_case(self, found: Look) -> None:
        lines = []
        for card in found.cards:
            if not (card.applies or card.paper):
                continue
            tone: words.Tone = "green" if card.paper and not card.stale else "amber" if card.required else "none"
            missing = (
                QCoreApplication.translate("CasePage", "待补充 {n} 项").format(n=len(card.missing))
                if card.missing
                else ""
            )
            state = words.code("paper_states", card.state)
            lines.append(Line(card.title, missing if missing and not card.paper else state, tone, "paper", card.paper))
        self.put(lines)
