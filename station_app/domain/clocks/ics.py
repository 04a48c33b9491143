"""Clocks as a calendar file (RFC 5545): whole-day entries with two reminders; numbers of people never leave in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from station_app.domain.clocks.clock import ENTERED, SOON, Clock

_WIDTH: Final = 75
"""Octets a line may have (RFC 5545 3.1)."""
_NUMBER: Final = re.compile(r"[0-9０-９](?:[ \-－]?[0-9０-９]){10,}[XxＸｘ]?")
"""Identity, phone and account numbers: eleven digits and more, also written in groups."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar(entries: Iterable[tuple[str, str, Clock]], now_ms: int) -> str:
    """The file for (case record, case title, clock); a clock without a day or already done has no entry.

    UIDs are stable, so that a calendar that takes the file again replaces its entries.
    """
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//station-app//clocks//ZH", "CALSCALE:GREGORIAN"]
    for case, title, clock in entries:
        if clock.shift is not None and clock.state in ENTERED:
            lines += _event(case, title, clock, last=clock.shift.shifted, raw=clock.shift.raw, stamp=stamp)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(case: str, title: str, clock: Clock, *, last: date, raw: date, stamp: str) -> Iterator[str]:
    uid = hashlib.sha256(f"{case}/{clock.code}/{clock.rec}".encode()).hexdigest()[:32]
    basis = f"〔{clock.printed_basis}〕" if clock.basis else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@station-app"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{clock.title}：{title}')}"
    yield f"DESCRIPTION:{_escaped(_standing(clock) + basis)}"
    yield "TRANSP:TRANSPARENT"
    yield from _alarm(clock.title, 1)
    yield from _alarm(clock.title, SOON + max(0, (last - raw).days))
    yield "END:VEVENT"


def _standing(clock: Clock) -> str:
    """The sentence without how many days are left: an entry is read on other days than it was written."""
    return re.sub(r"还剩[0-9]+天，|今天是最后一天，|收到申请第[0-9]+日 · ", "", clock.sentence)


def _alarm(title: str, days: int) -> Iterator[str]:
    """A reminder at nine in the morning so many days before; a whole-day entry begins at midnight."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(title)}"
    yield f"TRIGGER:-P{days - 1}DT15H" if days > 1 else "TRIGGER:-PT15H"
    yield "END:VALARM"


def _escaped(text: str) -> str:
    text = _NUMBER.sub("（号码略）", text)
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
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
