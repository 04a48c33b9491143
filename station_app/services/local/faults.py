"""Crash reports: where the program went wrong, without the values it worked on (no personal data)."""

from __future__ import annotations

import re
import secrets
import tempfile
import time
from pathlib import Path

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_PREFIX = "station-fault-"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that is mistaken for a digit over the telephone."""
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
    """Write the report beside the temporary files (or into `directory`); None where nothing can be written.

    Its name ends in the ticket that a person reads out over the telephone (`ticket_of`).
    """
    ticket = "".join(secrets.choice(_LETTERS) for _ in range(6))
    try:
        folder = directory or Path(tempfile.gettempdir())
        path = folder / f"{_PREFIX}{time.strftime('%Y%m%d-%H%M%S')}-{ticket}.txt"
        path.write_text(clean_trace(trace), "utf-8")
    except OSError:
        return None
    return path


def ticket_of(report: Path | None) -> str:
    """The number of a report: six letters and digits; "" for none."""
    return report.stem.rpartition("-")[2] if report else ""


def reports(directory: Path | None = None) -> list[Path]:
    """The reports that are still there, newest first."""
    folder = directory or Path(tempfile.gettempdir())
    return sorted(folder.glob(f"{_PREFIX}*.txt"), key=lambda path: path.name, reverse=True)
