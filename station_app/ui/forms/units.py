"""Names of units offered under a field while it is typed in, wherever a form asks for a unit; where something is sent,
a unit of a list is made a direct receiver by the line below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QLineEdit

from station_app.services.places import choosing, units
from station_app.services.places.choosing import Choice
from station_app.ui import words
from station_app.ui.desk import Desk
from station_app.ui.forms.controls.line import NamesControl
from station_app.ui.forms.form import Form
from station_app.ui.widgets.lines import Line
from station_app.ui.widgets.suggest import Suggest

SEVERAL: Final = "order.joint"
"""One line in which several units stand, parted by 、."""
FIELDS: Final[dict[str, Sequence[str]]] = {
    "order.lead": choosing.OUTSIDE,
    SEVERAL: choosing.OUTSIDE,
    "order_outside.unit": choosing.OUTSIDE,
    "order.raised_to": choosing.OFFICES,
    "order.noticed_to": choosing.OFFICES,
    "hand_off.to": choosing.OUTSIDE,
    "decision.unit": choosing.OFFICES,
    "complaint.unit": choosing.RESPONDENTS,
    "relief.provider": choosing.OFFICES,
    "suggestion.adopted_by": choosing.OFFICES,
    "consultation.aid_to": choosing.OFFICES,
    "advice.to": choosing.OFFICES,
}
"""Field -> kinds of units that are offered for it."""
_SENT_TO: Final = frozenset({"order.lead", SEVERAL, "hand_off.to"})
"""Fields that say whom something is sent to."""


@dataclass(frozen=True, slots=True)
class _Direct:
    """The choice of a unit together with: it works with this program."""

    choice: Choice


_BETWEEN: Final = NamesControl.BETWEEN


class _Offer(QObject):
    """The suggestions of one field; goes with its line."""

    def __init__(self, desk: Desk, path: str, line: QLineEdit) -> None:
        super().__init__(line)
        self.desk, self.path, self.line = desk, path, line
        self.suggest = Suggest(line, QCoreApplication.translate("UnitChoice", "单位名单"), self.ask)
        self.suggest.taken.connect(self.take)

    def ask(self, typed: str) -> None:
        """Look for units that fit the name being typed."""
        station, kinds = self.desk.station, FIELDS[self.path]
        sought = _BETWEEN.split(typed)[-1] if self.path == SEVERAL else typed
        self.desk.tasks.read(
            lambda: choosing.choices(station, sought, kinds=kinds),
            done=self.show,
            owner=self,
            key=f"units {self.path}",
        )

    def show(self, found: list[Choice]) -> None:
        """Offer them; one that stands there already is not offered again."""
        direct = QCoreApplication.translate("UnitChoice", "可直接送达")
        here = self.line.text().strip()
        lines = [
            Line(c.name, "　".join(p for p in (c.note(words.lang()), direct if c.direct else "") if p), argument=c)
            for c in found
            if c.name != here
        ]
        if self.path in _SENT_TO and self.desk.station.can("order"):
            said = QCoreApplication.translate("UnitChoice", "{name}：设为直接送达")
            note = QCoreApplication.translate("UnitChoice", "该单位已接入本系统，平台代码 {code}")
            lines += [
                Line(said.format(name=c.name), note.format(code=c.code), argument=_Direct(c)) for c in found if c.unit
            ]
        self.suggest.show(lines)

    def take(self, choice: object) -> None:
        """The chosen name in the place of what was typed; where it was chosen so, a direct receiver from now on."""
        if isinstance(choice, _Direct):
            station, rec = self.desk.station, choice.choice.unit
            done = QCoreApplication.translate("UnitChoice", "已将{name}设为直接送达。").format(name=choice.choice.name)
            self.desk.tasks.write(
                lambda: units.set_direct(station, rec=rec),
                done=lambda made: self.desk.did(done, made),
                failed=self.desk.notices.error,
                owner=self,
            )
            choice = choice.choice
        assert isinstance(choice, Choice)
        before = self.line.text()
        cut = max((m.end() for m in _BETWEEN.finditer(before)), default=0) if self.path == SEVERAL else 0
        self.line.setText(before[:cut] + choice.name)
        self.line.textEdited.emit(self.line.text())


def attach(form: Form, desk: Desk) -> dict[str, Suggest]:
    """Offer units under every field of the form that asks for one; by path."""
    made: dict[str, Suggest] = {}
    for path in FIELDS:
        line = getattr(form.boxes[path].control, "line", None) if path in form.boxes else None
        if isinstance(line, QLineEdit):
            made[path] = _Offer(desk, path, line).suggest
    return made
