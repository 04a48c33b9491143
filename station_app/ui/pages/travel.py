"""数据上传: one sentence on top, then what was not taken, what differs, and 立即同步."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from station_app.services import cases
from station_app.services.changes import Changes
from station_app.services.travel import putting_back, sharing, syncing
from station_app.services.travel.conflicts import Conflict, Rival, TravelProblem
from station_app.services.travel.putting_back import WaitingItem
from station_app.services.travel.syncing import TravelStatus
from station_app.ui import keys, words
from station_app.ui.desk import Desk, Page
from station_app.ui.frame.status import travel_words
from station_app.ui.pages import carrying, number_questions
from station_app.ui.pages.number_questions import NumberQuestions, Questions
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, SHAPES
from station_app.ui.widgets.layout import Canvas, button, card, clear, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.travel.syncing import Outcome
    from station_app.ui.frame.travelling import Travelling

_Found: TypeAlias = (
    "tuple[TravelStatus, list[Conflict], list[TravelProblem], list[WaitingItem], sharing.Sharing, Questions]"
)


class TravelPage(Page):
    """What waits, what failed, what differs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        canvas = Canvas(most=1100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)
        self.now = button(self.tr("立即同步"), self._start, kind="primary", picture="refresh")
        self.stop = button(self.tr("停止"), self._stop, kind="quiet", picture="close")
        self.join = button(self.tr("接入区级平台"), lambda: desk.go("settings", "network"), picture="network")
        self.stick = carrying.buttons(self)
        canvas.column.addLayout(
            row(text(self.tr("数据上传"), "page"), None, *self.stick, self.stop, self.join, self.now, spacing=S3)
        )
        self.shared = text("", "muted", wrap=True)
        self.sentence = text("", wrap=True)
        self.detail = text("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("同步进度"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.moved = text("", "muted")
        self.moved.hide()
        canvas.column.addWidget(card(self.sentence, self.detail, self.bar, self.moved, self.shared))
        self._conflict_head = text(self.tr("两处修改不一致"), "title")
        canvas.column.addWidget(self._conflict_head)
        self._conflicts = QVBoxLayout()
        self._conflicts.setSpacing(S3)
        canvas.column.addLayout(self._conflicts)
        self.numbers = NumberQuestions(desk, self.refresh)
        canvas.column.addWidget(self.numbers)
        self._problem_head = text(self.tr("上传未成功"), "title")
        self.problems = LinesView(self.tr("上传未成功"))
        self.problems.marked = True
        self.problems.opened.connect(self._open_problem)
        self.again = button(self.tr("重新上传选中的一项"), self._put_back, picture="refresh")
        self._again = QWidget()
        self._again.setLayout(row(self.again, None))
        for widget in (self._problem_head, self.problems, self._again):
            canvas.column.addWidget(widget)
        self._waiting_head = text(self.tr("待上传"), "title")
        self.waiting = text("", "muted", wrap=True)
        self.items = LinesView(self.tr("待上传"))
        self.items.opened.connect(lambda line: desk.go("case", line.argument) if line.argument else None)
        canvas.column.addWidget(self._waiting_head)
        canvas.column.addWidget(self.waiting)
        canvas.column.addWidget(self.items)
        canvas.column.addStretch(1)
        self._travelling: Travelling | None = None
        keys.bind(self, "refresh", self.refresh)
        desk.settings_changed.connect(self.refresh)
        for widget in (
            self._conflict_head,
            self._problem_head,
            self.problems,
            self._waiting_head,
            self.stop,
            self._again,
            self.items,
        ):
            widget.hide()

    def title_text(self) -> str:
        return self.tr("数据上传")

    def opened(self, argument: object = None) -> None:
        if self._travelling is None:
            self._travelling = self.desk.travelling()
            self._travelling.progress.connect(self._progress)
            self._travelling.came.connect(self._came)
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        station = self.station

        def look() -> _Found:
            return (
                syncing.status(station),
                syncing.conflicts(station, limit=50),
                syncing.problems(station, limit=50),
                putting_back.waiting_items(station, limit=100),
                sharing.status(station),
                number_questions.look(station),
            )

        self.tasks.read(look, done=self._show, key="travel-page")

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, found: _Found) -> None:
        state, conflicts, problems, items, share, questions = found
        self.numbers.show_questions(questions)
        self.shared.setText(self._sharing(share))
        self.shared.setVisible(bool(share.folder))
        said, tone = travel_words(state)
        self.sentence.setText(f"{SHAPES[tone]} {said}")
        self.sentence.setAccessibleName(said)
        set_tone(self.sentence, tone)
        self.detail.setText(self._detail(state))
        self.join.setVisible(not state.enrolled)
        for widget in (self.now, *self.stick):
            widget.setVisible(state.enrolled)
        if self.hasFocus():
            (self.now if state.enrolled else self.join).setFocus()
        waits = bool(state.unsent_ops or state.waiting_files)
        for part in (self._waiting_head, self.waiting, self.items):
            part.setVisible(waits)
        self.waiting.setText(_waiting_words(state))
        self.items.show_lines([self._item(item) for item in items])
        self._problem_head.setVisible(bool(problems))
        self.problems.show_lines(
            [Line(p.sentence, words.stamp(p.at)[5:] if p.at else "", "red", "case", (p.case, p.op)) for p in problems]
        )
        self.problems.setVisible(bool(problems))
        self._again.setVisible(bool(problems))
        self.again.setEnabled(self.station.can("settle"))
        clear(self._conflicts)
        self._conflict_head.setVisible(bool(conflicts))
        for conflict in conflicts:
            self._conflicts.addWidget(self._conflict_card(conflict))

    def _item(self, item: WaitingItem) -> Line:
        """What waits of one case, how large it is, and since when."""
        what = self.tr("{n} 条记录").format(n=item.ops) if item.ops else ""
        pages = self.tr("{n} 份文书和附件").format(n=item.files) if item.files else ""
        name = item.title or self.tr("站点、人员等本站资料")
        parts = [p for p in (name, "、".join(p for p in (what, pages) if p), words.size(item.bytes)) if p]
        since = self.tr("自 {at}").format(at=words.stamp(item.since)[5:]) if item.since else ""
        return Line("  ".join(parts), since, "amber", "case", item.case)

    def _open_problem(self, line: Line) -> None:
        if isinstance(line.argument, tuple) and line.argument[0]:
            self.desk.go("case", line.argument[0])

    def _put_back(self) -> None:
        """The marked problem, else the first one."""
        lines = self.problems.lines.lines
        at = max(0, self.problems.currentIndex().row())
        named = lines[at].argument if at < len(lines) else None
        if not isinstance(named, tuple):
            return
        station, op = self.station, str(named[1])
        self.tasks.write(
            lambda: putting_back.put_back(station, op=op), done=lambda _c: self._was_put_back(), owner=self
        )

    def _was_put_back(self) -> None:
        self.notices.say(self.tr("已重新列入待上传。"), tone="green")
        self.refresh()
        self._start()

    def _detail(self, state: TravelStatus) -> str:
        if not state.enrolled:
            return self.tr("登记、调解、制作和打印文书不受影响，全部内容保存在本机。接入后自动上传。")
        at = words.stamp(state.last_contact) if state.last_contact else self.tr("还没有联系过")
        parts = [self.tr("最近一次联系 {at}。").format(at=at)]
        if state.error:
            parts.append(words.sentence(KnownError(state.error)))
        return " ".join(parts)

    def _sharing(self, share: sharing.Sharing) -> str:
        """How exchanging with the station's other PCs goes, and which files there were left alone."""
        at = words.stamp(share.last) if share.last else self.tr("还没有")
        parts = [
            self.tr("共享文件夹“{folder}”：本站其他电脑 {n} 台，最近一次交换 {at}。").format(
                folder=share.folder, n=share.colleagues, at=at
            )
        ]
        if share.error:
            parts.append(words.sentence(KnownError(share.error)))
        if share.ignored:
            names = "、".join(i.name for i in share.ignored[:3])
            parts.append(
                self.tr("有 {n} 个文件不是本站电脑写出的或者不完整，没有采用：{names}。").format(
                    n=len(share.ignored), names=names
                )
            )
        return " ".join(parts)

    def _conflict_card(self, conflict: Conflict) -> QWidget:
        """Both values side by side, who and when; one button takes one of them."""
        title = button(conflict.title, partial(self.desk.go, "case", conflict.case), kind="link")
        sentence = text(conflict.sentence, wrap=True)
        choices = QWidget()
        buttons = row(spacing=S2)
        for rival in conflict.rivals:
            owner = self.tr("采用本站内容") if rival.here else self.tr("采用对方内容")
            label = f"{owner}：{rival.shown or self.tr('（空）')}"
            buttons.addWidget(button(_short(label), partial(self._settle, conflict, rival), hint=label))
        buttons.addStretch(1)
        choices.setLayout(buttons)
        choices.setEnabled(self.station.can("settle"))
        return card(title, sentence, choices)

    def _settle(self, conflict: Conflict, rival: Rival) -> None:
        station = self.station
        said = self.tr("已选用“{value}”。").format(value=_short(rival.shown))
        self.tasks.write(
            lambda: cases.settle(station, case=conflict.case, rec=conflict.rec, values=dict(rival.values)),
            done=lambda changes: self.desk.did(said, changes),
            owner=self,
        )

    # -- a round --------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._travelling is not None:
            self._travelling.start()

    def _stop(self) -> None:
        if self._travelling is not None:
            self._travelling.stop()

    def _progress(self, step: tuple[int, int, int] | None) -> None:
        self.bar.setVisible(step is not None)
        self.stop.setVisible(step is not None)
        self.now.setEnabled(step is None)
        if step is not None:
            self.bar.setRange(0, step[1])
            self.bar.setValue(step[0])
            moved = self.tr("已传输 {size}").format(size=words.size(step[2])) if step[2] else ""
            self.moved.setText(moved)
        self.moved.setVisible(step is not None and bool(step[2]))

    def _came(self, outcome: Outcome) -> None:
        if self.isVisible():
            if outcome.error is not None:
                self.notices.error(outcome.error)
            else:
                self.notices.say(self.tr("同步完成。"), tone="green")
        self.refresh()

    def first_field(self) -> QWidget | None:
        return None  # which button it is shows once the state is read


def _waiting_words(state: TravelStatus) -> str:
    """How much waits, and that it is safe."""
    said = (
        QCoreApplication.translate("TravelPage", "{n} 件、{ops} 条记录，均已保存在本机，联网后自动上传。")
        if state.unsent_cases
        else QCoreApplication.translate("TravelPage", "{ops} 条本站资料的记录，均已保存在本机，联网后自动上传。")
    ).format(n=state.unsent_cases, ops=state.unsent_ops)
    if not state.waiting_files:
        return said
    more = QCoreApplication.translate("TravelPage", "文书和附件 {n} 份，共 {size}。")
    return said + more.format(n=state.waiting_files, size=words.size(state.waiting_bytes))


def _short(words_: str, most: int = 24) -> str:
    return words_ if len(words_) <= most else words_[: most - 1] + "…"
