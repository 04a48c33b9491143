"""Ops of others that lie here with the page certificates they came with: what a restored server is offered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from station_app.store import database
from station_app.store.core import Store
from sync.contract.chain import Certificate, Run, run_over
from sync.contract.wire import unb64

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


def relays(store: Store, wanted: Mapping[str, int]) -> Iterator[Held]:
    """The pages that brought ops of these incarnations from these numbers on, in the order in which they came.

    A page that did not arrive whole vouches for nothing: its hashes cannot be computed.
    """
    certs: set[int] = set()
    for inst, first in wanted.items():
        rows = store.reader.execute(
            "SELECT DISTINCT o.cert FROM inst i JOIN op o ON o.id >= i.no << 32 | ? AND o.id < (i.no + 1) << 32"
            " WHERE i.inst = ? AND o.cert IS NOT NULL",
            (first, inst),
        )
        certs |= {int(r[0]) for r in rows}
    for cert in sorted(certs):
        found = _page(store, cert, wanted)
        if found is not None:
            yield found


def _page(store: Store, cert: int, wanted: Mapping[str, int]) -> Held | None:
    signer, described, signature = database.one(
        store.reader, "SELECT signer, runs, signature FROM cert WHERE id = ?", (cert,)
    )
    runs: list[Run] = []
    ops: dict[str, Bytes] = {}
    opens: dict[str, tuple[str, bytes]] = {}
    for said in json.loads(described):
        inst, first, count = str(said["inst"]), int(said["first"]), int(said["n"])
        stored = _stored(store, inst, first, count)
        if len(stored) != count:
            return None
        runs.append(run_over(inst, first, unb64(said["before"]), [header for header, _ in stored]))
        least = wanted.get(inst)
        if least is not None:
            ops |= {f"{inst}.{n}": pair for n, pair in enumerate(stored, first) if n >= least}
            opens |= _opening(store, inst) if first == 1 else {}
    return Held(Certificate(str(signer), tuple(runs), bytes(signature)), ops, opens) if ops else None


def _stored(store: Store, inst: str, first: int, count: int) -> list[Bytes]:
    """The ops of a run in order, with those that were kept apart; fewer where one is lacking."""
    rows = store.reader.execute(
        "SELECT o.id & 4294967295, o.header, o.body FROM inst i JOIN op o"
        " ON o.id >= i.no << 32 | ?2 AND o.id < i.no << 32 | ?3 WHERE i.inst = ?1",
        (inst, first, first + count),
    )
    found = {int(n): (bytes(header), None if body is None else bytes(body)) for n, header, body in rows}
    for number in set(range(first, first + count)) - found.keys():
        row = store.reader.execute("SELECT header, body FROM quarantine WHERE op = ?", (f"{inst}.{number}",)).fetchone()
        if row is not None and row[0] is not None:
            found[number] = (bytes(row[0]), None if row[1] is None else bytes(row[1]))
    return [found[n] for n in sorted(found)]


def _opening(store: Store, inst: str) -> dict[str, tuple[str, bytes]]:
    row = store.reader.execute(
        "SELECT device, before FROM inst WHERE inst = ? AND device IS NOT NULL", (inst,)
    ).fetchone()
    return {inst: (str(row[0]), bytes(row[1]))} if row else {}
