"""系统设置, 关于, 程序更新: what runs, what is offered, 现在更新 or 下班后更新, going back. Work goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from station_app.services.updating import applying, fetching, standing
from station_app.services.updating.applying import Applied
from station_app.services.updating.fetching import Found
from station_app.services.updating.standing import Standing
from station_app.ui import words
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S4, SHAPES
from station_app.ui.widgets.layout import button, card, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.desk import Desk
    from station_app.ui.tasks import Call
    from station_app.ui.words import Tone

T = TypeVar("T")
UPDATE: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.update.when",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "更新时间"),
                    choices=(
                        ("asked", QT_TRANSLATE_NOOP("Forms", "由我决定")),
                        ("closing", QT_TRANSLATE_NOOP("Forms", "下班后更新（自动下载，关闭程序时更新）")),
                    ),
                    span=2,
                ),
                Item(
                    "set.update.folder",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "新版本的位置"),
                    hint=QT_TRANSLATE_NOOP("Forms", "空为区级平台；也可以是 U 盘或者共享文件夹"),
                    span=2,
                ),
            ),
        ),
    ),
)


class UpdateCard(QWidget):
    """One sentence on how it stands, the usual next act first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from station_app.ui.pages.settings import SettingsForm

        self._desk = desk
        self._call: Call | None = None
        self.state = text("", wrap=True)
        self.news = text("", "muted", wrap=True)
        self.warning = text("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("下载新版本的进度"))
        self.bar.setTextVisible(False)
        self.now = button(self.tr("现在更新"), self.update_now, kind="primary")
        self.look = button(self.tr("查看有没有新版本"), self.check)
        self.stop = button(self.tr("停止下载"), self.cancel)
        self.back = button(self.tr("退回上一版本"), self._go_back)
        acts = QWidget()
        acts.setLayout(row(self.now, self.look, self.stop, self.back, None))
        self.form = SettingsForm(UPDATE, desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S4)
        parts = (self.state, self.news, self.warning, self.bar, acts, self.form)
        outer.addWidget(card(*parts, title=self.tr("程序更新")))

    def refresh(self) -> None:
        """Look again at what lies here; nothing is asked of anybody."""
        self.form.load()
        self.show_standing(standing.standing(self._desk.station.store.directory))

    def show_standing(self, state: Standing) -> None:
        """Say how it stands."""
        said, tone = self._sentence(state)
        self.state.setText(f"{SHAPES[tone]} {said}")
        self.state.setAccessibleName(said)
        set_tone(self.state, tone)
        self.news.setText(self.tr("更新内容：{notes}").format(notes=state.notes))
        self.news.setVisible(bool(state.notes))
        warning = self._warning(state)
        self.warning.setText(f"{SHAPES['amber']} {warning}")
        self.warning.setVisible(bool(warning))
        set_tone(self.warning, "amber")
        busy = self._call is not None
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.now.setVisible(bool(state.offered) and state.next != state.offered)
        self.back.setVisible(bool(state.before) and state.updates)
        for one in (self.now, self.look, self.back):
            one.setEnabled(not busy)

    def _sentence(self, state: Standing) -> tuple[str, Tone]:
        if state.next:
            return self.tr("下次打开程序时使用 {version}，现在可以继续办理。").format(version=state.next), "green"
        if state.offered:
            return self.tr("正在使用 {own}，有新版本 {version}。").format(
                own=state.running, version=state.offered
            ), "none"
        if state.asked and not state.error and not state.recalled:
            said = self.tr("{own} 已是最新版本，最近一次查看 {at}。")
            return said.format(own=state.running, at=words.stamp(state.asked)), "green"
        return self.tr("正在使用 {own}。").format(own=state.running), "none"

    def _warning(self, state: Standing) -> str:
        """What somebody should know first."""
        if state.recalled:
            return self.tr("区级平台已撤回正在使用的版本，请退回上一版本，登记的内容都会保留。")
        if state.fell and not state.next:
            return words.sentence(KnownError("E-571", version=state.fell))
        if state.error:
            return words.sentence(KnownError(state.error))
        return "" if state.updates else words.sentence(KnownError("E-563"))

    # -- acts -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Ask where updates are looked for."""
        station = self._desk.station
        self._begin(lambda _call: fetching.check(station), self._found)

    def _found(self, found: Found) -> None:
        self._ended()
        if not found.version:
            self._desk.notices.say(self.tr("没有新版本。"), tone="green", ms=3000)

    def update_now(self) -> None:
        """Fetch what is offered and put it in force for the next start."""
        station, tasks = self._desk.station, self._desk.tasks

        def work(call: Call) -> Applied:
            def told(done: int, of: int) -> None:
                tasks.post(lambda: self._progress(done, of))

            fetching.fetch(station, progress=told, cancel=lambda: call.cancelled)
            return applying.apply(station)

        self._begin(work, self._applied)

    def _applied(self, done: Applied) -> None:
        self._ended()
        said = self.tr("已备份数据并更新到 {version}，下次打开程序时生效，现在可以继续办理。")
        self._desk.notices.say(said.format(version=done.version), tone="green")

    def cancel(self) -> None:
        """Leave off; what came is kept and gone on with next time."""
        if self._call is not None:
            self._call.cancel()
            self._ended()

    def _go_back(self) -> None:
        station = self._desk.station
        self._desk.tasks.write(
            lambda: applying.go_back(station.store.directory, station.clock.now_ms()),
            done=self._went_back, failed=self._desk.notices.error, owner=self,
        )  # fmt: skip

    def _went_back(self, version: str) -> None:
        self.refresh()
        said = self.tr("下次打开程序时使用 {version}，登记的内容没有改动。")
        self._desk.notices.say(said.format(version=version), tone="green")

    def _begin(self, work: Callable[[Call], T], done: Callable[[T], None]) -> None:
        self.bar.setRange(0, 0)
        self._call = self._desk.tasks.net(work, done=done, failed=self._failed, owner=self)
        self.refresh()

    def _progress(self, done: int, of: int) -> None:
        if of and self._call is not None:
            self.bar.setRange(0, 100)
            self.bar.setValue(100 * done // of)

    def _failed(self, error: KnownError) -> None:
        self._ended()
        self._desk.notices.error(error)

    def _ended(self) -> None:
        self._call = None
        self.refresh()
