"""A form built from its description: labels, controls, required marks, the error under the field in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station_app.domain.checks import FieldError, check_values
from station_app.ui import words
from station_app.ui.forms import phrases
from station_app.ui.forms.controls import choosing, line, long, ticks
from station_app.ui.forms.controls.base import Control, Today
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.tokens import S1, S3, S4
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

COLUMN_LEAST = 210
"""Logical px a column needs; a narrower form has fewer columns."""


def make_control(item: Item, today: Today) -> Control:
    """The control for a field by its type."""
    kind = item.field_type
    if kind in ("code", "ref"):
        return choosing.CodeControl(_choices(item), empty=not item.required)
    if kind in ("codes", "refs"):
        return ticks.CodesControl(_choices(item))
    if kind == "date":
        return choosing.DateControl(today)
    if kind == "moment":
        return line.MomentControl(today)
    if kind == "bool":
        return ticks.BoolControl(_label(item))
    plain: dict[str, type[Control]] = {
        "long": long.LongControl,
        "texts": long.TextsControl,
        "names": line.NamesControl,
        "money": line.MoneyControl,
        "int": line.IntControl,
        "days": line.DaysControl,
        "password": line.PasswordControl,
    }
    return plain.get(kind, line.LineControl)()  # type: ignore[call-arg]  # each of these takes nothing


def _choices(item: Item) -> list[tuple[str, str]]:
    if item.choices:
        return [(code, QCoreApplication.translate("Forms", text)) for code, text in item.choices]
    return words.choices(item.path) if item.in_catalogue and item.field_type in ("code", "codes") else []


def _label(item: Item) -> str:
    return QCoreApplication.translate("Forms", item.label) if item.label else words.label(item.path)


class FieldBox(QWidget):
    """Label, control, and under it the error in words."""

    def __init__(self, item: Item, today: Today) -> None:
        super().__init__()
        self.item = item
        self.control = make_control(item, today)
        self.name = _label(item)
        if isinstance(self.control, long.LongControl):
            phrases.Phrases(self.control.box)
        self.control.name_it(self.name)
        self.touched = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S1)
        self._head = QLabel("" if item.field_type == "bool" else self.name)
        self._head.setBuddy(self.control)
        self._head.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setSpacing(S1)
        row.addWidget(self._head)
        self._must = QLabel(QCoreApplication.translate("Forms", "必填") if item.required else "")
        self._must.setProperty("role", "error")
        if not item.required:
            self._must.hide()
        row.addWidget(self._must)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.control)
        self._error = QLabel()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        column.addWidget(self._error)
        column.addStretch(1)
        if item.hint:
            self.set_hint(QCoreApplication.translate("Forms", item.hint))

    def set_hint(self, text: str) -> None:
        """Grey words in the empty field."""
        self.control.set_hint(text)

    def set_note(self, text: str) -> None:
        """Grey words beside the label; "" for none."""
        own = "" if self.item.field_type == "bool" else self.name
        self._head.setText(f"{own}（{text}）" if text else own)
        self.control.editor.setToolTip(text)

    def set_read_only(self, yes: bool) -> None:
        """Show without letting it be changed; nothing must be filled in then."""
        self.control.set_read_only(yes)
        self._must.setVisible(self.item.required and not yes)

    @property
    def error(self) -> str:
        """The words now under the field; "" for none."""
        return "" if self._error.isHidden() else self._error.text()

    def show_error(self, error: KnownError | None) -> None:
        """Say what is wrong, or that nothing is."""
        text = f"▲ {words.sentence(error)}" if error else ""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._error.setAccessibleName(text or self.name)
        self.control.editor.setAccessibleDescription(text)
        self.control.set_wrong(error is not None)


class Form(QWidget):
    """A built form. *Signals:* `edited` at each change by hand; `finished` (path) when a field was left and checked."""

    edited = Signal()
    finished = Signal(str)

    def __init__(self, spec: FormSpec, today: Today) -> None:
        super().__init__()
        self.spec = spec
        self._today = today
        self.boxes: dict[str, FieldBox] = {}
        self._grids: list[tuple[Section, QGridLayout]] = []
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        for section in spec.sections:
            self._add_section(column, section)
        self._arrange(99)

    # -- building -------------------------------------------------------------------------------------------------

    def _add_section(self, column: QVBoxLayout, section: Section) -> None:
        if section.title:
            title = QLabel(QCoreApplication.translate("Forms", section.title))
            title.setProperty("role", "title")
            column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(S4)
        grid.setVerticalSpacing(S3)
        column.addLayout(grid)
        self._grids.append((section, grid))
        for item in section.items:
            box = FieldBox(item, self._today)
            box.control.edited.connect(self.edited)
            box.control.finished.connect(lambda path=item.path: self._left(path))
            self.boxes[item.path] = box

    def _arrange(self, most: int) -> None:
        """Lay the fields out in at most so many columns."""
        if most == self._columns:
            return
        self._columns = most
        for section, grid in self._grids:
            columns = max(1, min(section.columns, most))
            row = place = 0
            for item in section.items:
                span = min(item.span, columns)
                if place + span > columns:
                    row, place = row + 1, 0
                grid.addWidget(self.boxes[item.path], row, place, 1, span, Qt.AlignmentFlag.AlignTop)
                place += span
            for number in range(section.columns):
                grid.setColumnStretch(number, 1 if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns where it is narrow."""
        super().resizeEvent(event)
        self._arrange(max(1, self.width() // COLUMN_LEAST))

    # -- values ---------------------------------------------------------------------------------------------------

    def control(self, path: str) -> Control:
        """The control of a field."""
        return self.boxes[path].control

    def set_choices(self, path: str, choices: list[tuple[str, str]]) -> None:
        """What a code or ref field offers."""
        control = self.control(path)
        assert isinstance(control, choosing.CodeControl | ticks.CodesControl)
        control.set_choices(choices)

    def set_values(self, values: Mapping[str, Json]) -> None:
        """Show values by path; fields that are not named stay as they are."""
        for path, value in values.items():
            if path in self.boxes:
                item, control = self.boxes[path].item, self.control(path)
                listed = item.in_catalogue and not item.choices and item.field_type == "code"
                if isinstance(control, choosing.CodeControl) and listed and isinstance(value, str):
                    control.keep(value, words.field_code(path, value))
                control.set_value(value)

    def read(self) -> tuple[dict[str, dict[str, Json]], list[FieldError]]:
        """What is typed, by kind and field, and what cannot be read at all."""
        result: dict[str, dict[str, Json]] = {}
        errors: list[FieldError] = []
        for path, box in self.boxes.items():
            try:
                result.setdefault(box.item.kind, {})[box.item.name] = box.control.value()
            except KnownError as error:
                errors.append(FieldError(path, error))
        return result, errors

    def check(self) -> tuple[dict[str, dict[str, Json]], list[FieldError]]:
        """Clean values by kind and all errors, required fields included; shows them and goes to the first."""
        values, errors = self.read()
        errors += self._meaning(values)
        wrong = {e.place for e in errors}
        for path, box in self.boxes.items():
            if box.item.required and path not in wrong and values[box.item.kind].get(box.item.name) in (None, ""):
                errors.append(FieldError(path, KnownError("E-216", field=self._field_word(box))))
        self.show_errors(errors)
        return values, errors

    def _field_word(self, box: FieldBox) -> str:
        return box.item.path if box.item.in_catalogue and not box.item.label else box.name

    def _meaning(self, values: dict[str, dict[str, Json]]) -> list[FieldError]:
        """Check by the catalogue; cleaned values take the place of typed ones."""
        errors: list[FieldError] = []
        for kind, fields in values.items():
            # what is empty is left out: it may follow from the rest (sex and birth date from an identity number)
            given = {
                n: v for n, v in fields.items() if v not in (None, "") and self.boxes[f"{kind}.{n}"].item.in_catalogue
            }
            if given:
                clean, found = check_values(kind, given, today=self._today())
                fields.update(clean)
                errors += found
        return errors

    def stops(self) -> list[QWidget]:
        """The editors in the order they are read in."""
        return [box.control.editor for box in self.boxes.values()]

    def show_errors(self, errors: Iterable[FieldError]) -> None:
        """Show each error under its field, clear the others, and put the caret into the first."""
        by_place = {e.place: e.error for e in reversed(list(errors))}
        for path, box in self.boxes.items():
            box.show_error(by_place.get(path))
        first = next((path for path in self.boxes if path in by_place), "")
        if first:
            self.focus_on(first)

    def focus_on(self, path: str) -> bool:
        """Put the caret into a field; False where the form has no such field."""
        if path not in self.boxes:
            return False
        self.control(path).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _left(self, path: str) -> None:
        """A field was left: judge it and the fields that hang together with it, as far as they were touched."""
        box = self.boxes[path]
        box.touched = True
        values, errors = self.read()
        typed = {kind: dict(fields) for kind, fields in values.items()}
        errors += self._meaning(values)
        wrong = {e.place: e.error for e in errors}
        kind = box.item.kind
        for place, other in self.boxes.items():
            if other.item.kind != kind:
                continue
            value = values.get(kind, {}).get(other.item.name)
            if place not in wrong and value is not None and value != typed.get(kind, {}).get(other.item.name):
                other.control.set_value(value)
            if other.touched:
                other.show_error(wrong.get(place))
        self.finished.emit(path)

    # -- drafts ---------------------------------------------------------------------------------------------------

    def raw(self) -> dict[str, Json]:
        """Everything as typed, for a draft."""
        return {path: box.control.raw() for path, box in self.boxes.items()}

    def set_raw(self, raw: Mapping[str, Json]) -> None:
        """Put a draft back."""
        for path, value in raw.items():
            if path in self.boxes:
                self.control(path).set_raw(value)

    def caret(self) -> str:
        """path:position of the caret; "" where the form has not the focus."""
        focus = self.window().focusWidget()
        for path, box in self.boxes.items():
            if focus is not None and box.isAncestorOf(focus):
                return f"{path}:{box.control.caret()}"
        return ""

    def set_caret(self, caret: str) -> None:
        """Put the caret back where it stood."""
        path, _, place = caret.rpartition(":")
        if self.focus_on(path) and place.isdigit():
            self.control(path).set_caret(int(place))

    def set_read_only(self, yes: bool) -> None:
        """Show without letting anything be changed."""
        for box in self.boxes.values():
            box.set_read_only(yes)
