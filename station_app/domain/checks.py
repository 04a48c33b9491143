"""Checks of typed values against the catalogue: clean values out, and for each field that is wrong one known error.

The same checks serve the desk's forms, the case file and imports, so that the same word is refused everywhere alike.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from station_app.domain import codes
from station_app.domain.dates import parse_date
from station_app.domain.idcard import check_id_number
from station_app.domain.phone import check_phone
from station_app.domain.text import clean_name
from station_app.domain.uscc import check_uscc
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, Field
from sync.contract.errors import KnownError
from sync.contract.op import is_op_id, is_rec_id

MAX_LINE: Final = 500
MAX_TEXT: Final = 20_000
"""Characters; an op holds 256 KiB in all."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: `place` is the catalogue path kind.field."""

    place: str
    error: KnownError


def _line(field: Field, value: Json) -> Json:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else None
    if text is None:
        raise KnownError("E-216", field=field.label)
    if len(text) > MAX_LINE or "\n" in text:
        raise KnownError("E-224", field=field.label, limit=MAX_LINE)
    return text


def _long(field: Field, value: Json) -> Json:
    if not isinstance(value, str):
        raise KnownError("E-216", field=field.label)
    if len(value) > MAX_TEXT:
        raise KnownError("E-224", field=field.label, limit=MAX_TEXT)
    return value.replace("\r\n", "\n").rstrip()


def _money(field: Field, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int):
        raise KnownError("E-206", text=str(value), field=field.label)
    if value < 0:
        raise KnownError("E-207", text=str(value), field=field.label)
    return value


def _moneymap(field: Field, value: Json) -> Json:
    if not isinstance(value, dict) or not all(is_rec_id(k) for k in value):
        raise KnownError("E-211", name="", field=field.label)
    return {k: _money(field, v) for k, v in value.items()}


def _int(field: Field, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
        raise KnownError("E-206", text=str(value), field=field.label)
    return value


def _bool(field: Field, value: Json) -> Json:
    if not isinstance(value, bool):
        raise KnownError("E-217", value=str(value), field=field.label)
    return value


def _date(field: Field, value: Json) -> Json:
    if not isinstance(value, str):
        raise KnownError("E-209", text=str(value), field=field.label)
    return parse_date(value).isoformat()


def _moment(field: Field, value: Json) -> Json:
    text = str(value).replace(" ", "T")
    match = _MOMENT.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        datetime.date.fromisoformat(match[1])
    except ValueError as exc:
        raise KnownError("E-209", text=str(value), field=field.label) from exc
    return text


def _code(field: Field, value: Json) -> Json:
    """A code, or its label or alias as people write it; only codes are stored."""
    if not isinstance(value, str) or not 1 <= len(value) <= 40:
        raise KnownError("E-217", value=str(value), field=field.label)
    known = codes.of_field(field.kind, field.name)
    return value if value in known else known.check(value)


def _each(check: Callable[[Field, Json], Json]) -> Callable[[Field, Json], Json]:
    def run(field: Field, value: Json) -> Json:
        if not isinstance(value, list):
            raise KnownError("E-217", value=str(value), field=field.label)
        return [check(field, item) for item in value]

    return run


def _ref(field: Field, value: Json) -> Json:
    if not is_rec_id(value):
        raise KnownError("E-223", what=str(value), field=field.label)
    return value


def _op(field: Field, value: Json) -> Json:
    if not is_op_id(value):
        raise KnownError("E-223", what=str(value), field=field.label)
    return value


_CHECKS: Final[dict[str, Callable[[Field, Json], Json]]] = {
    "text": _line,
    "long": _long,
    "int": _int,
    "days": _int,
    "ms": _int,
    "money": _money,
    "moneymap": _moneymap,
    "date": _date,
    "moment": _moment,
    "bool": _bool,
    "code": _code,
    "codes": _each(_code),
    "ref": _ref,
    "refs": _each(_ref),
    "texts": _each(_line),
    "ops": _each(_op),
    "hash": _line,
    "bytes": _line,
}


def check_values(
    kind: str, values: Mapping[str, Json], *, today: datetime.date
) -> tuple[dict[str, Json], list[FieldError]]:
    """Return clean values and what is wrong. None and "" mean "not given" and are kept as None (to clear a field)."""
    known = KINDS[kind].fields
    clean: dict[str, Json] = {}
    errors: list[FieldError] = []
    for name, value in values.items():
        field = known.get(name)
        if field is None:
            errors.append(FieldError(f"{kind}.{name}", KnownError("E-214", key=name, where=kind)))
        elif value is None or value == "":
            clean[name] = None
        else:
            try:
                clean[name] = _CHECKS[field.type](field, value)
            except KnownError as error:
                errors.append(FieldError(field.label, error))
    errors += check_meaning(kind, clean, today=today)
    return clean, errors


def check_meaning(kind: str, clean: dict[str, Json], *, today: datetime.date) -> list[FieldError]:
    """Checks beyond the type: identity numbers, credit codes, phones, names. Normalises them in place."""
    if kind in ("identity", "agent", "complainant"):
        return _check_identity(kind, clean, today)
    if kind == "party" and clean.get("name"):
        return _try(f"{kind}.name", clean, "name", _party_name)
    return []


def _try(place: str, clean: dict[str, Json], name: str, check: Callable[[str], Json]) -> list[FieldError]:
    try:
        clean[name] = check(str(clean[name]))
    except KnownError as error:
        return [FieldError(place, error)]
    return []


def _party_name(text: str) -> str:
    name = clean_name(text)
    if not name or len(name) > 100:
        raise KnownError("E-230", name=text)
    return name


def _check_identity(kind: str, clean: dict[str, Json], today: datetime.date) -> list[FieldError]:
    errors: list[FieldError] = []
    if clean.get("id_number") and not clean.get("id_override"):
        errors += _try(f"{kind}.id_number", clean, "id_number", lambda text: _number(kind, clean, text, today))
    if clean.get("phone"):
        errors += _try(f"{kind}.phone", clean, "phone", lambda text: check_phone(text).number)
    return errors


def _number(kind: str, clean: dict[str, Json], text: str, today: datetime.date) -> Json:
    """Check by the sort of document; sex and birth date follow from a resident number and are filled in where the
    kind has such fields (an agent has none).
    """
    document = cast("str", clean.get("id_kind") or "resident")
    if document == "uscc":
        return check_uscc(text)
    if document in ("resident", "residence_permit", "permanent"):
        facts = check_id_number(text, today=today)
        for name, value in (("sex", facts.sex), ("birth", facts.birth.isoformat())):
            if name in KINDS[kind].fields:
                clean.setdefault(name, value)
        return facts.number
    return text.strip()
