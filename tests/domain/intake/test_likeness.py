"""How alike two appeals are: named reasons, two numbers are two people, nothing in common gives no points."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.intake.likeness import Told, Who, alike, compare, sounds_alike

UNIT = Who("respondent", "演示宏川劳务有限公司", "91440311MADEM0002W")
TIAN = Who("applicant", "田志强", "45012619890412011X", "15026018159")
WORDS = "拖欠十一月工资八千四百元，要求付清"


def told(*people: Who, summary: str = WORDS, place: str = "", kind: str = "", day: str = "2026-11-18") -> Told:
    return Told(people, summary, place, kind, date.fromisoformat(day))


NEW = told(TIAN, UNIT, place="科学城工地东区", kind="wage_arrears", day="2026-11-20")


def test_the_same_number_against_the_same_unit_with_every_reason() -> None:
    found = compare(NEW, told(TIAN, UNIT, place="科学城工地东区12栋", kind="wage_arrears"))
    assert found.shown
    assert found.days == 2
    assert found.reasons == ("id", "respondent", "words", "place", "days", "type")


def test_two_numbers_are_two_people_whatever_their_names() -> None:
    other = Who("applicant", "田志强", "44162319900101801X")
    assert compare(told(TIAN, summary=""), told(other, summary="")).points == 0


def test_a_name_written_otherwise_is_recognised_by_telephone_and_sound() -> None:
    other = Who("applicant", "田智强", "", "15026018159")
    found = compare(NEW, told(other, UNIT, summary="没有发钱"))
    assert found.reasons[:3] == ("phone", "respondent", "sound")
    assert found.shown


def test_another_worker_of_the_same_site_and_month_is_worth_a_look() -> None:
    other = Who("applicant", "石来旺", "500112197708230217")
    assert compare(NEW, told(other, UNIT, place="科学城工地东区", kind="wage_arrears")).shown
    assert not compare(NEW, told(other, UNIT, summary="餐费", kind="contract", day="2024-01-01")).shown


def test_the_same_person_with_another_matter_years_ago_is_not() -> None:
    old = told(TIAN, Who("respondent", "某物业公司"), summary="电梯坏了", kind="property_management", day="2023-03-01")
    assert not compare(NEW, old).shown


@pytest.mark.parametrize(("one", "other", "same"), [("单志强", "单智强", True), ("田志强", "田强", False)])
def test_names_that_sound_alike(one: str, other: str, same: bool) -> None:
    assert sounds_alike(one, other) is same


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_of_texts_is_a_share_and_knows_no_order(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)
    assert len(one) < 2 or alike(one, one) in (0.0, 1.0)
