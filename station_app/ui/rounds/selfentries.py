"""居民自助登记: what residents wrote by the code on the wall; one key makes an appeal of it, another answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.services.selfentry import entries
from station_app.services.selfentry.entries import Entry
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.reports.beside import BesidePage
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line
from station_app.ui.words import Tone
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_PHOTO: Final = 320
"""Longest side of a photograph beside the words, in logical pixels."""
_DECLINE = FormSpec(
    "self_entry",
    (
        Section(
            "", (Item("self_entry.answer", required=True, span=2), Item("self_entry.reason", required=True, span=2))
        ),
    ),
)


class SelfEntriesPage(BesidePage):
    """Open entries first, the oldest on top; answered ones below where they are asked for."""

    shares = (2, 3)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[Entry] = []
        self.chosen = ""
        self.acts: dict[str, Callable[[], None]] = {}
        self.every = QCheckBox(self.tr("包括已处理的"))
        self.every.setAccessibleName(self.tr("包括已处理的"))
        self.every.toggled.connect(lambda _on: self.refresh())
        self.sheet = button(self.tr("打印站点门牌"), self._sheet, picture="printer")
        self.lines = self.list_of(self.tr("居民自助登记"))
        self.empty = label(
            self.tr("没有待处理的居民自助登记。居民用手机扫站点门牌上的二维码，就能把事情告诉本站。"),
            "muted",
            wrap=True,
        )
        self.beside(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(row(label(self.tr("居民自助登记"), "page"), None, self.every, self.sheet, spacing=S3))
        column.addWidget(self.empty)
        column.addLayout(self.body, 1)
        self.empty.hide()
        keys.bind(self, "refresh", self.refresh)
        keys.bind(self, "register", lambda: self._press("accept"))

    def title_text(self) -> str:
        return self.tr("居民自助登记")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument:
            self.chosen = argument
        self.refresh()

    def first_field(self) -> QWidget | None:
        return self.lines if self.found else self.sheet

    def refresh(self) -> None:
        """Read the entries anew."""
        station, every = self.station, self.every.isChecked()
        self.tasks.read(
            lambda: entries.entries(station) if every else entries.attention(station),
            done=self._show,
            failed=self.notices.error,
            key="selfentries",
        )

    def _show(self, found: list[Entry]) -> None:
        self.found, wanted = found, self.chosen
        for widget, yes in ((self.empty, not found), (self.lines, bool(found)), (self.side, bool(found))):
            widget.setVisible(yes)
        self.lines.show_lines([line_of(entry) for entry in found])
        place = next((i for i, e in enumerate(found) if e.rec == wanted), 0)
        if found:
            self.lines.setCurrentIndex(self.lines.lines.index(place, 0))
            if self.sheet.hasFocus():
                self.lines.setFocus()
        self._choose()

    # -- the chosen entry -----------------------------------------------------------------------------------------

    def _choose(self) -> None:
        place = self.lines.currentIndex().row()
        clear(self.side.column)
        self.acts = {}
        if not 0 <= place < len(self.found):
            return
        entry = self.found[place]
        self.chosen = entry.rec
        self.side.column.addWidget(self._state(entry))
        if not entry.case:
            self.side.column.addWidget(self._said(entry))
        self._photographs(entry)
        self.side.column.addStretch(1)

    def _said(self, entry: Entry) -> QFrame:
        frame = card()
        column = _column(frame)
        if entry.letter is None:
            away = self.tr("内容已由平台加密保存，还没有传到本机，联网后自动取回。")
            gone = self.tr("居民已经撤回，内容已经删除。")
            other = self.tr(
                "内容加密给本站的其他电脑，本机打不开。请在本站原来的电脑上办理；原电脑已经不用的，答复居民“无法读取”。"
            )
            column.addWidget(label(gone if entry.withdrawn else away if entry.readable else other, "muted", wrap=True))
            return frame
        column.addWidget(label(entry.said("what"), wrap=True))
        rows = (
            (self.tr("地点"), entry.said("where")),
            (self.tr("称呼"), entry.said("called") or self.tr("没有留")),
            (self.tr("电话"), entry.said("phone") or self.tr("没有留，居民凭编号来站或者来电询问")),
            (self.tr("查询编号"), entry.said("code")),
        )
        for name, value in rows:
            if value:
                column.addWidget(label(f"{name}：{value}", "muted", wrap=True))
        return frame

    def _state(self, entry: Entry) -> QFrame:
        note, tone = state_shown(entry)
        shown = label(f"{note}　{self.tr('提交时间 {at}').format(at=entry.at.replace('T', ' '))}")
        set_tone(shown, tone)
        frame = card()
        column = _column(frame)
        column.addWidget(shown)
        if entry.open and entry.due:
            promised = self.tr("门牌上写明 {n} 小时内联系，即 {at} 以前。")
            column.addWidget(label(promised.format(n=entry.hours, at=entry.due.replace("T", " ")), "muted", wrap=True))
        if entry.reason:
            column.addWidget(label(self.tr("答复居民：{reason}").format(reason=entry.reason), "muted", wrap=True))
        if entry.withdrawn and entry.case:
            told = self.tr("居民 {at} 要求撤回。请与居民确认后在案件中办理。")
            column.addWidget(label(told.format(at=entry.withdrawn.replace("T", " ")), wrap=True))
        if entry.rivals:
            told = self.tr("本站两台电脑各自处理了这一条。请核对后并案，或者撤回多余的一件。")
            column.addWidget(label(told, wrap=True))
        self._buttons(column, entry)
        return frame

    def _buttons(self, column: QVBoxLayout, entry: Entry) -> None:
        if entry.case:
            self.acts["open"] = lambda: self.desk.go("case", entry.case)
            column.addLayout(row(button(self.tr("打开诉求"), self.acts["open"], picture="cases"), None))
            return
        if not entry.open or not self.station.can(entries.VERB):
            return
        made: list[QWidget | None] = []
        if entry.letter is not None and self.station.can("register"):
            self.acts["accept"] = lambda: self._accept(entry)
            act = button(
                self.tr("登记为诉求"), self.acts["accept"], kind="primary", picture="cases", hint=keys.shown("register")
            )
            act.setEnabled(not entry.missing)
            made.append(act)
        self.acts["decline"] = lambda: self._decline(entry)
        made.append(button(self.tr("答复居民，不登记"), self.acts["decline"]))
        column.addLayout(row(*made, None))
        if entry.missing:
            away = self.tr("照片还差 {n} 张没有传到本机，联网后自动取回，取回后再登记。").format(n=entry.missing)
            column.addWidget(label(away, "muted", wrap=True))

    def _photographs(self, entry: Entry) -> None:
        station, here = self.station, len(entry.letter.photos) if entry.letter and not entry.case else 0
        for no in range(1, here + 1):
            place = QLabel(self.tr("照片 {n}").format(n=no))
            place.setAccessibleName(self.tr("照片 {n}").format(n=no))
            self.side.column.addWidget(place)

            def read(no: int = no) -> bytes:
                try:
                    return entries.photo(station, entry=entry.rec, no=no)
                except KnownError:
                    return b""

            self.tasks.read(read, done=_fill(place), owner=place, key=f"photo{no}")

    # -- acts -----------------------------------------------------------------------------------------------------

    def _press(self, act: str) -> None:
        if act in self.acts:
            self.acts[act]()

    def _accept(self, entry: Entry) -> None:
        station = self.station
        self.acts.pop("accept", None)

        self.tasks.write(
            lambda: entries.accept(station, entry=entry.rec),
            done=lambda changes: self.desk.go("case", changes.case),
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: KnownError) -> None:
        self.notices.error(error)
        self.refresh()

    def _decline(self, entry: Entry) -> None:
        station = self.station

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["self_entry"]
            return entries.decline(
                station, entry=entry.rec, answer=str(given["answer"] or ""), reason=str(given["reason"] or "")
            )

        dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("答复居民，不登记"),
            spec=_DECLINE,
            values={},
            save=save,
            intro=self.tr(
                "居民凭查询编号看到这段说明，区级平台也能看到，不写姓名和号码。不属本站的，请写明到哪里办理。"
            ),
        )
        left = [c for c in words.choices("self_entry.answer") if c[0] != entries.ACCEPTED]
        if entry.readable:
            left = [c for c in left if c[0] != entries.UNREADABLE]
        dialog.form.set_choices("self_entry.answer", left)
        dialog.open()

    def _sheet(self) -> None:
        from station_app.services.rounds import door
        from station_app.ui.reports.sheet import SheetDialog

        station = self.station
        try:
            door.address(station)
        except KnownError as error:
            self.notices.error(error)
            return
        name = self.tr("站点门牌")
        SheetDialog(self, self.desk, name=name, make=lambda _no, _said: door.paper(station), final=True).open()


def line_of(entry: Entry) -> Line:
    """One entry as a line: its first words, when it came, where it stands; Enter on the first page opens it."""
    note, tone = state_shown(entry)
    return Line(_first(entry), f"{words.short_moment(entry.at)}　{note}", tone, "selfentries", entry.rec)


def state_shown(entry: Entry) -> tuple[str, Tone]:
    """Where it stands in words, and how urgent that is."""
    if entry.rivals:
        return QCoreApplication.translate("SelfEntries", "两处处理"), "red"
    if entry.answer:
        said = words.field_code("self_entry.answer", entry.answer)
        return (
            (QCoreApplication.translate("SelfEntries", "居民要求撤回"), "amber") if entry.withdrawn else (said, "green")
        )
    if entry.withdrawn:
        return QCoreApplication.translate("SelfEntries", "居民已撤回"), "none"
    return QCoreApplication.translate("SelfEntries", "待处理"), "amber"


def _first(entry: Entry) -> str:
    said = " ".join(entry.said("what").split())
    return entry.title or said or QCoreApplication.translate("SelfEntries", "居民自助登记（内容不在本机）")


def _column(frame: QFrame) -> QVBoxLayout:
    inner = frame.layout()
    assert isinstance(inner, QVBoxLayout)
    inner.setSpacing(S2)
    return inner


def _fill(place: QLabel) -> Callable[[bytes], None]:
    """Show a photograph in its place; the words stay where it is not here."""

    def show(data: bytes) -> None:
        found = QImage.fromData(data) if data else QImage()
        if not found.isNull():
            ratio = place.devicePixelRatioF()
            side = round(_PHOTO * ratio)
            small = found.scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap = QPixmap.fromImage(small)
            pixmap.setDevicePixelRatio(ratio)
            place.setPixmap(pixmap)

    return show
