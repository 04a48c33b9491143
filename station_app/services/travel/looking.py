"""导入前的预览: what a bundle is, who wrote it, when and for whom, what importing it would do; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.domain.sentences import sentence
from station_app.services.station import Station
from station_app.services.travel import bundles, sharing
from station_app.services.travel.link import StationLedger
from station_app.store import sealing
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from sync.client.ledger import Incoming, Receiving
    from sync.contract.op import Header

ANSWER, LETTER, OWN, UNKNOWN = "answer", "letter", "own", "unknown"
"""The district's answer to this PC; a letter of another PC of the station; a bundle this PC wrote; anything else."""
PLATFORM, COLLEAGUE, SELF, OTHER = "platform", "colleague", "self", "other"
"""Who wrote it and whom it is for."""
_MOST_CASES: Final = 200


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case the bundle brings ops of: number and title as far as they can be read ("" where not), how many of its ops
    are new here, and whether the case itself is.
    """

    case: str
    number: str
    title: str
    fresh: int
    new: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing would do. `code` "" where it can be imported, else why not, with its `sentence` and `values`; of
    what is refused only the envelope is shown, and nobody vouches for it. `sender`: device id; `at` ms it was written;
    `size` bytes; `confirms`: own ops that will count as uploaded; `fresh`, `known`: ops that are new here, or not;
    `files`: confirmed or brought; `problems`: own ops the district did not take; `restored`: the district was restored.
    """

    file: str
    size: int
    kind: str
    sender: str = ""
    writer: str = ""
    receiver: str = ""
    number: int = 0
    at: int = 0
    confirms: int = 0
    fresh: int = 0
    known: int = 0
    files: int = 0
    problems: int = 0
    restored: bool = False
    cases: tuple[SeenCase, ...] = ()
    more: int = 0
    code: str = ""
    sentence: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def can_import(self) -> bool:
        """Whether importing is possible at all."""
        return not self.code

    @property
    def nothing_new(self) -> bool:
        """It can be imported and changes nothing: it was imported before, or all came by the line."""
        return self.can_import and not (self.confirms or self.fresh or self.files or self.problems or self.restored)


def look(station: Station, *, path: Path) -> Preview:
    """Open, verify and compare a bundle; never raises for what is wrong with it: `code` and `sentence` say so."""
    name = path.name
    try:
        data = bundles.read_file(path)
    except KnownError as error:
        return _refused(Preview(name, _size(path), UNKNOWN), error)
    base = Preview(name, len(data), UNKNOWN)
    try:
        base = _enveloped(station, base, data)
        if base.kind == OWN:
            raise KnownError("E-550", no=base.number)
        return _letter(station, base, data) if base.kind == LETTER else _answer(station, base, data)
    except KnownError as error:
        return _refused(base, error)


def _refused(preview: Preview, error: KnownError) -> Preview:
    return replace(preview, code=error.code, sentence=sentence(error), values=error.values)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _enveloped(station: Station, base: Preview, data: bytes) -> Preview:
    """What the envelope says; of an own bundle proven by its signature."""
    from sync.client import looking as reading

    sender, receiver, number, at = reading.envelope(data)
    ledger = StationLedger(station)
    mine = reading.own(data, ledger, sealing.sign_public(station.store.secret("sign_key")))
    mates, server = sharing.colleagues(station), ledger.server().device
    kind = OWN if mine else LETTER if sender in mates else ANSWER if sender == server else UNKNOWN
    roles = dict.fromkeys(mates, COLLEAGUE) | {server: PLATFORM, ledger.device: SELF}
    return replace(
        base,
        kind=kind,
        sender=sender,
        writer=roles.get(sender, OTHER),
        receiver=roles.get(receiver, OTHER),
        number=number,
        at=at,
    )


def _answer(station: Station, base: Preview, data: bytes) -> Preview:
    from sync.client import looking as reading

    ledger: Receiving = StationLedger(station)
    private = station.store.secret("seal_key")
    seen = reading.look(ledger, data, private=private, now_ms=station.clock.now_ms())
    counted = _count(station, {op.header.id: op for page in seen.pages for op in page.ops})
    return replace(
        base,
        confirms=seen.confirmed,
        files=seen.blobs,
        problems=len(seen.problems),
        restored=seen.restored,
        fresh=counted.fresh,
        known=counted.known,
        cases=tuple(counted.cases[:_MOST_CASES]),
        more=max(0, len(counted.cases) - _MOST_CASES),
    )


def _letter(station: Station, base: Preview, data: bytes) -> Preview:
    ops, wanted = sharing.opened_letter(station, data)
    counted = _count(station, {op.header.id: op for op in ops})
    return replace(
        base,
        fresh=counted.fresh,
        known=counted.known,
        files=wanted,
        cases=tuple(counted.cases[:_MOST_CASES]),
        more=max(0, len(counted.cases) - _MOST_CASES),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    fresh: int
    known: int
    cases: list[SeenCase]


def _count(station: Station, ops: Mapping[str, Incoming]) -> _Counted:
    """Which ops are new here, by case; a case is named by what is here, else by what its own register says."""
    store = station.store
    fresh: dict[str, int] = {}
    known = 0
    names: dict[str, dict[str, str]] = {}
    for op in ops.values():
        if _here(station, op.header):
            known += 1
            continue
        fresh[op.header.case] = fresh.get(op.header.case, 0) + 1
        names.setdefault(op.header.case, {}).update(_named(op))
    cases: list[SeenCase] = []
    for case, count in fresh.items():
        row = store.reader.execute(
            "SELECT coalesce(number, ''), title FROM case_row WHERE id = ?", (store.ids.pk(case),)
        ).fetchone()
        said = names.get(case, {})
        number, title = (str(row[0]), str(row[1])) if row else ("", "")
        if case:
            shown = (said.get("number") or number, said.get("title") or title)
            cases.append(SeenCase(case, *shown, count, row is None))
    return _Counted(sum(fresh.values()), known, sorted(cases, key=lambda c: (not c.new, -c.fresh)))


def _here(station: Station, header: Header) -> bool:
    key = station.store.ids.pk(header.id)
    return bool(key) and station.store.reader.execute("SELECT 1 FROM op WHERE id = ?", (key,)).fetchone() is not None


def _named(op: Incoming) -> Iterable[tuple[str, str]]:
    """Number and title of a case as an op of its register sets them; sealed bodies say nothing."""
    for change in op.changes or ():
        if change.rec == op.header.case:
            for field in ("number", "title"):
                value = change.set.get(field)
                if isinstance(value, str) and value:
                    yield field, value


def why(seen: Preview) -> KnownError:
    """The reason of a refusal, to be said in the language of whoever reads."""
    return KnownError(seen.code or "E-182", **seen.values)
