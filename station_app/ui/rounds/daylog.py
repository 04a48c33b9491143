"""工作日志: a day on one page, computed; the remarks are typed below it, and the page is printed to be signed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.rounds import daylog
from station_app.services.rounds.daylog import Log
from station_app.ui import keys
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.form import Form
from station_app.ui.pages.today import day_words
from station_app.ui.rounds import specs
from station_app.ui.style.tokens import S2, S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, card, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView


class DayLogPage(Page):
    """One day; today at first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.day = desk.station.clock.today()
        self.name = label("", "muted")
        self.before = button(self.tr("前一天"), lambda: self.turn(-1), kind="quiet", picture="back")
        self.after = button(self.tr("后一天"), lambda: self.turn(1), kind="quiet", picture="chevron-right")
        self.sheet = button(
            self.tr("预览并打印"), self.open_sheet, kind="primary", picture="printer", hint=keys.shown("print")
        )
        self.sums = label("", wrap=True)
        self.duty = label("", "muted", wrap=True)
        self.deeds = LinesView(self.tr("当日办理的案件"))
        self.deeds.opened.connect(lambda line: desk.go("case", line.argument))
        self.none = label(self.tr("当日没有办理记录。"), "muted")
        self.rest = QVBoxLayout()
        self.rest.setSpacing(S2)
        rest = QWidget()
        rest.setLayout(self.rest)
        self.form = Form(specs.DAY_LOG, desk.station.clock.today)
        self.keep = button(self.tr("保存"), self._keep, picture="save", hint=keys.shown("save"))
        keep = QWidget()
        keep.setLayout(row(None, self.keep))
        canvas = Canvas(most=1100)
        canvas.column.addWidget(card(self.duty, self.sums, self.deeds, self.none, title=self.tr("办理情况")))
        canvas.column.addWidget(card(rest, title=self.tr("排查和次日安排")))
        self.remarks = card(self.form, keep, title=self.tr("值班情况和交接事项"))
        canvas.column.addWidget(self.remarks)
        canvas.column.addStretch(1)
        head = row(label(self.tr("工作日志"), "page"), self.name, None, self.before, self.after, self.sheet, spacing=S3)
        head.setContentsMargins(S5, S4, S5, S3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(canvas, 1)
        self.remarks.setVisible(self.station.can("duty"))
        keys.bind(self, "print", self.open_sheet)
        keys.bind(self, "save", self._keep)
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("工作日志")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, date):
            self.day = argument
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.concerns("day_log"):
            self._read(remarks=False)

    def first_field(self) -> QWidget:
        return self.sheet

    def turn(self, by: int) -> None:
        """The day before or after; never beyond today."""
        self.day = min(self.day + timedelta(days=by), self.station.clock.today())
        self.refresh()

    def refresh(self) -> None:
        """Read the day anew, with its remarks."""
        self._read(remarks=True)

    def _read(self, *, remarks: bool) -> None:
        station, day = self.station, self.day.isoformat()
        self.tasks.read(
            lambda: daylog.read(station, day),
            done=lambda log: self._show(log, remarks=remarks),
            failed=self.notices.error,
            key="daylog",
        )

    def _show(self, log: Log, *, remarks: bool) -> None:
        self.name.setText(day_words(self.day))
        self.after.setEnabled(self.day < self.station.clock.today())
        who = "；".join(log.duty) or self.tr("没有安排")
        self.duty.setText(self.tr("值班　{who}").format(who=who))
        self.sums.setText("　".join(f"{word} {count}" for word, count in log.sums))
        self.sums.setVisible(bool(log.sums))
        self.deeds.show_lines([Line(f"{d.at}　{d.title}", d.done, "none", "case", d.case) for d in log.deeds])
        self.deeds.setVisible(bool(log.deeds))
        self.none.setVisible(not log.deeds)
        clear(self.rest)
        said = [self.tr("排查　{what}").format(what=r) for r in log.rounds]
        said += [self.tr("次日　{what}").format(what=a) for a in log.ahead]
        for line in said or [self.tr("没有排查，次日没有安排。")]:
            self.rest.addWidget(label(line, "" if said else "muted", wrap=True))
        if remarks:
            self.form.set_values({"day_log.text": log.remarks or None, "day_log.handed_to": log.handed_to or None})

    def _keep(self) -> None:
        values, errors = self.form.check()
        if errors or not self.station.can("duty"):
            return
        station, day = self.station, self.day.isoformat()
        given = {name: str(value or "") for name, value in values["day_log"].items()}
        self.tasks.write(
            lambda: daylog.remark(station, day=day, words=given["text"], handed_to=given["handed_to"]),
            done=lambda changes: self.desk.did(self.tr("已保存。"), changes),
            failed=self.notices.error,
            owner=self,
        )

    def open_sheet(self) -> None:
        """The true page, to be printed or saved."""
        from station_app.ui.reports.sheet import SheetDialog

        station, day = self.station, self.day.isoformat()
        name = self.tr("工作日志 {day}").format(day=day)
        SheetDialog(self, self.desk, name=name, make=lambda no, _said: daylog.paper(station, day=day, no=no)).open()
