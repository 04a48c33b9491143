"""PostgreSQL back end (15 and later): a small pool of connections, binary COPY, tables made by Alembic migrations."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, TypeVar

import psycopg
from psycopg import errors
from psycopg.types.string import BytesBinaryDumper

from sync.contract.errors import KnownError
from sync.server.storage import migrate
from sync.server.storage.port import Reader, Row, Tx, Values

T = TypeVar("T")
POOL: Final = 16
_TRIES: Final = 5
_TYPES: Final[dict[type, str]] = {int: "int8", str: "text", bytes: "bytea"}


@lru_cache(maxsize=512)
def _places(sql: str) -> bytes:
    """`?` is how the port writes a place; a `%` of the statement itself is doubled."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


class PostgresTx:
    """A transaction on one connection."""

    locked = " FOR UPDATE"

    def __init__(self, con: psycopg.Connection[Row]) -> None:
        """Wrap a connection."""
        self._con = con

    def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; the number of rows it touched."""
        return self._con.execute(_places(sql), values).rowcount

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        return self._con.execute(_places(sql), values, binary=True).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        return self._con.execute(_places(sql), values, binary=True).fetchone()

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run one statement for many rows, in one round trip."""
        if rows:
            with self._con.cursor() as cursor:
                cursor.executemany(_places(sql), rows)

    def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """Insert by binary COPY; the types of the columns are those of the tables: BIGINT, TEXT, BYTEA."""
        if rows:
            with self.copying(table, columns, rows):
                pass

    @contextmanager
    def copying(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> Iterator[None]:
        """The rows are on their way while the block runs; the server's answer is waited for after it."""
        with self._con.cursor() as cursor:
            statement = f"COPY {table}({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
            with cursor.copy(statement.encode()) as copy:
                copy.set_types([_TYPES[kind] for kind in migrate.types_of(table, columns)])
                for row in rows:
                    copy.write_row(row)
                yield

    def among(self, column: str, values: Sequence[str]) -> tuple[str, object]:
        """A test against a list of texts."""
        return f"{column} = ANY(?)", list(values)


class PostgresStorage:
    """A district's database on PostgreSQL."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        """Connect; E-514 where that is not possible."""
        self.url = url
        self._free: list[psycopg.Connection[Row]] = []
        self._lock = threading.Lock()
        self._gate = threading.BoundedSemaphore(POOL)
        with self._connection():
            pass

    def prepare(self) -> None:
        """Run the migrations; E-509 where the database is of a newer program."""
        migrate.upgrade(self.url)

    def _open(self) -> psycopg.Connection[Row]:
        try:
            con: psycopg.Connection[Row] = psycopg.connect(self.url, autocommit=True, options="-c jit=off")
        except psycopg.OperationalError as exc:
            raise KnownError("E-514", detail=str(exc).strip().splitlines()[0]) from exc
        if con.info.server_version < 150000:
            con.close()
            raise KnownError("E-514", detail="PostgreSQL < 15")
        con.adapters.register_dumper(bytes, BytesBinaryDumper)  # the library's last one for bytea is slow: DB-API's own
        return con

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Row]]:
        """A pooled connection; one that broke is not given back."""
        with self._gate:
            with self._lock:
                con = self._free.pop() if self._free else None
            if con is None or con.broken or con.closed:
                con = self._open()
            try:
                yield con
            except psycopg.DataError as exc:  # a NUL in a text of a request; what is stored was cleaned before
                raise KnownError("E-106") from exc
            except psycopg.OperationalError as exc:
                if con.broken:
                    raise KnownError("E-514", detail="connection lost") from exc
                raise
            finally:
                with self._lock:
                    if con.broken or con.closed or con.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                        con.close()
                    else:
                        self._free.append(con)

    def write(self, work: Callable[[Tx], T], *, lazy: bool = False) -> T:
        """Run `work` in a transaction; again after a deadlock or where two began the same row at once."""
        for attempt in range(_TRIES):
            try:
                with self._connection() as con, con.transaction():
                    if lazy:
                        con.execute("SET LOCAL synchronous_commit = off")
                    return work(PostgresTx(con))
            except (errors.DeadlockDetected, errors.SerializationFailure, errors.UniqueViolation):
                if attempt == _TRIES - 1:
                    raise
        raise AssertionError("not reached")

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Autocommit: each statement sees what is committed."""
        with self._connection() as con:
            yield PostgresTx(con)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """One moment of the whole database, read by server-side cursors."""
        con = self._open()

        def read(table: str, columns: Sequence[str]) -> Iterator[Row]:
            with con.cursor(name="snapshot") as cursor:
                cursor.itersize = 500
                cursor.execute(f"SELECT {', '.join(columns)} FROM {table}".encode())
                yield from cursor

        try:
            con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            con.read_only = True
            with con.transaction():
                yield read
        finally:
            con.close()

    def scrub(self) -> None:
        """Let go of dead rows and of their large values; free space in the files is overwritten as it is used again."""
        with self._connection() as con:
            con.execute("VACUUM op, blob, segment, case_row, problem, erase_ask")

    def close(self) -> None:
        """Close the pool."""
        with self._lock:
            for con in self._free:
                con.close()
            self._free.clear()
