"""How updates stand on this PC, for the desk, the command, the check-up; and what is done without being asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from station_app import launcher
from station_app.clock import Clock
from station_app.services.local import release, settings
from station_app.services.station import Station
from station_app.services.updating import applying, fetching, memory
from sync.contract.errors import KnownError
from sync.contract.versions import order

LOOK_AFTER_MS: Final = 6 * 60 * 60 * 1000
"""So often the background looks for a later version."""
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


def look_due(station: Station, clock: Clock) -> bool:
    """Whether the background should look now: this program has versions beside it, and the last look is long ago."""
    since = clock.now_ms() - memory.read(station.store.directory).asked
    return fetching.home() is not None and not 0 <= since < LOOK_AFTER_MS


def in_background(station: Station) -> Standing:
    """Look, and fetch what is offered where the unit or the user wants that; faults are remembered, never raised."""
    try:
        found = fetching.check(station)
        wanted = settings.get(station, "update.when") == CLOSING
        if wanted and found.version and found.version != release.fallen():
            fetching.fetch(station)
    except KnownError as error:
        memory.keep(station.store.directory, error=error.code)
    return standing(station.store.directory)


def at_closing(station: Station) -> Standing:
    """Where the user wants it, put in force what was fetched; a version that did not start before is left to a person.

    Faults are remembered: nobody is kept from going home.
    """
    signed = None if settings.get(station, "update.when") != CLOSING else fetching.staged(station)
    if signed is not None and signed.version != release.fallen():
        try:
            applying.apply(station)
        except KnownError as error:
            memory.keep(station.store.directory, error=error.code)
    return standing(station.store.directory)


def as_data(state: Standing) -> dict[str, Any]:
    """For programs."""
    return {name: getattr(state, name) for name in Standing.__dataclass_fields__}
