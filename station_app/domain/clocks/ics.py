"""Clocks as a calendar file (RFC 5545): whole-day entries with a reminder the day before; no identity data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from station_app.domain.clocks.clock import Clock, State

_WIDTH: Final = 75
"""Octets a line may have (RFC 5545 3.1)."""


def calendar(entries: Iterable[tuple[str, str, Clock]], now_ms: int) -> str:
    """The file for (case record, case title, clock); a clock without a day or already done has no entry.

    UIDs are stable, so that a calendar that takes the file again replaces its entries.
    """
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//station-app//clocks//ZH", "CALSCALE:GREGORIAN"]
    for case, title, clock in entries:
        if clock.last is not None and clock.state is not State.DONE:
            lines += _event(case, title, clock, stamp)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(case: str, title: str, clock: Clock, stamp: str) -> Iterator[str]:
    assert clock.last is not None
    uid = hashlib.sha256(f"{case}/{clock.code}/{clock.rec}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@station-app"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{clock.last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{clock.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{clock.title}：{title}')}"
    yield f"DESCRIPTION:{_escaped(clock.sentence)}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(clock.title)}"
    yield "TRIGGER:-P1D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; a character is never cut."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _WIDTH:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
