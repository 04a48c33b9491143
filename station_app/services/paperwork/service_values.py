"""Values of the papers of the other services, from the case.

Records of the psychological service and the names of complainants are never read here: papers lie open in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, Case, names, number, text
from station_app.domain.dates import date_cn
from station_app.domain.rules import load_rules
from station_app.services.station import Station
from sync.contract.fold import Record
from sync.contract.slip import slip_of

Values = dict[str, object]

COMPLAINT: Final = "complaint"
_SATISFIED: Final = {
    "5": "very_satisfied",
    "4": "satisfied",
    "3": "fairly",
    "2": "dissatisfied",
    "1": "very_dissatisfied",
}


def _has(kind: str, service: str = "") -> Callable[[Case], bool]:
    """The case holds such a record, or came in for that service."""
    return lambda view: bool(view.kind(kind)) or bool(service and text(view.record, "service") == service)


APPLIES: Final[Mapping[str, Callable[[Case], bool]]] = {
    "order_sheet": lambda case: any(not r.get("withdrawn_at") for r in case.kind("order")),
    "hand_off_sheet": _has("hand_off"),
    "consultation_record": _has("consultation", "legal"),
    "psych_record": lambda view: text(view.record, "service") == "psych",
    "suggestion_register": _has("suggestion", "suggestion"),
    "relief_register": _has("relief", "aid"),
    "reply_sheet": _has("reply"),
}
"""Template -> whether a case has a use for it; one that is not named applies to every case."""


def build(station: Station, case: Case) -> Values:
    """The values, by the keys declared for these papers."""
    place = _place(station)
    phone = text(place, "phone") or text(_committee(station), "phone")
    return {
        "station": _some(name=station.store.setting("station.name"), phone=phone),
        "appeal": _appeal(station, case),
        "orders": [_order(r) for r in case.kind("order") if not r.get("withdrawn_at")],
        "hand_offs": [_hand_off(r) for r in case.kind("hand_off")],
        "consultations": [_consultation(r) for r in case.kind("consultation")],
        "suggestions": [_suggestion(r) for r in case.kind("suggestion")],
        "reliefs": [_relief(r) for r in case.kind("relief")],
        "replies": [_reply(r) for r in case.kind("reply")],
        "slip": _slip(case, phone),
        "privacy": _privacy(station, place, phone),
    }


def _some(**values: object) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def moment_cn(moment: str) -> str:
    """ "2026-11-20T08:52" as 2026年11月20日 08:52; a day alone as the day."""
    if not moment:
        return ""
    day, _, clock = moment.partition("T")
    return f"{date_cn(day)} {clock[:5]}".strip()


def _label(kind: str, field: str, code: str) -> str:
    return codes.of_field(kind, field).label(code) if code else ""


def _place(station: Station) -> Record | None:
    code = station.store.setting("station.code")
    found = station.store.reference().of_kind("station")
    return next((r for r in found if text(r, "code") == code), None)


def _committee(station: Station) -> Record | None:
    return station.store.reference().records.get(station.store.setting("committee.rec"))


def _appeal(station: Station, case: Case) -> Values:
    applicants = case.side(APPLICANT)
    first = applicants[0].identity if applicants else None
    service = text(case.record, "service") or "mediation"
    people = station.store.reference().records
    handler = people.get(text(case.record, "recorder")) or people.get(text(case.record, "mediator"))
    complaints = case.kind("complaint")
    return _some(
        service=_label("case", "service", service),
        registered=moment_cn(text(case.record, "registered_at")),
        found=moment_cn(text(case.record, "found_at")),
        found_by=text(case.record, "found_by"),
        summary=text(case.facts, "summary"),
        story=text(case.facts, "story"),
        request=text(case.facts, "request"),
        contact=applicants[0].name if applicants else "",
        contact_phone=text(first, "phone"),
        contact_address=text(first, "address"),
        handler=text(handler, "name"),
        confidential=service == COMPLAINT,
        unit="、".join(dict.fromkeys(text(r, "unit") for r in complaints if text(r, "unit"))),
    )


def _order(record: Record) -> Values:
    return _some(
        no=text(record, "no"),
        level=_label("order", "level", text(record, "level")),
        matter=text(record, "matter"),
        place=text(record, "place"),
        people=number(record, "people") or None,
        lead=text(record, "lead"),
        joint="、".join(names(record, "joint")),
        issuer=text(record, "issuer"),
        attend_rank=text(record, "attend_rank"),
        report_by=moment_cn(text(record, "report_by")),
        resolve_by=moment_cn(text(record, "resolve_by")),
        issued=moment_cn(text(record, "issued_at")),
        received=moment_cn(text(record, "received_at")),
        received_by=text(record, "received_by"),
        arrived=moment_cn(text(record, "arrived_at")),
        arrived_by="　".join(t for t in (text(record, "arrived_by"), text(record, "arrived_rank")) if t),
        resolved=moment_cn(text(record, "resolved_at")),
        result=text(record, "result"),
    )


def _hand_off(record: Record) -> Values:
    answer = text(record, "answer")
    return _some(
        no=text(record, "no"),
        to=text(record, "to"),
        kind=_label("hand_off", "to_kind", text(record, "to_kind")),
        reason=text(record, "reason"),
        offered=moment_cn(text(record, "offered_at")),
        accepted=answer == "accepted",
        declined=answer == "declined",
        answered=moment_cn(text(record, "answered_at")),
        answered_by=text(record, "answered_by"),
        note=text(record, "note"),
    )


def _consultation(record: Record) -> Values:
    return _some(
        at=moment_cn(text(record, "at")),
        lawyer=text(record, "lawyer"),
        question=text(record, "question"),
        advice=text(record, "advice"),
        articles="；".join(names(record, "articles")),
        aid=record.get("aid") is True,
        no_aid=record.get("aid") is False,
        minutes=number(record, "minutes") or None,
        follow_up=text(record, "follow_up"),
    )


def _suggestion(record: Record) -> Values:
    return _some(
        text=text(record, "text"),
        expected=text(record, "expected"),
        track=_label("suggestion", "track", text(record, "track")),
        track_on=text(record, "track_on"),
        track_note=text(record, "track_note"),
        adopted_by=text(record, "adopted_by"),
        result=text(record, "result"),
    )


def _relief(record: Record) -> Values:
    return _some(
        need=text(record, "need"),
        means=text(record, "means"),
        family=text(record, "family"),
        measure=text(record, "measure"),
        provider=text(record, "provider"),
        amount=number(record, "amount") or None,
        on=text(record, "on"),
        follow_up=text(record, "follow_up"),
        result=text(record, "result"),
    )


def _reply(record: Record) -> Values:
    values = _some(
        text=text(record, "text"),
        on=text(record, "on"),
        manner=_label("reply", "manner", text(record, "manner")),
    )
    flag = _SATISFIED.get(text(record, "satisfaction"))
    return {**values, flag: True} if flag else values


def _slip(case: Case, phone: str) -> Values:
    """The last appointment on record is what comes next."""
    booked = case.kind("booking")
    last = booked[-1] if booked else None
    purpose = _label("booking", "purpose", text(last, "purpose"))
    when = moment_cn(text(last, "at"))
    return _some(
        code=slip_of(case.id),
        query=text(case.facts, "query_code"),
        phone=phone,
        next="　".join(t for t in (when, purpose) if t),
        place=text(last, "place"),
    )


def _privacy(station: Station, place: Record | None, phone: str) -> Values:
    rules, committee = load_rules(), _committee(station)
    return _some(
        holder=text(committee, "name") or station.store.setting("committee.name"),
        address=text(committee, "address") or text(place, "address"),
        phone=phone,
        officer=station.store.setting("privacy.officer"),
        keep_years=rules.count("archive.years") or None,
        draft_days=rules.count("privacy.draft_days") or None,
        reply_days=rules.count("privacy.reply_days") or None,
    )
