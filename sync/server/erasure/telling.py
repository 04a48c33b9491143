"""A grant that comes only after its case was erased: its community has the case, and is told of the order as well.

So it is where the district went back behind the grant and erased the case before anybody brought the grant back.
"""

from __future__ import annotations

from collections.abc import Sequence

from sync.server import push
from sync.server.erasure import carrying_out, deciding, listing, standing
from sync.server.ingest import Placed
from sync.server.server import Server
from sync.server.storage.port import Tx

Late = dict[str, set[str]]
"""Case -> stations it was granted to."""


def late_grants(tx: Tx, items: Sequence[Placed]) -> Late:
    """The grants on erased cases among ops that came; asked before their bodies are left out."""
    orders = standing.orders(tx, (item.op.header.case for item in items))
    found: Late = {}
    for item in items if orders else ():
        for change in push.changes_of(item.op) or () if item.op.header.case in orders else ():
            station = change.set.get("station")
            if change.kind == "grant" and isinstance(station, str):
                found.setdefault(item.op.header.case, set()).add(station)
    return found


def tell(tx: Tx, server: Server, late: Late, now: int) -> None:
    """Publish the order in the communities of these stations where it was not yet, and note that on the list."""
    if not late:
        return
    listed = listing.read(server.district.directory / listing.FILE, server.district.ca.public)
    told = {entry.order.case: set(entry.streams) for entry in listed}
    orders = standing.orders(tx, late)
    for case, stations in sorted(late.items()):
        test, value = tx.among("code", sorted(stations))
        streams = {str(row[0]) for row in tx.rows(f"SELECT DISTINCT stream FROM station WHERE {test}", (value,))}
        more = sorted(streams - told.get(case, set()))
        if more:
            carrying_out.tell(tx, server, orders[case], more, now=now)
            entry = listing.Entry(orders[case], tuple(sorted({*told.get(case, set()), *more})))
            listing.keep(server.district, [entry], deciding.places(tx))
