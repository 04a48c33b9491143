"""Code lists: complete, unambiguous, tied to the catalogue; a broken file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.domain import codes
from station_app.domain.codes import FIELD_LISTS, load, of_field
from station_app.domain.iddocs import check_document
from station_app.domain.text import fold
from station_app.paths import resources_dir
from sync.contract import permissions, states
from sync.contract.catalogue import KINDS
from sync.contract.errors import BugError, KnownError
from sync.contract.numbering import WORDS

NOT_FOUND = {"key_areas"}
"""Lists nobody published: empty, with the reason in their source, until a district brings its own."""
NAMES = sorted(path.stem for path in (resources_dir() / "codes").glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_well_formed(name: str) -> None:
    found = load(name)
    assert len(found.entries) >= 2 or name in NOT_FOUND
    assert found.source
    assert found.title
    assert found.date.year >= 2026
    for entry in found:
        assert found.find(entry.label) == found.find(f" {entry.label} ") == found.find(entry.code) == entry.code
        assert found.check(entry.label) == entry.code
        assert found.label(entry.code, "en_US") == entry.en
        assert entry.en.isascii()
        assert len(entry.code) <= 40
        assert not set("，。！!？? ") & set(entry.label)


def test_sizes_of_the_known_lists() -> None:
    sizes = {"services": 6, "dispute_types": 18, "peoples": 58, "party_roles": 3, "liability_kinds": 3}
    assert {name: len(load(name).entries) for name in sizes} == sizes


def test_streets_and_communities() -> None:
    found = load("communities")
    streets = [code for code in found if not code.group]
    assert [s.label for s in streets] == ["光明街道", "公明街道", "新湖街道", "凤凰街道", "玉塘街道", "马田街道"]
    assert [len(found.under(s.code)) for s in streets] == [6, 5, 3, 5, 4, 8]
    assert found.find("东坑社区") == "dongkeng"
    assert found.label("lisonglang") == "李松\u84e2社区"


def test_peoples() -> None:
    peoples = load("peoples")
    assert peoples.find("汉族") == peoples.find("汉") == "01"
    assert peoples.label("08") == "壮族"
    assert peoples.check("维吾尔") == "05"
    assert [e.code for e in peoples][:56] == [f"{n:02d}" for n in range(1, 57)]


def test_every_code_field_of_the_catalogue_has_its_list() -> None:
    fields = {f"{k.name}.{f.name}" for k in KINDS.values() for f in k.fields.values() if f.type in ("code", "codes")}
    assert fields == set(FIELD_LISTS)
    for place in fields:
        found = of_field(*place.split("."))
        assert bool(found.entries) != (found.name in NOT_FOUND)


def test_lists_agree_with_the_contract() -> None:
    assert set(load("case_states").entries) == set(states.STATES)
    assert set(load("roles").entries) == set(permissions.ROLES)
    assert set(load("number_kinds").entries) == set(WORDS)
    assert {load("number_kinds").label(k) for k in WORDS} == set(WORDS.values())
    assert (permissions.verbs() | set(states.STEPS)) - set(load("verbs").entries) == set()


@pytest.mark.parametrize("kind", [e.code for e in load("id_kinds")])
def test_every_kind_of_document_is_checked(kind: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_document(kind, "")
    assert caught.value.code in {"E-204", "E-225", "E-234"}


def test_unknown_codes_are_shown_not_hidden() -> None:
    assert load("services").label("from_a_newer_program") == "from_a_newer_program"
    assert load("services").find("不存在") is None
    assert "mediation" in load("services")
    assert codes.label("dispute_types", "wage_arrears") == "拖欠农民工工资纠纷"
    assert codes.label("services", "mediation", "en_US") == "Dispute mediation"
    with pytest.raises(KnownError) as caught:
        load("services").check("不存在")
    assert (caught.value.code, caught.value.values) == ("E-217", {"field": "服务类别", "value": "不存在"})
    with pytest.raises(BugError):
        of_field("case", "title")


GOOD = 'title = "T"\nsource = "S"\ndate = 2026-01-01\n[code]\na = { label = "甲", en = "A" }\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = ",
        GOOD.replace('source = "S"\n', ""),
        GOOD.replace("2026-01-01", '"2026-01-01"'),
        "colour = 1\n" + GOOD,
        GOOD + 'b = { label = "乙", en = "B", weight = 3 }\n',
        GOOD + 'b = { label = "乙" }\n',
        GOOD + 'b = { label = "", en = "B" }\n',
        GOOD + 'b = { label = 7, en = "B" }\n',
        GOOD + 'b = { label = "甲", en = "B" }\n',
        GOOD + 'b = { label = "乙", en = "B", aliases = ["Ａ"] }\n',
        GOOD + 'b = { label = "乙", en = "B", aliases = "丙" }\n',
        GOOD + 'b = { label = "乙", en = "B", group = "c" }\n',
    ],
)
def test_a_broken_list_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.toml").write_text(text, "utf-8")
    with pytest.raises(KnownError) as caught:
        load("broken", tmp_path)
    assert caught.value.code == "E-520"
    assert caught.value.values["file"] == "broken.toml"


def test_a_good_list_of_another_directory(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD, "utf-8")
    assert load("own", tmp_path).find("甲") == "a"
    for name, data in (("missing", None), ("binary", b"\xff\xfe")):
        if data:
            (tmp_path / f"{name}.toml").write_bytes(data)
        with pytest.raises(KnownError):
            load(name, tmp_path)


def test_folding_of_words() -> None:
    assert fold("Ａ") == "a"
