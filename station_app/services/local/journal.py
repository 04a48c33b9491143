"""运行日志: what the program did on this PC, one JSON object a line beside the data; nothing personal by construction.

A line has a time, a word from `EVENTS`, an error code and numbers: nothing that a person typed can get into it. A file
that cannot be written hinders nobody.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app.clock import SHANGHAI, SystemClock

FOLDER: Final = "log"
NAME: Final = "station.jsonl"
MOST_BYTES: Final = 512 * 1024
KEPT: Final = 3
"""Files kept: the one written to, and the ones before it."""
EVENTS: Final = {
    "opened": "打开",
    "closed": "关闭",
    "refused": "登录未成功",
    "told": "提示",
    "fault": "程序故障",
    "policy": "采用单位统一设定",
    "travel": "与区级平台往来",
    "backup": "备份",
    "checked": "本机体检",
    "command": "命令",
    "fetched": "下载新版本",
    "updated": "更新程序",
    "back": "退回上一版本",
}
_TICKET: Final = re.compile(r"[A-Z0-9]{6}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `at`: ISO time of Shanghai by this PC; `figures`: named numbers."""

    at: str
    event: str
    code: str
    ticket: str
    figures: dict[str, int]

    @property
    def sentence(self) -> str:
        """The line as plain text."""
        parts = [self.at.replace("T", " "), EVENTS.get(self.event, self.event), self.code, self.ticket]
        parts += [f"{name}={number}" for name, number in self.figures.items()]
        return "  ".join(part for part in parts if part)


def note(directory: Path, event: str, *, code: str = "", ticket: str = "", **figures: int) -> None:
    """Add a line. A directory without a station, or one that cannot be written, gets none."""
    if event not in EVENTS or not directory.is_dir():
        return
    now = datetime.fromtimestamp(SystemClock().now_ms() / 1000, SHANGHAI)
    line: dict[str, object] = {"at": now.isoformat(timespec="seconds"), "event": event}
    if re.fullmatch(r"E-\d{3}", code):
        line["code"] = code
    if _TICKET.fullmatch(ticket):
        line["ticket"] = ticket
    line |= {name: int(number) for name, number in figures.items()}
    path = directory / FOLDER / NAME
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _turn(path)
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def read(directory: Path, *, most: int = 0) -> list[Entry]:
    """The lines, oldest first; `most` newest ones, 0 for all. Lines that are none are passed over."""
    found: list[Entry] = []
    for path in reversed(files(directory)):
        with suppress(OSError):
            found += [e for line in path.read_text("utf-8", errors="replace").splitlines() if (e := _entry(line))]
    return found[-most:] if most else found


def files(directory: Path) -> list[Path]:
    """The files of the log, newest first."""
    first = directory / FOLDER / NAME
    return [p for p in (first, *(first.with_suffix(f".{n}.jsonl") for n in range(1, KEPT))) if p.is_file()]


def _turn(path: Path) -> None:
    """A full file becomes the one before; the oldest goes."""
    if not path.is_file() or path.stat().st_size < MOST_BYTES:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_suffix(f".{number}.jsonl")
        newer = path.with_suffix(f".{number - 1}.jsonl") if number > 1 else path
        if newer.is_file():
            newer.replace(older)


def _entry(line: str) -> Entry | None:
    try:
        raw = json.loads(line)
        at, event = str(raw.pop("at")), str(raw.pop("event"))
        code, ticket = str(raw.pop("code", "")), str(raw.pop("ticket", ""))
        return Entry(at, event, code, ticket, {str(k): int(v) for k, v in raw.items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
