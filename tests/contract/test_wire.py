"""What travels comes out as it went in; cut, damaged or hostile bytes are BadOp and never anything else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.canonical import Json, dumps, loads_object
from sync.contract.chain import NO_HEAD, Certificate, next_head, opening_head, run_over
from sync.contract.errors import KnownError
from sync.contract.op import (
    MAX_GROUP,
    MAX_OP_BYTES,
    MAX_SEQ,
    BadOp,
    Change,
    Header,
    Op,
    check_size,
    hash_body,
    is_op_id,
    is_rec_id,
    make_body,
    parse_body,
    parse_header,
)
from sync.contract.wire import (
    b64,
    certificate_from_json,
    certificate_to_json,
    frames,
    pack_message,
    pack_op,
    pack_ops,
    unb64,
    unpack_message,
    unpack_ops,
)
from tests.contract import strategies

INST = "0123456789abcdef"
BODY = make_body([Change(f"{INST}.1.0", "case", {"title": "拖欠工资"})], bytes(16))


def header(**values: object) -> Header:
    given: dict[str, object] = {
        "inst": INST,
        "seq": 1,
        "group": (1, 1),
        "stream": "dongkeng",
        "case": f"{INST}.1.0",
        "compartment": "register",
        "verb": "register",
        "actor": "",
        "wall": 1,
        "body_hash": hash_body(BODY),
        "body_form": "clear",
        **values,
    }
    return Header(**given)  # type: ignore[arg-type]  # some tests give what must be refused


def only_bad_op(act: Callable[[], object]) -> None:
    with contextlib.suppress(BadOp):
        act()


# -- round trips -----------------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(strategies.headers())
def test_a_header_comes_back(value: Header) -> None:
    assert parse_header(value.to_bytes()) == value


@settings(max_examples=150)
@given(st.lists(strategies.changes, max_size=4, unique_by=lambda c: c.rec))
def test_a_body_comes_back(changes: list[Change]) -> None:
    assert parse_body(make_body(changes, bytes(range(16)))) == changes


@settings(max_examples=100)
@given(st.lists(strategies.ops(), max_size=4))
def test_a_batch_comes_back_byte_for_byte(ops: list[Op]) -> None:
    data = pack_ops((op.header_bytes, op.body) for op in ops)
    assert unpack_ops(data) == ops
    assert pack_ops(frames(data)) == data


def test_the_hash_of_a_body_that_travels_along_does_not_travel() -> None:
    data = header().to_bytes()
    assert hash_body(BODY).encode() not in pack_op(data, BODY)
    assert pack_op(data, BODY) == pack_op(data, BODY, hash_body(BODY))
    assert hash_body(BODY).encode() in pack_op(data, None)


def test_keys_of_a_newer_header_survive() -> None:
    newer = dumps({**_raw(), "urgency": {"level": 3}, "zz": [1]})
    (op,) = unpack_ops(pack_op(newer, BODY))
    assert op.header_bytes == newer
    assert op.header == header()


def _raw() -> dict[str, Json]:
    return loads_object(header().to_bytes())


@settings(max_examples=100)
@given(st.dictionaries(strategies.texts, strategies.json_values, max_size=3), st.binary(max_size=50))
def test_a_message_comes_back(head: dict[str, object], batch: bytes) -> None:
    assert unpack_message(pack_message(head, batch)) == (head, batch)  # type: ignore[arg-type]  # values are Json


@given(st.binary(max_size=40))
def test_base64_comes_back_in_one_spelling(data: bytes) -> None:
    assert unb64(b64(data)) == data


@pytest.mark.parametrize("text", ["A", "AB==", "A+/A", "AB", "甲", " AA", "AA\n", None, 1, b"AA"])
def test_other_spellings_of_base64_are_refused(text: object) -> None:
    with pytest.raises(BadOp):
        unb64(text)


# -- cut, damaged, hostile -------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.lists(strategies.ops(), min_size=1, max_size=2))
def test_cut_at_every_byte_it_is_bad_or_ends_between_two_ops(ops: list[Op]) -> None:
    data = pack_ops((op.header_bytes, op.body) for op in ops)
    whole = [0]
    for op in ops:
        whole.append(whole[-1] + len(pack_op(op.header_bytes, op.body)))
    for end in range(len(data)):
        if end in whole:
            assert unpack_ops(data[:end]) == ops[: whole.index(end)]
        else:
            with pytest.raises(BadOp):
                unpack_ops(data[:end])


def test_a_message_cut_in_its_head_is_bad() -> None:
    data = pack_message({"cursor": 1, "名": "甲"})
    for end in range(len(data)):
        with pytest.raises(BadOp):
            unpack_message(data[:end])


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_random_bytes_never_crash(data: bytes) -> None:
    for read in (parse_header, parse_body, unpack_ops, unpack_message, lambda d: list(frames(d))):
        only_bad_op(lambda read=read: read(data))  # type: ignore[misc]  # bound at once


@settings(max_examples=200)
@given(strategies.ops(), st.data())
def test_damage_is_seen_or_harmless_to_the_reader(op: Op, data: st.DataObject) -> None:
    packed = pack_op(op.header_bytes, op.body)
    at = data.draw(st.integers(0, len(packed) - 1))
    damaged = packed[:at] + bytes([packed[at] ^ data.draw(st.integers(1, 255))]) + packed[at + 1 :]
    only_bad_op(lambda: unpack_ops(damaged))
    only_bad_op(lambda: parse_header(damaged[4:-4]))
    only_bad_op(lambda: parse_body(damaged[4:]))


_shapes = st.recursive(
    strategies.json_values | strategies.op_ids | strategies.insts | st.sampled_from([0, 1, -1, 2**40, True]),
    lambda inner: st.dictionaries(
        st.sampled_from(["runs", "signer", "signature", "inst", "first", "n", "before", "hidden", "1", "changes",
                         "salt", "rec", "kind", "set", "base", "expect", *header().__slots__]),
        inner,
    ) | st.lists(inner, max_size=3),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300)
@given(_shapes)
def test_wrong_shapes_never_crash(raw: object) -> None:
    def certificate() -> None:
        certificate_from_json(raw, {f"{INST}.1": header().to_bytes()}).message()  # type: ignore[arg-type]  # any shape

    data = dumps(raw)  # type: ignore[arg-type]  # any shape
    for act in (certificate, lambda: parse_header(data), lambda: parse_body(data)):
        only_bad_op(act)


@settings(max_examples=300)
@given(st.data())
def test_one_wrong_part_of_a_good_shape_never_crashes(data: st.DataObject) -> None:
    run = run_over(INST, 1, NO_HEAD, [header().to_bytes()])
    raw = certificate_to_json(Certificate("d-" + INST, (run,), bytes(64)), frozenset())
    part = data.draw(st.sampled_from(["inst", "first", "n", "before", "hidden", "signer", "runs", "signature"]))
    runs = cast("list[dict[str, Json]]", raw["runs"])
    (raw if part in raw else runs[0])[part] = data.draw(_shapes)
    only_bad_op(lambda: certificate_from_json(raw, {}).message())


@pytest.mark.parametrize(
    "values",
    [
        {"inst": "0123456789ABCDEF"},
        {"inst": "zz"},
        {"seq": 0},
        {"seq": MAX_SEQ + 1, "group": (MAX_SEQ + 1, 1)},
        {"seq": True},
        {"group": (2, 1)},
        {"group": (0, 2)},
        {"group": (1, 0)},
        {"group": (1, MAX_GROUP + 1)},
        {"group": (True, 1)},
        {"group": (1,)},
        {"case": "x"},
        {"compartment": "Register"},
        {"compartment": ""},
        {"verb": "to do"},
        {"wall": -1},
        {"wall": None},
        {"body_hash": ""},
        {"body_form": "open"},
        {"actor": "x" * 201},
        {"stream": 1},
        {"v": 0},
    ],
)
def test_headers_that_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(BadOp):
        parse_header(header(**values).to_bytes())


@pytest.mark.parametrize("key", sorted(header().__slots__))
def test_every_key_of_a_header_is_needed(key: str) -> None:
    raw = _raw()
    del raw[key]
    with pytest.raises(BadOp):
        parse_header(dumps(raw))


def test_a_body_names_each_record_once() -> None:
    twice = make_body([Change(f"{INST}.1.0", "case", {}), Change(f"{INST}.1.0", "party", {})], bytes(16))
    with pytest.raises(BadOp):
        parse_body(twice)


def test_another_body_than_the_header_names_is_refused() -> None:
    with pytest.raises(BadOp, match="not the one"):
        Op.from_bytes(header().to_bytes(), BODY + b" ")


def test_the_limit_of_one_op() -> None:
    body = bytes(MAX_OP_BYTES - len(header(body_hash="0" * 64).to_bytes()))
    data = header(body_hash=hash_body(body)).to_bytes()
    check_size(data, body)
    assert Op.from_bytes(data, body).body == body
    with pytest.raises(KnownError, match="E-228"):
        check_size(data, body + b"x")
    with pytest.raises(BadOp, match="256"):
        Op.from_bytes(data, body + b"x")


@pytest.mark.parametrize("text", [f"{INST}.0", f"{INST}.01", f"{INST}.1000000000", f"{INST}.1 ", "1.1", "", None, 1])
def test_what_is_no_id(text: object) -> None:
    assert not is_op_id(text)
    assert not is_rec_id(f"{text}.0")


def test_ids_fit_into_32_bits() -> None:
    assert is_op_id(f"{INST}.{MAX_SEQ}")
    assert is_rec_id(f"{INST}.{MAX_SEQ}.9999")
    assert not is_rec_id(f"{INST}.1.10000")
    assert MAX_SEQ < 2**32


# -- certificates ----------------------------------------------------------------------------------------------------


def chain_of(inst: str, count: int, first: int = 1) -> list[bytes]:
    return [header(inst=inst, seq=n, group=(n, 1)).to_bytes() for n in range(first, first + count)]


def certified(parts: Iterable[tuple[str, int, int]]) -> tuple[Certificate, dict[str, bytes]]:
    runs, headers = [], {}
    for inst, first, count in parts:
        data = chain_of(inst, count, first)
        runs.append(run_over(inst, first, opening_head("d-x", inst, NO_HEAD), data))
        headers.update({f"{inst}.{first + n}": item for n, item in enumerate(data)})
    return Certificate("d-" + INST, tuple(runs), bytes(range(64))), headers


@settings(max_examples=50)
@given(st.lists(st.tuples(strategies.insts, st.integers(1, 5), st.integers(1, 5)), max_size=3), st.data())
def test_a_certificate_comes_back_whichever_ops_travel(parts: list[tuple[str, int, int]], data: st.DataObject) -> None:
    cert, headers = certified(parts)
    travelling = frozenset(op for op in headers if data.draw(st.booleans()))
    raw = certificate_to_json(cert, travelling)
    assert certificate_from_json(raw, {op: headers[op] for op in travelling}) == cert
    assert certificate_from_json(certificate_to_json(cert), headers) == cert


def test_the_message_hangs_on_every_part() -> None:
    cert, headers = certified([(INST, 1, 3)])
    changed = dict(headers)
    changed[f"{INST}.2"] = header(seq=2, group=(2, 1), verb="edit").to_bytes()
    raw = certificate_to_json(cert)
    messages = {cert.message(), certificate_from_json(raw, changed).message()}
    other = run_over(INST, 1, NO_HEAD, list(headers.values()))
    messages.add(Certificate(cert.signer, (other,), b"").message())
    messages.add(Certificate("d-other", cert.runs, b"").message())
    messages.add(Certificate(cert.signer, (*cert.runs, *cert.runs), b"").message())
    assert len(messages) == 5


def test_an_op_that_did_not_come_and_is_not_named_is_missed() -> None:
    cert, headers = certified([(INST, 1, 3)])
    del headers[f"{INST}.2"]
    with pytest.raises(BadOp, match="did not come"):
        certificate_from_json(certificate_to_json(cert), headers)


@pytest.mark.parametrize(
    "wrong",
    [
        {"inst": "zz"},
        {"inst": INST.upper()},
        {"before": b64(bytes(31))},
        {"hidden": {"1": b64(bytes(31))}},
        {"hidden": {"1": None}},
        {"hidden": []},
        {"first": 0},
        {"first": True},
        {"first": MAX_SEQ + 1},
        {"n": 0},
        {"n": -1},
    ],
)
def test_runs_that_are_refused(wrong: dict[str, Json]) -> None:
    run: dict[str, Json] = {"inst": INST, "first": 1, "n": 1, "before": b64(NO_HEAD), "hidden": {"1": b64(bytes(32))}}
    cert: dict[str, Json] = {"signer": "d-x", "signature": "", "runs": [run]}
    assert certificate_from_json(cert, {}).message()
    with pytest.raises(BadOp):
        certificate_from_json({**cert, "runs": [{**run, **wrong}]}, {})


def test_a_certificate_names_no_more_than_it_may() -> None:
    cert, headers = certified([(INST, 1, 100)])
    raw = certificate_to_json(cert)
    raw["runs"] = raw["runs"] * 1001  # type: ignore[operator]  # a list of our own making
    with pytest.raises(BadOp, match="too many"):
        certificate_from_json(raw, headers)


def test_a_later_hash_hangs_on_the_device_the_incarnation_and_the_head_before() -> None:
    data = header().to_bytes()
    opened = [opening_head("d-a", INST, NO_HEAD), opening_head("d-b", INST, NO_HEAD),
              opening_head("d-a", "f" * 16, NO_HEAD), opening_head("d-a", INST, bytes([1]) * 32)]  # fmt: skip
    assert len({next_head(head, data) for head in opened}) == 4
