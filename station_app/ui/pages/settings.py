"""系统设置: printing, card reader, appearance, network, people, about. A value is kept as soon as its field is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from station_app.services.local import settings
from station_app.ui import session
from station_app.ui.desk import Desk, Page
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.pages.settings_about import AboutTab
from station_app.ui.pages.settings_backup import BackupTab
from station_app.ui.pages.settings_line import LineTab
from station_app.ui.pages.settings_people import PeopleTab
from station_app.ui.pages.settings_reader import ReaderCard
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import Canvas, card, text
from sync.contract.errors import KnownError

TABS: Final = ("print", "look", "network", "backup", "people", "about")

PRINT: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.printer.name",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "打印机"),
                    hint=QT_TRANSLATE_NOOP("Forms", "系统默认打印机"),
                    span=2,
                ),
                Item(
                    "set.printer.duplex",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "单双面"),
                    choices=(
                        ("auto", QT_TRANSLATE_NOOP("Forms", "按文书自动选择")),
                        ("single", QT_TRANSLATE_NOOP("Forms", "单面")),
                        ("long", QT_TRANSLATE_NOOP("Forms", "双面（长边翻转）")),
                        ("manual", QT_TRANSLATE_NOOP("Forms", "手动双面")),
                    ),
                ),
                Item(
                    "set.number.brackets",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "编号用括号"),
                    choices=(
                        ("（）", QT_TRANSLATE_NOOP("Forms", "（2026）")),
                        ("〔〕", QT_TRANSLATE_NOOP("Forms", "〔2026〕")),
                    ),
                ),
                Item(
                    "set.font.body",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "正文字体文件"),
                    hint=QT_TRANSLATE_NOOP("Forms", "随程序的宋体；本站有授权的，填写字体文件位置"),
                    span=2,
                ),
                Item(
                    "set.font.rare",
                    type="text",
                    label=QT_TRANSLATE_NOOP("Forms", "生僻字字体文件"),
                    hint=QT_TRANSLATE_NOOP("Forms", "没有的留空"),
                    span=2,
                ),
            ),
        ),
    ),
)
LOOK: Final = FormSpec(
    "settings",
    (
        Section(
            "",
            (
                Item(
                    "set.ui.theme",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "外观"),
                    choices=(
                        ("system", QT_TRANSLATE_NOOP("Forms", "跟随系统")),
                        ("light", QT_TRANSLATE_NOOP("Forms", "浅色")),
                        ("dark", QT_TRANSLATE_NOOP("Forms", "深色")),
                    ),
                ),
                Item(
                    "set.ui.language",
                    type="code",
                    label=QT_TRANSLATE_NOOP("Forms", "界面语言（重新打开后生效）"),
                    choices=(
                        ("zh_CN", QT_TRANSLATE_NOOP("Forms", "中文")),
                        ("en_US", QT_TRANSLATE_NOOP("Forms", "English")),
                    ),
                ),
                Item(
                    "set.ui.idle_minutes",
                    type="int",
                    label=QT_TRANSLATE_NOOP("Forms", "无操作自动锁定（分钟，0 为不锁定）"),
                ),
                Item("set.ui.large", type="bool", label=QT_TRANSLATE_NOOP("Forms", "大字显示")),
            ),
        ),
    ),
)


class SettingsForm(Form):
    """A form over settings: `set.KEY` is the setting KEY; a field that was left is stored."""

    def __init__(self, spec: FormSpec, desk: Desk) -> None:
        super().__init__(spec, desk.station.clock.today)
        self._desk = desk
        self.finished.connect(self._store)

    def load(self) -> None:
        """Show what is stored; what the unit has fixed for its PCs is shown and not to be changed."""
        for path, box in self.boxes.items():
            key = path.removeprefix("set.")
            value = settings.get(self._desk.station, key)
            box.control.set_value(value == "1" if box.item.type == "bool" else value)
            unit = settings.fixed_by(key)
            box.control.set_read_only(bool(unit))
            box.set_note(self.tr("由{unit}统一设定").format(unit=unit) if unit else "")

    def _store(self, path: str) -> None:
        key, box = path.removeprefix("set."), self.boxes[path]
        try:
            value = box.control.value()
        except KnownError as error:
            box.show_error(error)
            return
        written = ("1" if value else "0") if box.item.type == "bool" else str("" if value is None else value)
        station = self._desk.station
        if written == settings.get(station, key):
            box.show_error(None)
            return
        self._desk.tasks.write(
            lambda: settings.put(station, {key: written}),
            done=lambda _none: self._stored(path),
            failed=box.show_error,
            owner=self,
        )

    def _stored(self, path: str) -> None:
        self.boxes[path].show_error(None)
        self._desk.settings_changed.emit()
        if path.startswith("set.ui."):
            session.dress(self._desk.station)
            session.remember_language(settings.get(self._desk.station, "ui.language"))
        self._desk.notices.say(self.tr("设置已保存。"), tone="green", ms=2000)


class SettingsPage(Page):
    """Six tabs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.printing, self.look = SettingsForm(PRINT, desk), SettingsForm(LOOK, desk)
        self.line, self.people, self.about = LineTab(desk), PeopleTab(desk), AboutTab(desk)
        self.backup = BackupTab(desk)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("设置类别"))
        self.tabs.setDocumentMode(True)
        self.reader = ReaderCard(desk)
        devices = QWidget()
        column = QVBoxLayout(devices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(card(self.printing))
        column.addWidget(card(self.reader, title=self.tr("身份证读卡器")))
        for widget, name in (
            (devices, self.tr("打印与文书")),
            (card(self.look), self.tr("显示与锁定")),
            (self.line, self.tr("网络与平台")),
            (self.backup, self.tr("备份")),
            (self.people, self.tr("人员与密码")),
            (self.about, self.tr("关于")),
        ):
            canvas = Canvas(most=860, margin=0)
            canvas.column.addWidget(widget)
            canvas.column.addStretch(1)
            self.tabs.addTab(canvas, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S3)
        column.setSpacing(S3)
        column.addWidget(text(self.tr("系统设置"), "page"))
        column.addWidget(self.tabs, 1)

    def title_text(self) -> str:
        return self.tr("系统设置")

    def opened(self, argument: object = None) -> None:
        self.printing.set_choices("set.printer.name", printers())
        for form in (self.printing, self.look, self.reader):
            form.load()
        for tab in (self.line, self.backup, self.people, self.about):
            tab.refresh()
        if argument in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(argument)))

    def leaving(self) -> None:
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()  # a field that is left is stored

    def first_field(self) -> QWidget:
        return self.tabs.tabBar()


def printers() -> list[tuple[str, str]]:
    """The printers of this system."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return [(name, name) for name in QPrinterInfo.availablePrinterNames()]
