"""Line breaking: for any text and width nothing is lost, no forbidden start or end, numbers whole, lines flush."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.documents.inline import Inline, blank, box
from station_app.documents.linebreak import CLOSERS, NO_END, NO_START, Line, set_lines, widest_whole
from tests.documents.issuing import chain

EM = 1000
_PIECES = [
    "申请人", "被申请人", "深圳市光明区人民法院", "经双方核对", "，", "。", "；", "：",
    "、", "！", "？", "（", "）", "《", "》", "“",
    "”", "——", "……", "131,460.00元", "2026年11月24日", "第一期", "￥8,400.00", "A0012",
    "91440311MADEM0001R", "壹拾叁万壹仟肆佰陆拾元整", "人民币", "50%", "3.5", "〔2024〕", "二", "十",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60).map("".join)
WIDTHS = st.integers(min_value=12, max_value=34)
NUMBERS = re.compile(r"[￥]?[0-9][0-9,]*(?:\.[0-9]+)?[元%年月日]?|[0-9A-Z]+")


def lines_of(text: str, ems: float, **options: bool) -> list[Line]:
    return set_lines([Inline(text)], chain(), ems * EM, indent=2000, **options)


@given(TEXTS, WIDTHS)
@settings(max_examples=200)
def test_nothing_is_lost_and_nothing_overflows(text: str, ems: int) -> None:
    lines = lines_of(text, ems)
    assert "".join(line.text for line in lines) == text
    for number, line in enumerate(lines):
        room = ems * EM - (2000 if number == 0 else 0)
        assert line.drawn_width <= room + 0.5


@given(TEXTS, WIDTHS)
@settings(max_examples=200)
def test_no_line_starts_or_ends_with_a_forbidden_mark(text: str, ems: int) -> None:
    """Unless marks are heaped so that no allowed place is left on the line."""
    lines = lines_of(text, ems)
    for before, after in pairwise(lines):
        if not _allowed_places(before.text + after.text[:1]):
            continue
        assert after.text[0] not in NO_START
        assert before.text[-1] not in NO_END


def _allowed_places(text: str) -> list[int]:
    return [i for i in range(1, len(text) - 1) if text[i] not in NO_START and text[i - 1] not in NO_END]


@given(TEXTS, st.integers(min_value=16, max_value=34))
@settings(max_examples=200)
def test_amounts_dates_and_codes_stay_whole(text: str, ems: int) -> None:
    """A line is wider than any of them here, so none need be cut."""
    spaced = re.sub(r"(?<=[0-9A-Z元%日])(?=[￥0-9A-Z])|(?<=\S)(?=91440311)", "，", text)
    lines = lines_of(spaced, ems)
    cuts, at = set(), 0
    for line in lines[:-1]:
        at += len(line.text)
        cuts.add(at)
    for match in NUMBERS.finditer(spaced):
        inside = set(range(match.start() + 1, match.end()))
        assert not inside & cuts, (match[0], [line.text for line in lines])


@given(st.text(alphabet="国家法律人民调解委员会", min_size=100, max_size=200), WIDTHS)
def test_plain_text_fills_the_grid_exactly(text: str, ems: int) -> None:
    lines = lines_of(text, ems)
    assert len(lines[0].text) == ems - 2
    assert {len(line.text) for line in lines[1:-1]} <= {ems}
    assert all(line.extra == 0 for line in lines)


@given(TEXTS, WIDTHS)
@settings(max_examples=100)
def test_full_lines_are_flush_or_ragged_never_in_between(text: str, ems: int) -> None:
    for number, line in enumerate(lines_of(text, ems)[:-1]):
        room = ems * EM - (2000 if number == 0 else 0)
        assert line.extra == 0 or abs(line.drawn_width - room) < 0.5
        assert line.extra <= 400


def test_long_amount_in_capitals_leaves_no_hole_and_is_cut_behind_a_unit() -> None:
    text = "经核对尚欠工资（大写：人民币壹拾叁万壹仟肆佰陆拾元整），各人数额见附表。"
    lines = lines_of(text, 18)
    assert lines[0].text[-1] in "拾佰仟万元"
    assert lines[0].width >= 13 * EM


def test_date_moves_on_as_a_whole() -> None:
    lines = lines_of("双方约定的付款期限为最晚不迟于2026年11月30日前付清", 18)
    assert lines[1].text.startswith("2026年11月30日")


def test_closing_mark_gives_up_its_empty_half_at_the_end_of_a_line() -> None:
    line = set_lines([Inline("国" * 9 + "，" + "国" * 9)], chain(), 9.5 * EM)[0]
    assert line.text == "国" * 9 + "，"
    assert line.width == 9.5 * EM


def test_neighbouring_marks_share_a_square() -> None:
    line = set_lines([Inline("〔一〕（二），《三》。")], chain(), 40 * EM)[0]
    pairs = ["〕（", "），", "，《", "》。"]
    assert line.width == (len(line.text) * EM) - 500 * len(pairs)


def test_quotes_between_chinese_characters_are_full_width_marks() -> None:
    assert "”" in CLOSERS


def test_blank_to_write_on_is_not_cut() -> None:
    for ems in range(8, 20):
        lines = set_lines([Inline("由"), blank(6), Inline("向本人宣读")], chain(), ems * EM, justify=False)
        assert sum("　" * 6 in line.text for line in lines) == 1


def test_box_stays_with_its_words() -> None:
    for ems in range(4, 20):
        lines = set_lines([Inline("被申请人"), box(True), Inline("同意调解")], chain(), ems * EM, justify=False)
        assert not any(line.text.endswith("☑") for line in lines)


@pytest.mark.parametrize(("text", "ems"), [("131,460.00元", 6), ("2026年11月24日", 8), ("工资", 1), ("", 0)])
def test_widest_whole_piece(text: str, ems: float) -> None:
    assert widest_whole([Inline(text)], chain()) == pytest.approx(ems * EM, abs=900)


def test_figures_line_up() -> None:
    one, eight = (set_lines([Inline(t)], chain(), 40 * EM, tabular=True)[0] for t in ("111.11", "888.88"))
    assert one.width == eight.width
