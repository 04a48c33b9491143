"""打印: choose, print with progress, turn the stack by hand where asked for, stop, and go on from where it broke."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from station_app.services import printing
from station_app.services.changes import Changes
from station_app.services.printing import Gathered, Item, Job, Order, Pace, Port, Progress, Stage
from station_app.ui import words
from station_app.ui.desk import Desk
from station_app.ui.papers import issuing
from station_app.ui.papers import printing as printers
from station_app.ui.papers.issuing import Wish
from station_app.ui.papers.printing_form import PrintForm
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4
from station_app.ui.tasks import Call
from station_app.ui.widgets.layout import button, row, text
from sync.contract.errors import KnownError

_NOTHING: Final = Gathered((), (), 0, Changes(frozenset(), (), ()))


class PrintDialog(QDialog):
    """All required papers of `cases` (or `templates` of them), or the one `item`; closing it stops the job first."""

    known = Signal()  # all printers of this PC are listed

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        *,
        cases: Sequence[str] = (),
        item: Item | None = None,
        templates: Sequence[str] = (),
        pace: Pace | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.cases, self.templates = desk, tuple(cases), tuple(templates)
        self.job: Job | None = None
        self.order: Order | None = None
        self.open_port: Callable[[str], Port] = lambda name: printers.port(name, self._queues)
        self._pace = pace
        self._queues: tuple[str, ...] = ()
        self._stages: list[Stage] = []
        self.wish: Wish | None = None
        self._free_to_lock = desk.free_to_lock
        self.setWindowTitle(self.tr("打印"))
        self.form = PrintForm()
        self.state = text("", wrap=True)
        self.state.setAccessibleName(self.tr("打印进度"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("打印进度"))
        self.go = button(self.tr("打印"), self.start, kind="primary", picture="printer")
        self.go.setDefault(True)
        self.close_ = button(self.tr("关闭"), self.reject)
        self._lay_out(parent)
        self.form.chosen.connect(self._ready)
        self.finished.connect(self.deleteLater)
        desk.tasks.crashed.connect(self._crashed)
        self._fill(item)

    def _lay_out(self, parent: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.form, 1)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addLayout(row(None, self.close_, self.go))
        self.bar.hide()
        self.state.hide()
        room = parent.window().size()
        self.resize(min(760, room.width() - 48), min(600, room.height() - 48))
        self.setWindowModality(Qt.WindowModality.WindowModal)

    # -- filled in ------------------------------------------------------------------------------------------------

    def _fill(self, item: Item | None) -> None:
        station = self.desk.station
        self._last, duplex, backs = printing.remembered(station)
        self.form.show_last(duplex, backs)
        self.form.show_printers(printers.names(), self._last or printers.usual())
        self.desk.tasks.read(printing.queues, done=self._queues_known, owner=self)
        self.form.show_gathered(replace(_NOTHING, items=(item,)) if item else _NOTHING)
        if item is not None:
            return
        issuing.look(self)

    def gathered(self, found: Gathered) -> None:
        """What can be printed, and what is left out."""
        self.state.hide()
        self.form.show_gathered(found)

    def _queues_known(self, queues: tuple[str, ...]) -> None:
        """The queues of CUPS, which take the PDF itself."""
        self._queues = queues
        chosen = str(self.form.printer.currentData() or "")
        self.form.show_printers(printers.names(queues), chosen or self._last or printers.usual())
        self.known.emit()

    def _ready(self) -> None:
        something = bool(self.form.model.ticked) or self.form.issues_first or self.job is not None
        self.go.setEnabled(bool(self.form.name) and something and self.wish is None)

    # -- at work --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Issue what is to be issued, print, turn to the backs, or go on, as the button says."""
        if self._stages:
            self._run(self._stages.pop(0))
        elif self.job is not None and self.order is not None:
            order = replace(self.order, printer=self.form.name)
            self._begin(order, self.job.next)
        elif self.form.issues_first:
            issuing.start(self)
        else:
            self._print()

    def issued(self, found: Gathered) -> None:
        """What was to be issued is: print it; after a stop, say what is left."""
        self._idle()
        self.form.hold(False)
        self.form.show_gathered(found)
        if not found.stopped:
            self._print()
            return
        left = sum(left.why == "ready" for left in found.left)
        self.say(KnownError("E-363", done=found.issued, left=left))

    def not_issued(self, error: KnownError) -> None:
        """Why nothing could be issued; all choices are open again."""
        self._idle()
        self._again()
        self.say(error)

    def _print(self) -> None:
        try:
            self._begin(self.form.order(), 1)
        except KnownError as error:
            self.say(error)

    def _begin(self, order: Order, start: int) -> None:
        station, backs = self.desk.station, order.back_order
        try:
            port = self.open_port(order.printer)
            self.job = Job(station, order, port=port, start=start, pace=self._pace)
        except KnownError as error:
            self.say(error)
            return
        self.order = order
        self._stages = list(self.job.stages)
        self.desk.tasks.write(
            lambda: printing.remember(station, printer=order.printer, duplex=order.duplex, backs=backs),
            done=lambda _none: self.desk.settings_changed.emit(),
            owner=self.desk,
        )
        self._next()

    def _next(self) -> None:
        """The next stage; before the backs a person turns the stack."""
        self.wish = None
        if not self._stages:
            self._done()
        elif self._stages[0].side != "back":
            self._run(self._stages.pop(0))
        else:
            self.show_state(words.note("print.turn", sheets=self._stages[0].sheets), "amber")
            self.bar.hide()
            self._offer(self.tr("继续打印背面"))

    def _run(self, stage: Stage) -> None:
        job, tasks = self.job, self.desk.tasks
        assert job is not None
        wish = self.at_work(self.tr("停止打印"))
        self.bar.setRange(0, job.total)
        me = weakref.ref(self)

        def tell(progress: Progress) -> None:
            tasks.post(lambda: issuing.heard(me(), progress))

        def act(call: Call) -> None:
            job.run(stage, tell=tell, stop=lambda: wish.stop or call.cancelled)

        tasks.printer(act, done=lambda _none: self._next(), failed=self._broken, owner=self)

    def at_work(self, stop: str) -> Wish:
        """All choices are held; the button that closed the window now stops the work."""
        wish = self.wish = Wish()
        self.form.hold(True)
        self.form.printer.setEnabled(False)
        self.go.setEnabled(False)
        self.close_.setText(stop)
        self.bar.show()
        self._lock(free=False)
        return wish

    # -- the end --------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close; while it works, stop first: what is issued or printed stays, and from where to go on is said."""
        if self.wish is None:
            self._lock(free=True)
            super().reject()
        elif not self.wish.stop:
            self.wish.stop = True
            self.close_.setEnabled(False)
            self.state.setText(f"{self.state.text()}　{self.tr('正在停止，请稍候。')}")

    def _done(self) -> None:
        assert self.job is not None
        assert self.order is not None
        self._lock(free=True)
        done = self.tr("已由“{name}”打印 {n} 份。").format(name=self.order.printer, n=self.job.total)
        self.desk.notices.say(done, tone="green")
        self.accept()

    def _broken(self, error: KnownError) -> None:
        """E-302, E-303: nothing is lost; the button goes on with the 份 that is next."""
        assert self.job is not None
        self._idle()
        self.say(error)
        if error.code == "E-303":
            self._offer(self.tr("从第 {n} 份继续").format(n=self.job.next))
        else:
            self._again()

    def _again(self) -> None:
        """Nothing came out: all choices are open again."""
        self.job = self.order = None
        self.form.hold(False)
        self.go.setText(self.tr("打印"))
        self._ready()

    def _crashed(self, _trace: object) -> None:
        """A fault of ours: the desk reports it; this window can be closed or go on."""
        if self.wish is not None:
            self._idle()
            self._again()

    def _idle(self) -> None:
        self.wish, self._stages = None, []
        self.bar.hide()
        self.form.printer.setEnabled(True)
        self._lock(free=True)
        self._ready()
        self.close_.setText(self.tr("关闭"))
        self.close_.setEnabled(True)

    def _offer(self, words_: str) -> None:
        self.go.setText(words_)
        self.close_.setText(self.tr("关闭"))
        self.close_.setEnabled(True)
        self._ready()
        self.go.setFocus()

    def say(self, error: KnownError) -> None:
        """An error in its own words, under the choices."""
        self.show_state(f"▲ {words.sentence(error)}", "red")
        self._ready()

    def show_state(self, words_: str, tone: str) -> None:
        """A line under the choices."""
        self.state.setText(words_)
        set_tone(self.state, tone)
        self.state.show()

    def _lock(self, *, free: bool) -> None:
        """A desk that prints does not lock itself: nobody types meanwhile."""
        self.desk.free_to_lock = self._free_to_lock if free else lambda: False
