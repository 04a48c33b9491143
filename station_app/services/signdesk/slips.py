"""The slip of one person at the sign desk: his page of 个人款项明细单, issued with the pages of all others."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.services import papers, printing
from station_app.services.changes import Changes
from station_app.services.paperwork import share_values
from station_app.services.printing import Item
from station_app.services.printjobs.cutting import cut
from station_app.services.station import Station
from sync.contract.errors import KnownError

TEMPLATE = "share_slip"


@dataclass(frozen=True, slots=True)
class Slip:
    """The paper with everybody's pages, and which of them (from 1) are this person's."""

    item: Item
    pages: tuple[int, ...]
    changes: Changes


def of_party(station: Station, *, case: str, party: str) -> Slip:
    """Issue the slips where they are not up to date, and find one person's pages.

    E-304 where the agreement pays nobody or only one, E-211 for who is paid nothing, E-324 where the pages are not the
    same number for each and so cannot be told apart; errors of issuing as `papers.issue`.
    """
    order = share_values.payees(station.case(case))
    if party not in order:
        names = {p.id: p.name for p in station.case(case).parties}
        raise KnownError("E-211", name=names.get(party, party), why="payee")
    issued = papers.issue(station, case=case, template=TEMPLATE)
    each, rest = divmod(issued.pages, len(order))
    if rest:
        raise KnownError("E-324")
    first = order.index(party) * each + 1
    item = printing.item_of(station, case=case, card=papers.chosen(station, case=case, template=TEMPLATE))
    return Slip(item, tuple(range(first, first + each)), issued.changes)


def pdf_of_party(station: Station, *, case: str, party: str) -> bytes:
    """One person's pages as a file, the pages as they were sealed. Errors as `of_party`."""
    slip = of_party(station, case=case, party=party)
    return cut(papers.pdf(station, case=case, paper=slip.item.paper), slip.pages)
