"""关联案件: links, merges, what may be the same matter, repeat respondents, numbers of other systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case
from station_app.domain.intake import copy_list
from station_app.services.intake import duplicates, links, repeats
from station_app.services.intake.duplicates import Likely
from station_app.services.intake.links import Linked
from station_app.services.intake.repeats import Repeat
from station_app.services.station import Station
from station_app.ui import words
from station_app.ui.case import acts
from station_app.ui.case.around.dialog import LinkDialog
from station_app.ui.case.part import ListPart
from station_app.ui.intake.party import repeat_words
from station_app.ui.widgets.layout import button
from station_app.ui.widgets.lines import Line
from sync.contract.states import OPEN

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


@dataclass(slots=True)
class Around:
    """What is read with the case: links, likely duplicates of an open one, repeat respondents, foreign numbers."""

    linked: list[Linked]
    alike: list[Likely]
    repeats: list[Repeat]
    numbers: list[tuple[str, str, str, str]]

    @property
    def merged(self) -> bool:
        """Whether the case goes on in another."""
        return any(link.how == links.INTO for link in self.linked)


def read(station: Station, view: Case) -> Around:
    """Read it (read lane)."""
    asked = view.case_state in OPEN and not view.get("merged_into")
    return Around(
        links.of_case(station, view),
        duplicates.of_case(station, case=view.id, most=duplicates.MOST) if asked else [],
        repeats.of_case(station, view),
        copy_list.numbers(view),
    )


class Links(ListPart):
    """Enter opens what a line names; 关联或并案 asks for another case."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(
            page,
            QCoreApplication.translate("CasePage", "关联案件"),
            QCoreApplication.translate("CasePage", "没有关联的案件。"),
        )
        self.undo = button(
            QCoreApplication.translate("CasePage", "撤销并案"), self._split, kind="quiet", picture="undo"
        )
        self.away = button(QCoreApplication.translate("CasePage", "取消关联"), self._unlink, kind="quiet")
        self.add = button(
            QCoreApplication.translate("CasePage", "关联或者并案"), lambda: self._ask(""), kind="quiet", picture="merge"
        )
        for widget in (self.undo, self.away, self.add):
            self.head.addWidget(widget)
        self.lines.opened.connect(self._open)
        self.found = Around([], [], [], [])

    def show_case(self, found: Look) -> None:
        around = self.found = found.around
        self.undo.setVisible(around.merged)
        self.add.setVisible(not around.merged)
        self.away.setVisible(any(link.how not in (links.INTO, links.FROM) for link in around.linked))
        lines = [_linked(link) for link in around.linked]
        lines += [_alike(likely) for likely in around.alike]
        lines += [Line(f"{r.name}　{repeat_words(r)}", "", "none", "repeat", r) for r in around.repeats]
        lines += [
            Line(f"{words.code('external_systems', system)}　{number}", day, "none", "", rec)
            for rec, system, number, day in around.numbers
        ]
        self.put(lines)

    def _open(self, line: Line) -> None:
        if line.key == "linked":
            self.page.desk.go("case", line.argument)
        elif line.key == "alike":
            self._ask(str(line.argument))
        elif line.key == "repeat" and isinstance(line.argument, Repeat):
            self.page.desk.go("cases", line.argument.cases)

    def _ask(self, other: str) -> None:
        LinkDialog(self.page, self.page.desk, case=self.page.rec, alike=self.found.alike, chosen=other).open()

    def _split(self) -> None:
        station, rec = self.page.station, self.page.rec
        said = QCoreApplication.translate("CasePage", "已撤销并案，本案单独办理。")
        acts.do(self.page, lambda: links.split(station, case=rec), said)

    def _unlink(self) -> None:
        """The chosen link, or the only one."""
        mine = [link for link in self.found.linked if link.how not in (links.INTO, links.FROM)]
        row = self.lines.currentIndex().row()
        chosen = self.found.linked[row] if 0 <= row < len(self.found.linked) else mine[0]
        other = chosen.case if chosen in mine else mine[0].case
        station, rec = self.page.station, self.page.rec
        said = QCoreApplication.translate("CasePage", "已取消关联。")
        acts.do(self.page, lambda: links.unlink(station, case=rec, other=other), said)


def _linked(link: Linked) -> Line:
    title = link.title or QCoreApplication.translate("CasePage", "本机没有这件案件")
    state = words.code("case_states", link.state)
    note = "　".join(part for part in (state, link.reason, words.day(link.at)) if part)
    tone: words.Tone = "amber" if link.how == links.INTO else "none"
    return Line(f"{words.code('link_kinds', link.how)}　{title}", note, tone, "linked", link.case)


def _alike(likely: Likely) -> Line:
    said = QCoreApplication.translate("CasePage", "疑似重复　{day} {title}").format(
        day=words.short_moment(likely.line.registered_at)[:5], title=likely.line.title
    )
    return Line(said, duplicates.why(likely, words.lang()), "amber", "alike", likely.line.rec)
