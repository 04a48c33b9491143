"""A case file written as one group of ops: intake, sessions, agreement, signatures, steps; all of it or nothing."""

from __future__ import annotations

from typing import Final, cast

from station_app.domain.agreement.terms import TYPED
from station_app.domain.case import text
from station_app.domain.casefile import SECTIONS, CaseFile
from station_app.domain.checks import check_values
from station_app.services import cases, people, terms
from station_app.services.cases import Intake, Values
from station_app.services.station import Station
from station_app.store.core import OpDraft, Tx
from station_app.store.project import SEALED_KINDS
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError

_AFTER: Final = {"performances": "perform", "visits": "visit"}
"""Sections that follow the agreement under their own verbs."""
_BEFORE: Final = tuple(name for name in SECTIONS if name not in {*_AFTER, "signatures"})
"""Sections written with the intake."""


class FileWriter:
    """Writes one checked file into one transaction."""

    def __init__(self, station: Station, tx: Tx, file: CaseFile) -> None:
        """`file` has passed every check; only a reference to nobody can still fail (E-211)."""
        self.station, self.tx, self.file = station, tx, file
        self.case = ""
        self.agreement = ""
        self.obligations: list[str] = []
        self.recs = {text(p, "name"): p.id for p in people.people(station)}

    def write(self, intake: Intake) -> str:
        """Write everything; returns the case's record id."""
        self.case, parties = cases.put_new_case(self.station, self.tx, intake)
        self.recs.update({p.key: rec for p, rec in zip(self.file.parties, parties, strict=True)})
        register, content = self.tx.drafts
        for role in ("mediator", "recorder"):
            if self.file.case.get(role):
                register.changes[0].set[role] = self._rec(self.file.case[role])
        for section in _BEFORE:
            for no, row in enumerate(self.file.sections.get(section, []), 1):
                kind = SECTIONS[section]
                op = register if KINDS[kind].compartment == "register" else content
                self._new(op, kind, row, **({"no": no} if section == "sessions" else {}))
        self._agreement(content)
        if self.file.confirmation:
            self._new(self._op("edit", "register"), "confirmation", self.file.confirmation)
        self._signatures()
        for section, verb in _AFTER.items():
            self._after(section, verb)
        for step in self.file.steps:
            view = self.station.case(self.case, self.tx)
            cases.put_step(self.station, self.tx, view, step.verb, at=step.at, reason=step.reason)
        return self.case

    def _op(self, verb: str, compartment: str) -> OpDraft:
        self.station.require(verb)
        return self.tx.op(verb, compartment, case=self.case, stream=self.tx.drafts[0].stream)

    def _new(self, op: OpDraft, kind: str, given: Values, **more: Json) -> str:
        """One record with its references turned into ids and its values made clean."""
        clean, _ = check_values(kind, self._named(kind, given), today=self.station.clock.today())
        return op.new(kind, {**clean, **more})

    def _named(self, kind: str, given: Values) -> Values:
        result: Values = {}
        for name, value in given.items():
            spec = KINDS[kind].fields.get(name)
            if spec is None or value is None:
                continue
            if spec.type == "ref":
                result[name] = self._rec(value)
            elif spec.type == "refs" and isinstance(value, list):
                result[name] = [self._rec(v) for v in value]
            elif spec.type == "moneymap" and isinstance(value, dict):
                result[name] = {self._rec(k): v for k, v in value.items()}
            else:
                result[name] = value
        return result

    def _rec(self, name: Json) -> str:
        rec = self.recs.get(str(name))
        if rec is None:
            raise KnownError("E-211", name=str(name), field="parties")
        return rec

    def _agreement(self, content: OpDraft) -> None:
        if self.file.agreement is None:
            return
        self.agreement = self._new(content, "agreement", self.file.agreement)
        for order, row in enumerate(self.file.obligations, 1):
            rec = self._new(content, "obligation", row, agreement=self.agreement, order=order)
            self.obligations.append(rec)
        for order, term in enumerate(self.file.terms, TYPED):
            self._new(content, "term", {"text": term}, agreement=self.agreement, order=order, source="typed")
        terms.put_terms(self.station, self.tx, content, self.case)

    def _signatures(self) -> None:
        """Signature events; the first one that really signed freezes what the agreement rests on."""
        rows = self.file.sections.get("signatures", [])
        if not rows:
            return
        froze = [d.id for d in self.tx.drafts if any(c.kind in SEALED_KINDS for c in d.changes)]
        op = self._op("sign", "content")
        for no, row in enumerate(rows):
            values = {k: v for k, v in row.items() if k != "person"}
            more: Values = {"agreement": self.agreement}
            if row.get("person"):
                more["person"] = self._rec(row["person"])
            if no == 0:
                more["froze"] = cast("Json", froze)
            self._new(op, "signature", values, **more)

    def _after(self, section: str, verb: str) -> None:
        rows = self.file.sections.get(section, [])
        if not rows:
            return
        op = self._op(verb, "content")
        for row in rows:
            more: Values = {}
            if section == "performances" and not row.get("obligation") and self.obligations:
                more["obligation"] = self.obligations[0]
            self._new(op, SECTIONS[section], row, **more)
