"""Templates: every mistake in a file is named with file, line and block; editions stay apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from station_app.documents.catalog import load_catalog
from station_app.documents.context_keys import KEYS
from station_app.documents.filters import FILTERS, to_fill_in
from station_app.documents.keys.spec import Leaf, Many, Record, Spec
from station_app.documents.parse import parse_template
from station_app.documents.template import TemplateError
from station_app.domain.sentences import sentence
from sync.contract.errors import KnownError
from tests.documents.issuing import catalog

HEAD = """id = "sample"
title = "样张"
edition = "2026-11"
valid_from = "2026-11-01"
basis = ["《中华人民共和国人民调解法》第二十八条"]
source = "自拟"
own_words = true
compartment = "content"
copies = ["parties"]
needs = ["case.parties"]
body = "三号"
order = 5
"""
BLOCK = """
[[block]]
kind = "title"
text = "样张"
"""


def written(folder: Path, text: str, name: str = "sample@2026-11.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "line", "block", "says"),
    [
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{case.titel}"'), 16, 1, "case.titel"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{case.amount:dollars}"'), 16, 1, "dollars"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{case.title"'), 16, 1, "花括号"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "**粗"'), 16, 1, "**"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{case}"'), 16, 1, "case"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{parties}"'), 16, 1, "parties"),
        (HEAD + BLOCK.replace('text = "样张"', 'text = "{?sunny}"'), 16, 1, "sunny"),
        (HEAD + BLOCK + 'when = "sunny"\n', 17, 1, "sunny"),
        (HEAD + BLOCK + 'colour = "red"\n', 17, 1, "colour"),
        (HEAD + BLOCK + 'each = "case"\n', 17, 1, "case"),
        (HEAD + BLOCK.replace('"title"', '"picture"'), 15, 1, "picture"),
        (HEAD + BLOCK + BLOCK.replace('"title"', '"picture"'), 19, 2, "picture"),
        (HEAD + 'colour = "red"\n' + BLOCK, 13, 0, "colour"),
        (HEAD.replace('"三号"', '"九号"') + BLOCK, 11, 0, "body"),
        (HEAD.replace("case.parties", "case.partys") + BLOCK, 10, 0, "case.partys"),
        (HEAD.replace("order = 5", 'order = "5"') + BLOCK, 12, 0, "order"),
        (HEAD.replace("2026-11-01", "2026-13-01") + BLOCK, 4, 0, "2026-13-01"),
        (HEAD + BLOCK + 'text = "again"\n', 17, 0, ""),
        (HEAD, 1, 0, "block"),
    ],
)
def test_mistakes_are_named_with_file_line_and_block(text: str, line: int, block: int, says: str) -> None:
    with pytest.raises(TemplateError) as refused:
        parse_template(text, file="sample@2026-11.toml")
    values = refused.value.values
    assert values["file"] == "sample@2026-11.toml"
    assert says in str(values["reason"])
    assert (values["line"], values["block"]) == (line, block)
    assert "sample@2026-11.toml" in sentence(refused.value)


def test_a_right_template_is_read() -> None:
    template = parse_template(HEAD + BLOCK, file="sample@2026-11.toml")
    assert (template.id, template.body, template.valid_from) == ("sample", 15.75, date(2026, 11, 1))
    assert template.needs == {"case.parties": "各方当事人"}


def test_file_is_called_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as refused:
        load_catalog(written(tmp_path, HEAD + BLOCK, "other@2026-11.toml"))
    assert "sample@2026-11.toml" in str(refused.value.values["reason"])


def test_editions_stay_apart(tmp_path: Path) -> None:
    written(tmp_path, HEAD + BLOCK)
    later = HEAD.replace("2026-11-01", "2027-03-01").replace('"2026-11"', '"2027-03"') + BLOCK
    found = load_catalog(written(tmp_path, later, "sample@2027-03.toml"))
    assert found.get("sample").edition == "2027-03"
    assert found.get("sample", "2026-11").edition == "2026-11"
    assert found.get("sample", on=date(2026, 12, 1)).edition == "2026-11"
    assert len(found.all()) == 2
    assert [t.edition for t in found.current(date(2026, 12, 1))] == ["2026-11"]
    for wanted in ({"edition": "2020-01"}, {"on": date(2020, 1, 1)}):
        with pytest.raises(KnownError) as refused:
            found.get("sample", **wanted)
        assert refused.value.code == "E-311"


def test_shipped_papers_name_their_law_and_their_source() -> None:
    for template in catalog().all():
        assert template.basis
        assert all(("《" in law and "第" in law) or "司发通" in law for law in template.basis)
        assert template.source
        assert template.compartment == "content"
    assert [t.order for t in catalog().all()] == sorted(t.order for t in catalog().all())


def test_every_declared_value_has_a_label_and_a_way_to_be_written() -> None:
    for path, leaf in _leaves(KEYS):
        assert leaf.label, path
        assert leaf.kind == "flag" or (leaf.kind, "") in FILTERS, path
        assert leaf.kind == "flag" or to_fill_in(leaf.kind), path


def _leaves(fields: dict[str, Spec] | object, path: str = "") -> list[tuple[str, Leaf]]:
    found: list[tuple[str, Leaf]] = []
    assert hasattr(fields, "items")
    for name, spec in fields.items():
        inner = spec.of if isinstance(spec, Many) else spec
        if isinstance(inner, Record):
            assert inner.label
            found += _leaves(inner.fields, f"{path}{name}.")
        elif isinstance(inner, Leaf):
            found.append((f"{path}{name}", inner))
    return found
