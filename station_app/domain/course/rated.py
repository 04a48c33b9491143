"""Which evaluation of a slip counts: of each manner the first. Pure, so every station says the same.

Somebody may rate online a second time after the district was restored from before the first; what stations give back
then stands beside it. A slip may be entered at two places that had no network.
"""

from __future__ import annotations

from collections.abc import Iterable

from station_app.domain.case import in_order, text
from sync.contract.fold import Record


def counted(evaluations: Iterable[Record]) -> list[Record]:
    """The first of each slip and manner by its moment; of two of one moment the lower record."""
    found: dict[tuple[str, str], Record] = {}
    for record in sorted(in_order(evaluations), key=lambda r: (text(r, "at"), r.id)):
        found.setdefault((text(record, "slip"), text(record, "manner")), record)
    return list(found.values())
