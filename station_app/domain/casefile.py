"""The case file: one case with all its children as JSON, written down so that it can be fed in, checked and printed.

Its fields are the catalogue's; amounts are in 元 as text ("131460.00"), days as text ("25.5"), people and parties are
named by keys and names instead of record ids. `schema()` is its JSON Schema, generated from the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, cast

from station_app.domain.checks import FieldError
from station_app.domain.money import parse_yuan, yuan
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, Field
from sync.contract.errors import KnownError
from sync.contract.states import STEPS

FORMAT: Final = "station-case"
VERSION: Final = 1

CASE_OWN: Final = frozenset(
    "state state_reason state_since number committee station community colour_reasons finding".split()
)
"""Fields of a case that the program sets; an exported file shows them, an imported one may not claim them."""

SECTIONS: Final[dict[str, str]] = {
    "sessions": "session",
    "evidence": "evidence",
    "contacts": "contact",
    "visits": "visit",
    "performances": "performance",
    "signatures": "signature",
    "answers": "answer",
    "extensions": "extension",
    "recusals": "recusal",
    "reopenings": "reopening",
    "inquiries": "inquiry",
    "advice": "advice",
    "service_addresses": "service_address",
    "consultations": "consultation",
    "suggestions": "suggestion",
    "reliefs": "relief",
    "complaints": "complaint",
    "replies": "reply",
    "orders": "order",
    "hand_offs": "hand_off",
    "bookings": "booking",
}
"""List in the file -> kind of its items."""

_EXTRA: Final = {
    "parties": frozenset({"key", "identity", "wage", "agents"}),
    "agreement": frozenset({"obligations", "terms"}),
    "signatures": frozenset({"person"}),
}
_TOP: Final = frozenset(
    {"format", "version", "case", "facts", "parties", "agreement", "steps", "confirmation", "papers", *SECTIONS}
)


@dataclass(slots=True)
class PartyPart:
    """A party of the file: key and its parts by catalogue fields."""

    key: str
    party: dict[str, Json]
    identity: dict[str, Json] = field(default_factory=dict)
    wage: dict[str, Json] = field(default_factory=dict)
    agents: list[dict[str, Json]] = field(default_factory=list)


@dataclass(slots=True)
class StepPart:
    """A step to be recorded, with its own true time."""

    verb: str
    at: str = ""
    reason: str = ""


@dataclass(slots=True)
class CaseFile:
    """A file as read: values in catalogue units (分, hundredths of a day); refs still as keys and names."""

    case: dict[str, Json] = field(default_factory=dict)
    facts: dict[str, Json] = field(default_factory=dict)
    parties: list[PartyPart] = field(default_factory=list)
    agreement: dict[str, Json] | None = None
    obligations: list[dict[str, Json]] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    confirmation: dict[str, Json] = field(default_factory=dict)
    sections: dict[str, list[dict[str, Json]]] = field(default_factory=dict)
    steps: list[StepPart] = field(default_factory=list)


class _Reader:
    """Walks the raw JSON, collects what is wrong instead of stopping at the first."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def fail(self, place: str, error: KnownError) -> None:
        self.errors.append(FieldError(place, error))

    def mapping(self, raw: object, place: str) -> dict[str, Any]:
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            self.fail(place, KnownError("E-215", where=place))
            return {}
        return raw

    def items(self, raw: object, place: str) -> list[Any]:
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.fail(place, KnownError("E-215", where=place))
            return []
        return raw

    def values(
        self, raw: Mapping[str, Any], kind: str, place: str, *, extra: frozenset[str] = frozenset()
    ) -> dict[str, Json]:
        """Fields of one kind in catalogue units; unknown keys and unreadable amounts are collected."""
        known = KINDS[kind].fields
        result: dict[str, Json] = {}
        for key, value in raw.items():
            if key in extra:
                continue
            if key not in known or (kind == "case" and key in CASE_OWN):
                self.fail(f"{place}.{key}", KnownError("E-214", key=key, where=place))
                continue
            try:
                result[key] = _inward(known[key], value)
            except KnownError as error:
                self.fail(f"{place}.{key}", error)
        return result


def _inward(spec: Field, value: object) -> Json:
    """One value from file units to catalogue units."""
    if value is None:
        return None
    if spec.type == "money":
        return parse_yuan(cast("str", value))
    if spec.type == "moneymap" and isinstance(value, dict):
        return {str(k): parse_yuan(v) for k, v in value.items()}
    if spec.type == "days":
        try:
            hundredths = Decimal(str(value)) * 100
            if hundredths != int(hundredths) or hundredths < 0:
                raise ValueError(value)
        except (ValueError, ArithmeticError) as exc:
            raise KnownError("E-206", text=str(value), field=spec.label) from exc
        return int(hundredths)
    if isinstance(value, Decimal):
        raise KnownError("E-206", text=str(value), field=spec.label)
    return cast("Json", value)


def outward(spec: Field, value: Json) -> Json:
    """One value from catalogue units to file units."""
    if spec.type == "money" and isinstance(value, int):
        return yuan(value).replace(",", "")
    if spec.type == "moneymap" and isinstance(value, dict):
        return {k: yuan(cast("int", v)).replace(",", "") for k, v in value.items()}
    if spec.type == "days" and isinstance(value, int):
        return format((Decimal(value) / 100).normalize(), "f")
    return value


def read(data: bytes) -> tuple[CaseFile, list[FieldError]]:
    """Read a case file. E-215 where it is no JSON of this format; everything else wrong is in the list."""
    try:
        raw = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, ValueError, RecursionError) as exc:
        raise KnownError("E-215", where="JSON") from exc
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or raw.get("version") != VERSION:
        raise KnownError("E-215", where="format")
    reader, result = _Reader(), CaseFile()
    for key in raw.keys() - _TOP:
        reader.fail(key, KnownError("E-214", key=key, where="case file"))
    result.case = reader.values(reader.mapping(raw.get("case"), "case"), "case", "case")
    result.facts = reader.values(reader.mapping(raw.get("facts"), "facts"), "facts", "facts")
    result.confirmation = reader.values(
        reader.mapping(raw.get("confirmation"), "confirmation"), "confirmation", "confirmation"
    )
    result.parties = [_party(reader, item, i) for i, item in enumerate(reader.items(raw.get("parties"), "parties"))]
    _agreement(reader, raw.get("agreement"), result)
    for name, kind in SECTIONS.items():
        items = reader.items(raw.get(name), name)
        result.sections[name] = [
            _person_of(reader.mapping(item, f"{name}[{i}]"), name)
            | reader.values(reader.mapping(item, f"{name}[{i}]"), kind, f"{name}[{i}]", extra=frozenset({"person"}))
            for i, item in enumerate(items)
        ]
    result.steps = _steps(reader, raw.get("steps"))
    _check_keys(reader, result)
    return result, reader.errors


def _person_of(item: dict[str, Any], section: str) -> dict[str, Json]:
    return {"person": str(item["person"])} if section == "signatures" and item.get("person") else {}


def _party(reader: _Reader, raw: object, index: int) -> PartyPart:
    place = f"parties[{index}]"
    item = reader.mapping(raw, place)
    party = reader.values(item, "party", place, extra=_EXTRA["parties"])
    if not party.get("name"):
        reader.fail(f"{place}.name", KnownError("E-216", field="party.name"))
    agents = [
        reader.values(reader.mapping(a, f"{place}.agents[{i}]"), "agent", f"{place}.agents[{i}]")
        for i, a in enumerate(reader.items(item.get("agents"), f"{place}.agents"))
    ]
    return PartyPart(
        key=str(item.get("key") or f"p{index + 1}"),
        party=party,
        identity=reader.values(reader.mapping(item.get("identity"), place), "identity", f"{place}.identity"),
        wage=reader.values(reader.mapping(item.get("wage"), place), "wage", f"{place}.wage"),
        agents=agents,
    )


def _agreement(reader: _Reader, raw: object, result: CaseFile) -> None:
    if raw is None:
        return
    item = reader.mapping(raw, "agreement")
    result.agreement = reader.values(item, "agreement", "agreement", extra=_EXTRA["agreement"])
    result.obligations = [
        reader.values(reader.mapping(o, f"agreement.obligations[{i}]"), "obligation", f"agreement.obligations[{i}]")
        for i, o in enumerate(reader.items(item.get("obligations"), "agreement.obligations"))
    ]
    for i, term in enumerate(reader.items(item.get("terms"), "agreement.terms")):
        if isinstance(term, str) and term.strip():
            result.terms.append(term.strip())
        else:
            reader.fail(f"agreement.terms[{i}]", KnownError("E-216", field="term.text"))


def _steps(reader: _Reader, raw: object) -> list[StepPart]:
    steps = []
    for i, item in enumerate(reader.items(raw, "steps")):
        given = reader.mapping(item, f"steps[{i}]")
        for key in given.keys() - {"step", "at", "reason"}:
            reader.fail(f"steps[{i}].{key}", KnownError("E-214", key=key, where=f"steps[{i}]"))
        verb = str(given.get("step"))
        if verb in STEPS:
            steps.append(StepPart(verb, str(given.get("at") or ""), str(given.get("reason") or "")))
        else:
            reader.fail(f"steps[{i}].step", KnownError("E-217", value=verb, field="step"))
    return steps


def _check_keys(reader: _Reader, file: CaseFile) -> None:
    """Keys are unique; payers, payees and signers name a party of this file (E-211)."""
    keys = [p.key for p in file.parties]
    for key in {k for k in keys if keys.count(k) > 1}:
        reader.fail("parties", KnownError("E-217", value=key, field="key"))
    named = [("agreement.obligations", o) for o in file.obligations]
    named += [(name, item) for name, items in file.sections.items() for item in items]
    for place, item in named:
        used = [*_list(item.get("payers")), *_list(list(cast("dict[str, Json]", item.get("shares") or {})))]
        used += [str(item["party"])] if item.get("party") else []
        for key in used:
            if key not in keys:
                reader.fail(place, KnownError("E-211", name=key, field=place))


def _list(value: Json) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
