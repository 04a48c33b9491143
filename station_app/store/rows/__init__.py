"""Tables as SQLModel classes: the base of all, and those of travelling (the rest stands in store/tables.py)."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel


class Table(SQLModel):
    """Base of all tables here; they have a catalogue of their own."""

    metadata = MetaData()
