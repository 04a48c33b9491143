"""常用筛选: lists with their conditions kept under a name, for one user of this PC; they never travel."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from station_app.services.reading.conditions import EXPRESSIONS, Condition
from station_app.services.reading.lists import Filter
from station_app.services.station import Station
from sync.contract.errors import KnownError

_KEY: Final = "saved.searches."
MOST_LETTERS: Final = 30


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter under its name."""

    name: str
    flt: Filter


def all_of(station: Station) -> list[Saved]:
    """The user's saved filters, in the order they were made."""
    found = []
    for entry in _read(station):
        flt = _filter(entry.get("filter"))
        if flt is not None:
            found.append(Saved(str(entry.get("name") or ""), flt))
    return found


def get(station: Station, name: str) -> Filter:
    """The filter of a name. E-392 for a name nothing was saved under."""
    known = all_of(station)
    for saved in known:
        if saved.name == name.strip():
            return saved.flt
    raise KnownError("E-392", name=name, known="、".join(s.name for s in known))


def save(station: Station, *, name: str, flt: Filter) -> list[Saved]:
    """Keep a filter; one of the same name is replaced. E-393 without name or condition, E-224 for a long name."""
    name = name.strip()
    if not name or flt == Filter():
        raise KnownError("E-393")
    if len(name) > MOST_LETTERS:
        raise KnownError("E-224", limit=MOST_LETTERS, length=len(name))
    entries = _read(station)
    entry = {"name": name, "filter": asdict(flt)}
    place = next((n for n, one in enumerate(entries) if one.get("name") == name), len(entries))
    entries[place : place + 1] = [entry]
    _write(station, entries)
    return all_of(station)


def forget(station: Station, *, name: str) -> list[Saved]:
    """Delete a saved filter; the cases stay as they are. E-392 for a name nothing was saved under."""
    get(station, name)
    _write(station, [e for e in _read(station) if e.get("name") != name.strip()])
    return all_of(station)


def _read(station: Station) -> list[dict[str, Any]]:
    kept = station.store.setting(_KEY + station.user.person)
    entries = json.loads(kept) if kept else []
    return [e for e in entries if isinstance(e, dict)]


def _write(station: Station, entries: list[dict[str, Any]]) -> None:
    words = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    station.store.set_settings({_KEY + station.user.person: words})


def _filter(given: object) -> Filter | None:
    """A filter as it was kept; None for one of a newer program that this one cannot read."""
    known = {f.name for f in fields(Filter)}
    if not isinstance(given, dict) or set(given) - known:
        return None
    picked = [Condition(p["what"], p["test"], tuple(p["values"])) for p in given.get("picked", ())]
    if any(condition.what not in EXPRESSIONS for condition in picked):
        return None
    return Filter(**{**given, "states": tuple(given.get("states", ())), "picked": tuple(picked)})
