"""How many questions about numbers wait for a person: the figure in the menu counts them, the page names them."""

from __future__ import annotations

from station_app.services.numbering import clashes, unknown
from station_app.services.station import Station


def count(station: Station) -> int:
    """Cards of 编号核对: each number given twice, numbers nobody accounts for, papers to compare after a restore. 0 for
    a role that cannot settle them.
    """
    if not station.can(clashes.VERB):
        return 0
    asked = (bool(unknown.gaps(station, limit=1)), unknown.restored(station) is not None)
    return clashes.count(station) + sum(asked)
