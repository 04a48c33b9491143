"""One party of an appeal being written: known parties while typing, its number checked, a reason to override it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from station_app.domain.checks import FieldError, check_values
from station_app.domain.idcard import mask
from station_app.domain.phone import mask_phone
from station_app.services.cases import PartyInput, Values
from station_app.services.intake import card_reader, recall, repeats
from station_app.services.intake.recall import Known
from station_app.services.intake.repeats import Repeat
from station_app.services.reading import lists
from station_app.services.reading.lists import CaseLine
from station_app.ui import keys, words
from station_app.ui.desk import Desk
from station_app.ui.forms.form import Form
from station_app.ui.intake import carding
from station_app.ui.intake.agent import AgentForm
from station_app.ui.intake.specs import ID_KIND, PARTY
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line
from station_app.ui.widgets.suggest import Suggest
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.reading.lists import Filter

_OF_BODIES = ("identity.legal_rep", "identity.legal_rep_title")
_NAME, _NUMBER, _OVERRIDE = "party.name", "identity.id_number", "identity.id_override"
_EXTRA, _OF = "extra", "of"
_DOUBT = frozenset({"E-201", "E-202", "E-203", "E-204", "E-225", "E-229"})
"""Faults of a number that a person may override with a reason."""
_COPIED: Final = ("identity.phone", "identity.address")
"""What F2 takes from the party before: people of one side often share it."""


class PartyCard(QFrame):
    """*Signals:* `edited` at each change; `gone` when it is to be taken away; `known` (id of an earlier case);
    `repeated` (Filter): the list of appeals against this respondent.
    """

    edited = Signal()
    gone = Signal()
    known = Signal(str)
    repeated = Signal(object)

    def __init__(self, desk: Desk, *, role: str, kind: str = "person") -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "card")
        self.form = Form(PARTY, desk.station.clock.today)
        self.form.set_values({"party.role": role, "party.kind": kind})
        self.extra: dict[str, Json] = {}
        """Fields of identity that came with a known party or a card and have no field here."""
        self.title = text("", "title")
        self.hint = text("", "muted", wrap=True)
        self._case = ""
        self._list: Filter | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S4)
        column.setSpacing(S2)
        head = row(self.title, None)
        column.addLayout(head)
        column.addWidget(self.form)
        self.agent = AgentForm(desk.station.clock.today)
        self.agent.edited.connect(self.edited)
        column.addWidget(self.agent)
        self.look = button(self.tr("查看"), self._look, kind="link")
        column.addLayout(row(self.hint, self.look, None))
        self.away = button(self.tr("移除"), self.gone.emit, kind="quiet", picture="close")
        self.card = button(self.tr("读身份证"), self.read_card, kind="quiet", picture="user")
        self.card.setVisible(card_reader.configured(desk.station))
        self.acting = button(self.tr("代理人"), self.agent.open, kind="quiet", picture="plus", hint=keys.shown("agent"))
        head.addWidget(self.acting)
        head.addWidget(self.card)
        head.addWidget(self.away)
        self.hint.hide()
        self.look.hide()
        self.form.boxes[_OVERRIDE].hide()
        line = self.form.control(_NAME).editor
        self.suggest = Suggest(cast("QLineEdit", line), self.tr("以前登记过的当事人"), self._recall)
        self.suggest.taken.connect(self._take)
        self.form.edited.connect(self._edited)
        self.form.finished.connect(self._left)
        self._fit()

    # -- what is typed ----------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """Code of the party's kind."""
        return str(self._value("party.kind") or "person")

    @property
    def role(self) -> str:
        """Code of the party's role."""
        return str(self._value("party.role") or "")

    @property
    def empty(self) -> bool:
        """True while nothing but role and kind is there."""
        raw = {**self.form.raw(), **self.agent.raw()}
        return not any(v for k, v in raw.items() if k not in ("party.role", "party.kind"))

    @property
    def id_kind(self) -> str:
        """Which document the number is of."""
        return ID_KIND.get(self.kind, "uscc")

    def input(self, *, nameless: bool = False) -> tuple[PartyInput, list[FieldError]]:
        """The party as typed, and what is wrong with it (shown under its fields); `nameless` may be without a name."""
        values, errors = self.form.check()
        if not nameless and not values["party"].get("name"):
            errors.append(FieldError(_NAME, KnownError("E-216", field=_NAME)))
            self.form.show_errors(errors)
        identity: Values = _given(values.get("identity", {}))
        identity = {**_beside(self.extra, identity.get("id_number") or values["party"].get("name")), **identity}
        if identity.get("id_number"):
            identity["id_kind"] = self.id_kind
        if identity.get("id_override") and errors:
            errors = [e for e in errors if e.place != _NUMBER]
            self.form.show_errors(errors)
        else:
            errors = self._with_kind(errors, identity)
        agents, wrong = self.agent.taken()
        return PartyInput(dict(values.get("party", {})), identity, agents=agents), [*errors, *wrong]

    def typed(self) -> PartyInput:
        """As it stands, right or wrong: for looking things up."""
        return typed_party(self.form.raw())

    def raw(self) -> dict[str, Json]:
        """As typed, for a draft."""
        return {**self.form.raw(), **self.agent.filled(), **({_EXTRA: dict(self.extra)} if self.extra else {})}

    def set_raw(self, raw: dict[str, Json]) -> None:
        """Put a draft back."""
        extra = raw.get(_EXTRA)
        self.extra = dict(extra) if isinstance(extra, dict) else {}
        self.form.set_raw({k: v for k, v in raw.items() if k != _EXTRA and k not in self.agent.boxes})
        self.agent.put_back(raw)
        self._fit()

    def fill(self, values: Mapping[str, Json]) -> None:
        """Fill in known facts by path; those without a field are kept beside."""
        self.form.set_values({k: v for k, v in values.items() if k in self.form.boxes})
        self.extra |= {
            k.partition(".")[2]: v
            for k, v in values.items()
            if k.startswith("identity.") and k not in self.form.boxes and k != "identity.id_kind"
        } | {_OF: values.get(_NUMBER) or values.get(_NAME)}
        self._fit()
        self._judge_number()
        self.edited.emit()
        self._ask_known()

    def stops(self) -> list[QWidget]:
        """Where Tab goes in this card: the fields, then what its hint offers, last the button that takes it away."""
        return [*self.form.stops(), *self.agent.stops(), self.look, self.card, self.acting, self.away]

    def read_card(self) -> None:
        """Facts from the card on the reader."""
        carding.read(self, self._desk)

    def copy_from(self, other: PartyCard) -> None:
        """F2: what is still empty here, as the other party has it."""
        theirs = other.form.raw()
        self.form.set_raw({p: theirs[p] for p in _COPIED if theirs.get(p) and not self.form.raw().get(p)})
        self.edited.emit()

    def _value(self, path: str) -> Json:
        try:
            return self.form.control(path).value()
        except KnownError:
            return None

    # -- the number -------------------------------------------------------------------------------------------------

    def _with_kind(self, errors: list[FieldError], identity: Values) -> list[FieldError]:
        """A body's number is a credit code: the form alone reads it as an identity number."""
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

    def _judge_number(self) -> None:
        """The number by the kind of party, at once when the field is left."""
        number = self._value(_NUMBER)
        box = self.form.boxes[_NUMBER]
        if not number or self._value(_OVERRIDE):
            box.show_error(None)
            return
        given: Values = {"id_kind": self.id_kind, "id_number": number}
        _, errors = check_values("identity", given, today=self._desk.station.clock.today())
        box.show_error(errors[0].error if errors else None)
        self._offer_override(errors)

    def _edited(self) -> None:
        self._fit()
        self.edited.emit()

    def _left(self, path: str) -> None:
        if path == _NUMBER:
            self._judge_number()
        if path in (_NUMBER, "identity.phone", _NAME):
            self._ask_known()

    # -- who it may be ----------------------------------------------------------------------------------------------

    def _recall(self, typed: str) -> None:
        """Known parties by initials, tail of the number, telephone or a piece of the name."""
        station = self._desk.station
        self._desk.tasks.read(
            lambda: recall.find(station, typed), done=self._offer, owner=self, key=f"recall {id(self)}"
        )

    def _offer(self, found: list[Known]) -> None:
        self.suggest.show([Line(known.name, _note(known), "none", "known", known) for known in found])

    def _take(self, known: object) -> None:
        assert isinstance(known, Known)
        station = self._desk.station
        self._desk.tasks.write(lambda: recall.take(station, known), done=self.fill, owner=self)

    def _ask_known(self) -> None:
        """A respondent named before; a repeated visitor by number or telephone."""
        station, name = self._desk.station, str(self._value(_NAME) or "")
        number = str(self.form.raw().get(_NUMBER) or "")
        phone = str(self.form.raw().get("identity.phone") or "")
        if self.role == "respondent" and name:
            self._desk.tasks.read(
                lambda: repeats.of_name(station, name=name, number=number), done=self._show_repeat, owner=self
            )
            return
        sought = next((one for one in (number, phone) if len(one) >= 7), "")
        if sought:
            self._desk.tasks.read(lambda: lists.find(station, sought, limit=5), done=self._show_known, owner=self)

    def _show_known(self, found: list[CaseLine]) -> None:
        self._case, self._list = (found[0].rec if found else ""), None
        said = self.tr("该当事人另有 {n} 件诉求，最近一件：{title}")
        self._say(said.format(n=len(found), title=found[0].title) if found else "")

    def _show_repeat(self, repeat: Repeat) -> None:
        self._case, self._list = "", repeat.cases
        self._say(repeat_words(repeat, self.kind) if repeat.nth > 1 else "")

    def _say(self, said: str) -> None:
        self.hint.setText(said)
        self.hint.setVisible(bool(said))
        self.look.setVisible(bool(said))

    def _look(self) -> None:
        if self._list is not None:
            self.repeated.emit(self._list)
        else:
            self.known.emit(self._case)

    def _fit(self) -> None:
        """Show the fields of this kind and name the card."""
        person = self.id_kind == "resident"
        for path in _OF_BODIES:
            self.form.boxes[path].setVisible(not person)
        role = words.field_code("party.role", self._value("party.role"))
        name = str(self.form.raw().get(_NAME) or "")
        self.title.setText("　".join(part for part in (role, name) if part))


def repeat_words(repeat: Repeat, kind: str = "") -> str:
    """ "同一被申请单位第 5 次（近一年 3 次）"."""
    from PySide6.QtCore import QCoreApplication

    said = (
        QCoreApplication.translate("Intake", "同一被申请人第 {n} 次被反映（近一年 {year} 次）")
        if kind in ("person", "sole_trader")
        else QCoreApplication.translate("Intake", "同一单位第 {n} 次被反映（近一年 {year} 次）")
    )
    return said.format(n=repeat.nth, year=repeat.year)


def typed_party(raw: Mapping[str, Json]) -> PartyInput:
    """What a form holds, unchecked."""
    party, identity = (
        {path.partition(".")[2]: value for path, value in raw.items() if path.startswith(kind)}
        for kind in ("party", "identity")
    )
    return PartyInput(party, identity)


def _beside(extra: Mapping[str, Json], whose: Json) -> Values:
    """Facts without a field, as long as the number (or the name) is still that of the person they came with."""
    return {k: v for k, v in extra.items() if k != _OF} if extra.get(_OF) == whose else {}


def _note(known: Known) -> str:
    """Numbers masked: enough to tell two people of one name apart."""
    number, phone = known.get("identity.id_number"), known.get("identity.phone")
    parts = (mask(number) if number else "", mask_phone(phone) if phone else "", known.day)
    return "　".join(part for part in parts if part)


def _given(values: Mapping[str, Json]) -> Values:
    return {k: v for k, v in values.items() if v not in (None, "")}
