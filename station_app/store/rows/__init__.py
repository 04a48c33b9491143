"""Tables as SQLModel classes: the base of all, and those of travelling (the rest stands in store/tables.py)."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel


class Table(SQLModel):
    """Base of all tables here; they have a catalogue of their own."""

    metadata = MetaData()


class OfCase(Table):
    """What every row of a record has: its case and its id."""

    case_id: int = Field(primary_key=True)
    rec: str = Field(primary_key=True)


class FileNoted(Table):
    """A file by its SHA-256 in hex, and since when (ms)."""

    sha: str = Field(primary_key=True)
    at: int
