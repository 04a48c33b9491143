"""Canonical bytes: one spelling for each value, and everything else refused."""

from __future__ import annotations

import enum
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.canonical import MAX_INT, Json, NotCanonical, dumps, loads, loads_object
from tests.contract.strategies import json_values

_reference = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@settings(max_examples=300)
@given(json_values)
def test_what_is_written_is_read_back_and_has_one_spelling(value: Json) -> None:
    data = dumps(value)
    assert loads(data) == value
    assert dumps(loads(data)) == data
    assert data == _reference(value).encode("utf-8"), "the form that PROTOCOL.md describes"


@given(json_values)
def test_truth_and_one_are_told_apart(value: Json) -> None:
    def typed(item: Json) -> object:
        if isinstance(item, list):
            return [typed(i) for i in item]
        if isinstance(item, dict):
            return {k: typed(v) for k, v in item.items()}
        return type(item), item

    assert typed(loads(dumps(value))) == typed(value)


@given(json_values, st.integers(0, 4))
def test_spaces_and_order_are_read_and_written_away(value: Json, indent: int) -> None:
    loose = json.dumps(value, ensure_ascii=True, indent=indent).encode()
    assert dumps(loads(loose)) == dumps(value)


class _Code(enum.StrEnum):
    A = "a"


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ({"b": 1, "a": 2, "A": 3}, b'{"A":3,"a":2,"b":1}'),
        # code points decide, not UTF-16 units: U+FF21 stands before U+20000
        ({"\U00020000": 1, "Ａ": 2}, '{"Ａ":2,"\U00020000":1}'.encode()),
        ("é", '"é"'.encode()),
        ("e\u0301", '"e\u0301"'.encode()),
        ('"\\/\x7f\u2028', '"\\"\\\\/\x7f\u2028"'.encode()),
        ("\b\t\n\f\r\x00\x1f", b'"\\b\\t\\n\\f\\r\\u0000\\u001f"'),
        ([True, False, None, -1, MAX_INT, -MAX_INT - 1], f"[true,false,null,-1,{MAX_INT},{-MAX_INT - 1}]".encode()),
        ({}, b"{}"),
    ],
)
def test_the_spelling_of_each_sign(value: Json, data: bytes) -> None:
    assert dumps(value) == data
    assert loads(data) == value


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        math.nan,
        math.inf,
        MAX_INT + 1,
        -MAX_INT - 2,
        2**64,
        "\ud800",
        {"\udfff": 1},
        ["\ud800"],
        {1: 2},
        {None: 1},
        (1, 2),
        {"a": {1}},
        b"x",
        {"a": [object()]},
    ],
)
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonical):
        dumps(value)  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize(
    "data",
    [
        b"1.0",
        b"1e3",
        b"1E400",
        b"NaN",
        b"-Infinity",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"\\u0062":2}}',
        b'"\\ud800"',
        b'"\\ud800\\u0041"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"9223372036854775808",
        b"18446744073709551616",
        b"1" * 5000,
        b"[" * 100_000,
        b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b"",
        b"1 2",
        b"'a'",
        b"{a:1}",
        b"[1,]",
        b'"\n"',
        b"01",
        b"+1",
    ],
)
def test_bytes_that_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        loads(data)


@pytest.mark.parametrize("innermost", [[], {}, 1, "甲", None, True])
def test_a_value_lies_at_most_twelve_levels_down(innermost: Json) -> None:
    def nested(depth: int) -> Json:
        value = innermost
        for _ in range(depth):
            value = [value]
        return value

    assert loads(dumps(nested(12))) == nested(12)
    for write in (dumps, lambda v: loads(_reference(v).encode())):
        with pytest.raises(NotCanonical):
            write(nested(13))


@settings(max_examples=300)
@given(st.binary(max_size=60) | json_values.map(lambda v: _reference(v).encode()), st.data())
def test_damaged_bytes_are_refused_or_read_and_nothing_else(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    damaged = data[:at] + draw.draw(st.binary(max_size=3)) + data[at + draw.draw(st.integers(0, 3)) :]
    try:
        value = loads(damaged)
    except NotCanonical:
        return
    assert loads(dumps(value)) == value


def test_an_object_is_asked_for() -> None:
    assert loads_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(NotCanonical):
        loads_object(b"[]")
