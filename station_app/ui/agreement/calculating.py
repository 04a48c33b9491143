"""计算: a calculator with its result, formula and article as it is typed; copied or added to the agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QVBoxLayout

from station_app.services import calculating, terms
from station_app.services.calculating import CALCULATORS, Calculator
from station_app.ui import words
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import Canvas, button, clear, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage

_KIND: Final = "calc"


def spec(calculator: Calculator) -> FormSpec:
    """The form of a calculator; its words are data."""
    items = tuple(
        Item(f"{_KIND}.{a.name}", required=a.required, type=a.type, label=a.label, choices=a.choices)
        for a in calculator.asks
    )
    return FormSpec(_KIND, (Section("", items, 2),))


class CalcDialog(QDialog):
    """Nothing is written by calculating; 加入条款 adds the result as a term, where it can be edited."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__(page)
        self.page, self.term = page, ""
        self.setWindowTitle(self.tr("计算"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("计算种类"))
        for calculator in CALCULATORS.values():
            self.kind.addItem(calculator.title, calculator.id)
        self.kind.currentIndexChanged.connect(lambda _i: self._build())
        self.canvas = Canvas(margin=0)
        self.answer = text("", wrap=True)
        self.answer.setAccessibleName(self.tr("计算结果"))
        self.copy = button(self.tr("复制结果"), self._copy)
        self.add = button(self.tr("加入条款"), self._add, kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.kind)
        column.addWidget(self.canvas, 1)
        column.addLayout(row(None, button(self.tr("关闭"), self.reject), self.copy, self.add))
        room = page.window().size()
        self.resize(min(760, room.width() - 48), min(620, room.height() - 48))
        self.finished.connect(self.deleteLater)
        self._build()

    def _build(self) -> None:
        clear(self.canvas.column)
        calculator = CALCULATORS[str(self.kind.currentData())]
        self.form = Form(spec(calculator), self.page.station.clock.today)
        self.form.edited.connect(self.compute)
        self.answer = text("", wrap=True)
        self.canvas.column.addWidget(self.form)
        self.canvas.column.addWidget(self.answer)
        self.canvas.column.addStretch(1)
        self.compute()

    def compute(self) -> None:
        """The result of what is typed so far, or what it still needs."""
        values, errors = self.form.read()
        try:
            if errors:
                raise errors[0].error
            found = calculating.run(str(self.kind.currentData()), values.get(_KIND, {}))
            self.answer.setText(found.text)
            self.term = found.term
        except KnownError as error:
            self.answer.setText(words.sentence(error))
            found = None
        for tool in (self.copy, self.add):
            tool.setEnabled(found is not None)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.answer.text())

    def _add(self) -> None:
        station, rec, said = self.page.station, self.page.rec, self.term
        self.page.do(lambda: terms.add(station, case=rec, words=said), self.tr("计算结果已加入条款。"))
        self.accept()
