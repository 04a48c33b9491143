"""Verbs of signing: who signed, sealed or pressed a finger, and when; what that freezes and when it takes effect.

The first signature freezes the facts the agreement rests on (CONTRACT 7). It takes effect with the last of: every
party, the mediator, the committee's seal (人民调解法 29); the steps 达成协议 and 生效 follow from the acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

from station_app.domain import codes
from station_app.domain.agreement import individual
from station_app.domain.agreement.obligations import duties
from station_app.domain.case import NOT_SIGNED, Case, Party, effective_date, text
from station_app.domain.checks import check_values
from station_app.domain.dates import Shift, confirmation_deadline
from station_app.domain.roster import Note
from station_app.domain.rules import load_rules
from station_app.services import cases, court, performance
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.sessions import guard_refused
from station_app.services.station import Station, changes_of
from station_app.services.terms import agreement_of
from station_app.store.core import OpDraft, Tx
from station_app.store.project import SEALED_KINDS
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.states import AGREED, EFFECTIVE, may_step

_OF_PARTY: Final = frozenset({"party", "agent", "guardian"})
_FULL_SEALS: Final = frozenset({"", "official", "representative"})
_AGREEMENT: Final = "agreement"


@dataclass(frozen=True, slots=True)
class Signer:
    """One act of signing as typed. `role`, `manner`, `seal`: codes of signer_roles, signature_manners, seal_kinds.

    `party`: record id, for party, agent and guardian; `person`: record id of a mediator or recorder; `on`: the day on
    paper ("" is today); `at`: its moment where known.
    """

    role: str
    manner: str
    party: str = ""
    person: str = ""
    name: str = ""
    seal: str = ""
    on: str = ""
    at: str = ""
    witness: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How far the signing is. `deadline`: last day of the joint application for 司法确认, from the effective day on."""

    signed: list[Record] = field(default_factory=list)
    waiting: list[Party] = field(default_factory=list)
    refused: list[Party] = field(default_factory=list)
    mediator: bool = False
    committee: bool = False
    effective_on: str = ""
    deadline: Shift | None = None


def sign(
    station: Station,
    *,
    case: str,
    role: str,
    manner: str,
    party: str = "",
    person: str = "",
    name: str = "",
    seal: str = "",
    on: str = "",
    at: str = "",
    witness: str = "",
    note: str = "",
) -> Changes:
    """Record one signature, seal or fingerprint; or that somebody refused or did not come. See `sign_many`."""
    signer = Signer(role, manner, party, person, name, seal, on, at, witness, note)
    return sign_many(station, case=case, signers=[signer])


def sign_many(station: Station, *, case: str, signers: Sequence[Signer], worker: str = "") -> Changes:
    """Record several acts in one op; the first that really signs freezes the facts.

    `worker`: record id of the party whose own agreement is signed, where each worker has one (E-223 where he has none).
    E-402 for a mediator without a valid appointment on that day (人民调解法 13, 14), E-406 for an oral agreement in a
    labour dispute, E-403 after a refusal of mediation, E-213 for an agreement that says nothing, E-211 for who is no
    party, E-209 for a day that has not come yet, E-462 where the committee may not seal.
    """
    view = _own(station.case(case), worker)
    guard(view)
    if any(signer.role == "committee" and signer.manner not in NOT_SIGNED for signer in signers):
        court.guard_seal(station, view)
    rows = [row(station, view, signer) for signer in signers]
    with station.write("sign") as tx:
        put(station, tx.op("sign", "content", case=case), view, rows)
        follow(station, tx, case)
    return changes_of(tx, label="签署")


def warnings(station: Station, *, case: str, signer: Signer) -> list[Note]:
    """What a lawyer would say about this act; nothing is refused (texts: sentences.note)."""
    view = station.case(case)
    party = next((p for p in view.parties if p.id == signer.party), None)
    found: list[Note] = []
    if view.labour and signer.manner == "fingerprint" and signer.role in _OF_PARTY:
        found.append(Note("sign.fingerprint_alone"))
    if signer.role in _OF_PARTY and signer.seal not in _FULL_SEALS and signer.manner not in NOT_SIGNED:
        found.append(Note("sign.seal", {"seal": codes.label("seal_kinds", signer.seal)}))
    if party is not None and not party.is_person and signer.manner in ("signed", "fingerprint", "signed_fingerprint"):
        found.append(Note("sign.unsealed"))
    if party is not None and signer.role == "agent":
        special = {text(a, "name") for a in party.agents if text(a, "authority") == "special"}
        if signer.name not in special:
            found.append(Note("sign.agent_general", {"name": signer.name}))
    return found


def status(station: Station, *, case: str, worker: str = "") -> Status:
    """Who signed, who is still waited for, and from when the agreement stands; `worker` as for `sign_many`."""
    view = _own(station.case(case), worker)
    done = {text(s, "party") for s in view.signed if text(s, "role") in _OF_PARTY}
    no = {text(s, "party") for s in view.signatures if text(s, "manner") == "refused"} - done
    roles = {text(s, "role") for s in view.signed}
    day = effective_date(view)
    return Status(
        signed=view.signed,
        waiting=[p for p in view.parties if p.id not in done],
        refused=[p for p in view.parties if p.id in no],
        mediator="mediator" in roles,
        committee="committee" in roles,
        effective_on=day,
        deadline=confirmation_deadline(date.fromisoformat(day), rest_days=load_rules().rest_days) if day else None,
    )


def void_signature(station: Station, *, case: str, signature: str, reason: str) -> Changes:
    """Take back a signature that was recorded by mistake; E-408 without a reason.

    What it froze passes to the next signature; with none left the facts can be changed again. Where the agreement had
    taken effect by it, the case goes back to 达成协议.
    """
    if not reason.strip():
        raise KnownError("E-408", step="unsign")
    view = station.case(case)
    record = view.state.records.get(signature)
    if record is None or record.kind != "signature" or record.get("void"):
        raise KnownError("E-223", what=signature)
    with station.write("unsign") as tx:
        op = tx.op("unsign", "content", case=case)
        op.put(overwrite(record, {"void": True, "note": reason.strip()}))
        own = individual.own_case(view, text(record, _AGREEMENT))
        heir = next((s for s in own.signed if s.id != signature), None)
        if record.get("froze") and heir is not None and not heir.get("froze"):
            op.put(overwrite(heir, {"froze": record.get("froze")}))
        after = station.case(case, tx)
        if view.case_state == EFFECTIVE and not individual.took_effect(after):
            values: Values = {"state": AGREED, "state_reason": reason.strip(), "state_since": cases.moment(station)}
            tx.op("unsign", "register", case=case).put(overwrite(view.record, values))
            performance.put_sums(tx, after, verb="unsign", on=station.clock.today().isoformat())
    return changes_of(tx, label="撤销签署登记")


def correct(
    station: Station, *, case: str, paper: str, place: str, old: str, new: str, who: str, on: str = ""
) -> Changes:
    """签署时手写更正: what was corrected by hand on the signed paper, by whom; the issued bytes stay as they are."""
    record = station.case(case).state.records.get(paper)
    if record is None or record.kind != "paper":
        raise KnownError("E-223", what=paper)
    values: Values = {"paper": paper, "place": place, "old": old, "new": new, "who": who}
    values["on"] = on or station.clock.today().isoformat()
    for name in ("place", "new", "who"):
        if not str(values[name]).strip():
            raise KnownError("E-216", field=f"correction.{name}")
    return cases.add(station, case=case, kind="correction", values=values, verb="correct", label="手写更正")


# -- parts of the verb, for several agreements at once too ------------------------------------------------------------


def guard(view: Case) -> None:
    """What forbids any signature: E-406, E-403, E-213 as of `sign_many`."""
    agreement = agreement_of(view)
    guard_refused(view)
    if view.labour and text(agreement, "form") == "oral":
        raise KnownError("E-406")
    if not duties(view) and not view.terms:
        raise KnownError("E-213")


def put(station: Station, op: OpDraft, view: Case, rows: Sequence[Values]) -> None:
    """Write the acts into an op; the first by which somebody really signs freezes what the agreement rests on."""
    agreement, sealed = agreement_of(view), view.sealed
    for values in rows:
        if not sealed and values["manner"] not in NOT_SIGNED:
            values["froze"] = cast("Json", to_freeze(station, view))
            sealed = True
        op.new("signature", {_AGREEMENT: agreement.id, **values})


def row(station: Station, view: Case, signer: Signer) -> Values:
    """One act as it is written: checked, its day in the past, who signs known. Errors as of `sign_many`."""
    today = station.clock.today().isoformat()
    given: Values = {name: getattr(signer, name) for name in Signer.__slots__}
    given["on"] = signer.on or (signer.at[:10] if signer.at else today)
    clean, errors = check_values("signature", given, today=station.clock.today())
    if errors:
        raise errors[0].error
    if str(clean["on"]) > today:
        raise KnownError("E-209", text=str(clean["on"]))
    for name in ("role", "manner"):
        if not clean.get(name):
            raise KnownError("E-216", field=f"signature.{name}")
    if clean["role"] in _OF_PARTY:
        party = next((p for p in view.parties if p.id == clean.get("party")), None)
        if party is None:
            raise KnownError("E-211", name=signer.party or signer.name, why="payee")
        clean["name"] = clean.get("name") or party.name
    elif clean["role"] == "mediator":
        clean |= _mediator(station, view, clean)
    elif clean["role"] == "committee":
        clean["name"] = clean.get("name") or station.store.setting("committee.name") or None
        clean["seal"] = clean.get("seal") or "committee"
    paper = view.paper(_AGREEMENT)
    if paper is not None and text(paper, "state") not in ("void", "replaced"):
        clean["paper"] = paper.id
    return {name: value for name, value in clean.items() if value is not None}


def _mediator(station: Station, view: Case, clean: Values) -> Values:
    """Who mediates and was appointed on that day: a grid worker or lawyer without it spoils the agreement (E-402)."""
    rec = str(clean.get("person") or text(view.record, "mediator") or station.user.person)
    person = station.store.reference().records.get(rec)
    name = text(person, "name")
    if person is None or not appointed(person, str(clean["on"])):
        committee = station.store.setting("committee.name")
        raise KnownError("E-402", name=name or str(clean.get("name") or ""), committee=committee)
    return {"person": rec, "name": name}


def appointed(person: Record, day: str) -> bool:
    """True for a member or appointed mediator of the committee on that day (人民调解法 13, 14)."""
    first, last = text(person, "appointed_from"), text(person, "appointed_to")
    return bool(first) and first <= day and (not last or day <= last)


def _own(view: Case, worker: str) -> Case:
    """The case as a worker's own agreement concerns it; as it is for "". E-223 where he has none."""
    if not worker:
        return view
    agreement = individual.Group(view).standing(worker)
    if agreement is None:
        raise KnownError("E-223", what="调解协议")
    return individual.own_case(view, agreement.id)


def to_freeze(station: Station, view: Case) -> list[str]:
    """All ops that touch what the agreement rests on: of a worker's own those that touch his records."""
    own = bool(view.agreement and view.agreement.get("parties"))
    known = view.state.records
    return [
        op.id
        for op in station.store.ops_of(view.id)
        if any(c.kind in SEALED_KINDS and (not own or c.rec in known) for c in op.changes or ())
    ]


def follow(station: Station, tx: Tx, case: str) -> None:
    """达成协议 with the first party's signature, 生效 with the last act; sums for the district."""
    view = station.case(case, tx)
    each = {a.id for a in view.individual}
    acts = view.signed or [s for s in view.kind("signature") if text(s, _AGREEMENT) in each and not s.get("void")]
    signed = [s for s in acts if text(s, "role") in _OF_PARTY and text(s, "manner") not in NOT_SIGNED]
    days = sorted(text(s, "on") for s in signed)
    if days and may_step("agree", view.case_state):
        _step(station, tx, view, "agree", days[0])
        view = station.case(case, tx)
    day = individual.took_effect(view) if may_step("take_effect", view.case_state) else ""
    if day:
        _step(station, tx, view, "take_effect", day)
        performance.put_sums(tx, station.case(case, tx), verb="sign", on=day)


def _step(station: Station, tx: Tx, view: Case, verb: str, day: str) -> None:
    under = "" if station.can(verb) else "sign"
    cases.put_step(station, tx, view, verb, at=cases.moment_of(station, day), under=under)
