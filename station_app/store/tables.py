"""The store's tables as SQLModel classes for typed reads off the hot path, kept equal to schema.py by a test.

Saving, opening and bulk work go through the driver: importing this takes a third of a second, so it is done late.
"""

from __future__ import annotations

from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, Session

from station_app.store.database import Connection
from station_app.store.rows import OfCase, Table
from station_app.store.rows import travel as of_travelling  # noqa: F401  - its tables join the catalogue


def reading(con: Connection) -> Session:
    """A session over a reader's connection: `reading(store.reader).exec(select(CaseRow))`. Not for writing."""
    import sqlcipher3.dbapi2 as sqlcipher

    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: con, poolclass=StaticPool)
    return Session(engine, autoflush=False)


class Meta(Table, table=True):
    """What the database says of itself: versions of projections and program."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class Inst(Table, table=True):
    """Incarnations known here; `no` is the upper half of op and case keys."""

    __tablename__ = "inst"
    no: int = Field(primary_key=True)
    inst: str
    device: str | None = None
    before: bytes | None = None
    own: int


class OpRow(Table, table=True):
    """One op: header and body as the bytes they were made as; `rev` is the server's number."""

    __tablename__ = "op"
    id: int = Field(primary_key=True)
    case_id: int
    header: bytes
    body: bytes | None = None
    rev: int | None = None
    cert: int | None = None


class Cert(Table, table=True):
    """Who vouched for which runs of ops."""

    __tablename__ = "cert"
    id: int = Field(primary_key=True)
    signer: str
    runs: bytes
    signature: bytes


class Quarantine(Table, table=True):
    """Bytes that are no well-formed op, kept for a person to look at."""

    __tablename__ = "quarantine"
    id: int = Field(primary_key=True)
    op: str
    header: bytes | None = None
    body: bytes | None = None
    code: str | None = None
    at: int | None = None


class Head(Table, table=True):
    """One row: the running incarnation's head, and the counters."""

    __tablename__ = "head"
    one: int = Field(primary_key=True)
    inst: int
    seq: int
    head: bytes
    counter: int
    changes: int
    cases: int
    ops: int


class NumberRow(Table, table=True):
    """The number ledger."""

    __tablename__ = "number"
    committee: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    series: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    text: str
    state: str
    op: int | None = None
    reason: str | None = None


class Blob(Table, table=True):
    """Sealed files up to 1 MB, by SHA-256."""

    __tablename__ = "blob"
    sha: str = Field(primary_key=True)
    case_id: int
    size: int
    data: bytes
    sent: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class Secret(Table, table=True):
    """This device's private keys."""

    __tablename__ = "secret"
    name: str = Field(primary_key=True)
    value: bytes


class RootKey(Table, table=True):
    """Root keys held here; `own` marks the one this device seals with."""

    __tablename__ = "root_key"
    id: str = Field(primary_key=True)
    key: bytes
    own: int


class CaseKey(Table, table=True):
    """Keys of single cases that were granted to this station."""

    __tablename__ = "case_key"
    case_id: int = Field(primary_key=True)
    compartment: str = Field(primary_key=True)
    root: str = Field(primary_key=True)
    key: bytes


class DraftRow(Table, table=True):
    """Unfinished forms of one user."""

    __tablename__ = "draft"
    id: int = Field(primary_key=True)
    user: str
    kind: str
    record: str
    title: str
    data: str
    caret: str
    saved: int


class Setting(Table, table=True):
    """Settings of this PC."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str


class Cursor(Table, table=True):
    """How far a stream was read."""

    __tablename__ = "cursor"
    stream: str = Field(primary_key=True)
    cursor: int


class History(Table, table=True):
    """How far the past of a granted case was read."""

    __tablename__ = "history"
    case_id: int = Field(primary_key=True)
    case_rec: str
    stream: str
    cursor: int
    done: int


class Acked(Table, table=True):
    """What the server acknowledged of an incarnation; `at` in ms."""

    __tablename__ = "acked"
    inst: str = Field(primary_key=True)
    seq: int
    head: bytes
    at: int


class AccessLog(Table, table=True):
    """Who looked at, printed or exported what; `at` in ms."""

    __tablename__ = "access_log"
    id: int = Field(primary_key=True)
    at: int
    user: str
    act: str
    case_rec: str | None = None
    detail: str | None = None


class CaseRow(Table, table=True):
    """One line of the lists; `amount` in 分, moments as YYYY-MM-DDTHH:MM."""

    __tablename__ = "case_row"
    id: int = Field(primary_key=True)
    rec: str
    stream: str
    station: str
    title: str
    service: str | None = None
    channel: str | None = None
    type: str | None = None
    labour: int | None = None
    state: str | None = None
    number: str | None = None
    applicants: str | None = None
    respondents: str | None = None
    people: int | None = None
    amount: int | None = None
    place: str | None = None
    colour: str | None = None
    found_at: str | None = None
    registered_at: str | None = None
    accepted_at: str | None = None
    resolved_at: str | None = None
    confirmed_at: str | None = None
    fedback_at: str | None = None
    ended_at: str | None = None
    difficult: int | None = None
    key_area: str | None = None
    step: str | None = None
    step_since: str | None = None
    form: str | None = None
    grade_month: str | None = None
    mediator: str | None = None
    own: int
    shared: int
    demo: int
    discarded: int
    merged: str | None = None
    conflicts: int
    late: int
    unreadable: int
    closed: int
    changed: int
    wall: int


class PaperRow(OfCase, table=True):
    """Issued papers of a case; `pdf` is the SHA-256 of the bytes."""

    __tablename__ = "paper_row"
    template: str | None = None
    title: str | None = None
    version: int | None = None
    number: str | None = None
    pages: int | None = None
    pdf: str | None = None
    state: str | None = None
    issued: int | None = None


class DueRow(OfCase, table=True):
    """Obligations of a case: due day, sum in 分, whether performed."""

    __tablename__ = "due_row"
    due: str | None = None
    what: str | None = None
    amount: int | None = None
    done: int | None = None


class LoopRow(OfCase, table=True):
    """Orders and hand-offs of a case, and whether they are done with."""

    __tablename__ = "loop_row"
    kind: str
    done: int


class PlanRow(OfCase, table=True):
    """The diary of a case: what was held, is booked, or is planned next; days and moments as text."""

    __tablename__ = "plan_row"
    kind: str = Field(primary_key=True)
    at: str
    until: str
    place: str
    who: str
    what: str
    done: int


class NumberHeld(OfCase, table=True):
    """A number as the record of a case says it; the local ledger of what was drawn here is `NumberRow`."""

    __tablename__ = "number_row"
    committee: str
    kind: str
    year: int
    series: str
    n: int
    text: str
    state: str
    reason: str


class FileRow(OfCase, table=True):
    """Files that records of a case name; `sha` is the SHA-256 of the bytes."""

    __tablename__ = "file_row"
    sha: str = Field(primary_key=True)
    kind: str
    bytes: int


class Problem(Table, table=True):
    """Conflicts, late edits and refused ops of a case."""

    __tablename__ = "problem"
    id: int = Field(primary_key=True)
    case_id: int
    kind: str
    rec: str
    unit: str
    op: str
    detail: str


class Pend(Table, table=True):
    """Texts the search index has not taken over yet."""

    __tablename__ = "pend"
    id: int = Field(primary_key=True)
    text: str


class Erased(Table, table=True):
    """Orders of the district to erase a case; `said`: the record's values (JSON), `at` in ms."""

    __tablename__ = "erased"
    case_rec: str = Field(primary_key=True)
    at: int
    said: str


class Unread(Table, table=True):
    """Cases taken in of which only the register was folded; `papers`: some of them were issued with papers."""

    __tablename__ = "unread"
    case_id: int = Field(primary_key=True)
    at: int
    papers: int
