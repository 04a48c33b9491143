"""One word for each field of the catalogue, in Chinese and in English, and none that belongs to no field."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from station_app.domain.labels import CHINESE, ENGLISH, label
from sync.contract.catalogue import KINDS

FIELDS = {spec.label for kind in KINDS.values() for spec in kind.fields.values()}


@pytest.mark.parametrize(("table", "name"), [(CHINESE, "zh"), (ENGLISH, "en")])
def test_every_field_has_its_word(table: Mapping[str, str], name: str) -> None:
    assert sorted(FIELDS - {key for key, word in table.items() if word.strip()}) == []


def test_no_word_without_a_field() -> None:
    assert sorted(set(CHINESE) - FIELDS) == []


@pytest.mark.parametrize("kind", ["case", "party", "identity", "wage", "session", "agreement", "obligation"])
def test_fields_people_fill_in_side_by_side_have_different_words(kind: str) -> None:
    words = [label(spec.label) for spec in KINDS[kind].fields.values()]
    assert len(set(words)) == len(words)


def test_a_field_of_a_newer_program_is_shown_by_its_key() -> None:
    assert label("case.unheard_of") == "case.unheard_of"
