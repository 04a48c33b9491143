"""What is said beside scans: why only a part of the pages came back, and what was corrected by hand at signing."""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, text
from station_app.services import signing
from station_app.services.changes import Changes
from station_app.services.scanning import state
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

_VERB: Final = "note"


def proposed(station: Station, *, case: str, paper: str) -> str:
    """The sentence a person may keep or change; it says only what the records show, the rest is for the person."""
    found = state.of_paper(station.case(case), paper)
    if found is None or not found.missing:
        return ""
    have = "、".join(str(n) for n in found.have)
    return f"本文书共{found.pages}页，只扫描归档第{have}页（首页和签字页），其余各页的纸质原件存卷。"


def state_part(station: Station, *, case: str, paper: str, statement: str) -> Changes:
    """Keep why only the first page and the page of the signatures were scanned.

    E-408 with no words, E-223 for a paper that is not here, E-334 (missing) without first page or page of signatures.
    """
    view = station.case(case)
    found = state.of_paper(view, paper)
    if found is None:
        raise KnownError("E-223", what=paper)
    if not statement.strip():
        raise KnownError("E-408", step=_VERB)
    lacking = _lacking(found.have, view.state.records[paper])
    if lacking:
        raise KnownError("E-334", missing=lacking)
    record = state.standing(view, paper)[-1]
    with station.write(_VERB) as tx:
        tx.op(_VERB, "content", case=case).put(overwrite(record, {"statement": statement.strip()}))
    return changes_of(tx, label="扫描说明")


def _lacking(have: tuple[int, ...], paper: Record) -> str:
    pages = signature_pages(paper)
    words = [] if 1 in have else ["首页"]
    return "、".join(words if not pages or pages & set(have) else [*words, "签字页"])


def signature_pages(paper: Record) -> set[int]:
    """Pages on which somebody signs or seals, as laid out when the paper was issued; none where nobody does."""
    return {int(page) for page in text(paper, "sign_pages").split("、") if page}


def correct(
    station: Station, *, case: str, scan: str, place: str, old: str, new: str, who: str, on: str = ""
) -> Changes:
    """签署时手写更正 with the page it stands on: the correction is recorded and names its scan.

    E-223 for a scan that is no page of a paper here; else as `signing.correct`.
    """
    record = _page_scan(station.case(case), scan)
    paper = text(record, "paper")
    made = signing.correct(station, case=case, paper=paper, place=place, old=old, new=new, who=who, on=on)
    correction = next(rec for rec in made.ids if station.case(case).state.records[rec].kind == "correction")
    return made.also(link(station, case=case, correction=correction, scan=scan))


def link(station: Station, *, case: str, correction: str, scan: str) -> Changes:
    """Give a correction on record the scan of its page. E-223 where one of both is not here, or of another paper."""
    view = station.case(case)
    page = _page_scan(view, scan)
    record = view.state.records.get(correction)
    if record is None or record.kind != "correction" or text(record, "paper") != text(page, "paper"):
        raise KnownError("E-223", what=correction)
    with station.write("correct") as tx:
        op = tx.op("correct", "content", case=case)
        op.put(overwrite(record, {"scan": scan}))
        op.put(overwrite(page, {"kind": state.CORRECTION}))
    return changes_of(tx, label="手写更正")


def _page_scan(view: Case, scan: str) -> Record:
    record = view.state.records.get(scan)
    if record is None or record.kind != "scan" or record.get("removed") or not text(record, "paper"):
        raise KnownError("E-223", what=scan)
    return record
