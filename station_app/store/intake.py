"""Taking in verified pages: ops stored, keys unwrapped, cases folded, in slices; the cursor moves with each slice.

A slice is one transaction of some 30 ms, so that a save never waits long; after a crash the page is simply asked for
again from the last slice on. For the same reason only the last slice of a stream waits for the disk: the cursor stands
in the same transaction as what it passed, and any save by a person makes all before it durable as well. Of a case that
begins here only the register is folded at once, so that lists are true; its sealed bodies are opened, examined and
indexed on the idle lane (`read_later`), or as soon as anything touches it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, Protocol

from station_app.store import boxes, database, oplog, project, roots, travel
from station_app.store.core import Store
from station_app.store.database import Connection
from station_app.store.erasure import applying
from sync.contract.canonical import Json, dumps
from sync.contract.chain import Certificate, next_head
from sync.contract.fold import UNNUMBERED, FoldOp
from sync.contract.op import Change, Header, parse_header
from sync.contract.wire import b64

SLICE_SECONDS: Final = 0.03
_FIRST_SLICE: Final = 200
_Row = tuple[int, int, bytes, bytes | None, int | None, int | None]


class Arrived(Protocol):
    """One op of a page; `changes` of a clear body, None where it is sealed or missing; `problem` "" when sound."""

    @property
    def header(self) -> Header:
        """The header, read."""

    @property
    def header_bytes(self) -> bytes:
        """The header as it came."""

    @property
    def body(self) -> bytes | None:
        """The body as it came."""

    @property
    def rev(self) -> int | None:
        """The server's number; None of an op that came from a colleague."""

    @property
    def changes(self) -> tuple[Change, ...] | None:
        """What a clear body says."""

    @property
    def problem(self) -> str:
        """What is wrong with its shape."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A page: of a stream, or of one case's history (`case`); `cursor` after it; `numbers` of own ops passed over as
    (incarnation, first sequence, first number, how many). `last`: nothing comes after it; `granted`: cases of
    others whose ops a page of a stream holds; `opens`: (device, head before) of incarnations that begin here.
    `spell`: the server's in which the page was read.
    """

    stream: str
    case: str
    cursor: int
    ops: Sequence[Arrived]
    certificate: Certificate
    numbers: Sequence[tuple[str, int, int, int]]
    last: bool
    granted: Sequence[str] = ()
    opens: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    spell: str = ""


def take(store: Store, page: Delivery, at_ms: int) -> int:
    """Take a verified page; returns how many ops were new here."""
    at, fresh, size = 0, 0, _FIRST_SLICE
    cert: int | None = None
    while True:
        part = page.ops[at : at + size]
        at += len(part)
        done = at >= len(page.ops)
        began = perf_counter()
        with store.raw_write(durable=done and page.last) as con:
            if cert is None and part:
                cert = _keep_certificate(con, page.certificate)
            taking = _Slice(store, con, cert, at_ms)
            fresh += taking.take(part)
            if done:
                taking.number(page.numbers)
                con.executemany(
                    "UPDATE inst SET device = ?, before = ? WHERE inst = ? AND own = 0",
                    [(device, before, inst) for inst, (device, before) in page.opens.items()],
                )
            _move(store, con, page, page.cursor if done else part[-1].rev or 0, done=done and page.last)
        if done:
            return fresh
        size = max(20, int(size * SLICE_SECONDS / max(perf_counter() - began, 0.001)))


def take_shared(store: Store, ops: Sequence[Arrived], certificate: Certificate, at_ms: int) -> int:
    """Take verified ops that came from a colleague and that no server has numbered; returns how many were new here."""
    fresh = 0
    for at in range(0, len(ops), _FIRST_SLICE):
        with store.raw_write() as con:
            fresh += _Slice(store, con, _keep_certificate(con, certificate), at_ms).take(ops[at : at + _FIRST_SLICE])
    return fresh


def read_later(store: Store, limit: int, *, papers: bool = False) -> int:
    """Read up to `limit` cases of which only the register was folded; how many there were. `papers`: those with
    issued papers, so that their files can be fetched.
    """
    only = " WHERE papers" if papers else ""
    if store.con.execute(f"SELECT 1 FROM unread{only} LIMIT 1").fetchone() is None:
        return 0
    with store.raw_write() as con:
        rows = con.execute(f"SELECT case_id, at FROM unread{only} LIMIT ?", (limit,)).fetchall()
        for at in {int(r[1]) for r in rows}:
            _Slice(store, con, None, at).read(int(r[0]) for r in rows if r[1] == at)
        con.executemany("DELETE FROM unread WHERE case_id = ?", [(r[0],) for r in rows])
    return len(rows)


def take_roots(store: Store, found: Iterable[tuple[str, bytes, bool]], at_ms: int) -> None:
    """Keep root keys that came otherwise than by the line (id, key, closed), and read what they open."""
    with store.raw_write() as con:
        for root_id, key, closed in found:
            roots.keep(con, root_id, key, closed=closed)
        store.vault.reload(con)
        _Slice(store, con, None, at_ms).reread()


def _keep_certificate(con: Connection, certificate: Certificate) -> int:
    runs: list[Json] = [
        {"inst": r.inst, "first": r.first, "n": len(r.hashes), "before": b64(r.before)} for r in certificate.runs
    ]
    row = database.one(
        con,
        "INSERT INTO cert(signer, runs, signature) VALUES(?, ?, ?) RETURNING id",
        (certificate.signer, dumps(runs), certificate.signature),
    )
    return int(row[0])


def _move(store: Store, con: Connection, page: Delivery, cursor: int, *, done: bool) -> None:
    if page.case:
        con.execute(
            "UPDATE history SET cursor = max(cursor, ?), done = max(done, ?) WHERE case_id = ?",
            (cursor, int(done), store.ids.pk(page.case)),
        )
        return
    con.execute(
        "INSERT INTO cursor VALUES(?, ?) ON CONFLICT(stream) DO UPDATE SET cursor = max(cursor, excluded.cursor)",
        (page.stream, cursor),  # a segment may begin before the place where this PC stands
    )
    travel.note_spell(con, page.stream, page.spell)
    # a grant that ended before this page was made, even if it has come back since: what was passed over is read later
    con.execute(
        "UPDATE history SET done = 0 WHERE stream = ? AND done AND case_rec NOT IN (SELECT value FROM json_each(?))",
        (page.stream, json.dumps(list(page.granted))),
    )


class _Slice:
    """One transaction of taking in."""

    def __init__(self, store: Store, con: Connection, cert: int | None, at_ms: int) -> None:
        self._store, self._con, self._cert, self._at = store, con, cert, at_ms
        self._opened = False
        self._last: dict[int, int] = {}
        self._later: set[str] = set()

    def take(self, part: Sequence[Arrived]) -> int:
        """Store what is new of these ops and fold what they touch; returns how many were new."""
        part = applying.leave_out(self._store, self._con, part, self._at)
        pairs = [(self._key(a.header.inst, a.header.seq), a) for a in self._aside(part)]
        known = self._known([key for key, _ in pairs])
        if known:
            self._renumber([(a.rev, key) for key, a in pairs if key in known and a.rev is not None])
            pairs = [(key, a) for key, a in pairs if key not in known]
        self._unwrap([a for _, a in pairs])
        rows = self._rows(pairs)
        born = self._born(rows)
        touched: dict[int, list[FoldOp]] = {}
        kept: list[_Row] = []
        for row, (_, arrived) in zip(rows, pairs, strict=True):
            folded = self._folded(arrived, later=row[1] in born)
            if folded is not None:
                touched.setdefault(row[1], []).append(folded)
                kept.append(row)
        self._con.executemany("INSERT INTO op(id, case_id, header, body, rev, cert) VALUES(?, ?, ?, ?, ?, ?)", kept)
        self._own_chain(kept)
        self._project(touched, born, len(kept))
        return len(kept)

    def _rows(self, pairs: Sequence[tuple[int, Arrived]]) -> list[_Row]:
        rows: list[_Row] = []
        case, case_id = "", 0
        for key, arrived in pairs:
            if arrived.header.case != case:  # ops of one case mostly come together
                case, case_id = arrived.header.case, self._store.ids.pk_entering(self._con, arrived.header.case)
            rows.append((key, case_id, arrived.header_bytes, arrived.body, arrived.rev, self._cert))
        return rows

    def _key(self, inst: str, seq: int) -> int:
        return (self._store.ids.number(self._con, inst) << 32) | seq

    def _aside(self, part: Sequence[Arrived]) -> list[Arrived]:
        """Keep misshapen ops apart, listed; the others."""
        bad = [a for a in part if a.problem]
        for arrived in bad:
            self._quarantine(arrived.header.id, arrived.header_bytes, arrived.body, arrived.problem)
        return [a for a in part if not a.problem] if bad else list(part)

    def _quarantine(self, op: str, header: bytes, body: bytes | None, problem: str) -> None:
        if self._con.execute("SELECT 1 FROM quarantine WHERE op = ?", (op,)).fetchone() is None:
            self._con.execute(
                "INSERT INTO quarantine(op, header, body, code, at) VALUES(?, ?, ?, ?, ?)",
                (op, header, body, problem[:200], self._at),
            )

    def _known(self, keys: Sequence[int]) -> set[int]:
        """Which of these ops are here already: asked one by one only below the last one of their incarnation."""
        found: set[int] = set()
        for key in keys:
            older = key <= self._last_of(key >> 32)
            if older and self._con.execute("SELECT 1 FROM op WHERE id = ?", (key,)).fetchone():
                found.add(key)
        return found

    def _last_of(self, no: int) -> int:
        """Key of the last op of an incarnation that was here before this slice; 0 where there was none."""
        if no not in self._last:
            row = self._con.execute(
                "SELECT max(id) FROM op WHERE id >= ? AND id < ?", (no << 32, (no + 1) << 32)
            ).fetchone()
            self._last[no] = int(row[0] or 0)
        return self._last[no]

    def _renumber(self, pairs: Sequence[tuple[int, int]]) -> None:
        """(server number, op key) of ops that are here: the server's page vouches for them from now on. Only what a
        conflict shows first can change by it.
        """
        sql = "UPDATE op SET rev = ?1, cert = coalesce(?3, cert) WHERE id = ?2 AND rev IS NOT ?1"
        changed = [key for rev, key in pairs if self._con.execute(sql, (rev, key, self._cert)).rowcount]
        for start in range(0, len(changed), 500):
            some = changed[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._con.execute(
                "SELECT DISTINCT c.id FROM op o JOIN case_row c ON c.id = o.case_id"
                f" WHERE o.id IN ({marks}) AND c.conflicts > 0",
                some,
            ).fetchall()
            self._refold(int(r[0]) for r in rows)

    def number(self, spans: Iterable[tuple[str, int, int, int]]) -> None:
        """Own ops bear these server numbers now."""
        for inst, first, rev, count in spans:
            no = self._store.ids.pk(f"{inst}.0") >> 32
            if not no:
                continue
            low = no << 32 | first
            self._con.execute("UPDATE op SET rev = ? + (id - ?) WHERE id >= ? AND id < ?", (rev, low, low, low + count))
            rows = self._con.execute(
                "SELECT DISTINCT c.id FROM op o JOIN case_row c ON c.id = o.case_id"
                " WHERE o.id >= ? AND o.id < ? AND c.conflicts > 0",
                (low, low + count),
            ).fetchall()
            self._refold(int(r[0]) for r in rows)

    def _unwrap(self, news: Sequence[Arrived]) -> None:
        """Take the keys that are wrapped to this device; a box that does not open, or holds another key, is left."""
        device, whole = self._store.device, False
        for arrived in news:
            for change in arrived.changes or ():
                if change.kind in ("root_key", "key") and change.set.get("device") == device:
                    whole |= self._take_box(arrived.header.case, change)
        if self._opened:
            self._store.vault.reload(self._con)
        if whole:
            self.reread()

    def _take_box(self, case: str, change: Change) -> bool:
        """Open a box and keep its key; True where it held a root key."""
        box = boxes.opened(self._store.secret("seal_key"), case, change)
        if box is None:
            return False
        self._opened = True
        if not box.compartment:
            roots.keep(self._con, box.root_id, box.key, closed=bool(change.set.get("closed")))
            return True
        row = (self._store.ids.pk_entering(self._con, case), box.compartment, box.root_id, box.key)
        self._con.execute("INSERT OR IGNORE INTO case_key VALUES(?, ?, ?, ?)", row)
        return False

    def reread(self) -> None:
        """A root key came: every case with bodies that could not be read is folded again, in this transaction."""
        rows = self._con.execute("SELECT id FROM case_row WHERE unreadable > 0").fetchall()
        for (case_id,) in rows:
            self._examine(int(case_id))
        self._refold(int(r[0]) for r in rows)

    def _examine(self, case_id: int) -> None:
        """Look at bodies that a new key opens; misshapen ones are kept apart."""
        for key, header_bytes, body, _ in oplog.rows_of_case(self._con, case_id):
            header = parse_header(header_bytes)
            problem = oplog.examined(self._store.vault, header, body)[1] if header.body_form == "sealed" else ""
            if problem:
                self._quarantine(header.id, header_bytes, body, problem)
                self._con.execute("DELETE FROM op WHERE id = ?", (key,))
                self._con.execute("UPDATE head SET ops = ops - 1")

    def _folded(self, arrived: Arrived, *, later: bool) -> FoldOp | None:
        """The op as the fold takes it, or None where its sealed body turned out misshapen; `later` opens none, it
        notes those that can be opened.
        """
        header, changes = arrived.header, arrived.changes
        if changes is None and arrived.body is not None and later:
            if self._store.vault.holds(arrived.body, header.compartment, header.case):
                self._later.add(header.id)
        elif changes is None and arrived.body is not None:
            changes, problem = oplog.examined(self._store.vault, header, arrived.body)
            if problem:
                self._quarantine(header.id, arrived.header_bytes, arrived.body, problem)
                return None
        return FoldOp(
            header.id, header.case, header.compartment, header.verb, header.actor, header.wall, changes,
            UNNUMBERED if arrived.rev is None else arrived.rev,
        )  # fmt: skip

    def _born(self, rows: Sequence[_Row]) -> set[int]:
        """Cases that begin in this slice and of which nothing was here before it (asked before it is written)."""
        begun = [
            row[1]
            for row in rows
            if row[0] == row[1] and row[3] is not None and row[0] > self._last_of(row[0] >> 32)  # else it was erased
        ]
        sql = (
            "SELECT DISTINCT case_id FROM op INDEXED BY op_later WHERE id - case_id NOT IN (0, 1)"
            " AND case_id IN (SELECT value FROM json_each(?))"
        )
        return set(begun) - {int(r[0]) for r in self._con.execute(sql, (json.dumps(begun),))} if begun else set()

    def _own_chain(self, rows: Sequence[_Row]) -> None:
        """Own ops that come back to a restored PC lengthen the chain it wrote last, in whatever order they come: those
        of another stream may have been here before the one that was lacking between them.
        """
        no, seq, head = database.one(self._con, "SELECT inst, seq, head FROM head")
        if not no or all(row[0] >> 32 != no for row in rows):
            return
        later = self._con.execute(
            "SELECT id, header FROM op WHERE id > ? AND id < ? ORDER BY id", (no << 32 | seq, (no + 1) << 32)
        )
        for key, header in later:
            if key & 0xFFFFFFFF != seq + 1:
                break
            seq, head = seq + 1, next_head(bytes(head), bytes(header))
        later.close()
        self._con.execute("UPDATE head SET seq = ?, head = ?", (seq, head))

    def _project(self, touched: dict[int, list[FoldOp]], born: set[int], new: int) -> None:
        if not new:
            return
        changed = int(database.one(self._con, "SELECT changes FROM head")[0]) + 1
        fresh = [(case_id, ops) for case_id, ops in touched.items() if case_id in born]
        more, unread = project.put_born(self._store, self._con, fresh, changed, later=self._later)
        rows = [(case_id, self._at, papers) for case_id, papers in unread]
        self._con.executemany("INSERT INTO unread VALUES(?, ?, ?)", rows)
        for case_id, ops in touched.items():
            if case_id and case_id not in born:
                if any(op.changes and any(c.kind == "key" for c in op.changes) for op in ops):
                    self._examine(case_id)
                more += self._put(case_id, changed)
        self._con.execute("UPDATE head SET changes = ?, ops = ops + ?, cases = cases + ?", (changed, new, more))

    def _put(self, case_id: int, changed: int) -> int:
        ops = oplog.ops_of_case(self._con, self._store.vault, case_id)
        return project.put_case(self._store, self._con, case_id, ops, changed)

    def read(self, cases: Iterable[int]) -> None:
        """Open what was left closed: misshapen bodies are kept apart, the rest is folded."""
        known = list(cases)
        for case_id in known:
            self._examine(case_id)
        self._refold(known)

    def _refold(self, cases: Iterable[int]) -> None:
        changed = int(database.one(self._con, "SELECT changes FROM head")[0]) + 1
        more = sum(self._put(case_id, changed) for case_id in cases)
        self._con.execute("UPDATE head SET changes = ?, cases = cases + ?", (changed, more))
