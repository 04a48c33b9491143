"""Verbs on papers: what a case's file holds and lacks, discussion drafts, issuing, reprinting, voiding.

Issuing is one transaction: number, version, hash of the facts, PDF bytes, record of the paper, its public mark, number
ledger and access log, or nothing. The pages are laid out inside it (about 0.1 s): the number, the version and the
record id that the pages' codes bear are only certain while no one else can write, and nothing drawn with a guessed
number can ever reach a printer. Readers are not held up by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from station_app.domain.case import Case, number, text
from station_app.domain.papers.states import FIXED, ISSUED, SIGNED, states
from station_app.services import court
from station_app.services.changes import Changes
from station_app.services.paperwork import engine, issuing, numbers
from station_app.services.paperwork.issuing import AGREEMENT, Issued, applies, copies_of, current, is_signed
from station_app.services.paperwork.values import build
from station_app.services.paperwork.verify import Verified, verify
from station_app.services.station import Station, changes_of
from station_app.store import blobs
from station_app.store.numbers import series_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

if TYPE_CHECKING:
    from station_app.documents.template import Template

__all__ = ["Card", "Described", "Issued", "Verified", "catalog", "chosen", "issue", "list_papers", "page_count",
           "page_image", "pdf", "preview", "usual", "verify", "void"]  # fmt: skip

DRAFT: Final = "draft"
_NUMBER: Final = "paper.number"
_TO_COME: Final = "agreement.number"


@dataclass(frozen=True, slots=True)
class Card:
    """One paper of a case's file. `state`: code of paper_states (`draft` while not issued); `missing`: (path, label) of
    facts without which it is not issued; `stale`: issued, but the facts have changed since; `applies`: False where this
    case has no use for it; `edition`, `basis`, `source`, `own_words`: as the paper's template says.
    """

    template: str
    title: str
    required: bool
    applies: bool
    state: str
    version: int
    number: str
    paper: str
    pages: int
    copies: int
    issued_ms: int
    missing: tuple[tuple[str, str], ...]
    stale: bool
    edition: str = ""
    basis: tuple[str, ...] = ()
    source: str = ""
    own_words: bool = False


class Picture(NamedTuple):
    """One page as a picture: three bytes a pixel, rows without padding."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A paper as the catalogue describes it: `basis` the articles it rests on, `source` where fields and order come
    from, `own_words` True where the wording is the program's own.
    """

    template: str
    title: str
    edition: str
    valid_from: str
    basis: tuple[str, ...]
    source: str
    own_words: bool
    court: bool


def catalog() -> list[Described]:
    """Every paper there is, in its newest edition and in the order of the file; needs no station."""
    return [
        Described(t.id, t.title, t.edition, t.valid_from.isoformat(), t.basis, t.source, t.own_words, t.court)
        for t in engine.catalog().current()
    ]


def list_papers(station: Station, *, case: str) -> list[Card]:
    """All papers in the order of the file, issued or not."""
    view = station.case(case)
    case_number = text(view.record, "number")
    values = _values(station, view, case_number)
    found = engine.catalog(station).current(station.clock.today())
    stands = states(view.state.records.values())
    return [_card(station, view, t, issuing.of_template(values, t.id), stands) for t in found]


def usual(cards: Sequence[Card]) -> int:
    """Place of the paper that is due: an agreement to be issued, else the first that can be issued now, else 0."""
    ready = [n for n, c in enumerate(cards) if not c.missing and (not c.paper or c.stale)]
    agreed = [n for n in ready if cards[n].template == "agreement"]
    return (agreed or ready or [0])[0]


def chosen(station: Station, *, case: str, template: str = "") -> Card:
    """The paper of that template, without one the paper that is due. E-311 where the case has no such paper."""
    cards = [c for c in list_papers(station, case=case) if c.applies or c.paper]
    found = [c for c in cards if c.template == template] if template else cards[usual(cards) :][:1]
    if not found:
        raise KnownError("E-311", paper=template)
    return found[0]


def preview(station: Station, *, case: str, template: str, draft: bool = True) -> bytes:
    """讨论稿: watermark, no number, no code, made whatever is missing. With `draft=False` the issued bytes where there
    are some, so that the page looked at is the page printed; else the draft.
    """
    view = station.case(case)
    if not draft:
        paper = current(view, template)
        if paper is not None:
            return blobs.get_or_want(station.store, text(paper, "pdf"), station.clock.now_ms())
    found = engine.in_force(station, template)
    values = _values(station, view, text(view.record, "number"))
    values = issuing.of_template(values, template)
    return engine.render(station, found, values, proof=None, demo=_demo(station, view), draft=True).pdf


def issue(station: Station, *, case: str, template: str, by_hand: str = "") -> Issued:
    """出具: the paper with number and version, or the same bytes again where the facts have not changed.

    Draws the case number with the first numbered paper. Changed facts make the next version under the same number and
    replace the one before; after a signature E-401. E-304 names what is missing, E-306 without a number series, E-301
    a character no font has, E-311 unknown paper; for an agreement also what `agreements.check` finds.

    `by_hand`: characters that, after E-301, a person chose to write by hand: a frame stands in the place of each that
    no font has, and paper record and access log name them.
    """
    station.require("issue_paper")
    found = engine.in_force(station, template)
    same = issuing.unchanged(station, station.case(case), found, _values)
    if same is not None:
        return same
    with station.write("issue_paper") as tx:
        view = station.case(case, tx)
        same = issuing.unchanged(station, view, found, _values)
        if same is not None:
            return same
        issuing.guard(view, template)
        if found.court:
            court.guard_paper(station, view, found.title)
        made = issuing.put(station, tx, view, template=found, values_of=_values, by_hand=by_hand)
        if template == AGREEMENT:
            court.put_told(station, tx, view)
    return made.with_changes(changes_of(tx, label=f"出具{found.title}"))


def pdf(station: Station, *, case: str, paper: str) -> bytes:
    """The bytes as issued, for a reprint; noted in the access log. E-223 where they are not here."""
    record = _paper(station.case(case), paper)
    data = blobs.get(station.store, text(record, "pdf"))
    detail = f"{text(record, 'template')} {text(record, 'number')} v{number(record, 'version')}"
    with station.store.raw_write() as con:
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act="print", case=case, detail=detail)
    return data


def void(station: Station, *, case: str, paper: str, reason: str) -> Changes:
    """作废: the bytes and the number stay on record; E-408 without a reason."""
    if not reason.strip():
        raise KnownError("E-408", step="void_paper")
    view = station.case(case)
    record = _paper(view, paper)
    values: dict[str, str] = {"state": "void", "reason": reason.strip()}
    with station.write("void_paper") as tx:
        tx.op("void_paper", "content", case=case).put(overwrite(record, dict(values)))
        mark = issuing.mark_of(view, paper)
        if mark is not None:
            tx.op("void_paper", "register", case=case).put(overwrite(mark, dict(values)))
    return changes_of(tx, label="作废文书")


def page_image(data: bytes, page: int, dpi: int) -> Picture:
    """One page of a PDF (from 1) as a picture, for the screen and for printing. E-312 for what is no PDF."""
    from station_app.documents import preview as pictures

    return Picture(*pictures.page_image(data, page, dpi))


def page_count(data: bytes) -> int:
    """How many pages a PDF has. E-312 for what is no PDF."""
    from station_app.documents import preview as pictures

    return pictures.page_count(data)


# -- inside ---------------------------------------------------------------------------------------------------------


def _values(station: Station, view: Case, case_number: str) -> dict[str, object]:
    return build(station, view, paper_number=case_number, agreement_number=numbers.of_agreement(view, case_number))


def _demo(station: Station, view: Case) -> bool:
    return station.demo or bool(view.get("demo"))


def _paper(view: Case, paper: str) -> Record:
    record = view.state.records.get(paper)
    if record is None or record.kind != "paper":
        raise KnownError("E-223", what=paper)
    return record


def _card(
    station: Station, view: Case, template: Template, values: Mapping[str, object], stands: Mapping[str, str]
) -> Card:
    paper = current(view, template.id)
    state = stands[paper.id] if paper is not None else DRAFT
    if state == ISSUED and template.id == AGREEMENT and is_signed(view):
        state = SIGNED  # of workers' own agreements the first signature holds the group's too
    missing = tuple((p, label) for p, label in engine.missing(template, values) if not _drawn(station, view, p))
    return Card(
        template=template.id,
        title=template.title,
        required=template.required,
        applies=applies(view, template.id),
        state=state,
        version=number(paper, "version"),
        number=text(paper, "number"),
        paper=paper.id if paper is not None else "",
        pages=number(paper, "pages"),
        copies=copies_of(view, template),
        issued_ms=number(paper, "issued_ms"),
        missing=missing,
        stale=paper is not None and state not in FIXED and _stale(station, paper, template, values),
        edition=template.edition,
        basis=template.basis,
        source=template.source,
        own_words=template.own_words,
    )


def _drawn(station: Station, view: Case, path: str) -> bool:
    """A number that will be drawn at issuing is not missing, where this device can draw one."""
    if path not in (_NUMBER, _TO_COME) or (path == _TO_COME and view.agreement is None):
        return False
    try:
        return bool(series_of(station.store))
    except KnownError:
        return False


def _stale(station: Station, paper: Record, template: Template, values: Mapping[str, object]) -> bool:
    issued = engine.as_issued(station, template, text(paper, "edition"))
    try:
        return engine.facts_hash(issued, values).hex() != text(paper, "facts_hash")
    except KnownError:
        return True
