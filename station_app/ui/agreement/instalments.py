"""The instalments: one line each with sum and last day; the rule fills the matrix from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.cases import Values
from station_app.ui.agreement.specs import INSTALMENT
from station_app.ui.desk import Desk
from station_app.ui.forms.form import Form
from station_app.ui.style.tokens import S1, S2
from station_app.ui.widgets.layout import button, row, text
from sync.contract.canonical import Json


class _Line(QWidget):
    """One instalment: number and 删除 stand level with the fields."""

    def __init__(self, form: Form, remove: Callable[[], None]) -> None:
        super().__init__()
        self.number = text("")
        self.remove = button(self.tr("删除"), remove, kind="quiet")
        self.number.setMinimumHeight(self.remove.sizeHint().height())
        inner = row(self._level(self.number), form, self._level(self.remove))
        inner.setStretch(1, 1)
        self.setLayout(inner)

    def _level(self, beside: QWidget) -> QWidget:
        """Under the line of the labels, also where a sentence stands under a field."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, self.fontMetrics().height() + S1, 0, 0)
        column.addWidget(beside)
        column.addStretch(1)
        return place


class Instalments(QWidget):
    """*Signals:* `edited`."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.forms: list[Form] = []
        self._lines: list[_Line] = []
        self._locked = False
        self._whole = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S2)

    def show_values(self, totals: list[int], dues: list[str]) -> None:
        """Replace the lines: totals in 分, days as YYYY-MM-DD."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self.forms, self._lines, self._whole = [], [], sum(totals)
        for total, due in zip(totals, dues, strict=True):
            self.add({"obligation.amount": total, "obligation.due": due or None})

    def show_raw(self, lines: list[dict[str, Json]]) -> None:
        """Replace the lines by what was typed, as `Form.raw` gave it; the whole to be shared stays."""
        whole = self._whole
        self.show_values([0] * len(lines), [""] * len(lines))
        self._whole = whole
        for form, raw in zip(self.forms, lines, strict=True):
            form.set_raw(raw)

    def stops(self) -> list[QWidget]:
        """The editors in the order they are read in."""
        return [editor for form in self.forms for editor in form.stops()]

    def add_rest(self) -> None:
        """One more instalment, of what those before leave of the whole; the caret goes to its first empty field."""
        typed = [form.read()[0].get("obligation", {}).get("amount") for form in self.forms]
        rest = self._whole - sum(fen for fen in typed if isinstance(fen, int))
        self.add({"obligation.amount": rest} if rest > 0 else None)
        empty = next((f for f in self.forms if not f.raw().get("obligation.due")), self.forms[-1])
        empty.focus_on("obligation.due" if empty.raw().get("obligation.amount") else "obligation.amount")
        self.edited.emit()

    def add(self, values: Values | None = None) -> None:
        """One more instalment."""
        form = Form(INSTALMENT, self._desk.station.clock.today)
        form.set_values(values or {})
        form.edited.connect(self.edited)
        line = _Line(form, lambda: self._remove(line, form))
        self.forms.append(form)
        self._lines.append(line)
        self._column.addWidget(line)
        self._number()

    def _number(self) -> None:
        """The lines count from 1, and the only one cannot be taken away."""
        for number, line in enumerate(self._lines, 1):
            line.number.setText(self.tr("第 {n} 期").format(n=number))
            line.remove.setVisible(len(self._lines) > 1 and not self._locked)

    def _remove(self, line: _Line, form: Form) -> None:
        self.forms.remove(form)
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        self._number()
        self.edited.emit()

    def show_totals(self, totals: list[int]) -> None:
        """The matrix was changed: each line bears what its column now pays (分)."""
        if len(totals) == len(self.forms):
            for form, total in zip(self.forms, totals, strict=True):
                form.set_values({"obligation.amount": total})

    def read(self) -> tuple[list[int], list[Values]] | None:
        """Totals in 分 and due entries; None where something is missing (said under its field)."""
        totals: list[int] = []
        dues: list[Values] = []
        for form in self.forms:
            values, errors = form.check()
            if errors:
                return None
            amount, due = values["obligation"]["amount"], values["obligation"]["due"]
            totals.append(amount if isinstance(amount, int) else 0)
            dues.append({"due": due, "due_rule": "on_date"})
        return totals, dues

    def peek(self) -> list[Values]:
        """The due entries as far as they can be read; nothing is said about what cannot."""
        read = [form.read()[0].get("obligation", {}).get("due") for form in self.forms]
        return [{"due": due, "due_rule": "on_date"} for due in read]

    def set_read_only(self, yes: bool) -> None:
        """After a signature."""
        self._locked = yes
        self._number()
        for form in self.forms:
            form.set_read_only(yes)
