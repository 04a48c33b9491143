"""A case written as a case file: what the schema describes, in file units, with keys and names for record ids."""

from __future__ import annotations

from collections.abc import Callable

from station_app.domain.case import Case, Party, names, text
from station_app.domain.casefile import FORMAT, SECTIONS, VERSION, outward
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.fold import Record

NameOf = Callable[[str], str]
"""Name of a person record."""

_INNER = frozenset({"party", "agreement", "froze", "void", "removed", "order", "no", "paper"})
"""Fields that say where a record hangs; the file says it by nesting."""


class _Writer:
    def __init__(self, case: Case, person: NameOf) -> None:
        self.case = case
        self.person = person
        self.keys = {p.id: f"p{i}" for i, p in enumerate(case.parties, 1)}

    def name(self, rec: str) -> str:
        return self.keys.get(rec) or self.person(rec) or rec

    def values(self, record: Record | None, *, keep: frozenset[str] = frozenset()) -> dict[str, Json]:
        """Fields in catalogue order and file units."""
        if record is None:
            return {}
        result: dict[str, Json] = {}
        for name, spec in KINDS[record.kind].fields.items():
            value = record.get(name)
            if value is None or value == [] or (name in _INNER and name not in keep):
                continue
            result[name] = self._named(spec.type, outward(spec, value))
        return result

    def _named(self, type_: str, value: Json) -> Json:
        if type_ == "ref":
            return self.name(str(value))
        if type_ == "refs" and isinstance(value, list):
            return [self.name(str(v)) for v in value]
        if type_ == "moneymap" and isinstance(value, dict):
            return {self.name(k): v for k, v in value.items()}
        return value

    def party(self, party: Party) -> dict[str, Json]:
        result: dict[str, Json] = {"key": self.keys[party.id], **self.values(party.record)}
        for part, record in (("identity", party.identity), ("wage", party.wage)):
            if record is not None:
                result[part] = self.values(record)
        first = [a for a in party.agents if names(a, "parties")[:1] == [party.id]]
        if first:
            result["agents"] = [self.values(a) for a in first]
        return result

    def signature(self, record: Record) -> dict[str, Json]:
        result = self.values(record, keep=frozenset({"party"}))
        if text(record, "person"):
            result["person"] = self.person(text(record, "person"))
        return result


def write(case: Case, person: NameOf) -> dict[str, Json]:
    """The case file of a case as it stands; its own states and number are shown too."""
    writer = _Writer(case, person)
    data: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "case": writer.values(case.record),
        "facts": writer.values(case.facts),
        "parties": [writer.party(p) for p in case.parties],
    }
    if case.agreement is not None:
        data["agreement"] = {
            **writer.values(case.agreement),
            "obligations": [writer.values(o) for o in case.obligations],
            "terms": [text(t, "text") for t in case.terms],
        }
    for section, kind in SECTIONS.items():
        if kind == "signature":
            records = [writer.signature(r) for r in case.signatures]
        else:
            records = [writer.values(r, keep=frozenset({"party", "no"})) for r in case.kind(kind)]
        if records:
            data[section] = list(records)
    confirmation = next(iter(case.kind("confirmation")), None)
    if confirmation is not None:
        data["confirmation"] = writer.values(confirmation)
    return data
