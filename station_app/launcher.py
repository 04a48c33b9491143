"""The launcher: starts the version of the program in force, and goes back by itself from one that does not start.

Standard library and one small module only: it lies outside the versions and is packed as a program of its own.

    HOME/launcher/station-app, station      this module
    HOME/current                            which version is in force (JSON), replaced in one step
    HOME/versions/0.2.0/…                   a version as it was packed, whole; never changed once it has its name
    HOME/managed                            present where the system's packages own HOME: then nothing here is written

A new version is on trial until the desk has shown itself once (`prove`). Started twice without that, the third start
takes the version before it, and says so in HOME/fallback (JSON) for the desk, the doctor and the district.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sync.contract.releasing.versions import is_version, order

HOME: Final = "STATION_HOME"
"""Environment variable: the folder of the versions. The launcher gives it to the program it starts."""
VERSION: Final = "STATION_VERSION"
"""Environment variable: which version was started."""
POINTER: Final = "current"
FALLBACK: Final = "fallback"
MANAGED: Final = "managed"
VERSIONS: Final = "versions"
TRIES: Final = 2
"""Starts a version on trial is given."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is in force. `before`: where to go back to, "" nowhere; `tries`: starts since then; `proven`: it showed."""

    version: str
    before: str = ""
    tries: int = 0
    proven: bool = True


def folder(home: Path, version: str) -> Path:
    """Where a version lies."""
    return home / VERSIONS / version


def program(home: Path, version: str, name: str) -> Path:
    """The file of a version that is started: `station-app` or `station`."""
    return folder(home, version) / (f"{name}.exe" if os.name == "nt" else name)


def installed(home: Path) -> list[str]:
    """Versions that lie here whole, the earliest first."""
    try:
        names = [entry.name for entry in (home / VERSIONS).iterdir() if is_version(entry.name)]
    except OSError:
        return []
    return sorted((name for name in names if program(home, name, "station-app").is_file()), key=order)


def read(home: Path) -> Pointer:
    """What is in force; where the file is missing or damaged, the latest version that lies here ("" for none)."""
    written = _written(home)
    if written is not None:
        return written
    found = installed(home)
    return Pointer(found[-1] if found else "")


def ensure(home: Path, version: str) -> None:
    """Write down that this version is in force, where nothing says it yet: before another one is laid beside it."""
    if _written(home) is None:
        put(home, Pointer(version))


def _written(home: Path) -> Pointer | None:
    try:
        raw = json.loads((home / POINTER).read_text("utf-8"))
        version, before, tries, proven = (raw[key] for key in ("version", "before", "tries", "proven"))
        if is_version(version) and (before == "" or is_version(before)) and type(tries) is int:
            return Pointer(version, before, tries, bool(proven))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None


def put(home: Path, pointer: Pointer) -> None:
    """Replace the pointer in one step that outlasts a power cut; OSError where the folder may not be written."""
    _replace(home / POINTER, json.dumps(asdict(pointer)))


def _replace(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    if os.name != "nt":  # the name too must outlast a power cut
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def switch(home: Path, version: str) -> Pointer:
    """Put another version in force, on trial; what was in force and is proven is where it goes back to."""
    now = read(home)
    before = now.version if now.proven else now.before
    pointer = Pointer(version, "" if before == version else before, 0, proven=False)
    put(home, pointer)
    return pointer


def go_back(home: Path) -> str:
    """Put the version before in force again; its name, "" where there is none that lies here whole."""
    before = _whole_before(home, read(home))
    if before:
        put(home, Pointer(before))
    return before


def _whole_before(home: Path, now: Pointer) -> str:
    return now.before if now.before and program(home, now.before, "station-app").is_file() else ""


def prove(home: Path, version: str) -> None:
    """The desk of this version has shown itself: no more counting. Nothing where it is not on trial, or not ours."""
    now = read(home)
    if now.version == version and not now.proven:
        put(home, Pointer(now.version, now.before, 0, proven=True))


def fallback(home: Path) -> dict[str, object]:
    """{from, to, at}: what this program went back from by itself, at (ms); {} for nothing."""
    try:
        path = home / FALLBACK
        raw, at = json.loads(path.read_text("utf-8")), int(path.stat().st_mtime * 1000)
    except (OSError, ValueError):
        return {}
    return {**raw, "at": at} if isinstance(raw, dict) and is_version(raw.get("from")) else {}


def choose(home: Path) -> str:
    """Which version to start; counts a start of one on trial, and goes back from one that had its tries."""
    now = read(home)
    broken = not program(home, now.version, "station-app").is_file() if now.version else True
    try:
        if (broken or (not now.proven and now.tries >= TRIES)) and (back := _whole_before(home, now)):
            # said first: cut between the two, the next start goes back again, and never without a word of it
            _replace(home / FALLBACK, json.dumps({"from": now.version, "to": back}))
            return go_back(home)
        if not broken and not now.proven:
            put(home, Pointer(now.version, now.before, now.tries + 1, proven=False))
    except OSError:
        return now.version if not broken or not now.before else now.before  # read-only folder: nothing is counted
    if broken:
        found = installed(home)
        return found[-1] if found else ""
    return now.version


def main(argv: list[str] | None = None, *, name: str = "") -> int:
    """Become the program of the same name (Windows: its exit code). 1 with one sentence where no version lies here."""
    arguments = sys.argv[1:] if argv is None else argv
    name = name or Path(sys.executable).stem
    home = Path(os.environ.get(HOME) or Path(sys.executable).resolve().parent.parent)
    now = read(home)
    version = choose(home) if name == "station-app" else now.version
    path = program(home, version, name)
    if not version or not path.is_file():
        sys.stderr.write(f"没有可以启动的程序版本（{home}），数据未受影响。请联系运维人员重新安装。\n")
        return 1
    environment = {**os.environ, HOME: str(home), VERSION: version}
    if os.name == "nt":  # there exec returns to the caller before the program ends
        return subprocess.call([str(path), *arguments], env=environment)
    return os.execve(path, [str(path), *arguments], environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:], name=sys.argv[1]))
