"""One clock as shown: from when, by which article, until which day, and in which words; how a last day is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Final, Literal

from station_app.domain.court.laws import Article, printed_together
from station_app.domain.dates import Shift, date_cn, last_day_shifted, weekday_cn
from station_app.domain.holidays import HOLIDAYS, RestDays

SOON: Final = 5
"""So many days before the earlier of raw and moved last day a clock turns amber."""
SOON_LIMITATION: Final = 30
"""The same for limitations of a year and more: gathering papers for an arbitration or a suit takes weeks."""


class State(Enum):
    """What a clock does today.

    RUNNING; SOON: warned, about to end; OUT: run out; DONE: what it waited for was done; STOPPED: does not run while a
    fact lasts (wages of a standing employment); ASK: its start is not known; OFF: the district has not set its days.
    """

    RUNNING = "running"
    SOON = "soon"
    OUT = "out"
    DONE = "done"
    STOPPED = "stopped"
    ASK = "ask"
    OFF = "off"


Tone = Literal["red", "amber", "green", "none"]
TONES: Final[dict[State, Tone]] = {
    State.RUNNING: "none",
    State.SOON: "amber",
    State.OUT: "red",
    State.DONE: "green",
    State.STOPPED: "none",
    State.ASK: "amber",
    State.OFF: "none",
}
ENTERED: Final = frozenset({State.RUNNING, State.SOON, State.OUT})
"""States in which a last day is still to be kept in mind; only these go into a calendar file."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. Days are natural days; the first is not counted (民法典 201). `question`: what to answer to start it.

    `basis`: empty only where a district's own rule sets the days. `shift`: None where no day can be named yet;
    `place`: catalogue path of what it waits for; `rec`: its record or "".
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
    def raw(self) -> date | None:
        """The last day as counted, before any rest day moved it."""
        return self.shift.raw if self.shift else None

    @property
    def shifted(self) -> bool:
        """Say whether rest days moved the last day."""
        return bool(self.shift and self.shift.moved)

    @property
    def known(self) -> bool:
        """False where the rest days of the year are not known, so that nothing was moved."""
        return self.shift is None or self.shift.known

    @property
    def tone(self) -> Tone:
        """Red when out, amber when near or not startable."""
        return TONES[self.state]

    def left(self, today: date) -> int | None:
        """Days until the last lawful day; negative when it is over, None where there is none."""
        return (self.shift.shifted - today).days if self.shift else None

    @property
    def printed_basis(self) -> str:
        """All articles in one line, those of one law together; "" for a district's own rule."""
        return "；".join(printed_together(list(those)) for _, those in groupby(self.basis, lambda a: a.law))


def state_of(shift: Shift, today: date, *, done: bool = False, soon: int = SOON) -> State:
    """Where a clock stands today; warnings count from the earlier of raw and moved day (pay-days move forward)."""
    if done:
        return State.DONE
    if today > shift.shifted:
        return State.OUT
    return State.SOON if (min(shift.raw, shift.shifted) - today).days <= soon else State.RUNNING


def day_words(shift: Shift, what: str) -> str:
    """ "最后一天为2026年12月24日（周四）。", with what moved it, or that the year's rest days are not known yet."""
    last = f"{date_cn(shift.shifted)}（{weekday_cn(shift.shifted)}）"
    if not shift.known:
        return f"最后一天为{last}。{unknown_words(shift)}"
    if not shift.moved:
        return f"最后一天为{last}。"
    why = HOLIDAYS[shift.reason][0]
    return f"{what}为{_raw_words(shift)}（{why}），顺延至{last}。"


def unknown_words(shift: Shift) -> str:
    """That the rest days of the year are missing, and that nothing was moved; "" where they are known."""
    return "" if shift.known else f"{shift.missing}年放假安排尚未录入，按自然日计算，未作顺延。"


def _raw_words(shift: Shift) -> str:
    """The raw day without its year, except where the day it is moved to lies in another one."""
    year = f"{shift.raw.year}年" if shift.raw.year != shift.shifted.year else ""
    return f"{year}{shift.raw.month}月{shift.raw.day}日"


def pay_day_words(shift: Shift, today: date) -> str:
    """A pay-day of wages: due before a rest day, never after it (保障农民工工资支付条例 14)."""
    last = f"{date_cn(shift.shifted)}（{weekday_cn(shift.shifted)}）"
    left = left_words(shift, today)
    if (shift.shifted - today).days < 0:
        return left
    if not shift.known:
        return f"{left}支付日为{last}。{shift.missing}年放假安排尚未录入，支付日遇节假日、休息日的，应当提前支付。"
    if not shift.moved:
        return f"{left}最后一天为{last}。"
    why = HOLIDAYS[shift.reason][0]
    return f"约定日{_raw_words(shift)}为{why}，工资应当提前支付，{left}最后一天为{last}。"


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
    rank = {State.ASK: 1, State.STOPPED: 2, State.OFF: 3, State.DONE: 4}
    return sorted(clocks, key=lambda c: (rank.get(c.state, 0), c.last or date.max))
