"""Issued reports that name an erased case: their pages go with it; number, hash and who issued them stay on record.

A report is a working paper of the station and no legal file, so nothing asks to keep it (个人信息保护法 47). It was
signed as it is and is never changed: one that names an erased case goes whole, and is made anew from what stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from station_app.store.database import Connection
from sync.contract.fold import Record

if TYPE_CHECKING:
    from station_app.store.core import Store


def cases_of(report: Record) -> set[str]:
    """The cases a report names."""
    value = report.get("cases")
    return {str(case) for case in value} if isinstance(value, list) else set()


def erased(con: Connection) -> set[str]:
    """The cases that were erased."""
    return {str(row[0]) for row in con.execute("SELECT case_rec FROM erased")}


def withheld(store: Store, con: Connection) -> set[str]:
    """Hashes of the pages of all reports that name an erased case."""
    gone = erased(con)
    found = (r for r in store.reference(con).of_kind("report") if gone & cases_of(r)) if gone else ()
    return {str(r.get("pdf") or "") for r in found} - {""}


def drop(store: Store, con: Connection) -> None:
    """Take the pages out that must not be kept, inside the caller's transaction."""
    for sha in withheld(store, con):
        for table in ("blob", "piece", "missed", "wanted", "damaged"):
            con.execute(f"DELETE FROM {table} WHERE sha = ?", (sha,))
