"""Episodes: what rarely happens by itself, told in order inside a story, with anything else in between.

Each shows a kind of trouble that single acts drawn at random hardly ever make up: a grant whose history is cut in the
middle, a stick under way while one end goes back, a file that is asked for before it has come.
"""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

LAST: Final = -1
"""As a choice: the newest case, stick, backup or PC there is."""
WHOLE: Final = 5
"""As second choice of `carry`: the stick arrives whole, at the PC it is meant for."""
RACE: Final = 4
"""As second choice of `carry`: as `WHOLE`, and a clone of its PC does a round while the district reads the stick."""
_MINE, _MATE, _NEXT, _CLONE = 0, 1, 2, LAST
"""Roles: two colleagues (in either order), the neighbour of the same community, the newest clone."""
PLACES: Final = ("", "/v1/push", "/v1/history", "/v1/blob/put", "/v1/blob/get", "/v1/offer")
"""Requests that a fault can be tied to: number 201 is the first one to the third of these."""


class Line(NamedTuple):
    """One act of an episode. `befalls`: the request, and the kinds of fault one of which comes."""

    act: str
    who: int
    a: int = LAST
    b: int = 0
    befalls: tuple[int, tuple[str, ...]] | None = None


_BROKEN_OFF: Final = ("crash", "crash_after", "offline", "cancel")

EPISODES: Final[dict[str, tuple[Line, ...]]] = {
    "a history is cut in the middle": (
        Line("register", _MINE), Line("edit", _MINE), Line("sync", _MINE), Line("sync", _NEXT),
        Line("grant", _MINE), Line("sync", _MINE), Line("sync", _NEXT, befalls=(202, _BROKEN_OFF)), Line("edit", _MATE),
    ),
    "a grant ends and comes back": (
        Line("register", _MINE), Line("sync", _MINE), Line("sync", _NEXT), Line("grant", _MINE), Line("sync", _MINE),
        Line("sync", _NEXT), Line("end_grant", _MINE), Line("edit", _MINE), Line("register", _MINE),
        Line("sync", _MINE), Line("sync", _NEXT), Line("grant", _MINE, a=-2), Line("sync", _MINE), Line("sync", _NEXT),
    ),
    "keys are wrapped for a case that was taken away": (
        Line("register", _MINE), Line("grant", _MINE, b=4), Line("grant", _MINE), Line("sync", _MINE),
        Line("sync", _NEXT), Line("end_grant", _MINE, b=0), Line("end_grant", _MINE, b=0), Line("sync", _MINE),
        Line("facts", _NEXT), Line("sync", _NEXT), Line("sync", _NEXT),
    ),
    "a file is asked for before it has come": (
        Line("register", _MINE), Line("issue", _MINE, b=7),
        Line("sync", _MINE, befalls=(301, ("offline", "crash"))), Line("sync", _MATE), Line("sync", _MINE),
    ),
    "a restored PC gets its own back": (
        Line("edit", _MINE), Line("save_pc", _MINE), Line("edit", _MINE), Line("facts", _MINE), Line("sync", _MINE),
        Line("restore_pc", _MINE), Line("sync", _MINE),
    ),
    "the district goes back while a stick is under way": (
        Line("sync", _MATE), Line("save_server", _MATE), Line("stick", _MATE), Line("edit", _MINE), Line("edit", _MINE),
        Line("sync", _MINE), Line("carry", _MATE, b=WHOLE), Line("restore_server", _MATE), Line("sync", _MATE),
        Line("carry", _MATE, b=WHOLE), Line("person", _NEXT), Line("sync", _NEXT), Line("sync", _MATE),
    ),
    "a PC goes back while its stick is under way": (
        Line("sync", _MINE), Line("save_pc", _MINE), Line("edit", _MINE), Line("stick", _MINE),
        Line("carry", _MINE, b=WHOLE), Line("restore_pc", _MINE), Line("carry", _MINE, b=WHOLE), Line("sync", _MINE),
    ),
    "a colleague brings back what rests on a grant": (
        Line("sync", _MATE), Line("sync", _NEXT), Line("save_server", _MATE), Line("register", _MINE),
        Line("grant", _MINE), Line("sync", _MINE), Line("sync", _NEXT), Line("edit", _NEXT), Line("sync", _NEXT),
        Line("sync", _MATE), Line("restore_server", _MATE), Line("sync", _MATE), Line("sync", _MINE),
    ),
    "I bring back what a colleague wrote on my case": (
        Line("sync", _MATE), Line("save_server", _MINE), Line("restart", _MINE, a=0), Line("register", _MINE),
        Line("sync", _MINE), Line("sync", _MATE), Line("grant", _MATE), Line("sync", _MATE), Line("sync", _MINE),
        Line("edit", _MINE), Line("restore_server", _MINE), Line("sync", _MINE),
    ),
    "a twin is at work while a stick is read": (
        Line("edit", _MINE), Line("sync", _MINE), Line("clone", _MINE), Line("edit", _MINE), Line("stick", _CLONE),
        Line("carry", _CLONE, b=RACE), Line("carry", _CLONE, b=WHOLE),
    ),
}  # fmt: skip


def place_of(at: int) -> str:
    """The path a numbered request goes to, "" for any."""
    return PLACES[at // 100]


def draw(rng: Random, acts: dict[str, float]) -> tuple[Line, ...]:
    """An episode all acts of which may come in this story; one line of it is sometimes left out."""
    sound = [lines for lines in EPISODES.values() if all(acts[line.act] for line in lines)]
    if not sound:
        return ()
    lines = list(rng.choice(sound))
    if rng.random() < 0.2:
        del lines[rng.randrange(len(lines))]
    swap = {_MINE: _MATE, _MATE: _MINE} if rng.random() < 0.5 else {}
    return tuple(line._replace(who=swap.get(line.who, line.who)) for line in lines)
