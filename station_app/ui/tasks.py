"""The only threads of the desk: lanes that write (1), read (2), wait for a network (1) or for a printer (1).

Results arrive on the main thread. A worker never sees a widget: it runs a closure over a service and its result is
handed to a function on the main thread. If the widget that owns this function is gone by then, the result is dropped.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from station_app.services.changes import Changes
from sync.contract.errors import KnownError

T = TypeVar("T")
WORKERS: Final = {"write": 1, "read": 2, "net": 1, "printer": 1}


class Call:
    """One piece of work on its way: `cancel()` drops it; a closure that lasts looks at `cancelled` now and then."""

    def __init__(self, owner: QObject | None, key: str) -> None:
        self._stop = threading.Event()
        self._future: Future[None] | None = None
        self.owner = owner
        self.key = key

    @property
    def cancelled(self) -> bool:
        """True once nobody waits for the result any more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Not started: never starts. Running: its result is dropped."""
        self._stop.set()
        if self._future is not None:
            self._future.cancel()


def _owner(given: QObject | None, done: object) -> QObject | None:
    """Who must be alive for the result to matter: as given, else the object whose method takes it."""
    bound = getattr(done, "__self__", None)
    return given if given is not None else bound if isinstance(bound, QObject) else None


class Tasks(QObject):
    """The lanes. *Signals:* `changed` (Changes) after each verb; `refused` (KnownError) where nobody else takes it;
    `crashed` (str, a traceback) for bugs; `busy` (int) the number of writes under way."""

    changed = Signal(object)
    refused = Signal(object)
    crashed = Signal(object)
    busy = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            name: ThreadPoolExecutor(count, thread_name_prefix=f"desk-{name}") for name, count in WORKERS.items()
        }
        self._latest: dict[str, Call] = {}
        self._writing = 0
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        act: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
    ) -> Call:
        """Run a verb in the write lane, one after another. `Changes` it returns are announced by `changed`.

        A write is never cancelled once asked for; only its `done` may find nobody.
        """
        self._writing += 1
        self.busy.emit(self._writing)
        return self._start("write", act, (done, failed), Call(_owner(owner, done), ""))

    def read(
        self,
        act: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
        key: str = "",
    ) -> Call:
        """Run a query in the read lane. A later read with the same `key` takes the place of the earlier one."""
        call = Call(_owner(owner, done), key)
        if key and key in self._latest:
            self._latest[key].cancel()
        if key:
            self._latest[key] = call
        return self._start("read", act, (done, failed), call)

    def net(
        self,
        act: Callable[[Call], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
    ) -> Call:
        """Run something that waits for a network. The closure gets its own `Call`, to see when it is cancelled."""
        call = Call(_owner(owner, done), "")
        return self._start("net", lambda: act(call), (done, failed), call)

    def printer(
        self,
        act: Callable[[Call], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
    ) -> Call:
        """Run something that waits for a printer, one after another; closing the lanes cancels it and waits for it."""
        call = self._latest["printer"] = Call(_owner(owner, done), "printer")
        return self._start("printer", lambda: act(call), (done, failed), call)

    def post(self, act: Callable[[], object]) -> None:
        """From any thread: run this on the main thread (progress of long work)."""
        self._arrived.emit((None, act, None, None))

    @property
    def closing(self) -> bool:
        """True once nothing new is taken: work that lasts ends after the piece at hand."""
        return not self._open

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Take nothing new, wait until what was written is durable, let the rest go; `last` is run after everything."""
        self._open = False
        if "printer" in self._latest:  # it stops at the next 份 and writes its line of the log
            self._latest["printer"].cancel()
        for name in ("read", "net", "printer"):
            self._lanes[name].shutdown(wait=False, cancel_futures=True)
        self._lanes["read"].shutdown(wait=True)
        self._lanes["printer"].shutdown(wait=True)
        ended = self._lanes["write"].submit(last) if last is not None else None
        self._lanes["write"].shutdown(wait=True)
        if ended is not None:
            ended.result()

    def _start(self, lane: str, act: Callable[[], T], takers: tuple[object, object], call: Call) -> Call:
        if not self._open:
            call.cancel()
            return call
        # only the lane's closure is named in the worker: widgets stay on this side
        call._future = self._lanes[lane].submit(self._work, lane, act, takers, call)
        return call

    def _work(self, lane: str, act: Callable[[], object], takers: tuple[object, object], call: Call) -> None:
        result: object = None
        error: BaseException | None = None
        try:
            if lane == "write" or not call.cancelled:
                result = act()
        except Exception as exc:  # everything is handed over: a lane must not die
            error = exc
        self._arrived.emit((call, result, error, (lane, takers)))

    def _deliver(self, parcel: tuple[Call | None, object, BaseException | None, object]) -> None:
        call, result, error, way = parcel
        if call is None:
            assert callable(result)
            result()
            return
        assert isinstance(way, tuple)
        lane, (done, failed) = way
        if lane == "write":
            self._writing -= 1
            self.busy.emit(self._writing)
        wanted = not call.cancelled and (call.owner is None or shiboken6.isValid(call.owner))
        if error is not None:
            self._failed(error, failed if wanted else None, known=lane != "write" and not wanted)
            return
        self._announce(result)
        if wanted and callable(done):
            done(result)

    def _announce(self, result: object) -> None:
        if not isinstance(result, Changes):
            result = getattr(result, "changes", None)
        if isinstance(result, Changes) and result.ops:
            self.changed.emit(result)

    def _failed(self, error: BaseException, failed: object, *, known: bool) -> None:
        """A known error goes to who waits for it, else to everybody; `known`: a dropped read may fail unheard."""
        if isinstance(error, KnownError):
            if callable(failed):
                failed(error)
            elif not known:
                self.refused.emit(error)
            return
        self.crashed.emit("".join(traceback.format_exception(error)))
