"""The tables of the district's database, one list of statements a version; a released list is never changed.

The stream stands in every key of what grows, so that native partitions or a distributed PostgreSQL can follow. Bytes
are kept as bytes (never jsonb). `{int}` and `{bytes}` are filled in by the back end.
"""

from __future__ import annotations

from typing import Final

V1: Final = (
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # the organisation, as imported
    "CREATE TABLE stream(code TEXT PRIMARY KEY, name TEXT NOT NULL, street TEXT NOT NULL, rev {int} NOT NULL)",
    """CREATE TABLE committee(short TEXT PRIMARY KEY, name TEXT NOT NULL, stream TEXT NOT NULL, court TEXT NOT NULL,
       address TEXT NOT NULL, phone TEXT NOT NULL, rec TEXT NOT NULL)""",
    """CREATE TABLE station(no {int} PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
       stream TEXT NOT NULL, committee TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL, rec TEXT NOT NULL)""",
    """CREATE TABLE device(id TEXT PRIMARY KEY, station_no {int} NOT NULL, name TEXT NOT NULL, program TEXT NOT NULL,
       sign_key {bytes} NOT NULL, seal_key {bytes} NOT NULL, until {int} NOT NULL, counter {int} NOT NULL,
       revoked {int} NOT NULL, reason TEXT NOT NULL, rec TEXT NOT NULL, enrolled {int} NOT NULL, changed {int} NOT NULL,
       seen {int} NOT NULL, wall {int} NOT NULL)""",
    """CREATE TABLE enrol_code(hash TEXT PRIMARY KEY, station_no {int} NOT NULL, created {int} NOT NULL,
       expires {int} NOT NULL, device TEXT NOT NULL)""",
    """CREATE TABLE series(committee TEXT NOT NULL, code TEXT NOT NULL, device TEXT NOT NULL, spare {int} NOT NULL,
       PRIMARY KEY(committee, code))""",
    "CREATE TABLE account(name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, created {int} NOT NULL)",
    "CREATE TABLE audit(at {int} NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL)",
    # truth: ops, heads, certificates, blobs. `before` is the head before the op: a run on the wire is opened by it.
    """CREATE TABLE inst(inst TEXT PRIMARY KEY, device TEXT NOT NULL, seq {int} NOT NULL, head {bytes} NOT NULL,
       opened {bytes} NOT NULL)""",
    "CREATE INDEX inst_device ON inst(device)",
    """CREATE TABLE op(stream TEXT NOT NULL, rev {int} NOT NULL, inst TEXT NOT NULL, seq {int} NOT NULL,
       case_rec TEXT NOT NULL, origin {int} NOT NULL, compartment TEXT NOT NULL, cert {bytes} NOT NULL,
       before {bytes} NOT NULL, header {bytes} NOT NULL, body {bytes}, PRIMARY KEY(stream, rev))""",
    "CREATE INDEX op_inst ON op(inst, seq)",
    "CREATE INDEX op_case ON op(stream, case_rec, rev) WHERE case_rec <> ''",
    """CREATE TABLE certificate(id {bytes} PRIMARY KEY, signer TEXT NOT NULL, runs {bytes} NOT NULL,
       signature {bytes} NOT NULL, at {int} NOT NULL)""",
    """CREATE TABLE blob(stream TEXT NOT NULL, case_rec TEXT NOT NULL, id TEXT NOT NULL, size {int} NOT NULL,
       data {bytes} NOT NULL, device TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(stream, case_rec, id))""",
    # projections of ops
    """CREATE TABLE case_row(stream TEXT NOT NULL, rec TEXT NOT NULL, station TEXT NOT NULL, title TEXT, service TEXT,
       channel TEXT, type TEXT, labour {int}, place TEXT, people {int}, amount {int}, state TEXT, colour TEXT,
       number TEXT, found_at TEXT, registered_at TEXT, accepted_at TEXT, resolved_at TEXT, confirmed_at TEXT,
       fedback_at TEXT, applicants TEXT NOT NULL, respondents TEXT NOT NULL, conflicts {int} NOT NULL,
       discarded {int} NOT NULL, demo {int} NOT NULL, PRIMARY KEY(stream, rec))""",
    "CREATE INDEX case_row_rec ON case_row(rec)",
    """CREATE TABLE paper_mark(rec TEXT PRIMARY KEY, stream TEXT NOT NULL, case_rec TEXT NOT NULL, paper TEXT NOT NULL,
       template TEXT NOT NULL, number TEXT NOT NULL, version {int} NOT NULL, pages {int} NOT NULL,
       facts_hash TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, device TEXT NOT NULL)""",
    "CREATE INDEX paper_mark_paper ON paper_mark(paper)",
    "CREATE INDEX paper_mark_case ON paper_mark(case_rec)",
    """CREATE TABLE number_row(rec TEXT PRIMARY KEY, stream TEXT NOT NULL, case_rec TEXT NOT NULL,
       committee TEXT NOT NULL, kind TEXT NOT NULL, year {int} NOT NULL, series TEXT NOT NULL, n {int} NOT NULL,
       text TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, clash {int} NOT NULL)""",
    "CREATE INDEX number_case ON number_row(case_rec)",
    "CREATE INDEX number_key ON number_row(committee, kind, year, series, n)",
    """CREATE TABLE case_grant(rec TEXT PRIMARY KEY, stream TEXT NOT NULL, case_rec TEXT NOT NULL,
       station TEXT NOT NULL, until TEXT NOT NULL, revoked {int} NOT NULL)""",
    "CREATE INDEX case_grant_station ON case_grant(station)",
    "CREATE INDEX case_grant_case ON case_grant(case_rec)",
    """CREATE TABLE ref_change(rec TEXT NOT NULL, stream TEXT NOT NULL, rev {int} NOT NULL,
       PRIMARY KEY(rec, stream, rev))""",
    "CREATE TABLE person_row(rec TEXT PRIMARY KEY, station TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL)",
    """CREATE TABLE verdict_row(rec TEXT PRIMARY KEY, target TEXT NOT NULL, answer TEXT NOT NULL, code TEXT NOT NULL,
       reason TEXT NOT NULL)""",
    "CREATE INDEX verdict_target ON verdict_row(target)",
    """CREATE TABLE problem(op TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, stream TEXT NOT NULL,
       case_rec TEXT NOT NULL, device TEXT NOT NULL, at {int} NOT NULL, settled {int} NOT NULL,
       PRIMARY KEY(op, code))""",
    "CREATE INDEX problem_open ON problem(at) WHERE settled = 0",
)

V2: Final = (
    # what a PC that is far behind fetches instead of pages (sync/server/segments): made anew from `op` at any time
    """CREATE TABLE segment(stream TEXT NOT NULL, station_no {int} NOT NULL, low {int} NOT NULL, high {int} NOT NULL,
       id TEXT NOT NULL, ops {int} NOT NULL, size {int} NOT NULL, made {int} NOT NULL, data {bytes} NOT NULL,
       PRIMARY KEY(stream, station_no, low))""",
    "CREATE INDEX segment_id ON segment(id)",
)

V3: Final = (
    # cases whose bodies and files are gone for good, by the district's signed orders (`said`: the record's values)
    """CREATE TABLE erased(case_rec TEXT PRIMARY KEY, at {int} NOT NULL, said {bytes} NOT NULL)""",
    # who asks for an erasure, and what became of it: a station (`rec`: its record) or an account of the district
    """CREATE TABLE erase_ask(no {int} PRIMARY KEY, rec TEXT NOT NULL, stream TEXT NOT NULL, case_rec TEXT NOT NULL,
       ground TEXT NOT NULL, reason TEXT NOT NULL, asked_by TEXT NOT NULL, at {int} NOT NULL, answer TEXT NOT NULL,
       authority TEXT NOT NULL, by_name TEXT NOT NULL, note TEXT NOT NULL)""",
    "CREATE INDEX erase_ask_rec ON erase_ask(rec)",
)

V4: Final = (
    # what residents wrote by the code on a wall: where each entry stands, by the hash of its code (`readers`: the PCs
    # its files are sealed to; `files` lie among the blobs of the station)
    """CREATE TABLE self_entry(rec TEXT PRIMARY KEY, ticket TEXT NOT NULL, stream TEXT NOT NULL, station TEXT NOT NULL,
       at TEXT NOT NULL, hours {int} NOT NULL, readers TEXT NOT NULL, answer TEXT NOT NULL, reason TEXT NOT NULL,
       case_rec TEXT NOT NULL, withdrawn TEXT NOT NULL)""",
    "CREATE INDEX self_entry_ticket ON self_entry(ticket)",
    "CREATE INDEX self_entry_open ON self_entry(station) WHERE answer = '' AND withdrawn = ''",
)

VERSIONS: Final = (V1, V2, V3, V4)
"""Statements that lead from version n to n + 1."""

WORDS: Final = {
    "sqlite": {"int": "INTEGER", "bytes": "BLOB"},
    "postgresql": {"int": "BIGINT", "bytes": "BYTEA"},
}

EXTERNAL: Final = (("op", "header"), ("op", "body"), ("blob", "data"), ("segment", "data"))
"""Columns whose bytes are short, sealed or compressed already: PostgreSQL is told not to try to compress them."""

TABLES: Final = {
    "meta": "key value",
    "stream": "code name street rev",
    "committee": "short name stream court address phone rec",
    "station": "no code name kind stream committee address phone rec",
    "device": "id station_no name program sign_key seal_key until counter revoked reason rec enrolled changed seen"
    " wall",
    "enrol_code": "hash station_no created expires device",
    "series": "committee code device spare",
    "account": "name password role created",
    "audit": "at actor act detail",
    "inst": "inst device seq head opened",
    "op": "stream rev inst seq case_rec origin compartment cert before header body",
    "certificate": "id signer runs signature at",
    "blob": "stream case_rec id size data device at",
    "case_row": "stream rec station title service channel type labour place people amount state colour number found_at"
    " registered_at accepted_at resolved_at confirmed_at fedback_at applicants respondents conflicts discarded demo",
    "paper_mark": "rec stream case_rec paper template number version pages facts_hash state reason device",
    "number_row": "rec stream case_rec committee kind year series n text state reason clash",
    "case_grant": "rec stream case_rec station until revoked",
    "ref_change": "rec stream rev",
    "person_row": "rec station name roles",
    "verdict_row": "rec target answer code reason",
    "problem": "op code detail stream case_rec device at settled",
    "erased": "case_rec at said",
    "erase_ask": "no rec stream case_rec ground reason asked_by at answer authority by_name note",
    "self_entry": "rec ticket stream station at hours readers answer reason case_rec withdrawn",
}
"""Every table and its columns, for backups; a test compares it with the database."""

MADE_ANEW: Final = {"segment": "stream station_no low high id ops size made data"}
"""Tables a backup leaves out: what is in them follows from the others."""


def statements(version: int, dialect: str) -> list[str]:
    """The statements that lead from `version` to the next one, in a dialect's words."""
    return [text.format(**WORDS[dialect]) for text in VERSIONS[version]]
