"""SQLite back end: one writer connection behind a lock, readers handed on; for demonstrations and small districts."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sync.contract.errors import KnownError
from sync.server.storage import schema
from sync.server.storage.port import Reader, Row, Tx, Values

T = TypeVar("T")
APPLICATION_ID: Final = 0x474D4453
"""PRAGMA application_id "GMDS": tells a district's database from a foreign file."""


class SqliteTx:
    """A transaction on one connection."""

    locked = ""

    def __init__(self, con: sqlite3.Connection) -> None:
        """Wrap a connection inside a transaction."""
        self._con = con

    def run(self, sql: str, values: Values = ()) -> int:
        """Run a statement; the number of rows it touched."""
        return self._con.execute(sql, tuple(values)).rowcount

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        return self._con.execute(sql, tuple(values)).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        found: Row | None = self._con.execute(sql, tuple(values)).fetchone()
        return found

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run one statement for many rows."""
        self._con.executemany(sql, rows)

    def bulk(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Insert many new rows."""
        places = ", ".join("?" * len(columns))
        self._con.executemany(f"INSERT INTO {table}({', '.join(columns)}) VALUES({places})", rows)

    @contextmanager
    def copying(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> Iterator[None]:
        """Insert first, then the block."""
        self.bulk(table, columns, rows)
        yield

    def among(self, column: str, values: Sequence[str]) -> tuple[str, object]:
        """A test against a list of texts."""
        return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values))


class SqliteStorage:
    """The database file of a small district."""

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        """Open or create the file; E-508 where it is no database, E-513 where it cannot be made."""
        self.path = path
        self._lock = threading.RLock()
        self._lock_idle = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._con = self._connect()
            self._con.execute("PRAGMA journal_mode=WAL")
        except sqlite3.DatabaseError as exc:
            raise KnownError("E-508", path=path.name) from exc
        except OSError as exc:
            raise KnownError("E-513", path=str(path.parent)) from exc

    def _connect(self) -> sqlite3.Connection:
        con = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
        con.execute("PRAGMA synchronous=FULL")
        con.execute("PRAGMA secure_delete=ON")  # what is erased or replaced is overwritten with zeros
        con.execute("PRAGMA cache_size=-32768")
        return con

    def prepare(self) -> None:
        """Create the tables or add what is missing; E-509 for a newer file, E-508 for a foreign one."""
        with self._lock:
            version = int(self._con.execute("PRAGMA user_version").fetchone()[0])
            mark = int(self._con.execute("PRAGMA application_id").fetchone()[0])
            if mark not in (0, APPLICATION_ID):
                raise KnownError("E-508", path=self.path.name)
            if version > len(schema.VERSIONS):
                raise KnownError("E-509", path=self.path.name)
            for number in range(version, len(schema.VERSIONS)):
                self._con.execute("BEGIN IMMEDIATE")
                for text in schema.statements(number, self.dialect):
                    self._con.execute(text)
                self._con.execute(f"PRAGMA user_version={number + 1}")
                self._con.execute("COMMIT")
            self._con.execute(f"PRAGMA application_id={APPLICATION_ID}")

    def write(self, work: Callable[[Tx], T], *, lazy: bool = False) -> T:
        """Run `work` in a write transaction."""
        with self._lock:
            if lazy:
                self._con.execute("PRAGMA synchronous=NORMAL")
            try:
                self._con.execute("BEGIN IMMEDIATE")
                result = work(SqliteTx(self._con))
                self._con.execute("COMMIT")
            except OverflowError as exc:  # a number of a request that no column holds
                self._con.execute("ROLLBACK")
                raise KnownError("E-106") from exc
            except BaseException:
                if self._con.in_transaction:
                    self._con.execute("ROLLBACK")
                raise
            finally:
                if lazy:
                    self._con.execute("PRAGMA synchronous=FULL")
            return result

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """One snapshot, on a reader that nobody else uses meanwhile. Readers are handed on, not kept by their threads:
        a web server's threads come and go, and each would leave an open file behind.
        """
        with self._lock_idle:
            con = self._idle.pop() if self._idle else None
        if con is None:
            con = self._connect()
            con.execute("PRAGMA query_only=1")
        try:
            con.execute("BEGIN")
            yield SqliteTx(con)
        except OverflowError as exc:  # a number of a request that no column holds
            raise KnownError("E-106") from exc
        finally:
            self._hand_on(con)

    def _hand_on(self, con: sqlite3.Connection) -> None:
        """To whoever reads next; closed where it cannot be used again."""
        try:
            if con.in_transaction:
                con.execute("ROLLBACK")
        except sqlite3.Error:
            con.close()
            raise
        with self._lock_idle:
            if not self._closed:
                self._idle.append(con)
                return
        con.close()

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """One moment of the whole database."""
        con = self._connect()

        def read(table: str, columns: Sequence[str]) -> Iterator[Row]:
            yield from con.execute(f"SELECT {', '.join(columns)} FROM {table}")

        try:
            con.execute("BEGIN")
            yield read
        finally:
            con.close()

    def scrub(self) -> None:
        """Fold the log back and empty it: older pages stand there until they are overwritten."""
        with self._lock:
            self._con.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Check-point and close."""
        with self._lock:
            with self._lock_idle:
                self._closed = True
                for con in self._idle:
                    con.close()
                self._idle.clear()
            self._con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._con.close()
