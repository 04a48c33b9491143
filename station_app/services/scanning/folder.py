"""收图文件夹: a folder a scanner, a document camera or a colleague puts pictures into; what is finished is taken.

A file is taken when two looks, at least `STILL_MS` apart, find the same size and time. What was read is moved to the
folder 已归档 inside, by day, never deleted and never written over. A file that cannot be read stays where it is, is
named once, and looked at again when it changes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.services.scanning import filing, sheets
from station_app.services.scanning.filing import Report
from station_app.services.scanning.sheets import Read
from station_app.services.station import Station
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.scan.reading import Source

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


@dataclass(slots=True)
class Watch:
    """One watched folder. `look` is called now and then (every second or two); it starts no thread and never waits."""

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
        """Take every finished file: read it, file its pages, move it away. See `take`."""
        return [self.take(station, path, case=case) for path in self.ready(station.clock.now_ms())]

    def take(self, station: Station, path: Path, *, case: str = "") -> Taken:
        """Read one file, file its pages, move it to 已归档. A file in use by another program is looked at again."""
        from station_app.documents.scan.reading import Source

        stamp = self._seen[path.name][0] if path.name in self._seen else (0, 0)
        if self._kept.get(path.name) == stamp:  # filed before, only the move had failed
            return self._moved(station, path, Report())
        try:
            source = Source(path.name, path.read_bytes())
            now = path.stat()
        except OSError:
            self._seen.pop(path.name, None)
            return Taken(path.name, Report())
        if path.name in self._seen and stamp != (now.st_size, now.st_mtime_ns):
            self._seen.pop(path.name)  # it grew while it was read
            return Taken(path.name, Report())
        report = self._filed(station, source, case)
        if report.failed or report.count(filing.REFUSED):
            self._left[path.name] = stamp
            return Taken(path.name, report)
        self._kept[path.name] = stamp
        return self._moved(station, path, report)

    def _filed(self, station: Station, source: Source, case: str) -> Report:
        try:
            read = Read(tuple(sheets.read_file(station, source)))
        except KnownError as error:
            return Report(failed=(error,))
        return filing.file(station, read=read, case=case)

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
