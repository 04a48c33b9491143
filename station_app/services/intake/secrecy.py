"""身份保密、匿名: who speaks up stands in a compartment of its own; register, lists, titles and papers bear a stand-in.

The compartment `complainant` is never opened by a grant and never read by the district (信访工作条例 30). Reading it is
logged; the stand-in gives way to the name only by a person's act with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, Case, text
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store import local
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite

if TYPE_CHECKING:
    from station_app.services.cases import Intake, PartyInput, Values

OPEN, CONFIDENTIAL, ANONYMOUS = "open", "confidential", "anonymous"
STAND_IN: Final = {CONFIDENTIAL: "保密反映人", ANONYMOUS: "匿名反映人"}
_KEPT: Final = ("id_number", "phone", "address")
REVEALED: Final = "secrecy.revealed"
"""Question of the answer that keeps why a name was made known."""


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who stands behind a stand-in; `rec` is the party, texts "" where not known."""

    rec: str
    stand_in: str
    name: str
    id_number: str
    phone: str
    address: str


def hidden(intake: Intake) -> Intake:
    """The same appeal with applicants behind stand-ins, where it is confidential or anonymous; else as it is.

    What was typed of them goes into `complainant`; an anonymous one needs no name. Agents and wage rows of hidden
    applicants would name them and are refused with E-256.
    """
    given = str(intake.case.get("secrecy") or OPEN)
    secrecy = codes.load("secrecies").find(given) or given
    if secrecy not in STAND_IN:  # open, or a word that the check will refuse
        return intake
    applicants = [p for p in intake.parties if p.party.get("role") == APPLICANT]
    if any(p.agents or p.wage for p in applicants):
        raise KnownError("E-256")
    parties, number = [], 0
    for party in intake.parties:
        mine = party.party.get("role") == APPLICANT
        number += mine
        stand_in = STAND_IN[secrecy] + (str(number) if len(applicants) > 1 else "")
        parties.append(_behind(party, stand_in) if mine else party)
    return replace(intake, parties=parties)


def _behind(party: PartyInput, stand_in: str) -> PartyInput:
    told: dict[str, Json] = {name: party.identity[name] for name in _KEPT if party.identity.get(name)}
    if party.party.get("name"):
        told["name"] = party.party["name"]
    return replace(party, party={**party.party, "name": stand_in}, identity={}, complainant=told)


def is_hidden(view: Case) -> bool:
    """True for an appeal whose applicants stand behind stand-ins."""
    return text(view.record, "secrecy") in STAND_IN


def look(station: Station, *, case: str) -> list[Complainant]:
    """Who it is; each look is logged. Empty where the compartment cannot be read here. E-404 by role."""
    station.require("private_note")
    view = station.case(case)
    found = _of(view)
    if found:
        local.log_access(
            station.store, at=station.clock.now_ms(), user=station.user.person, act="complainant", case=case
        )
    return found


def _of(view: Case) -> list[Complainant]:
    names = {p.id: p.name for p in view.parties}
    return [
        Complainant(text(r, "party"), names[text(r, "party")], *(text(r, n) for n in ("name", *_KEPT)))
        for r in view.kind("complainant")
        if text(r, "party") in names
    ]


def typed_again(view: Case, parties: list[PartyInput]) -> list[PartyInput]:
    """Parties of a case as they were typed, behind no stand-in: for an appeal that hides them again."""
    known = {who.stand_in: who for who in _of(view)}
    found = []
    for party in parties:
        who = known.get(str(party.party.get("name")))
        if who is None:
            found.append(party)
            continue
        told: dict[str, Json] = {n: getattr(who, n) for n in _KEPT if getattr(who, n)}
        found.append(replace(party, party={**party.party, "name": who.name or None}, identity=told))
    return found


def reveal(station: Station, *, case: str, reason: str) -> Changes:
    """公开身份: names and numbers return to the parties, with the reason (the applicant's own wish, in writing).

    E-257 where nothing is hidden or it cannot be read here, E-408 without a reason.
    """
    station.require("private_note")
    view = station.case(case)
    found = _of(view)
    if not is_hidden(view) or not found:
        raise KnownError("E-257")
    if not reason.strip():
        raise KnownError("E-408", step="edit")
    with station.write("edit") as tx:
        register = tx.op("edit", "register", case=case)
        register.put(overwrite(view.record, {"secrecy": OPEN, "title": _title(view, found)}))
        content = [
            {"party": who.rec, **{n: getattr(who, n) for n in _KEPT if getattr(who, n)}}
            for who in found
            if any(getattr(who, n) for n in _KEPT)
        ]
        for who in found:
            if who.name:
                register.put(overwrite(view.state.records[who.rec], {"name": who.name}))
        sealed = tx.op("edit", "content", case=case)
        told: Values = {"question": REVEALED, "text": reason.strip(), "by": station.user.person or None}
        sealed.new("answer", {**told, "date": station.clock.today().isoformat()})
        for values in content:
            sealed.new("identity", {**({"id_kind": "resident"} if "id_number" in values else {}), **values})
    return changes_of(tx, label="公开身份")


def _title(view: Case, found: list[Complainant]) -> str:
    """The title with the names in place of the stand-ins; one a person wrote stays as it is."""
    title = text(view.record, "title")
    for who in sorted(found, key=lambda one: -len(one.stand_in)):
        title = title.replace(who.stand_in, who.name or who.stand_in)
    return title
