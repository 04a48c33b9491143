"""系统设置, 网络与平台: joining the district platform by a code, proxy, own certificates, how often to upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station_app.services.local import settings
from station_app.services.travel import enrolment, lines
from station_app.services.travel.enrolment import EnrolmentStatus
from station_app.services.travel.invitation import Invitation
from station_app.ui import words
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.pages.invited import InvitationButtons
from station_app.ui.pages.settings_check import NetCheck
from station_app.ui.style.tokens import S4
from station_app.ui.widgets.layout import button, card, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.changes import Changes
    from station_app.ui.desk import Desk

JOIN: Final = FormSpec(
    "join",
    (
        Section(
            "",
            (
                Item(
                    "join.url",
                    required=True,
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "平台地址"),
                    hint=QT_TRANSLATE_NOOP("Forms", "https://"),
                ),
                Item(
                    "join.code",
                    required=True,
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "接入码"),
                    hint=QT_TRANSLATE_NOOP("Forms", "由平台管理员提供，一次有效"),
                ),
            ),
        ),
    ),
)
LINE: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.net.proxy",
                    type="text",
                    label=QT_TRANSLATE_NOOP(
                        "Forms", "代理（system 跟随系统，none 不用，pac 自动配置，或者 http://主机:端口）"
                    ),
                    span=2,
                ),
                Item(
                    "set.net.pac",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "自动代理配置（PAC）的地址或者文件"),
                    hint=QT_TRANSLATE_NOOP("Forms", "代理为 pac 时填写"),
                    span=2,
                ),
                Item("set.net.minutes", type="int", label=QT_TRANSLATE_NOOP("Forms", "自动上传间隔（分钟）")),
                Item("set.net.limit", type="int", label=QT_TRANSLATE_NOOP("Forms", "限速（KB/秒，0 为不限）")),
                Item(
                    "set.net.ca_file",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "单位自建证书文件"),
                    hint=QT_TRANSLATE_NOOP("Forms", "没有的留空"),
                    span=2,
                ),
            ),
        ),
    ),
)
LOGIN: Final = FormSpec(
    "proxy",
    (
        Section(
            "",
            (
                Item("proxy.user", type="text", label=QT_TRANSLATE_NOOP("Forms", "代理用户名")),
                Item("proxy.password", type="password", label=QT_TRANSLATE_NOOP("Forms", "代理密码")),
            ),
        ),
    ),
)


class LineTab(QWidget):
    """Joined or not, and the settings of the line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from station_app.ui.pages.settings import SettingsForm

        self._desk = desk
        self.state = text("", wrap=True)
        self.form = Form(JOIN, desk.station.clock.today)
        self.join = button(self.tr("接入"), self._join, kind="primary")
        self._joining = QWidget()
        column = QVBoxLayout(self._joining)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(self.form)
        self.invited = InvitationButtons(desk.tasks)
        self.invited.found.connect(self._fill)
        self.invited.refused.connect(desk.notices.error)
        column.addLayout(row(self.invited, None, self.join))
        self.settings = SettingsForm(LINE, desk)
        self.login = Form(LOGIN, desk.station.clock.today)
        self.kept = text("", "muted", wrap=True)
        self.keep = button(self.tr("保存代理登录"), self._keep)
        self.choose = button(self.tr("选择证书文件"), self._choose)
        self.check = NetCheck(desk)
        self.check.button.clicked.disconnect()
        self.check.button.clicked.connect(self._check)
        lower = QWidget()
        lower.setLayout(row(self.choose, None, self.keep))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S4)
        self.door = button(self.tr("打印站点门牌"), self._door, picture="printer")
        self._after = QWidget()
        self._after.setLayout(row(self.door, None))
        outer.addWidget(card(self.state, self._joining, self._after, title=self.tr("区级平台")))
        outer.addWidget(card(self.check, title=self.tr("网络体检")))
        outer.addWidget(card(self.settings, self.login, self.kept, lower, title=self.tr("网络")))

    def refresh(self) -> None:
        """Show how things stand."""
        self.settings.load()
        station = self._desk.station
        self.login.set_values({"proxy.user": settings.get(station, "net.proxy_user"), "proxy.password": None})
        kept = lines.has_password(station)
        self.kept.setText(self.tr("代理密码已加密保存在本机，不再显示。") if kept else "")
        self.kept.setVisible(kept)
        self._desk.tasks.read(lambda: enrolment.status(station), done=self._show, owner=self, key="enrolment")

    def _show(self, state: EnrolmentStatus) -> None:
        self._joining.setVisible(not state.enrolled)
        self._after.setVisible(state.enrolled)
        if not state.enrolled:
            self.state.setText(self.tr("本站还没有接入区级平台，全部工作照常进行。取得接入码后在此填写。"))
            return
        said = self.tr("已接入 {url}，编号字头 {series}，证书有效期至 {until}。")
        until = words.stamp(state.until)[:10] if state.until else ""
        self.state.setText(said.format(url=state.url, series=state.series, until=until))

    def _door(self) -> None:
        """The sheet for the station's door, as its true page."""
        from station_app.services.rounds import door
        from station_app.ui.reports.sheet import SheetDialog

        station = self._desk.station
        name = self.tr("站点门牌")
        SheetDialog(self, self._desk, name=name, make=lambda _no, _said: door.paper(station), final=True).open()

    def _check(self) -> None:
        """Joined: the platform joined to; else the address typed above."""
        typed = self.form.boxes["join.url"].control.value() if self._joining.isVisible() else ""
        try:
            self.check.start(enrolment.address(str(typed)) if typed else "")
        except KnownError as error:
            self._desk.notices.error(error)

    def _fill(self, found: Invitation) -> None:
        """Address and code are shown; a person presses 接入."""
        self.form.set_values({"join.url": found.url, "join.code": found.code})
        self.join.setFocus()

    def _choose(self) -> None:
        kinds = self.tr("证书文件 (*.pem *.crt *.cer);;全部文件 (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选择证书文件"), "", kinds)
        if name:
            self.take_authority(name)

    def take_authority(self, name: str) -> None:
        """Use a file of certificates for the platform; one that cannot be read is refused at once."""
        station = self._desk.station
        self._desk.tasks.write(
            lambda: lines.set_authority(station, file=name), done=lambda _n: self.refresh(), owner=self
        )

    def _keep(self) -> None:
        values, errors = self.login.check()
        if errors:
            return
        station, given = self._desk.station, values["proxy"]
        user, word = str(given["user"] or ""), str(given["password"] or "")
        self._desk.tasks.write(
            lambda: lines.set_proxy_login(station, user=user, password=word),
            done=lambda _n: self._was_kept(),
            owner=self,
        )

    def _was_kept(self) -> None:
        self._desk.notices.say(self.tr("代理登录已保存。"), tone="green")
        self.refresh()

    def _join(self) -> None:
        values, errors = self.form.check()
        if errors:
            return
        station, given = self._desk.station, values["join"]
        url, code = str(given["url"]), str(given["code"])
        self.join.setEnabled(False)
        self._desk.tasks.net(
            lambda _call: enrolment.enrol(station, url=url, code=code),
            done=self._joined,
            failed=self._failed,
            owner=self,
        )

    def _joined(self, _changes: Changes) -> None:
        self.join.setEnabled(True)
        self._desk.notices.say(self.tr("已接入区级平台，待上传内容将自动上传。"), tone="green")
        self.refresh()
        self._desk.travelling().start()

    def _failed(self, error: KnownError) -> None:
        self.join.setEnabled(True)
        self._desk.notices.error(error)
