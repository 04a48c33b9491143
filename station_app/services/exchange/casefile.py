"""Case files: import with every wrong field named (the file is kept as a draft), export, and a case told in words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Final, cast

from station_app.domain import casefile_schema, casefile_write, codes
from station_app.domain.case import APPLICANT, RESPONDENT, Case, effective_date, names, number, text
from station_app.domain.casefile import SECTIONS, CaseFile, read
from station_app.domain.checks import FieldError, check_values
from station_app.domain.labels import CHINESE, label
from station_app.domain.money import capitals, yuan
from station_app.services import cases, people
from station_app.services.cases import Intake, PartyInput
from station_app.services.changes import Changes
from station_app.services.exchange.casefile_put import FileWriter
from station_app.services.station import Station, changes_of
from station_app.store import local
from station_app.store.local import Draft
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.states import REGISTERED, STEPS, may_step

DRAFT_KIND: Final = "casefile"


@dataclass(slots=True)
class Imported:
    """What became of a file: a case, or a draft with everything that is wrong."""

    title: str
    case: str = ""
    draft: int = 0
    errors: list[FieldError] = field(default_factory=list)
    changes: Changes | None = None


def import_file(station: Station, *, data: bytes, name: str = "") -> Imported:
    """Import one case file. Wrong fields: the whole file is kept as a draft; E-215 where it is no case file."""
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise KnownError("E-215", where=name or "UTF-8") from exc
    result = _import(station, data, {}, name)
    if result.errors:
        result.draft = _keep(station, raw, name, result.title)
    return result


def register_draft(station: Station, *, draft: int, overrides: dict[str, str] | None = None) -> Imported:
    """Import a kept file again. `overrides`: party key or name -> why its document number is right as it stands."""
    kept = next((d for d in drafts(station) if d.id == draft and d.kind == DRAFT_KIND), None)
    if kept is None:
        raise KnownError("E-223", what=str(draft))
    result = _import(station, str(kept.data["raw"]).encode(), overrides or {}, str(kept.data["name"]))
    if result.errors:
        result.draft = draft
    else:
        local.drop_draft(station.store, draft)
    return result


def drafts(station: Station) -> list[Draft]:
    """This user's drafts, the last saved first."""
    return local.drafts(station.store, station.user.person)


def _keep(station: Station, raw: str, name: str, title: str) -> int:
    return local.save_draft(
        station.store,
        user=station.user.person,
        kind=DRAFT_KIND,
        record=hashlib.sha256(raw.encode()).hexdigest()[:16],
        title=title or name,
        data={"raw": raw, "name": name},
        caret="",
        now_ms=station.clock.now_ms(),
    )


def _import(station: Station, data: bytes, overrides: dict[str, str], name: str) -> Imported:
    file, errors = read(data)
    for party in file.parties:
        reason = overrides.get(party.key) or overrides.get(str(party.party.get("name")))
        if reason:
            party.identity["id_override"] = reason
    clean, wrong = cases.check_intake(_intake(file), station)
    errors = errors + wrong + _check_rest(station, file) + _check_steps(file)
    if clean.case.get("secrecy") not in (None, "open"):
        errors.append(FieldError("case.secrecy", KnownError("E-258")))
    title = str(clean.case.get("title") or clean.facts.get("summary") or name)
    if errors:
        return Imported(title, errors=errors)
    station.require("register")
    with station.write("register") as tx:
        case = FileWriter(station, tx, file).write(clean)
    changes = changes_of(tx, label="导入案件")
    return Imported(text(station.case(case).record, "title"), case=case, changes=changes)


def _intake(file: CaseFile) -> Intake:
    parties = [PartyInput(p.party, p.identity, p.wage, p.agents) for p in file.parties]
    case = {k: v for k, v in file.case.items() if k not in ("mediator", "recorder")}
    return Intake(case, file.facts, parties)


def _check_rest(station: Station, file: CaseFile) -> list[FieldError]:
    """Everything beside the intake, with references left out: they become record ids only at writing."""
    today = station.clock.today()
    errors: list[FieldError] = []

    def check(kind: str, values: dict[str, Json], place: str) -> None:
        plain = {k: v for k, v in values.items() if k in KINDS[kind].fields and not _is_ref(kind, k)}
        _, found = check_values(kind, plain, today=today)
        errors.extend(FieldError(f"{place}.{e.place}", e.error) for e in found)

    if file.agreement is not None:
        check("agreement", file.agreement, "agreement")
    for i, row in enumerate(file.obligations):
        check("obligation", row, f"agreement.obligations[{i}]")
    check("confirmation", file.confirmation, "confirmation")
    for section, kind in SECTIONS.items():
        for i, row in enumerate(file.sections.get(section, [])):
            check(kind, row, f"{section}[{i}]")
    known = {text(p, "name") for p in people.people(station)}
    for place, name in _named_people(file):
        if name not in known:
            errors.append(FieldError(place, KnownError("E-512", name=name)))
    return errors


def _is_ref(kind: str, name: str) -> bool:
    return KINDS[kind].fields[name].type in ("ref", "refs", "moneymap", "ops")


def _named_people(file: CaseFile) -> list[tuple[str, str]]:
    """(place, name) of everybody of the station the file names."""
    found = [(f"case.{f}", str(file.case[f])) for f in ("mediator", "recorder") if file.case.get(f)]
    for i, row in enumerate(file.sections.get("sessions", [])):
        found += [(f"sessions[{i}].mediators", str(n)) for n in cast("list[Json]", row.get("mediators") or [])]
        found += [(f"sessions[{i}].recorder", str(row["recorder"]))] if row.get("recorder") else []
    for i, row in enumerate(file.sections.get("signatures", [])):
        found += [(f"signatures[{i}].person", str(row["person"]))] if row.get("person") else []
    return found


def _check_steps(file: CaseFile) -> list[FieldError]:
    """Walk the steps once without writing, so that a file is imported whole or not at all."""
    state, errors = REGISTERED, []
    for i, step in enumerate(file.steps):
        if not may_step(step.verb, state):
            errors.append(FieldError(f"steps[{i}]", KnownError("E-405", step=step.verb, state=state)))
            break
        if STEPS[step.verb].reason and not step.reason.strip():
            errors.append(FieldError(f"steps[{i}].reason", KnownError("E-408", step=step.verb)))
        state = STEPS[step.verb].reaches
    return errors


# -- outward --------------------------------------------------------------------------------------------------------


def export_case(station: Station, case: Case) -> dict[str, Json]:
    """The case as a case file."""
    return casefile_write.write(case, lambda rec: people.person_name(station, rec))


def export_file(station: Station, *, case: str) -> bytes:
    """The bytes of a case file; the export is noted in the access log (个人信息保护法 51)."""
    data = json.dumps(export_case(station, station.case(case)), ensure_ascii=False, indent=1).encode() + b"\n"
    now = station.clock.now_ms()
    local.log_access(station.store, at=now, user=station.user.person, act="export", case=case)
    return data


def file_schema() -> dict[str, object]:
    """JSON Schema of the case file."""
    return casefile_schema.schema(CHINESE)


def describe(station: Station, case: Case) -> str:
    """The case in a few lines for the command line, in the words of the forms."""
    return "\n".join(f"{head}：{body}" for head, body in _lines(station, case) if body)


def _lines(station: Station, case: Case) -> list[tuple[str, str]]:
    amount = number(case.record, "amount")
    state = codes.label("case_states", case.case_state)
    agreed = case.agreement
    total = number(agreed, "total")
    papers = [f"{text(p, 'title')}第{number(p, 'version')}版" for p in case.papers]
    return [
        (label("case.title"), text(case.record, "title")),
        (label("case.number"), text(case.record, "number")),
        (label("case.state"), state + (f"（{why}）" if (why := text(case.record, "state_reason")) else "")),
        (label("case.colour"), _warning(case)),
        (label("case.registered_at"), text(case.record, "registered_at").replace("T", " ")),
        (codes.label("party_roles", APPLICANT), case.shown(APPLICANT)),
        (codes.label("party_roles", RESPONDENT), case.shown(RESPONDENT)),
        (label("case.amount"), yuan(amount) if amount else ""),
        (label("facts.summary"), text(case.facts, "summary")),
        (label("case.mediator"), people.person_name(station, text(case.record, "mediator"))),
        (label("agreement.total"), f"{yuan(total)}（{capitals(total)}）" if total else ""),
        ("文书", "、".join(papers)),
        (label("signature.on"), effective_date(case)),
    ]


def _warning(case: Case) -> str:
    """ "红色预警（涉及17人，达到10人；依据：…）"."""
    colour = text(case.record, "colour")
    reasons = "；".join(names(case.record, "colour_reasons"))
    return codes.label("colours", colour) + (f"（{reasons}）" if reasons else "") if colour else ""
