"""A template and the values of a case become blocks: every word in its place, nothing laid out yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from station_app.documents import blocks as b
from station_app.documents import compose_parties, compose_tables
from station_app.documents import template as t
from station_app.documents.context_keys import check_values
from station_app.documents.filters import written
from station_app.documents.inline import Inline, plain
from station_app.documents.keys.asking import lookup
from station_app.documents.wording import Scope, Wording
from sync.contract.errors import KnownError

DRAFT_NUMBER = "讨论稿（未编号）"


def compose(template: t.Template, values: Mapping[str, object], *, draft: bool = False) -> b.Paper:
    """All blocks of a paper.

    Raises E-304 (title, missing) when a value the template needs is not there; a discussion draft is made
    all the same, with room to write.
    """
    check_values(values)
    if not draft:
        missing = [label for path, label in template.needs.items() if lookup(values, path) in (None, "", [], ())]
        if missing:
            raise KnownError("E-304", title=template.title, missing="、".join(missing))
    scope = Scope(values, {})
    return b.Paper(_blocks(template.blocks, scope, draft=draft), template.body, template.short, page=template.page)


def _blocks(specs: Sequence[t.BlockSpec], scope: Scope, *, draft: bool) -> list[b.Block]:
    blocks: list[b.Block] = []
    for spec in specs:
        if not spec.condition.holds(scope.view):
            continue
        for number, inner in enumerate(_each(spec.loop, scope)):
            if number and isinstance(spec.spec, t.GroupSpec) and spec.spec.pages:
                blocks.append(b.PageBreak())
            blocks += _block(spec, inner, draft=draft)
    return blocks


def _each(loop: t.Loop | None, scope: Scope) -> Iterable[Scope]:
    if loop is None:
        return [scope]
    items = scope.get(loop.path)
    return [scope.inside(loop.item, item) for item in items] if isinstance(items, Sequence) else []


def _block(block: t.BlockSpec, scope: Scope, *, draft: bool) -> list[b.Block]:
    if block.kind == "number" and draft:
        return [b.Number([Inline(DRAFT_NUMBER)])]
    if isinstance(block.spec, t.GroupSpec):
        return _blocks(block.spec.blocks, scope, draft=draft)
    return _COMPOSERS[type(block.spec)](block, scope)


def _text(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.TextSpec)
    items = spec.text.inlines(scope)
    match block.kind:
        case "title":
            return [b.Title(items)]
        case "number":
            return [b.Number(items)]
        case "heading":
            return [b.Heading(items)]
        case "code":
            return [b.Code(plain(items))] if items else []
        case "closing":
            return [b.Closing(spec.lead, items)]
    return [b.Paragraph(items, spec.indent, spec.align, spec.size)] if items else []


def _terms(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    """Terms numbered through; a term of several paragraphs bears its number once."""
    spec = block.spec
    assert isinstance(spec, t.TermsSpec)
    given = scope.get(spec.of) if spec.of else []
    terms: list[list[Inline]] = [
        [Inline(str(text), place="协议条款")] for text in (given if isinstance(given, Sequence) else [])
    ]
    terms += [items for w in spec.items if (items := w.inlines(scope))]
    return [
        b.Paragraph([Inline(spec.label.replace("{n}", written(n, "number", "cn")), True), *_gap(spec.label), *items])
        for n, items in enumerate(terms, 1)
    ]


def _gap(label: str) -> list[Inline]:
    """ "第一条" stands apart from its text, "一、" does not."""
    return [] if label.endswith("、") else [Inline("　")]


def _field_table(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    """Label cells are narrow and centred; the values share what is left, so rows of any length line up."""
    spec = block.spec
    assert isinstance(spec, t.FieldTableSpec)
    rows: list[tuple[list[list[Inline]], float]] = []
    for row in spec.rows:
        if row.condition.holds(scope.view):
            for inner in _each(row.loop, scope):
                rows.append(([_cell(w, inner) for w in row.cells], row.height))
    return [compose_tables.field_grid(rows, spec.label_width, spec.size)]


def _cell(text: Wording, scope: Scope) -> list[Inline]:
    """A cell with nothing but room to write is left empty: its frame is room enough."""
    items = text.inlines(scope)
    return items if any(i.text.strip("　") or not i.underline for i in items) else []


def _field_lines(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.FieldLinesSpec)
    rows = [[b.Field(label, _filled(text, scope), weight) for label, text, weight in row] for row in spec.rows]
    return [b.FieldLines(rows, spec.heading.inlines(scope) if spec.heading else ())]


def _filled(text: Wording, scope: Scope) -> list[Inline]:
    """A value that stands on a line of its own needs no blank of its own."""
    return [i for i in text.inlines(scope) if i.text.strip("　") or not i.underline]


def _table(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.TableSpec)
    columns = [b.Column(c.width, c.align, c.figures) for c in spec.columns]
    head = [b.GridCell([Inline(c.head)]) for c in spec.columns]
    rows = [[b.GridCell(_filled(c.text, inner)) for c in spec.columns] for inner in _each(spec.loop, scope)]
    foot = [_total_row(spec, scope)] if spec.total else []
    caption = spec.caption.inlines(scope) if spec.caption else ()
    return [b.Grid(columns, [head], rows, foot, caption, spec.size, spec.row_height)]


def _total_row(spec: t.TableSpec, scope: Scope) -> list[b.GridCell]:
    """The first cell takes in the empty ones after it."""
    cells = [_filled(w, scope) for w in spec.total]
    empty = 0
    while empty + 1 < len(cells) and not cells[empty + 1]:
        empty += 1
    head = b.GridCell(cells[0], span=empty + 1, align="center", bold=True)
    return [head, *(b.GridCell(items, bold=True) for items in cells[empty + 1 :])]


def _signatures(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.SignaturesSpec)
    note = spec.note.inlines(scope) if spec.note else ()
    signers = compose_parties.signers(spec, scope)
    return [b.Signatures(signers, note)] if signers else []


def _checklist(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.ChecklistSpec)
    return [b.Checklist([items for w in spec.items if (items := w.inlines(scope))])]


def _parties(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.PartiesSpec)
    found = scope.get(spec.of)
    parties = [p for p in found if isinstance(p, Mapping)] if isinstance(found, Sequence) else []
    return compose_parties.parties(spec, parties)


def _annex(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.AnnexSpec)
    matrix = scope.get("matrix")
    return compose_tables.annex(matrix, signed=spec.signed) if isinstance(matrix, Mapping) else []


def _obligations(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.ObligationsSpec)
    found = scope.get(spec.of)
    rows = [o for o in found if isinstance(o, Mapping)] if isinstance(found, Sequence) else []
    return [compose_tables.obligations(rows)] if rows else []


def _break(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.BreakSpec)
    return [b.Spacer(spec.lines)] if block.kind == "spacer" else [b.PageBreak()]


def _ruled(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.RuledSpec)
    return [b.Ruled(spec.lines)]


def _pictures(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.PicturesSpec)
    found = scope.get(spec.of)
    items = [p for p in found if isinstance(p, Mapping)] if isinstance(found, Sequence) else []
    shown = [(str(p.get("sha") or ""), str(p.get("words") or "")) for p in items]
    return [b.Pictures(shown)] if shown else []


def _sheets(block: t.BlockSpec, scope: Scope) -> list[b.Block]:
    spec = block.spec
    assert isinstance(spec, t.SheetsSpec)
    found = scope.get(spec.of)
    tables = [x for x in found if isinstance(x, Mapping)] if isinstance(found, Sequence) else []
    return [made for table in tables for made in compose_tables.sheet(table, spec.size, spec.row_height)]


_COMPOSERS: dict[type[Any], Callable[[t.BlockSpec, Scope], list[b.Block]]] = {
    t.TextSpec: _text,
    t.TermsSpec: _terms,
    t.FieldTableSpec: _field_table,
    t.FieldLinesSpec: _field_lines,
    t.TableSpec: _table,
    t.SignaturesSpec: _signatures,
    t.ChecklistSpec: _checklist,
    t.PartiesSpec: _parties,
    t.AnnexSpec: _annex,
    t.ObligationsSpec: _obligations,
    t.BreakSpec: _break,
    t.RuledSpec: _ruled,
    t.PicturesSpec: _pictures,
    t.SheetsSpec: _sheets,
}
