"""Everything that is chance or time in a story comes from its seed: random bytes, measured times, the worker thread.

Also the two ends' disks: the n-th transaction of a step can meet a full disk or the end of the process.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from unittest.mock import patch

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station_app.store import database, files, intake, sealing
from station_app.store.database import Connection
from sync.client import calls, pulling, pushing, segments
from sync.server.admin import backup
from sync.server.storage.port import Tx
from sync.server.storage.sqlite import SqliteStorage

T = TypeVar("T")


class Crash(BaseException):
    """The process of a PC ends here: nothing after this runs, nothing uncommitted stays."""


class ServerCrashError(Exception):
    """The server's process ends here; the request gets no answer."""


class Chance:
    """Random bytes of one story. Each step has a stream of its own, so that leaving out a step changes no other."""

    def __init__(self, seed: str) -> None:
        """`seed` names the story."""
        self._seed = seed
        self.step("begin")

    def step(self, name: str) -> None:
        """From here on the bytes are those of this step."""
        self.random = Random(f"{self._seed}/{name}")

    def urandom(self, count: int) -> bytes:
        """In the place of `os.urandom`."""
        return self.random.randbytes(count)


class Inline:
    """In the place of the line's worker thread: a request is made at once, by the caller."""

    def __init__(self, **_: object) -> None:
        """Take and ignore what a pool is told."""

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Do it now."""
        done: Future[T] = Future()
        try:
            done.set_result(work())
        except BaseException as exc:
            done.set_exception(exc)
        return done

    def shutdown(self, **_: object) -> None:
        """Nothing to end."""


class SeededX25519:
    """In the place of the key class where boxes are sealed: one-time keys come from the story's bytes."""

    @staticmethod
    def generate() -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(os.urandom(32))

    from_private_bytes = X25519PrivateKey.from_private_bytes


class SeededEd25519:
    """As `SeededX25519`, for the devices' own keys."""

    @staticmethod
    def generate() -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(os.urandom(32))

    from_private_bytes = Ed25519PrivateKey.from_private_bytes


class Disk:
    """The PCs' disks: `arm` makes the n-th transaction from now on fail as told; `count` numbers them.

    `safe`: how much of each write-ahead log is known to lie on the disk; what is beyond a power cut may take back.
    """

    def __init__(self) -> None:
        """All is well."""
        self._at, self._kind, self.count = 0, "", 0
        self.safe: dict[Path, int] = {}

    def arm(self, at: int = 0, kind: str = "") -> None:
        """`kind`: full, before (the process ends before the commit), after (right after it), power (right after it, and
        what was not waited for is gone); at 0: all is well.
        """
        self._at, self._kind, self.count = at, kind, 0

    @contextmanager
    def transaction(self, con: Connection, path: Path, *, durable: bool = True) -> Iterator[None]:
        """In the place of `database.transaction`."""
        self.count += 1
        kind = self._kind if self.count == self._at else ""
        with _transaction(con, path, durable=durable):
            yield
            if kind == "full":
                raise sqlcipher.OperationalError("database or disk is full")
            if kind == "before":
                raise Crash
        if durable:
            self.safe[path] = _size(path)
        if kind in ("after", "power"):
            raise PowerCut if kind == "power" else Crash


class PowerCut(Crash):
    """The PC's power goes: what the disk was not waited for is gone as well."""


def _size(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


_transaction = database.transaction


class Shaky(SqliteStorage):
    """The server's SQLite with a fault planned for one of its next transactions."""

    plan = ""
    spare = False
    crashed = full = False

    def write(self, work: Callable[[Tx], T], *, lazy: bool = False) -> T:
        """full, before (ends before the commit), after (ends after it, before the answer). `spare`: the counters' own
        transactions go well.
        """
        plan, self.plan = ("", self.plan) if lazy and self.spare else (self.plan, "")

        def spoiled(tx: Tx) -> T:
            result = work(tx)
            if plan == "full":
                self.full = True
                raise sqlite3.OperationalError("database or disk is full")
            if plan == "before":
                self.crashed = True
                raise ServerCrashError
            return result

        result = super().write(spoiled, lazy=lazy)
        if plan == "after":
            self.crashed = True
            raise ServerCrashError
        return result


class Ticks:
    """In the place of a measuring clock: each look is a little later, as the story wills."""

    def __init__(self, chance: Chance, most: float) -> None:
        """Steps up to `most` seconds."""
        self._chance, self._most, self._now = chance, most, 0.0

    def __call__(self) -> float:
        """Seconds."""
        self._now += self._chance.random.random() * self._most
        return self._now


@contextmanager
def controlled(chance: Chance, disk: Disk, *, small: bool, threads: bool = False) -> Iterator[None]:
    """Put chance, time and disk under the story's control. `small`: tiny batches, pages and slices, so that few ops
    already make many requests; `threads`: keep the line's own worker.
    """
    swaps: list[tuple[Any, str, Any]] = [
        (os, "urandom", chance.urandom),
        (database, "transaction", disk.transaction),
        (database, "make_room", lambda con, path: None),
        (sealing, "X25519PrivateKey", SeededX25519),
        (sealing, "Ed25519PrivateKey", SeededEd25519),
        (backup, "_COST", {"time_cost": 1, "memory_cost": 64, "parallelism": 1}),
        (calls, "monotonic", Ticks(chance, 6.0)),
        (intake, "perf_counter", Ticks(chance, 0.1)),
    ]
    if not threads:
        swaps.append((calls, "ThreadPoolExecutor", Inline))
    if small:
        swaps += [(pushing, "START_BYTES", 512), (pushing, "LEAST_BYTES", 200), (pushing, "MOST_BYTES", 2048)]
        swaps += [(pulling, "START_BYTES", 1500), (pulling, "LEAST_BYTES", 400), (pulling, "MOST_BYTES", 6000)]
        swaps += [(pushing, "SLOW_START", 1024), (pulling, "SLOW_START", 2000), (intake, "_FIRST_SLICE", 2)]
        swaps.append((files, "PIECE", 400))
        swaps += [(segments, "START_BYTES", 900), (segments, "LEAST_BYTES", 300), (segments, "MOST_BYTES", 2000)]
    with ExitStack() as stack:
        for place, name, value in swaps:
            stack.enter_context(patch.object(place, name, value))
        yield
