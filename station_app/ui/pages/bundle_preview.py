"""导入前的预览: who wrote a bundle and when, what importing it will do, which cases it is about; then 导入 or 取消."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.services.travel import looking
from station_app.services.travel.looking import Preview, SeenCase
from station_app.ui import words
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3, S4, SHAPES
from station_app.ui.widgets.layout import button, row, text
from station_app.ui.widgets.lines import Line, LinesView
from station_app.ui.words import Tone


class BundleDialog(QDialog):
    """`take` is called when a person chose 导入; what is refused has no such button."""

    def __init__(self, parent: QWidget, seen: Preview, *, take: Callable[[], object]) -> None:
        super().__init__(parent)
        self._take = take
        self.setWindowTitle(self.tr("导入数据包"))
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(text(seen.file, "title", wrap=True))
        self.written = text(_written(seen), "muted", wrap=True)
        column.addWidget(self.written)
        tone, said = _verdict(seen)
        self.verdict = text(f"{SHAPES[tone]} {said}", wrap=True)
        self.verdict.setAccessibleName(said)
        set_tone(self.verdict, tone)
        column.addWidget(self.verdict)
        self.effects = LinesView(self.tr("导入后"))
        self.effects.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.effects)
        self.effects.show_lines([Line(words_) for words_ in _effects(seen)])
        self.effects.setVisible(bool(self.effects.lines.lines))
        self.cases = LinesView(self.tr("涉及的案件"), fit=False)
        head = text(self.tr("涉及的案件"), "title")
        for widget in (head, self.cases):
            widget.setVisible(bool(seen.cases))
            column.addWidget(widget, 1 if widget is self.cases else 0)
        self.cases.show_lines(_cases(seen))
        if not seen.cases:
            column.addStretch(1)
        self.ok = button(self.tr("导入"), self._import, kind="primary", picture="download")
        self.ok.setVisible(seen.can_import and not seen.nothing_new)
        away = button(self.tr("取消") if self.ok.isVisibleTo(self) else self.tr("关闭"), self.reject)
        column.addLayout(row(None, away, self.ok))
        (self.ok if self.ok.isVisibleTo(self) else away).setFocus()
        self.finished.connect(self.deleteLater)
        room = parent.window().size()
        self.resize(min(640, room.width() - 48), min(520 if seen.cases else 300, room.height() - 48))

    def _import(self) -> None:
        self.accept()
        self._take()


def _written(seen: Preview) -> str:
    """Number, time, who and for whom; of what is refused only as the file itself says."""
    if not seen.at:
        return words.size(seen.size)
    said = QCoreApplication.translate("BundleDialog", "第 {no} 号，{at} 由{writer}写出，给{receiver}，{size}。").format(
        no=seen.number,
        at=words.stamp(seen.at),
        writer=_role(seen.writer),
        receiver=_role(seen.receiver),
        size=words.size(seen.size),
    )
    if seen.can_import or seen.kind == looking.OWN:
        return said
    return said + QCoreApplication.translate("BundleDialog", "以上为文件自述，未经核实。")


def _role(role: str) -> str:
    return {
        looking.PLATFORM: QCoreApplication.translate("BundleDialog", "区级平台"),
        looking.COLLEAGUE: QCoreApplication.translate("BundleDialog", "本站另一台电脑"),
        looking.SELF: QCoreApplication.translate("BundleDialog", "本机"),
    }.get(role, QCoreApplication.translate("BundleDialog", "其他设备"))


def _verdict(seen: Preview) -> tuple[Tone, str]:
    if seen.kind == looking.OWN:
        return "amber", words.sentence(looking.why(seen))
    if not seen.can_import:
        return "red", words.sentence(looking.why(seen))
    if seen.nothing_new:
        return "none", QCoreApplication.translate(
            "BundleDialog", "没有新内容：已经导入过，或者已经联网收到，不必再导入。"
        )
    return "green", QCoreApplication.translate("BundleDialog", "签名和内容核对无误，可以导入。现在还没有导入任何内容。")


def _effects(seen: Preview) -> list[str]:
    """What importing will do, a sentence each."""
    if not seen.can_import or seen.nothing_new:
        return []
    said: list[str] = []
    if seen.restored:
        said.append(QCoreApplication.translate("BundleDialog", "区级平台曾从备份恢复，它缺少的内容将重新列入待上传。"))
    if seen.confirms:
        said.append(QCoreApplication.translate("BundleDialog", "本机 {n} 条记录将记为已上传。").format(n=seen.confirms))
    if seen.fresh or seen.known:
        said.append(
            QCoreApplication.translate("BundleDialog", "带来 {n} 条新记录；另有 {m} 条本机已有，不会重复。").format(
                n=seen.fresh, m=seen.known
            )
        )
    if seen.files:
        said.append(QCoreApplication.translate("BundleDialog", "附件 {n} 个。").format(n=seen.files))
    if seen.problems:
        said.append(
            QCoreApplication.translate("BundleDialog", "本机有 {n} 条记录未被采用，导入后在本页列出。").format(
                n=seen.problems
            )
        )
    return said


def _cases(seen: Preview) -> list[Line]:
    lines = [_case(case) for case in seen.cases]
    if seen.more:
        lines.append(Line(QCoreApplication.translate("BundleDialog", "另有 {n} 件").format(n=seen.more)))
    return lines


def _case(case: SeenCase) -> Line:
    hidden = QCoreApplication.translate("BundleDialog", "内容本机不能读取的案件")
    name = "  ".join(part for part in (case.number, case.title) if part) or hidden
    kind = (
        QCoreApplication.translate("BundleDialog", "新案件，{n} 条记录")
        if case.new
        else QCoreApplication.translate("BundleDialog", "本机已有，新增 {n} 条记录")
    )
    return Line(name, kind.format(n=case.fresh), "green" if case.new else "none")
