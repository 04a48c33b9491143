"""The tables of the local database. Truth is migrated; projections are dropped and folded anew when they change.

Truth: ops, incarnations, certificates, blobs, number ledger, keys, and what belongs to this PC only (drafts,
settings, cursors, logs). Projections: lists, search index, counters (CONTRACT 4).
"""

from __future__ import annotations

from typing import Final

from sync.contract import catalogue

TRUTH_VERSION: Final = 1
"""PRAGMA user_version; a database with a higher one is refused (E-509)."""

PROJECTION_VERSION: Final = 16


def projection_mark() -> str:
    """Version of the lists and of the catalogue they were folded by: a later catalogue knows more of the same ops."""
    return f"{PROJECTION_VERSION}.{catalogue.CATALOGUE_VERSION}"


APPLICATION_ID: Final = 0x474D5354
"""PRAGMA application_id "GMST": tells a station database from a foreign file."""

TRUTH: Final = (
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # an op's key is inst.no << 32 | seq: integers in the order of making, no second index
    """CREATE TABLE inst(no INTEGER PRIMARY KEY, inst TEXT NOT NULL UNIQUE, device TEXT, before BLOB,
       own INTEGER NOT NULL)""",
    """CREATE TABLE op(id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, header BLOB NOT NULL, body BLOB,
       rev INTEGER, cert INTEGER)""",
    # the first two ops of a case lie at the case's own key; only later ones need an index, so a new case touches none
    "CREATE INDEX op_later ON op(case_id) WHERE id - case_id NOT IN (0, 1)",
    "CREATE TABLE cert(id INTEGER PRIMARY KEY, signer TEXT NOT NULL, runs BLOB NOT NULL, signature BLOB NOT NULL)",
    "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, op TEXT NOT NULL, header BLOB, body BLOB, code TEXT, at INTEGER)",
    # one row: everything a save must read and write shares one page
    """CREATE TABLE head(one INTEGER PRIMARY KEY CHECK(one = 1), inst INTEGER NOT NULL, seq INTEGER NOT NULL,
       head BLOB NOT NULL, counter INTEGER NOT NULL, changes INTEGER NOT NULL, cases INTEGER NOT NULL,
       ops INTEGER NOT NULL)""",
    """CREATE TABLE number(committee TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, series TEXT NOT NULL,
       n INTEGER NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL, op INTEGER, reason TEXT,
       PRIMARY KEY(committee, kind, year, series, n)) WITHOUT ROWID""",
    "CREATE TABLE blob(sha TEXT PRIMARY KEY, case_id INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL,"
    " sent INTEGER NOT NULL DEFAULT 0)",
    # `sent` lies behind the bytes: without this index a look for waiting files would read all of them
    "CREATE INDEX blob_waiting ON blob(case_id) WHERE sent = 0",
    "CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE root_key(id TEXT PRIMARY KEY, key BLOB NOT NULL, own INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE case_key(case_id INTEGER, compartment TEXT, root TEXT, key BLOB NOT NULL,"
    " PRIMARY KEY(case_id, compartment, root)) WITHOUT ROWID",
    # belongs to this PC only, never travels
    """CREATE TABLE draft(id INTEGER PRIMARY KEY, user TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
       title TEXT NOT NULL, data TEXT NOT NULL, caret TEXT NOT NULL, saved INTEGER NOT NULL,
       UNIQUE(user, kind, record))""",
    "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE cursor(stream TEXT PRIMARY KEY, cursor INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE history(case_id INTEGER PRIMARY KEY, case_rec TEXT NOT NULL, stream TEXT NOT NULL,"
    " cursor INTEGER NOT NULL, done INTEGER NOT NULL)",
    """CREATE TABLE acked(inst TEXT PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL,
       at INTEGER NOT NULL) WITHOUT ROWID""",
    # devices keys can be wrapped to; ops the server could not apply; files the server did not have when asked
    """CREATE TABLE directory(device TEXT PRIMARY KEY, station TEXT NOT NULL, sign_key BLOB NOT NULL,
       seal_key BLOB NOT NULL, until INTEGER NOT NULL, revoked INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE refused(op TEXT PRIMARY KEY, code TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE put_back(op TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE missed(sha TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    # files a person asked for; files that are not what their hash says; pieces sent (no data) or received of large ones
    "CREATE TABLE wanted(sha TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE damaged(sha TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE piece(sha TEXT NOT NULL, no INTEGER NOT NULL, data BLOB, PRIMARY KEY(sha, no))",
    "CREATE TABLE access_log(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, act TEXT NOT NULL,"
    " case_rec TEXT, detail TEXT)",
)

PROJECTIONS: Final = (
    # no index on columns that change: each costs 3.5 ms per 100 scattered changes and a page in every save
    """CREATE TABLE case_row(id INTEGER PRIMARY KEY, rec TEXT NOT NULL, stream TEXT NOT NULL, station TEXT NOT NULL,
       title TEXT NOT NULL, service TEXT, channel TEXT, type TEXT, labour INTEGER, state TEXT, number TEXT,
       applicants TEXT, respondents TEXT, people INTEGER, amount INTEGER, place TEXT, colour TEXT,
       found_at TEXT, registered_at TEXT, accepted_at TEXT, resolved_at TEXT, confirmed_at TEXT, fedback_at TEXT,
       ended_at TEXT, difficult INTEGER, key_area TEXT, step TEXT, step_since TEXT, form TEXT, grade_month TEXT,
       mediator TEXT, own INTEGER NOT NULL, shared INTEGER NOT NULL, demo INTEGER NOT NULL, discarded INTEGER NOT NULL,
       merged TEXT, conflicts INTEGER NOT NULL, late INTEGER NOT NULL, unreadable INTEGER NOT NULL,
       closed INTEGER NOT NULL, changed INTEGER NOT NULL, wall INTEGER NOT NULL)""",
    # each round asks which shared cases changed since the last one; a case of this station alone has no entry
    "CREATE INDEX case_shared ON case_row(changed) WHERE shared = 1",
    "CREATE INDEX case_closed ON case_row(changed) WHERE closed > 0",
    # children lie together under their case: one tree, no second index
    """CREATE TABLE paper_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, template TEXT, title TEXT,
       version INTEGER, number TEXT, pages INTEGER, pdf TEXT, state TEXT, issued INTEGER,
       PRIMARY KEY(case_id, rec)) WITHOUT ROWID""",
    """CREATE TABLE due_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, due TEXT, what TEXT, amount INTEGER,
       done INTEGER, PRIMARY KEY(case_id, rec)) WITHOUT ROWID""",
    # orders and hand-offs: which cases have them, and whether they are done with; the rest is read from the fold
    """CREATE TABLE loop_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, kind TEXT NOT NULL, done INTEGER NOT NULL,
       PRIMARY KEY(case_id, rec)) WITHOUT ROWID""",
    # the diary: sessions, bookings, hearings, and what is planned next; days and moments as text
    """CREATE TABLE plan_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
       until TEXT NOT NULL, place TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, done INTEGER NOT NULL,
       PRIMARY KEY(case_id, rec, kind)) WITHOUT ROWID""",
    # numbers as the ledger's records say them: who bears which, so that one given twice is seen
    """CREATE TABLE number_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, committee TEXT NOT NULL,
       kind TEXT NOT NULL, year INTEGER NOT NULL, series TEXT NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL,
       state TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(case_id, rec)) WITHOUT ROWID""",
    # files that records name: papers, scans, evidence and its originals; `sha` is the SHA-256 of the bytes
    """CREATE TABLE file_row(case_id INTEGER NOT NULL, rec TEXT NOT NULL, sha TEXT NOT NULL, kind TEXT NOT NULL,
       bytes INTEGER NOT NULL, PRIMARY KEY(case_id, rec, sha)) WITHOUT ROWID""",
    "CREATE INDEX file_sha ON file_row(sha)",
    """CREATE TABLE problem(id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, kind TEXT NOT NULL, rec TEXT NOT NULL,
       unit TEXT NOT NULL, op TEXT NOT NULL, detail TEXT NOT NULL)""",
    "CREATE INDEX problem_case ON problem(case_id)",
    "CREATE TABLE pend(id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    # cases taken in of which only the register was folded; the rest follows on the idle lane
    "CREATE TABLE unread(case_id INTEGER PRIMARY KEY, at INTEGER NOT NULL, papers INTEGER NOT NULL)",
    "CREATE INDEX unread_papers ON unread(case_id) WHERE papers",
    # orders of the district to erase a case, as their signed values (JSON); the latest of each case
    "CREATE TABLE erased(case_rec TEXT PRIMARY KEY, at INTEGER NOT NULL, said TEXT NOT NULL) WITHOUT ROWID",
    """CREATE VIRTUAL TABLE idx USING fts5(t, content='', contentless_delete=1, tokenize='ascii', prefix='1')""",
)

INDEX_SETTINGS: Final = (
    # a new index merges in idle time, never inside a save (10 to 115 ms)
    "INSERT INTO idx(idx, rank) VALUES('automerge', 0)",
    "INSERT INTO idx(idx, rank) VALUES('crisismerge', 1000)",
    # SQLCipher keeps 80 bytes of a page: FTS5's 4,050 would spill 3,576 of each leaf into a page of its own
    "INSERT INTO idx(idx, rank) VALUES('pgsz', 3900)",
)

PROJECTION_NAMES: Final = (
    "case_row",
    "paper_row",
    "due_row",
    "loop_row",
    "plan_row",
    "number_row",
    "file_row",
    "problem",
    "pend",
    "unread",
    "erased",
    "idx",
)
