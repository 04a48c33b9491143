"""Where acts beside the steps have no place any more, or not yet: orders, hand-offs, merging, turning, visits. Pure.

The steps themselves stand in sync.contract.states. What is closed is taken up again first (恢复办理), so that nothing
is done to a case that every list and figure shows as done with.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.course.services import MEDIATION, service_of
from sync.contract.errors import KnownError
from sync.contract.states import (
    ACCEPTED,
    ARCHIVED,
    ENDED,
    FEDBACK,
    REFERRED,
    REFUSED,
    REGISTERED,
    RESOLVED,
    STATES,
)

ORDER, HAND_OFF, TURN, MERGE, MERGE_INTO = "order", "hand_off", "turn", "merge", "merge_into"
REASSIGN, VISIT, SESSION, AGREEMENT, CONSENT = "reassign", "visit", "session", "agreement", "consent"

_DONE: Final = frozenset({FEDBACK, ARCHIVED})
_AWAY: Final = _DONE | {REFERRED}
NOT_IN: Final[dict[str, frozenset[str]]] = {
    ORDER: _AWAY,
    HAND_OFF: _AWAY,
    REASSIGN: _DONE,
    # a mediation that began is ended first: the steps of another service do not leave "mediating"
    TURN: frozenset(STATES) - {REGISTERED, ACCEPTED},
    # what is counted as resolved would vanish from the figures
    MERGE: RESOLVED | {REFUSED, REFERRED, ENDED},
    # nobody would work on what came into it
    MERGE_INTO: _AWAY | {REFUSED, ENDED},
    VISIT: frozenset({REGISTERED}),
    SESSION: frozenset(),
    AGREEMENT: _DONE | {ENDED},
    CONSENT: _AWAY | {REFUSED},
}
"""Act -> the states it has no place in."""
_NOT_YET: Final = frozenset({REGISTERED, REFUSED, REFERRED})
_STEP: Final = {SESSION: "mediate", AGREEMENT: "agree"}
"""Acts that make the step so named: nobody mediates what is not taken on, or was handed to somebody else."""
MEDIATION_ONLY: Final = frozenset({SESSION, AGREEMENT, CONSENT})
"""Acts of the mediation of disputes (人民调解法 2)."""


def refusal(view: Case, act: str) -> KnownError | None:
    """Why the act is not for this case: E-252 merged, E-278 other service, E-405 early, E-244 late; None: it may."""
    if view.get("merged_into"):
        return KnownError("E-252", title=text(view.record, "title"))
    if act in MEDIATION_ONLY and service_of(view) != MEDIATION:
        return KnownError("E-278", why="act", of=service_of(view))
    if act in _STEP and view.case_state in _NOT_YET:
        return KnownError("E-405", step=_STEP[act], state=view.case_state)
    if view.case_state in NOT_IN[act]:
        return KnownError("E-244", why=act, state=view.case_state, title=text(view.record, "title"))
    return None


def may(view: Case, act: str) -> bool:
    """Whether the act has a place in this case."""
    return refusal(view, act) is None


def guard(view: Case, act: str) -> None:
    """Raise what `refusal` says."""
    error = refusal(view, act)
    if error is not None:
        raise error


def guard_session(view: Case, held: str) -> None:
    """As `guard`; and E-244 for a session held after the case was over: it is taken up again first."""
    guard(view, SESSION)
    over = text(view.record, "ended_at") or text(view.record, "fedback_at") or text(view.record, "state_since")
    if view.case_state in _DONE | {ENDED} and over and held > over:
        raise KnownError("E-244", why="over", state=view.case_state, at=over.replace("T", " "))
