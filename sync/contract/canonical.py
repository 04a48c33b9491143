"""Canonical bytes: UTF-8 JSON, sorted keys, no spaces, integers only, no Unicode normalisation.

Bytes are made once, at writing, and kept as bytes for ever; nobody re-serialises to verify (CONTRACT 1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

import orjson

Json: TypeAlias = "str | int | bool | None | list[Json] | dict[str, Json]"

MAX_DEPTH = 13
MAX_INT = 2**63 - 1
"""Integers beyond a signed 64-bit column are refused."""


class NotCanonical(ValueError):
    """The value or the bytes are outside the canonical form."""


def _check(value: object) -> None:
    """Raise NotCanonical unless the value has a canonical form. Text is left to the encoder: it refuses surrogates."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for item in level:
            kind = type(item)
            if kind is str or kind is bool or item is None:
                continue
            if kind is int:
                if not -MAX_INT - 1 <= cast("int", item) <= MAX_INT:
                    raise NotCanonical("integer beyond 64 bits")
            elif kind is list:
                inner += cast("list[object]", item)
            elif kind is dict:
                inner += _values(cast("dict[object, object]", item))
            else:
                raise NotCanonical(f"{kind.__name__} has no canonical form")
        if not inner:
            return
        level = inner
    raise NotCanonical("nested too deep")


def _values(item: dict[object, object]) -> Iterable[object]:
    for key in item:
        if type(key) is not str:
            raise NotCanonical("keys are text")
    return item.values()


def dumps(value: Mapping[str, Json] | Json) -> bytes:
    """Return the canonical bytes of `value`; NotCanonical for floats, odd keys, lone surrogates, huge integers."""
    _check(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError as exc:
        raise NotCanonical("lone surrogate in text") from exc


def _refuse_float(text: str) -> float:
    raise NotCanonical(f"not an integer: {text}")


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotCanonical("a key stands twice")
    return result


def loads(data: bytes) -> Json:
    """Read bytes strictly: valid UTF-8 JSON, no floats, no doubled keys. Does not demand canonical spacing."""
    try:
        value: Json = orjson.loads(data)
        # bytes that come out again as they went in hold no doubled key: the common case needs no slow reading
        if dumps(value) == data:
            return value
    except (orjson.JSONDecodeError, NotCanonical):
        pass
    return _loads_slowly(data)


def _loads_slowly(data: bytes) -> Json:
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            parse_float=_refuse_float,
            parse_constant=_refuse_float,
            object_pairs_hook=_unique,
        )
        dumps(value)
    except (ValueError, RecursionError) as exc:
        raise NotCanonical(str(exc)) from exc
    return value


def loads_object(data: bytes) -> dict[str, Json]:
    """Like `loads`, and the value must be an object."""
    value = loads(data)
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    return value
