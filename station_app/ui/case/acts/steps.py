"""The steps of the loop: at once or with a reason and a time of their own; out of the station; into the bin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, text
from station_app.domain.papers import dossier
from station_app.services import cases, sessions
from station_app.services.changes import Changes
from station_app.services.loop import exits, reopening
from station_app.ui import words
from station_app.ui.case import specs
from station_app.ui.case.acts.doing import Read, do
from station_app.ui.case.dialog import FormDialog
from sync.contract.states import STEPS

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

_WILL: Final = ("consent_applicant", "consent_respondent")


def one_refused(view: Case) -> bool:
    """Whether a side has refused mediation: then it ends (人民调解法 17)."""
    return "refused" in {text(view.record, name) for name in _WILL}


def step(page: CasePage, verb: str) -> None:
    """A step of the loop: at once, or with its reason and, for what happened earlier, its own time."""
    station, rec, title = page.station, page.rec, words.code("verbs", verb)
    if verb == "accept":
        do(page, lambda: cases.step(station, case=rec, verb=verb), QCoreApplication.translate("CasePage", "已受理。"))
        return
    if verb == "refer":
        leave(page)
        return

    def save(values: Read) -> Changes:
        given = values["step"]
        at, reason = str(given.get("at") or ""), str(given.get("reason") or "")
        if verb == "end":
            return sessions.end(station, case=rec, reason=str(given.get("why") or ""), note=reason, at=at)
        if verb == "reopen":
            by = str(values["reopening"].get("asked_by") or "")
            return reopening.reopen(station, case=rec, reason=reason, asked_by=by, at=at)
        return cases.step(station, case=rec, verb=verb, at=at, reason=reason, extra=values.get("case"))

    spec = specs.end(words.listed("end_reasons")) if verb == "end" else specs.STEP
    spec = specs.REOPEN if verb == "reopen" else spec
    if verb == "agree" and page.seen is not None and page.seen.case.agreement is None:
        spec = specs.agreed(words.choices("case.agreement_form"))
    lacks = dossier.missing(page.seen.case) if verb == "archive" and page.seen is not None else []
    said = QCoreApplication.translate("CasePage", "卷内缺少：{what}。写明原因后可以归档。")
    intro = said.format(what="、".join(lacks)) if lacks else ""
    dialog = FormDialog(page, page.desk, title=title, spec=spec, values={}, save=save, intro=intro)
    dialog.form.boxes["step.reason"].setVisible(STEPS[verb].reason or bool(lacks))
    if verb == "end" and page.seen and one_refused(page.seen.case):
        dialog.form.set_values({"step.why": "refused"})
    dialog.open()


def leave(page: CasePage) -> None:
    """转办 to the discipline inspection, the police, a court, the petition system, a department."""
    station, rec = page.station, page.rec

    def save(values: Read) -> Changes:
        given = {name: str(value or "") for name, value in {**values["hand_off"], **values["step"]}.items()}
        return exits.leave(
            station, case=rec, kind=given["to_kind"], to=given["to"], reason=given["reason"], at=given["at"]
        )

    kinds = tuple((kind, words.code("hand_off_kinds", kind)) for kind in exits.KINDS)
    title = words.code("verbs", "refer")
    FormDialog(page, page.desk, title=title, spec=specs.leaving(kinds), values={}, save=save).open()


def discard(page: CasePage, *, back: bool) -> None:
    """Into the recycle bin, or out of it: nothing is asked, since it can be taken back."""
    station, rec = page.station, page.rec
    said = QCoreApplication.translate("CasePage", "已移入回收站，三十天内可以恢复。")
    if back:
        said = QCoreApplication.translate("CasePage", "已恢复。")
    do(page, lambda: cases.discard(station, case=rec, back=back), said)
