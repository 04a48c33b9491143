"""The number ledger: numbers are drawn inside the transaction that uses them, and every one is accounted for."""

from __future__ import annotations

from station_app.store.core import Store
from station_app.store.database import Connection, one
from sync.contract.errors import KnownError
from sync.contract.numbering import Number, is_series


def series_of(store: Store) -> str:
    """This device's series code; E-306 where none was given to it."""
    code = store.setting("number.series")
    if not is_series(code):
        raise KnownError("E-306")
    return code


def draw(store: Store, con: Connection, *, short: str, kind: str, year: int, above: int = 0) -> Number:
    """Draw the next number of a series. The setting `number.start.<kind>.<year>` continues a paper ledger; `above`: the
    number is higher than this one.
    """
    series = series_of(store)
    start = int(store.setting(f"number.start.{kind}.{year}", "1"))
    last = one(
        con,
        "SELECT coalesce(max(n), ?) FROM number WHERE committee = ? AND kind = ? AND year = ? AND series = ?",
        (start - 1, short, kind, year, series),
    )[0]
    number = Number(year, short, kind, series, max(int(last) + 1, start, above + 1))
    con.execute(
        "INSERT INTO number(committee, kind, year, series, n, text, state) VALUES(?, ?, ?, ?, ?, ?, 'used')",
        (short, kind, year, series, number.n, number.text(brackets=store.setting("number.brackets") or "（）")),
    )
    return number


def void(con: Connection, text: str, reason: str) -> None:
    """Mark a number void with its reason; it is never given out again."""
    con.execute("UPDATE number SET state = 'void', reason = ? WHERE text = ?", (reason, text))


def ledger(con: Connection, short: str, year: int) -> list[tuple[str, int, str, str, str]]:
    """(series, n, text, state, reason) of a committee's year, in order."""
    rows = con.execute(
        "SELECT series, n, text, state, coalesce(reason, '') FROM number WHERE committee = ? AND year = ?"
        " ORDER BY kind, series, n",
        (short, year),
    )
    return [(str(r[0]), int(r[1]), str(r[2]), str(r[3]), str(r[4])) for r in rows]


def lasts(con: Connection, series: str) -> tuple[tuple[int, int], ...]:
    """(year, highest number known) of a series, over all kinds, newest year first."""
    rows = con.execute("SELECT year, max(n) FROM number WHERE series = ? GROUP BY year ORDER BY year DESC", (series,))
    return tuple((int(year), int(n)) for year, n in rows)
