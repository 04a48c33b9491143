"""Controls to tick: yes or no, several of a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from station_app.ui.forms.controls.base import Control
from sync.contract.canonical import Json


class BoolControl(Control):
    """Yes or no; the field's label stands beside the box."""

    def __init__(self, text: str) -> None:
        self.box = QCheckBox(text)
        super().__init__(self.box)
        self.box.clicked.connect(self.took)

    def value(self) -> Json:
        return self.box.isChecked()

    def set_value(self, value: Json) -> None:
        self.box.setChecked(bool(value))

    def raw(self) -> Json:
        return self.box.isChecked()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)


class Tick(QCheckBox):
    """A box with its words, cut with an ellipsis where the column is narrower."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.wanted = super().sizeHint().width()
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        room = self.width() - (self.wanted - self.fontMetrics().horizontalAdvance(self._words))
        said = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, room))
        self.setText(said)
        self.setToolTip("" if said == self._words else self._words)


class CodesControl(Control):
    """Several of a list, as boxes to tick; in as many columns as their words leave room for."""

    def __init__(self, choices: list[tuple[str, str]], columns: int = 3) -> None:
        self._panel = QWidget()
        super().__init__(self._panel)
        self._most = columns
        self._columns = 0
        self._grid = QGridLayout(self._panel)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, Tick] = {}
        self._name = ""
        self.set_choices(choices)

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Offer other entries; what is ticked stays ticked."""
        ticked = [code for code, box in self._boxes.items() if box.isChecked()]
        for box in self._boxes.values():
            box.deleteLater()
        self._boxes = {}
        for code, text in choices:
            box = Tick(text)
            box.clicked.connect(self.took)
            self._boxes[code] = box
        self._arrange(anew=True)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))
        self.set_value(list[Json](ticked))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, anew: bool = False) -> None:
        widest = max((box.wanted for box in self._boxes.values()), default=0) + self._grid.horizontalSpacing()
        fitting = self.width() // widest if widest > 0 else 1
        columns = max(1, min(self._most, fitting, len(self._boxes)))
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for number, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, number // columns, number % columns)
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def value(self) -> Json:
        ticked: list[Json] = [code for code, box in self._boxes.items() if box.isChecked()]
        return ticked or None

    def set_value(self, value: Json) -> None:
        wanted = value if isinstance(value, list) else []
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)

    def raw(self) -> Json:
        return self.value()

    def set_raw(self, raw: Json) -> None:
        self.set_value(raw)
