"""Alembic for PostgreSQL: brings a database to the newest version; the statements are those of schema.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from sync.contract.errors import KnownError
from sync.server.storage import schema

HERE: Final = Path(__file__).parent / "migrations"
_COLUMN = re.compile(r"(\w+) (TEXT|\{int\}|\{bytes\})")
_PYTHON: Final[dict[str, type]] = {"TEXT": str, "{int}": int, "{bytes}": bytes}


def upgrade(url: str) -> None:
    """Run what is missing, two processes at once included; E-509 where a newer program made the database."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine, text

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)
    )
    try:
        with engine.connect() as con, con.begin():
            con.execute(text("SELECT pg_advisory_xact_lock(71747)"))
            script = ScriptDirectory.from_config(config)
            now = MigrationContext.configure(con).get_current_revision()
            if now == script.get_current_head():
                return
            if now is not None and now not in {s.revision for s in script.walk_revisions()}:
                raise KnownError("E-509", path="PostgreSQL")
            config.attributes["connection"] = con
            command.upgrade(config, "head")
    finally:
        engine.dispose()


@lru_cache(maxsize=64)
def _columns(table: str) -> dict[str, type]:
    for version in schema.VERSIONS:
        for statement in version:
            if statement.startswith(f"CREATE TABLE {table}("):
                return {name: _PYTHON[kind] for name, kind in _COLUMN.findall(statement)}
    raise AssertionError(f"no table {table}")


def types_of(table: str, columns: Sequence[str]) -> list[type]:
    """Python type of each column, for COPY."""
    known = _columns(table)
    return [known[column] for column in columns]
