"""The storage port: transactions that run plain SQL common to PostgreSQL and SQLite, and bulk inserts.

Statements are written once, with `?` places and without a dialect's own words. What differs is asked of the
transaction: `locked` (an ending that locks the rows read), `among` (a test against a list), `bulk` (COPY).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

Row: TypeAlias = "tuple[Any, ...]"
"""One row of an answer; the statement decides its types."""

Values: TypeAlias = Sequence[object]
Reader: TypeAlias = "Callable[[str, Sequence[str]], Iterator[Row]]"
"""Streams the rows of a table: (table, columns) -> rows."""
T = TypeVar("T")


class Tx(Protocol):
    """One transaction. Values are int, str, bytes or None."""

    @property
    def locked(self) -> str:
        """Ending of a SELECT that locks its rows until commit."""

    def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; the number of rows it touched."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run one statement for many rows."""

    def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """Insert many new rows the quickest way there is."""

    def copying(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> AbstractContextManager[None]:
        """As `bulk`, but the database is at it while `rows` are made and may be so while the block runs; neither may
        use it.
        """

    def among(self, column: str, values: Sequence[str]) -> tuple[str, object]:
        """Return an SQL test "column is one of these texts" with one place, and the value for that place."""


class Storage(Protocol):
    """A database of one district."""

    dialect: str

    def write(self, work: Callable[[Tx], T], *, lazy: bool = False) -> T:
        """Run `work` in a write transaction: all durable or nothing. Run again where two writers met in a deadlock.

        `lazy` gives up durability of this one commit (a counter that may step back does no harm).
        """

    def read(self) -> AbstractContextManager[Tx]:
        """A transaction for reading; in SQLite one snapshot, in PostgreSQL each statement sees what is committed."""

    def prepare(self) -> None:
        """Create the tables, or bring older ones up to date; E-509 where they are newer than this program."""

    def snapshot(self) -> AbstractContextManager[Reader]:
        """One moment of the whole database, to be read table by table."""

    def scrub(self) -> None:
        """After an erasure: what was deleted is not left in the files either, as far as the database lets it."""

    def close(self) -> None:
        """Close every connection."""


def open_storage(url: str) -> Storage:
    """Open `sqlite:///path` or `postgresql://…`; heavy drivers are loaded only here. E-518 for another kind."""
    from sync.contract.errors import KnownError

    if url.startswith("sqlite:///"):
        from sync.server.storage.sqlite import SqliteStorage

        return SqliteStorage(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        from sync.server.storage.postgres import PostgresStorage

        return PostgresStorage(url.replace("postgresql+psycopg://", "postgresql://", 1))
    raise KnownError("E-518", key="database", value=url.partition(":")[0])
