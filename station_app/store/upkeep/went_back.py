"""A disk that is reset at every start, and a disk that was cloned: told apart by what came back from the server.

The server had ops of this PC that were not here. All of them younger than the last contact this PC remembers: it forgot
them, the disk went back. One of them older, or made since this program was started: it was written by another PC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from station_app.store import travel
from station_app.store.core import Store

RESET, CLONE, EITHER = "E-521", "E-525", "E-559"
FOUND, WHEN, BEFORE = "disk.found", "disk.when", "disk.before"
TOLD_MS: Final = 30 * 24 * 3600 * 1000
"""How long the doctor tells of it."""


def known(store: Store) -> dict[str, int]:
    """How far each own incarnation reaches here."""
    return {inst: last for _, inst, _, _, last in travel.own_incarnations(store)}


def judge(store: Store, lost: Sequence[str], before: Mapping[str, int], times: tuple[int, int]) -> str:
    """E-521 or E-525, where something came back of the incarnations `lost` beyond what was here `before`.

    `times`: ms of the last contact as remembered before the round (0: none), and of the start of this program.
    """
    contact, began = times
    walls: list[int] = []
    for inst in lost:
        rows = store.reader.execute(
            "SELECT min(o.header ->> 'wall'), max(o.header ->> 'wall') FROM inst i JOIN op o"
            " ON o.id > (i.no << 32) + ?2 AND o.id < (i.no + 1) << 32 WHERE i.inst = ?1",
            (inst, before.get(inst, 0)),
        ).fetchone()
        walls += [int(wall) for wall in rows or () if wall is not None]
    lived = bool(contact and walls and min(walls) <= contact)
    return CLONE if lived or (walls and max(walls) >= began) else RESET


def note(store: Store, code: str, now_ms: int, last_contact: int) -> None:
    """Keep what was found, for the doctor."""
    store.set_settings({FOUND: code, WHEN: str(now_ms), BEFORE: str(last_contact)})


def told(store: Store, now_ms: int) -> tuple[str, int]:
    """(code, ms of the last contact remembered then); ("", 0) where nothing was found lately."""
    if now_ms - int(store.setting(WHEN) or 0) > TOLD_MS:
        return "", 0
    return store.setting(FOUND), int(store.setting(BEFORE) or 0)
