"""What the page 社区发令 and the case page show of orders and hand-offs: lines in the order of urgency, and the count.

Which cases have any stands in the projections; the few that are not done with are folded when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import Case, text
from station_app.services.cases import moment
from station_app.services.loop import hand_offs, outside, parts, state
from station_app.services.loop.outside import Outside
from station_app.services.loop.reach import confirmed_of, own_code
from station_app.services.station import Station
from sync.contract.fold import Record

ORDER, HAND_OFF = "order", "hand_off"
MOST: Final = 300
"""Lines of things done with that are shown, newest first; what is open is always shown whole."""
_STEPS: Final = ("receive", "arrive", "resolve", "rate", *state.CHASE, "withdraw")
_ANSWERS: Final = frozenset({"receive", "arrive", "resolve"})


@dataclass(frozen=True, slots=True)
class LoopLine:
    """One order or hand-off as a list shows it. Moments are YYYY-MM-DDTHH:MM, "" where not known.

    `mine`: it was sent to this station; `steps`: what this user may do next; `late`: "report", "resolve" or "";
    `sent`: whether the platform confirmed it; `parts`: of each joint unit that works with this program its name, state
    and result; `outside`: units noted that do not. For a joint unit itself `state` and `steps` are those of its part.
    """

    kind: str
    case: str
    rec: str
    title: str
    no: str
    words: str
    unit: str
    state: str
    at: str
    late: str
    mine: bool
    sent: bool
    steps: tuple[str, ...]
    record: Record
    parts: tuple[tuple[str, str, str], ...] = ()
    outside: tuple[Outside, ...] = ()

    @property
    def new(self) -> bool:
        """Sent to this station and not acknowledged: nobody may miss it."""
        return self.mine and self.state in (state.SENT, state.OFFERED)

    @property
    def open(self) -> bool:
        """Whether anybody still has to do something."""
        return bool(self.state not in (state.RATED, state.WITHDRAWN, "accepted", "declined"))

    def state_words(self, lang: str = "zh_CN") -> str:
        """The word of the state."""
        listed = "order_states" if self.state in codes.load("order_states") else "hand_off_answers"
        return codes.label(listed, self.state, lang)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of an order's line: the step, when (""), who or what, and whether it came after its limit."""

    step: str
    at: str
    who: str
    late: bool


def lines(station: Station, *, everything: bool = False) -> list[LoopLine]:
    """All that is open, and with `everything` the newest that are done with: new ones first, late ones next."""
    sql = (
        "SELECT DISTINCT l.case_id FROM loop_row l JOIN case_row c ON c.id = l.case_id"
        " WHERE c.discarded = 0 AND l.kind IN ('order', 'hand_off')"
    )
    found = [int(r[0]) for r in station.store.reader.execute(sql + " AND l.done = 0")]
    if everything:
        found += [int(r[0]) for r in station.store.reader.execute(f"{sql} ORDER BY l.case_id DESC LIMIT {MOST}")]
    shown: list[LoopLine] = []
    for pk in dict.fromkeys(found):
        shown += of_case(station, station.case(station.store.ids.case_rec(pk)))
    return sorted((s for s in shown if everything or s.open), key=_urgency)


def of_case(station: Station, view: Case) -> list[LoopLine]:
    """The orders and hand-offs of one case, as they were made."""
    records = [*view.kind(ORDER), *view.kind(HAND_OFF)]
    sent = confirmed_of(station, [r.id for r in records])
    now = moment(station)
    return [
        _order(station, view, r, sent=r.id in sent, now=now)
        if r.kind == ORDER
        else _hand_off(station, view, r, sent=r.id in sent)
        for r in records
    ]


def count_new(station: Station) -> int:
    """How many orders and hand-offs wait for this station's acknowledgement: the figure in the menu."""
    sql = (
        "SELECT DISTINCT l.case_id FROM loop_row l JOIN case_row c ON c.id = l.case_id"
        " WHERE l.done = 0 AND c.discarded = 0 AND l.kind IN ('order', 'hand_off')"
    )
    cases = [station.store.ids.case_rec(int(r[0])) for r in station.store.reader.execute(sql)]
    return sum(line.new for case in cases for line in of_case(station, station.case(case)))


def stops(order: Record) -> list[Stop]:
    """The line of an order: 发令 → 签收 → 到场 → 办结 → 评价."""
    who = {
        "issue": text(order, "issuer"),
        "receive": text(order, "received_by"),
        "arrive": "　".join(t for t in (text(order, "arrived_by"), text(order, "arrived_rank")) if t),
        "resolve": text(order, "result"),
        "rate": codes.label("satisfactions", text(order, "rating")) if order.get("rating") else "",
    }
    limits = {"arrive": "report_by", "resolve": "resolve_by"}
    return [
        Stop(
            step,
            text(order, state.DONE_AT[step]) if step != "rate" else "",
            who[step],
            step in limits and state.passed(order, limits[step], text(order, state.DONE_AT[step])),
        )
        for step in state.LINE
    ]


def _order(station: Station, view: Case, record: Record, *, sent: bool, now: str) -> LoopLine:
    own = own_code(station)
    late = state.late(record, now, confirmed=sent)
    joint = parts.is_joint(record, own)
    part = parts.part_of(view, record, own) if joint else None
    if joint:
        steps = parts.steps_of(part, record) if station.can("order_answer") else ()
    else:
        steps = tuple(_allowed(station, record, own, late=bool(late)))
    return LoopLine(
        kind=ORDER,
        case=view.id,
        rec=record.id,
        title=text(view.record, "title"),
        no=text(record, "no"),
        words=text(record, "matter"),
        unit=text(record, "lead"),
        state=parts.state_of(part, record, confirmed=sent) if joint else state.state_of(record, confirmed=sent),
        at=text(record, "issued_at"),
        late="" if part is not None and part.get("resolved_at") else late,
        mine=state.is_to(record, own),
        sent=sent,
        steps=steps,
        record=record,
        parts=tuple(
            (name, parts.state_of(p, record, confirmed=sent), text(p, "result"))
            for name, p in parts.parts_of(view, record)
        ),
        outside=outside.of_order(view, record),
    )


def _allowed(station: Station, record: Record, own: str, *, late: bool) -> Iterable[str]:
    gives, answers = station.can("order"), station.can("order_answer")
    for step in _STEPS:
        if not state.may(record, step) or (step in state.CHASE and not late):
            continue
        if step in _ANSWERS:
            if answers and state.answered_by(record, own):
                yield step
        elif gives and not state.is_to(record, own):
            yield step


def _hand_off(station: Station, view: Case, record: Record, *, sent: bool) -> LoopLine:
    own, answer = own_code(station), text(record, "answer")
    mine = text(record, "sent_to") == own
    steps: tuple[str, ...] = ()
    if not answer:
        if station.can("hand_off_answer") and hand_offs.answers(record, own):
            steps = ("accept", "decline")
        if station.can("hand_off") and not mine:
            steps += ("withdraw",)
    return LoopLine(
        kind=HAND_OFF,
        case=view.id,
        rec=record.id,
        title=text(view.record, "title"),
        no=text(record, "no"),
        words=text(record, "reason"),
        unit=text(record, "to"),
        state=answer or (state.OFFERED if sent else state.UNSENT),
        at=text(record, "offered_at"),
        late="",
        mine=mine,
        sent=sent,
        steps=steps,
        record=record,
    )


def _urgency(line: LoopLine) -> tuple[bool, bool, bool, str, str]:
    soonest = text(line.record, "report_by") or text(line.record, "resolve_by") or "9999"
    return not line.new, not line.open, not line.late, soonest, line.at
