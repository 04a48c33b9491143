"""Crash reports: where the program went wrong, without the values it worked on (no personal data)."""

from __future__ import annotations

import os
import re
import tempfile
import time
from pathlib import Path

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_DIGITS = re.compile(r"\d{6,}")


def clean_trace(trace: str) -> str:
    """Keep the places in the code; blank out what is quoted in messages, and long numbers."""
    lines = []
    for line in trace.splitlines():
        place = re.match(r'(\s*File ").*?([^/\\"]+)(", line \d+, in .*)', line)
        if place:
            lines.append(place[1] + place[2] + place[3])
        elif line.startswith(" "):
            lines.append(line)  # a line of our own source
        else:
            lines.append(_DIGITS.sub("#", _QUOTED.sub("'…'", line)))
    return "\n".join(lines) + "\n"


def write_report(trace: str, directory: Path | None = None) -> Path | None:
    """Write the report beside the temporary files (or into `directory`); None where nothing can be written."""
    try:
        folder = directory or Path(tempfile.gettempdir())
        path = folder / f"station-fault-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        path.write_text(clean_trace(trace), "utf-8")
    except OSError:
        return None
    return path
