"""Words of the colour rules in free text: found at their place; what their own clause denies is no hit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.rules import CaseFacts, colour, load_rules
from station_app.domain.warning.words import compiled, denied, found

PATTERN = load_rules().words
MEANT = [
    ("对方扬言要带汽油上门。", "汽油"),
    ("工人情绪激动，称要跳楼。", "跳楼"),
    ("没有付钱，随后威胁工人。", "威胁"),
    ("公司没有付钱就威胁工人。", "威胁"),
    ("不是没有威胁，是没有录音。", "威胁"),
    ("申请人无故被殴打。", "殴打"),
    ("没人管就去堵门。", "堵门"),
    ("对方未支付，多次恐吓。", "恐吓"),
    ("当日已报警，派出所到场。", "报警"),
    ("涉及一名未成年人。", "未成年"),
    ("双方无法协商，发生打架。", "打架"),
    ("他说不想活了。", "不想活"),
    ("拟找记者，网上曝光。", "记者"),
    ("没有钱的话就同归于尽。", "同归于尽"),
]
DENIED = [
    "双方没有威胁行为。",
    "没有打架、威胁等情况。",
    "未发生殴打。",
    "不存在家庭暴力。",
    "经了解，无斗殴、堵门或者聚集行为。",
    "并非威胁，只是提高声音。",
    "被申请人否认威胁。",
    "不会跳楼。",
    "没有未成年人。",
    "打架一事不属实。",
    "威胁的情况并不存在。",
    "从未有过恐吓。",
    "没有报警。",
    "没要跳楼。",
    "未使用汽油，也没有持刀。",
]


@pytest.mark.parametrize(("text", "word"), MEANT)
def test_a_word_is_found_at_its_place(text: str, word: str) -> None:
    hits = found(PATTERN, text)
    assert word in {hit.word for hit in hits}
    assert all(text[hit.start : hit.end] == hit.word for hit in hits)


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_is_no_hit(text: str) -> None:
    assert found(PATTERN, text) == []
    assert colour(CaseFacts(told=text)).level == ""


def test_one_clause_denies_nothing_in_another() -> None:
    assert [h.word for h in found(PATTERN, "没有打架，对方持刀威胁。")] == ["持刀", "威胁"]
    assert [h.word for h in found(PATTERN, "没有威胁。后来威胁。")] == ["威胁"]


def test_a_longer_word_goes_before_a_shorter_one() -> None:
    assert [h.word for h in found(compiled(["家暴", "家庭暴力", "暴力"]), "家庭暴力")] == ["家庭暴力"]
    assert found(compiled([]), "无") == []


@given(st.text(alphabet="没有无未不是威胁打架、，。和等行为发生属实", max_size=40))
def test_any_text_is_read_and_every_hit_stands_where_it_says(text: str) -> None:
    hits = found(PATTERN, text)
    assert all(text[h.start : h.end] == h.word and not denied(text, start=h.start, end=h.end) for h in hits)
