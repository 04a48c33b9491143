"""资料包: packs of this PC, what is in force since when and by whose word, a new pack taken in or refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from station_app.domain.sentences import sentence
from station_app.services import packs
from station_app.services.changes import Changes
from station_app.services.packs import Installed
from station_app.services.reading import in_force
from station_app.services.reading.in_force import InForce
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.reports.beside import BesidePage
from station_app.ui.style.tokens import S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, row, text
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.packs import PackRead
    from station_app.services.station import Station
    from station_app.ui.desk import Desk

_KINDS: Final = {
    in_force.RULES: QT_TRANSLATE_NOOP("PacksPage", "规则"),
    in_force.CODES: QT_TRANSLATE_NOOP("PacksPage", "代码表"),
    in_force.PAPER: QT_TRANSLATE_NOOP("PacksPage", "文书"),
    in_force.CLAUSE: QT_TRANSLATE_NOOP("PacksPage", "条款"),
}
_TRUST: Final = FormSpec(
    "pack_trust",
    (
        Section(
            "",
            (
                Item("pack.name", type="text", required=True, label=QT_TRANSLATE_NOOP("Forms", "签名单位")),
                Item("pack.key", type="text", required=True, label=QT_TRANSLATE_NOOP("Forms", "公钥（64位）"), span=2),
            ),
            1,
        ),
    ),
)
_KEY_SHOWN: Final = 16
_Found = tuple[list[Installed], list[InForce], dict[bytes, str]]


def _look(station: Station) -> _Found:
    return packs.installed(station), in_force.listed(station), packs.trusted(station)


class PacksPage(BesidePage):
    """Packs first, those refused in red; below them all that is in force, by kind."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self.lines = self.list_of(self.tr("资料包"))
        self.take = button(self.tr("导入资料包"), self._choose_file, kind="primary", picture="plus")
        self.trust = button(self.tr("认可签名单位"), self._trust)
        self.back = button(self.tr("返回系统设置"), lambda: desk.go("settings", "about"), kind="quiet", picture="back")
        self.counts = text("", "muted", wrap=True)
        self.beside(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(row(text(self.tr("资料包"), "page"), None, self.back, self.trust, self.take, spacing=S3))
        column.addWidget(self.counts)
        column.addLayout(self.body, 1)
        for widget in (self.take, self.trust):
            widget.setVisible(self.station.can("set_station"))
        keys.bind(self, "refresh", self.refresh)

    def title_text(self) -> str:
        return self.tr("资料包")

    def refresh(self) -> None:
        station = self.station
        self.tasks.read(lambda: _look(station), done=self._show, failed=self.notices.error, owner=self, key="packs")

    def _show(self, found: _Found) -> None:
        here, standing, trusted = found
        names = "、".join(f"{name}（{key.hex()[:_KEY_SHOWN]}…）" for key, name in trusted.items())
        said = self.tr("认可的签名单位：{names}。").format(names=names) if names else self.tr("还没有认可签名单位。")
        bad = sum(item.pack is None for item in here)
        packs_ = self.tr("本机有 {n} 个资料包，其中 {bad} 个未通过核对。").format(n=len(here), bad=bad)
        none = self.tr("没有另外的资料包，使用程序自带的资料。")
        self.counts.setText(f"{packs_ if here else none}{said}")
        self.lines.show_lines([*(self._pack_line(i) for i in here), *(self._line(one) for one in standing)])
        if not self.lines.currentIndex().isValid():
            self.lines.setCurrentIndex(self.lines.lines.index(0, 0))
        self._choose()

    def _pack_line(self, item: Installed) -> Line:
        if item.pack is None:
            return Line(item.file, self.tr("未通过核对，没有启用"), "red", "", item)
        note = self.tr("{day} 发布　签名 {who}").format(day=item.pack.issued.isoformat(), who=item.pack.signer)
        return Line(self.tr("资料包　{title}").format(title=item.pack.title), note, "green", "", item)

    def _line(self, one: InForce) -> Line:
        whose = one.signer or self.tr("程序自带")
        note = "　".join(part for part in (one.edition, whose) if part)
        return Line(f"{_kind(one.kind)}　{one.title}", note, "none", "", one)

    def _choose(self) -> None:
        clear(self.side.column)
        place = self.lines.currentIndex().row()
        shown = self.lines.lines.lines
        what = shown[place].argument if 0 <= place < len(shown) else None
        if isinstance(what, Installed):
            self._tell_pack(what)
        elif isinstance(what, InForce):
            self._tell(what)
        self.side.column.addStretch(1)

    def _tell(self, one: InForce) -> None:
        """Since when, by which source, who signed it, what is not set."""
        facts = [
            self.tr("版本：{edition}").format(edition=one.edition),
            self.tr("启用或者核对日期：{day}").format(day=words.day(one.since)) if one.since else "",
            self.tr("来源：{source}").format(source=one.source),
            self.tr("签名：{who}").format(who=one.signer or self.tr("随程序发布")),
            one.detail,
        ]
        self.side.column.addWidget(text(one.title, "title", wrap=True))
        self.side.column.addWidget(card(*(text(fact, wrap=True) for fact in facts if fact), title=_kind(one.kind)))

    def _tell_pack(self, item: Installed) -> None:
        """What a pack brings; of one that was refused why, in words."""
        if item.pack is None:
            said = sentence(item.fault, words.lang()) if item.fault else ""
            self.side.column.addWidget(text(item.file, "title", wrap=True))
            self.side.column.addWidget(card(text(said, wrap=True), title=self.tr("没有启用的原因")))
            return
        self.side.column.addWidget(text(item.pack.title, "title", wrap=True))
        facts = [
            self.tr("制作单位：{who}").format(who=item.pack.issuer),
            self.tr("签名：{who}").format(who=item.pack.signer),
            self.tr("文件摘要：{hash}…（SHA-256）").format(hash=item.pack.sha256[:_KEY_SHOWN]),
        ]
        self.side.column.addWidget(card(*(text(fact, wrap=True) for fact in facts), title=self.tr("资料包")))
        self.side.column.addWidget(card(*(text(one, wrap=True) for one in brings(item.pack)), title=self.tr("内容")))

    # -- taking one in ------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选择资料包"), "", self.tr("资料包 (*.zip)"))
        if name:
            self.install(Path(name))

    def install(self, path: Path) -> None:
        """Check a pack and put it in force; one that is refused changes nothing, and the place in it is named."""
        station = self.station

        def act() -> PackRead:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise KnownError("E-516", file=path.name) from error
            return packs.install(station, data=data, file=path.name)

        self.tasks.write(act, done=self._installed, failed=self.notices.error, owner=self)

    def _installed(self, pack: PackRead) -> None:
        self.notices.say(
            self.tr("已启用“{title}”，签名：{who}。").format(title=pack.title, who=pack.signer), tone="green"
        )
        self.refresh()

    def _trust(self) -> None:
        station = self.station

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = values["pack"]
            packs.trust(station, name=str(given.get("name") or ""), key=str(given.get("key") or ""))
            return Changes(frozenset({"setting"}), (), ())

        intro = self.tr("认可以后，该单位签名的资料包可以在本机启用。公钥请用电话等其他途径核对。")
        self.dialog = FormDialog(
            self, self.desk, title=self.tr("认可签名单位"), spec=_TRUST, values={}, save=save, intro=intro
        )
        self.dialog.open()


def brings(pack: PackRead) -> list[str]:
    """What a pack brings, a line each."""
    papers = [
        (in_force.PAPER, f"{t.title}（{t.edition}，{words.day(t.valid_from.isoformat())}起）") for t in pack.templates
    ]
    clauses = [(in_force.CLAUSE, f"{c.title}（{c.edition}）") for c in pack.clauses]
    lists = [(in_force.CODES, f"{c.title}（{c.date.isoformat()}）") for c in pack.lists]
    return [f"{_kind(kind)}　{said}" for kind, said in (*papers, *clauses, *lists)]


def _kind(kind: str) -> str:
    return QCoreApplication.translate("PacksPage", _KINDS[kind])
