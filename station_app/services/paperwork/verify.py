"""核验文书: what a PDF, a scan or a picture is, from the codes on its pages and this station's own records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from station_app.domain.case import Case, number, text
from station_app.services.station import Station
from station_app.store import blobs, sealing
from sync.contract.errors import KnownError
from sync.contract.fold import Record
from sync.contract.op import BadOp
from sync.contract.wire import unb64

if TYPE_CHECKING:
    from station_app.documents.proof import PageMark

GENUINE: Final = "genuine"
REPLACED: Final = "replaced"
VOID: Final = "void"
DIFFERENT: Final = "different"
UNKNOWN: Final = "unknown"

BYTES: Final = "bytes"
WORDS: Final = "words"
CODE: Final = "code"

SENTENCES: Final = {
    GENUINE: "属实",
    REPLACED: "已被第 {newer} 版代替",
    VOID: "已作废",
    DIFFERENT: "与登记不符",
    UNKNOWN: "尚未上传至本系统，不能据此认定为虚假",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """One paper found on what was given. `answer` is one of the five; `found` the pages whose codes were read; `basis`
    what it rests on: BYTES the file itself, WORDS codes and printed words, CODE the codes alone (a scan, a photograph).
    """

    answer: str
    paper: str = ""
    case: str = ""
    title: str = ""
    number: str = ""
    version: int = 0
    pages: int = 0
    newer: int = 0
    reason: str = ""
    found: tuple[int, ...] = ()
    basis: str = CODE

    @property
    def words(self) -> str:
        """The answer as it is said."""
        return SENTENCES[self.answer].format(newer=self.newer)


def verify(station: Station, *, data: bytes) -> list[Verified]:
    """Every paper on a PDF or picture. E-312 where no code of ours can be read and the bytes are none we issued.

    A code is only believed with the signature of a known device. A PDF that is not the issued one byte for byte and has
    text of its own must also say the same.
    """
    whole = blobs.papers_by(station.store, "pdf", hashlib.sha256(data).hexdigest())
    if whole:
        case, paper = whole[-1]
        view = station.case(case)
        record = view.state.records[paper]
        pages = tuple(range(1, number(record, "pages") + 1))
        return [replace(_stands(view, record), found=pages, basis=BYTES)]
    from station_app.documents.scan.reading import marks_of

    marks = marks_of(data)
    if not marks:
        raise KnownError("E-312")
    by_paper: dict[str, list[PageMark]] = {}
    for mark in marks:
        by_paper.setdefault(mark.paper_id, []).append(mark)
    return [_of_marks(station, group, data) for group in by_paper.values()]


@dataclass(frozen=True, slots=True)
class Judged:
    """What this station can say of one code: one of the five answers, the paper where it is known here, and the version
    that took its place (0: none).
    """

    answer: str
    case: str = ""
    record: Record | None = None
    newer: int = 0


def judge(station: Station, mark: PageMark) -> Judged:
    """Whether a code is what was issued: signed by a known device, with the version, pages and facts of the record.

    UNKNOWN: the device, or the paper, is not known here; that proves nothing against the page.
    """
    key = device_key(station, mark.proof.device)
    if key is None:
        return Judged(UNKNOWN)
    if not sealing.verifies(key, mark.signature, mark.signed_bytes):
        return Judged(DIFFERENT)
    places = blobs.papers_by(station.store, "rec", mark.paper_id)
    if not places:
        return Judged(UNKNOWN)
    case = places[0][0]
    view = station.case(case)
    record = view.state.records[mark.paper_id]
    stands = _stands(view, record)
    return Judged(stands.answer if _fits(record, mark) else DIFFERENT, case, record, stands.newer)


def _of_marks(station: Station, marks: list[PageMark], data: bytes) -> Verified:
    first = marks[0]
    pages = tuple(sorted({m.page for m in marks}))
    known = Verified(UNKNOWN, paper=first.paper_id, version=first.version, pages=first.pages, found=pages)
    judged = [judge(station, mark) for mark in marks]
    answers = {j.answer for j in judged}
    case, record = next(((j.case, j.record) for j in judged if j.record is not None), ("", None))
    if record is None:
        return replace(known, answer=DIFFERENT if DIFFERENT in answers else UNKNOWN)
    same = _same_words(station, record, data)
    answer = replace(_stands(station.case(case), record), found=pages, basis=CODE if same is None else WORDS)
    return replace(answer, answer=DIFFERENT) if answers & {DIFFERENT, UNKNOWN} or same is False else answer


def _stands(view: Case, record: Record) -> Verified:
    """What the records say of a paper: standing, replaced by a later version, or void."""
    state, reason = text(record, "state"), text(record, "reason")
    versions = [
        number(p, "version")
        for p in view.papers
        if text(p, "template") == text(record, "template")
        and text(p, "number") == text(record, "number")
        and text(p, "state") not in ("void", "replaced")
    ]
    newer = max((v for v in versions if v > number(record, "version")), default=0)
    answer = VOID if state == "void" else REPLACED if newer or state == "replaced" else GENUINE
    return Verified(
        answer,
        paper=record.id,
        case=view.id,
        title=text(record, "title"),
        number=text(record, "number"),
        version=number(record, "version"),
        pages=number(record, "pages"),
        newer=newer or (number(record, "version") + 1 if answer == REPLACED else 0),
        reason=reason,
    )


def _fits(record: Record, mark: PageMark) -> bool:
    facts = text(record, "facts_hash")[:32]
    same = (mark.version, mark.pages) == (number(record, "version"), number(record, "pages"))
    return same and facts == mark.facts.hex()


def _same_words(station: Station, record: Record, data: bytes) -> bool | None:
    """Whether a PDF with text of its own says what was issued; None for a scan, which has none and proves nothing."""
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return None
    from station_app.documents.preview import extract_text

    given = extract_text(data)
    if not any(page.strip() for page in given):
        return None
    try:
        issued = extract_text(blobs.get(station.store, text(record, "pdf")))
    except KnownError as error:
        if error.code != "E-223":
            raise
        return None
    return all(page.split() in [p.split() for p in issued] for page in given)


def device_key(station: Station, device: str) -> bytes | None:
    """Public signing key of a device: this one, or one the reference data knows."""
    if device == station.store.device:
        return sealing.sign_public(station.store.secret("sign_key"))
    for record in station.store.reference().of_kind("device"):
        if text(record, "device") == device:
            try:
                return unb64(text(record, "sign_key"))
            except BadOp:
                return None
    return None
