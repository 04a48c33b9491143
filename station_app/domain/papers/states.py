"""In which state an issued paper is, worked out from what was recorded of it, the same in every list and count.

On record are only issued, replaced and void: they are acts on the paper. Signed and scanned follow from signatures and
scans, so they are never written: a signature taken back or a scan taken out cannot leave a state behind that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sync.contract.fold import Record

ISSUED, SIGNED, SCANNED, REPLACED, VOID = "issued", "signed", "scanned", "replaced", "void"
GONE: Final = frozenset({REPLACED, VOID})
FIXED: Final = frozenset({SIGNED, SCANNED})
"""What a hand has signed, or came back from the scanner, is not issued anew: it is corrected or supplemented."""
_NOT_SIGNED: Final = frozenset({"refused", "absent"})
_AGREEMENT: Final = "agreement"


def states(records: Iterable[Record]) -> dict[str, str]:
    """Record id of each paper -> its state (code of paper_states), of all records of one case in one pass.

    signed: somebody really signed it or, for an agreement, that agreement; scanned: every page was filed, or a part
    with the statement why.
    """
    papers: list[Record] = []
    signed: set[str] = set()
    pages: dict[str, set[int]] = {}
    told: set[str] = set()
    for record in records:
        if record.kind == "paper":
            papers.append(record)
        elif record.kind == "signature" and not record.get("void") and record.get("manner") not in _NOT_SIGNED:
            signed |= {str(record.get(name)) for name in ("paper", _AGREEMENT) if record.get(name)}
        elif record.kind == "scan" and record.get("paper") and not record.get("removed"):
            paper, page = str(record.get("paper")), record.get("page")
            pages.setdefault(paper, set()).add(page if isinstance(page, int) else 0)
            if record.get("statement"):
                told.add(paper)
    return {p.id: _state(p, signed, pages.get(p.id, set()), stated=p.id in told) for p in papers}


def _state(paper: Record, signed: set[str], pages: set[int], *, stated: bool) -> str:
    own = str(paper.get("state") or ISSUED)
    if own in GONE:
        return own
    wanted = paper.get("pages")
    have = {page for page in pages if isinstance(wanted, int) and 1 <= page <= wanted}
    if have and (stated or len(have) == wanted):
        return SCANNED
    mine = paper.get("agreement") if paper.get("template") == _AGREEMENT else None
    return SIGNED if paper.id in signed or (mine and mine in signed) else own
