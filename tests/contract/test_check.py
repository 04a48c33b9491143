"""The shape of an op: lawful ops of every kind pass, each rule is seen when broken, newer programs are let through."""

from __future__ import annotations

import dataclasses
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.check import missing_in_group, shape_problems
from sync.contract.op import CLEAR_COMPARTMENTS, BodyForm, Change, Header
from tests.contract import strategies

A, B = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"
CASE = f"{A}.3.0"


def header(**values: object) -> Header:
    compartment = str(values.get("compartment", "register"))
    form: BodyForm = "clear" if compartment in CLEAR_COMPARTMENTS else "sealed"
    base = Header(A, 7, (7, 1), "dongkeng", CASE, compartment, "edit", "", 1, "0" * 64, form)
    return dataclasses.replace(base, **values)  # type: ignore[arg-type]  # some tests give what must be refused


def of_kind(kind: str, values: dict[str, Json]) -> tuple[Header, Change]:
    compartment = KINDS[kind].compartment
    if kind == "case":
        return header(), Change(CASE, kind, values, {"title": [f"{A}.3"]})
    return header(compartment=compartment), Change(f"{A}.7.0", kind, values)


@settings(max_examples=200)
@given(st.data())
def test_values_of_their_types_are_no_problem(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    head, change = of_kind(kind, data.draw(strategies.sane_values(kind)))
    assert shape_problems(head, [change]) == []


def wrong_values() -> list[tuple[str, Json]]:
    rec = f"{A}.1.0"
    wrong: dict[str, list[Json]] = {
        "text": [1, True, ["a"], {}],
        "long": [1],
        "int": ["1", True, [1]],
        "money": ["1", True, -1],
        "moneymap": [[], {"x": 1}, {rec: -1}, {rec: True}, {rec: None}],
        "days": [-1, True, "1"],
        "date": ["", "2026-02-29", "20260228", "2026-2-1", "2026-W01-1", "2026-02-28T10:00", "２０２６-02-28", 1],
        "moment": ["2026-02-28", "2026-02-28T24:00", "2026-02-28 10:00", "2026-02-28T10:00:00", "2026-02-29T10:00"],
        "ms": [-1, True, "1"],
        "bool": [0, 1, "true"],
        "code": ["x" * 41, 1, ["a"]],
        "codes": ["a", [1], ["x" * 41]],
        "ref": ["", "x", f"{A}.1", 1, [rec]],
        "refs": [rec, [None], [f"{A}.1"]],
        "texts": ["a", [1], [None]],
        "ops": [f"{A}.1", [rec], [1]],
        "hash": ["0" * 63, "G" * 64, "A" * 64, 1],
        "bytes": ["A", "+/==", "AA==", 1],
    }
    return [(t, v) for t, values in wrong.items() for v in values]


@pytest.mark.parametrize(("type_", "value"), wrong_values())
def test_values_of_another_type_are_named_with_their_field(type_: str, value: Json) -> None:
    field = next(f for k in KINDS.values() for f in k.fields.values() if f.type == type_ and k.name != "case")
    head, change = of_kind(field.kind, {field.name: value})
    assert shape_problems(head, [change]) == [f"value: {field.label} is no {type_}"]


@settings(max_examples=200)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_any_value_is_judged_and_none_crashes(kind: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(KINDS[kind].fields)))
    head, change = of_kind(kind, {name: data.draw(strategies.json_values)})
    assert all(p.startswith("value: ") for p in shape_problems(head, [change]))


@given(st.data())
def test_any_op_is_judged_and_none_crashes(data: st.DataObject) -> None:
    head = data.draw(strategies.headers())
    said = data.draw(st.lists(strategies.changes, max_size=3, unique_by=lambda c: c.rec))
    rules = {"compartment", "form", "stream", "verb", "case", "record", "base", "kind", "value"}
    assert {p.split(":")[0] for p in shape_problems(head, said)} <= rules


def test_kinds_and_fields_of_a_newer_program_are_no_problem() -> None:
    said = [Change(f"{A}.7.0", "kind_of_tomorrow", {"x": {"y": [1]}}), Change(f"{B}.1.0", "party", {"x": 1})]
    assert shape_problems(header(), said) == []


def test_a_body_that_cannot_be_read_is_judged_by_its_header() -> None:
    assert shape_problems(header(compartment="psych"), None) == []
    assert shape_problems(header(verb="fly"), None) == ["verb: fly unknown"]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"compartment": "tomorrow", "body_form": "clear"}, "compartment: tomorrow unknown"),
        ({"body_form": "sealed"}, "form: register is sealed"),
        ({"compartment": "content", "body_form": "clear"}, "form: content is clear"),
        ({"compartment": "private", "case": ""}, "case: private belongs to no case"),
        ({"verb": "delete"}, "verb: delete unknown"),
        ({"stream": ""}, "stream: empty"),
        ({"case": f"{A}.3.1"}, f"case: {A}.3.1 is no first record of an op"),
    ],
)
def test_headers_with_a_problem(values: dict[str, object], problem: str) -> None:
    assert shape_problems(header(**values), None) == [problem]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (Change(f"{A}.7.0", "agreement", {}), "kind: agreement does not belong to register"),
        (Change(f"{B}.1.0", "case", {}), f"case: {B}.1.0 of kind case in an op of case {CASE}"),
        (Change(CASE, "party", {}), f"case: {CASE} of kind party in an op of case {CASE}"),
        (Change(f"{A}.7.1", "party", {}), f"record: {A}.7.1 is not made yet"),
        (Change(f"{A}.8.0", "party", {}), f"record: {A}.8.0 is not made yet"),
        (Change(f"{B}.1.0", "party", {}, {"name": [f"{A}.7"]}), f"base: {B}.1.0 names {A}.7, which is not before it"),
    ],
)
def test_changes_with_a_problem(change: Change, problem: str) -> None:
    assert shape_problems(header(), [change]) == [problem]


def test_a_case_is_born_in_an_op_of_its_own_as_its_first_record() -> None:
    born = header(case=f"{A}.7.0")
    party = Change(f"{A}.7.1", "party", {"name": "甲"})
    assert shape_problems(born, [Change(f"{A}.7.0", "case", {"title": "甲"}), party]) == []
    (second, first) = shape_problems(born, [party, Change(f"{A}.7.0", "case", {})])
    assert (second, first) == (f"record: {A}.7.1 is not made yet", f"record: {A}.7.0 is not made yet")
    assert "case: born without its record" in shape_problems(born, [party])
    assert shape_problems(header(), []) == ["record: the op says nothing"]


def test_what_a_group_still_lacks_is_named_in_order() -> None:
    group = [header(seq=n, group=(3, 4)) for n in (3, 5)]
    other = header(inst=B, seq=10, group=(9, 2))
    assert missing_in_group([*group, other]) == [f"{A}.4", f"{A}.6", f"{B}.9"]
    assert missing_in_group([header(seq=n, group=(3, 4)) for n in (6, 5, 4, 3)]) == []
    assert missing_in_group(cast("list[Header]", [])) == []
