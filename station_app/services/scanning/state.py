"""What has come back of a paper: which pages are filed, which are missing, what was said of those left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, number, text
from sync.contract.fold import Record

SIGNED: Final = "signed_page"
CORRECTION: Final = "correction"
ATTACHMENT: Final = "attachment"
_GONE: Final = frozenset({"void", "replaced"})


@dataclass(frozen=True, slots=True)
class Scanned:
    """One paper and its scans. `have`, `missing`: page numbers; `statement`: why only a part was filed, "" if nobody
    said; `corrections`: handwritten corrections on record, and `unseen` those of them without a scan.
    """

    case: str
    paper: str
    template: str
    title: str
    number: str
    version: int
    pages: int
    state: str
    have: tuple[int, ...]
    missing: tuple[int, ...]
    statement: str
    corrections: int
    unseen: int

    @property
    def complete(self) -> bool:
        """Every page is here, or somebody said why not."""
        return bool(self.have) and (not self.missing or bool(self.statement))


@dataclass(frozen=True, slots=True)
class Scan:
    """One filed scan. `page` 0 and `paper` "" for an attachment of the case; `size` bytes; `at` ms."""

    rec: str
    case: str
    paper: str
    title: str
    page: int
    kind: str
    sha: str
    size: int
    source: str
    at: int
    by: str
    statement: str


def papers_of(view: Case) -> list[Scanned]:
    """The issued papers of a case that stand, and those gone of which something was scanned."""
    found = [_scanned(view, paper) for paper in view.papers]
    return [s for s in found if s.state not in _GONE or s.have]


def of_paper(view: Case, paper: str) -> Scanned | None:
    """What has come back of one paper."""
    record = view.state.records.get(paper)
    return _scanned(view, record) if record is not None and record.kind == "paper" else None


def scans_of(view: Case) -> list[Scan]:
    """Every scan filed in a case, by paper and page, then as they came."""
    titles = {p.id: text(p, "title") for p in view.papers}
    order = {rec: place for place, rec in enumerate(titles)}
    found = [_scan(view, r, titles) for r in view.kind("scan")]
    return sorted(found, key=lambda s: (order.get(s.paper, len(order)), s.page, s.at))


def standing(view: Case, paper: str) -> list[Record]:
    """The scan records of one paper."""
    return [r for r in view.kind("scan") if text(r, "paper") == paper]


def _scanned(view: Case, paper: Record) -> Scanned:
    records = standing(view, paper.id)
    pages = number(paper, "pages")
    have = {number(r, "page") for r in records if 1 <= number(r, "page") <= pages}
    corrections = [c for c in view.kind("correction") if text(c, "paper") == paper.id]
    seen = {r.id for r in records}
    return Scanned(
        case=view.id,
        paper=paper.id,
        template=text(paper, "template"),
        title=text(paper, "title"),
        number=text(paper, "number"),
        version=number(paper, "version"),
        pages=pages,
        state=text(paper, "state"),
        have=tuple(sorted(have)),
        missing=tuple(n for n in range(1, pages + 1) if n not in have),
        statement=next((text(r, "statement") for r in reversed(records) if text(r, "statement")), ""),
        corrections=len(corrections),
        unseen=sum(text(c, "scan") not in seen for c in corrections),
    )


def _scan(view: Case, record: Record, titles: dict[str, str]) -> Scan:
    return Scan(
        rec=record.id,
        case=view.id,
        paper=text(record, "paper"),
        title=titles.get(text(record, "paper"), ""),
        page=number(record, "page"),
        kind=text(record, "kind"),
        sha=text(record, "blob"),
        size=number(record, "bytes"),
        source=text(record, "source"),
        at=number(record, "at"),
        by=text(record, "by"),
        statement=text(record, "statement"),
    )
