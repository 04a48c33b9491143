"""Identity numbers: the standard's example, traps, and stdnum as an independent judge."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from station_app.domain.idcard import age_on, check_digit, check_id_number, mask, region_known
from sync.contract.errors import KnownError

TODAY = date(2026, 11, 24)


def number_of(first17: str) -> str:
    return first17 + check_digit(first17)


@pytest.mark.parametrize(
    ("text", "number", "birth", "sex", "kind"),
    [
        ("11010519491231002X", "11010519491231002X", "1949-12-31", "2", "resident"),
        ("11010519491231002x", "11010519491231002X", "1949-12-31", "2", "resident"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", "1949-12-31", "2", "resident"),
        (" 110105 19491231 002ｘ ", "11010519491231002X", "1949-12-31", "2", "resident"),
        ("513101198201130014", "513101198201130014", "1982-01-13", "1", "resident"),
        ("440524188001010014", "440524188001010014", "1880-01-01", "1", "resident"),
        ("440311199001011237", "440311199001011237", "1990-01-01", "1", "resident"),
        ("810000199001011230", "810000199001011230", "1990-01-01", "1", "hk"),
        (number_of("82000019900101123"), number_of("82000019900101123"), "1990-01-01", "1", "macau"),
        ("830000199105080015", "830000199105080015", "1991-05-08", "1", "taiwan"),
        (number_of("91184019900101002"), number_of("91184019900101002"), "1990-01-01", "2", "permanent"),
        ("440311198803160010", "440311198803160010", "1988-03-16", "1", "resident"),
        ("331082199507120136", "331082199507120136", "1995-07-12", "1", "resident"),
        ("350105197908240215", "350105197908240215", "1979-08-24", "1", "resident"),
    ],
)
def test_good_numbers(text: str, number: str, birth: str, sex: str, kind: str) -> None:
    facts = check_id_number(text, today=TODAY)
    assert (facts.number, facts.birth.isoformat(), facts.sex, facts.kind) == (number, birth, sex, kind)
    assert facts.region == number[:6]


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("440311199001011236", "E-201", {}),
        ("110105194912310029", "E-201", {}),
        ("440311198502290014", "E-202", {"year": 1985, "month": 2, "day": 29}),
        ("440311198502290018", "E-202", {"year": 1985, "month": 2, "day": 29}),
        ("440311198513010018", "E-202", {"year": 1985, "month": 13, "day": 1}),
        ("440311000001010018", "E-202", {"year": 0, "month": 1, "day": 1}),
        ("44031119900101123", "E-204", {"length": 17}),
        ("4403111990010112377", "E-204", {"length": 19}),
        ("", "E-204", {"length": 0}),
        ("44031119900I011237", "E-204", {"length": 18, "wrong": "I", "why": "characters"}),
        ("44031119900X011237", "E-204", {"length": 18, "wrong": "X", "why": "characters"}),
        (
            "四四〇三一一一九九〇〇一〇一一二三七",
            "E-204",
            {"length": 18, "wrong": "四〇三一九二七", "why": "characters"},
        ),
        ("440311900101123", "E-229", {}),
        ("4.40311E+17", "E-240", {}),
        ("440311199001011000.0", "E-240", {}),
        (number_of("44031120261125001"), "E-226", {"birth": date(2026, 11, 25)}),
    ],
)
def test_bad_numbers(text: str, code: str, values: dict[str, object]) -> None:
    with pytest.raises(KnownError) as caught:
        check_id_number(text, today=TODAY)
    assert (caught.value.code, caught.value.values) == (code, values)


def test_born_today_is_not_the_future_and_no_clock_means_no_judgement() -> None:
    assert check_id_number(number_of("44031120261124001"), today=TODAY).birth == TODAY
    assert check_id_number(number_of("44031120991231001")).birth.year == 2099


def test_hints_never_refuse() -> None:
    assert check_id_number(number_of("99999919900101001")).hints == ()  # permanent residence: no region there
    assert check_id_number(number_of("00000019900101001")).hints == ("region_unknown",)
    assert check_id_number(number_of("81010019900101001")).hints == ("region_unknown",)
    assert check_id_number("440524188001010014", today=TODAY).hints == ("birth_long_ago",)
    assert check_id_number("440311199001011237", today=TODAY).hints == ()


@pytest.mark.parametrize("region", ["440311", "440306", "450126", "451224", "512021", "513101", "422801"])
def test_abolished_regions_are_known(region: str) -> None:
    assert region_known(region)


@pytest.mark.parametrize("name", ["wages-17.csv", "wages-8.csv"])
def test_rosters_of_the_cases(name: str) -> None:
    rows = csv.DictReader((Path(__file__).parents[1] / "data" / "rosters" / name).read_text("utf-8-sig").splitlines())
    for row in rows:
        facts = check_id_number(row["公民身份号码"], today=TODAY)
        assert facts.hints == ()
        assert {"1": "男", "2": "女"}[facts.sex] == row["性别"]


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_digit_is_mod_11_2(first17: str) -> None:
    assert check_digit(first17) == mod_11_2.calc_check_digit(first17)


@given(st.dates(date(1930, 1, 1), date(2026, 11, 24)), st.integers(0, 999), st.integers(0, 17), st.data())
def test_every_single_slip_is_found(birth: date, sequence: int, place: int, data: st.DataObject) -> None:
    number = number_of(f"440311{birth:%Y%m%d}{sequence:03d}")
    assert check_id_number(number, today=TODAY).birth == birth
    other = data.draw(st.sampled_from([c for c in "0123456789" if c != number[place]]))
    with pytest.raises(KnownError):
        check_id_number(number[:place] + other + number[place + 1 :], today=TODAY)


@given(st.text(max_size=24))
def test_any_text_gives_facts_or_a_known_error(text: str) -> None:
    code = ""
    try:
        check_id_number(text, today=TODAY)
    except KnownError as error:
        code = error.code
    assert code in {"", "E-201", "E-202", "E-204", "E-226", "E-229", "E-240"}


def test_mask() -> None:
    assert mask("411522199003076038") == "411522********6038"
    assert mask("E12345678") == "E1*****78"
    assert mask("1234") == "1***"
    assert mask("") == ""


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2008-11-24", "2026-11-23", 17),
        ("2008-11-24", "2026-11-24", 17),  # the birthday itself does not count
        ("2008-11-24", "2026-11-25", 18),
        ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18),
        ("2004-02-29", "2024-02-29", 19),
        ("2004-02-29", "2024-03-01", 20),
        ("2026-11-24", "2026-11-24", 0),
        ("2025-11-24", "2026-11-24", 0),
        ("2025-12-31", "2026-01-01", 0),
    ],
)
def test_age(birth: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(birth), date.fromisoformat(day)) == age


def test_no_age_before_birth() -> None:
    with pytest.raises(KnownError) as caught:
        age_on(TODAY, date(2026, 11, 23))
    assert caught.value.code == "E-226"


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 30000))
def test_age_grows_by_one_a_year(birth: date, offset: int) -> None:
    day = date.fromordinal(birth.toordinal() + offset)
    ages = [age_on(birth, date.fromordinal(day.toordinal() + k)) for k in range(3)]
    assert ages == sorted(ages)
    assert ages[-1] - ages[0] <= 1
