"""日程: the diary of all cases by day or week, who is on duty, and what clashes; Enter opens the case."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station_app.domain.case import text
from station_app.services import people
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.rounds import diary, duty
from station_app.services.rounds.diary import Entry
from station_app.services.rounds.duty import Duty
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk, Page
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.pages.today import day_words
from station_app.ui.rounds import specs
from station_app.ui.rounds.sheets import open_duty
from station_app.ui.style.tokens import S2, S3, S4, S5
from station_app.ui.widgets.layout import Canvas, button, card, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.canonical import Json

_KINDS: Final = {
    "session": QT_TRANSLATE_NOOP("CalendarPage", "调解"),
    "booking": QT_TRANSLATE_NOOP("CalendarPage", "预约"),
    "hearing": QT_TRANSLATE_NOOP("CalendarPage", "法院询问"),
    "contact": QT_TRANSLATE_NOOP("CalendarPage", "联系"),
    "visit": QT_TRANSLATE_NOOP("CalendarPage", "回访"),
    "relief": QT_TRANSLATE_NOOP("CalendarPage", "帮扶后续"),
    "psych": QT_TRANSLATE_NOOP("CalendarPage", "心理服务"),
}
_CLASHES: Final = {
    "place": QT_TRANSLATE_NOOP("CalendarPage", "地点冲突"),
    "person": QT_TRANSLATE_NOOP("CalendarPage", "人员冲突"),
}


class CalendarPage(Page):
    """One card a day; a week by default."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.first = self._monday(desk.station.clock.today())
        self.days = 7
        self.cards: dict[str, LinesView] = {}
        self.span = label("", "muted")
        self.before = button("", lambda: self.turn(-1), kind="quiet", picture="back")
        self.now = button(self.tr("今天"), self.today, kind="quiet")
        self.after = button("", lambda: self.turn(1), kind="quiet", picture="chevron-right")
        self.other = button("", lambda: self.show_days(1 if self.days > 1 else 7))
        self.set_duty = button(self.tr("安排值班"), self.open_duty, picture="people")
        self.log = button(self.tr("工作日志"), lambda: desk.go("daylog"), picture="drafts")
        self.sheet = button(self.tr("打印值班表"), self.open_sheet, picture="printer", hint=keys.shown("print"))
        self.canvas = Canvas(most=1100)
        head = QVBoxLayout()
        head.setContentsMargins(S5, S4, S5, S3)
        head.setSpacing(S3)
        head.addLayout(
            row(label(self.tr("日程"), "page"), self.span, None, self.set_duty, self.sheet, self.log, spacing=S3)
        )
        head.addLayout(row(self.before, self.now, self.after, None, self.other, spacing=S2))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.canvas, 1)
        self.set_duty.setVisible(self.station.can("duty"))
        self._name()
        keys.bind(self, "refresh", self.refresh)
        keys.bind(self, "print", self.open_sheet)

    # -- page -----------------------------------------------------------------------------------------------------

    def title_text(self) -> str:
        return self.tr("日程")

    def opened(self, argument: object = None) -> None:
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def first_field(self) -> QWidget:
        return self.now

    @staticmethod
    def _monday(day: date) -> date:
        return day - timedelta(days=day.weekday())

    def _name(self) -> None:
        week = self.days > 1
        for made, said in (
            (self.before, self.tr("上一周") if week else self.tr("前一天")),
            (self.after, self.tr("下一周") if week else self.tr("后一天")),
            (self.other, self.tr("按日查看") if week else self.tr("按周查看")),
        ):
            made.setText(said)
            made.setAccessibleName(said)

    def show_days(self, days: int) -> None:
        """A day or a week, around what is shown."""
        today = self.station.clock.today()
        inside = self.first <= today < self.first + timedelta(days=self.days)
        self.days = days
        self.first = today if inside else self.first
        if days > 1:
            self.first = self._monday(self.first)
        self._name()
        self.refresh()

    def turn(self, by: int) -> None:
        """So many days or weeks on or back."""
        self.first += timedelta(days=by * self.days)
        self.refresh()

    def today(self) -> None:
        """The day or week of today."""
        day = self.station.clock.today()
        self.first = day if self.days == 1 else self._monday(day)
        self.refresh()

    def refresh(self) -> None:
        """Read what is shown anew."""
        station, first = self.station, self.first.isoformat()
        last = (self.first + timedelta(days=self.days - 1)).isoformat()

        def look() -> tuple[list[Entry], list[Duty]]:
            return diary.entries(station, first, last), duty.listed(station, first, last)

        self.tasks.read(look, done=lambda found: self._show(*found), failed=self.notices.error, key="calendar")

    def _show(self, found: list[Entry], duties: list[Duty]) -> None:
        last = self.first + timedelta(days=self.days - 1)
        self.span.setText(self.first.isoformat() if self.days == 1 else f"{self.first} — {last}")
        clear(self.canvas.column)
        self.cards = {}
        for n in range(self.days):
            day = self.first + timedelta(days=n)
            key = day.isoformat()
            mine = [e for e in found if e.day == key]
            self.canvas.column.addWidget(self._card(day, mine, [d for d in duties if d.day == key]))
        self.canvas.column.addStretch(1)
        today = self.cards.get(self.station.clock.today().isoformat())
        if today is not None:  # later: the cards still have to find their room
            QTimer.singleShot(0, today, lambda: self.canvas.ensureWidgetVisible(today))

    def _card(self, day: date, entries: list[Entry], duties: list[Duty]) -> QFrame:
        key = day.isoformat()
        title = day_words(day)
        if day == self.station.clock.today():
            title += self.tr("　今天")
        frame = card(title=title)
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        for on in duties:
            said = "　".join(p for p in (on.name, on.shift, on.phone, "" if on.own else on.station) if p)
            parts: list[QWidget | None] = [label(self.tr("值班　{who}").format(who=said), "muted")]
            if on.own and self.station.can("duty"):
                gone = button("", partial(self._off, on.rec), kind="quiet", picture="close")
                gone.setAccessibleName(self.tr("取消{name}的值班").format(name=on.name))
                parts += [gone]
            column.addLayout(row(*parts, None))
        view = LinesView(title)
        view.opened.connect(lambda line: self.desk.go("case", line.argument))
        view.show_lines([self._line(e) for e in entries])
        view.setVisible(bool(entries))
        column.addWidget(view)
        if not entries:
            column.addWidget(label(self.tr("没有安排。"), "muted"))
        self.cards[key] = view
        return frame

    def _line(self, entry: Entry) -> Line:
        end = f"—{entry.until[11:16]}" if entry.until[:10] == entry.day else ""
        kind = entry.what or self.tr(_KINDS[entry.kind])
        if entry.kind == "booking" and words.lang() == "en_US":
            kind = self.tr(_KINDS[entry.kind])
        head = f"{entry.time}{end}　{kind}" if entry.time else kind
        note = "　".join(p for p in (entry.place, entry.who if entry.who != entry.title else "") if p)
        if entry.clash:
            note = f"{note}　{self.tr(_CLASHES[entry.clash])}".strip()
        waits = not entry.done and entry.day < self.station.clock.today().isoformat()
        tone: words.Tone = "red" if entry.clash else "amber" if waits and entry.kind in diary.DUE_KINDS else "none"
        return Line(f"{head}　{entry.title}", note, tone, "case", entry.case)

    # -- duty -----------------------------------------------------------------------------------------------------

    def open_duty(self) -> None:
        """安排值班: who, from when to when."""
        station = self.station
        known = tuple((p.id, text(p, "name")) for p in people.people(station) if not p.get("left"))

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given: Values = {n: v for n, v in values["duty"].items() if v not in (None, "")}
            day, person = str(given.pop("day")), str(given.pop("person", "") or "")
            until = str(values["span"].get("until") or "")
            return duty.put(station, day=day, person=person, values=given, until=until)

        first = max(self.first, station.clock.today()).isoformat()
        FormDialog(
            self,
            self.desk,
            title=self.tr("安排值班"),
            spec=specs.duty(known),
            values={"duty.day": first, "duty.shift": duty.SHIFTS[0]},
            save=save,
            intro=self.tr("值班表本社区各站可以查看。不在本站人员名单中的，填写姓名。"),
        ).open()

    def open_sheet(self) -> None:
        """值班表 of the days shown."""
        open_duty(self, self.first, self.days)

    def _off(self, rec: str) -> None:
        station = self.station
        self.tasks.write(
            lambda: duty.remove(station, rec=rec),
            done=lambda changes: self.desk.did(self.tr("已取消值班安排。"), changes),
            failed=self.notices.error,
            owner=self,
        )
