"""One party of an appeal being written: the fields of its kind, the check of its number, a reason to override it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from station_app.domain.checks import FieldError
from station_app.services.cases import PartyInput, Values
from station_app.services.reading import lists
from station_app.ui.desk import Desk
from station_app.ui.forms.form import Form
from station_app.ui.intake.specs import ID_KIND, PARTY
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import button, row, text
from sync.contract.canonical import Json

_OF_BODIES = ("identity.legal_rep", "identity.legal_rep_title")
_NUMBER, _OVERRIDE = "identity.id_number", "identity.id_override"
_DOUBT = frozenset({"E-201", "E-202", "E-203", "E-204", "E-225", "E-229"})
"""Faults of a number that a person may override with a reason."""


class PartyCard(QFrame):
    """*Signals:* `edited` at each change; `gone` when it is to be taken away; `known` (id of an earlier case)."""

    edited = Signal()
    gone = Signal()
    known = Signal(str)

    def __init__(self, desk: Desk, *, role: str, kind: str = "person") -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "card")
        self.form = Form(PARTY, desk.station.clock.today)
        self.form.set_values({"party.role": role, "party.kind": kind})
        self.title = text("", "title")
        self.hint = text("", "muted", wrap=True)
        self.look = button(self.tr("查看"), self._look, kind="link")
        self._case = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S4)
        column.setSpacing(S2)
        remove = button(self.tr("移除"), self.gone.emit, kind="quiet", picture="close")
        column.addLayout(row(self.title, None, remove))
        column.addWidget(self.form)
        column.addLayout(row(self.hint, self.look, None))
        self.hint.hide()
        self.look.hide()
        self.form.boxes[_OVERRIDE].hide()
        self.form.edited.connect(self._edited)
        self.form.finished.connect(self._left)
        self._fit()

    @property
    def kind(self) -> str:
        """Code of the party's kind."""
        return str(self._value("party.kind") or "person")

    @property
    def empty(self) -> bool:
        """True while nothing but role and kind is there."""
        return not any(v for k, v in self.form.raw().items() if k not in ("party.role", "party.kind"))

    def input(self) -> tuple[PartyInput, list[FieldError]]:
        """The party as typed, and what is wrong with it (shown under its fields)."""
        values, errors = self.form.check()
        identity: Values = {k: v for k, v in values.get("identity", {}).items() if v not in (None, "")}
        if identity.get("id_number"):
            identity["id_kind"] = self.id_kind
        if identity.get("id_override") and errors:
            errors = [e for e in errors if e.place != _NUMBER]
            self.form.show_errors(errors)
        else:
            errors = self._with_kind(errors, identity)
        return PartyInput(dict(values.get("party", {})), identity), errors

    @property
    def id_kind(self) -> str:
        """Which document the number is of."""
        return ID_KIND.get(self.kind, "uscc")

    def raw(self) -> dict[str, Json]:
        """As typed, for a draft."""
        return self.form.raw()

    def set_raw(self, raw: dict[str, Json]) -> None:
        """Put a draft back."""
        self.form.set_raw(raw)
        self._fit()

    def _value(self, path: str) -> Json:
        from sync.contract.errors import KnownError

        try:
            return self.form.control(path).value()
        except KnownError:
            return None

    def _with_kind(self, errors: list[FieldError], identity: Values) -> list[FieldError]:
        """A body's number is a credit code: the form alone reads it as an identity number."""
        from station_app.domain.checks import check_values

        if self.id_kind == "resident":
            self._offer_override(errors)
            return errors
        kept = [e for e in errors if e.place != _NUMBER]
        clean, found = check_values("identity", identity, today=self._desk.station.clock.today())
        identity.update({k: v for k, v in clean.items() if v is not None})
        kept += [e for e in found if e.place == _NUMBER]
        self.form.show_errors(kept)
        self._offer_override(kept)
        return kept

    def _offer_override(self, errors: list[FieldError]) -> None:
        doubtful = any(e.place == _NUMBER and e.error.code in _DOUBT for e in errors)
        if doubtful:
            self.form.boxes[_OVERRIDE].show()

    def _edited(self) -> None:
        self._fit()
        self.edited.emit()

    def _left(self, path: str) -> None:
        if path == _NUMBER:
            self._judge_number()
        if path in (_NUMBER, "identity.phone", "party.name"):
            self._ask_known()

    def _judge_number(self) -> None:
        """The number by the kind of party, at once when the field is left."""
        from station_app.domain.checks import check_values

        number = self._value(_NUMBER)
        box = self.form.boxes[_NUMBER]
        if not number or self._value(_OVERRIDE):
            box.show_error(None)
            return
        given: Values = {"id_kind": self.id_kind, "id_number": number}
        _, errors = check_values("identity", given, today=self._desk.station.clock.today())
        box.show_error(errors[0].error if errors else None)
        self._offer_override(errors)

    def _ask_known(self) -> None:
        """A repeated visitor: earlier cases that hold this number or telephone."""
        station = self._desk.station
        words = str(self._value(_NUMBER) or self._value("identity.phone") or "")
        if len(words) < 7:
            return
        self._desk.tasks.read(lambda: lists.find(station, words, limit=5), done=self._show_known, owner=self)

    def _show_known(self, found: list[lists.CaseLine]) -> None:
        self._case = found[0].rec if found else ""
        self.hint.setText(
            self.tr("该当事人另有 {n} 件诉求，最近一件：{title}").format(n=len(found), title=found[0].title)
            if found
            else ""
        )
        self.hint.setVisible(bool(found))
        self.look.setVisible(bool(found))

    def _look(self) -> None:
        self.known.emit(self._case)

    def _fit(self) -> None:
        """Show the fields of this kind and name the card."""
        person = self.id_kind == "resident"
        for path in _OF_BODIES:
            self.form.boxes[path].setVisible(not person)
        from station_app.ui import words

        role = words.field_code("party.role", self._value("party.role"))
        name = str(self._value("party.name") or "")
        self.title.setText("　".join(part for part in (role, name) if part))
