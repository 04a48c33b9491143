"""The one next step of a case: what a mediator most likely does now; everything else lawful stays in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, text
from station_app.domain.course.services import MEDIATION, OWN, SUGGESTION, rendered, service_of
from station_app.services import records
from station_app.ui import words
from station_app.ui.case.acts.filling import add_session
from station_app.ui.case.acts.outcome import apply, pay, ruling, visit
from station_app.ui.case.acts.steps import one_refused, step
from station_app.ui.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage, Look


@dataclass(frozen=True, slots=True)
class Next:
    """The one next step: its words and what it does."""

    title: str
    act: Callable[[CasePage], object]


def _say(source: str) -> str:
    return QCoreApplication.translate("CaseActs", source)


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
    if state in ("accepted", "mediating") and one_refused(view):
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
