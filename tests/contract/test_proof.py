"""The code of a printed page: what it says survives the line, and nothing else is taken for it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.op import MAX_SEQ
from sync.contract.proof import MAX_URL, BadProof, PaperProof, decode

BASE = "https://pingtai.guangming.example.gov.cn"

proofs = st.builds(
    lambda inst, seq, index, version, page, more, facts, device, signature: PaperProof(
        f"{inst.hex()}.{seq}.{index}", version, page, page + more, facts, "d-" + device.hex(), signature
    ),
    inst=st.binary(min_size=8, max_size=8),
    seq=st.integers(1, MAX_SEQ),
    index=st.integers(0, 9999),
    version=st.integers(1, 99),
    page=st.integers(1, 900),
    more=st.integers(0, 900),
    facts=st.binary(min_size=16, max_size=16),
    device=st.binary(min_size=8, max_size=8),
    signature=st.binary(min_size=64, max_size=64),
)

PROOF = PaperProof("00112233445566aa.7.2", 2, 1, 3, bytes(range(16)), "d-0123456789abcdef", b"s" * 64)


@given(proofs)
def test_reads_what_it_wrote(proof: PaperProof) -> None:
    url = proof.encode(BASE)
    assert len(url) <= MAX_URL
    assert decode(url) == proof
    assert decode(proof.payload()) == proof
    assert decode(proof.encode("https://10.1.2.3:8443/") + "\n") == proof


def test_the_bytes_are_fixed() -> None:
    """Printed papers are read for decades: these bytes never change."""
    assert PROOF.signed_bytes() == (
        b"GM1 paper\0"
        + bytes.fromhex("0100112233445566aa0702020103" + "000102030405060708090a0b0c0d0e0f" + "0123456789abcdef")
    )
    assert PROOF.payload().startswith("AQARIjNEVWaqBwICAQMAAQIDBAUGBwgJCgsMDQ4PASNFZ4mrze9z")


@pytest.mark.parametrize(
    "change",
    [
        {"paper": "00112233445566aa.7.3"},
        {"version": 3},
        {"page": 2},
        {"pages": 4},
        {"facts16": bytes(16)},
        {"device": "d-0123456789abcdee"},
    ],
)
def test_every_field_is_signed(change: dict[str, object]) -> None:
    assert dataclasses.replace(PROOF, **change).signed_bytes() != PROOF.signed_bytes()  # type: ignore[arg-type] # by name


def test_the_signature_itself_is_not_signed() -> None:
    assert dataclasses.replace(PROOF, signature=b"").signed_bytes() == PROOF.signed_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"paper": "x"},
        {"version": 0},
        {"page": 0},
        {"page": 4},
        {"facts16": b"short"},
        {"device": "0123456789abcdef"},
        {"signature": b"short"},
    ],
)
def test_fields_outside_their_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadProof):
        dataclasses.replace(PROOF, **change)  # type: ignore[arg-type] # by name


def test_an_unsigned_proof_is_never_printed() -> None:
    with pytest.raises(BadProof):
        dataclasses.replace(PROOF, signature=b"").encode(BASE)


def test_an_address_too_long_for_the_code_is_refused() -> None:
    with pytest.raises(BadProof):
        PROOF.encode("https://" + "a" * 80 + ".example")


def test_every_cut_and_every_extra_byte_is_refused() -> None:
    payload = PROOF.payload()
    for end in range(len(payload)):
        with pytest.raises(BadProof):
            decode(payload[:end])
    with pytest.raises(BadProof):
        decode(payload + "AAAA")


@given(st.text(max_size=220))
def test_foreign_text_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(BadProof):
        decode(text)


def test_one_spelling_only() -> None:
    """A second spelling of the same number would be a second address for one page."""
    payload = PROOF.payload()
    last = payload[-1]
    others = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" if c != last]
    for other in others:
        try:
            assert decode(payload[:-1] + other).signature != PROOF.signature
        except BadProof:
            continue
