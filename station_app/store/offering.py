"""Ops of others that lie here with the page certificates they came with: what a restored server is offered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from station_app.store import database, travel
from station_app.store.core import Store
from sync.contract.chain import Certificate, Run, run_over
from sync.contract.wire import unb64

_LAST: Final = 1 << 62
Bytes = tuple[bytes, bytes | None]
"""Header and body as stored."""


@dataclass(frozen=True, slots=True)
class Held:
    """A page's certificate whole, the ops of it that are wanted (by id), and who opened which incarnation."""

    certificate: Certificate
    ops: dict[str, Bytes]
    opens: dict[str, tuple[str, bytes]]


def held(store: Store) -> dict[str, int]:
    """Last number here of each incarnation that is not this device's own."""
    rows = store.reader.execute(
        "SELECT i.inst, (SELECT max(id) FROM op WHERE id >= i.no << 32 AND id < (i.no + 1) << 32) FROM inst i"
        " WHERE i.own = 0"
    )
    return {str(inst): int(last) & 0xFFFFFFFF for inst, last in rows if last}


def free_own(store: Store, wanted: Mapping[str, int]) -> dict[str, int]:
    """How far the own chains may be sent before these are there: up to the first op about a case of which an op of
    others is lacking that the server had numbered before it.
    """
    lacking: dict[int, int] = {}
    for inst, first in wanted.items():
        rows = store.reader.execute(
            "SELECT o.case_id, min(coalesce(o.rev, 0)) FROM inst i JOIN op o"
            " ON o.id >= i.no << 32 | ? AND o.id < (i.no + 1) << 32 WHERE i.inst = ? AND o.case_id <> 0 GROUP BY 1",
            (first, inst),
        )
        for case_id, rev in rows:
            lacking[int(case_id)] = min(int(rev), lacking.get(int(case_id), int(rev)))
    free: dict[str, int] = {}
    for inst, seq, case_id, rev in _unconfirmed(store):
        if case_id in lacking and lacking[case_id] < rev:
            break
        free[inst] = seq
    return free


def _unconfirmed(store: Store) -> Iterator[tuple[str, int, int, int]]:
    """(incarnation, number, case, the server's old number) of own ops it lacks. What it never numbered comes after all
    else; but for what begins a case, which was there before anything was said of it.
    """
    marks = travel.confirmed(store)
    for no, inst, _, _, _ in travel.own_incarnations(store):
        done = marks.get(inst, (0, b""))[0]
        rows = store.reader.execute(
            "SELECT id, case_id, coalesce(rev, CASE WHEN id = case_id THEN 0 END) FROM op WHERE id > ? AND id < ?"
            " ORDER BY id",
            (no << 32 | done, (no + 1) << 32),
        ).fetchall()
        for key, case_id, rev in rows:
            yield inst, int(key) & 0xFFFFFFFF, int(case_id), _LAST if rev is None else int(rev)


def relays(store: Store, wanted: Mapping[str, int]) -> Iterator[Held]:
    """The pages that brought ops of these incarnations from these numbers on, in the order in which they came, each in
    the order it had; without what must wait for own ops of the same case, and what follows that on its chain.

    A page that did not arrive whole vouches for nothing: its hashes cannot be computed.
    """
    own: dict[int, int] = {}
    for _, _, case_id, rev in _unconfirmed(store):
        if case_id:
            own[case_id] = min(rev, own.get(case_id, rev))
    least = dict(wanted)
    certs: set[int] = set()
    for inst, first in wanted.items():
        rows = store.reader.execute(
            "SELECT DISTINCT o.cert FROM inst i JOIN op o ON o.id >= i.no << 32 | ? AND o.id < (i.no + 1) << 32"
            " WHERE i.inst = ? AND o.cert IS NOT NULL",
            (first, inst),
        )
        certs |= {int(r[0]) for r in rows}
    for cert in sorted(certs):
        found = _page(store, cert, least, own)
        if found is not None:
            yield found


def _page(store: Store, cert: int, least: dict[str, int], own: Mapping[int, int]) -> Held | None:
    """`least`: the first number of each incarnation that goes; raised beyond all of those that must wait."""
    signer, described, signature = database.one(
        store.reader, "SELECT signer, runs, signature FROM cert WHERE id = ?", (cert,)
    )
    runs: list[Run] = []
    listed: list[tuple[int, str, int, int, Bytes]] = []
    opens: dict[str, tuple[str, bytes]] = {}
    for said in json.loads(described):
        inst, first, count = str(said["inst"]), int(said["first"]), int(said["n"])
        stored = _stored(store, inst, first, count)
        if len(stored) != count:
            return None
        runs.append(run_over(inst, first, unb64(said["before"]), [pair[0] for _, _, pair in stored]))
        listed += [(rev, inst, n, case_id, pair) for n, (rev, case_id, pair) in enumerate(stored, first)]
        if inst in least:
            opens |= _opening(store, inst) if first == 1 else {}
    ops: dict[str, Bytes] = {}
    for rev, inst, n, case_id, pair in sorted(listed):
        if n >= least.get(inst, _LAST):
            if case_id in own and own[case_id] < rev:
                least[inst] = _LAST
            else:
                ops[f"{inst}.{n}"] = pair
    return Held(Certificate(str(signer), tuple(runs), bytes(signature)), ops, opens) if ops else None


def _stored(store: Store, inst: str, first: int, count: int) -> list[tuple[int, int, Bytes]]:
    """(server's number, case, bytes) of the ops of a run in order, with those that were kept apart (numbered as the one
    before, of no case); fewer where one is lacking.
    """
    rows = store.reader.execute(
        "SELECT o.id & 4294967295, coalesce(o.rev, 0), o.case_id, o.header, o.body FROM inst i JOIN op o"
        " ON o.id >= i.no << 32 | ?2 AND o.id < i.no << 32 | ?3 WHERE i.inst = ?1",
        (inst, first, first + count),
    )
    found = {
        int(n): (int(rev), int(case_id), (bytes(header), None if body is None else bytes(body)))
        for n, rev, case_id, header, body in rows
    }
    for number in sorted(set(range(first, first + count)) - found.keys()):
        row = store.reader.execute("SELECT header, body FROM quarantine WHERE op = ?", (f"{inst}.{number}",)).fetchone()
        if row is not None and row[0] is not None:
            rev = found[number - 1][0] if number - 1 in found else 0
            found[number] = (rev, 0, (bytes(row[0]), None if row[1] is None else bytes(row[1])))
    return [found[n] for n in sorted(found)]


def _opening(store: Store, inst: str) -> dict[str, tuple[str, bytes]]:
    row = store.reader.execute(
        "SELECT device, before FROM inst WHERE inst = ? AND device IS NOT NULL", (inst,)
    ).fetchone()
    return {inst: (str(row[0]), bytes(row[1]))} if row else {}
