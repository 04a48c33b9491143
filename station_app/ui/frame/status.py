"""The status line tells the truth: what waits to be uploaded, the clock, when the draft was kept, the printer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from station_app.domain.sentences import skew_words
from station_app.services.changes import Changes
from station_app.services.local import backing, disk, settings
from station_app.services.numbering import questions
from station_app.services.travel import syncing
from station_app.services.travel.syncing import TravelStatus
from station_app.ui import words
from station_app.ui.desk import Desk
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S4, SHAPES, TICK_MS
from station_app.ui.words import Tone

_MINUTE_MS = 60_000
_NO_LINE = frozenset(
    {"E-101", "E-102", "E-104", "E-105", "E-106", "E-118", "E-119", "E-120", "E-121", "E-122", "E-123"}
)


def travel_words(state: TravelStatus, *, sending: tuple[int, ...] | None = None) -> tuple[str, Tone]:
    """The sentence on uploading with its tone; `sending` is (done, of) while a round is under way."""

    if sending is not None and sending[1]:
        text = QCoreApplication.translate("Status", "正在上传 {done}/{total}")
        return text.format(done=sending[0], total=sending[1]), "amber"
    if state.problems:
        return QCoreApplication.translate("Status", "{n} 件上传未成功，查看原因").format(n=state.problems), "red"
    waiting = QCoreApplication.translate("Status", "待上传 {n} 件").format(n=state.unsent_cases)
    if not state.enrolled or state.error in _NO_LINE:
        line = (
            QCoreApplication.translate("Status", "未联网，可照常办理")
            if state.enrolled
            else QCoreApplication.translate("Status", "未接入区级平台，可照常办理")
        )
        return (f"{line}  {waiting}" if state.unsent_cases else line), "none"
    if state.unsent_cases:
        return waiting, "amber"
    at = words.stamp(state.last_contact)[11:] if state.last_contact else ""
    return QCoreApplication.translate("Status", "已全部上传 {at}").format(at=at).strip(), "green"


def clock_words(ms: int) -> str:
    """本机时间慢 3 天 2 小时, to the minute; a clock that is that wrong is for IT to set."""
    whole = max(1, abs(ms) // _MINUTE_MS) * _MINUTE_MS
    skew = skew_words(whole if ms > 0 else -whole, chinese=words.lang() != "en_US")
    return QCoreApplication.translate("Status", "本机时间{skew}，请联系运维人员校准").format(skew=skew)


class StatusLine(QWidget):
    """One line under the page; each part that says something leads to its page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.sending: tuple[int, ...] | None = None
        self._travel = QPushButton("")
        self._travel.setProperty("kind", "link")
        self._travel.clicked.connect(lambda: desk.go("travel"))
        self._backup = QPushButton("")
        self._backup.setProperty("kind", "link")
        self._backup.hide()
        self._backup.clicked.connect(lambda: desk.go("settings", "backup"))
        self._clock, self._disk, self._draft, self._printer = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self._draft, self._printer):
            label.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(S4, 2, S4, 2)
        row.setSpacing(S4)
        row.addWidget(self._travel)
        row.addWidget(self._clock)
        row.addWidget(self._disk)
        row.addWidget(self._backup)
        row.addStretch(1)
        row.addWidget(self._draft)
        row.addWidget(self._printer)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        desk.tasks.changed.connect(self._changed)
        desk.draft_saved.connect(self._kept)
        self.state: TravelStatus | None = None
        self._asked = 0
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        station = self._desk.station
        self._desk.tasks.read(
            lambda: (syncing.status(station), questions.count(station)), done=self._show_all, key="status"
        )
        self._show_room(disk.is_low(station), disk.least(station))
        self._desk.tasks.read(lambda: backing.is_old(station), done=self._show_backup, owner=self, key="status-backup")
        name = settings.get(station, "printer.name")
        self._printer.setText(self.tr("打印机 {name}").format(name=name or self.tr("系统默认")))

    def _show_room(self, free: int, least: int) -> None:
        """Said before it hurts: pictures are refused below `least` bytes, text never; -1 where there is room."""
        self._disk.setVisible(free >= 0)
        tone: Tone = "red" if free < least else "amber"
        self._disk.setText(f"{SHAPES[tone]} " + self.tr("磁盘剩余 {mb} MB，请联系运维人员清理").format(mb=free >> 20))
        set_tone(self._disk, tone)

    def _show_backup(self, days: int) -> None:
        """Said only when the last backup is too long ago; it leads to where one is made."""
        self._backup.setVisible(bool(days))
        said = self.tr("已 {n} 天没有备份").format(n=days)
        self._backup.setText(f"{SHAPES['amber']} {said}")
        self._backup.setAccessibleName(said)
        set_tone(self._backup, "amber")

    def _changed(self, _changes: Changes) -> None:
        self.refresh()

    def _kept(self, ms: int) -> None:
        self._draft.setText(self.tr("草稿已保存 {at}").format(at=words.clock(ms)))

    def show_sending(self, sending: tuple[int, ...] | None) -> None:
        """Progress of the round under way, None when it is over."""
        self.sending = sending
        if self.state is not None:
            self._show(self.state)

    def _show_all(self, found: tuple[TravelStatus, int]) -> None:
        """The figure in the menu counts what the page 数据上传 asks of a person too."""
        state, self._asked = found
        self._show(state)

    def _show(self, state: TravelStatus) -> None:
        self.state = state
        text, tone = travel_words(state, sending=self.sending)
        self._travel.setText(f"{SHAPES[tone]} {text}")
        self._travel.setAccessibleName(text)
        set_tone(self._travel, tone)
        self._desk.counted.emit("travel", state.unsent_cases + state.problems + state.conflicts + self._asked)
        self._clock.setVisible(state.clock_differs)
        if state.clock_differs:
            self._clock.setText(f"{SHAPES['amber']} {clock_words(state.clock_ms)}")
            set_tone(self._clock, "amber")
