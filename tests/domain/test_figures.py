"""Periods and rates: as published, to the second decimal; months, quarters and halves meet without gap."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.figures import ministry, places
from station_app.domain.figures import period as periods
from station_app.domain.figures.rate import percent
from sync.contract.errors import KnownError


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (21_813, 21_845, "99.85%"),  # published for 2021
        (6_756, 6_782, "99.62%"),  # published for the first half of 2022
        (19_589, 19_641, "99.74%"),  # published to 2020-11
        (0, 5, "0.00%"),
        (5, 5, "100.00%"),
        (99_999, 100_000, "99.99%"),
        (0, 0, "—"),
    ],
)
def test_rate_as_published(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


@given(st.integers(1, 10**6), st.data())
def test_rate_is_within_half_a_hundredth(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    shown = Fraction(percent(part, whole).rstrip("%"))
    exact = Fraction(100 * part, whole)
    assert abs(shown - exact) <= Fraction(1, 200) or (shown == Fraction("99.99") and part < whole)
    assert (shown == 100) == (part == whole)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2100])
def test_parts_of_a_year_meet_without_gap(year: int) -> None:
    whole = periods.year_of(year)
    for parts in (
        [periods.half(year, n) for n in (1, 2)],
        [periods.quarter(year, n) for n in (1, 2, 3, 4)],
        whole.months(),
    ):
        assert parts[0].first == whole.first
        assert parts[-1].last == whole.last
        for before, after in pairwise(parts):
            assert before.after == after.first
            assert date.fromisoformat(before.last) + timedelta(days=1) == date.fromisoformat(after.first)
    assert [m.title for m in periods.half(year, 2).months()] == [f"{year}年{n}月" for n in range(7, 13)]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: periods.half(2022, 3),
        lambda: periods.quarter(2022, 0),
        lambda: periods.month(2022, 13),
        lambda: periods.year_of(0),
        lambda: periods.days("2022-02-30", "2022-03-01"),
        lambda: periods.days("2022-03-02", "2022-03-01"),
    ],
)
def test_wrong_period_is_told(wrong: object) -> None:
    with pytest.raises(KnownError) as told:
        wrong()  # type: ignore[operator]  # a table of calls
    assert told.value.code == "E-360"


def test_district_has_its_streets_and_communities() -> None:
    assert len(places.communities()) == 31
    assert sorted(len(places.streams_of(street)) for street in places.streets()) == [3, 4, 5, 5, 6, 8]


def test_code_list_and_sample_organisation_name_the_same_places(repo: Path) -> None:
    org = tomllib.loads((repo / "resources/org/guangming.toml").read_text("utf-8"))
    assert places.streets() == {street["code"]: street["name"] for street in org["street"]}
    assert places.communities() == {c["stream"]: c["name"] for street in org["street"] for c in street["community"]}


def table_row(**values: int) -> dict[str, int | None]:
    return {column: values.get(column, 0) for column in ministry.columns()}


SOUND = {
    "total": 5, "successful": 4, "residents": 3, "street": 2, "active": 1, "applied": 1, "transferred": 3, "court": 2,
    "police": 1, "type.wage_arrears": 4, "type.other": 1, "oral": 1, "written": 3,
}  # fmt: skip


def test_ministry_table_has_its_columns() -> None:
    heads = ministry.columns()
    assert len(heads) == 5 + 6 + 3 + 5 + 18 + 2
    assert [column for _, below in ministry.groups() for column in below] == list(heads)
    assert ministry.check(table_row(**SOUND)) == []


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("street", "各类调解组织合计与总数"),
        ("active", "案件来源合计与总数"),
        ("type.other", "纠纷类型合计与总数"),
        ("written", "口头协议、书面协议合计与调解成功数"),
        ("court", "移送单位合计与接受委托移送数"),
    ],
)
def test_each_check_sum_is_told(column: str, words: str) -> None:
    found = ministry.check(table_row(**SOUND | {column: SOUND[column] + 1}))
    assert [d.words for d in found] == [words]
    assert found[0].found == found[0].expected + 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("深圳市光明区凤凰街道东坑社区人民调解委员会", "residents"),
        ("深圳市光明区凤凰街道人民调解委员会", "street"),
        ("某某村民委员会人民调解委员会", "village"),
        ("演示宏川科技有限公司人民调解委员会", "company"),
        ("光明区劳动争议人民调解委员会", "society"),
        ("", "residents"),
    ],
)
def test_body_of_a_committee(name: str, body: str) -> None:
    assert ministry.body_of(name, in_community=True) == body


@pytest.mark.parametrize(
    ("words", "most", "lines"),
    [
        ("主动调解", 3, "主动 调解"),
        ("社会团体和其他组织", 3, "社会团 体和其 他组织"),
        ("调解成功（件）", 3, "调解 成功 （件）"),
        ("居", 3, "居"),
        ("物业纠纷", 4, "物业纠纷"),
        ("拖欠农民工工资纠纷", 4, "拖欠农民 工工资 纠纷"),
        ("婚姻家庭纠纷", 4, "婚姻家庭 纠纷"),
    ],
)
def test_heads_break_evenly(words: str, most: int, lines: str) -> None:
    assert ministry.even(words, most).split("\n") == lines.split()
