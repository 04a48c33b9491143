"""编号核对: numbers given twice and numbers nobody accounts for, each with what a person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from station_app.services.numbering import clashes, unknown
from station_app.services.numbering.clashes import Clash, Holder
from station_app.services.numbering.unknown import Gap, Restored
from station_app.ui import words
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import button, card, clear, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.changes import Changes
    from station_app.services.station import Station
    from station_app.ui.desk import Desk

_GAPS = 5
"""Numbers named one by one; of more only the first, the rest by their count."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is to be answered about numbers."""

    clashes: list[Clash]
    gaps: list[Gap]
    restored: Restored | None

    def __bool__(self) -> bool:
        return bool(self.clashes or self.gaps or self.restored)


def look(station: Station) -> Questions:
    """Read it, in the read lane."""
    return Questions(clashes.clashes(station), unknown.gaps(station), unknown.restored(station))


class NumberQuestions(QWidget):
    """Cards on the page 数据上传; hidden where there is nothing to answer."""

    def __init__(self, desk: Desk, again: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._again = desk, again
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S3)
        self.hide()

    def show_questions(self, found: Questions) -> None:
        """Show what is to be answered now."""
        clear(self._column)
        self.setVisible(bool(found))
        if not found:
            return
        self._column.addWidget(text(self.tr("编号核对"), "title"))
        for clash in found.clashes:
            self._column.addWidget(self._clash(clash))
        if found.restored is not None:
            self._column.addWidget(self._restored(found.restored))
        if found.gaps:
            self._column.addWidget(self._gaps(found.gaps))

    def _able(self, widget: QWidget) -> QWidget:
        widget.setEnabled(self._desk.station.can("renumber"))
        return widget

    def _clash(self, clash: Clash) -> QWidget:
        """Both cases by name; one button a case that can get a new number, one to leave both."""
        said = self.tr("重号：{number} 同时用在 {n} 件案件上。已出具的文书不会改动，请选定怎样处理。")
        parts: list[QWidget] = [text(said.format(number=clash.number, n=len(clash.holders)), wrap=True)]
        for place, holder in enumerate(clash.holders, 1):
            link = button(f"{place}. {holder.title}", partial(self._desk.go, "case", holder.case), kind="link")
            head = QWidget()
            head.setLayout(row(link, None))
            parts += [head, text(_of(holder), "muted", wrap=True)]
        acts = QWidget()
        line = row(spacing=S2)
        for place, holder in enumerate(clash.holders, 1):
            if holder.own:
                words_ = self.tr("第 {n} 件改编新号").format(n=place)
                hint = self.tr("“{title}”改编新号").format(title=holder.title)
                line.addWidget(button(words_, partial(self._renumber, clash, holder), hint=hint))
        line.addWidget(button(self.tr("都保留并注明"), partial(self._keep, clash), kind="quiet"))
        line.addStretch(1)
        acts.setLayout(line)
        return card(*parts, self._able(acts))

    def _restored(self, found: Restored) -> QWidget:
        one = self.tr("{year} 年{kind}第 {n} 号")
        named = [one.format(year=y, kind=words.code("number_kinds", kind), n=f"{n:04d}") for kind, y, n in found.last]
        known = words.together(named)
        said = self.tr(
            "本机由 {of} 的备份恢复。原字头 {series} 不再使用，已知用到：{known}。"
            "此后用过的编号只在纸质文书上，请对照纸质文书逐一登记，登记完毕后确认。"
        ).format(of=words.stamp(found.of), series=found.series, known=known or self.tr("没有"))
        acts = QWidget()
        acts.setLayout(
            row(
                button(self.tr("登记一个编号"), partial(self._note, "")),
                button(self.tr("已核对完毕"), self._checked, kind="quiet"),
                None,
            )
        )
        return card(text(said, wrap=True), self._able(acts))

    def _gaps(self, gaps: list[Gap]) -> QWidget:
        said = self.tr("下列编号在前后编号之间，程序中没有记录，可能随损坏的电脑丢失。请对照纸质文书登记去向：")
        parts: list[QWidget] = [text(said, wrap=True)]
        for gap in gaps[:_GAPS]:
            line = QWidget()
            line.setLayout(row(text(gap.number), button(self.tr("登记去向"), partial(self._note, gap.number)), None))
            parts.append(self._able(line))
        if len(gaps) > _GAPS:
            parts.append(text(self.tr("另有 {n} 个").format(n=len(gaps) - _GAPS), "muted"))
        return card(*parts)

    # -- answering ------------------------------------------------------------------------------------------------

    def _renumber(self, clash: Clash, holder: Holder) -> None:
        station = self._desk.station
        said = self.tr(
            "“{title}”将改编新号，{number} 留给另一件。已出具的 {n} 份文书保持原样并登记更正，请在纸质文书上注明；"
            "尚未签署的，再次打印时使用新号。"
        ).format(title=holder.title, number=clash.number, n=len(holder.papers))
        dialog = ReasonDialog(self, self.tr("改编新号"), said)
        dialog.act = lambda: clashes.renumber(station, case=holder.case, reason=dialog.reason, number=clash.number)
        self._open(dialog)

    def _keep(self, clash: Clash) -> None:
        station = self._desk.station
        said = self.tr("{number} 的文书都保持原样，在编号台账上注明重号。").format(number=clash.number)
        dialog = ReasonDialog(self, self.tr("都保留并注明"), said)
        dialog.act = lambda: clashes.keep_both(station, number=clash.number, reason=dialog.reason)
        self._open(dialog)

    def _note(self, number: str) -> None:
        station = self._desk.station
        said = self.tr("登记后，这个编号不再使用。三十日内可以撤销。")
        dialog = ReasonDialog(self, self.tr("登记编号去向"), said, number=number, answers=True)
        dialog.act = lambda: unknown.note(station, number=dialog.number, answer=dialog.answer, reason=dialog.reason)
        self._open(dialog)

    def _open(self, dialog: ReasonDialog) -> None:
        dialog.ok.clicked.connect(lambda: self._store(dialog))
        dialog.open()

    def _store(self, dialog: ReasonDialog) -> None:
        dialog.ok.setEnabled(False)
        self._desk.tasks.write(
            dialog.act, done=lambda changes: self._done(dialog, changes), failed=dialog.refused, owner=dialog
        )

    def _done(self, dialog: ReasonDialog, changes: Changes) -> None:
        dialog.accept()
        self._desk.did(self.tr("已保存：{what}。").format(what=changes.label), changes)
        self._again()

    def _checked(self) -> None:
        station = self._desk.station
        self._desk.tasks.write(lambda: unknown.checked(station), done=lambda _n: self._again(), owner=self)


class ReasonDialog(QDialog):
    """A sentence on what will happen, a reason, for a number also which it is and what became of it."""

    def __init__(self, parent: QWidget, title: str, said: str, *, number: str = "", answers: bool = False) -> None:
        super().__init__(parent)
        self.act: Callable[[], Changes]
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        self._number, self._reason = QLineEdit(number), QLineEdit()
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        if answers:
            self._ask(column, fixed=bool(number))
        self._reason.setPlaceholderText(self.tr("原因或者说明"))
        self._reason.setAccessibleName(self.tr("原因或者说明"))
        column.addWidget(text(said, "muted", wrap=True))
        column.addWidget(self._reason)
        self.error = text("", "error", wrap=True)
        self.error.hide()
        column.addWidget(self.error)
        self.ok = button(self.tr("确定"), lambda: None, kind="primary")
        self.ok.setDefault(True)
        column.addLayout(row(None, button(self.tr("取消"), self.reject), self.ok))
        self.finished.connect(self.deleteLater)
        self.resize(min(520, parent.window().width() - 48), self.sizeHint().height())
        (self._reason if number or not answers else self._number).setFocus()

    def _ask(self, column: QVBoxLayout, *, fixed: bool) -> None:
        """Which number, unless it is known, and whether its paper exists."""
        self._number.setAccessibleName(words.label("number_note.text"))
        self._number.setPlaceholderText(self.tr("纸质文书上的编号"))
        self._number.setReadOnly(fixed)
        column.addWidget(self._number)
        for code, said in words.listed("number_answers"):
            self.choices[code] = QRadioButton(said)
            self._group.addButton(self.choices[code])
            column.addWidget(self.choices[code])
        self.choices[unknown.USED].setChecked(True)

    @property
    def number(self) -> str:
        """As typed."""
        return self._number.text().strip()

    @property
    def reason(self) -> str:
        """As typed."""
        return self._reason.text().strip()

    @property
    def answer(self) -> str:
        """The code of what was marked."""
        return next(code for code, choice in self.choices.items() if choice.isChecked())

    def refused(self, error: KnownError) -> None:
        """Say why, and let it be mended."""
        self.ok.setEnabled(True)
        self.error.setText(f"▲ {words.sentence(error)}")
        self.error.show()


def _of(holder: Holder) -> str:
    """Whose it is, when the number was given, and what bears it."""
    parts = [holder.station, words.stamp(holder.at)[5:] if holder.at else ""]
    if holder.papers:
        parts.append(words.together(list(dict.fromkeys(holder.papers))))
    if holder.signed:
        parts.append(QCoreApplication.translate("NumberQuestions", "已签署"))
    return "，".join(part for part in parts if part)
