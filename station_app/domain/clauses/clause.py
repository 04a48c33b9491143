"""A clause as data (resources/clauses/*.toml): fields with their questions, obligations, terms, articles, checks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from station_app.paths import resources_dir
from sync.contract.errors import KnownError

TYPES: Final = frozenset("text long money date int party choice workers".split())
CHECKS: Final = frozenset("items total parties_differ due_after insured".split())


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: what is asked, in words, and its type; `choices` as (value, words)."""

    name: str
    label: str
    type: str
    required: bool = False
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """One obligation: catalogue fields as templates; `when` names the field that must be given."""

    kind: str
    payer: str
    payee: str
    what: str
    amount: str = ""
    method: str = ""
    due: str = ""
    liability: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One term: words with {field}; `when` names the field (or field=value) it depends on."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One kind of clause. `types`: dispute types it is proposed for; `own_words`: the wording is ours."""

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
    known = {
        "id",
        "letter",
        "title",
        "edition",
        "types",
        "basis",
        "source",
        "own_words",
        "checks",
        "field",
        "obligation",
        "term",
    }
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
    )
    _check(clause)
    return clause


def _ask(raw: Mapping[str, Any]) -> Ask:
    choices = tuple((str(v), str(w)) for v, w in raw.get("choices", ()))
    ask = Ask(**{**raw, "choices": choices})
    if ask.type not in TYPES:
        raise ValueError(f"{ask.name}: {ask.type}")
    return ask


def _check(clause: Clause) -> None:
    names = {f.name for f in clause.fields} | {"applicants", "respondents"}
    if len(names) - 2 != len(clause.fields):
        raise ValueError("a field twice")
    if wrong := set(clause.checks) - CHECKS:
        raise ValueError(", ".join(sorted(wrong)))
    for template in _templates(clause):
        for name in placeholders(template):
            if name not in names:
                raise ValueError("{" + name + "}")
    for when in [p.when for p in clause.promises] + [t.when for t in clause.terms]:
        if when and when.partition("=")[0] not in names:
            raise ValueError(when)


def _templates(clause: Clause) -> list[str]:
    found = [t.text for t in clause.terms]
    for p in clause.promises:
        found += [p.payer, p.payee, p.what, p.amount, p.due]
    return found


def placeholders(template: str) -> list[str]:
    """Names in braces."""
    return [part.partition("}")[0] for part in template.split("{")[1:]]
