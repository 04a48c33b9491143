"""体检包: one ZIP that IT can be sent when something is wrong; what it holds names no resident and no case.

In it: the doctor's findings, the machine, the settings, figures, the log, and the newest fault reports.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Final

from station_app.clock import shanghai_time
from station_app.services.local import disk, faults, journal, settings
from station_app.services.local.health import Finding
from station_app.services.local.release import program_version
from station_app.services.station import Station
from station_app.store import database
from sync.contract.errors import KnownError

WITHHELD: Final = frozenset({"net.proxy_user", "privacy.officer"})
"""Settings that name a person."""
MOST_FAULTS: Final = 10
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z.])\d{7,17}[\dXx]?(?![0-9A-Za-z.])")
_TABLES: Final = ("op", "case_row", "blob", "draft", "problem")


def write(station: Station, *, findings: list[Finding], to: Path) -> Path:
    """Write the pack to a file, or into a folder under a name of its own. E-516 where that fails."""
    now = shanghai_time(station.clock.now_ms())
    path = to / f"体检包-{station.store.setting('station.code')}-{now:%Y%m%d-%H%M%S}.zip" if to.is_dir() else to
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, text in _parts(station, findings).items():
                pack.writestr(name, text)
        part.replace(path)
    except OSError as exc:
        raise KnownError("E-516", file=path.name) from exc
    finally:
        part.unlink(missing_ok=True)
    journal.note(station.store.directory, "checked", failed=sum(not f.ok for f in findings))
    return path


def _parts(station: Station, findings: list[Finding]) -> dict[str, str]:
    """File name in the pack and its text."""
    clean = [Finding(f.name, f.ok, f.code, _scrubbed(station, f.sentence)) for f in findings]
    lines = [f"{'●' if f.ok else '▲'} {f.name}：{f.code} {f.sentence}".replace("： ", "：") for f in clean]
    entries = journal.read(station.store.directory)
    parts = {
        "体检.txt": "\n".join(lines) + "\n",
        "体检.json": _json([asdict(f) for f in clean]),
        "本机.json": _json(_machine(station)),
        "设置.json": _json(_settings(station)),
        "数量.json": _json(_figures(station)),
        "运行日志.txt": "".join(e.sentence + "\n" for e in entries),
        "运行日志.jsonl": "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in entries),
    }
    for report in faults.reports()[:MOST_FAULTS]:
        parts[f"故障/{report.name}"] = faults.clean_trace(report.read_text("utf-8", errors="replace"))
    return parts


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _machine(station: Station) -> dict[str, object]:
    return {
        "program": program_version(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packaged": bool(getattr(sys, "frozen", False)),
        "free_mb": disk.free(station) // 2**20,
        "device": station.store.device,
        "station": station.store.setting("station.code"),
        "locale": os.environ.get("LANG", ""),
        "input_method": os.environ.get("QT_IM_MODULE", ""),
    }


def _settings(station: Station) -> dict[str, object]:
    found: dict[str, object] = {}
    for setting in settings.SETTINGS:
        value = settings.get(station, setting.key)
        found[setting.key] = {
            "value": ("（已设置）" if value else "") if setting.key in WITHHELD else _scrubbed(station, value),
            "fixed_by": settings.fixed_by(setting.key),
        }
    return found


def _figures(station: Station) -> dict[str, int]:
    read = station.store.reader
    counts = {name: int(database.one(read, f"SELECT count(*) FROM {name}")[0]) for name in _TABLES}
    return counts | {"bytes": station.store.path.stat().st_size}


def _scrubbed(station: Station, text: str) -> str:
    """Places on this PC without its user's name, and no long number."""
    for place, word in ((str(station.store.directory), "数据目录"), (str(Path.home()), "~")):
        text = text.replace(place, word)
    text = text.replace(tempfile.gettempdir(), "临时目录")
    return _NUMBER.sub("#", text)
