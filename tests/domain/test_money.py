"""Amounts: reading, capitals by the bank rule, exact splits."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.money import (
    MAX_FEN,
    capitals,
    parse_yuan,
    read_capitals,
    split_instalments,
    split_largest_remainder,
    yuan,
)
from sync.contract.errors import BugError, KnownError

FEN = st.integers(0, MAX_FEN) | st.integers(0, 10**7) | st.sampled_from([10**k for k in range(14)])

CAPITALS = [
    (140950, "人民币壹仟肆佰零玖元伍角", ["人民币壹仟肆佰零玖元伍角整"]),
    (600714, "人民币陆仟零柒元壹角肆分", []),
    (168032, "人民币壹仟陆佰捌拾元叁角贰分", ["人民币壹仟陆佰捌拾元零叁角贰分"]),
    (
        10700053,
        "人民币壹拾万柒仟元伍角叁分",
        ["人民币壹拾万零柒仟元伍角叁分", "人民币壹拾万柒仟元零伍角叁分", "人民币壹拾万零柒仟元零伍角叁分"],
    ),
    (1640902, "人民币壹万陆仟肆佰零玖元零贰分", []),
    (32504, "人民币叁佰贰拾伍元零肆分", []),
    (1500, "人民币壹拾伍元整", ["人民币壹拾伍圆整", "人民币壹拾伍元正", "壹拾伍元整", " 人民币 壹拾伍元整"]),
    (10000000, "人民币壹拾万元整", []),
    (1001000, "人民币壹万零壹拾元整", []),
    (2000050000, "人民币贰仟万零伍佰元整", []),
    (10000000100, "人民币壹亿零壹元整", []),
    (5, "人民币伍分", ["人民币零元零伍分", "人民币零元伍分"]),
    (50, "人民币伍角", ["人民币零元伍角整"]),
    (0, "人民币零元整", []),
    (13146000, "人民币壹拾叁万壹仟肆佰陆拾元整", ["人民币壹拾叁萬壹仟肆佰陸拾圓整"]),
    (18260000, "人民币壹拾捌万贰仟陆佰元整", []),
    (7146000, "人民币柒万壹仟肆佰陆拾元整", []),
    (6000000, "人民币陆万元整", []),
    (22000000, "人民币贰拾贰万元整", []),
    (4893000, "人民币肆万捌仟玖佰叁拾元整", []),
    (820000, "人民币捌仟贰佰元整", []),
    (373392, "人民币叁仟柒佰叁拾叁元玖角贰分", []),
    (1500000, "人民币壹万伍仟元整", []),
    (14850000, "人民币壹拾肆万捌仟伍佰元整", []),
    (105, "人民币壹元零伍分", []),
    (10_0000_1000_00, "人民币壹拾亿零壹仟元整", []),
    (10_0500_0000_00, "人民币壹拾亿零伍佰万元整", []),
    (10_5000_0000_00, "人民币壹拾亿伍仟万元整", ["人民币壹拾亿零伍仟万元整"]),
    (1_0001_0001_00, "人民币壹亿零壹万零壹元整", []),
    (MAX_FEN, "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", []),
]


@pytest.mark.parametrize(("fen", "written", "also"), CAPITALS)
def test_capitals_table(fen: int, written: str, also: list[str]) -> None:
    assert capitals(fen) == written
    for text in [written, *also]:
        assert read_capitals(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "人民币",
        "整",
        "元整",
        "人民币拾伍元整",  # 壹 is never left out: it could be filled in later
        "人民币壹仟玖元整",  # a needed 零 is missing
        "人民币壹仟零零玖元整",
        "人民币壹仟肆佰零玖元零伍角",  # no zero stands before the 角
        "人民币叁佰贰拾伍元肆分",
        "人民币伍分整",
        "人民币15元整",
        "人民币壹拾伍",
        "人民币壹佰仟元整",
        "人民币万元整",
        "人民币零亿零元整",
        "人民币壹拾伍元整整",
        "美元壹拾伍元整",
    ],
)
def test_capitals_a_bank_would_refuse(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        read_capitals(text)
    assert caught.value.code == "E-206"


@given(FEN)
def test_capitals_round_trip(fen: int) -> None:
    words = capitals(fen)
    assert read_capitals(words) == fen
    assert "零零" not in words
    assert "零元" not in words or fen == 0
    assert words.endswith("整") == (fen % 100 == 0)


@given(st.integers(0, MAX_FEN), st.integers(0, MAX_FEN))
def test_capitals_are_different_for_different_amounts(a: int, b: int) -> None:
    assert (capitals(a) == capitals(b)) == (a == b)


@given(st.text("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整", max_size=14))
def test_what_is_read_is_that_amount(text: str) -> None:
    try:
        fen = read_capitals(text)
    except KnownError:
        return
    assert text.strip("整").replace("零", "") == capitals(fen).removeprefix("人民币").strip("整").replace("零", "")


def test_capitals_of_a_negative_amount_are_our_mistake() -> None:
    for fen in (-1, MAX_FEN + 1):
        with pytest.raises(BugError):
            capitals(fen)


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        ("131,460.00", 13146000),
        ("131460", 13146000),
        (" ￥131,460.00 ", 13146000),
        ("¥131460.5", 13146050),
        ("人民币131,460.00元", 13146000),
        ("１３１，４６０．００", 13146000),
        ("5,158.18 元", 515818),
        ("15元整", 1500),
        (".5", 50),
        ("1.", 100),
        ("0", 0),
        ("-0.00", 0),
        ("007", 700),
        ("999,999,999,999.99", MAX_FEN),
        (15000, 1500000),
        (Decimal("3733.92"), 373392),
        (Decimal("3733.9200"), 373392),
        (Decimal("1E+3"), 100000),
        (Decimal("-0"), 0),
    ],
)
def test_parse_yuan(value: str | int | Decimal, fen: int) -> None:
    assert parse_yuan(value) == fen


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "E-206"),
        ("元", "E-206"),
        ("一百元", "E-206"),
        ("12,34", "E-206"),
        ("1,2345.00", "E-206"),
        ("1.2.3", "E-206"),
        ("1e3", "E-206"),
        ("+5", "E-206"),
        ("--5", "E-206"),
        ("约500", "E-206"),
        ("NaN", "E-206"),
        ("٣", "E-206"),  # digits of another script are not what a Chinese paper means
        (Decimal("NaN"), "E-206"),
        (Decimal("Infinity"), "E-206"),
        ("-5", "E-207"),
        ("－５.00", "E-207"),
        ("\u2212131,460.00", "E-207"),
        ("¥-3", "E-207"),
        ("-¥3", "E-207"),
        (-1, "E-207"),
        (Decimal("-0.01"), "E-207"),
        ("1.234", "E-208"),
        ("1.500", "E-208"),
        (Decimal("0.001"), "E-208"),
        (Decimal("1E-999999"), "E-208"),
        ("1000000000000", "E-233"),
        (10**12, "E-233"),
        (Decimal("1E+999999"), "E-233"),
        ("9" * 500, "E-233"),
    ],
)
def test_parse_yuan_refuses(value: str | int | Decimal, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_yuan(value)
    assert caught.value.code == code
    assert "text" in caught.value.values


@pytest.mark.parametrize("value", [1.5, True, None, b"1"])
def test_parse_yuan_never_takes_a_float(value: object) -> None:
    with pytest.raises(BugError):
        parse_yuan(value)  # type: ignore[arg-type]  # the very mistake that is guarded


@given(FEN)
def test_digits_round_trip(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(yuan(fen).replace(",", "")) == fen
    assert parse_yuan(Decimal(fen).scaleb(-2)) == fen


def test_yuan_of_a_difference() -> None:
    assert (yuan(13146000), yuan(-46005), yuan(-5), yuan(0)) == ("131,460.00", "-460.05", "-0.05", "0.00")


# practice: the showcase roster (owed, first part, second part), in 分
SHOWCASE = [
    (840000, 456613, 383387),
    (820000, 445742, 374258),
    (913000, 496295, 416705),
    (808000, 439219, 368781),
    (857000, 465854, 391146),
    (825000, 448460, 376540),
    (796000, 432696, 363304),
    (839000, 456070, 382930),
    (840000, 456613, 383387),
    (840000, 456613, 383387),
    (775000, 421280, 353720),
    (803000, 436501, 366499),
    (810000, 440306, 369694),
    (652000, 354419, 297581),
    (602000, 327240, 274760),
    (550000, 298973, 251027),
    (576000, 313106, 262894),
]


def test_showcase_matrix() -> None:
    owed = [row[0] for row in SHOWCASE]
    assert sum(owed) == 13146000
    assert split_largest_remainder(7146000, owed) == [row[1] for row in SHOWCASE]
    assert split_instalments(owed, [7146000, 6000000]) == [[row[1], row[2]] for row in SHOWCASE]


def test_three_instalments_of_eight_workers() -> None:
    owed = [2473000, 2370000, 2307000, 2404000, 2370000, 2200000, 2466000, 1670000]
    matrix = split_instalments(owed, [8260000, 5000000, 5000000])
    assert [sum(row) for row in matrix] == owed
    assert [sum(column) for column in zip(*matrix, strict=True)] == [8260000, 5000000, 5000000]


def test_equal_remainders_go_to_the_first() -> None:
    assert split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert split_largest_remainder(2, [1, 1, 1, 1]) == [1, 1, 0, 0]
    assert split_largest_remainder(0, [0, 0]) == [0, 0]
    assert split_largest_remainder(0, []) == []


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [0, 0]), (1, []), (5, [3, -1])])
def test_impossible_splits_are_our_mistake(total: int, weights: list[int]) -> None:
    with pytest.raises(BugError):
        split_largest_remainder(total, weights)


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**11), min_size=1, max_size=40).filter(any))
def test_split_is_exact_and_fair(total: int, weights: list[int]) -> None:
    parts = split_largest_remainder(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert total * weight // whole <= part <= -(-total * weight // whole)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=30), st.lists(st.integers(0, 99), max_size=5))
def test_matrix_is_exact(owed: list[int], cuts: list[int]) -> None:
    edges = [0, *sorted(sum(owed) * c // 100 for c in cuts), sum(owed)]
    totals = [b - a for a, b in itertools.pairwise(edges)]
    matrix = split_instalments(owed, totals)
    assert [sum(row) for row in matrix] == owed
    assert [sum(column) for column in zip(*matrix, strict=True)] == totals
    assert min(cell for row in matrix for cell in row) >= 0


def test_instalments_that_do_not_add_up() -> None:
    with pytest.raises(KnownError) as caught:
        split_instalments([13146000], [7100000, 6000000])
    assert caught.value.code == "E-210"
    assert caught.value.values == {"sum": 13100000, "total": 13146000, "diff": 46000}
