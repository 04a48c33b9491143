"""签署登记: who signed, who is waited for; each act with manner, seal and day; warnings as a lawyer would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from station_app.domain.dates import date_cn
from station_app.services import signing
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.signing import Signer
from station_app.ui import words
from station_app.ui.agreement.each import EachDialog
from station_app.ui.agreement.reading import Look
from station_app.ui.agreement.specs import SIGN
from station_app.ui.case.dialog import FormDialog
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage


class SigningCard(QFrame):
    """The acts of signing of the agreement shown."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__()
        self._page = page
        self._seen: Look | None = None
        self.setProperty("role", "card")
        self.lines = LinesView(self.tr("签署登记"))
        self.lines.opened.connect(self._open)
        self.effect = label("", wrap=True)
        self.all = button(self.tr("全部当事人已签"), self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S4)
        column.setSpacing(S3)
        self.each = button(self.tr("一人一份"), lambda: EachDialog(page).open(), kind="quiet")
        self.table = button(self.tr("签字台"), lambda: page.desk.go("sign_desk", page.rec), kind="quiet")
        column.addLayout(row(label(self.tr("签署登记"), "title"), None, self.table, self.each, self.all))
        column.addWidget(label(self.tr("第一项签署登记后，协议内容即不能修改。"), "muted", wrap=True))
        column.addWidget(self.lines)
        column.addWidget(self.effect)

    def show_look(self, found: Look) -> None:
        """Who signed, who did not."""
        self._seen = found
        self.setVisible(found.status is not None and bool(found.case.terms or found.case.obligations))
        status = found.status
        if status is None:
            return
        waiting = {p.id for p in status.waiting}
        refused = {p.id for p in status.refused}
        lines = []
        for party in found.case.parties:
            said = (
                self.tr("拒绝签署")
                if party.id in refused
                else self.tr("待签署")
                if party.id in waiting
                else self.tr("已签署")
            )
            tone: words.Tone = "red" if party.id in refused else "amber" if party.id in waiting else "green"
            lines.append(Line(party.name, said, tone, "party", party.id))
        for role, done in (("mediator", status.mediator), ("committee", status.committee)):
            said = self.tr("已签署") if done else self.tr("待签署")
            lines.append(Line(words.code("signer_roles", role), said, "green" if done else "amber", role))
        self.lines.show_lines(lines)
        self._to_next()
        self.all.setEnabled(bool(waiting))
        self.each.setVisible(len(found.grid.payees) > 1 and not found.case.sealed)
        self.effect.setText(self._effect(found))

    def begin(self) -> None:
        """The keys act here: Enter writes down the first who has not signed."""
        self.lines.setFocus()
        self._to_next()

    def _to_next(self) -> None:
        """The first line that waits is the current one, so that Enter goes on."""
        waits = next((n for n, line in enumerate(self.lines.lines.lines) if line.tone == "amber"), -1)
        if waits >= 0:
            self.lines.setCurrentIndex(self.lines.lines.index(waits, 0))

    def _effect(self, found: Look) -> str:
        status = found.status
        if status is None or not status.effective_on:
            return self.tr("各方当事人、调解员签署并加盖人民调解委员会印章后生效。")
        said = self.tr("● {day}起生效。").format(day=date_cn(status.effective_on))
        if status.deadline is not None:
            last = date_cn(status.deadline.shifted.isoformat())
            said += self.tr("共同申请司法确认最迟 {day}。").format(day=last)
        return said

    def _open(self, line: Line) -> None:
        found = self._seen
        if found is None:
            return
        role = "party" if line.key == "party" else line.key
        rec = str(line.argument or "")
        person = next((p.is_person for p in found.case.parties if p.id == rec), False)
        page, station, case = self._page, self._page.station, self._page.rec

        def save(values: dict[str, dict[str, Json]]) -> Changes:
            given = {k: str(v or "") for k, v in values["signature"].items()}
            name = given.pop("name")
            signer = Signer("agent" if name and role == "party" else role, party=rec, name=name, **given)
            return signing.sign_many(station, case=case, signers=[signer])

        shown: Values = {"signature.on": station.clock.today().isoformat(), "signature.manner": _usual(role, person)}
        if role == "committee":
            shown["signature.seal"] = "committee"
        elif role == "party" and not person:
            shown["signature.seal"] = "official"
        dialog = FormDialog(page, page.desk, title=line.text, spec=SIGN, values=shown, save=save)
        dialog.form.finished.connect(lambda _path: self._warn(dialog, role, rec))
        dialog.open()

    def _warn(self, dialog: FormDialog, role: str, rec: str) -> None:
        """What a lawyer would say, while it can still be changed."""
        values, errors = dialog.form.read()
        if errors:
            return
        given = {k: str(v or "") for k, v in values["signature"].items()}
        signer = Signer(role, given["manner"], rec, seal=given["seal"], name=given["name"])
        found = signing.warnings(self._page.station, case=self._page.rec, signer=signer)
        dialog.said.setText("\n".join("◆ " + words.note(n.key, **n.values) for n in found))
        dialog.said.setVisible(bool(found))

    def _all(self) -> None:
        """Every party still waited for signed today in the usual way."""
        found = self._seen
        if found is None or found.status is None:
            return
        many = []
        for party in found.status.waiting:
            seal = "" if party.is_person else "official"
            many.append(Signer("party", _usual("party", party.is_person), party.id, seal=seal))
        page, station, case = self._page, self._page.station, self._page.rec
        page.tasks.write(
            lambda: signing.sign_many(station, case=case, signers=many),
            done=lambda _c: page.notices.say(self.tr("已登记 {n} 方签署。").format(n=len(many)), tone="green"),
            failed=page.notices.error,
            owner=self,
        )


def _usual(role: str, person: bool) -> str:
    """The usual manner: people sign and press a finger, bodies sign and seal."""
    if role == "party":
        return "signed_fingerprint" if person else "signed_sealed"
    return "sealed" if role == "committee" else "signed"
