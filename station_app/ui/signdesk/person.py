"""The person in front of the desk, in large type: his sum and instalments, and what is recorded of him."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.dates import date_cn
from station_app.services.performance import Due
from station_app.services.signdesk.desk import ABSENT, REFUSED, Desk, Row
from station_app.ui import keys, words
from station_app.ui.signdesk.model import TONES, due_words, state_words
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3
from station_app.ui.widgets.layout import button, clear, row, text


class PersonCard(QWidget):
    """`record` (manner) for his signature, `take_back`, `slip`, `pay` (due, outcome) are given by the page."""

    def __init__(
        self,
        *,
        record: Callable[[str], object],
        take_back: Callable[[], object],
        slip: Callable[[], object],
        pay: Callable[[Due, str], object],
        may_pay: bool,
    ) -> None:
        super().__init__()
        self._pay, self._may_pay = pay, may_pay
        self.name = text("", "page", wrap=True)
        self.about = text("", "title", wrap=True)
        self.state = text("", wrap=True)
        self.ask = text(self.tr("请本人核对姓名、证件和金额，无误后签名并按指印。"), "muted", wrap=True)
        self.signed = button(self.tr("已签"), lambda: record(""), kind="primary", hint=keys.shown("sign"))
        self.absent = button(self.tr("未到"), lambda: record("absent"))
        self.refused = button(self.tr("拒签"), lambda: record("refused"))
        self.back = button(self.tr("撤销登记"), take_back, kind="quiet")
        self.slip = button(self.tr("打印明细单"), slip, kind="quiet", picture="printer", hint=keys.shown("print"))
        self.paid: list[QWidget] = []
        self.dues = QVBoxLayout()
        self.dues.setSpacing(S2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        for widget in (self.name, self.about, self.state):
            column.addWidget(widget)
        column.addLayout(row(self.signed, self.absent, self.refused, self.back, None))
        column.addWidget(self.ask)
        column.addLayout(self.dues)
        column.addLayout(row(self.slip, None))
        column.addStretch(1)

    def show_row(self, desk: Desk, found: Row) -> None:
        """Show one signer."""
        tail = self.tr("证件号码末四位 {tail}").format(tail=found.tail) if found.tail else ""
        money = self.tr("{yuan} 元").format(yuan=words.yuan(found.amount)) if found.amount else ""
        self.name.setText(found.name)
        self.about.setText("　".join(part for part in (tail, money, found.number) if part))
        self.about.setVisible(bool(self.about.text()))
        when = f"　{date_cn(found.on)}" if found.on else ""
        self.state.setText(state_words(found) + when)
        set_tone(self.state, TONES.get(found.state, "amber"))
        left = found.signed < found.agreements
        self.ask.setVisible(left and found.person)
        self.signed.setVisible(left)
        self.absent.setVisible(left and found.state != ABSENT)
        self.refused.setVisible(left and found.state != REFUSED)
        self.back.setVisible(bool(found.on))
        self.slip.setVisible(bool(found.amount) and sum(bool(r.amount) for r in desk.rows) > 1)
        self._show_dues(desk, found)

    def _show_dues(self, desk: Desk, found: Row) -> None:
        clear(self.dues)
        self.paid = []
        places = {duty.rec: (no, duty.due) for no, duty in enumerate(desk.instalments, 1)}
        for due in found.dues:
            no, day = places[due.obligation]
            said = self.tr("第 {n} 期　{day}\n{yuan} 元　{state}").format(
                n=no, day=date_cn(day) if day else "", yuan=words.yuan(due.amount), state=due_words(due)
            )
            label = text(said, wrap=True)
            set_tone(label, "none" if due.left and not due.failed else "red" if due.left else "green")
            line = row(label, None)
            if due.left and self._may_pay:
                paid = button(self.tr("已付"), partial(self._pay, due, "paid"))
                paid.setAccessibleName(self.tr("第 {n} 期已付").format(n=no))
                failed = button(self.tr("退回"), partial(self._pay, due, "failed"), kind="quiet")
                failed.setAccessibleName(self.tr("第 {n} 期退回").format(n=no))
                self.paid.append(paid)
                line.addWidget(paid)
                line.addWidget(failed)
            self.dues.addLayout(line)
