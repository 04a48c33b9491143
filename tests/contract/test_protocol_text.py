"""PROTOCOL.md says what the code does: tables, names of signed messages, headers, keys and limits."""

from __future__ import annotations

import hashlib
import inspect
import re

import pytest

from station_app.store import sealing
from sync.contract import chain, proof
from sync.contract.dictionary import DICTIONARY_1
from sync.contract.errors import CODES
from sync.contract.op import COMPARTMENTS, Header
from tests.contract.render import TEXT, rendered, tables
from tests.contract.vectors import load

WORDS = TEXT.read_text("utf-8")


def test_the_tables_are_those_of_the_code() -> None:
    assert rendered(WORDS) == WORDS, "run python -m tests.contract.render"
    assert all(f"<!-- table:{name} -->" in WORDS for name in tables())


def test_every_signed_or_derived_message_is_named() -> None:
    source = "".join(inspect.getsource(module) for module in (chain, proof, sealing))
    names = set(re.findall(r'b"(GM1 [a-z]+)\\0', source))
    assert len(names) >= 12
    assert sorted(name for name in names if name + r"\0" not in WORDS) == []


@pytest.mark.parametrize("key", sorted(Header.__slots__))
def test_every_key_of_a_header_is_explained(key: str) -> None:
    assert f"`{key}`" in WORDS


def test_compartments_and_the_dictionary_are_named() -> None:
    assert all(f"`{name}`" in WORDS for name in COMPARTMENTS)
    assert hashlib.sha256(DICTIONARY_1).hexdigest() in WORDS


def test_codes_in_the_text_are_known() -> None:
    assert set(re.findall(r"E-\d\d\d", WORDS)) == set(CODES)


def test_the_number_of_the_example_is_a_vector() -> None:
    assert load("numbers")["written"][0]["text"] in WORDS
