"""What belongs to this PC only and never travels: drafts (overwritten every two seconds), access log."""

from __future__ import annotations

import json
from dataclasses import dataclass

from station_app.store.core import Store
from sync.contract.canonical import Json


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form of one user: `record` is "" for a new record, else the record being edited."""

    id: int
    kind: str
    record: str
    title: str
    data: dict[str, Json]
    caret: str
    saved: int


_COLUMNS = "id, kind, record, title, data, caret, saved"


def _draft(row: tuple[object, ...]) -> Draft:
    id_, kind, record, title, data, caret, saved = row
    return Draft(int(str(id_)), str(kind), str(record), str(title), json.loads(str(data)), str(caret), int(str(saved)))


def save_draft(
    store: Store, *, user: str, kind: str, record: str, title: str, data: dict[str, Json], caret: str, now_ms: int
) -> int:
    """Keep a draft durably; the one before it of the same form is overwritten. Returns its id."""
    with store.raw_write() as con:
        con.execute(
            "INSERT INTO draft(user, kind, record, title, data, caret, saved) VALUES(?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT(user, kind, record) DO UPDATE SET title = excluded.title, data = excluded.data,"
            " caret = excluded.caret, saved = excluded.saved",
            (user, kind, record, title, json.dumps(data, ensure_ascii=False), caret, now_ms),
        )
        row = con.execute(
            "SELECT id FROM draft WHERE user = ? AND kind = ? AND record = ?", (user, kind, record)
        ).fetchone()
    return int(row[0])


def drafts(store: Store, user: str) -> list[Draft]:
    """A user's drafts, the last saved first."""
    rows = store.con.execute(f"SELECT {_COLUMNS} FROM draft WHERE user = ? ORDER BY saved DESC", (user,))
    return [_draft(tuple(r)) for r in rows]


def draft_of(store: Store, *, user: str, kind: str, record: str) -> Draft | None:
    """The draft of one form, if there is one."""
    row = store.con.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE user = ? AND kind = ? AND record = ?", (user, kind, record)
    ).fetchone()
    return None if row is None else _draft(tuple(row))


def drop_draft(store: Store, draft_id: int) -> None:
    """Delete a draft: the only thing that is ever physically deleted."""
    with store.raw_write() as con:
        con.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def log_access(store: Store, *, at: int, user: str, act: str, case: str = "", detail: str = "") -> None:
    """Note a view, print or export of personal data (个人信息保护法 51)."""
    with store.raw_write() as con:
        con.execute(
            "INSERT INTO access_log(at, user, act, case_rec, detail) VALUES(?, ?, ?, ?, ?)",
            (at, user, act, case, detail),
        )


def access_log(store: Store, limit: int = 200, *, case: str = "") -> list[tuple[int, str, str, str, str]]:
    """(ms, user, act, case, detail), newest first; of one case, or of all."""
    rows = store.con.execute(
        "SELECT at, user, act, coalesce(case_rec, ''), coalesce(detail, '') FROM access_log"
        " WHERE ?1 IN ('', case_rec) ORDER BY id DESC LIMIT ?2",
        (case, limit),
    )
    return [(int(r[0]), str(r[1]), str(r[2]), str(r[3]), str(r[4])) for r in rows]
