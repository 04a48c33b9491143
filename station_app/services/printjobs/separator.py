"""The separator sheet before each case of a printing job: which case, whose, which papers; no identity numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from station_app.documents.blocks import Column, Field, FieldLines, Grid, GridCell, Number, Paper, Paragraph, Title
from station_app.documents.fonts import FontChain
from station_app.documents.inline import Inline
from station_app.documents.layout.build import lay_out
from station_app.documents.layout.draw import page_operators
from station_app.documents.pdf import DocumentInfo, PaperFile

#: More papers than this are summed up in one line: the sheet stays a sheet.
_MOST: Final = 14
_NAMES: Final = 8
#: Stands for a character no font has: a sheet for sorting is not worth stopping a job.
_UNKNOWN: Final = "〓"


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of the case: title, version (0 for a draft), copies, pages of one copy."""

    title: str
    version: int
    copies: int
    pages: int


@dataclass(frozen=True, slots=True)
class Separator:
    """What stands on a sheet. `parties`: (role in words, names); `place`: (n, of how many cases)."""

    number: str
    title: str
    parties: Sequence[tuple[str, Sequence[str]]]
    papers: Sequence[Line]
    place: tuple[int, int]
    printed_by: str
    printed_at: str


def render(sheet: Separator, *, fonts: FontChain, created_ms: int) -> bytes:
    """One A4 page as PDF."""
    paper = Paper(_blocks(sheet, fonts), 12.0, "打印分隔页")
    info = DocumentInfo("打印分隔页", "", "打印分隔页", "separator", created_ms)
    file = PaperFile(info)
    for page in lay_out(paper, fonts)[:1]:
        file.add_page(page_operators(page, file.fonts))
    return file.finish()


def names(found: Sequence[str]) -> str:
    """Names in a row; many are counted: 甲、乙等 17 人."""
    if len(found) <= _NAMES:
        return "、".join(found)
    return f"{'、'.join(found[:_NAMES])}等{len(found)}人"


def _blocks(sheet: Separator, fonts: FontChain) -> list[Title | Number | FieldLines | Grid | Paragraph]:
    def put(words: str, *, bold: bool = False) -> list[Inline]:
        lost = fonts.missing(words)
        return [Inline("".join(_UNKNOWN if c in lost else c for c in words), bold=bold)]

    rows = [[Field("案　号", put(sheet.number or "尚未编号"))], [Field("案　由", put(sheet.title))]]
    rows += [[Field(role, put(names(found)))] for role, found in sheet.parties if found]
    copies = sum(line.copies for line in sheet.papers)
    said = f"共 {len(sheet.papers)} 种 {copies} 份。打印人：{sheet.printed_by}　打印时间：{sheet.printed_at}"
    return [
        Title(put("打印分隔页")),
        Number(put(f"第 {sheet.place[0]} 件，共 {sheet.place[1]} 件")),
        FieldLines(rows),
        _papers(sheet, put),
        Paragraph(put(said), indent=0, size=12),
        Paragraph(put("本页仅供分拣，不归入卷宗。"), indent=0, size=12),
    ]


def _papers(sheet: Separator, put: object) -> Grid:
    assert callable(put)
    heads = ("序号", "文书", "版次", "份数", "每份页数")
    columns = [
        Column(14, "center"),
        Column(84),
        Column(20, "center"),
        Column(18, "center"),
        Column(20, "center"),
    ]
    shown, rest = sheet.papers[:_MOST], sheet.papers[_MOST:]
    rows = [
        [
            GridCell(put(str(place))),
            GridCell(put(line.title)),
            GridCell(put(f"第 {line.version} 版" if line.version else "讨论稿")),
            GridCell(put(str(line.copies))),
            GridCell(put(str(line.pages))),
        ]
        for place, line in enumerate(shown, 1)
    ]
    if rest:
        rows.append([GridCell(put(f"另有 {len(rest)} 种 {sum(line.copies for line in rest)} 份"), span=5)])
    return Grid(columns, [[GridCell(put(h, bold=True), align="center") for h in heads]], rows, size=12, row_height=9)
