"""Small stand-ins for what build.spec packs: folders whose programs run this checkout, laid out as the real ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DESK: Final = "station_app"
COMMAND: Final = "station_app.cli"


def _program(path: Path, *words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    quoted = " ".join(f'"{word}"' for word in words)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {quoted} "$@"\n', encoding="utf-8")
    path.chmod(0o755)


def bundle(folder: Path, version: str, *, desk: str = "", more: dict[str, bytes] | None = None) -> Path:
    """One version of the program; `desk`: a shell command that stands in for the desk; `more`: further files."""
    _program(folder / "station-app", "-m", DESK)
    _program(folder / "station", "-c", "from station_app.cli.main import run; run()")
    if desk:
        (folder / "station-app").write_text(f"#!/bin/sh\n{desk}\n", encoding="utf-8")
    files = {"_internal/resources/version": version.encode(), "_internal/LICENSE": b"Apache-2.0\n", **(more or {})}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def launcher(folder: Path) -> Path:
    """The launcher, laid out as HOME/launcher."""
    code = "import sys, station_app.launcher as m; sys.exit(m.main(sys.argv[2:], name=sys.argv[1]))"
    for name in ("station-app", "station"):
        _program(folder / name, "-c", code, name)
        text = (folder / name).read_text("utf-8")
        home = 'STATION_HOME="$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)"; export STATION_HOME\n'
        (folder / name).write_text(text.replace("exec ", home + "exec ", 1), encoding="utf-8")
    return folder


def environment(**more: str) -> dict[str, str]:
    """What the stand-ins need, without a screen."""
    kept = {k: v for k, v in os.environ.items() if k not in ("STATION_HOME", "STATION_VERSION")}
    return {**kept, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "default", **more}


def ran(*words: object, code: int = 0, **more: str) -> str:
    """Run something to its end; what it said."""
    done = subprocess.run(
        [str(word) for word in words], env=environment(**more), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, (done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout
