"""The JSON Schema of the case file, generated from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.domain.casefile import CASE_OWN, FORMAT, SECTIONS, VERSION
from sync.contract.catalogue import KINDS
from sync.contract.states import STEPS

_TYPE_SCHEMA: Final[dict[str, dict[str, object]]] = {
    "text": {"type": "string", "maxLength": 500},
    "long": {"type": "string", "maxLength": 20000},
    "int": {"type": "integer", "minimum": 0},
    "money": {"type": "string", "pattern": r"^\d{1,13}(\.\d{1,2})?$", "description": "元"},
    "moneymap": {"type": "object", "additionalProperties": {"type": "string"}, "description": "当事人 key → 元"},
    "days": {"type": "string", "pattern": r"^\d{1,5}(\.\d{1,2})?$"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "moment": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"},
    "bool": {"type": "boolean"},
    "refs": {"type": "array", "items": {"type": "string"}},
    "codes": {"type": "array", "items": {"type": "string"}},
    "texts": {"type": "array", "items": {"type": "string"}},
    "ops": {"type": "array", "items": {"type": "string"}},
    "ms": {"type": "integer"},
}


def _object(kind: str, label: Mapping[str, str], *, extra: dict[str, object] | None = None) -> dict[str, object]:
    properties: dict[str, object] = {}
    for spec in KINDS[kind].fields.values():
        if kind == "case" and spec.name in CASE_OWN:
            continue
        title = label.get(spec.label, spec.name)
        properties[spec.name] = {"title": title, **_TYPE_SCHEMA.get(spec.type, {"type": "string"})}
    properties.update(extra or {})
    return {"type": "object", "additionalProperties": False, "properties": properties}


def schema(labels: Mapping[str, str] | None = None) -> dict[str, object]:
    """The JSON Schema (2020-12) of the case file; `labels` maps catalogue label keys to words for the titles."""
    names = labels or {}
    party = _object(
        "party",
        names,
        extra={
            "key": {"type": "string", "title": "本文件内的当事人代号"},
            "identity": _object("identity", names),
            "wage": _object("wage", names),
            "agents": {"type": "array", "items": _object("agent", names)},
        },
    )
    agreement = _object(
        "agreement",
        names,
        extra={
            "obligations": {"type": "array", "items": _object("obligation", names)},
            "terms": {"type": "array", "items": {"type": "string"}},
        },
    )
    step = {
        "type": "object",
        "additionalProperties": False,
        "required": ["step"],
        "properties": {
            "step": {"enum": sorted(STEPS)},
            "at": _TYPE_SCHEMA["moment"],
            "reason": {"type": "string"},
        },
    }
    sections = {name: {"type": "array", "items": _object(kind, names)} for name, kind in SECTIONS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "案件文件 station-case",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "version", "case"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "case": _object("case", names),
            "facts": _object("facts", names),
            "parties": {"type": "array", "items": party},
            "agreement": agreement,
            "confirmation": _object("confirmation", names),
            "steps": {"type": "array", "items": step},
            **sections,
        },
    }
