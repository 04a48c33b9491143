"""What can be done from the page of a case: the one next step, the other lawful steps, and the parts' dialogs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, Party, text
from station_app.domain.course.services import MEDIATION, OWN, SUGGESTION, rendered, service_of
from station_app.domain.papers import dossier
from station_app.services import cases, confirmation, performance, records, sessions
from station_app.services.cases import PartyInput, Values
from station_app.services.changes import Changes
from station_app.services.loop import exits, reopening
from station_app.ui import words
from station_app.ui.case import quick, specs
from station_app.ui.case.dialog import FormDialog
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.notices import ask
from sync.contract.canonical import Json
from sync.contract.fold import Record
from sync.contract.states import STEPS

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look

Read = dict[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step: its words and what it does."""

    title: str
    act: Callable[[CasePage], object]


def _given(values: Values) -> Values:
    """What is not empty."""
    return {k: v for k, v in values.items() if v not in (None, "")}


def _say(source: str) -> str:
    return QCoreApplication.translate("CaseActs", source)


_REFUSED: Final = frozenset({"refused"})
_WILL: Final = ("consent_applicant", "consent_respondent")
_AGREE: Final = QT_TRANSLATE_NOOP("CaseActs", "制作调解协议书")
_SIGN: Final = QT_TRANSLATE_NOOP("CaseActs", "签署登记")
_PAY: Final = QT_TRANSLATE_NOOP("CaseActs", "记录履行")
_VISIT: Final = QT_TRANSLATE_NOOP("CaseActs", "记录回访")
_RULING: Final = QT_TRANSLATE_NOOP("CaseActs", "录入裁定")
_APPLY: Final = QT_TRANSLATE_NOOP("CaseActs", "申请司法确认")
_TRACK: Final = QT_TRANSLATE_NOOP("CaseActs", "登记进展")
_COMPLETE: Final = QT_TRANSLATE_NOOP("CaseActs", "补充办理情况")
_RENDER: Final = QT_TRANSLATE_NOOP("CaseActs", "登记{what}")
_SESSION: Final = QT_TRANSLATE_NOOP("CaseActs", "添加调解记录")


def next_step(found: Look) -> Next | None:
    """What a mediator most likely does next; every other lawful step stays in the menu."""
    view = found.case
    state = view.case_state
    early = _early(view, state)
    if early is not None:
        return early
    if state == "mediating":
        if view.agreement is not None and view.obligations:
            return Next(_say(_SIGN), _open_signing)
        return Next(_say(_AGREE), _open_agreement)
    if state == "agreed":
        return Next(_say(_SIGN), _open_signing)
    if state == "effective" and text(view.agreement, "confirm") == "apply":
        return Next(_say(_APPLY), apply)
    if state == "confirming":
        return Next(_say(_RULING), ruling)
    if state in ("effective", "confirmed", "not_confirmed") and any(d.left for d in found.dues):
        return Next(_say(_PAY), pay)
    if state in ("effective", "confirmed", "not_confirmed", "performed"):
        return Next(_say(_VISIT), visit)
    verb = {"registered": "accept", "visited": "feed_back", "fedback": "archive", "ended": "archive"}.get(state)
    return Next(words.code("verbs", verb), lambda page: step(page, verb)) if verb else None


def _early(view: Case, state: str) -> Next | None:
    """Before anything is agreed: another service's record, the end after a refusal, the first session."""
    if state == "accepted" and service_of(view) != MEDIATION:
        return _rendering(view)
    if state in ("accepted", "mediating") and _REFUSED & {text(view.record, name) for name in _WILL}:
        return Next(words.code("verbs", "end"), lambda page: step(page, "end"))
    return Next(_say(_SESSION), add_session) if state == "accepted" else None


def _rendering(view: Case) -> Next:
    """Of another service than mediation: write down what was done, then report it back."""
    kind = OWN[service_of(view)]
    if rendered(view):
        return Next(words.code("verbs", "feed_back"), lambda page: step(page, "feed_back"))
    standing = view.kind(kind)
    if not standing:
        said = _say(_RENDER).format(what=records.title_of(kind, words.lang()))
        return Next(said, lambda page: page.records.open_new(kind))
    if kind == OWN[SUGGESTION]:
        return Next(_say(_TRACK), lambda page: page.service.go_on())
    return Next(_say(_COMPLETE), lambda page: page.records.open_record(standing[-1].id))


def _open_agreement(page: CasePage) -> None:
    page.desk.go("agreement", page.rec)


def _open_signing(page: CasePage) -> None:
    """The agreement with its card of signing; where each worker has his own, the sign desk."""
    each = page.seen is not None and bool(page.seen.case.individual)
    if each:
        page.desk.go("sign_desk", page.rec)
    else:
        page.desk.go("agreement", (page.rec, "signing"))


def do(page: CasePage, act: Callable[[], Changes], said: str) -> None:
    """Run a verb and offer to take it back."""
    page.tasks.write(act, done=lambda c: page.desk.did(said, c), failed=page.notices.error, owner=page)


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
    if verb == "end" and page.seen and _REFUSED & {text(page.seen.case.record, name) for name in _WILL}:
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


def edit_case(page: CasePage) -> None:
    """Title, kind, place, sum and facts."""
    if page.seen is None:
        return
    view, station, rec = page.seen.case, page.station, page.rec
    shown: Values = {f"case.{k}": v for k, v in view.record.values.items()}
    if view.facts is not None:
        shown |= {f"facts.{k}": v for k, v in view.facts.values.items()}
    facts = view.facts.id if view.facts else ""

    def save(values: Read) -> Changes:
        changed: dict[str, Values] = {rec: values["case"]}
        if facts:
            changed[facts] = values["facts"]
        return cases.edit(
            station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改基本情况")
        )

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "修改基本情况"),
        spec=specs.case_form(),
        values=shown,
        save=save,
    ).open()


def consent(page: CasePage) -> None:
    """征求意见."""
    if page.seen is None:
        return
    station, rec, record = page.station, page.rec, page.seen.case.record
    shown: Values = {f"case.{n}": record.get(n) for n in ("consent_applicant", "consent_respondent")}

    def save(values: Read) -> Changes:
        given = values["case"]
        sides = [str(given.get(n) or "") for n in ("consent_applicant", "consent_respondent")]
        return sessions.consent(station, case=rec, applicant=sides[0], respondent=sides[1])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "征求意见"),
        spec=specs.CONSENT,
        values=shown,
        save=save,
    ).open()


def add_party(page: CasePage) -> None:
    """One more party."""
    station, rec = page.station, page.rec

    def save(values: Read) -> Changes:
        identity = _given(values["identity"])
        return cases.add_party(station, case=rec, given=PartyInput(values["party"], identity))

    shown: Values = {"party.role": "applicant", "party.kind": "person"}
    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "添加当事人"),
        spec=specs.PARTY,
        values=shown,
        save=save,
    ).open()


def edit_party(page: CasePage, party: Party) -> None:
    """What is known of a party; 移除 takes it out of the case."""
    station, rec = page.station, page.rec
    shown: Values = {f"party.{k}": v for k, v in party.record.values.items()}
    if party.identity is not None:
        shown |= {f"identity.{k}": v for k, v in party.identity.values.items()}

    def save(values: Read) -> Changes:
        changed: dict[str, Values] = {party.id: values["party"]}
        if party.identity is not None:
            changed[party.identity.id] = values["identity"]
            return cases.edit(
                station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改当事人")
            )
        given = _given(values["identity"])
        made = cases.edit(station, case=rec, values=changed, label=QCoreApplication.translate("CasePage", "修改当事人"))
        if given:
            made = made.also(cases.add(station, case=rec, kind="identity", values={"party": party.id, **given}))
        return made

    FormDialog(page, page.desk, title=party.name, spec=specs.PARTY, values=shown, save=save).open()


def add_session(page: CasePage) -> None:
    """调解记录, with the notes of each side alone."""
    from station_app.ui.case.session_dialog import SessionDialog

    if page.seen is not None:
        SessionDialog(page).open()


def edit_session(page: CasePage, record: Record) -> None:
    """Correct a session on record."""
    station, rec = page.station, page.rec
    shown: Values = {f"session.{k}": v for k, v in record.values.items()}

    def save(values: Read) -> Changes:
        return sessions.edit(station, case=rec, session=record.id, values=values["session"])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "调解记录"),
        spec=specs.SESSION,
        values=shown,
        save=save,
    ).open()


def apply(page: CasePage) -> None:
    """共同申请司法确认."""
    station, rec = page.station, page.rec
    shown: Values = {"confirmation.applied_on": station.clock.today().isoformat()}
    if page.seen is not None:
        shown["confirmation.court"] = text(page.seen.case.record, "court")

    def save(values: Read) -> Changes:
        given = {k: str(v or "") for k, v in values["confirmation"].items()}
        return confirmation.apply(station, case=rec, mode=given["mode"], court=given["court"], on=given["applied_on"])

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "申请司法确认"),
        spec=specs.APPLY,
        values=shown,
        save=save,
    ).open()


def ruling(page: CasePage) -> None:
    """The court's answer as typed from its paper."""
    station, rec = page.station, page.rec

    def save(values: Read) -> Changes:
        given = {k: str(v or "") for k, v in values["confirmation"].items()}
        return confirmation.rule(
            station,
            case=rec,
            result=given["result"],
            ruling_no=given["ruling_no"],
            on=given["ruled_on"],
            reason=given["reason"],
        )

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "录入裁定"),
        spec=specs.RULING,
        values={},
        save=save,
    ).open()


def pay(page: CasePage) -> None:
    """The instalment that is due next was paid to everybody who is still owed."""
    if page.seen is None:
        return
    station, rec = page.station, page.rec
    left = [d for d in page.seen.dues if d.left]
    if not left:
        return
    first = left[0].obligation
    mine = [d for d in left if d.obligation == first]
    total = words.yuan(sum(d.left for d in mine))
    said = QCoreApplication.translate("CasePage", "登记 {due} 到期的 {yuan} 元已付给 {n} 人？").format(
        due=mine[0].due, yuan=total, n=len(mine)
    )

    def act() -> None:
        done = QCoreApplication.translate("CasePage", "已登记履行。")
        do(page, lambda: performance.pay(station, case=rec, obligation=first), done)

    ask(
        page,
        said,
        yes=(QCoreApplication.translate("CasePage", "登记"), act),
        detail=QCoreApplication.translate("CasePage", "个别未到账的，请在“履行情况”中更正。"),
    )


def visit(page: CasePage) -> None:
    """回访."""
    quick.visit(page, page.desk, case=page.rec)
