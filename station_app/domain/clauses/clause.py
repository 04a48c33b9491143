"""A clause as data (resources/clauses/*.toml): fields with their questions, obligations, terms, articles, checks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from station_app.paths import resources_dir
from sync.contract.errors import KnownError

TYPES: Final = frozenset("text long money date int party choice workers".split())
CHECKS: Final = frozenset("parties_differ due_after".split())
"""Checks by name; sums are data of their own (`[[sum]]`)."""
SIDES: Final = frozenset({"applicants", "respondents"})
_HOLE: Final = re.compile(r"\{(\w+\*?)\}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: what is asked, in words, and its type; `choices` as (value, words); `least` and `most` bound an int.

    `needed` is the condition under which an optional field must be given (`remedy=refund|compensate`).
    """

    name: str
    label: str
    type: str
    required: bool = False
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: str = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """One obligation: catalogue fields as templates; `when` is its condition.

    `times` names the field that says for how many months it is due again, `day` the field with the day of the month;
    the first is due in the month after `due`.
    """

    kind: str
    payer: str
    payee: str
    what: str
    amount: str = ""
    method: str = ""
    due: str = ""
    liability: str = ""
    when: str = ""
    times: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One term: words with {field}, or {item_*} for all given fields of that beginning; `when` is its condition."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts that must agree: `of` together = (`plus` at `share` per cent) - `minus`; `item_*` is every such field."""

    of: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    share: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the person who fills the clause must know: said while `when` holds and the field `absent` is not given."""

    text: str
    when: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One kind of clause. `types`: dispute types it is proposed for; `own_words`: the wording is ours.

    A condition (`when`, `needed`) names a field that must be given, or a field and its values: `a`, `a=x`, `a=x|y`.
    """

    id: str
    letter: str
    title: str
    edition: str
    types: tuple[str, ...]
    basis: tuple[str, ...]
    source: str
    own_words: bool
    checks: tuple[str, ...]
    fields: tuple[Ask, ...]
    promises: tuple[Promise, ...]
    terms: tuple[Wording, ...]
    sums: tuple[Sum, ...] = ()
    remarks: tuple[Remark, ...] = ()


def load(directory: Path | None = None) -> dict[str, Clause]:
    """All clauses by id, in the order of their letters; E-520 naming file and place of the one that is wrong."""
    return _load(directory or resources_dir() / "clauses")


@lru_cache(maxsize=8)
def _load(directory: Path) -> dict[str, Clause]:
    found = [_read(path) for path in sorted(directory.glob("*.toml"))]
    return {clause.id: clause for clause in sorted(found, key=lambda c: c.letter)}


def _read(path: Path) -> Clause:
    try:
        return parse(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error


def parse(data: Mapping[str, Any]) -> Clause:
    """Read a clause; ValueError naming what is wrong: an unknown key, type, check or field."""
    known = set("id letter title edition types basis source own_words checks field obligation term sum remark".split())
    if unknown := set(data) - known:
        raise ValueError(", ".join(sorted(unknown)))
    fields = tuple(_ask(raw) for raw in data["field"])
    clause = Clause(
        id=data["id"],
        letter=data["letter"],
        title=data["title"],
        edition=data["edition"],
        types=tuple(data["types"]),
        basis=tuple(data["basis"]),
        source=data["source"],
        own_words=data["own_words"],
        checks=tuple(data.get("checks", ())),
        fields=fields,
        promises=tuple(Promise(**raw) for raw in data.get("obligation", ())),
        terms=tuple(Wording(**raw) for raw in data.get("term", ())),
        sums=tuple(_sum(raw) for raw in data.get("sum", ())),
        remarks=tuple(Remark(**raw) for raw in data.get("remark", ())),
    )
    _check(clause)
    return clause


def _ask(raw: Mapping[str, Any]) -> Ask:
    choices = tuple((str(v), str(w)) for v, w in raw.get("choices", ()))
    ask = Ask(**{**raw, "choices": choices})
    if ask.type not in TYPES:
        raise ValueError(f"{ask.name}: {ask.type}")
    return ask


def _sum(raw: Mapping[str, Any]) -> Sum:
    if unknown := set(raw) - {"of", "plus", "minus", "share"}:
        raise ValueError(", ".join(sorted(unknown)))
    return Sum(tuple(raw["of"]), tuple(raw["plus"]), tuple(raw.get("minus", ())), raw.get("share", ""))


def _check(clause: Clause) -> None:
    names = {f.name for f in clause.fields} | SIDES
    if len(names) - len(SIDES) != len(clause.fields):
        raise ValueError("a field twice")
    if wrong := set(clause.checks) - CHECKS:
        raise ValueError(", ".join(sorted(wrong)))
    for template, when in _templates(clause):
        for name in placeholders(template):
            _known(name, names, "{" + name + "}")
            if not when and name not in SIDES and not _asked(clause, name):
                raise ValueError(f"{{{name}}} may stay empty")
    for when in _conditions(clause):
        _known(when.partition("=")[0], names, when)
    for name in _named(clause):
        _known(name, names, name)


def _named(clause: Clause) -> list[str]:
    """Fields that sums and monthly promises name."""
    found = [n for p in clause.promises for n in (p.times, p.day) if n]
    for total in clause.sums:
        found += [*total.of, *total.plus, *total.minus, *((total.share,) if total.share else ())]
    return found


def _known(name: str, names: set[str] | frozenset[str], said: str) -> None:
    if name in names or (name.endswith("*") and any(n.startswith(name[:-1]) for n in names)):
        return
    raise ValueError(said)


def _asked(clause: Clause, name: str) -> bool:
    return any(f.name == name and f.required for f in clause.fields)


def _conditions(clause: Clause) -> list[str]:
    found = [p.when for p in clause.promises] + [t.when for t in clause.terms] + [f.needed for f in clause.fields]
    found += [r.when for r in clause.remarks] + [r.absent for r in clause.remarks]
    return [when for when in found if when]


def _templates(clause: Clause) -> list[tuple[str, str]]:
    found = [(t.text, t.when) for t in clause.terms]
    for p in clause.promises:
        found += [(words, p.when) for words in (p.payer, p.payee, p.what, p.amount, p.due)]
    return found


def placeholders(template: str) -> list[str]:
    """Names in braces, in their order."""
    return _HOLE.findall(template)
