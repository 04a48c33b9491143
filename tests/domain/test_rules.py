"""The rules pack: sources everywhere, nothing guessed; colours with their reasons, which never repeat the story."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain import codes
from station_app.domain.rules import LEVELS, CaseFacts, colour, higher, load_rules
from station_app.domain.sentences import sentence
from sync.contract.errors import BugError, KnownError

PACK = """
format = 1
title = "某区规则"
edition = "2026-12"
source = "样本"
date = 2026-12-01
[setting."x.days"]
title = "期限"
unit = "日"
source = "样本"
date = 2026-12-01
[[colour]]
code = "many"
level = "red"
people_from = 30
amount_from = "1000.00"
reason = "{people}人"
source = "样本"
date = 2026-12-01
"""
AMONG = ("wages", "labour_people", "amount")


def test_every_value_says_where_it_is_from() -> None:
    pack = load_rules()
    said = [(s.source, s.date) for s in pack.settings.values()] + [(r.source, r.date) for r in pack.colours]
    assert all(source and day.year >= 2010 for source, day in said)
    assert all(setting.title for setting in pack.settings.values())


def test_what_was_not_published_is_not_known() -> None:
    pack = load_rules()
    unknown = {key for key, setting in pack.settings.items() if setting.value is None}
    limits = {key for key in pack.settings if key.startswith(("first.", "order.", "injury.", "interest.", "grading."))}
    terms = {"visit.days", "filing.days", "refusal.notice_days", "recusal.days"}
    assert unknown == limits | terms | {"archive.years", "report.closing_day", "difficult.amount", "self_entry.call"}
    assert all(pack.count(key) == 0 for key in unknown)


def test_what_is_set() -> None:
    pack = load_rules()
    assert pack.count("mediation.days") == 30
    assert (pack.count("copies.committee"), pack.count("copies.court")) == (1, 1)
    with pytest.raises(BugError):
        pack.setting("no.such")


def test_the_showcase_is_red_and_says_why() -> None:
    found = colour(CaseFacts(17, 13_146_000, "wage_arrears", labour=True, told="工棚门口聚集17人，要去街道"))
    assert found.level == "red"
    assert found.reasons == (
        "涉及17人，达到10人",
        "拖欠农民工工资",
        "劳动争议涉及17人，达到5人",
        "涉及金额131,460.00元，达到100,000.00元",
        "情况中有聚集、集体上访等苗头的表述，请核实",
    )
    assert found.texts[-1] == "依据：光明区本地规则（2026-11）"


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (CaseFacts(), ""),
        (CaseFacts(2, 820_000, "contract", told="押金未退"), ""),
        (CaseFacts(9), ""),
        (CaseFacts(10), "red"),
        (CaseFacts(4, labour=True), ""),
        (CaseFacts(5, labour=True), "amber"),
        (CaseFacts(5), ""),
        (CaseFacts(1, 9_999_999), ""),
        (CaseFacts(1, 10_000_000), "amber"),
        (CaseFacts(1, 100, "wage_arrears"), "amber"),
        (CaseFacts(1, told="说要从楼上跳楼"), "red"),
        (CaseFacts(1, told="双方打架"), "amber"),
        (CaseFacts(2, told="带着未成年的孩子"), "amber"),
    ],
)
def test_levels(facts: CaseFacts, level: str) -> None:
    found = colour(facts)
    assert found.level == level
    assert bool(found.reasons) == bool(found.texts) == bool(level)


@given(told=st.text(max_size=60), word=st.sampled_from([w for rule in load_rules().colours for w in rule.words]))
def test_a_reason_never_repeats_the_story(told: str, word: str) -> None:
    plain = colour(CaseFacts(told=word))
    assert plain.level in ("amber", "red")
    assert set(plain.reasons) <= set(colour(CaseFacts(told=told + word + told)).reasons)
    allowed = {rule.reason for rule in load_rules().colours}
    assert set(colour(CaseFacts(told=told + word)).reasons) <= allowed


@given(
    st.integers(0, 2000),
    st.integers(0, 10**12),
    st.booleans(),
    st.sampled_from(["", *codes.load("dispute_types").entries]),
)
def test_more_people_or_money_never_lowers_a_colour(people: int, amount: int, labour: bool, kind: str) -> None:
    few = colour(CaseFacts(people, amount, kind, labour)).level
    assert not higher(few, colour(CaseFacts(people + 1, amount * 2, kind, labour)).level)


def test_levels_are_codes_in_order() -> None:
    assert set(LEVELS) - {""} == set(codes.load("colours").entries)
    assert higher("red", "amber")
    assert higher("green", "")
    assert not higher("amber", "amber")
    assert not higher("red", "violet"), "what a newer program set stays"


def test_facts_of_a_case() -> None:
    facts = CaseFacts.of({"people": 3, "amount": 5, "type": "traffic", "title": "甲"}, {"story": "乙", "request": "丙"})
    assert (facts.people, facts.amount, facts.type, facts.labour) == (3, 5, "traffic", False)
    assert facts.told.split("\n") == ["甲", "乙", "丙"]
    assert CaseFacts.of({}, {}) == CaseFacts()


def test_a_pack_of_another_district(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(PACK, "utf-8")
    pack = load_rules(path)
    assert colour(CaseFacts(30, 99_999), pack).level == "", "every condition of a rule must hold"
    assert colour(CaseFacts(30, 100_000), pack).texts == ["30人", "依据：某区规则（2026-12）"]
    assert pack.setting("x.days").value is None


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("format = 1", "format = 2", "format"),
        ('edition = "2026-12"', "", "edition"),
        ('unit = "日"', "value = 1.5", "x.days.value"),
        ('unit = "日"', "vlaue = 1", "x.days: vlaue"),
        ('level = "red"', 'level = "violet"', "E-217"),
        ('amount_from = "1000.00"', 'amount_from = "-1"', "E-207"),
        ('amount_from = "1000.00"', "amount_from = 1000", "many: amount_from"),
        ('amount_from = "1000.00"', 'types = ["wages"]', "E-217"),
        ('amount_from = "1000.00"', 'words = [""]', "words"),
        ("people_from = 30\namount_from", "#", "many: amount_from, days_open_from, festival_within, labour"),
        ("{people}人", "{peple}人", "'peple'"),
        ('code = "many"', "", "'code'"),
        ('source = "样本"\ndate = 2026-12-01\n[[colour]]', "date = 2026-12-01\n[[colour]]", "'source'"),
        ("[[colour]]", "[[colour", ""),
    ],
)
def test_a_broken_pack_is_named(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in PACK
    path = tmp_path / "broken.toml"
    path.write_text(PACK.replace(old, new), "utf-8")
    with pytest.raises(KnownError) as caught:
        load_rules(path)
    assert caught.value.code == "E-520"
    assert caught.value.values["file"] == "broken.toml"
    assert place in str(caught.value.values.get("place", ""))
    assert "broken.toml" in sentence(caught.value)


def test_two_rules_of_one_code_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.toml"
    path.write_text(PACK + PACK[PACK.index("[[colour]]") :], "utf-8")
    with pytest.raises(KnownError, match="E-520"):
        load_rules(path)


def test_every_rule_has_weight_and_source_and_the_living_ones_are_no_part_of_a_save() -> None:
    pack = load_rules()
    assert all(rule.weight > 0 and rule.source for rule in pack.colours)
    assert {rule.code for rule in pack.colours if rule.living} == {"festival", "open", "overdue", "repeated"}
    assert {rule.code for rule in pack.written} == {rule.code for rule in pack.colours if not rule.living}
    late = CaseFacts(type="wage_arrears", days_open=40, overdue=True, to_festival=10, repeats=5)
    assert colour(late).codes == ("wages",)
    assert set(colour(late, living=True).codes) == {"wages", "festival", "open", "overdue", "repeated"}
    assert colour(late, living=True).reasons[0] == "距春节10天的拖欠工资"


def test_weights_together_make_a_case_red_and_say_so() -> None:
    told = "多次报警，工人拉横幅，扬言网上曝光，其中有未成年人"
    found = colour(CaseFacts(told=told))
    assert found.level == "red"
    assert found.reasons[0] == "多项情形叠加，权重合计12，达到10"
    assert len(found.reasons) == 5
    assert colour(CaseFacts(told="多次报警，工人拉横幅，扬言网上曝光")).level == "amber"


def test_a_rule_that_people_set_aside_gives_no_colour() -> None:
    facts = CaseFacts(people=12, type="wage_arrears")
    assert colour(facts, judged=["people"]).level == "amber"
    assert colour(facts, judged=["people", "wages"]).level == ""


def test_spring_festivals_of_the_pack_are_first_days_of_the_lunar_year_as_the_notices_have_them() -> None:
    import chinese_calendar

    days = {day.year: day for day in load_rules().festivals}
    for year in (2024, 2025, 2026):
        rest, name = chinese_calendar.get_holiday_detail(days[year])
        assert rest
        assert name == "Spring Festival"
    assert sorted(days) == list(range(2024, 2031))
