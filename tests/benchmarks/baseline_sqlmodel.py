"""Baseline, frozen: one appeal row as plain SQLModel saves it into an encrypted database of the same kind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlmodel import Field, Session, SQLModel


class AppealRow(SQLModel, table=True):
    """The appeal as a textbook program would keep it, parties as text columns."""

    __tablename__ = "bench_appeal"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    title: str
    service: str
    channel: str
    kind: str
    state: str = Field(index=True)
    place: str
    people: int
    amount: int
    summary: str
    story: str
    applicant: str = Field(index=True)
    applicant_id: str
    applicant_phone: str
    respondent: str
    respondent_id: str
    created: datetime


def engine(path: Path, key: bytes) -> Engine:
    """SQLAlchemy over SQLCipher with the same page key, WAL and FULL as the store."""
    made = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: sqlcipher.connect(str(path), check_same_thread=False)
    )

    @event.listens_for(made, "connect")
    def _pragmas(raw: sqlcipher.Connection, _record: object) -> None:
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("PRAGMA cache_size = -32000")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")

    SQLModel.metadata.create_all(made, tables=[SQLModel.metadata.tables["bench_appeal"]])
    return made


def save(made: Engine, number: int) -> None:
    """Insert and commit one row."""
    with Session(made) as session:
        session.add(
            AppealRow(
                number=f"N{number}",
                title="田志强与演示宏川劳务有限公司拖欠农民工工资纠纷",
                service="mediation",
                channel="visit",
                kind="wage_arrears",
                state="registered",
                place="科学城工地东区",
                people=1,
                amount=840000,
                summary="某劳务公司拖欠工资，要求付清",
                story="自十月八日起未发工资，多次催要未果。" * 4,
                applicant="田志强",
                applicant_id="45012619890412011X",
                applicant_phone="15026018159",
                respondent="演示宏川劳务有限公司",
                respondent_id="91440311MADEM0002W",
                created=datetime.now(UTC),
            )
        )
        session.commit()
