"""关联 and 并案: two cases that hang together, and one that goes on in another; both bear a record of it.

Nothing is deleted: a merged case keeps everything, points to the one it goes on in, and can be taken out again. Lists
and figures leave it out while that case stands; every station folds the same records, so all see the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, Party, text
from station_app.domain.course import allowed
from station_app.domain.text import fold
from station_app.services.cases import guard_sealed, moment
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import OpDraft, Tx
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

RELATED, DISTINCT = "related", "distinct"
INTO, FROM = "merged_into", "merged_from"
OPENED, OPENED_FROM = "opened", "opened_from"
_OTHER_SIDE: Final = {RELATED: RELATED, INTO: FROM, OPENED_FROM: OPENED}
"""How it reads from the other case; what is missing is said on one side only."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One link as a list shows it: its record, the relation, the other case with title and state ("" unknown here)."""

    rec: str
    how: str
    case: str
    title: str
    state: str
    at: str
    reason: str


def of_case(station: Station, view: Case) -> list[Linked]:
    """The links of a case, oldest first; what was told apart stays out."""
    found = []
    for link in view.kind("link"):
        how, other = text(link, "how"), text(link, "to")
        if how == DISTINCT:
            continue
        row = station.store.reader.execute(
            "SELECT title, state FROM case_row WHERE id = ?", (station.store.ids.pk(other),)
        ).fetchone()
        title, state = (str(row[0] or ""), str(row[1] or "")) if row else ("", "")
        found.append(Linked(link.id, how, other, title, state, text(link, "at"), text(link, "reason")))
    return found


def link(station: Station, *, case: str, other: str, how: str = RELATED, reason: str = "") -> Changes:
    """Link two cases (`related`), or keep that they are not the same (`distinct`).

    E-250 for one case twice, E-251 where they are linked so already.
    """
    view = station.case(case)
    station.case(other)
    _guard_pair(view, other, how)
    with station.write("link") as tx:
        put(station, tx, case=case, other=other, how=how, reason=reason)
    return changes_of(tx, label="关联案件" if how == RELATED else "另案登记")


def unlink(station: Station, *, case: str, other: str) -> Changes:
    """Take the link of two cases out on both sides. E-223 where there is none; a merge is taken back by `split`."""
    view = station.case(case)
    mine = (r for r in view.kind("link") if text(r, "to") == other)
    record = next((r for r in mine if text(r, "how") not in (INTO, FROM)), None)
    if record is None:
        raise KnownError("E-223", what=other)
    with station.write("link") as tx:
        _take_out(station, tx, view, record)
    return changes_of(tx, label="取消关联")


def merge(station: Station, *, case: str, into: str, reason: str = "", parties: bool = True) -> Changes:
    """并案: `case` goes on in `into`. Parties the kept case does not have yet are added to it (`parties`).

    E-250 for one case twice; E-252 where one of them is merged already; E-255 where others were merged into `case`;
    E-253 where `case` bears a signed agreement; E-244 where `case` came to a result, or nobody works on `into`; E-401
    where parties would come into a signed one.
    """
    source, target = station.case(case), station.case(into)
    if case == into:
        raise KnownError("E-250")
    allowed.guard(source, allowed.MERGE)
    allowed.guard(target, allowed.MERGE_INTO)
    if any(text(r, "how") == FROM for r in source.kind("link")):
        raise KnownError("E-255", title=text(source.record, "title"))
    if source.sealed:
        raise KnownError("E-253", number=text(source.record, "number"))
    new = _missing(source, target) if parties else []
    if new:
        guard_sealed(target, {"party"})
    with station.write("link") as tx:
        op = put(station, tx, case=case, other=into, how=INTO, reason=reason)
        op.put(overwrite(source.record, {"merged_into": into}))
        if new:
            _bring(tx, into, new, len(target.parties))
    return changes_of(tx, label="并案")


def split(station: Station, *, case: str) -> Changes:
    """Take a merged case out again: it stands for itself. Parties brought along stay with both. E-254 if not merged."""
    view = station.case(case)
    found = [r for r in view.kind("link") if text(r, "how") == INTO]
    if not found and not view.get("merged_into"):
        raise KnownError("E-254")
    with station.write("link") as tx:
        for record in found:
            _take_out(station, tx, view, record)
        tx.op("link", "register", case=case).put(overwrite(view.record, {"merged_into": None}))
    return changes_of(tx, label="撤销并案")


def put(station: Station, tx: Tx, *, case: str, other: str, how: str, reason: str = "") -> OpDraft:
    """Write a link on both sides into a transaction; returns the op of `case`."""
    values: dict[str, Json] = {
        "reason": reason.strip() or None,
        "at": moment(station),
        "by": station.user.person or None,
    }
    op = tx.op("link", "register", case=case)
    op.new("link", {"to": other, "how": how, **values})
    if how in _OTHER_SIDE:
        tx.op("link", "register", case=other).new("link", {"to": case, "how": _OTHER_SIDE[how], **values})
    return op


def _guard_pair(view: Case, other: str, how: str) -> None:
    if view.id == other:
        raise KnownError("E-250")
    if any(text(r, "to") == other and text(r, "how") == how for r in view.kind("link")):
        raise KnownError("E-251")


def _take_out(station: Station, tx: Tx, view: Case, record: Record) -> None:
    """The link here, and what the other case says of it; an other case that is not here any more keeps its side."""
    tx.op("link", "register", case=view.id).put(overwrite(record, {"removed": True}))
    other, back = text(record, "to"), _OTHER_SIDE.get(text(record, "how"))
    if back is None or station.store.ids.pk(other) == 0:
        return
    try:
        theirs = station.case(other)
    except KnownError:
        return
    for twin in theirs.kind("link"):
        if text(twin, "to") == view.id and text(twin, "how") == back:
            tx.op("link", "register", case=other).put(overwrite(twin, {"removed": True}))


def _missing(source: Case, target: Case) -> list[Party]:
    """Parties of one case that the other does not have: by number where both are known, else by name."""
    return [p for p in source.parties if not any(_same(p, q) for q in target.parties)]


def _same(one: Party, other: Party) -> bool:
    numbers = [text(p.identity, "id_number") for p in (one, other)]
    if all(numbers):
        return numbers[0] == numbers[1]
    return one.role == other.role and fold(one.name) == fold(other.name)


_NOT_COPIED: Final = frozenset({"party", "removed", "order", "no"})


def _bring(tx: Tx, into: str, parties: list[Party], there: int) -> None:
    """Add parties with identity and wage row to the kept case."""
    op = tx.op("link", "register", case=into)
    recs = [op.new("party", {**_kept(p.record), "order": there + n}) for n, p in enumerate(parties, 1)]
    content = [
        (record.kind, {**_kept(record), "party": rec, **({"no": there + n} if record.kind == "wage" else {})})
        for n, (rec, party) in enumerate(zip(recs, parties, strict=True), 1)
        for record in (party.identity, party.wage)
        if record is not None
    ]
    if content:
        sealed = tx.op("link", "content", case=into)
        for kind, values in content:
            sealed.new(kind, values)


def _kept(record: Record) -> dict[str, Json]:
    return {name: value for name, value in record.values.items() if name not in _NOT_COPIED}
