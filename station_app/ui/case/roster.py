"""导入名册: a file or pasted cells become a grid; columns mapped and faults mended in it; good rows imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from station_app.services import roster
from station_app.services.changes import Changes
from station_app.services.intake import columns
from station_app.services.roster import Correction, Roster, Sheet
from station_app.ui import keys, words
from station_app.ui.case.roster_grid import RosterModel, RosterView
from station_app.ui.desk import Desk
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4, SHAPES
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

_FAULTS = 200
"""So many faults are listed; more are one line that says how many."""
_HEIGHT = 132


class RosterDialog(QDialog):
    """Nothing is written before 导入; what is typed over changes what is read, never the file."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, case
        self._source: tuple[bytes | str, str] = ("", "")
        self._change = Correction()
        self._mending = False
        self.setWindowTitle(self.tr("导入名册"))
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName(self.tr("粘贴名册"))
        self.pasted.setPlaceholderText(self.tr("从表格复制名册（含表头），粘贴在这里；或者选择 CSV、XLSX 文件。"))
        self.pasted.textChanged.connect(self._read_pasted)
        self.choose = button(self.tr("选择文件"), self._choose, picture="table")
        self.paste = button(self.tr("粘贴"), self.take_clipboard, hint=keys.shown("paste_roster"))
        self.of = text("", "muted", wrap=True)
        self.model = RosterModel(self)
        self.table = RosterView(self.model)
        self.model.typed.connect(self._typed)
        self.model.meant.connect(self._meant)
        self.faults = LinesView(self.tr("需要核对的内容"), fit=False)
        self.faults.opened.connect(self._go)
        self.failure = text("", "error", wrap=True)
        self.sums = text("", "", wrap=True)
        self.take = button(self.tr("导入"), self._import, kind="primary")
        self._build(parent)
        self._show_nothing()
        self.finished.connect(self.deleteLater)
        keys.bind(self, "paste_roster", self.take_clipboard)

    def _build(self, parent: QWidget) -> None:
        self.faults.setFixedHeight(_HEIGHT)
        self.hint = text(self.tr("点按表头可更正该列的含义；双击单元格可更正内容。原文件不变。"), "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        top = row(self.choose, self.paste, self.of)
        top.setStretch(2, 1)
        column.addLayout(top)
        column.addWidget(self.pasted, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)
        column.addWidget(self.failure)
        column.addWidget(self.faults)
        bottom = row(self.sums, button(self.tr("取消"), self.reject), self.take)
        bottom.setStretch(0, 1)
        column.addLayout(bottom)
        room = parent.window().size()
        self.resize(min(1180, room.width() - 48), min(680, room.height() - 48))

    @property
    def found(self) -> Roster | None:
        """What can be imported."""
        return self.model.sheet.roster

    # -- reading ----------------------------------------------------------------------------------------------------

    def read(self, data: bytes | str, name: str = "") -> None:
        """Take a file's bytes or pasted text; corrections of another file are gone."""
        self._source, self._change = (data, name), Correction()
        self._again()

    def _again(self) -> None:
        """In the read lane: the file with the corrections."""
        station, (data, name), change, case = self._desk.station, self._source, self._change, self._case

        def read() -> tuple[Sheet, Correction, int | None]:
            if not (change.columns or change.cells):
                sheet, meant = columns.sheet(station, data=data, filename=name)
            else:
                sheet, meant = roster.sheet(station, data=data, filename=name, correction=change), change
            gap = roster.short_of_demand(station, case=case, found=sheet.roster) if sheet.roster else None
            return sheet, meant, gap

        self._desk.tasks.read(
            read,
            done=self._read_done,
            failed=self._unreadable,
            owner=self,
            key="roster",
        )

    def _read_pasted(self) -> None:
        if self.pasted.toPlainText().strip():
            self.read(self.pasted.toPlainText())

    def take_clipboard(self) -> None:
        """What was copied in a spreadsheet, shown as it is understood; nothing is imported yet."""
        held = QApplication.clipboard().text()
        if held.strip():
            self.read(held)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("选择名册"), "", self.tr("名册 (*.csv *.xlsx *.txt);;全部文件 (*)")
        )
        if name:
            try:
                self.read(Path(name).read_bytes(), Path(name).name)
            except OSError:
                self._unreadable(KnownError("E-516", file=Path(name).name))

    def _typed(self, line: int, column: int, words_: str) -> None:
        self._change = replace(self._change, cells={**self._change.cells, (line, column): words_})
        self._again()

    def _meant(self, column: int, name: str) -> None:
        """A column stands for this from now on; the one that stood for it stands for nothing."""
        columns = {c: n for c, n in self._change.columns.items() if n != name or not name}
        self._change = replace(self._change, columns={**columns, column: name})
        self._again()

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        for widget in (self.table, self.hint, self.faults, self.failure):
            widget.hide()
        self.pasted.show()
        self.sums.setText("")
        self.take.setText(self.tr("导入"))
        self.take.setEnabled(False)

    def _unreadable(self, error: KnownError) -> None:
        """A file that is no roster at all, or rows that could not be written: said, and what stands there stays."""
        self.failure.setText(f"▲ {words.sentence(error)}")
        self.failure.show()
        self.take.setEnabled(self.found is not None and bool(self.found.rows))

    def _read_done(self, found: tuple[Sheet, Correction, int | None]) -> None:
        sheet, self._change, gap = found
        self._show(sheet, gap)

    def _show(self, sheet: Sheet, gap: int | None) -> None:
        begins = self.pasted.isVisibleTo(self)
        if begins:
            self.pasted.hide()
            self.table.show()
        self.hint.show()
        self.of.setText(self._source[1])
        self.model.show_sheet(sheet)
        found, wrong = sheet.roster, sheet.error
        self.failure.setText(f"▲ {words.sentence(wrong)}" if wrong else "")
        self.failure.setVisible(wrong is not None)
        lines = self._lines(found) if found else []
        self.faults.show_lines(lines)
        self.faults.setVisible(bool(lines))
        count = len(found.rows) if found else 0
        self.sums.setText("　".join(part for part in (self._totals(found), self._gap(gap)) if part) if found else "")
        set_tone(self.sums, "none" if gap is None else "amber" if gap else "green")
        self.take.setText(self.tr("导入 {n} 人").format(n=count) if count else self.tr("导入"))
        self.take.setEnabled(bool(count))
        if begins or self._mending:
            self._to_next(wrong=bool(found and found.errors))
        self._mending = False

    def _to_next(self, *, wrong: bool) -> None:
        """The caret goes where the work goes on: to what is wrong, whose cell Enter opens, else to the one button."""
        if wrong:
            self.faults.setFocus()
        else:
            (self.take if self.take.isEnabled() else self.table).setFocus()

    def _totals(self, found: Roster) -> str:
        t = found.totals
        said = self.tr("可导入 {n} 人，应发 {due} 元，已付 {paid} 元，欠发 {owed} 元")
        return said.format(n=t.people, due=words.yuan(t.due), paid=words.yuan(t.paid), owed=words.yuan(t.owed))

    def _gap(self, gap: int | None) -> str:
        """Whether the rows add up to what was demanded at registration."""
        if gap is None:
            return ""
        if not gap:
            return f"{SHAPES['green']} {self.tr('与登记的诉求金额一致')}"
        less = self.tr("比登记的诉求金额少 {yuan} 元") if gap > 0 else self.tr("比登记的诉求金额多 {yuan} 元")
        return f"{SHAPES['amber']} {less.format(yuan=words.yuan(abs(gap)))}"

    def _lines(self, found: Roster) -> list[Line]:
        """Faults first, then what should be looked at, then notes on the file."""
        lines = []
        for error in found.errors:
            where = self.tr("第 {n} 行").format(n=error.line)
            place = (error.line - 1, self.model.column_of(error))
            tone: words.Tone = "red" if error.blocking and error.row_no else "amber"
            lines.append(Line(f"{where}　{error.column}：{words.sentence(error.known())}", "", tone, "cell", place))
        hints: dict[str, list[int]] = {}
        for person in found.rows:
            for hint in person.hints:
                hints.setdefault(hint, []).append(person.line)
        for hint, at in hints.items():
            numbers = "、".join(map(str, at[:8])) + (self.tr("等 {n} 行").format(n=len(at)) if len(at) > 8 else "")
            where = self.tr("第 {n} 行").format(n=numbers) if len(at) <= 8 else self.tr("第 {n}").format(n=numbers)
            lines.append(Line(f"{where}：{words.note(hint)}", "", "amber", "cell", (at[0] - 1, -1)))
        lines += [Line(words.note(n.key, **n.values), "", "none") for n in found.notes]
        if len(lines) > _FAULTS:
            lines = [*lines[:_FAULTS], Line(self.tr("另有 {n} 处。").format(n=len(lines) - _FAULTS))]
        return lines

    def _go(self, line: Line) -> None:
        if line.key == "cell" and isinstance(line.argument, tuple):
            self.table.go(*line.argument)
            self._mending = True

    # -- writing ----------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        if self.found is None or not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        station, case, rows = self._desk.station, self._case, self.found.rows
        sheet, change = self.model.sheet, self._change

        def act() -> Changes:
            made = roster.import_rows(station, case=case, rows=rows)
            columns.remember(station, sheet=sheet, change=change)
            return made

        self._desk.tasks.write(
            act,
            done=self._imported,
            failed=self._unreadable,
            owner=self,
        )

    def _imported(self, changes: Changes) -> None:
        self._desk.did(self.tr("名册已导入。"), changes)
        self.accept()
