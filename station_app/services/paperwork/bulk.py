"""Issuing many papers in one run: each in a transaction of its own, with progress, and stopped at any time.

What was issued stays issued: a run that was stopped, or that met a fault, is simply started again, and goes on where it
ended. Of a group of workers the case is folded once for the run and read anew only when somebody else wrote to it; the
bytes of papers are not kept, so that memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from station_app.domain.agreement import individual
from station_app.domain.agreement import terms as written
from station_app.domain.case import Case, Party, text
from station_app.services import court, papers
from station_app.services.paperwork import engine, issuing, numbers
from station_app.services.paperwork.issuing import AGREEMENT, Issued
from station_app.services.paperwork.values import build
from station_app.services.station import Station
from station_app.services.terms import agreement_of
from station_app.store.core import OpDraft, Tx
from station_app.store.project import changed_at
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

Progress = Callable[[int, int, str], None]
"""Called after each item: how many are done, of how many, and the number of the paper."""

_GENERAL: Final = frozenset({"E-306", "E-340", "E-341", "E-342", "E-343", "E-401", "E-403", "E-404", "E-406"})


@dataclass(frozen=True, slots=True)
class Item:
    """One paper to issue: a template of a case; with `worker` (record id of a party) that worker's own agreement."""

    case: str
    template: str = AGREEMENT
    worker: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One paper of the run, without its bytes."""

    item: Item
    paper: str
    number: str
    version: int
    pages: int
    bytes: int
    fresh: bool


Handed = Callable[[Item, Issued], None]
"""Called with each paper once it is stored."""


@dataclass(slots=True)
class Run:
    """What came of a run. `failed`: items and why; `stopped`: a fault that would have met every further item."""

    made: list[Made] = field(default_factory=list)
    failed: list[tuple[Item, KnownError]] = field(default_factory=list)
    stopped: KnownError | None = None
    cancelled: bool = False


def _quiet(_done: int, _total: int, _what: str) -> None:
    return


def _never() -> bool:
    return False


def each_worker(station: Station, *, case: str) -> list[Item]:
    """The items for one agreement for each worker the group's agreement pays, in the order of the parties.

    E-341 where it pays nobody, E-342 for more than there are numbers, E-343 where the group's was issued, E-401 where
    it was signed; the errors of an agreement that cannot be issued, before anything is drawn.
    """
    view = station.case(case)
    agreement_of(view)
    _guard_group(view)
    group = individual.Group(view)
    workers = list(group.workers)
    if not workers:
        raise KnownError("E-341")
    if len(workers) > individual.MOST:
        raise KnownError("E-342", count=len(workers), most=individual.MOST)
    issuing.guard(view, AGREEMENT, to_each=True)
    group.share_of(workers[0])
    return [Item(case, AGREEMENT, worker) for worker in workers]


def issue_many(
    station: Station,
    items: Sequence[Item],
    progress: Progress = _quiet,
    cancelled: Callable[[], bool] = _never,
    *,
    handed: Handed | None = None,
) -> Run:
    """Issue papers one after the other. `handed` gets each with its bytes (to write or print it) once it is stored.

    An item that cannot be issued (E-301, E-304 …) is listed and the run goes on; what would meet every item ends it.
    """
    run, group = Run(), _Each(station)
    for done, item in enumerate(items, 1):
        if cancelled():
            run.cancelled = True
            break
        try:
            issued = group.issue(item) if item.worker else _one(station, item)
        except KnownError as error:
            run.failed.append((item, error))
            if error.code in _GENERAL or error.code.startswith("E-5"):
                run.stopped = error
                break
            progress(done, len(items), "")
            continue
        size = len(issued.pdf)
        run.made.append(Made(item, issued.paper, issued.number, issued.version, issued.pages, size, issued.fresh))
        if handed is not None:
            handed(item, issued)
        progress(done, len(items), issued.number)
    return run


def _one(station: Station, item: Item) -> Issued:
    return papers.issue(station, case=item.case, template=item.template, by_hand=item.by_hand)


def _guard_group(view: Case) -> None:
    """The same sums are never promised twice: a group's agreement that was issued or signed stands alone."""
    if view.signed:
        raise KnownError("E-401", number=text(view.record, "number"))
    if issuing.current(view, AGREEMENT) is not None:
        raise KnownError("E-343", why="group")


class _Each:
    """Agreements one for each worker; the case a run works on, as last folded."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.group: individual.Group | None = None
        self._seen = -1
        self._made = 0
        self._told = False

    def issue(self, item: Item) -> Issued:
        """One worker's agreement in one transaction, or the same bytes again where nothing has changed."""
        station = self.station
        station.require("issue_paper")
        with station.write("issue_paper") as tx:
            group = self._look(item.case, tx)
            if item.worker not in group.workers:
                raise KnownError("E-223", what=item.worker)
            before = group.standing(item.worker)
            again = self._unchanged(group, item.worker, before) if before is not None else None
            issued = again or self._put(tx, group, item, before)
        self._after()
        return issued

    def _look(self, case: str, tx: Tx) -> individual.Group:
        """The case, folded anew where anybody but this run wrote to it."""
        changed = changed_at(self.station.store, tx.con, case)
        if self.group is None or self.group.case.id != case or changed != self._seen:
            view = self.station.case(case, tx)
            _guard_group(view)
            self.group = individual.Group(view)
            supplement = text(view.agreement, "form") == numbers.SUPPLEMENT
            self._seen, self._made = changed, len(numbers.alike(view, supplement=supplement))
        return self.group

    def _after(self) -> None:
        """What this run wrote itself is no reason to fold anew, but for the number that was drawn with the first."""
        if self.group is not None and text(self.group.case.record, "number"):
            self._seen = changed_at(self.station.store, self.station.store.con, self.group.case.id)

    def _unchanged(self, group: individual.Group, worker: str, agreement: Record) -> Issued | None:
        own = group.narrowed(agreement)
        if not own.sealed and not _same(group.share_of(worker), own):
            return None
        found = engine.in_force(self.station, AGREEMENT)
        return issuing.unchanged(self.station, own, found, self._values_of(text(agreement, "number")))

    def _put(self, tx: Tx, group: individual.Group, item: Item, before: Record | None) -> Issued:
        station, found, view = self.station, engine.in_force(self.station, AGREEMENT), group.case
        share = group.share_of(item.worker)
        content = tx.op("issue_paper", "content", case=view.id)
        place = self._made + 1
        given = issuing.numbered(station, tx, view, found, place=place)
        if before is not None:
            given = given._replace(printed=text(before, "number"))
        agreement, more = _agreement(content, group, share, before, number=given.printed)
        own = group.narrowed(agreement, more)
        issuing.guard(own, AGREEMENT)
        values_of = self._values_of(given.printed)
        made = issuing.put(
            station, tx, own, template=found, values_of=values_of, by_hand=item.by_hand, given=given, content=content
        )
        if not self._told:
            court.put_told(station, tx, view)
            self._told = True
        self._made = place if before is None else self._made
        return made

    def _values_of(self, printed: str) -> issuing.ValuesOf:
        def values_of(station: Station, view: Case, case_number: str) -> dict[str, object]:
            return build(station, view, paper_number=case_number, agreement_number=printed)

        return values_of


def _same(share: individual.Share, own: Case) -> bool:
    """True where a worker's agreement still says what the group's rows make of it."""
    agreement = agreement_of(own)
    kept = all(agreement.get(name) == value for name, value in share.values.items())
    rows = [{k: v for k, v in r.values.items() if k != "agreement"} for r in own.obligations]
    typed = [text(t, "text") for t in own.terms if text(t, "source") != "generated"]
    return kept and rows == share.rows and typed == [words for _, words in share.typed]


def _agreement(
    content: OpDraft, group: individual.Group, share: individual.Share, before: Record | None, *, number: str
) -> tuple[Record, list[Record]]:
    """Write one worker's agreement with its rows and terms; the records as they will stand."""
    view = group.case
    values: dict[str, Json] = {**share.values, "number": number, "state": "issued"}
    if before is None:
        agreement = _seen(content, view, content.new("agreement", values), "agreement", values)
    else:
        agreement = before.seen_with(values)
        _put_away(content, view, before, values)
    rec = agreement.id
    rows = [_new(content, view, "obligation", {"agreement": rec, **row}) for row in share.rows]
    bare = group.narrowed(agreement, rows)
    terms = [(t.slot, t.text, "generated") for t in written.generate(bare)]
    kept = {slot for slot, _ in share.typed}
    terms = [t for t in terms if t[0] not in kept] + [(slot, words, "typed") for slot, words in share.typed]
    made = [
        _new(content, view, "term", {"agreement": rec, "order": slot, "text": words, "source": source})
        for slot, words, source in sorted(terms)
    ]
    return agreement, [*rows, *made]


def _put_away(content: OpDraft, view: Case, before: Record, values: dict[str, Json]) -> None:
    """The agreement of an earlier run, which nobody signed, is written anew under its number."""
    changed = {name: value for name, value in values.items() if before.get(name) != value}
    if changed:
        content.put(overwrite(before, changed))
    for record in view.state.records.values():
        mine = record.kind in ("obligation", "term") and text(record, "agreement") == before.id
        if mine and not record.get("removed"):
            content.put(overwrite(record, {"removed": True}))


def _new(content: OpDraft, view: Case, kind: str, values: dict[str, Json]) -> Record:
    return _seen(content, view, content.new(kind, values), kind, values)


def _seen(content: OpDraft, view: Case, rec: str, kind: str, values: dict[str, Json]) -> Record:
    return Record.created(rec, kind, view.id, by=content.id, values=values)


def workers_of(station: Station, *, case: str) -> list[tuple[Party, Record | None]]:
    """Each worker whom the agreement pays, with the newest paper of his own agreement, where there is one."""
    group = individual.Group(station.case(case))
    result: list[tuple[Party, Record | None]] = []
    for party in group.workers.values():
        agreement = group.standing(party.id)
        own = group.narrowed(agreement) if agreement is not None else None
        result.append((party, issuing.current(own, AGREEMENT) if own is not None else None))
    return result
