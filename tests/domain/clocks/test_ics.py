"""The calendar file, read back by a small reader of its own: structure, folding, days, and what never leaves."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.clock import SHANGHAI, to_ms
from station_app.domain.clocks.clock import ENTERED, Clock
from station_app.domain.clocks.ics import calendar
from station_app.domain.clocks.run import clocks
from tests.domain.court.build import CASE, OB, Made, labour, rec

NOW = to_ms(datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI))
Event = dict[str, str | list[str]]


def found(made: Made | None = None) -> list[Clock]:
    return clocks((made or Made().drop(rec(74))).facts())


def file(them: list[Clock], title: str = "田某与演示公司纠纷", now: int = NOW) -> str:
    return calendar([(CASE, title, c) for c in them], now)


def read(text: str) -> list[Event]:
    """Entries as name -> value; reminders as their triggers. Fails on anything RFC 5545 does not allow here."""
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert all("\r" not in line and "\n" not in line for line in physical)
    assert all(0 < len(line.encode()) <= 75 for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[Event] = []
    stack: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        assert re.fullmatch("[A-Z-]+(;[A-Z]+=[A-Z]+)?", name), line
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({"alarms": []})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = unescaped(value) if name in ("SUMMARY", "DESCRIPTION") else value
        elif stack[-1] == "VALARM" and name == "TRIGGER":
            alarms = events[-1]["alarms"]
            assert isinstance(alarms, list)
            alarms.append(value)
    assert not stack
    return events


def unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a sign that must be escaped"
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)


def when(event: Event) -> tuple[date, list[datetime]]:
    """The day, and the moments of the reminders."""
    day = datetime.strptime(str(event["DTSTART;VALUE=DATE"]), "%Y%m%d").date()  # noqa: DTZ007  # a bare day
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    moments = []
    for trigger in event["alarms"]:
        parts = re.fullmatch(r"-P(?:(\d+)D)?T(\d+)H", trigger)
        assert parts, trigger
        moments.append(midnight - timedelta(days=int(parts[1] or 0), hours=int(parts[2])))
    return day, moments


def test_each_running_clock_is_a_whole_day_with_two_reminders() -> None:
    them = found()
    events = read(file(them))
    assert len(events) == len([c for c in them if c.last and c.state in ENTERED]) > 1
    event = next(e for e in events if str(e["SUMMARY"]).startswith("司法确认申请期限："))
    day, reminders = when(event)
    assert day == date(2026, 12, 24)
    assert event["DTEND;VALUE=DATE"] == "20261225"
    assert [m.isoformat()[:16] for m in reminders] == ["2026-12-23T09:00", "2026-12-19T09:00"]
    assert event["DTSTAMP"] == "20261125T010000Z"
    assert event["SUMMARY"] == "司法确认申请期限：田某与演示公司纠纷"


def test_the_early_reminder_counts_from_the_unmoved_day() -> None:
    made = Made().put(OB, due="2026-10-02")
    for row in (61, 62, 63, 64):
        made.put(rec(row), on="2026-09-01")
    made.drop(rec(74)).today = date(2026, 9, 2)
    events = {str(e["SUMMARY"])[:4]: when(e) for e in read(file(found(made)))}
    day, reminders = events["司法确认"]
    assert day == date(2026, 10, 8)
    assert reminders[1].date() == date(2026, 9, 26), "five days before 1 October"


def test_the_entry_does_not_say_how_many_days_are_left_but_by_which_article() -> None:
    for event in read(file(found())):
        words = str(event["DESCRIPTION"])
        assert "还剩" not in words
        assert "最后一天为" in words or "届满" in words
        assert words.endswith("〕")


def test_entries_keep_their_names_when_the_file_is_made_again() -> None:
    first, later = read(file(found())), read(file(found(), title="改过的标题", now=NOW + 86_400_000))
    uids = [e["UID"] for e in first]
    assert uids == [e["UID"] for e in later]
    assert len(set(map(str, uids))) == len(uids)
    two = calendar([(case, "x", c) for case in (CASE, rec(2)) for c in found()], NOW)
    assert len({str(e["UID"]) for e in read(two)}) == 2 * len(uids)


def test_what_is_done_asks_or_has_no_day_is_not_entered() -> None:
    assert all("司法确认" not in str(e["SUMMARY"]) for e in read(file(found(Made()))))
    assert all("时效" not in str(e["SUMMARY"]) for e in read(file(found(labour(Made()).unsigned()))))
    assert read(calendar([], NOW)) == []


@pytest.mark.parametrize(
    "number",
    ["44030019900101001X", "440300199001010018", "13800138001", "6222000000000000017", "6222 0000 0000 0000 017",
     "４４０３００１９９００１０１００１Ｘ", "440300900101001"],
)  # fmt: skip
def test_numbers_of_people_never_leave(number: str) -> None:
    made = Made().drop(rec(74)).put(OB, what=f"货款，汇至{number}账户")
    text = file(found(made), title=f"田某（{number}）纠纷")
    whole = text.replace("\r\n ", "")
    assert number not in whole
    assert "44030019900101001X" not in whole
    assert "（号码略）" in whole
    assert "1\\,000.00元" in whole, "sums stay"


@given(st.text(max_size=120))
def test_any_title_comes_back_as_it_was(title: str) -> None:
    title = re.sub(r"[0-9０-９]+", "三", title).encode("utf-8", "replace").decode()
    title = re.sub(r"[\x00-\x1f\x7f]", "", title)
    clock = [c for c in found() if c.state in ENTERED][:1]
    (event,) = read(file(clock, title=title))
    assert str(event["SUMMARY"]).partition("：")[2] == title


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\n"])
def test_a_line_break_in_a_title_breaks_no_line(sign: str) -> None:
    clock = [c for c in found() if c.state in ENTERED][:1]
    (event,) = read(file(clock, title=f"一;二,三\\四{sign}五\x07"))
    assert str(event["SUMMARY"]).endswith("一;二,三\\四\n五")
