"""The states of a case and the steps between them (发现 → 受理 → 化解 → 确认 → 反馈).

A step lists the states it may leave. Any lawful step can be recorded later than it happened (补录), so "may leave"
is generous where the law sets no order and strict where it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REGISTERED: Final = "registered"
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
REFERRED: Final = "referred"
MEDIATING: Final = "mediating"
AGREED: Final = "agreed"
ENDED: Final = "ended"
EFFECTIVE: Final = "effective"
CONFIRMING: Final = "confirming"
CONFIRMED: Final = "confirmed"
NOT_CONFIRMED: Final = "not_confirmed"
PERFORMED: Final = "performed"
VISITED: Final = "visited"
FEDBACK: Final = "fedback"
ARCHIVED: Final = "archived"

STATES: Final = (
    REGISTERED,
    ACCEPTED,
    REFUSED,
    REFERRED,
    MEDIATING,
    AGREED,
    ENDED,
    EFFECTIVE,
    CONFIRMING,
    CONFIRMED,
    NOT_CONFIRMED,
    PERFORMED,
    VISITED,
    FEDBACK,
    ARCHIVED,
)

OPEN: Final = frozenset(
    {
        REGISTERED,
        ACCEPTED,
        MEDIATING,
        AGREED,
        EFFECTIVE,
        CONFIRMING,
        CONFIRMED,
        NOT_CONFIRMED,
        PERFORMED,
        VISITED,
    }
)
"""States in which somebody still owes an act."""

RESOLVED: Final = frozenset(
    {AGREED, EFFECTIVE, CONFIRMING, CONFIRMED, NOT_CONFIRMED, PERFORMED, VISITED, FEDBACK, ARCHIVED}
)
"""States that count as 化解; what is published as "resolved" is counted by figures.py."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transition: the verb of its op, the states it may leave, the state it reaches.

    `stamps` is the case field that takes the true time; `reason` says that a reason must be given.
    """

    verb: str
    leaves: frozenset[str]
    reaches: str
    stamps: str = ""
    reason: bool = False


def _step(verb: str, leaves: str, reaches: str, stamps: str = "", *, reason: bool = False) -> Step:
    return Step(verb, frozenset(leaves.split()), reaches, stamps, reason)


STEPS: Final[dict[str, Step]] = {
    s.verb: s
    for s in (
        _step("accept", "registered", ACCEPTED, "accepted_at"),
        _step("refuse", "registered", REFUSED, reason=True),
        _step("refer", "registered accepted mediating ended", REFERRED, "ended_at", reason=True),
        _step("mediate", "accepted", MEDIATING),
        _step("agree", "accepted mediating", AGREED, "resolved_at"),
        # 人民调解法 26; 深圳条例 28: mediation ends with a reason, and other ways are told
        _step("end", "accepted mediating", ENDED, "ended_at", reason=True),
        # 人民调解法 29: all parties, the mediator's signature, the committee's seal
        _step("take_effect", "agreed", EFFECTIVE),
        _step("apply_confirmation", "effective performed", CONFIRMING),
        _step("confirm", "confirming", CONFIRMED, "confirmed_at"),
        _step("confirmation_failed", "confirming", NOT_CONFIRMED, reason=True),
        _step("perform_all", "agreed effective confirming confirmed not_confirmed", PERFORMED),
        _step("visit_done", "effective confirmed not_confirmed performed ended", VISITED),
        _step(
            "feed_back",
            "refused referred ended effective confirmed not_confirmed performed visited accepted",
            FEDBACK,
            "fedback_at",
        ),
        _step("archive", "refused referred ended fedback visited", ARCHIVED),
        _step("reopen", "refused referred ended fedback archived", ACCEPTED, reason=True),
    )
}


def may_step(verb: str, state: str) -> bool:
    """True when the step may leave this state."""
    return verb in STEPS and state in STEPS[verb].leaves


def steps_from(state: str) -> list[Step]:
    """The steps that may leave this state, in the order of the work."""
    return [step for step in STEPS.values() if state in step.leaves]
