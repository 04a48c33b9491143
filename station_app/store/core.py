"""The store: one encrypted database, one writer. Op, projections, number ledger, pending text and counters change in
one transaction; what is kept is always what will travel."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from station_app.store import database, migrate, oplog, project, roots, sealing, search
from station_app.store.database import Connection
from station_app.store.ids import Ids
from station_app.store.upkeep import rebuild
from station_app.store.vault import Vault
from sync.contract.canonical import Json
from sync.contract.chain import NO_HEAD, device_id, next_head, opening_head
from sync.contract.errors import BugError, KnownError
from sync.contract.fold import FoldOp, State, fold
from sync.contract.op import (
    SALT_BYTES,
    Change,
    Header,
    check_size,
    hash_body,
    make_body,
    op_id,
    parse_header,
    rec_id,
)

NEW_CASE: Final = "new"
"""Given as the case of an op that creates one."""


@dataclass(slots=True)
class OpDraft:
    """An op being made inside a transaction: its sequence number, and so its record ids, are known at once."""

    inst: str
    seq: int
    verb: str
    compartment: str
    case: str
    stream: str
    changes: list[Change] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The op's name."""
        return op_id(self.inst, self.seq)

    def new(self, kind: str, values: dict[str, Json]) -> str:
        """Create a record; empty values are left out. Returns its id."""
        rec = rec_id(self.inst, self.seq, len(self.changes))
        self.changes.append(Change(rec, kind, {k: v for k, v in values.items() if v is not None and v != ""}))
        return rec

    def put(self, change: Change) -> None:
        """Add a change of an existing record (see `sync.contract.fold.overwrite`)."""
        self.changes.append(change)

    def as_folded(self, actor: str, wall: int) -> FoldOp:
        """The op as the fold takes it."""
        return FoldOp(self.id, self.case, self.compartment, self.verb, actor, wall, tuple(self.changes))


@dataclass(slots=True)
class Tx:
    """One write transaction of one person: several ops in one group."""

    store: Store
    con: Connection
    actor: str
    wall: int
    inst: str
    drafts: list[OpDraft] = field(default_factory=list)
    _seq: int = 0

    def op(self, verb: str, compartment: str, *, case: str = "", stream: str = "") -> OpDraft:
        """Start an op. With `case=NEW_CASE` its first record is the case, and names it."""
        self._seq += 1
        name = rec_id(self.inst, self._seq, 0) if case == NEW_CASE else case
        if case and case != NEW_CASE:
            self._refuse_erased(case)
        where = stream or self.store.stream_of(self.con, "" if case == NEW_CASE else name)
        draft = OpDraft(self.inst, self._seq, verb, compartment, name, where)
        self.drafts.append(draft)
        return draft

    def _refuse_erased(self, case: str) -> None:
        """E-410: of an erased case only what the district left remains, and every replica would drop what is added."""
        if self.con.execute("SELECT 1 FROM erased WHERE case_rec = ?", (case,)).fetchone() is not None:
            raise KnownError("E-410")

    def folded(self, case: str) -> State:
        """A case as it will stand after this transaction: what is stored and what was said so far."""
        case_id = self.store.ids.pk(case)
        stored = self.store._recent.ops(self.con, self.store.vault, case_id) if case_id else []
        said = [d.as_folded(self.actor, self.wall) for d in self.drafts if d.case == case and d.changes]
        return fold([*stored, *said])


class Store:
    """An open database. One writer connection guarded by a lock; readers are connections of their threads."""

    def __init__(self, directory: Path, key: bytes) -> None:
        """Open the database of a data directory; E-507…E-510 as `database.connect` says."""
        self.directory = directory
        self.path = directory / database.FILE_NAME
        if not self.path.exists():
            raise KnownError("E-510", path=self.path.name)
        self._key = key
        self._lock = threading.RLock()
        self._local = threading.local()
        self.con = database.connect(self.path, key)
        self._inst = ""
        self._inst_no = 0
        self._settings: dict[str, str] = {}
        self._recent, self._reference = oplog.Recent(), oplog.Reference()
        try:
            migrate.upgrade(self.con, self.path)
            database.make_room(self.con, self.path)
            roots.ensure_closed(self.con, self.path)
            self.ids = Ids(self.con)
            self.vault = Vault(self.con, self.ids)
            self._load_settings()
            self._seen = self._data_version()
            if migrate.projections_are_old(self.con):
                with self.raw_write() as con:
                    rebuild.refold(self, con)
        except BaseException:
            self.con.close()
            raise

    # -- life -----------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, directory: Path, key: bytes, *, sign_key: bytes, seal_key: bytes) -> Store:
        """Make the database of a new station with the device's own keys; E-511 where one lies."""
        con = database.create(directory / database.FILE_NAME, key)
        root = sealing.new_root_key()
        with database.transaction(con, directory / database.FILE_NAME):
            con.execute("INSERT INTO secret VALUES('sign_key', ?), ('seal_key', ?)", (sign_key, seal_key))
            con.execute("INSERT INTO root_key VALUES(?, ?, 1)", (sealing.key_id(root), root))
            roots.begin_closed(con)
            device = device_id(sealing.sign_public(sign_key))
            con.execute("INSERT INTO setting VALUES('device.id', ?)", (device,))
        con.close()
        return cls(directory, key)

    def close(self) -> None:
        """Index what waits, check-point, close. Other threads' readers go with them: closed in a query they crash."""
        with self._lock:
            while self.flush_index():
                pass
            self.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if (own := getattr(self._local, "con", None)) is not None:
                own.close()
            self.con.close()

    @property
    def reader(self) -> Connection:
        """A read-only connection of the calling thread."""
        con: Connection | None = getattr(self._local, "con", None)
        if con is None:
            con = database.connect(self.path, self._key, readonly=True)
            self._local.con = con
        return con

    # -- settings and secrets -------------------------------------------------------------------------------------

    def _load_settings(self) -> None:
        self._settings = {str(k): str(v) for k, v in self.con.execute("SELECT key, value FROM setting")}

    def setting(self, key: str, default: str = "") -> str:
        """One stored setting, as of this process's last look."""
        return self._settings.get(key, default)

    def set_settings(self, values: dict[str, str], *, durable: bool = True) -> None:
        """Store settings; durably, unless a power cut may take them back."""
        with self.raw_write(durable=durable) as con:
            con.executemany("INSERT OR REPLACE INTO setting VALUES(?, ?)", list(values.items()))
        self._settings.update(values)

    def secret(self, name: str) -> bytes:
        """One of this device's private keys; E-517 where it is gone."""
        row = self.con.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KnownError("E-517", name=name)
        return bytes(row[0])

    @property
    def key(self) -> bytes:
        """The raw database key, held in memory while the store is open (to wrap it for a colleague)."""
        return self._key

    @property
    def device(self) -> str:
        """This device's id."""
        return self.setting("device.id")

    def stream_of(self, con: Connection, case: str) -> str:
        """The stream an op of this case belongs to: the community where the case was born, for ever."""
        row = con.execute("SELECT header FROM op WHERE id = ?", (self.ids.pk(case),)).fetchone() if case else None
        stream = parse_header(bytes(row[0])).stream if row else self.setting("station.community")
        if not stream:
            raise KnownError("E-510")
        return stream

    # -- writing --------------------------------------------------------------------------------------------------

    @contextmanager
    def raw_write(self, *, durable: bool = True) -> Iterator[Connection]:
        """The writer's transaction without an op: pulls, drafts, settings, the index (see `database.transaction`)."""
        with self._transaction(durable=durable) as con:
            self._recent.forget()
            yield con

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[Connection]:
        with self._lock:
            try:
                with database.transaction(self.con, self.path, durable=durable):
                    self._refresh()
                    yield self.con
            except BaseException:
                self._recent.forget()
                self.ids.forget(self.con)
                self.vault.reload(self.con)
                raise

    @contextmanager
    def write(self, *, actor: str, wall: int) -> Iterator[Tx]:
        """One group of ops by one person. Everything is durable when this returns, or nothing happened."""
        with self._transaction() as con:
            inst, seq, head, changed = self._open_inst(con)
            tx = Tx(self, con, actor, wall, inst, _seq=seq)
            yield tx
            if tx.drafts:
                self._commit(tx, seq, head, changed + 1)

    def _data_version(self) -> int:
        return int(database.one(self.con, "PRAGMA data_version")[0])

    def _refresh(self) -> None:
        """Another process wrote since we looked: its incarnations and keys are read before anything is written."""
        seen = self._data_version()
        if seen != self._seen:
            self._seen = seen
            self._recent.forget()
            self.ids.reload(self.con)
            self.vault.reload(self.con)
            self._load_settings()

    def _open_inst(self, con: Connection) -> tuple[str, int, bytes, int]:
        """Head of this process's incarnation, read inside the transaction; a new one at the first write.

        Returns (incarnation, last seq, head, number of changes so far).
        """
        inst_no, seq, head, changed = database.one(con, "SELECT inst, seq, head, changes FROM head")
        if self._inst and inst_no == self._inst_no:
            return self._inst, int(seq), bytes(head), int(changed)
        # another program wrote last (desk beside command line), or none yet: never re-use a sequence
        before = bytes(head) if inst_no else NO_HEAD
        inst, device = os.urandom(8).hex(), self.device
        con.execute("INSERT INTO inst(inst, device, before, own) VALUES(?, ?, ?, 1)", (inst, device, before))
        number = self.ids.number(con, inst)
        opening = opening_head(device, inst, before)
        con.execute("UPDATE head SET inst = ?, seq = 0, head = ?", (number, opening))
        self._inst, self._inst_no = inst, number
        return inst, 0, opening, int(changed)

    def _commit(self, tx: Tx, first: int, head: bytes, changed: int) -> None:
        group = (first + 1, len(tx.drafts))
        touched: dict[int, list[FoldOp]] = {}
        for draft in tx.drafts:
            if not draft.changes:
                raise BugError(f"op {draft.verb} says nothing")
            head, folded = self._insert(tx, draft, group, head)
            touched.setdefault(self.ids.pk_entering(tx.con, draft.case), []).append(folded)
        more = 0
        for case_id, fresh in touched.items():
            born_here = (case_id >> 32) == self._inst_no and (case_id & 0xFFFFFFFF) > first
            ops, state = self._recent.with_new(tx.con, self.vault, case_id, fresh, born_here=born_here)
            more += project.put_case(self, tx.con, case_id, ops, changed, fresh=born_here or None, state=state)
        tx.con.execute(
            "UPDATE head SET seq = ?, head = ?, ops = ops + ?, changes = ?, cases = cases + ?",
            (tx.drafts[-1].seq, head, len(tx.drafts), changed, more),
        )

    def _insert(self, tx: Tx, draft: OpDraft, group: tuple[int, int], head: bytes) -> tuple[bytes, FoldOp]:
        plain = make_body(draft.changes, os.urandom(SALT_BYTES))
        sealed = draft.compartment not in ("register", "reference")
        body = self.vault.seal(plain, draft.compartment, draft.case) if sealed else plain
        header = Header(
            inst=draft.inst,
            seq=draft.seq,
            group=group,
            stream=draft.stream,
            case=draft.case,
            compartment=draft.compartment,
            verb=draft.verb,
            actor=tx.actor,
            wall=tx.wall,
            body_hash=hash_body(body),
            body_form="sealed" if sealed else "clear",
        )
        header_bytes = header.to_bytes()
        check_size(header_bytes, body)
        case_id = self.ids.pk_entering(tx.con, draft.case)
        tx.con.execute(
            "INSERT INTO op(id, case_id, header, body) VALUES(?, ?, ?, ?)",
            ((self._inst_no << 32) | draft.seq, case_id, header_bytes, body),
        )
        return next_head(head, header_bytes), draft.as_folded(tx.actor, tx.wall)

    # -- reading --------------------------------------------------------------------------------------------------

    def folded(self, case: str, con: Connection | None = None) -> State:
        """A case as it stands, from its ops. E-223 where there is none."""
        con = con or self.con
        case_id = self.ids.pk(case)
        ops = oplog.ops_of_case(con, self.vault, case_id) if case_id else []
        if not ops:
            raise KnownError("E-223", what=case)
        return fold(ops)

    def ops_of(self, case: str) -> list[FoldOp]:
        """The ops of a case as the fold takes them."""
        return oplog.ops_of_case(self.con, self.vault, self.ids.pk(case))

    def reference(self, con: Connection | None = None) -> State:
        """People, committees, stations, devices: the ops about no case."""
        return self._reference.state(con or self.con, self.vault)

    def flush_index(self, limit: int = 50) -> int:
        """Idle time: read cases that were taken in by their register only, then pending texts; how many were taken."""
        sql = "SELECT EXISTS(SELECT 1 FROM unread), EXISTS(SELECT 1 FROM pend)"
        unread, pending = database.one(self.con, sql)
        if unread:
            from station_app.store import intake  # it stands on this module

            return intake.read_later(self, limit)
        if not pending:
            return 0
        with self.raw_write() as con:
            return search.flush(con, limit=limit)

    def tidy_index(self) -> bool:
        """One step of merging the search index (some 10 ms, for idle time); False when nothing is left to do."""
        with self.raw_write() as con:
            return search.merge(con)
