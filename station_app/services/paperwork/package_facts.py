"""The terms of an agreement as JSON for a court's own system: by choice, a file of its own, and nothing in it that the
application and the agreement do not show (个人信息保护法 6).
"""

from __future__ import annotations

import json
from typing import Final, cast

from station_app.domain.case import Case, text
from station_app.services.paperwork import numbers
from station_app.services.paperwork.values import build
from station_app.services.station import Station

FORMAT: Final = "station-court-facts"
VERSION: Final = 1
_PARTY: Final = (
    "role", "kind", "name", "sex", "birth", "ethnic", "id_number", "uscc", "address", "phone", "legal_rep"
)  # fmt: skip
_DUTY: Final = ("no", "payer", "payee", "what", "amount", "due", "due_text", "liability")
_ROW: Final = ("no", "name", "id_number", "cells", "total")
_AGREEMENT: Final = ("number", "signed", "effective", "total")

Values = dict[str, object]


def facts(station: Station, view: Case) -> bytes:
    """UTF-8 JSON; amounts are integers of 分, days YYYY-MM-DD."""
    case_number = text(view.record, "number")
    agreement_number = numbers.of_agreement(view, case_number)
    values = build(station, view, paper_number=case_number, agreement_number=agreement_number)
    matrix = cast("Values", values.get("matrix") or {})
    data: Values = {
        "format": FORMAT,
        "version": VERSION,
        "court": _of(values, "court").get("name"),
        "committee": _of(values, "committee").get("full"),
        "mediator": _of(values, "mediator").get("name"),
        "matter": _of(values, "case").get("matter"),
        "agreement": _picked(_of(values, "agreement"), _AGREEMENT),
        "parties": [_picked(p, _PARTY) for p in _list(values, "parties")],
        "obligations": [_picked(o, _DUTY) for o in _list(values, "obligations")],
        "annex": [_picked(r, _ROW) for r in _list(matrix, "rows")],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _of(values: Values, name: str) -> Values:
    found = values.get(name)
    return cast("Values", found) if isinstance(found, dict) else {}


def _list(values: Values, name: str) -> list[Values]:
    found = values.get(name)
    return [cast("Values", v) for v in found] if isinstance(found, list) else []


def _picked(values: Values, wanted: tuple[str, ...]) -> Values:
    return {name: values[name] for name in wanted if name in values}
