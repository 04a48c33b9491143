"""Pages: 22 lines of 28 characters, tables that break between rows under repeated heads, signing places never alone."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from station_app.documents import blocks as b
from station_app.documents.inline import Inline
from station_app.documents.layout.build import BLANK_BELOW, lay_out
from station_app.documents.layout.flow import LEFT, MM, PAGE_HEIGHT, TEXT_HEIGHT, TEXT_WIDTH, TOP, Page, TextOp
from station_app.documents.layout.measures import SIZES
from station_app.documents.preview import extract_text
from tests.documents import samples
from tests.documents.issuing import chain, issue

BODY = SIZES["三号"]


def pages_of(*blocks: b.Block, size: float = BODY) -> list[Page]:
    return lay_out(b.Paper(blocks, size, "样张"), chain())


def lines_of(page: Page) -> list[str]:
    return [op.line.text for _, piece in page.placed for op in piece.ops if isinstance(op, TextOp)]


def test_page_is_that_of_the_standard() -> None:
    assert round(TOP / MM) == 37
    assert round(LEFT / MM) == 28
    assert round((PAGE_HEIGHT - TOP - TEXT_HEIGHT) / MM) == 35
    assert round(TEXT_WIDTH / MM) == 156


def test_full_page_holds_22_lines_of_28_characters() -> None:
    pages = pages_of(b.Paragraph([Inline("国" * 28 * 22 * 2)], indent=0))
    assert [[len(line) for line in lines_of(page)] for page in pages] == [[28] * 22] * 2
    baselines = [top + op.y for top, piece in pages[0].placed for op in piece.ops if isinstance(op, TextOp)]
    steps = {round(low - high, 3) for high, low in pairwise(baselines)}
    assert steps == {round(TEXT_HEIGHT / 22, 3)}


def test_heading_goes_along_with_what_it_heads() -> None:
    pages = pages_of(
        b.Paragraph([Inline("国" * 28 * 21)], indent=0), b.Heading([Inline("标题")]), b.Paragraph([Inline("正文")])
    )
    assert lines_of(pages[1])[:2] == ["标题", "正文"]


def test_spacer_falls_away_at_the_top_of_a_page() -> None:
    pages = pages_of(b.Paragraph([Inline("国" * 28 * 22)], indent=0), b.Spacer(3), b.Paragraph([Inline("正文")]))
    assert len(pages) == 2
    assert pages[1].placed[0][0] == 0
    assert lines_of(pages[1]) == ["正文"]


def signers(count: int) -> list[b.Signer]:
    return [b.Signer("person", "申请人", f"甲{n}", words="签名") for n in range(count)]


@pytest.mark.parametrize("used", range(1, 45))
def test_signing_places_never_stand_alone(used: int) -> None:
    """Whatever the length of the text before them, the page on which signing begins has text of the paper."""
    committee = b.Signer("committee", "人民调解委员会", "某调委会", seal="印章", beside=("人民调解员",))
    text = b.Paragraph([Inline("国" * 28 * used)], indent=0)
    pages = pages_of(text, b.Signatures([*signers(2), committee]))
    signing = [page for page in pages if any("签名" in line for line in lines_of(page))]
    assert len(signing) == 1
    assert any(line.startswith("国国") for line in lines_of(signing[0]))
    for page in pages:
        assert page.used <= TEXT_HEIGHT + 0.1


def test_seal_has_45_millimetres_of_white() -> None:
    committee = b.Signer(
        "committee", "人民调解委员会", "某调委会", seal="人民调解委员会印章", beside=("人民调解员", "记录人")
    )
    (page,) = pages_of(b.Paragraph([Inline("国")]), b.Signatures([committee]))
    piece = page.placed[-1][1]
    assert piece.height >= 45 * MM
    edge = TEXT_WIDTH - 45 * MM
    for op in piece.ops:
        words = op.line.text if isinstance(op, TextOp) else ""
        right = op.x + op.line.width * op.size / 1000 if isinstance(op, TextOp) else op.x1
        assert right <= edge or "印章" in words


def rows(count: int) -> list[dict[str, Any]]:
    people = samples.matrix()["rows"]
    return [{**people[n % len(people)], "no": n + 1} for n in range(count)]


def test_seventeen_payees_and_two_instalments_fit_one_sheet() -> None:
    pages = extract_text(issue("agreement", samples.showcase()).pdf)
    annex = pages[-1]
    assert annex.startswith("附表　工资支付明细")
    for row in samples.matrix()["rows"]:
        assert row["name"] in annex
        assert row["id_number"] in annex
    assert "合计 71,460.00 60,000.00 131,460.00" in annex
    assert "单位：元" in annex


def test_annex_of_five_hundred_breaks_between_rows_under_repeated_heads() -> None:
    values = samples.showcase()
    values["matrix"] = {**samples.matrix(), "rows": rows(500)}
    pages = [t for t in extract_text(issue("agreement", values).pdf) if "公民身份号码 第一期" in t.replace("\n", " ")]
    numbers: list[int] = []
    for text in pages:
        found = [int(n) for n in re.findall(r"^(\d{1,3}) \S+ [\dX]{18} ", text, re.M)]
        assert len(found) >= 2
        numbers += found
    assert numbers == list(range(1, 501))
    assert [bool(re.search(r"^合计 [0-9]", text, re.M)) for text in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize("count", range(14, 60, 3))
def test_total_is_never_alone_under_the_heads(count: int) -> None:
    values = samples.showcase()
    values["matrix"] = {**samples.matrix(), "rows": rows(count)}
    last = extract_text(issue("agreement", values).pdf)[-1]
    assert len(re.findall(r"^\d{1,3} \S+ [\dX]{18} ", last, re.M)) >= 2
    assert re.search(r"^合计 [0-9]", last, re.M)


@pytest.mark.parametrize("instalments", [1, 3, 4, 5, 9])
def test_any_number_of_instalments(instalments: int) -> None:
    values = samples.showcase()
    columns = [
        {"title": f"第{n}期", "due": f"2027-{n:02d}-28", "total": 1_000_000 * n} for n in range(1, instalments + 1)
    ]
    people = [{**r, "cells": [10_000_00 + n for n in range(instalments)]} for r in rows(17)]
    values["matrix"] = {**samples.matrix(), "columns": columns, "rows": people}
    text = "".join(extract_text(issue("agreement", values).pdf)).replace("\n", "")
    for n in range(1, instalments + 1):
        assert f"第{n}期" in text
        assert f"10,000.{n - 1:02d}" in text


def test_row_longer_than_a_page_is_cut_between_lines() -> None:
    values = samples.small()
    values["case"] = {**values["case"], "facts": "双方就楼上漏水造成的损失数额存在争议。" * 120}
    rendered = issue("acceptance_register", values)
    text = "".join(extract_text(rendered.pdf)).replace("\n", "")
    assert rendered.pages >= 2
    assert text.count("双方就楼上漏水造成的损失数额存在争议。") >= 118


def test_open_end_is_not_marked_where_a_paragraph_goes_on() -> None:
    committee = b.Signer("committee", "人民调解委员会", "某调委会", seal="印章")
    companies = [b.Signer("organisation", "被申请人", f"公司{n}", seal="公章", acting="法定代表人") for n in range(3)]
    pages = pages_of(b.Paragraph([Inline("国" * 28 * 12)], indent=0), b.Signatures([*companies, committee]))
    assert len(lines_of(pages[0])) == 10
    assert BLANK_BELOW not in lines_of(pages[0])


def test_short_last_paragraph_goes_whole_to_the_signing_places() -> None:
    committee = b.Signer("committee", "人民调解委员会", "某调委会", seal="印章")
    companies = [b.Signer("organisation", "被申请人", f"公司{n}", seal="公章", acting="法定代表人") for n in range(2)]
    texts = [b.Paragraph([Inline("国" * 28 * n)], indent=0) for n in (9, 3)]
    pages = pages_of(*texts, b.Signatures([*companies, committee]))
    assert [line for line in lines_of(pages[0]) if line != BLANK_BELOW] == ["国" * 28] * 9
    assert BLANK_BELOW in lines_of(pages[0])


def test_long_name_takes_room_from_its_neighbours_before_it_wraps() -> None:
    row = [
        b.Field("姓名", [Inline("阿卜杜热西提·买买提艾力")], 2.2),
        b.Field("民族", [Inline("维吾尔族")], 1.1),
        b.Field("年龄", [Inline("37")], 0.7),
    ]
    (page,) = pages_of(b.FieldLines([row]))
    assert "阿卜杜热西提·买买提艾力" in lines_of(page)
    assert "维吾尔族" in lines_of(page)
    (page,) = pages_of(b.FieldLines([[*row, b.Field("性别", [Inline("男")], 0.7)]]))
    assert "维吾尔族" in lines_of(page)
    assert "37" in lines_of(page)
