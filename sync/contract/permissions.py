"""Who may do what: one table role x verb, and the menu of each role. Checked at the station and again at the server."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

MEDIATOR: Final = "mediator"
RECORDER: Final = "recorder"
CONSULTANT: Final = "consultant"
HEAD: Final = "head"
SECRETARY: Final = "secretary"
OPERATOR: Final = "operator"
SERVER: Final = "server"

ROLES: Final = (MEDIATOR, RECORDER, CONSULTANT, HEAD, SECRETARY, OPERATOR, SERVER)

_INTAKE = {
    "register",
    "edit",
    "discard",
    "restore_discarded",
    "import_roster",
    "undo",
    "settle",
    "link",
    "contact",
    "note",
    "answer",
    "key",
    "colour",
}
_STEPS = {
    "accept",
    "refuse",
    "refer",
    "mediate",
    "agree",
    "end",
    "take_effect",
    "visit_done",
    "feed_back",
    "reopen",
}
_COURT = {"apply_confirmation", "confirm", "confirmation_failed"}
_PAPERS = {
    "issue_paper",
    "void_paper",
    "sign",
    "unsign",
    "correct",
    "archive",
    "perform",
    "perform_all",
    "visit",
}
_LOOP = {"order", "order_answer", "hand_off", "hand_off_answer"}
"""社区发令、部门执行 and hand-offs: who gives, and who answers."""
_ROUND = {"patrol", "duty", "evaluate", "report", "answer_entry"}
"""Records about no case: rounds and findings, duty list and day log, satisfaction, issued reports, what residents wrote
by a code (居民自助登记) and the station answers.
"""
_JUDGE = {"lower_colour", "limit"}
"""Lowering a warning (asked by one, answered by another) and moving a limit of the five firsts."""
_NUMBERS = {"renumber", "note_number"}
"""重号 and numbers that stand on paper only, settled by a person."""
_PEOPLE = {"add_person", "edit_person", "set_station"}

_TABLE: Final[dict[str, frozenset[str]]] = {
    MEDIATOR: frozenset(
        _INTAKE
        | _STEPS
        | _COURT
        | _PAPERS
        | _LOOP
        | _ROUND
        | _JUDGE
        | _NUMBERS
        | {"session", "grant", "redline", "save_clause"}
    )
    | {"private_note", "psych_note"},
    RECORDER: frozenset(_INTAKE | _ROUND | {"accept", "mediate", "issue_paper", "session", "sign", "visit"}),
    CONSULTANT: frozenset(
        _INTAKE | _COURT | _PAPERS | {"session", "agree", "private_note", "redline", "save_clause", "evaluate"}
    ),
    HEAD: frozenset(_INTAKE | _STEPS | _COURT | _PAPERS | _PEOPLE | _LOOP | _ROUND | _JUDGE | _NUMBERS)
    | {"session", "grant", "redline", "save_clause", "reassign", "decide", "ask_erasure"},
    SECRETARY: frozenset(
        {"edit", "settle", "grant", "refer", "undo", "note", "reassign", "colour", "decide"} | _LOOP | _ROUND | _JUDGE
    ),
    OPERATOR: frozenset(_PEOPLE | {"key"}),
    SERVER: frozenset({"verdict", "receipt", "set_device", "set_station", "erase", "self_entry"}),
}

_MENU: Final[dict[str, tuple[str, ...]]] = {
    MEDIATOR: ("today", "cases", "papers", "orders", "figures", "travel", "settings"),
    RECORDER: ("today", "cases", "papers", "travel", "settings"),
    CONSULTANT: ("today", "cases", "papers", "figures", "travel", "settings"),
    HEAD: ("today", "cases", "papers", "orders", "figures", "travel", "settings"),
    SECRETARY: ("today", "cases", "orders", "figures", "travel", "settings"),
    OPERATOR: ("travel", "settings"),
}


def allowed(roles: Iterable[str], verb: str) -> bool:
    """True when one of the roles may do the verb."""
    return verb in _verbs_of(tuple(roles))


@lru_cache(maxsize=256)
def _verbs_of(roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(_TABLE.get(role, frozenset()) for role in roles))


def verbs() -> frozenset[str]:
    """Every verb the table knows."""
    return frozenset().union(*_TABLE.values())


def menu(roles: Iterable[str]) -> list[str]:
    """Pages of the desk for these roles, in the order of the menu."""
    order = ("today", "cases", "papers", "orders", "figures", "travel", "settings")
    open_to = {page for role in roles for page in _MENU.get(role, ())}
    return [page for page in order if page in open_to]
