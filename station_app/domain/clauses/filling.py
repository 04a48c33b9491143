"""From answers to obligations and terms; what is missing or does not agree is said field by field."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from station_app.domain.calculators.result import fen
from station_app.domain.case import APPLICANT, RESPONDENT, Case, number
from station_app.domain.checks import FieldError
from station_app.domain.clauses.clause import Ask, Clause, Promise, Sum, placeholders
from station_app.domain.dates import add_months, as_date, date_cn, parse_date
from station_app.domain.money import capitals, parse_yuan, yuan
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_HOLE: Final = re.compile(r"\{(\w+\*?)\}")
_UNIT: Final = re.compile("（[元%]）$")
Values = Mapping[str, Json]


@dataclass(slots=True)
class Filled:
    """What a clause writes: rows of obligations (catalogue fields) and terms; or what is wrong with the answers.

    `places[i]` is the place of `terms[i]` among the clause's wordings. `remarks` are for the person who fills it; they
    are never printed in the agreement.
    """

    rows: list[dict[str, Json]] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def fill(clause: Clause, given: Values, case: Case) -> Filled:
    """Fill a clause for a case. Answers: money as 元 text or 分, days in any spelling, parties by record id or name.

    E-216 a field that is required, or needed because of another; E-206… an amount, E-209 a day, E-211 nobody of that
    name, E-214 no such field, E-217 no such choice, E-243 a number beyond its bounds, E-451 items that do not add up,
    E-452 a day before the case was registered, E-453 payer and payee the same.
    """
    filled = Filled()
    values = _values(clause, given, case, filled)
    filled.errors += _needed(clause, values, filled.errors)
    filled.errors += _agree(clause, values, case)
    filled.remarks = [r.text for r in clause.remarks if _holds(r.when, values) and not _given(r.absent, values)]
    if filled.errors:
        return filled
    shown = _shown(clause, values, case)
    filled.rows = [
        row
        for p in clause.promises
        if _holds(p.when, values)
        for row in _monthly(p, _row(p, values, shown, case), values)
    ]
    filled.rows = [row for row in filled.rows if row.get("kind") != "pay" or row.get("amount")]
    filled.places = [n for n, t in enumerate(clause.terms) if _holds(t.when, values)]
    filled.terms = [_fitted(clause.terms[n].text, shown) for n in filled.places]
    return filled


def _needed(clause: Clause, values: Values, before: Sequence[FieldError]) -> list[FieldError]:
    """Fields that an answer already given makes necessary: nothing that was answered is dropped for want of another."""
    wanted = [f.name for f in clause.fields if f.needed and _holds(f.needed, values)]
    wanted += [n for t in clause.terms if t.when and _holds(t.when, values) for n in placeholders(t.text)]
    for p in clause.promises:
        if p.when and _holds(p.when, values):
            wanted += [n for words in (p.payer, p.payee, p.what, p.amount, p.due) for n in placeholders(words)]
    said = {error.place for error in before}
    labels = {ask.name: ask.label for ask in clause.fields}
    return [
        FieldError(name, KnownError("E-216", field=labels[name]))
        for name in dict.fromkeys(wanted)
        if name in labels and name not in values and name not in said
    ]


def _values(clause: Clause, given: Values, case: Case, filled: Filled) -> dict[str, Json]:
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
        if ask.most and not ask.least <= int(str(raw)) <= ask.most:
            raise KnownError("E-243", field=ask.label, least=ask.least, most=ask.most)
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


def _agree(clause: Clause, values: Values, case: Case) -> list[FieldError]:
    errors = [error for total in clause.sums for error in _adds_up(total, clause, values)]
    payer, payee = values.get("payer"), values.get("payee")
    if "parties_differ" in clause.checks and payer and payer == payee:
        errors.append(FieldError("payee", KnownError("E-453", name=_name(str(payee), case))))
    made = str(case.get("registered_at") or "")[:10]
    for ask in clause.fields if "due_after" in clause.checks else ():
        day = values.get(ask.name)
        if ask.type == "date" and ask.name.endswith("due") and isinstance(day, str) and made and day < made:
            error = KnownError("E-452", field=ask.label, day=parse_date(day), made=parse_date(made))
            errors.append(FieldError(ask.name, error))
    return errors


def _adds_up(total: Sum, clause: Clause, values: Values) -> list[FieldError]:
    """The sum of the clause beside its parts; nothing is said while no part is given."""
    plus, of = _amounts(total.plus, values), _amounts(total.of, values)
    if not plus or not of:
        return []
    share = values.get(total.share, 100)
    wanted = fen(Fraction(sum(plus) * (share if isinstance(share, int) else 100), 100))
    wanted -= sum(_amounts(total.minus, values))
    if wanted == sum(of):
        return []
    label = next(_UNIT.sub("", a.label) for a in clause.fields if a.name == total.of[0])
    error = KnownError("E-451", field=label, sum=wanted, total=sum(of), diff=abs(wanted - sum(of)))
    return [FieldError(total.of[0], error)]


def _amounts(patterns: Sequence[str], values: Values) -> list[int]:
    names = [n for p in patterns for n in values if n == p or (p.endswith("*") and n.startswith(p[:-1]))]
    return [v for v in (values[n] for n in names) if isinstance(v, int)]


def _name(rec: str, case: Case) -> str:
    return next((p.name for p in case.parties if p.id == rec), rec)


def _shown(clause: Clause, values: Values, case: Case) -> dict[str, str]:
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
    for prefix in {n for t in clause.terms for n in placeholders(t.text) if n.endswith("*")}:
        shown[prefix] = _list(clause, prefix[:-1], values)
    return shown


def _list(clause: Clause, prefix: str, values: Values) -> str:
    """ "医疗费5,000.00元、误工费3,000.00元，合计8,000.00元": all money fields of that beginning that were given."""
    given = [
        (_UNIT.sub("", a.label), values[a.name])
        for a in clause.fields
        if a.name.startswith(prefix) and a.name in values
    ]
    sums = [(label, value) for label, value in given if isinstance(value, int)]
    words = "、".join(f"{label}{yuan(value)}元" for label, value in sums)
    return words + (f"，合计{yuan(sum(value for _, value in sums))}元" if len(sums) > 1 else "")


def _fitted(template: str, shown: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda m: shown[m[1]], template)


def _given(name: str, values: Values) -> bool:
    """True where a field (or, with *, any of that beginning) was answered."""
    if name.endswith("*"):
        return any(n.startswith(name[:-1]) for n in values)
    return values.get(name) not in (None, "", 0)


def _holds(when: str, values: Values) -> bool:
    name, equals, wanted = when.partition("=")
    if not name:
        return True
    return str(values.get(name)) in wanted.split("|") if equals else _given(name, values)


def _row(promise: Promise, values: Values, shown: Mapping[str, str], case: Case) -> dict[str, Json]:
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


def _monthly(promise: Promise, row: dict[str, Json], values: Values) -> list[dict[str, Json]]:
    """The row itself, or one for each month asked: due on that day of the months after its own day."""
    count, day, due = values.get(promise.times), values.get(promise.day), row.get("due")
    if not promise.times or not isinstance(count, int) or not isinstance(day, int) or not isinstance(due, str):
        return [row]
    first = as_date(due).replace(day=1)
    rows = []
    for n in range(1, count + 1):
        month = add_months(first, n)
        last = monthrange(month.year, month.month)[1]
        rows.append({**row, "due": month.replace(day=min(day, last)).isoformat(), "instalment": n})
    return rows


def _shares(promise: Promise, values: Values, amount: Json, case: Case) -> dict[str, Json]:
    """Payee -> 分: the workers of the roster each with what is owed, or the one payee with the whole."""
    if promise.payee == "@workers":
        return {p.id: number(p.wage, "owed") for p in case.parties if p.wage and number(p.wage, "owed")}
    payee = values.get(_HOLE.sub(r"\1", promise.payee))
    if not payee:
        return {}
    return {str(payee): amount if isinstance(amount, int) else 0}
