"""Tables: both back ends hold the same ones, old ones are brought up to date, newer and foreign ones refused."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest

from sync.contract.errors import KnownError
from sync.server import keys
from sync.server.server import Server, open_server
from sync.server.storage import schema
from sync.server.storage.port import Tx, open_storage
from sync.server.storage.postgres import PostgresStorage
from sync.server.storage.sqlite import SqliteStorage
from tests.support.clock import FakeClock


def test_the_list_of_columns_is_the_tables(server: Server) -> None:
    """Backups rely on it: a column that is not listed would be lost."""
    with server.storage.read() as tx:
        if server.storage.dialect == "sqlite":
            tables = [str(r[0]) for r in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = {t: [str(r[1]) for r in tx.rows(f"PRAGMA table_info({t})")] for t in tables}
        else:
            found = {}
            for table, column in tx.rows(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND table_name <> 'alembic_version' ORDER BY ordinal_position"
            ):
                found.setdefault(str(table), []).append(str(column))
    assert found == {table: columns.split() for table, columns in (schema.TABLES | schema.MADE_ANEW).items()}


def test_threads_that_come_and_go_leave_no_reader_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server begins a thread where many call at once and ends it when they are gone, all day long."""
    opened: list[sqlite3.Connection] = []
    connect = SqliteStorage._connect

    def counted(storage: SqliteStorage) -> sqlite3.Connection:
        opened.append(connect(storage))
        return opened[-1]

    monkeypatch.setattr(SqliteStorage, "_connect", counted)
    storage = SqliteStorage(tmp_path / "district.db")
    storage.prepare()
    together = threading.Barrier(4)

    def read() -> None:
        with storage.read() as tx:
            tx.row("SELECT count(*) FROM meta")
            together.wait(20)

    for _ in range(30):
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with pytest.raises(sqlite3.OperationalError), storage.read() as tx:
        tx.row("SELECT nothing FROM nowhere")
    with storage.read() as outer, storage.read() as inner:
        assert outer.row("SELECT 1") == inner.row("SELECT 1") == (1,)
    assert len(opened) <= 1 + 4, "the writer, and as many readers as ever read at once"
    storage.close()
    for con in opened:
        with pytest.raises(sqlite3.ProgrammingError):
            con.execute("SELECT 1")


def test_a_failed_write_leaves_nothing(server: Server) -> None:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO meta VALUES('half', 'done')")
        raise KnownError("E-223", what="x")

    with pytest.raises(KnownError):
        server.storage.write(work)
    with server.storage.read() as tx:
        assert tx.row("SELECT 1 FROM meta WHERE key = 'half'") is None


def test_preparing_twice_changes_nothing(server: Server) -> None:
    server.storage.prepare()
    with server.storage.read() as tx:
        assert tx.row("SELECT count(*) FROM station") == (3,)


def test_a_newer_or_foreign_file_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    keys.create(tmp_path, name="区")
    open_server(tmp_path, clock).close()
    file = tmp_path / keys.DATABASE
    with sqlite3.connect(file) as con:
        con.execute("PRAGMA user_version=99")
    con.close()
    with pytest.raises(KnownError, match="E-509"):
        open_server(tmp_path, clock)
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(KnownError, match="E-508"):
        open_server(tmp_path, clock)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as con:
        con.execute("PRAGMA application_id=7")
        con.execute("CREATE TABLE x(y)")
    con.close()
    storage = SqliteStorage(other)
    with pytest.raises(KnownError, match="E-508"):
        storage.prepare()
    storage.close()


@pytest.mark.postgres
def test_a_newer_postgresql_database_is_refused(postgres_url: str) -> None:
    storage = PostgresStorage(postgres_url)
    storage.prepare()
    with psycopg.connect(postgres_url) as con:
        con.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match="E-509"):
        storage.prepare()
    storage.close()


@pytest.mark.postgres
def test_bytes_are_not_compressed_again(postgres_url: str) -> None:
    storage = PostgresStorage(postgres_url)
    storage.prepare()
    with storage.read() as tx:
        rows = tx.rows(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attstorage = 'e' ORDER BY 1, 2"
        )
    assert {(str(t), str(c)) for t, c in rows if not str(t).startswith("pg_")} == set(schema.EXTERNAL)
    storage.close()


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(KnownError, match="E-518"):
        open_storage("mysql://x")
    with pytest.raises(KnownError, match="E-514"):
        open_storage("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")


def test_keys_are_kept_from_others(tmp_path: Path) -> None:
    keys.create(tmp_path, name="区")
    assert (tmp_path / keys.KEYS).stat().st_mode & 0o077 == 0
    with pytest.raises(KnownError, match="E-511"):
        keys.create(tmp_path, name="区")
    (tmp_path / keys.KEYS).write_text("{}")
    with pytest.raises(KnownError, match="E-517"):
        keys.load(tmp_path)
    with pytest.raises(KnownError, match="E-510"):
        keys.load(tmp_path / "none")
