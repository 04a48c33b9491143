"""收图文件夹: a folder a scanner, a document camera or a colleague puts pictures into; what is finished is taken.

A file is taken when two looks, at least `STILL_MS` apart, find the same size and time. What was read is moved to the
folder 已归档 inside, by day, never deleted and never written over. A file that cannot be read stays where it is, is
named once, and looked at again when it changes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from station_app.services.scanning import filing, sheets
from station_app.services.scanning.filing import Report
from station_app.services.scanning.sheets import Read
from station_app.services.station import Station
from sync.contract.errors import KnownError

DONE: Final = "已归档"
STILL_MS: Final = 2_000
SUFFIXES: Final = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif"})
"""What is looked at; `.heic` so that it can be said why it is not read."""

Stamp = tuple[int, int]
"""Size in bytes and time of the last change, ns."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was finished: what became of its pages, and where it lies now ("" where it was left)."""

    name: str
    report: Report
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A finished file as read; `read` is None where another program still writes it."""

    path: Path
    stamp: Stamp
    read: Read | None


@dataclass(slots=True)
class Watch:
    """One watched folder, looked at now and then (every second or two); it starts no thread and never waits.

    `look` does all at once; a screen asks for `ready`, lets `read` run beside other work, and calls `take`.
    """

    folder: Path
    _seen: dict[str, tuple[Stamp, int]] = field(default_factory=dict)
    _left: dict[str, Stamp] = field(default_factory=dict)
    _kept: dict[str, Stamp] = field(default_factory=dict)

    def ready(self, now_ms: int) -> list[Path]:
        """Files that have stopped growing, by name. E-335 where the folder is not there or cannot be read."""
        found = self._stamps()
        self._seen = {name: seen for name, seen in self._seen.items() if name in found}
        self._left = {name: stamp for name, stamp in self._left.items() if found.get(name) == stamp}
        self._kept = {name: stamp for name, stamp in self._kept.items() if found.get(name) == stamp}
        still: list[Path] = []
        for name, stamp in sorted(found.items()):
            before, since = self._seen.get(name, (None, now_ms))
            if before != stamp:
                self._seen[name] = (stamp, now_ms)
            elif now_ms - since >= STILL_MS and name not in self._left:
                still.append(self.folder / name)
        return still

    def _stamps(self) -> dict[str, Stamp]:
        found: dict[str, Stamp] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if not _wanted(entry.name) or not entry.is_file(follow_symlinks=False):
                        continue
                    facts = entry.stat(follow_symlinks=False)
                    if facts.st_size:
                        found[entry.name] = (facts.st_size, facts.st_mtime_ns)
        except OSError as error:
            raise KnownError("E-335", path=str(self.folder)) from error
        return found

    def look(self, station: Station, *, case: str = "") -> list[Taken]:
        """Take every finished file: read it, file its pages, move it away."""
        found = [self.read(station, path) for path in self.ready(station.clock.now_ms())]
        return [self.take(station, file, case=case) for file in found]

    def read(self, station: Station, path: Path) -> Unfiled:
        """Read one file; this takes the time and changes nothing. A file in use by another program is read later."""
        stamp = self._seen[path.name][0] if path.name in self._seen else (0, 0)
        if self._kept.get(path.name) == stamp:  # filed before, only the move had failed
            return Unfiled(path, stamp, Read())
        try:
            source = sheets.opened(path)
            now = path.stat()
        except (OSError, KnownError):
            return Unfiled(path, stamp, None)
        if stamp != (now.st_size, now.st_mtime_ns):  # it grew meanwhile
            return Unfiled(path, stamp, None)
        try:
            return Unfiled(path, stamp, Read(tuple(sheets.read_file(station, source))))
        except KnownError as error:
            return Unfiled(path, stamp, Read(failed=(error,)))

    def take(self, station: Station, file: Unfiled, *, case: str = "") -> Taken:
        """File the pages of a file and move it to 已归档; one that could not be read stays."""
        name = file.path.name
        if file.read is None:
            self._seen.pop(name, None)
            return Taken(name, Report())
        report = filing.file(station, read=file.read, case=case)
        if report.failed or report.count(filing.REFUSED):
            self._left[name] = file.stamp
            return Taken(name, report)
        self._kept[name] = file.stamp
        return self._moved(station, file.path, report)

    def _moved(self, station: Station, path: Path, report: Report) -> Taken:
        day = self.folder / DONE / station.clock.today().isoformat()
        try:
            day.mkdir(parents=True, exist_ok=True)
            place = _move(path, day)
        except OSError:
            self._seen.pop(path.name, None)  # tried again; nothing is filed twice
            return Taken(path.name, report)
        return Taken(path.name, report, str(place))


def _move(path: Path, folder: Path) -> Path:
    """Move without writing over anything: a name that is taken gets a number."""
    for count in range(1, 10_000):
        name = path.name if count == 1 else f"{path.stem}-{count}{path.suffix}"
        target = folder / name
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # the name is ours from here on
        except FileExistsError:
            continue
        try:
            path.replace(target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        return target
    raise OSError(f"no free name for {path.name}")


def _wanted(name: str) -> bool:
    return not name.startswith((".", "~")) and Path(name).suffix.lower() in SUFFIXES
