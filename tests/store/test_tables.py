"""The SQLModel classes describe the created tables column by column, and read them with types."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column
from sqlalchemy.dialects import sqlite
from sqlmodel import select

from station_app.services import cases
from station_app.store import database, schema, tables
from station_app.store.database import Connection
from tests.support.stations import make_station, wage_intake

VIRTUAL = ("idx",)
"""The search index and its shadow tables are FTS5's own."""

Shape = list[tuple[str, str, bool, bool, str | None]]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    return database.create(Path(tmp_path_factory.mktemp("tables")) / "x.db", bytes(32))


def created(con: Connection, table: str) -> Shape:
    """(name, type, may be empty, in the key, default) of each column; a key is never empty here."""
    rows = con.execute(f"PRAGMA table_xinfo({table})").fetchall()
    return [(r[1], r[2], not r[3] and not r[5], r[5] > 0, r[4]) for r in rows]


def described(table: str) -> Shape:
    dialect = sqlite.dialect()

    def type_of(column: Column[object]) -> str:
        name = column.type.compile(dialect)
        return "TEXT" if name == "VARCHAR" else name

    def default_of(column: Column[object]) -> str | None:
        return None if column.server_default is None else str(getattr(column.server_default, "arg", ""))

    return [
        (c.name, type_of(c), bool(c.nullable), bool(c.primary_key), default_of(c))
        for c in tables.Table.metadata.tables[table].columns
    ]


def names(con: Connection) -> set[str]:
    rows = con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {r[0] for r in rows if not r[0].startswith(VIRTUAL)}


def test_every_table_has_a_class_and_every_class_a_table(con: Connection) -> None:
    assert names(con) == set(tables.Table.metadata.tables)
    assert {n for n in schema.PROJECTION_NAMES if n not in VIRTUAL} <= names(con)


@pytest.mark.parametrize("table", sorted(tables.Table.metadata.tables))
def test_a_class_is_its_table_column_by_column(con: Connection, table: str) -> None:
    assert described(table) == created(con, table)


@pytest.mark.parametrize("table", sorted(tables.Table.metadata.tables))
def test_the_order_of_a_key_of_several_columns_is_kept(con: Connection, table: str) -> None:
    rows = con.execute(f"PRAGMA table_xinfo({table})").fetchall()
    key = [r[1] for r in sorted(rows, key=lambda r: r[5]) if r[5]]
    assert [c.name for c in tables.Table.metadata.tables[table].primary_key.columns] == key


def test_reads_come_typed_from_the_readers_own_connection(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    case = cases.register(station, intake=wage_intake()).case
    with tables.reading(station.store.reader) as session:
        (row,) = session.exec(select(tables.CaseRow).where(tables.CaseRow.amount == 840000)).all()
        assert (row.rec, row.labour, row.discarded) == (case, 1, 0)
        assert session.exec(select(tables.Head)).one().cases == 1
    assert station.store.reader.execute("SELECT count(*) FROM case_row").fetchone()[0] == 1, "the reader stays open"
