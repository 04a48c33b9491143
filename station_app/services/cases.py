"""Verbs on cases: register, the steps of the loop, edit, add, remove, settle, discard, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from station_app.clock import shanghai_time
from station_app.domain.case import APPLICANT, NATURAL, RESPONDENT, Case, default_title, text
from station_app.domain.checks import FieldError, check_values
from station_app.domain.course.services import MEDIATION, rendered, service_of, steps_fit
from station_app.domain.papers import dossier
from station_app.services import warning
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import NEW_CASE, Tx
from station_app.store.project import SEALED_KINDS
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.states import ACCEPTED, REGISTERED, STEPS, may_step

Values = dict[str, Json]


@dataclass(slots=True)
class PartyInput:
    """One party as typed, each by its catalogue fields: `party` (register), `identity`, `wage`, agents (content), and
    `complainant` for who stands behind a stand-in.
    """

    party: Values
    identity: Values = field(default_factory=dict)
    wage: Values = field(default_factory=dict)
    agents: list[Values] = field(default_factory=list)
    complainant: Values = field(default_factory=dict)


@dataclass(slots=True)
class Intake:
    """A new appeal as typed; `links`: (relation, case on record); `records`: (kind, values) its service begins with."""

    case: Values
    facts: Values = field(default_factory=dict)
    parties: list[PartyInput] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    records: list[tuple[str, Values]] = field(default_factory=list)


def moment(station: Station) -> str:
    """Now, as a legal moment (Asia/Shanghai, minutes)."""
    return shanghai_time(station.clock.now_ms()).isoformat()[:16]


def moment_of(station: Station, day: str) -> str:
    """The moment an act of a day is recorded with: now for today, the beginning of an earlier day."""
    return moment(station) if day == station.clock.today().isoformat() else f"{day}T00:00"


def check_intake(intake: Intake, station: Station) -> tuple[Intake, list[FieldError]]:
    """Clean values and every wrong field; places read like `parties[3].identity.id_number`."""
    today = station.clock.today()
    errors: list[FieldError] = []

    def part(kind: str, values: Values, prefix: str = "") -> Values:
        if not values:
            return {}
        clean, found = check_values(kind, values, today=today)
        errors.extend(FieldError(prefix + e.place, e.error) for e in found)
        return {k: v for k, v in clean.items() if v is not None}

    case, facts = part("case", intake.case), part("facts", intake.facts)
    parties = []
    for index, given in enumerate(intake.parties):
        where = f"parties[{index}]."
        party = part("party", given.party, where)
        if not party.get("name"):
            errors.append(FieldError(where + "party.name", KnownError("E-216", field="party.name")))
        agents = [part("agent", a, f"{where}agents[{i}].") for i, a in enumerate(given.agents)]
        identity, wage = part("identity", given.identity, where), part("wage", given.wage, where)
        parties.append(PartyInput(party, identity, wage, agents, part("complainant", given.complainant, where)))
    if not (facts.get("summary") or facts.get("story") or case.get("title")):
        errors.append(FieldError("facts.summary", KnownError("E-216", field="facts.summary")))
    records = [(kind, part(kind, values)) for kind, values in intake.records]
    return Intake(case, facts, parties, intake.links, [r for r in records if r[1]]), errors


def register(station: Station, *, intake: Intake) -> Changes:
    """登记: write a new case down; of a confidential or anonymous one the applicants stand in their own compartment.

    Raises the first error of `check_intake`; drafts keep what is not yet right. E-256 as `secrecy.hidden` says.
    """
    from station_app.services.intake import links, secrecy  # they stand on this module

    clean, errors = check_intake(secrecy.hidden(intake), station)
    if errors:
        raise errors[0].error
    with station.write("register") as tx:
        case, recs = put_new_case(station, tx, clean)
        told = [(rec, p.complainant) for rec, p in zip(recs, clean.parties, strict=True) if p.complainant]
        if told:
            op = tx.op("register", "complainant", case=case, stream=tx.drafts[0].stream)
            for rec, values in told:
                op.new("complainant", {"party": rec, **values})
        for how, other in clean.links:
            links.put(station, tx, case=case, other=other, how=how)
    return changes_of(tx, label="登记诉求")


def put_new_case(station: Station, tx: Tx, intake: Intake) -> tuple[str, list[str]]:
    """Write the ops of a new case into a transaction; returns the case's id and its parties' ids in order."""
    op = tx.op("register", "register", case=NEW_CASE)
    case = op.new("case", _case_values(station, intake))
    recs = [op.new("party", {"order": i, **p.party}) for i, p in enumerate(intake.parties, 1)]
    content = tx.op("register", "content", case=case, stream=op.stream)
    content.new("facts", intake.facts or {"summary": intake.case.get("title")})
    for no, (rec, given) in enumerate(zip(recs, intake.parties, strict=True), 1):
        if given.identity:
            content.new("identity", {"party": rec, **given.identity})
        if given.wage:
            content.new("wage", {"party": rec, "no": no, **given.wage})
        for agent in given.agents:
            content.new("agent", {"parties": [rec], **agent})
    for kind, values in intake.records:
        content.new(kind, values)
    return case, recs


def _persons(intake: Intake) -> int:
    """涉及人数 as long as nobody typed it: the natural persons of all sides; a company is a party, not a person."""
    return sum(str(p.party.get("kind") or "") in NATURAL for p in intake.parties)


def _case_values(station: Station, intake: Intake) -> Values:
    store, given, now = station.store, intake.case, moment(station)
    applicants, respondents = _names(intake, APPLICANT), _names(intake, RESPONDENT)
    values: Values = {
        "service": "mediation",
        "channel": "visit",
        "state": REGISTERED,
        "state_since": now,
        "registered_at": now,
        "found_at": given.get("registered_at") or now,
        "station": store.setting("station.code"),
        "community": store.setting("station.community"),
        "committee": store.setting("committee.rec") or None,
        "court": store.setting("committee.court") or None,
        "recorder": station.user.person or None,
        "people": max(1, _persons(intake)),
        "title": default_title(applicants, respondents, matter(given)),
    }
    if station.demo:
        values["demo"] = True
    values.update({k: v for k, v in given.items() if v is not None})
    values.update(warning.at_intake(values, intake.facts))
    return values


def _names(intake: Intake, role: str) -> list[str]:
    return [str(p.party["name"]) for p in intake.parties if p.party.get("role") == role]


def matter(case: Values) -> str:
    """The word for what the case is about, as the default title has it."""
    from station_app.domain import codes

    if case.get("type"):
        return codes.label("dispute_types", str(case["type"]))
    service = str(case.get("service") or "mediation")
    return "纠纷" if service == "mediation" else codes.label("services", service)


def step(
    station: Station, *, case: str, verb: str, at: str = "", reason: str = "", extra: Values | None = None
) -> Changes:
    """One step of the loop, now or recorded later (补录: `at` is its own true time, YYYY-MM-DDTHH:MM).

    E-405 where the state does not allow it, E-408 where a reason is needed, E-388 where a file is put away that lacks
    papers, without a reason, E-404 by role, E-252 for a merged case.
    """
    if verb == "reopen":
        from station_app.services.loop import reopening  # it stands on this module

        return reopening.reopen(station, case=case, reason=reason, at=at)
    with station.write(verb) as tx:
        put_step(station, tx, station.case(case), verb, at=at, reason=reason, extra=extra)
    return changes_of(tx, label=verb)


def put_step(
    station: Station,
    tx: Tx,
    case: Case,
    verb: str,
    *,
    at: str = "",
    reason: str = "",
    extra: Values | None = None,
    under: str = "",
) -> None:
    """Write a step into a transaction. `under`: the verb of the act it follows from by law, whose right is asked."""
    station.require(under or verb)
    guard_merged(case)
    rule = STEPS[verb]
    if not may_step(verb, case.case_state):
        raise KnownError("E-405", step=verb, state=case.case_state)
    _guard_service(case, verb)
    if rule.reason and not reason.strip():
        raise KnownError("E-408", step=verb)
    if verb == "archive" and not reason.strip() and (lacks := dossier.missing(case)):
        raise KnownError("E-388", missing="、".join(lacks))
    when = at or moment(station)
    values: Values = {"state": rule.reaches, "state_reason": reason.strip() or None, "state_since": when}
    values.update(_stamped(case, rule.stamps, when))
    if verb == "accept" and not case.get("legal_date"):
        values["legal_date"] = when[:10]
    values.update(_closing(case, verb, when))
    if verb == "feed_back" and service_of(case) != MEDIATION and case.case_state == ACCEPTED:
        values.setdefault("resolved_at", case.get("resolved_at") or when)
    values.update(extra or {})
    if case.labour and values.get("agreement_form") == "oral":  # 劳动争议调解仲裁法 14
        raise KnownError("E-406")
    change = overwrite(case.record, values)
    change.expect["state"] = case.case_state
    tx.op(under or verb, "register", case=case.id).put(change)


def _guard_service(case: Case, verb: str) -> None:
    """E-278: a consultation has no agreement; and nothing is reported back as done before anything was done."""
    if not steps_fit(case, verb):
        raise KnownError("E-278", step=verb, service=service_word(case))
    if verb == "feed_back" and case.case_state == ACCEPTED and not rendered(case):
        raise KnownError("E-278", why="not_rendered", service=service_word(case))


def service_word(case: Case) -> str:
    """The word for a case's service."""
    from station_app.domain import codes

    return codes.label("services", service_of(case))


def _stamped(case: Case, stamp: str, when: str) -> Values:
    """The true time of a step: the first one stays, but what a case taken up again reaches after that is its own."""
    standing, anew = text(case.record, stamp), text(case.record, "reopened_at")
    if not stamp or (standing and not (anew and stamp in _COURSE and standing < anew)):
        return {}
    first = f"first_{stamp}"
    return {stamp: when, **({first: standing} if standing and not case.get(first) else {})}


_COURSE: Final = ("resolved_at", "confirmed_at", "fedback_at")


def _taken_up(case: Case, when: str) -> Values:
    """恢复办理: the course begins again. What was reached the first time stays on record beside it; a ruling of the
    court stands, since nobody takes it back by working on.
    """
    values: Values = {"reopened_at": when, **({"ended_at": None} if case.get("ended_at") else {})}
    if not case.get("accepted_at"):  # it had been refused, or was handed over before it was taken on
        values |= {"accepted_at": when, "legal_date": case.get("legal_date") or when[:10]}
    for stamp in ("resolved_at", "fedback_at"):
        if case.get(stamp):
            values[stamp] = None
            values |= {} if case.get(f"first_{stamp}") else {f"first_{stamp}": case.get(stamp)}
    return values


def _closing(case: Case, verb: str, when: str) -> Values:
    """What reports of a period need beside the state: the form of the agreement, and when a case was last closed."""
    if verb in ("agree", "take_effect"):
        form = text(case.agreement, "form") or text(case.record, "agreement_form")
        return {"agreement_form": form} if form and form != case.get("agreement_form") else {}
    if verb in ("end", "refer"):
        return {"ended_at": when}
    return _taken_up(case, when) if verb == "reopen" else {}


def guard_sealed(case: Case, kinds: set[str], records: Iterable[Record] = ()) -> None:
    """E-401: from the first signature on nothing the agreement rests on is changed; an earlier one stays signed."""
    if (case.sealed and kinds & SEALED_KINDS) or any(case.signed_agreement(r) for r in records):
        raise KnownError("E-401", number=str(case.get("number") or ""))


def guard_merged(view: Case) -> None:
    """E-252: a merged case takes no further step; the work goes on in the other."""
    if view.get("merged_into"):
        raise KnownError("E-252", title=text(view.record, "title"))


def edit(station: Station, *, case: str, values: Mapping[str, Values], label: str = "修改") -> Changes:
    """Leave an edited section: one op per compartment with all fields changed since. `values` is record -> fields."""
    view = station.case(case)
    today = station.clock.today()
    by_compartment: dict[str, list[tuple[Record, Values]]] = {}
    for rec, given in values.items():
        record = view.state.records.get(rec)
        if record is None:
            raise KnownError("E-223", what=rec)
        clean, errors = check_values(record.kind, {**_context(record, given), **given}, today=today)
        if errors:
            raise errors[0].error
        changed = {k: v for k, v in clean.items() if record.get(k) != v}
        if changed:
            by_compartment.setdefault(KINDS[record.kind].compartment, []).append((record, changed))
    if not by_compartment:
        return Changes(frozenset(), (), (), case)
    warning.guard(view, by_compartment)
    warning.follow(view, by_compartment)
    touched = [r for pairs in by_compartment.values() for r, _ in pairs]
    guard_sealed(view, {r.kind for r in touched}, touched)
    with station.write("edit") as tx:
        for compartment, pairs in sorted(by_compartment.items()):
            op = tx.op("edit", compartment, case=case)
            for record, changed in pairs:
                op.put(overwrite(record, changed))
    return changes_of(tx, label=label)


def _context(record: Record, given: Values) -> Values:
    """Fields a check needs beside the given ones: the kind of document beside its number."""
    if record.kind == "identity" and "id_number" in given and "id_kind" not in given:
        return {"id_kind": record.get("id_kind")}
    return {}


def add(station: Station, *, case: str, kind: str, values: Values, verb: str = "edit", label: str = "添加") -> Changes:
    """Add a child record (session, term, obligation, evidence, contact, visit …) to a case."""
    clean, errors = check_values(kind, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    view = station.case(case)
    guard_sealed(view, {kind})
    with station.write(verb) as tx:
        tx.op(verb, KINDS[kind].compartment, case=case).new(kind, clean)
    return changes_of(tx, label=label)


def add_party(station: Station, *, case: str, given: PartyInput) -> Changes:
    """Add a party with identity, wage row and agents: register and content in one group."""
    clean, errors = check_intake(Intake({"title": "-"}, {}, [given]), station)
    if errors:
        raise errors[0].error
    view, party = station.case(case), clean.parties[0]
    guard_sealed(view, {"party"})
    with station.write("edit") as tx:
        register = tx.op("edit", "register", case=case)
        rec = register.new("party", {"order": len(view.parties) + 1, **party.party})
        counted = sum(p.is_person for p in view.parties)
        if str(party.party.get("kind") or "") in NATURAL and view.get("people") == counted:
            register.put(overwrite(view.record, {"people": counted + 1}))  # still as counted, nobody typed it
        if party.identity or party.wage or party.agents:
            op = tx.op("edit", "content", case=case)
            if party.identity:
                op.new("identity", {"party": rec, **party.identity})
            if party.wage:
                op.new("wage", {"party": rec, "no": len(view.parties) + 1, **party.wage})
            for agent in party.agents:
                op.new("agent", {"parties": [rec], **agent})
    return changes_of(tx, label="添加当事人")


def remove(station: Station, *, case: str, rec: str) -> Changes:
    """Take a child record out (it stays in the history and can be put back)."""
    view = station.case(case)
    record = view.state.records.get(rec)
    if record is None or "removed" not in KINDS[record.kind].fields:
        raise KnownError("E-223", what=rec)
    guard_sealed(view, {record.kind}, [record])
    with station.write("edit") as tx:
        tx.op("edit", KINDS[record.kind].compartment, case=case).put(overwrite(record, {"removed": True}))
    return changes_of(tx, label="移除")


def discard(station: Station, *, case: str, back: bool = False) -> Changes:
    """Move a case into the recycle bin, or take it out again; nothing is erased. E-246 while a paper issued in it
    stands: somebody holds that page, and it must be found.
    """
    verb = "restore_discarded" if back else "discard"
    with station.write(verb) as tx:
        view = station.case(case)
        standing = [] if back else [p for p in view.papers if text(p, "state") not in ("void", "replaced")]
        if standing:
            raise KnownError("E-246", paper=text(standing[0], "title"))
        tx.op(verb, "register", case=case).put(overwrite(view.record, {"discarded": not back}))
    return changes_of(tx, label="恢复" if back else "移入回收站")


def settle(station: Station, *, case: str, rec: str, values: Values) -> Changes:
    """Settle a conflict: a person chooses; the op names all heads, so nothing is lost and undo is possible."""
    with station.write("settle") as tx:
        record = station.case(case).state.records.get(rec)
        if record is None:
            raise KnownError("E-223", what=rec)
        tx.op("settle", KINDS[record.kind].compartment, case=case).put(overwrite(record, values))
    return changes_of(tx, label="处理两处修改")
