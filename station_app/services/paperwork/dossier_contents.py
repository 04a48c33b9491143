"""卷内目录: what lies in a case's file, in its order, and on which of its pages.

Cover, contents and back bear no page number (卷内页号 begin with the first paper), so that the numbers do not depend on
how long the contents are. Of a page that came back signed the scan lies in the file, not the empty sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from station_app.domain.case import Case, number, text
from station_app.services.paperwork import engine
from sync.contract.fold import Record

Values = dict[str, object]

COVER, CONTENTS, BACK = "dossier_cover", "dossier_contents", "dossier_back"
BOOKENDS: Final = frozenset({COVER, CONTENTS, BACK})
_GONE: Final = frozenset({"void", "replaced"})
_LOOSE_ORDER: Final = 135
"""Attachments that belong to no paper lie after all papers, before 卷宗情况说明."""
_SIGNED, _CORRECTION = "signed_page", "correction"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the file: the bytes it is in (SHA-256 in hex) and which page of them, from 1; `scan`: a picture or a
    PDF of one page that came from a scanner.
    """

    sha: str
    page: int
    scan: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents with its pages; `first`: the page of the file it begins on."""

    name: str
    leaves: tuple[Leaf, ...]
    first: int
    note: str

    @property
    def span(self) -> str:
        """`4-5`, or `3` for one page."""
        last = self.first + len(self.leaves) - 1
        return f"{self.first}-{last}" if last > self.first else str(self.first)


@dataclass(frozen=True, slots=True)
class _Found:
    order: int
    ms: int
    name: str
    leaves: tuple[Leaf, ...]
    note: str


def entries(case: Case) -> list[Entry]:
    """Everything that lies between contents and back, in the order of the file."""
    scans = [r for r in case.kind("scan") if text(r, "blob")]
    found = [_paper(p, scans) for p in case.papers if _lies_here(p)]
    found += [_loose(r) for r in scans if not text(r, "paper")]
    found.sort(key=lambda f: (f.order, f.ms))
    made: list[Entry] = []
    first = 1
    for item in found:
        if item.leaves:
            made.append(Entry(item.name, item.leaves, first, item.note))
            first += len(item.leaves)
    return made


def rows(found: list[Entry]) -> list[Values]:
    """The lines of the paper 卷内目录."""
    return [
        {"no": no, "name": e.name, "pages": e.span, **({"note": e.note} if e.note else {})}
        for no, e in enumerate(found, 1)
    ]


def _lies_here(paper: Record) -> bool:
    return text(paper, "state") not in _GONE and text(paper, "template") not in BOOKENDS


def _paper(paper: Record, scans: list[Record]) -> _Found:
    own = [r for r in scans if text(r, "paper") == paper.id]
    signed = {number(r, "page"): r for r in own if text(r, "kind") == _SIGNED}
    pages = range(1, number(paper, "pages") + 1)
    leaves = [
        Leaf(text(signed[page], "blob"), 1, True) if page in signed else Leaf(text(paper, "pdf"), page, False)
        for page in pages
    ]
    behind = sorted((r for r in own if text(r, "kind") != _SIGNED), key=lambda r: (number(r, "page"), number(r, "at")))
    leaves += [Leaf(text(r, "blob"), 1, True) for r in behind]
    title = text(paper, "title")
    return _Found(
        _order(text(paper, "template")), number(paper, "issued_ms"), title, tuple(leaves), _note(signed, pages, behind)
    )


def _note(signed: dict[int, Record], pages: range, behind: list[Record]) -> str:
    here = [page for page in pages if page in signed]
    parts: list[str] = []
    if here and len(here) == len(pages):
        parts.append("签署件")
    elif here:
        parts.append(f"第{'、'.join(map(str, here))}页为签署件")
    corrected = sum(text(r, "kind") == _CORRECTION for r in behind)
    if corrected:
        parts.append(f"附更正页{corrected}页")
    if len(behind) > corrected:
        parts.append(f"附件{len(behind) - corrected}页")
    return "，".join(parts)


def _loose(scan: Record) -> _Found:
    leaf = Leaf(text(scan, "blob"), 1, True)
    name = text(scan, "source").rpartition(".")[0] or text(scan, "source")
    return _Found(_LOOSE_ORDER, number(scan, "at"), f"附件：{name}" if name else "附件", (leaf,), "")


def _order(template: str) -> int:
    return _orders().get(template, _LOOSE_ORDER)


@lru_cache(maxsize=1)
def _orders() -> dict[str, int]:
    return {t.id: t.order for t in engine.catalog().all()}
