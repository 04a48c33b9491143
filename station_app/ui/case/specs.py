"""The forms of a case's parts."""

from __future__ import annotations

from typing import Final

from station_app.ui.forms.spec import FormSpec, Item, Section, asked_of_list
from station_app.ui.marks import QT_TRANSLATE_NOOP


def _spec(name: str, *items: Item, columns: int = 2) -> FormSpec:
    return FormSpec(name, (Section("", items, columns),))


def received(parties: tuple[tuple[str, str], ...]) -> FormSpec:
    """收到裁定: the day, for one party, for all without a day of their own, or for an interested person."""
    return _spec(
        "received",
        Item("ruling_receipt.on", required=True),
        Item("ruling_receipt.party", choices=parties, hint=QT_TRANSLATE_NOOP("Forms", "全部尚未登记的当事人")),
        Item("ruling_receipt.name", span=2, hint=QT_TRANSLATE_NOOP("Forms", "只在登记当事人以外的利害关系人时填写")),
    )


_CASE: Final = (
    Item("case.title", required=True, span=2),
    Item("case.service", required=True),
    Item("case.type"),
    Item("case.channel"),
    Item("case.amount"),
    Item("case.place", span=2),
    Item("facts.summary", required=True, span=2),
    Item("facts.story", span=2),
    Item("facts.request", span=2),
    Item("facts.other_proceedings", span=2),
    Item("case.labour"),
)


def case_form() -> FormSpec:
    """基本情况; 重点领域 is asked where the district has brought its list."""
    return _spec("case_edit", *_CASE, *asked_of_list("case.key_area"))


CONSENT: Final = _spec("consent", Item("case.consent_applicant"), Item("case.consent_respondent"))
PARTY: Final = _spec(
    "party_edit",
    Item("party.name", required=True),
    Item("party.role", required=True),
    Item("party.kind", required=True),
    Item("identity.id_kind"),
    Item("identity.id_number"),
    Item("identity.phone"),
    Item("identity.legal_rep"),
    Item("identity.legal_rep_title"),
    Item("identity.address", span=2),
    Item("identity.ethnic"),
    Item("identity.occupation"),
    Item("identity.bank"),
    Item("identity.account"),
    Item("identity.account_holder"),
    Item("identity.id_override", span=2),
)
SESSION: Final = _spec(
    "session",
    Item("session.from", required=True),
    Item("session.to"),
    Item("session.place", span=2),
    Item("session.attendees", span=2),
    Item("session.record", required=True, span=2),
    Item("session.undisputed", span=2),
    Item("session.positions", span=2),
    Item("session.result"),
)
STEP: Final = _spec(
    "step",
    Item("step.at", type="moment", label=QT_TRANSLATE_NOOP("Forms", "实际办理时间（补录时填写）")),
    Item("step.reason", type="long", label=QT_TRANSLATE_NOOP("Forms", "原因"), span=2),
)
REOPEN: Final = _spec(
    "reopen",
    Item("step.at", type="moment", label=QT_TRANSLATE_NOOP("Forms", "实际办理时间（补录时填写）")),
    Item("reopening.asked_by"),
    Item("step.reason", type="long", label=QT_TRANSLATE_NOOP("Forms", "原因"), required=True, span=2),
)
APPLY: Final = _spec(
    "apply", Item("confirmation.applied_on"), Item("confirmation.mode"), Item("confirmation.court", span=2)
)
STAGE: Final = _spec(
    "stage",
    Item("confirmation.stage", required=True),
    Item("confirmation.stage_on"),
    Item("confirmation.stage_note", span=2),
)
HEARING: Final = _spec(
    "hearing", Item("confirmation.hearing_at", required=True), Item("confirmation.hearing_room", required=True)
)
RULING: Final = _spec(
    "ruling",
    Item("confirmation.result", required=True),
    Item("confirmation.ruled_on"),
    Item("confirmation.ruling_no", span=2),
    Item("confirmation.reason", span=2),
)


def agreed(forms: list[tuple[str, str]]) -> FormSpec:
    """达成协议 where no agreement was made here: its form is asked, so that the statistics know it."""
    choices = tuple(form for form in forms if form[0] != "supplement")
    return _spec("step", Item("case.agreement_form", required=True, choices=choices), *STEP.sections[0].items)


def end(reasons: tuple[tuple[str, str], ...]) -> FormSpec:
    """终止调解: the ground by its code, what more there is to say, and when."""
    why = Item("step.why", required=True, type="code", label=QT_TRANSLATE_NOOP("Forms", "终止原因"), choices=reasons)
    at = Item("step.at", type="moment", label=QT_TRANSLATE_NOOP("Forms", "实际办理时间（补录时填写）"))
    more = Item("step.reason", type="long", label=QT_TRANSLATE_NOOP("Forms", "说明"), span=2)
    return _spec("end", why, at, more)


def leaving(kinds: tuple[tuple[str, str], ...]) -> FormSpec:
    """转办 to a unit outside: which kind, which unit, why, and when."""
    at = Item("step.at", type="moment", label=QT_TRANSLATE_NOOP("Forms", "实际办理时间（补录时填写）"))
    kind = Item("hand_off.to_kind", required=True, choices=kinds)
    to, reason = Item("hand_off.to", required=True), Item("hand_off.reason", required=True, span=2)
    return _spec("leaving", kind, to, reason, at)
