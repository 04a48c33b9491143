"""Tables of what travels and of what went wrong on the way; schema.py creates them, a test keeps them equal."""

from __future__ import annotations

from sqlmodel import Field

from station_app.store.rows import FileNoted, Table


class DirectoryRow(Table, table=True):
    """Devices that keys can be wrapped to; `until` in ms."""

    __tablename__ = "directory"
    device: str = Field(primary_key=True)
    station: str
    sign_key: bytes
    seal_key: bytes
    until: int
    revoked: int


class Refused(Table, table=True):
    """Ops the server stored and could not apply."""

    __tablename__ = "refused"
    op: str = Field(primary_key=True)
    code: str
    at: int


class PutBack(Table, table=True):
    """Ops that were not taken and whose content a person wrote anew."""

    __tablename__ = "put_back"
    op: str = Field(primary_key=True)
    at: int


class Missed(FileNoted, table=True):
    """Files the server did not have when asked."""

    __tablename__ = "missed"


class Wanted(FileNoted, table=True):
    """Files a person asked for that are not here."""

    __tablename__ = "wanted"


class Damaged(FileNoted, table=True):
    """Files that were found not to be what their hash says."""

    __tablename__ = "damaged"


class Piece(Table, table=True):
    """Pieces of a large file: sent (no data) or received."""

    __tablename__ = "piece"
    sha: str = Field(primary_key=True)
    no: int = Field(primary_key=True)
    data: bytes | None = None
