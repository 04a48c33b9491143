"""One clock as shown: from when, by which article, until which day, and in which words; how a last day is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Literal

from station_app.domain.court.laws import Article
from station_app.domain.dates import Shift, date_cn, last_day_shifted, weekday_cn
from station_app.domain.holidays import HOLIDAYS, RestDays

SOON: Final = 5
"""So many days before the unshifted last day a clock turns amber."""


class State(Enum):
    """A clock runs, is about to end, has run out, or was stopped by what it waited for; ASK: its start is not known."""

    RUNNING = "running"
    SOON = "soon"
    OUT = "out"
    DONE = "done"
    ASK = "ask"


Tone = Literal["red", "amber", "green", "none"]
TONES: Final[dict[State, Tone]] = {
    State.RUNNING: "none",
    State.SOON: "amber",
    State.OUT: "red",
    State.DONE: "green",
    State.ASK: "amber",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. Days are natural days; the first is not counted (民法典 201). `question`: what to answer to start it.

    `shift`: None where no day can be named yet; `place`: catalogue path of what it waits for; `rec`: its record or "".
    """

    code: str
    title: str
    basis: tuple[Article, ...]
    start: date | None
    start_why: str
    shift: Shift | None
    state: State
    sentence: str
    place: str
    rec: str = ""
    question: str = ""

    @property
    def last(self) -> date | None:
        """The last lawful day."""
        return self.shift.shifted if self.shift else None

    @property
    def tone(self) -> Tone:
        """Colour by the raw day: red when out, amber when near or not startable."""
        return TONES[self.state]

    def left(self, today: date) -> int | None:
        """Days until the last lawful day; negative when it is over, None where there is none."""
        return (self.shift.shifted - today).days if self.shift else None

    @property
    def printed_basis(self) -> str:
        """All articles in one line."""
        return "；".join(article.printed for article in self.basis)


def state_of(shift: Shift, today: date, *, done: bool = False) -> State:
    """Where a clock stands today; warnings count from the unshifted day."""
    if done:
        return State.DONE
    if today > shift.shifted:
        return State.OUT
    return State.SOON if (shift.raw - today).days <= SOON else State.RUNNING


def day_words(shift: Shift, what: str) -> str:
    """ "最后一天为2026年12月24日（周四）。", with what moved it, or that the year's rest days are not known yet."""
    last = f"{date_cn(shift.shifted)}（{weekday_cn(shift.shifted)}）"
    if not shift.known:
        return f"最后一天为{last}。{shift.raw.year}年放假安排尚未录入，按自然日计算，未作顺延。"
    if not shift.moved:
        return f"最后一天为{last}。"
    why = HOLIDAYS[shift.reason][0]
    return f"{what}为{shift.raw.month}月{shift.raw.day}日（{why}），顺延至{last}。"


def left_words(shift: Shift, today: date) -> str:
    """ "还剩 12 天，", "今天是最后一天，", "已于2026年9月28日届满。"."""
    left = (shift.shifted - today).days
    if left < 0:
        return f"已于{date_cn(shift.shifted)}届满。"
    return f"还剩{left}天，" if left else "今天是最后一天，"


def said(shift: Shift, today: date, what: str) -> str:
    """How long it still runs and until when."""
    head = left_words(shift, today)
    return head if (shift.shifted - today).days < 0 else head + day_words(shift, what)


def unshifted(day: date) -> Shift:
    """A day that no rest day moves (a limitation told as a reminder, an unchangeable period)."""
    return Shift(day, day, known=True, reason="")


def shifted(day: date, rest_days: RestDays) -> Shift:
    """The first working day from `day` on (民法典 203; 民诉法 85)."""
    return last_day_shifted(day, rest_days=rest_days)


def in_order(clocks: Sequence[Clock]) -> list[Clock]:
    """The nearest last day first; those that ask, then those that are done, at the end."""
    rank = {State.OUT: 0, State.SOON: 0, State.RUNNING: 0, State.ASK: 1, State.DONE: 2}
    return sorted(clocks, key=lambda c: (rank[c.state], c.last or date.max))
