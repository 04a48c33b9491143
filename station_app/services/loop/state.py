"""Where an order stands: its state in one code, which of its limits has passed, and what may be done next. Pure.

The limits of 社区发令 are set by the district; a limit that nobody set never passes. An order that the platform has
not confirmed yet has reached nobody, so it cannot be late (深圳经济特区矛盾纠纷多元化解条例 12).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from station_app.domain.case import names, text
from sync.contract.fold import Record

UNSENT, SENT, RECEIVED, ARRIVED = "unsent", "sent", "received", "arrived"
RESOLVED, RATED, WITHDRAWN = "resolved", "rated", "withdrawn"
OFFERED = "offered"
"""A hand-off that was sent and waits for its answer."""

DONE_AT: Final = {
    "issue": "issued_at",
    "receive": "received_at",
    "arrive": "arrived_at",
    "resolve": "resolved_at",
    "rate": "rating",
    "remind": "reminded_at",
    "raise": "raised_at",
    "notice": "noticed_at",
    "withdraw": "withdrawn_at",
}
"""Step -> the field that says it was done."""
LINE: Final = ("issue", "receive", "arrive", "resolve", "rate")
"""The line an order goes: 发令 → 签收 → 到场 → 办结 → 评价."""
CHASE: Final = ("remind", "raise", "notice")
"""督办 → 提级 → 通报."""
BEFORE: Final = {"receive": "issue", "arrive": "receive", "resolve": "receive", "rate": "resolve"} | {
    "raise": "remind",
    "notice": "raise",
}
"""Step -> the step that must stand. A matter can be settled without going there: 办结 needs only 签收."""
CLOSED: Final = frozenset({RESOLVED, RATED, WITHDRAWN})


def state_of(order: Record, *, confirmed: bool) -> str:
    """The code of `order_states`; `confirmed`: the platform has the order, or it came from there."""
    if order.get("withdrawn_at"):
        return WITHDRAWN
    for field, state in (
        ("rating", RATED),
        ("resolved_at", RESOLVED),
        ("arrived_at", ARRIVED),
        ("received_at", RECEIVED),
    ):
        if order.get(field):
            return state
    return SENT if confirmed else UNSENT


def late(order: Record, now: str, *, confirmed: bool) -> str:
    """The limit that has passed and is not met: "resolve" before "report"; "" while all is in time.

    `now` is a moment YYYY-MM-DDTHH:MM of Asia/Shanghai.
    """
    if state_of(order, confirmed=confirmed) in CLOSED | {UNSENT}:
        return ""
    if passed(order, "resolve_by", now):
        return "resolve"
    return "report" if not order.get("arrived_at") and passed(order, "report_by", now) else ""


def passed(order: Record, limit: str, moment: str) -> bool:
    """Whether a moment lies after a limit of the order; False where it has none."""
    day = text(order, limit)
    return bool(day) and moment > day


def late_since(order: Record, now: str) -> str:
    """The first limit that had passed when it was not met, as a moment; "" for none. Also true of closed orders."""
    missed = [
        limit
        for limit, done in (("report_by", "arrived_at"), ("resolve_by", "resolved_at"))
        if passed(
            order, limit, text(order, done) or (text(order, "resolved_at") if done == "arrived_at" else "") or now
        )
    ]
    return min((text(order, limit) for limit in missed), default="")


def after(moment: str, *, minutes: int) -> str:
    """A moment so many minutes later."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).isoformat()[:16]


def done(order: Record, step: str) -> bool:
    """Whether a step was recorded."""
    return bool(order.get(DONE_AT[step]))


def may(order: Record, step: str) -> bool:
    """Whether a step comes next: the one before it stands, it is not done, nothing has closed the order."""
    if done(order, step) or done(order, "withdraw"):
        return False
    if step == "withdraw":
        return not done(order, "receive")
    if step in ("arrive", *CHASE) and done(order, "resolve"):
        return False
    return step not in BEFORE or done(order, BEFORE[step])


def answered_by(order: Record, own: str) -> bool:
    """Whether the station with this code signs for the order: the leading receiver, or, where that unit does not work
    with this program, the side that gave the order writes down what it heard.
    """
    receivers = names(order, "sent_to")
    return (receivers[0] == own) if receivers and receivers[0] else own not in receivers


def is_to(order: Record, own: str) -> bool:
    """Whether an order was sent to the station with this code, leading or joint."""
    return bool(own) and own in names(order, "sent_to")
