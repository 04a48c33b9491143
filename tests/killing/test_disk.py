"""The SQL of saving, issuing and taking in a page, replayed over disks that fail below SQLite.

SQLCipher's wheel takes no VFS from outside, so the same statements run on plain SQLite by apsw: pager and log are the
same code, only the codec between page and disk is absent. Reopened, the database is sound and holds every transaction
that was acknowledged, and of the one under way all or nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.killing.faulty import FaultyDisk, over
from tests.killing.test_every_operation import FLOWS
from tests.simulation import template
from tests.simulation.chance import Chance, Disk, controlled
from tests.simulation.world import World

REPLAYED = ("save", "issue", "pull, files")
_TABLES = ("op", "inst", "head", "cert", "number", "blob", "cursor", "setting", "case_row", "paper_row", "pend")
_SPACE = "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"


@dataclass
class Recorder:
    """A connection that writes down what changes something, transaction by transaction."""

    con: Any
    done: list[list[tuple[str, list[Any]]]] = field(default_factory=list)
    _open: list[tuple[str, list[Any]]] = field(default_factory=list)

    def execute(self, sql: str, args: Any = ()) -> Any:
        self._note(sql, [args])
        return self.con.execute(sql, args)

    def executemany(self, sql: str, rows: Any) -> Any:
        given = list(rows)
        self._note(sql, given)
        return self.con.executemany(sql, given)

    def _note(self, sql: str, args: list[Any]) -> None:
        word = sql.split(None, 1)[0].upper()
        if word == "COMMIT":
            self.done.append(self._open)
            self._open = []
        elif word == "BEGIN":
            self._open = []
        elif word in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
            self._open.append((sql, args))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.con, name)


@dataclass
class Tape:
    """The database before, in plain, and what was written to it; `states`: its fingerprint after each transaction."""

    start: bytes
    done: list[list[tuple[str, list[Any]]]]
    states: list[str] = field(default_factory=list)


def record(name: str) -> Tape:
    """Let a verb run once on a real station and keep its SQL."""
    flow = next(f for f in FLOWS if f.name == name)
    chance = Chance(f"disk {name}")
    with controlled(chance, Disk(), small=False):
        world = World(template.template().around / f"disk-{os.getpid()}", chance, Disk())
        try:
            flow.before(world)
            store = world.pcs[0].store
            plain = world.directory / "plain.db"
            con = store.con
            con.execute("ATTACH ? AS plain KEY ''", (str(plain),))
            con.execute("SELECT sqlcipher_export('plain')")
            con.execute("DETACH plain")
            recorder = Recorder(con)
            store.con = recorder  # type: ignore[assignment]  # stands in for the connection
            flow.act(world)
            store.con = con
            return Tape(plain.read_bytes(), [t for t in recorder.done if t])
        finally:
            world.end()


def replay(tape: Tape, acknowledged: list[int]) -> Callable[[apsw.Connection], None]:
    """Do it again; how many transactions were acknowledged stands in `acknowledged`."""

    def work(con: apsw.Connection) -> None:
        for pragma in _SPACE:
            con.execute(pragma).fetchall()
        con.execute("PRAGMA wal_autocheckpoint = 20").fetchall()  # some fall into the replay
        for transaction in tape.done:
            con.execute("BEGIN IMMEDIATE")
            for sql, rows in transaction:
                for row in rows:
                    con.execute(sql, row).fetchall()
            con.execute("COMMIT")
            acknowledged[0] += 1

    return work


def state(path: Path) -> str:
    """A fingerprint of the tables; fails where the database is not sound."""
    con = apsw.Connection(str(path))
    assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    con.execute("INSERT INTO idx(idx) VALUES('integrity-check')").fetchall()
    digest = hashlib.sha256()
    for table in _TABLES:
        digest.update(repr(con.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()).encode())
    con.close()
    return digest.hexdigest()


def lay(tape: Tape, path: Path) -> None:
    """The database as it was before."""
    for more in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    path.write_bytes(tape.start)


@pytest.fixture(scope="module", params=REPLAYED)
def tape(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tape:
    found = record(request.param)
    path = tmp_path_factory.mktemp("tape") / "x.db"
    lay(found, path)
    found.states = [state(path)]
    for count in range(1, len(found.done) + 1):
        lay(found, path)
        assert over(path, FaultyDisk(), replay(Tape(found.start, found.done[:count]), [0]))
        found.states.append(state(path))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["full", "error", "power", "read"])
def test_nothing_acknowledged_is_lost(kind: str, tape: Tape, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    lay(tape, path)
    clean = FaultyDisk()
    assert over(path, clean, replay(tape, [0]))
    points = clean.reads if kind == "read" else clean.writes
    assert points >= 5
    failed = 0
    for at in range(1, points + 1, max(1, points // 120)):
        for seed in range(2 if kind == "power" else 1):
            lay(tape, path)
            acknowledged = [0]
            disk = FaultyDisk(kind, at, seed)
            failed += not over(path, disk, replay(tape, acknowledged))
            allowed = tape.states[acknowledged[0] : acknowledged[0] + 2]
            assert state(path) in allowed, f"{kind} at {at}: {acknowledged[0]} were acknowledged"
    assert failed >= 3, "the faults reach SQLite"


def test_the_disk_itself_forgets_what_was_not_waited_for(tmp_path: Path) -> None:
    """Without syncing, a power cut does lose what was acknowledged: the harness can tell."""
    path = tmp_path / "x.db"
    lost = 0
    for at in range(3, 40):
        path.unlink(missing_ok=True)
        acknowledged = [0]

        def work(con: apsw.Connection, acknowledged: list[int] = acknowledged) -> None:
            con.execute("PRAGMA synchronous = OFF").fetchall()
            con.execute("CREATE TABLE IF NOT EXISTS t(x)")
            for number in range(20):
                con.execute("INSERT INTO t VALUES(?)", (number,))
                acknowledged[0] = number + 1

        over(path, FaultyDisk("power", at), work)
        con = apsw.Connection(str(path))
        try:
            there = con.execute("SELECT count(*) FROM t").fetchone()[0]
        except apsw.Error:
            there = 0
        lost += there < acknowledged[0]
        con.close()
    assert lost > 0
