"""What a person typed becomes values of the catalogue, and of nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from station_app.domain.checks import check_values
from sync.contract.catalogue import KINDS

TODAY = date(2026, 11, 24)
NUMBER = "11010519491231002X"
_WITH_NUMBER = sorted(kind for kind, made in KINDS.items() if "id_number" in made.fields)


@pytest.mark.parametrize("kind", _WITH_NUMBER)
def test_an_identity_number_fills_in_only_fields_of_its_kind(kind: str) -> None:
    clean, errors = check_values(kind, {"id_number": NUMBER}, today=TODAY)
    assert errors == []
    assert clean.keys() <= KINDS[kind].fields.keys(), "else the case says that a later program wrote in it"


def test_sex_and_birth_follow_from_the_number_of_a_party() -> None:
    clean, _errors = check_values("identity", {"id_number": NUMBER, "id_kind": "resident"}, today=TODAY)
    assert (clean["sex"], clean["birth"]) == ("2", "1949-12-31")


def test_what_a_person_wrote_is_not_replaced() -> None:
    clean, _errors = check_values("identity", {"birth": "1950-01-01", "id_number": NUMBER}, today=TODAY)
    assert clean["birth"] == "1950-01-01"
