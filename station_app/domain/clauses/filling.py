"""From answers to obligations and terms; what is missing or does not agree is said field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from station_app.domain.case import APPLICANT, RESPONDENT, Case, number
from station_app.domain.checks import FieldError
from station_app.domain.clauses.clause import Ask, Clause, Promise
from station_app.domain.dates import date_cn, parse_date
from station_app.domain.money import capitals, parse_yuan, yuan
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_HOLE: Final = re.compile(r"\{(\w+)\}")
_SIDES: Final = frozenset({"applicants", "respondents"})
_ITEM: Final = "item_"
"""Money fields of this beginning are the parts of `total`."""


@dataclass(slots=True)
class Filled:
    """What a clause writes: rows of obligations (catalogue fields) and terms; or what is wrong with the answers."""

    rows: list[dict[str, Json]] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)


def fill(clause: Clause, given: Mapping[str, Json], case: Case) -> Filled:
    """Fill a clause for a case. Answers: money as 元 text or 分, days in any spelling, parties by record id or name.

    E-216 a required field, E-206… an amount, E-209 a day, E-211 nobody of that name, E-210 items that do not add up.
    """
    filled = Filled()
    values = _values(clause, given, case, filled)
    filled.errors += _agree(clause, values, case)
    if filled.errors:
        return filled
    shown = _shown(clause, values, case)
    filled.rows = [_row(p, values, shown, case) for p in clause.promises if _holds(p.when, values)]
    filled.rows = [row for row in filled.rows if row.get("kind") != "pay" or row.get("amount")]
    filled.terms = [_fitted(t.text, shown) for t in clause.terms if _holds(t.when, values) and _known(t.text, values)]
    return filled


def _values(clause: Clause, given: Mapping[str, Json], case: Case, filled: Filled) -> dict[str, Json]:
    values: dict[str, Json] = {}
    known = {ask.name for ask in clause.fields}
    for name in sorted(set(given) - known):
        filled.errors.append(FieldError(name, KnownError("E-214", key=name, where=clause.title)))
    for ask in clause.fields:
        raw = given.get(ask.name)
        if raw in (None, "", []):
            if ask.required and ask.type != "workers":
                filled.errors.append(FieldError(ask.name, KnownError("E-216", field=ask.label)))
            continue
        try:
            values[ask.name] = _value(ask, raw, case)
        except KnownError as error:
            filled.errors.append(FieldError(ask.name, error))
    return values


def _value(ask: Ask, raw: Json, case: Case) -> Json:
    if ask.type == "money":
        return raw if isinstance(raw, int) and not isinstance(raw, bool) else parse_yuan(str(raw))
    if ask.type == "date":
        return parse_date(str(raw)).isoformat()
    if ask.type == "int":
        if not str(raw).isdecimal():
            raise KnownError("E-206", text=str(raw), field=ask.label)
        return int(str(raw))
    if ask.type == "party":
        return _party(str(raw), case)
    if ask.type == "choice" and raw not in dict(ask.choices):
        raise KnownError("E-217", field=ask.label, value=str(raw))
    return raw if isinstance(raw, list) else str(raw).strip()


def _party(word: str, case: Case) -> str:
    found = next((p.id for p in case.parties if word in (p.id, p.name)), "")
    if not found:
        raise KnownError("E-211", name=word)
    return found


def _agree(clause: Clause, values: Mapping[str, Json], case: Case) -> list[FieldError]:
    errors: list[FieldError] = []
    total = values.get("total")
    if "items" in clause.checks and isinstance(total, int):
        parts = [v for k, v in values.items() if k.startswith(_ITEM) and isinstance(v, int)]
        if parts and sum(parts) != total:
            diff = abs(sum(parts) - total)
            errors.append(FieldError("total", KnownError("E-210", sum=sum(parts), total=total, diff=diff)))
    payer, payee = values.get("payer"), values.get("payee")
    if "parties_differ" in clause.checks and payer and payer == payee:
        errors.append(FieldError("payee", KnownError("E-217", field="权利人", value=_name(str(payee), case))))
    made = str(case.get("registered_at") or "")[:10]
    for ask in clause.fields if "due_after" in clause.checks else ():
        day = values.get(ask.name)
        if ask.type == "date" and ask.name.endswith("due") and isinstance(day, str) and made and day < made:
            errors.append(FieldError(ask.name, KnownError("E-209", text=day)))
    return errors


def _name(rec: str, case: Case) -> str:
    return next((p.name for p in case.parties if p.id == rec), rec)


def _shown(clause: Clause, values: Mapping[str, Json], case: Case) -> dict[str, str]:
    """Values as terms show them: amounts with capitals, days in Chinese, parties by name, choices by their words."""
    shown = {"applicants": case.shown(APPLICANT), "respondents": "、".join(p.name for p in case.side(RESPONDENT))}
    for ask in clause.fields:
        value = values.get(ask.name)
        if value is None:
            shown[ask.name] = "＿＿"
        elif ask.type == "money" and isinstance(value, int):
            shown[ask.name] = f"{yuan(value)}元（大写：{capitals(value)}）"
        elif ask.type == "date":
            shown[ask.name] = date_cn(str(value))
        elif ask.type == "party":
            shown[ask.name] = _name(str(value), case)
        elif ask.type == "choice":
            shown[ask.name] = dict(ask.choices)[str(value)]
        else:
            shown[ask.name] = str(value).strip("。")
    return shown


def _fitted(template: str, shown: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda m: shown[m[1]], template)


def _known(template: str, values: Mapping[str, Json]) -> bool:
    """A term with a hole nobody filled is left out, never printed with a blank."""
    return all(name in values or name in _SIDES for name in _HOLE.findall(template))


def _holds(when: str, values: Mapping[str, Json]) -> bool:
    name, equals, wanted = when.partition("=")
    value = values.get(name) if name else True
    return str(value) == wanted if equals else value not in (None, "", 0)


def _row(promise: Promise, values: Mapping[str, Json], shown: Mapping[str, str], case: Case) -> dict[str, Json]:
    amount = values.get(_HOLE.sub(r"\1", promise.amount)) if promise.amount else None
    payer = values.get(_HOLE.sub(r"\1", promise.payer))
    row: dict[str, Json] = {
        "kind": promise.kind,
        "payers": [payer] if payer else [],
        "what": _fitted(promise.what, shown),
    }
    shares = _shares(promise, values, amount, case)
    if promise.kind == "pay":
        row["amount"] = sum(v for v in shares.values() if isinstance(v, int))
        row["method"] = values.get("method") or promise.method or "transfer"
    row["shares"] = shares
    due = values.get(_HOLE.sub(r"\1", promise.due)) if promise.due else None
    if due:
        row |= {"due": due, "due_rule": "on_date"}
    liability = values.get("liability") or promise.liability
    if liability and promise.kind == "pay":
        row["liability"] = liability
    return row


def _shares(promise: Promise, values: Mapping[str, Json], amount: Json, case: Case) -> dict[str, Json]:
    """Payee -> 分: the workers of the roster each with what is owed, or the one payee with the whole."""
    if promise.payee == "@workers":
        return {p.id: number(p.wage, "owed") for p in case.parties if p.wage and number(p.wage, "owed")}
    payee = values.get(_HOLE.sub(r"\1", promise.payee))
    if not payee:
        return {}
    return {str(payee): amount if isinstance(amount, int) else 0}
