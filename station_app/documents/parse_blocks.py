"""One function per kind of block: its TOML table to its checked description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from station_app.documents import template as t
from station_app.documents.context_keys import KEYS
from station_app.documents.keys.reports import TABLE
from station_app.documents.keys.spec import Record
from station_app.documents.layout.measures import SIZES
from station_app.documents.reading import Reader
from station_app.documents.wording import Names, WordingError, find_many

ALIGNS = ("left", "center", "right", "justify")
#: Who can sign, in the words of templates.
SIGNERS = (
    "parties",
    "applicants",
    "respondents",
    "third_parties",
    "one_party",
    "representatives",
    "payer",
    "mediator",
    "recorder",
    "registrar",
    "reader",
    "committee",
    "this_party",
    "principals",
    "inquirer",
    "visitor",
    "creditors",
    "head",
    "handler",
    "lawyer",
    "counsellor",
    "station",
    "issuer",
    "maker",
    "checker",
    "reporter",
    "receiver",
    "provider",
)


def block(table: Mapping[str, Any], *, line: int, names: Names = KEYS) -> t.BlockSpec:
    """Check one block; `names` are the values it may show. Raises WordingError."""
    r = Reader(table)
    kind = r.text("kind")
    if kind not in _KINDS:
        raise WordingError(f"没有名为“{kind}”的版块，只能是：{'、'.join(_KINDS)}", kind)
    condition = r.condition()
    loop, inner = (None, names) if kind == "table" else r.loop(names)
    spec = _KINDS[kind](r, inner)
    r.done()
    return t.BlockSpec(kind, line, condition, loop, spec)


def _line(r: Reader, names: Names) -> t.Spec:
    return t.TextSpec(r.wording("text", names))


def _paragraph(r: Reader, names: Names) -> t.Spec:
    align = r.choice("align", ALIGNS, "justify")
    size = r.choice("size", ("", *SIZES), "")
    return t.TextSpec(
        r.wording("text", names),
        indent=r.integer("indent", 2 if align == "justify" else 0),
        align=align,  # type: ignore[arg-type]  # `choice` has made sure of it
        size=SIZES[size] if size else None,
    )


def _closing(r: Reader, names: Names) -> t.Spec:
    return t.TextSpec(r.wording("text", names), lead=r.text("lead", "此致"))


def _terms(r: Reader, names: Names) -> t.Spec:
    of = r.text("of", "")
    if of:
        find_many(of, names)
    items = r.wordings("items", names) if r.has("items") else ()
    label = r.text("label", "第{n}条")
    if "{n}" not in label:
        raise WordingError("条款序号“label”里没有 {n}", label)
    return t.TermsSpec(of, items, label)


def _parties(r: Reader, names: Names) -> t.Spec:
    of = r.text("of")
    find_many(of, names)
    style = r.choice("style", ("lines", "sentence"), "lines")
    return t.PartiesSpec(of, style, r.text("label", ""), r.integer("roster_from", 4))


def _field_table(r: Reader, names: Names) -> t.Spec:
    width = r.number("label_width", 26)
    size = SIZES[r.choice("size", ("四号", "小四", "五号"), "五号")]
    return t.FieldTableSpec(tuple(_row(v, names) for v in r.tables("rows")), width, size)


def _row(value: Any, names: Names) -> t.RowSpec:
    r = Reader(value if isinstance(value, Mapping) else {"cells": value})
    condition = r.condition()
    loop, inner = r.loop(names)
    cells = r.wordings("cells", inner)
    height = r.number("height", 9)
    r.done()
    if not cells or len(cells) % 2:
        raise WordingError("表格每行应当是“名称、内容”成对出现", "cells")
    return t.RowSpec(condition, loop, cells, height)


def _field_lines(r: Reader, names: Names) -> t.Spec:
    rows = []
    for row in r.tables("rows"):
        fields = []
        for value in row if isinstance(row, list) else [row]:
            f = Reader(value)
            fields.append((f.text("label"), f.wording("text", names), f.number("weight", 1)))
            f.done()
        rows.append(tuple(fields))
    return t.FieldLinesSpec(r.optional_wording("heading", names), tuple(rows))


def _table(r: Reader, names: Names) -> t.Spec:
    loop, inner = r.loop(names)
    if loop is None:
        raise WordingError("表格缺少“each”", "")
    columns = []
    for value in r.tables("columns"):
        c = Reader(value)
        columns.append(
            t.ColumnSpec(
                c.text("head"),
                c.wording("text", inner, ""),
                c.number("width"),
                c.choice("align", ALIGNS, "center"),  # type: ignore[arg-type]  # checked by `choice`
                c.flag("figures", False),
            )
        )
        c.done()
    total = r.wordings("total", names) if r.has("total") else ()
    if total and len(total) != len(columns):
        raise WordingError("合计行的格数与列数不同", "total")
    return t.TableSpec(
        loop,
        tuple(columns),
        r.optional_wording("caption", names),
        total,
        r.number("row_height", 8),
        SIZES[r.choice("size", ("五号", "小五"), "五号")],
    )


def _signatures(r: Reader, names: Names) -> t.Spec:
    return t.SignaturesSpec(
        tuple(r.choices("who", SIGNERS)),
        r.text("person_words", "签名、盖章或者按指印"),
        r.text("label", ""),
        r.optional_wording("note", names),
        r.flag("seals", True),
        r.flag("skip_annex", False),
    )


def _checklist(r: Reader, names: Names) -> t.Spec:
    return t.ChecklistSpec(r.wordings("items", names))


def _annex(r: Reader, names: Names) -> t.Spec:
    return t.AnnexSpec(r.flag("signed", True))


def _obligations(r: Reader, names: Names) -> t.Spec:
    of = r.text("of", "obligations")
    find_many(of, names)
    return t.ObligationsSpec(of)


def _group(r: Reader, names: Names) -> t.Spec:
    blocks = tuple(block(table, line=0, names=names) for table in r.tables("block"))
    return t.GroupSpec(blocks, r.flag("pages", False))


def _ruled(r: Reader, names: Names) -> t.Spec:
    return t.RuledSpec(r.integer("lines", 4))


def _sheets(r: Reader, names: Names) -> t.Spec:
    of = r.text("of")
    if find_many(of, names).of is not TABLE:
        raise WordingError(f"“{of}”不是统计表的列表", of)
    return t.SheetsSpec(of, SIZES[r.choice("size", ("五号", "小五", "六号"), "小五")], r.number("row_height", 7))


def _pictures(r: Reader, names: Names) -> t.Spec:
    of = r.text("of")
    item = find_many(of, names).of
    if not isinstance(item, Record) or not {"sha", "words"} <= set(item.fields):
        raise WordingError(f"“{of}”不是图片列表", of)
    return t.PicturesSpec(of)


_KINDS: Final[Mapping[str, Callable[[Reader, Names], t.Spec]]] = {
    "title": _line,
    "number": _line,
    "heading": _line,
    "code": _line,
    "paragraph": _paragraph,
    "closing": _closing,
    "terms": _terms,
    "parties": _parties,
    "field_table": _field_table,
    "field_lines": _field_lines,
    "table": _table,
    "signatures": _signatures,
    "checklist": _checklist,
    "annex": _annex,
    "obligations": _obligations,
    "group": _group,
    "ruled": _ruled,
    "pictures": _pictures,
    "sheets": _sheets,
    "page_break": lambda r, names: t.BreakSpec(),
    "spacer": lambda r, names: t.BreakSpec(r.number("lines", 1)),
}
