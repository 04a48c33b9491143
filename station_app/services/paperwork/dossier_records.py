"""Values of papers that repeat a record: sessions, inquiries, evidence, recusals, receipts, visits, advice, seals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from station_app.clock import shanghai_time
from station_app.domain import codes
from station_app.domain.agreement.words import People
from station_app.domain.case import Case, names, number, text
from station_app.domain.course.rated import counted
from station_app.domain.course.services import MEDIATION, service_of
from station_app.domain.dates import add_days_exclusive, date_cn, parse_date
from station_app.domain.rules import load_rules
from station_app.services.paperwork.court_claims import claim_values
from sync.contract.fold import Record, State
from sync.contract.slip import slip_of

Values = dict[str, object]

NUMBER_PLACE: Final = "编号"
"""Where a correction stands that a new number brought."""
RENUMBERED: Final = "由{old}改编"
"""The reason a number bears that took the place of one given twice."""
_NOT_PAID: Final = frozenset({"failed", "pending"})


def build(case: Case, people: State) -> Values:
    """All of them; a list of which nothing is on record holds one empty record: the form to fill by hand."""
    sole: list[Values] = [{}]
    return {
        "sittings": [_sitting(no, s, people) for no, s in enumerate(case.kind("session"), 1)] or sole,
        "inquiries": [_inquiry(r, people) for r in case.kind("inquiry")] or sole,
        "evidence_list": [_evidence(no, r) for no, r in enumerate(case.kind("evidence"), 1)],
        "pictures": [_picture(no, r) for no, r in enumerate(case.kind("evidence"), 1) if text(r, "blob")],
        "recusals": [_recusal(r, people) for r in case.kind("recusal")] or sole,
        "reopenings": [_reopening(case, r) for r in case.kind("reopening")] or sole,
        "renumberings": _renumberings(case),
        "slips": _slips(case) or sole,
        "reminders": _reminders(case),
        "visits": [_visit(case, r, people) for r in case.kind("visit")] or sole,
        "advices": [_advice(r) for r in case.kind("advice")] or sole,
        "seal_uses": [_seal_use(no, r) for no, r in enumerate(case.kind("seal_use"), 1)],
    }


def some(**values: object) -> Values:
    """The values that are known; a sum of nothing and a no are known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def person_name(people: State, rec: str) -> str:
    """Name of a person of the organisation, "" where he is not known."""
    return text(people.records.get(rec), "name")


def people_names(people: State, recs: Iterable[str]) -> str:
    """Names of several, each once, in their order."""
    return "、".join(name for rec in dict.fromkeys(recs) if (name := person_name(people, rec)))


def moment_cn(moment: str) -> str:
    """`2026-11-23T09:30` as 2026年11月23日9时30分; a day alone as a day; "" for nothing."""
    if not moment:
        return ""
    day, _, clock = moment.partition("T")
    if not clock:
        return date_cn(day)
    hour, minute = clock[:5].split(":")
    return f"{date_cn(day)}{int(hour)}时{minute}分"


def _span(first: str, last: str) -> str:
    """From … to …, the day named once where both lie on it."""
    if not first or not last:
        return moment_cn(first)
    end = moment_cn(last)
    return f"{moment_cn(first)}至{end.partition('日')[2] if first[:10] == last[:10] else end}"


def _label(kind: str, field: str, record: Record) -> str:
    code = text(record, field)
    return codes.of_field(kind, field).label(code) if code else ""


# -- in the room ----------------------------------------------------------------------------------------------------


def _sitting(no: int, session: Record, people: State) -> Values:
    result, public = text(session, "result"), session.get("open")
    return some(
        no=number(session, "no") or no,
        time=_span(text(session, "from"), text(session, "to")),
        place=text(session, "place"),
        mode=_label("session", "mode", session),
        mediators=people_names(people, names(session, "mediators")),
        recorder=person_name(people, text(session, "recorder")),
        attendees=text(session, "attendees"),
        record=text(session, "record"),
        positions=text(session, "positions"),
        reason=text(session, "result_reason").rstrip("。"),
        open=public is True,
        closed=public is False,
        told=session.get("notice_given") is True,
        success=result == "success",
        failure=result == "failure",
        continued=result == "continued",
    )


def _inquiry(record: Record, people: State) -> Values:
    shown = ("place", "person", "about", "attendees", "record")
    return some(
        at=moment_cn(text(record, "at")),
        asked_by=person_name(people, text(record, "asked_by")),
        recorder=person_name(people, text(record, "recorder")),
        **{name: text(record, name) for name in shown},
    )


def _recusal(record: Record, people: State) -> Values:
    decision = text(record, "decision")
    return some(
        mediator=person_name(people, text(record, "mediator")),
        asked_by=text(record, "asked_by"),
        asked_on=text(record, "asked_on"),
        reason=text(record, "reason"),
        granted=decision == "granted",
        withdrawn=decision == "withdrawn",
        not_founded=decision == "not_founded",
        decided_by=text(record, "decided_by"),
        decided_on=text(record, "decided_on"),
    )


def _reopening(case: Case, record: Record) -> Values:
    """`term`: by when, as the law counts from the day of reopening, where it is a mediation (深圳条例 25)."""
    at = text(record, "at")
    days = load_rules().count("mediation.days")
    last = date_cn(add_days_exclusive(parse_date(at[:10]), days)) if at and days else ""
    return some(
        at=moment_cn(at),
        asked_by=text(record, "asked_by"),
        reason=text(record, "reason"),
        mediation=service_of(case) == MEDIATION,
        term=f"没有另行约定的为{days}日，至{last}（遇休息日顺延）" if last else "",
        **{"from": _label("reopening", "from", record)},
    )


def _renumberings(case: Case) -> list[Values]:
    """编号更正: each number that was replaced because another case bore it, with the papers that bear the old."""
    numbered = case.kind("number")
    why = {text(r, "text"): text(r, "reason") for r in numbered if text(r, "state") == "void"}
    noted = [r for r in case.kind("correction") if text(r, "place") == NUMBER_PLACE]
    found = []
    for old, reason in why.items():
        fresh = next((text(r, "text") for r in numbered if text(r, "reason") == RENUMBERED.format(old=old)), "")
        rows = [r for r in noted if text(r, "old").startswith(old)]
        if fresh and rows:
            papers = [_renumbered(no, case, r) for no, r in enumerate(rows, 1)]
            on, who = text(rows[0], "on"), text(rows[0], "who")
            found.append(some(old=old, fresh=fresh, on=on, who=who, reason=reason, papers=papers))
    return found


def _renumbered(no: int, case: Case, correction: Record) -> Values:
    paper = case.state.records.get(text(correction, "paper"))
    issued = number(paper, "issued_ms")
    return some(
        no=no,
        title=text(paper, "title"),
        issued=shanghai_time(issued).date().isoformat() if issued else "",
        pages=number(paper, "pages") or None,
        old=text(correction, "old"),
        fresh=text(correction, "new"),
    )


# -- evidence -------------------------------------------------------------------------------------------------------


def _evidence(no: int, record: Record) -> Values:
    return some(
        no=no,
        name=text(record, "name"),
        source=text(record, "source"),
        form=_label("evidence", "original", record).partition("（")[0],
        pages=number(record, "pages") or None,
        proves=text(record, "proves"),
        checked_by=text(record, "checked_by"),
    )


def _picture(no: int, record: Record) -> Values:
    source = text(record, "source")
    words = f"证据{no}　{text(record, 'name')}" + (f"（{source}提供）" if source else "")
    return some(words=words, sha=text(record, "blob"))


# -- performance ----------------------------------------------------------------------------------------------------


def paid(case: Case) -> list[Record]:
    """Payments that arrived, in the order they were entered."""
    return [r for r in case.kind("performance") if text(r, "outcome") not in _NOT_PAID and number(r, "amount")]


def _slips(case: Case) -> list[Values]:
    people = People(case)
    promised = {o.id: o for o in case.kind("obligation")}
    slips: list[Values] = []
    for record in paid(case):
        duty = promised.get(text(record, "obligation"))
        slips.append(
            some(
                payee=people.names([text(record, "party")]) if text(record, "party") else "",
                payer=people.names(names(duty, "payers")) if duty is not None else "",
                what=text(duty, "what"),
                amount=number(record, "amount"),
                on=text(record, "on"),
                manner=_label("performance", "manner", record),
            )
        )
    return slips


def _reminders(case: Case) -> list[Values]:
    """One for each debtor who still owes something, with his rows only."""
    found = claim_values(case).get("rows")
    rows = [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []
    reminders: list[Values] = []
    for debtor in dict.fromkeys(str(r.get("payer") or "") for r in rows):
        own = [r for r in rows if str(r.get("payer") or "") == debtor]
        sums = {name: sum(r[name] for r in own) for name in ("amount", "paid", "left")}
        if not sums["left"]:
            continue
        shown = ("payee", "due", "amount", "paid", "left")
        lines = [some(no=no, **{n: r.get(n) for n in shown}) for no, r in enumerate(own, 1)]
        reminders.append(some(debtor=debtor, rows=lines, **sums))
    return reminders


def _evaluated(case: Case, reference: State) -> str:
    """What the parties said on their slip or to the community, the last one; "" for nothing."""
    slip = slip_of(case.id)
    found = counted(r for r in reference.of_kind("evaluation") if text(r, "slip") == slip)
    last = max(found, key=lambda r: text(r, "at"), default=None)
    return _label("evaluation", "satisfaction", last) if last is not None else ""


def _visit(case: Case, record: Record, people: State) -> Values:
    performed = text(record, "performed")
    party = text(record, "party")
    return some(
        party=next((p.name for p in case.parties if p.id == party), ""),
        at=moment_cn(text(record, "at")),
        visitor=person_name(people, text(record, "visitor")),
        manner=_label("visit", "manner", record),
        full=performed == "full",
        part=performed == "part",
        none=performed == "none",
        unreachable=performed == "unreachable" or text(record, "outcome") == "unreachable",
        words=text(record, "text"),
        satisfaction=_label("visit", "satisfaction", record) or _evaluated(case, people),
    )


# -- the office -----------------------------------------------------------------------------------------------------


def _advice(record: Record) -> Values:
    shown = ("to", "problem", "measures")
    return some(cases=number(record, "cases") or None, **{name: text(record, name) for name in shown})


def _seal_use(no: int, record: Record) -> Values:
    return some(
        no=no,
        on=text(record, "on"),
        title=text(record, "title"),
        seal=_label("seal_use", "seal", record),
        copies=number(record, "copies") or None,
        approved_by=text(record, "approved_by"),
        used_by=text(record, "used_by"),
    )
