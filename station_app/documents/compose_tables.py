"""Tables whose columns depend on the facts: field tables, obligations, the annex payee by instalment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from station_app.documents import blocks as b
from station_app.documents.filters import written
from station_app.documents.inline import Inline, plain
from station_app.documents.keys.spec import Kind

#: Instalments beside each other on one upright sheet; more go on to a further table.
_PER_TABLE = 4

Row = Mapping[str, object]


def field_grid(rows: Sequence[tuple[list[list[Inline]], float]], label_width: float, size: float) -> b.Grid:
    """Rows of label, value, label, value…, set on common columns so that all edges line up."""
    most = max((len(cells) // 2 for cells, _ in rows), default=1)
    value_width = (156 - most * label_width) / most
    columns = [c for _ in range(most) for c in (b.Column(label_width, "center"), b.Column(value_width))]
    set_rows: list[list[b.GridCell]] = []
    for cells, height in rows:
        row: list[b.GridCell] = []
        pairs = len(cells) // 2
        for index in range(pairs):
            last = index == pairs - 1
            span = 2 * most - 2 * index - 1 if last else 1
            text = cells[2 * index + 1]
            long = len(plain(text)) * size > value_width * 72 / 25.4 or (last and pairs < most)
            row.append(b.GridCell(cells[2 * index], bold=True))
            row.append(b.GridCell(text, span=span, align="justify" if long else "left", top=height >= 20))
        set_rows.append(row)
    return b.Grid(columns, (), set_rows, size=size, row_heights=[height for _, height in rows])


def _shown(value: object, kind: Kind) -> str:
    return "" if value is None or value == "" else written(value, kind, "")


def obligations(rows: Sequence[Row]) -> b.Grid:
    """Who pays whom what, how and by when (民诉解释 461: subjects and content definite)."""
    heads = ("序号", "履行义务人", "权利人", "内容及金额", "方式", "期限")
    columns = [
        b.Column(10, "center"),
        b.Column(32),
        b.Column(28),
        b.Column(28),
        b.Column(24),
        b.Column(34, "center"),
    ]
    body = []
    for number, row in enumerate(rows, 1):
        what = str(row.get("what") or "")
        amount = row.get("amount")
        words = f"{what}{written(amount, 'money', '')}元" if isinstance(amount, int) else what
        due = str(row.get("due_text") or "") or (f"{_shown(row.get('due'), 'date')}前" if row.get("due") else "")
        liability = str(row.get("liability") or "")
        payer = str(row.get("payer") or "") + (f"（{liability}）" if liability else "")
        texts = (str(row.get("no") or number), payer, str(row.get("payee") or ""), words,
                 str(row.get("method") or ""), due)  # fmt: skip
        body.append([b.GridCell([Inline(t, place=h)]) for t, h in zip(texts, heads, strict=True)])
    return b.Grid(columns, [[b.GridCell([Inline(h)]) for h in heads]], body)


def annex(matrix: Row, *, signed: bool) -> list[b.Block]:
    """附表: one row a payee, one column an instalment, sums below; many instalments go on to further tables.

    The last table bears the total and, if `signed`, the place where each payee signs his own row.
    """
    instalments = list(enumerate(_records(matrix.get("columns"))))
    parts = [instalments[i : i + _PER_TABLE] for i in range(0, len(instalments), _PER_TABLE)] or [[]]
    title = Inline(str(matrix.get("title") or "附表"), bold=True)
    blocks: list[b.Block] = [b.Paragraph([title], indent=0, align="center", size=18.0)]
    if matrix.get("note"):
        blocks.append(b.Paragraph([Inline(str(matrix["note"]), place="附表说明")], size=10.5))
    for index, part in enumerate(parts):
        columns = _annex_columns(matrix, part, opening=index == 0)
        if index == len(parts) - 1:
            columns += _closing_columns(matrix, with_total=len(instalments) > 1, signed=signed)
        blocks.append(b.Paragraph([Inline("单位：元")], indent=0, align="right", size=9.0))
        blocks.append(_annex_grid(columns, _records(matrix.get("rows")), signed=signed))
    return blocks


def _records(value: object) -> list[Row]:
    return [r for r in value if isinstance(r, Mapping)] if isinstance(value, Sequence) else []


def sheet(table: Row, size: float, row_height: float) -> list[b.Block]:
    """A table whose columns come with it (keys.reports.TABLE): a second head above where columns have a group."""
    heads = _records(table.get("columns"))
    columns = [
        b.Column(_width(c) / 10, "left" if c.get("words") is True else "center", c.get("words") is not True)
        for c in heads
    ]
    head = [[b.GridCell([Inline(str(c.get("head") or ""))]) for c in heads]]
    if any(c.get("group") for c in heads):
        head.insert(0, [b.GridCell([Inline(words)], span=n) for words, n in _groups(heads)])
    rows = [[_sheet_cell(c, r.get("sum") is True) for c in _cells(r)] for r in _records(table.get("rows"))]
    caption = [Inline(str(table["caption"]))] if table.get("caption") else ()
    grid = b.Grid(columns, head, rows, caption=caption, size=size, row_height=row_height)
    notes = table.get("notes")
    said = [str(n) for n in notes] if isinstance(notes, Sequence) else []
    return [grid, *(b.Paragraph([Inline(n)], indent=0, size=9.0) for n in said)]


def _width(column: Row) -> int:
    width = column.get("width")
    return width if isinstance(width, int) else 100


def _cells(row: Row) -> list[str]:
    cells = row.get("cells")
    return [str(c) for c in cells] if isinstance(cells, Sequence) else []


def _sheet_cell(words: str, strong: bool) -> b.GridCell:
    return b.GridCell([Inline(words)] if words else [], bold=strong)


def _groups(heads: Sequence[Row]) -> list[tuple[str, int]]:
    """Neighbours of one group together: (its words, how many columns)."""
    found: list[tuple[str, int]] = []
    for column in heads:
        words = str(column.get("group") or "")
        if found and found[-1][0] == words:
            found[-1] = (words, found[-1][1] + 1)
        else:
            found.append((words, 1))
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the annex: its head, its measure, what it shows of a row, its sum (None: has none)."""

    head: str
    measure: b.Column
    of: Callable[[Row], str]
    total: str | None = None


_MONEY = b.Column(19, "right", figures=True)


def _annex_columns(matrix: Row, part: Sequence[tuple[int, Row]], *, opening: bool) -> list[_Column]:
    columns = [
        _Column("序号", b.Column(9, "center"), lambda r: _shown(r.get("no"), "number")),
        _Column("姓名", b.Column(15, "center"), lambda r: _shown(r.get("name"), "text")),
    ]
    if opening and len(part) <= 2 and any(r.get("id_number") for r in _records(matrix.get("rows"))):
        measure = b.Column(34, "center", figures=True)
        columns.append(_Column("公民身份号码", measure, lambda r: _shown(r.get("id_number"), "idno")))
    if opening and any(r.get("owed") != r.get("total") for r in _records(matrix.get("rows"))):
        owed = _shown(matrix.get("owed"), "money")
        columns.append(_Column("欠付", _MONEY, lambda r: _shown(r.get("owed"), "money"), owed))
    for index, instalment in part:
        due = f"\n{_shown(instalment.get('due'), 'date')}前".replace("年", "年\n") if instalment.get("due") else ""
        head = f"{instalment.get('title') or ''}{due}"
        columns.append(_Column(head, _MONEY, _cell(index), _shown(instalment.get("total"), "money")))
    return columns


def _closing_columns(matrix: Row, *, with_total: bool, signed: bool) -> list[_Column]:
    columns: list[_Column] = []
    if with_total:
        total = _shown(matrix.get("total"), "money")
        columns.append(_Column("合计", _MONEY, lambda r: _shown(r.get("total"), "money"), total))
    if signed:
        columns.append(_Column("本人签名\n（按指印）", b.Column(24, "center"), lambda r: ""))
        columns.append(_Column("日期", b.Column(18.5, "right"), lambda r: "年　月　日"))
    return columns


def _cell(index: int) -> Callable[[Row], str]:
    def shown(row: Row) -> str:
        cells = row.get("cells")
        given = isinstance(cells, Sequence) and index < len(cells)
        return _shown(cells[index], "money") if given else ""  # type: ignore[index]  # `given` says it is a list

    return shown


def _annex_grid(columns: Sequence[_Column], rows: Sequence[Row], *, signed: bool) -> b.Grid:
    body = [[b.GridCell([Inline(c.of(row), place=c.head)]) for c in columns] for row in rows]
    before = next((i for i, c in enumerate(columns) if c.total is not None), len(columns))
    after = next((i for i, c in enumerate(reversed(columns)) if c.total is not None), 0)
    foot = [b.GridCell([Inline("合计")], span=before, align="center", bold=True)]
    foot += [b.GridCell([Inline(c.total or "")], bold=True) for c in columns[before : len(columns) - after]]
    foot += [b.GridCell([], span=after)] if after else []
    return b.Grid(
        [c.measure for c in columns],
        [[b.GridCell([Inline(c.head)]) for c in columns]],
        body,
        [foot],
        size=9.0,
        row_height=9.5 if signed else 7.0,
    )
