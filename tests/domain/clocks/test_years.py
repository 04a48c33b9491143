"""Years a district adds to its rules pack: read, used before the built-in ones, refused where they cannot be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from station_app.domain.clocks.clock import day_words
from station_app.domain.dates import confirmation_deadline, last_day_shifted, working_day_before
from station_app.domain.holidays import OFFICIAL, RestDays
from station_app.domain.rules import load_rules
from station_app.domain.sentences import sentence
from sync.contract.errors import KnownError

HEAD = (
    'format = 1\ntitle = "某区规则"\nedition = "2026-12"\nsource = "样本"\ndate = 2026-12-01\ncolour = []\n[setting]\n'
)
YEAR = """
[holidays.2027]
source = "样本通知"
date = 2026-11-25
work = [2027-02-14, 2026-12-26]
[holidays.2027.rest]
new_year = [2026-12-31, 2027-01-03]
spring_festival = [2027-02-05, 2027-02-13]
"""
"""A made-up notice: nobody has published one for 2027 yet."""


def pack(tmp_path: Path, years: str = YEAR) -> RestDays:
    file = tmp_path / "pack.toml"
    file.write_text(HEAD + years, "utf-8")
    return load_rules(file).rest_days


def test_a_year_of_the_pack_moves_last_days_and_pay_days(tmp_path: Path) -> None:
    days = pack(tmp_path)
    assert days.knows(2027)
    shift = confirmation_deadline(date(2026, 12, 3), rest_days=days)
    assert (shift.raw, shift.shifted) == (date(2027, 1, 2), date(2027, 1, 4))
    assert day_words(shift, "第30日") == "第30日为1月2日（元旦），顺延至2027年1月4日（周一）。"
    assert working_day_before(date(2027, 2, 6), rest_days=days).shifted == date(2027, 2, 4)


def test_a_working_sunday_does_not_move_a_day(tmp_path: Path) -> None:
    days = pack(tmp_path)
    assert date(2027, 2, 14).weekday() == 6
    assert not last_day_shifted(date(2027, 2, 14), rest_days=days).moved
    assert last_day_shifted(date(2027, 2, 21), rest_days=days).shifted == date(2027, 2, 22)


def test_a_notice_may_reach_into_the_december_before(tmp_path: Path) -> None:
    days = pack(tmp_path)
    assert OFFICIAL.reason(date(2026, 12, 31)) is None
    assert last_day_shifted(date(2026, 12, 31), rest_days=days).shifted == date(2027, 1, 4)
    assert date(2026, 12, 26).weekday() == 5
    assert days.reason(date(2026, 12, 26)) is None, "a 调休 Saturday"
    assert days.reason(date(2026, 10, 1)) == "national_day", "the rest of 2026 stays as it was"


def test_without_a_notice_the_year_is_unknown_and_the_right_year_is_named() -> None:
    assert load_rules().rest_days.knows(2026)
    shift = last_day_shifted(date(2027, 1, 2), rest_days=OFFICIAL)
    assert (shift.known, shift.missing) == (False, 2027)
    last = max(y for y in range(2004, 2060) if OFFICIAL.knows(y))
    ends = [y for y in range(2004, last + 1) if date(y, 12, 31).weekday() >= 5]
    for year in ends:
        only = RestDays({})
        if not only.knows(year + 1):
            assert last_day_shifted(date(year, 12, 31), rest_days=only).missing == year + 1


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (YEAR.replace("2027-02-14", "2027-02-07"), "2027-02-07"),
        (YEAR.replace("2027-02-13", "2027-04-13"), "spring_festival"),
        (YEAR.replace("[2027-02-05, 2027-02-13]", "[2027-02-13, 2027-02-05]"), "spring_festival"),
        (YEAR.replace("[2027-02-05, 2027-02-13]", "[2028-02-05, 2028-02-13]"), "spring_festival"),
        (YEAR.replace("spring_festival", "easter"), "easter"),
        (YEAR.replace("new_year", "national_day").replace("2026-12-31", "2027-01-02"), "new_year"),
        (YEAR.replace('source = "样本通知"\n', ""), "source"),
        (YEAR.replace("work", "works"), "works"),
        (YEAR.replace("[2027-02-05, 2027-02-13]", '["2027-02-05", "2027-02-13"]'), "spring_festival"),
        ("[holidays]\n2027 = 1\n", "holidays.2027"),
    ],
)
def test_a_year_that_cannot_be_right_is_refused_with_its_place(tmp_path: Path, wrong: str, place: str) -> None:
    with pytest.raises(KnownError) as caught:
        pack(tmp_path, wrong)
    assert caught.value.code == "E-520"
    assert place in str(caught.value.values["place"])
    assert sentence(caught.value)
