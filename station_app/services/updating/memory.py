"""What is remembered of updates, in clear beside the data (`updates/state.json`); and which database this PC has."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from station_app.services.local import release
from station_app.services.station import Station
from station_app.store import database

FOLDER: Final = "updates"
_STATE: Final = "state.json"
_OPENED: Final = "opened.json"


@dataclass(frozen=True, slots=True)
class Memory:
    """`asked` ms of the last look, `error` its code; `offered`: the version found; `recalled`: by the district's word.

    `done`, `done_at`, `done_code`: the last thing that was done (applied, back, fell) with its version and time (ms).
    """

    asked: int = 0
    error: str = ""
    offered: str = ""
    notes: str = ""
    recalled: tuple[str, ...] = field(default=())
    done: str = ""
    done_version: str = ""
    done_at: int = 0


def folder(directory: Path) -> Path:
    """Where releases are fetched to, for a data directory."""
    return directory / FOLDER


def read(directory: Path) -> Memory:
    """What is remembered; nothing where the file is missing or damaged: it decides nothing that is not checked anew."""
    raw = _load(folder(directory) / _STATE)
    kept: dict[str, Any] = {}
    for known in fields(Memory):
        value = tuple(raw[known.name]) if isinstance(raw.get(known.name), list) else raw.get(known.name)
        if type(value) is type(known.default if known.name != "recalled" else ()):
            kept[known.name] = value
    return Memory(**kept)


def keep(directory: Path, **changed: Any) -> Memory:
    """Note something; what is not named stays. OSError is the caller's."""
    now = replace(read(directory), **changed)
    folder(directory).mkdir(parents=True, exist_ok=True)
    _store(folder(directory) / _STATE, asdict(now))
    return now


def note_opened(station: Station) -> None:
    """This version opened a database of this form: what going back asks first. Only where versions lie side by side."""
    if release.home() is None:
        return
    (truth,) = database.one(station.store.con, "PRAGMA user_version")
    path, wanted = station.store.directory / _OPENED, {"truth": int(truth), "version": release.program_version()}
    if _load(path) != wanted:
        with suppress(OSError):  # a full disk keeps nobody from working; the earlier program itself refuses then
            _store(path, wanted)


def truth_of(directory: Path) -> int:
    """The form of the database lying here; 0 where no program noted it."""
    found = _load(directory / _OPENED).get("truth")
    return found if type(found) is int else 0


def _load(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _store(path: Path, value: dict[str, Any]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as out:
        out.write(json.dumps(value, ensure_ascii=False))
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
