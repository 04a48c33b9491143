"""司法确认预审: every finding with its article and what mends it; questions are answered where they are asked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from station_app.domain.court.finding import Finding, Severity
from station_app.services import court
from station_app.services.changes import Changes
from station_app.services.court import View
from station_app.ui.case.dialog import FormDialog
from station_app.ui.court import asking
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.layout import Canvas, button, clear, row, text
from station_app.ui.words import Tone
from sync.contract.canonical import Json

_TONES: dict[Severity, Tone] = {
    Severity.SEAL: "red",
    Severity.STOP: "red",
    Severity.WARN: "amber",
    Severity.HINT: "none",
}
_SHAPES: dict[Severity, str] = {Severity.SEAL: "▲", Severity.STOP: "▲", Severity.WARN: "◆", Severity.HINT: "○"}
_PAGES = {"obligation": "agreement", "agreement": "agreement", "term": "agreement", "signature": "agreement"}


def severity_word(severity: Severity) -> str:
    """阻止, 不得加盖印章, 提醒, 提示."""
    said = {
        Severity.SEAL: QCoreApplication.translate("Court", "不得加盖印章"),
        Severity.STOP: QCoreApplication.translate("Court", "阻止"),
        Severity.WARN: QCoreApplication.translate("Court", "提醒"),
        Severity.HINT: QCoreApplication.translate("Court", "提示"),
    }
    return said[severity]


def counted(view: View) -> str:
    """ "阻止 1　提醒 2　提示 1": what there is, gravest first; a sentence where there is nothing."""
    parts = [f"{severity_word(s)} {view.count(s)}" for s in Severity if view.count(s)]
    return "　".join(parts) or QCoreApplication.translate("Court", "没有发现问题")


def shape(view: View) -> str:
    """The shape of the gravest finding."""
    return _SHAPES[view.findings[0].severity] if view.findings else "●"


def tone(view: View) -> Tone:
    """The tone of the gravest finding."""
    return _TONES[view.findings[0].severity] if view.findings else "green"


class CourtDialog(QDialog):
    """Reads the view anew whenever something was answered; closing it changes nothing."""

    def __init__(self, parent: QWidget, desk: Desk, *, case: str) -> None:
        super().__init__(parent)
        self.desk, self.case = desk, case
        self.setWindowTitle(self.tr("司法确认预审"))
        self.head = text("", "title", wrap=True)
        self.scope = text(
            self.tr("仅影响提交法院的文书；双方仍可签署协议，出具协议时记明已经告知。"), "muted", wrap=True
        )
        self.canvas = Canvas(margin=0)
        self.cards: list[FindingCard] = []
        never = self.tr("不能替您判断：纠纷是否真实、当事人是否自愿，请调解员当面核实。")
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addWidget(self.head)
        column.addWidget(self.scope)
        column.addWidget(self.canvas, 1)
        bottom = row(text(never, "small", wrap=True), button(self.tr("关闭"), self.accept))
        bottom.setStretch(0, 1)
        column.addLayout(bottom)
        room = parent.window().size()
        self.resize(min(920, room.width() - 48), min(640, room.height() - 48))
        self.finished.connect(self.deleteLater)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        station, case = self.desk.station, self.case
        self.desk.tasks.read(
            lambda: court.look(station, case=case), done=self.show_view, failed=self.desk.notices.error, owner=self
        )

    def show_view(self, view: View) -> None:
        """Show the findings, gravest first."""
        self.head.setText(f"{self.tr('司法确认预审')}　{counted(view)}")
        clear(self.canvas.column)
        self.cards = [FindingCard(self, finding) for finding in view.findings]
        for card in self.cards:
            self.canvas.column.addWidget(card)
        if view.materials:
            listed = "、".join(view.materials)
            said = self.tr("提交法院的材料：{list}。").format(list=listed)
            self.canvas.column.addWidget(text(said, "muted", wrap=True))
        for venue in view.venues:
            basis = "；".join(article.printed for article in venue.basis)
            self.canvas.column.addWidget(text(f"{venue.reason}〔{basis}〕", "muted", wrap=True))
        self.canvas.column.addStretch(1)

    def mend(self, finding: Finding) -> None:
        """Ask the question, or open the page where it is mended."""
        if finding.question:
            asking.open_for(self, self.desk, case=self.case, code=finding.question, after=self.refresh)
            return
        page = _PAGES.get(finding.place.partition(".")[0], "case")
        self.accept()
        self.desk.jump(page, self.case, finding)

    def override(self) -> None:
        """The committee's head decides to seal all the same, with a reason that is kept."""
        station, case = self.desk.station, self.case
        reason = FormSpec("override", (Section("", (Item("answer.text", required=True),), 1),))

        def store(values: dict[str, dict[str, Json]]) -> Changes:
            return court.override_seal(station, case=case, reason=str(values["answer"]["text"] or ""))

        title = self.tr("负责人决定加盖")
        intro = self.tr("写明理由后可以加盖人民调解委员会印章，理由和当时的审查意见一并保存。")
        FormDialog(self, self.desk, title=title, spec=reason, values={}, save=store, intro=intro).open()


class FindingCard(QFrame):
    """One finding: what, why by which article (its words on demand), and the button that mends it."""

    def __init__(self, dialog: CourtDialog, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setProperty("role", "card")
        mark = text(f"{_SHAPES[finding.severity]} {severity_word(finding.severity)}")
        set_tone(mark, _TONES[finding.severity])
        self.sentence = text(finding.sentence, wrap=True)
        self.basis = text(finding.printed_basis, "small", wrap=True)
        self.law = text(self._articles(), "muted", wrap=True)
        self.law.hide()
        self.more = button(self.tr("查看条文"), self._toggle, kind="quiet")
        self.more.setVisible(bool(self.law.text()))
        self.act = button(finding.mend, partial(dialog.mend, finding))
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        column.setSpacing(S2)
        self.override = button(self.tr("负责人决定加盖"), dialog.override, kind="quiet")
        self.override.setVisible(finding.severity is Severity.SEAL and court.may_override(dialog.desk.station))
        column.addLayout(row(mark, None, self.more, self.override, self.act))
        column.addWidget(self.sentence)
        column.addWidget(self.basis)
        column.addWidget(self.law)
        self.setAccessibleName(f"{severity_word(finding.severity)}：{finding.sentence}")

    def _articles(self) -> str:
        return "\n\n".join(f"{a.printed}\n{a.text}" for a in self.finding.basis if a.text)

    def _toggle(self) -> None:
        self.law.setVisible(self.law.isHidden())
        self.more.setText(self.tr("收起条文") if self.law.isVisible() else self.tr("查看条文"))
