"""Travelling as a verb: one round now, what waits, when to try again, and what a person must look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from station_app.clock import shanghai_time
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import enrolment, erasing, keys, putting_back
from station_app.services.travel.conflicts import Conflict, Rival, TravelProblem, conflicts, problems
from station_app.services.travel.link import StationLedger
from station_app.store import database, travel
from station_app.store.peers import letters
from station_app.store.upkeep import went_back
from station_app.store.upkeep.collecting import few_collections
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from sync.client.engine import Outcome, Progress
    from sync.client.transport import Transport

__all__ = [
    "Conflict",
    "OnProgress",
    "Outcome",
    "Progress",
    "Rival",
    "TravelProblem",
    "TravelStatus",
    "conflicts",
    "next_delay",
    "problems",
    "run",
    "status",
]

OnProgress: TypeAlias = "Callable[[Progress], None]"
"""Told after each batch: Progress(phase, done, total)."""

CLOCK_LIMIT_MS: Final = 5 * 60 * 1000
"""A clock that differs by more is told (E-502)."""


@dataclass(frozen=True, slots=True)
class TravelStatus:
    """What the status line and the page 数据上传 say. Times in ms, 0 for never; `clock_ms`: local minus server clock.

    `error`: code of the last round's fault, "" when it went well; `asked`: seconds the server asked to wait.
    """

    enrolled: bool
    unsent_ops: int
    unsent_cases: int
    last_contact: int
    last_try: int
    failures: int
    error: str
    asked: int
    problems: int
    conflicts: int
    clock_ms: int
    minutes: int
    waiting_files: int = 0
    waiting_bytes: int = 0

    @property
    def clock_differs(self) -> bool:
        """Whether this PC's clock is off by more than five minutes."""
        return abs(self.clock_ms) > CLOCK_LIMIT_MS

    def next_try(self, chance: float = 0.5) -> int:
        """When the background tries again (ms); 0 where it never will (not enrolled)."""
        return self.last_try + int(next_delay(self, chance) * 1000) if self.enrolled else 0


def status(station: Station) -> TravelStatus:
    """How travelling stands; a few milliseconds, from any thread."""
    store = station.store
    waits = travel.waiting(store)
    (differing,) = database.one(store.reader, "SELECT count(*) FROM problem WHERE kind = 'conflict'")
    waiting_files, waiting_bytes = putting_back.count_waiting_files(station)
    at, server = int(store.setting("contact.at") or 0), int(store.setting("contact.server") or 0)
    return TravelStatus(
        enrolled=bool(store.setting("link.key")),
        unsent_ops=waits.ops,
        unsent_cases=waits.cases,
        last_contact=at,
        last_try=int(store.setting("travel.tried") or 0),
        failures=int(store.setting("travel.failures") or 0),
        error=store.setting("travel.error"),
        asked=int(store.setting("travel.asked") or 0),
        problems=putting_back.problem_count(station),
        conflicts=int(differing),
        clock_ms=at - server if server else 0,
        minutes=int(settings.get(station, "net.minutes")),
        waiting_files=waiting_files,
        waiting_bytes=waiting_bytes,
    )


def next_delay(state: TravelStatus, chance: float = 0.5) -> float:
    """Seconds from the last try to the next one in the background; `chance` in [0, 1) spreads many stations. Pure.

    Nothing waiting and all well: the interval set. Something waiting: soon. After faults: growing pauses.
    """
    from sync.client.retry import pause

    if state.failures or state.asked:
        return pause(state.failures, chance, asked=state.asked, code=state.error)
    if state.unsent_ops:
        return 10.0 + 10.0 * chance
    return state.minutes * 60 * (0.9 + 0.2 * chance)


def run(
    station: Station,
    on_progress: OnProgress | None = None,
    cancel: Callable[[], bool] | None = None,
    *,
    transport: Transport | None = None,
) -> Outcome:
    """Do one round: send, receive, fetch what was granted. A fault is in the outcome, never raised; work goes on.

    Call it on the net lane; it writes in short transactions. `on_progress(Progress(phase, done, total))`.
    """
    from sync.client.engine import Outcome

    try:
        line = transport or enrolment.open_transport(station, StationLedger(station).server().url)
    except KnownError as error:
        outcome = Outcome(error=error)
        _note(station, outcome)
        return outcome
    before, contact = went_back.known(station.store), int(station.store.setting("contact.at") or 0)
    try:
        with few_collections(), travel.passing_through(station.store):
            outcome = _rounds(station, line, on_progress, cancel)
    finally:
        if transport is None:
            close = getattr(line, "close", None)
            if close is not None:
                close()
    if outcome.lost:
        code = went_back.judge(station.store, outcome.lost, before, (contact, StationLedger(station).began))
        went_back.note(station.store, code, station.clock.now_ms(), contact)
    _note(station, outcome)
    erasing.settle(station)
    letters.tidy(station.store)
    return outcome


def disk_warning(station: Station) -> KnownError | None:
    """E-521 or E-525 where this PC's disk went back, or another PC works as this one, within the last thirty days;
    E-559 where a colleague's letter says that it is one of the two.
    """
    code, before = went_back.told(station.store, station.clock.now_ms())
    day = f"{shanghai_time(before):%Y-%m-%d %H:%M}" if before else ""
    return KnownError(code, before=day) if code else None


def _rounds(
    station: Station, line: Transport, on_progress: OnProgress | None, cancel: Callable[[], bool] | None
) -> Outcome:
    """One round, and a second one where keys are still to go: a grant just sent brings the receiver's devices."""
    from sync.client import engine

    ledger = StationLedger(station)

    def once(keys_before: Callable[[], None]) -> Outcome:
        return engine.run(
            ledger,
            line,
            clock=station.clock,
            on_progress=on_progress,
            cancel=cancel,
            before_push=keys_before,
            total=travel.waiting_ops(station.store),
        )

    wrapped = keys.Written()

    def wrap() -> None:
        nonlocal wrapped
        wrapped = keys.ensure(station)

    first = once(wrap)
    if first.error is not None or first.more:
        return first
    if first.pulled:
        enrolment.adopt_committee(station)
    if (first.pushed and wrapped.unknown) or (first.pulled and keys.ensure(station).again):
        return _joined(first, once(wrap))
    return first


def _joined(first: Outcome, second: Outcome) -> Outcome:
    for name in ("pushed", "duplicates", "pulled", "returned", "blobs_sent", "blobs_received", "problems", "segments"):
        setattr(second, name, getattr(first, name) + getattr(second, name))
    second.passed_over = first.passed_over or second.passed_over
    second.lost = tuple(sorted({*first.lost, *second.lost}))
    for name in ("requests", "out", "into"):
        setattr(second.traffic, name, getattr(first.traffic, name) + getattr(second.traffic, name))
    second.traffic.largest = max(first.traffic.largest, second.traffic.largest)
    return second


def _note(station: Station, outcome: Outcome) -> None:
    """Keep how the round went, for the status line and the next try; a demonstration clock is used as any other.

    The next round says it anew, so it does not wait for the disk: each quiet round would.
    """
    seconds = outcome.error.values.get("seconds") if outcome.error else 0
    kept = {
        "travel.tried": str(station.clock.now_ms()),
        "travel.error": outcome.error.code if outcome.error else "",
        "travel.asked": str(seconds) if isinstance(seconds, int) else "0",
        "travel.failures": str(int(station.store.setting("travel.failures") or 0) + 1) if outcome.error else "0",
    }
    if outcome.contact_ms:
        kept |= {"contact.at": str(outcome.contact_ms), "contact.server": str(outcome.server_ms)}
    station.store.set_settings({k: v for k, v in kept.items() if station.store.setting(k) != v}, durable=False)
