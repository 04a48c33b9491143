"""Headers are read in one step where they are written as we write them; the slow reading says the same of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract import op
from sync.contract.op import BadOp, Header, parse_header
from tests.contract.strategies import insts, names, rec_ids, texts

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
headers = st.builds(
    Header,
    inst=insts,
    seq=st.integers(0, 10**9),
    group=st.tuples(st.integers(0, 10**9), st.integers(0, 70_000)),
    stream=texts,
    case=rec_ids | st.just(""),
    compartment=names,
    verb=names,
    actor=texts | st.text(max_size=250),
    wall=st.integers(-1, 2**54),
    body_hash=hashes,
    body_form=st.sampled_from(["clear", "sealed"]),
    v=st.integers(0, 10_001),
)


def outcome(data: bytes, *, slowly: bool) -> Header | str:
    """What reading gives: the header, or that it is refused."""
    try:
        return op._read_slowly(data) if slowly else parse_header(data)
    except BadOp:
        return "refused"


@given(headers)
def test_both_readings_say_the_same(header: Header) -> None:
    try:
        data = header.to_bytes()
    except ValueError:  # a lone surrogate
        return
    assert outcome(data, slowly=False) == outcome(data, slowly=True)


@given(headers, st.integers(0, 400), st.binary(min_size=1, max_size=2))
def test_both_readings_say_the_same_of_damaged_bytes(header: Header, place: int, bad: bytes) -> None:
    try:
        data = bytearray(header.to_bytes())
    except ValueError:
        return
    place %= len(data)
    data[place : place + len(bad)] = bad
    assert outcome(bytes(data), slowly=False) == outcome(bytes(data), slowly=True)


def test_a_lawful_header_takes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    header = Header(
        "00112233aabbccdd", 7, (5, 3), "dongkeng", "00112233aabbccdd.5.0", "content", "register",
        "00112233aabbccdd.2.0", 1_795_000_000_000, "0" * 64, "sealed",
    )  # fmt: skip
    monkeypatch.delattr(op, "_read_slowly")
    assert parse_header(header.to_bytes()) == header
