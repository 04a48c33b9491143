"""How updates stand on this PC, for the desk, the command, the check-up; and what is done without being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from station_app import launcher
from station_app.services.local import release, settings
from station_app.services.station import Station
from station_app.services.updating import applying, fetching, memory
from sync.contract.errors import KnownError
from sync.contract.releasing.versions import order

LOOK_AFTER_MS: Final = 6 * 60 * 60 * 1000
"""So often the background looks for a later version."""
SLICE_SECONDS: Final = 10.0
"""So long a slice fetches before what people wrote may travel again."""
CLOSING: Final = "closing"


@dataclass(frozen=True, slots=True)
class Standing:
    """`running`: this program; `next`: what the next start takes ("" the same); `before`: what one can go back to.

    `offered`: a later version that was found, `notes` what is new in it; `fell`: the one that did not start;
    `recalled`: whether the district took back what runs; `asked`, `done_at` ms; `error`: code of the last look.
    `updates`: whether this program can change its version by itself.
    """

    running: str
    next: str
    before: str
    offered: str
    notes: str
    fell: str
    recalled: bool
    asked: int
    error: str
    done: str
    done_version: str
    done_at: int
    updates: bool


def standing(directory: Path) -> Standing:
    """Read from files only: no password, no database."""
    home, known, running = fetching.home(), memory.read(directory), release.program_version()
    pointer = launcher.read(home) if home is not None else launcher.Pointer("")
    there = launcher.installed(home) if home is not None else []
    offered = known.offered if order(known.offered) > order(running) else ""
    return Standing(
        running=running,
        next=pointer.version if pointer.version != running else "",
        before=pointer.before if pointer.before in there and pointer.before != running else "",
        offered=offered,
        notes=known.notes if offered else "",
        fell=release.fallen(),
        recalled=running in known.recalled,
        asked=known.asked,
        error=known.error,
        done=known.done,
        done_version=known.done_version,
        done_at=known.done_at,
        updates=home is not None and not fetching.is_managed(),
    )


def due(station: Station) -> bool:
    """Whether the background has something to do: the last look is long ago, or what is wanted is not here whole."""
    if fetching.home() is None:
        return False
    state = standing(station.store.directory)
    since = station.clock.now_ms() - state.asked
    return not 0 <= since < LOOK_AFTER_MS or (not state.error and _wants(station, state) and not state.next)


def _wants(station: Station, state: Standing) -> bool:
    """Whether the offered version is to be fetched unasked, and is not here yet."""
    if settings.get(station, "update.when") != CLOSING or not state.offered or state.offered == state.fell:
        return False
    signed = fetching.staged(station)
    return signed is None or signed.version != state.offered or not fetching.is_whole(station, signed)


def in_background(station: Station, cancelled: Callable[[], bool] = lambda: False) -> Standing:
    """One slice: look, or fetch for some seconds where that is wanted. Faults are remembered, never raised."""
    directory, began = station.store.directory, monotonic()
    try:
        if not 0 <= station.clock.now_ms() - memory.read(directory).asked < LOOK_AFTER_MS:
            fetching.check(station)
        if _wants(station, standing(directory)):
            fetching.fetch(station, cancel=lambda: cancelled() or monotonic() - began > SLICE_SECONDS)
    except KnownError as error:
        if error.code != "E-566":  # the slice is over; the next one goes on
            memory.keep(directory, error=error.code)
    return standing(directory)


def waits_for_closing(station: Station) -> bool:
    """Whether a version was fetched whole that is to be put in force when the desk is closed; one that did not start
    before is left to a person.
    """
    if fetching.home() is None or settings.get(station, "update.when") != CLOSING:
        return False
    signed = fetching.staged(station)
    return signed is not None and signed.version != release.fallen() and fetching.is_whole(station, signed)


def at_closing(station: Station) -> Standing:
    """Where the user wants it, put in force what was fetched. Faults are remembered: nobody is kept from going home."""
    if waits_for_closing(station):
        try:
            applying.apply(station)
        except KnownError as error:
            memory.keep(station.store.directory, error=error.code)
    return standing(station.store.directory)


def as_data(state: Standing) -> dict[str, Any]:
    """For programs."""
    return {name: getattr(state, name) for name in Standing.__dataclass_fields__}
