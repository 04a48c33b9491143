"""What nobody published is nowhere in what the program ships: no limit, list, code or amount is made up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from station_app.domain import codes
from station_app.domain.rules import load_rules
from station_app.paths import resources_dir

OWN = (
    "自拟",
    "未见公布",
    "未取得",
    "未查到",
    "未公布",
    "没有法定",
    "未规定",
    "未见规定",
    "未载",
    "没有规定",
    "没有公开发布",
)
"""Words by which a source says that it is ours, or that nothing official was found."""


def shipped(*folders: str) -> Iterator[tuple[str, str]]:
    """Name and text of every data file of these folders of resources."""
    for folder in folders:
        for path in sorted((resources_dir() / folder).rglob("*.toml")):
            yield path.name, path.read_text("utf-8")


@pytest.mark.parametrize("start", ["first.", "order.", "grading."])
def test_limits_of_orders_and_firsts_and_classes_of_subsidy_are_empty_and_say_so(start: str) -> None:
    found = [s for key, s in load_rules().settings.items() if key.startswith(start)]
    assert len(found) >= 4
    for setting in found:
        assert setting.value is None, setting.key
        assert any(word in setting.source for word in (*OWN, "公开报道")), setting.key


def test_no_limit_hides_in_a_unit_or_a_title() -> None:
    """“2小时内报到” in a title would be a limit too."""
    for key, setting in load_rules().settings.items():
        if key.startswith(("first.", "order.")):
            assert not re.search(r"[0-9一二三四五六七八九十两]+(小时|分钟|日内|天内)", setting.title + setting.unit), (
                key
            )


def test_the_eight_key_areas_are_not_listed() -> None:
    found = codes.load("key_areas")
    assert not found.entries
    assert "未见公布" in found.source


def test_every_colour_rule_says_that_it_is_our_own_or_which_law_it_is_from() -> None:
    for rule in load_rules().colours:
        assert any(word in rule.source for word in OWN), rule.code
    assert "光明区分级标准未见公布" in load_rules().setting("colour.red_from").source


def test_no_code_of_twelve_digits_is_given_to_a_community() -> None:
    for name, text in shipped("codes", "rules", "org"):
        assert not re.search(r"(?<![0-9])[0-9]{12}(?![0-9])", text), name
    assert "未查到" in codes.load("communities").source


def test_codes_of_disputes_are_our_own_words_and_no_official_numbers() -> None:
    kinds = codes.load("dispute_types")
    assert len(kinds.entries) == 18
    assert not any(any(sign.isdigit() for sign in code) for code in kinds.entries)
    assert "SF/T 0018" in kinds.source
    assert "未取得" in kinds.source


def test_reports_and_sheets_of_the_station_say_whose_form_they_are() -> None:
    for name, text in shipped("documents/station"):
        source = str(tomllib.loads(text)["source"])
        assert any(word in source for word in OWN), name


def test_the_term_of_keeping_a_file_is_open() -> None:
    assert load_rules().setting("archive.years").value is None


def test_no_unit_court_or_room_is_shipped_as_a_fact() -> None:
    """Departments, courts and rooms come from the district; the sample of the organisation says that it is one."""
    assert [path.name for path in (resources_dir() / "org").glob("*.toml")] == ["guangming.toml"]
    org = tomllib.loads((resources_dir() / "org" / "guangming.toml").read_text("utf-8"))
    assert "示例" in org["title"]
    assert "38" not in codes.load("unit_kinds").source
    assert "程序不预置" in codes.load("unit_kinds").source


def test_columns_of_other_systems_say_that_they_are_ours() -> None:
    ((_, text),) = shipped("copying")
    assert "没有公开发布" in tomllib.loads(text)["source"]


def test_shares_of_the_invented_year_are_marked() -> None:
    """Every table of the generator that holds no published count says so where it stands."""
    text = (resources_dir() / "demo" / "year.toml").read_text("utf-8")
    for table in ("service", "share", "difficult", "type", "channel", "unresolved", "station"):
        found = re.search(rf"((?:^#[^\n]*\n)*)^\[{table}\]([^\n]*)$", text, re.MULTILINE)
        assert found is not None
        assert "非公布数据" in found.group(1) + found.group(2), table
