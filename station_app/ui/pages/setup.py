"""First run, for IT: which station stands here, who works here, the first password; then the recovery sheet, once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from station_app.clock import SystemClock
from station_app.ui import words
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import Canvas, button, card, row, text
from sync.contract.errors import KnownError
from sync.contract.permissions import SERVER

if TYPE_CHECKING:
    from station_app.services.people import Created
    from station_app.services.station import Station
    from station_app.ui.notices import NoticeBar
    from station_app.ui.tasks import Tasks
    from sync.contract.canonical import Json

SPEC: Final = FormSpec(
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
        Section(
            QT_TRANSLATE_NOOP("Forms", "接入区级平台（可以以后再接入）"),
            (
                Item("setup.url", type="text", label=QT_TRANSLATE_NOOP("Forms", "平台地址")),
                Item("setup.code", type="text", label=QT_TRANSLATE_NOOP("Forms", "接入码"),
                     hint=QT_TRANSLATE_NOOP("Forms", "由区级平台发放，只能使用一次")),
            ),
        ),
    ),
)  # fmt: skip


class SetupPage(QWidget):
    """*Signals:* `entered` (Station) when the station stands and the sheet was put away; `restore_wanted`."""

    entered = Signal(object)
    restore_wanted = Signal()

    def __init__(self, directory: Path, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__()
        self._directory, self._tasks, self._notices = directory, tasks, notices
        self._joining: tuple[str, str] | None = None
        self.form = Form(SPEC, SystemClock().today)
        choices = [(code, name) for code, name in words.choices("person.roles") if code != SERVER]
        self.form.set_choices("person.roles", choices)
        self.form.set_values({"person.roles": ["mediator", "head"]})
        self.go = button(self.tr("建立站点"), self._make, kind="primary")
        self.stack = QStackedWidget()
        canvas = Canvas(most=860, centred=True)
        self.restore = button(self.tr("从备份恢复"), self.restore_wanted.emit, picture="restore")
        canvas.column.addLayout(row(text(self.tr("建立站点"), "page"), None, self.restore))
        canvas.column.addWidget(
            text(
                self.tr(
                    "本机还没有站点数据。以下内容由运维人员填写一次，请对照印章和聘书核对；全部内容加密保存在本机。"
                ),
                "muted",
                wrap=True,
            )
        )
        canvas.column.addWidget(card(self.form))
        self.message = text("", "error", wrap=True)
        self.message.hide()
        canvas.column.addWidget(self.message)
        canvas.column.addLayout(row(None, self.go))
        canvas.column.addStretch(1)
        self.stack.addWidget(canvas)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def first_field(self) -> QWidget:
        """Who sets a PC up begins with the form."""
        return next(iter(self.form.boxes.values())).control

    def _make(self) -> None:
        values, errors = self.form.check()
        given = {name: str(value or "") for name, value in values["setup"].items()}
        if errors:
            return
        if given["password"] != given["again"]:
            self._refuse(self.tr("两次输入的密码不一致，请重新输入。"))
            return
        if bool(given["url"].strip()) != bool(given["code"].strip()):
            self._refuse(self.tr("平台地址和接入码请一并填写，或者都留空。"))
            return
        self._joining = (given["url"], given["code"]) if given["code"].strip() else None
        self.message.hide()
        self.go.setEnabled(False)
        directory = self._directory
        self._tasks.write(lambda: create(directory, values), done=self._made, failed=self._failed, owner=self)

    def _refuse(self, sentence: str) -> None:
        self.message.setText(f"▲ {sentence}")
        self.message.show()

    def _failed(self, error: KnownError) -> None:
        self.go.setEnabled(True)
        self._refuse(words.sentence(error))

    def _made(self, created: Created) -> None:
        sheet = SheetPage(created)
        sheet.done.connect(lambda: self.entered.emit(created.station))
        self.stack.addWidget(sheet)
        self.stack.setCurrentWidget(sheet)
        if self._joining is not None:
            self._join(created.station, sheet, *self._joining)

    def _join(self, station: Station, sheet: SheetPage, url: str, code: str) -> None:
        """Beside the sheet, on the lane that waits for a network; the station stands whatever comes of it."""
        from station_app.services.travel import enrolment

        sheet.say(self.tr("正在接入区级平台……"))
        again = self.tr("站点已经建立，可照常使用；稍后在“系统设置”中再次接入。")
        self._tasks.net(
            lambda _call: enrolment.enrol(station, url=url, code=code),
            done=lambda _c: sheet.say(
                self.tr("● 已接入区级平台：{name}").format(name=station.store.setting("station.name"))
            ),
            failed=lambda error: sheet.say(f"▲ {words.sentence(error)}{again}"),
            owner=sheet,
        )


def create(directory: Path, values: dict[str, dict[str, Json]]) -> Created:
    """Make the station from what was typed; runs in the write lane."""
    from station_app import bootstrap
    from station_app.services.people import NewPerson, Organisation

    given = {name: str(value or "") for name, value in values["setup"].items()}
    committee = {name: str(value or "") for name, value in values["committee"].items()}
    person = values["person"]
    roles = person.get("roles")
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
    first = NewPerson(
        str(person["name"]),
        tuple(map(str, roles)) if isinstance(roles, list) else (),
        str(person.get("appointment") or ""),
    )
    return bootstrap.create_station(
        directory, org=org, staff=[first], password=given["password"], series=given["series"].upper()
    )


class SheetPage(QWidget):
    """The key recovery sheet: its code is shown once, to print or to copy by hand. *Signals:* `done`."""

    done = Signal()

    def __init__(self, created: Created) -> None:
        super().__init__()
        store = created.station.store
        canvas = Canvas(most=760, centred=True)
        code = text(created.sheet, "title")
        code.setAccessibleName(created.sheet)
        code.setTextInteractionFlags(code.textInteractionFlags().TextSelectableByMouse)
        code.setWordWrap(True)
        canvas.column.addWidget(text(self.tr("密钥恢复单"), "page"))
        canvas.column.addWidget(
            text(
                self.tr(
                    "忘记密码时，凭下面的恢复码可以重新设置密码。恢复码只显示这一次，本程序和平台都不保存。请立即打印或者抄写，由负责人锁存，不要拍照或者存入电脑。"
                ),
                wrap=True,
            )
        )
        canvas.column.addWidget(card(text(store.setting("station.name"), "muted"), code))
        self.kept = QCheckBox(self.tr("已打印或者抄写，并已妥善保管"))
        self.kept.setAccessibleName(self.kept.text())
        self.start = button(self.tr("开始使用"), self.done.emit, kind="primary")
        self.start.setEnabled(False)
        self.kept.toggled.connect(self.start.setEnabled)
        self._text = sheet_text(store.setting("station.name"), created.sheet)
        self.print = button(self.tr("打印"), self._print, picture="printer")
        self.save = button(self.tr("另存为 PDF"), self._save, picture="save")
        only = text(self.tr("PDF 只用于到其他电脑打印，打印后请立即删除。"), "small", wrap=True)
        canvas.column.addLayout(row(self.print, self.save, None, spacing=S4))
        canvas.column.addWidget(only)
        self.joined = text("", "", wrap=True)
        self.joined.hide()
        canvas.column.addWidget(self.joined)
        canvas.column.addWidget(self.kept)
        canvas.column.addLayout(row(None, self.start, spacing=S3))
        canvas.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)

    def say(self, sentence: str) -> None:
        """How joining the district goes."""
        self.joined.setText(sentence)
        self.joined.show()

    def _save(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self, self.tr("另存为 PDF"), self.tr("密钥恢复单.pdf"), "PDF (*.pdf)")
        if name:
            self.save_pdf(Path(name))

    def save_pdf(self, path: Path) -> None:
        """The sheet as a file; E-516 is said where it cannot be written."""
        from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
        from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        margins = QMarginsF(25, 25, 25, 25)
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins))
        document = QTextDocument()
        document.setHtml(self._text)
        document.print_(writer)
        try:
            path.write_bytes(bytes(buffer.data().data()))
        except OSError:
            self.say(f"▲ {words.sentence(KnownError('E-516', file=path.name))}")
            return
        self.say(self.tr("已保存：{file}").format(file=path.name))

    def _print(self) -> None:
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)

        def go() -> None:
            document = QTextDocument()
            document.setHtml(self._text)
            document.print_(printer)

        dialog.accepted.connect(go)
        dialog.show()


def sheet_text(station: str, code: str) -> str:
    """The sheet as it is printed."""
    from PySide6.QtCore import QCoreApplication

    title = QCoreApplication.translate("SheetPage", "密钥恢复单")
    keep = QCoreApplication.translate(
        "SheetPage", "本单由站点负责人锁存。凭恢复码可以重新设置密码，任何人不得拍照、转发。"
    )
    return f"<h2>{title}</h2><p>{station}</p><p style='font-size:18pt'>{code}</p><p>{keep}</p>"
