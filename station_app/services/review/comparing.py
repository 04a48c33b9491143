"""Two versions of a paper word by word: what the facts said when each was issued, from the ops each of them froze."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain import codes
from station_app.domain.agreement.obligations import Duty, duties
from station_app.domain.case import Case, number, text
from station_app.domain.dates import date_cn
from station_app.domain.labels import label
from station_app.domain.money import yuan
from station_app.services.redline import marked
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record, fold

Piece = tuple[str, str]
"""("keep" | "out" | "in", words)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs: how it is called, and its change piece by piece; a new part is all "in"."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions (numbers) of a paper and what differs, in the order of the paper."""

    title: str
    old: int
    new: int
    differences: tuple[Difference, ...]


def versions(view: Case, template: str = "agreement") -> list[int]:
    """Numbers of the issued versions that can be compared, the oldest first."""
    return sorted({number(p, "version") for p in view.papers if text(p, "template") == template and p.get("froze")})


def compare(station: Station, *, case: str, template: str = "agreement", old: int = 0, new: int = 0) -> Comparison:
    """Compare two versions (default: the last two). E-223 where a version is not here or says not what it froze."""
    view = station.case(case)
    known = versions(view, template)
    newer = new or (known[-1] if known else 1)
    older = old or next((v for v in reversed(known) if v < newer), 0)
    before, after = (_lines(_then(station, _paper(view, template, v))) for v in (older, newer))
    title = text(_paper(view, template, newer), "title")
    return Comparison(title, older, newer, tuple(_differences(before, after)))


def _paper(view: Case, template: str, version: int) -> Record:
    found = [p for p in view.papers if text(p, "template") == template and number(p, "version") == version]
    if not found or not found[-1].get("froze"):
        raise KnownError("E-223", what=f"第{version}版")
    return found[-1]


def _then(station: Station, paper: Record) -> Case:
    """The case as the paper had it: the fold of the ops it names."""
    froze = paper.get("froze")
    named = set(froze) if isinstance(froze, list) else set()
    state = fold([op for op in station.store.ops_of(paper.case) if op.id in named])
    if paper.case not in state.records:
        raise KnownError("E-223", what=f"第{number(paper, 'version')}版")
    return Case(state, paper.case)


def _lines(view: Case) -> dict[str, tuple[str, str]]:
    """Key -> (name, words) of every part, in the order of the paper."""
    names = {p.id: p.name for p in view.parties}
    lines: dict[str, tuple[str, str]] = {}
    for party in view.parties:
        role = codes.label("party_roles", party.role)
        known = (text(party.identity, n) for n in ("id_number", "address", "phone", "account"))
        lines[party.id] = (role, "，".join([party.name, *filter(None, known)]))
    for field in ("facts", "disputed"):
        lines[f"agreement.{field}"] = (label(f"agreement.{field}"), text(view.agreement, field))
    for place, duty in enumerate(duties(view), 1):
        lines[duty.rec] = (f"履行事项第{place}项", _duty(duty, names))
    for place, term in enumerate(view.terms, 1):
        lines[term.id] = (f"第{place}条", text(term, "text"))
    return lines


def _duty(duty: Duty, names: dict[str, str]) -> str:
    who = "、".join(names.get(p, "") for p in duty.payers)
    shares = "、".join(f"{names.get(p, '')}{yuan(v)}元" for p, v in duty.shares.items())
    due = date_cn(duty.due) if duty.due else duty.condition
    liability = codes.label("liability_kinds", duty.liability) if duty.liability else ""
    parts = [who, liability, duty.what, f"{yuan(duty.amount)}元" if duty.amount else "", shares, due]
    return "，".join(part for part in parts if part)


def _differences(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> list[Difference]:
    found = []
    for key, (name, words) in after.items():
        old = before.get(key, ("", ""))[1]
        if old != words:
            found.append(Difference(name, tuple(marked(old, words))))
    for key, (name, words) in before.items():
        if key not in after and words:
            found.append(Difference(name, (("out", words),)))
    return found
