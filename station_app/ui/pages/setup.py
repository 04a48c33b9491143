"""First run, for IT: by a one-time code, or by hand; who works here, the first password; then the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from station_app.clock import SystemClock
from station_app.ui import words
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.pages.invited import InvitationButtons
from station_app.ui.pages.setup_sheet import SheetPage
from station_app.ui.widgets.layout import Canvas, button, card, row, text
from sync.contract.errors import KnownError
from sync.contract.permissions import SERVER

if TYPE_CHECKING:
    from station_app.services.people import Created, NewPerson
    from station_app.services.travel.invitation import Invitation
    from station_app.services.travel.joining import Joined, Newcomer
    from station_app.ui.notices import NoticeBar
    from station_app.ui.tasks import Tasks
    from sync.contract.canonical import Json

CODE: Final = FormSpec(
    "setup",
    (
        Section(
            "",
            (
                Item("setup.url", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "平台地址"),
                     hint="https://"),
                Item("setup.code", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "接入码"),
                     hint=QT_TRANSLATE_NOOP("Forms", "由区级平台发放，只能使用一次")),
            ),
        ),
    ),
)  # fmt: skip
PLACE: Final = FormSpec(
    "setup",
    (
        Section(
            QT_TRANSLATE_NOOP("Forms", "站点"),
            (
                Item("setup.station", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "站点名称"),
                     hint=QT_TRANSLATE_NOOP("Forms", "某社区某工地群众诉求服务站")),
                Item("setup.station_code", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "站点代码"),
                     hint="GM-FH-DK-01"),
                Item("setup.street", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "街道")),
                Item("setup.community", required=True, type="text",
                     label=QT_TRANSLATE_NOOP("Forms", "社区代码")),
            ),
        ),
        Section(
            QT_TRANSLATE_NOOP("Forms", "人民调解委员会"),
            (
                Item("setup.committee", required=True, type="text", span=2,
                     label=QT_TRANSLATE_NOOP("Forms", "名称（与印章一致）")),
                Item("setup.short", required=True, type="text", label=QT_TRANSLATE_NOOP("Forms", "编号用简称"),
                     hint=QT_TRANSLATE_NOOP("Forms", "如：光凤东坑")),
                Item("setup.series", type="text", label=QT_TRANSLATE_NOOP("Forms", "编号字头"),
                     hint=QT_TRANSLATE_NOOP("Forms", "由平台分配的一至两个字母；没有的留空")),
                Item("setup.court", required=True, type="text",
                     label=QT_TRANSLATE_NOOP("Forms", "所在地基层人民法院")),
                Item("committee.phone"),
                Item("committee.address", span=2),
            ),
        ),
    ),
)  # fmt: skip
PERSON: Final = FormSpec(
    "setup",
    (
        Section(
            QT_TRANSLATE_NOOP("Forms", "第一位用户"),
            (
                Item("person.name", required=True),
                Item("person.appointment"),
                Item("person.roles", required=True, span=2),
                Item("setup.password", required=True, type="password",
                     label=QT_TRANSLATE_NOOP("Forms", "密码（至少 8 位）")),
                Item("setup.again", required=True, type="password", label=QT_TRANSLATE_NOOP("Forms", "再输入一次")),
            ),
        ),
    ),
)  # fmt: skip
"""With a code only `CODE` and this are asked: station, committee and number codes come with the answer."""


class SetupPage(QWidget):
    """*Signals:* `entered` (Station) when the station stands and the sheet was put away; `restore_wanted`."""

    entered = Signal(object)
    restore_wanted = Signal()

    def __init__(self, directory: Path, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__()
        self._directory, self._tasks, self._notices = directory, tasks, notices
        self._newcomer: Newcomer | None = None
        today = SystemClock().today
        self.code, self.place, self.form = Form(CODE, today), Form(PLACE, today), Form(PERSON, today)
        choices = [(code, name) for code, name in words.choices("person.roles") if code != SERVER]
        self.form.set_choices("person.roles", choices)
        self.form.set_values({"person.roles": ["mediator", "head"]})
        self.by_code = QRadioButton(self.tr("有接入码：站点、调委会、编号字头由区级平台带来"))
        self.by_hand = QRadioButton(self.tr("没有接入码：手工填写，以后再接入"))
        self.by_code.setChecked(True)
        self.by_code.toggled.connect(self._fit)
        self.invited = InvitationButtons(tasks)
        self.invited.found.connect(self._invited)
        self.invited.refused.connect(lambda error: self._refuse(words.sentence(error)))
        self.go = button(self.tr("建立站点"), self._make, kind="primary")
        self.stack = QStackedWidget()
        self.restore = button(self.tr("从备份恢复"), self.restore_wanted.emit, picture="restore")
        self.message = text("", "error", wrap=True)
        self.message.hide()
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        canvas = Canvas(most=860, centred=True)
        column = canvas.column
        column.addLayout(row(text(self.tr("建立站点"), "page"), None, self.restore))
        said = self.tr("本机还没有站点数据。以下内容由运维人员填写一次；全部内容加密保存在本机。")
        column.addWidget(text(said, "muted", wrap=True))
        asked = QWidget()
        asked.setLayout(row(self.invited, None))
        self._coded = card(self.code, asked)
        self._placed = card(text(self.tr("请对照印章和聘书核对。"), "muted", wrap=True), self.place)
        column.addWidget(card(self.by_code, self.by_hand))
        for widget in (self._coded, self._placed, card(self.form), self.message):
            column.addWidget(widget)
        column.addLayout(row(None, self.go))
        column.addStretch(1)
        self.stack.addWidget(canvas)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def first_field(self) -> QWidget:
        """Who sets a PC up begins with the form."""
        return self.code.boxes["setup.url"].control

    def _fit(self) -> None:
        """Only what the way chosen needs is asked."""
        coded = self.by_code.isChecked()
        self._coded.setVisible(coded)
        self._placed.setVisible(not coded)

    def _invited(self, found: Invitation) -> None:
        self.code.set_values({"setup.url": found.url, "setup.code": found.code})
        self.form.focus_on("person.name")

    def _make(self) -> None:
        coded = self.by_code.isChecked()
        values, errors = self.form.check()
        place, wrong = (self.code if coded else self.place).check()
        if errors or wrong:
            return
        for kind, given in place.items():
            values[kind] = {**values.get(kind, {}), **given}
        if values["setup"]["password"] != values["setup"]["again"]:
            self._refuse(self.tr("两次输入的密码不一致，请重新输入。"))
            return
        self.message.hide()
        self.go.setEnabled(False)
        if coded:
            self._join(values)
            return
        directory = self._directory
        self._tasks.write(lambda: create(directory, values), done=self._made, failed=self._failed, owner=self)

    def _join(self, values: dict[str, dict[str, Json]]) -> None:
        """First the district is asked; the station is made of its answer, and nothing lies here before it."""
        from station_app.services.travel import joining

        newcomer = self._newcomer = self._newcomer or joining.Newcomer()
        directory, setup = self._directory, {name: str(value or "") for name, value in values["setup"].items()}
        self.message.setText(self.tr("正在接入区级平台……"))
        self.message.show()

        def make(joined: Joined) -> None:
            self._tasks.write(
                lambda: create_joined(directory, newcomer, joined, values),
                done=lambda created: self._made(created, joined.organisation.station),
                failed=self._failed,
                owner=self,
            )

        self._tasks.net(
            lambda _call: joining.join(newcomer, url=setup["url"], code=setup["code"]),
            done=make,
            failed=self._not_joined,
            owner=self,
        )

    def _not_joined(self, error: KnownError) -> None:
        self.go.setEnabled(True)
        self._refuse(words.sentence(error) + self.tr("本机还没有建立站点，请改正后重试，或者选择手工填写。"))

    def _refuse(self, sentence: str) -> None:
        self.message.setText(f"▲ {sentence}")
        self.message.show()

    def _failed(self, error: KnownError) -> None:
        self.go.setEnabled(True)
        self._refuse(words.sentence(error))

    def _made(self, created: Created, joined: str = "") -> None:
        sheet = SheetPage(created)
        sheet.done.connect(lambda: self.entered.emit(created.station))
        self.stack.addWidget(sheet)
        self.stack.setCurrentWidget(sheet)
        if joined:
            sheet.say(self.tr("● 已接入区级平台：{name}").format(name=joined))


def _first(person: dict[str, Json]) -> NewPerson:
    from station_app.services.people import NewPerson

    roles = person.get("roles")
    return NewPerson(
        str(person["name"]),
        tuple(map(str, roles)) if isinstance(roles, list) else (),
        str(person.get("appointment") or ""),
    )


def create_joined(directory: Path, newcomer: Newcomer, joined: Joined, values: dict[str, dict[str, Json]]) -> Created:
    """Make the station a code was for; runs in the write lane."""
    from station_app import bootstrap

    return bootstrap.create_joined(
        directory,
        newcomer=newcomer,
        joined=joined,
        staff=[_first(values["person"])],
        password=str(values["setup"]["password"]),
    )


def create(directory: Path, values: dict[str, dict[str, Json]]) -> Created:
    """Make the station from what was typed; runs in the write lane."""
    from station_app import bootstrap
    from station_app.services.people import Organisation

    given = {name: str(value or "") for name, value in values["setup"].items()}
    committee = {name: str(value or "") for name, value in values["committee"].items()}
    org = Organisation(
        station=given["station"],
        station_code=given["station_code"],
        community=given["community"],
        street=given["street"],
        committee=given["committee"],
        short=given["short"],
        court=given["court"],
        committee_address=committee["address"],
        committee_phone=committee["phone"],
    )
    return bootstrap.create_station(
        directory, org=org, staff=[_first(values["person"])], password=given["password"], series=given["series"].upper()
    )
