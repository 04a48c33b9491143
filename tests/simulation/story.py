"""A story: what people, machines and the line do. Made from a seed, written down, told again, shortened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.simulation import episodes

STEPS: Final = 80
PCS: Final = 4

_ACTS: Final = {
    "sync": 30, "edit": 16, "register": 7, "facts": 5, "step": 4, "session": 4, "issue": 4, "settle": 4, "discard": 3,
    "grant": 5, "end_grant": 2, "person": 1, "restart": 3, "clock": 3, "late": 2, "server_restart": 2,
    "save_pc": 3, "restore_pc": 2, "clone": 1, "save_server": 3, "restore_server": 1, "revoke": 0.4, "newcomer": 0.5,
    "stick": 3, "carry": 5, "order": 2, "hand_off": 2, "answer": 5, "erase": 0.7,
    "snapshot": 2, "roll_back": 1,
}  # fmt: skip
"""Acts and how often they come."""
_SWARMS: Final = (
    ("restore_pc",), ("restore_server",), ("clone",), ("revoke",), ("grant", "end_grant"), ("newcomer",),
    ("restore_pc", "restore_server", "clone"), ("clock",), ("restart", "server_restart"),
    ("snapshot", "roll_back"),
    ("erase",), ("stick", "carry"), ("order", "hand_off", "answer"), ("stick", "carry", "order", "hand_off", "answer"),
)  # fmt: skip
"""Each story leaves out some groups: what is rare together becomes visible alone."""
FAULTS: Final = {
    "offline": 2, "late": 2, "portal": 1, "gateway": 2, "cut_request": 1, "bent_request": 1, "replay": 2, "twice": 2,
    "lost": 4, "cut": 2, "bent": 1, "meanwhile": 4, "after": 3, "write": 3, "crash": 2, "crash_after": 2, "cancel": 1,
    "server_full": 2, "server_before": 3, "server_after": 2, "restore_now": 1,
}  # fmt: skip
"""What can befall one request, and how often."""
DISKS: Final = ("full", "before", "after", "power")


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `who`: which PC; `a`, `b`: choices, taken modulo what there is; `faults`: (request, kind, choice), the
    request counted from 1, or at one place of the line (`episodes.PLACES`); `disk`: (transaction, kind) or ().
    """

    id: int
    act: str
    who: int
    a: int = 0
    b: int = 0
    faults: tuple[tuple[int, str, int], ...] = ()
    disk: tuple[int, str] | tuple[()] = ()

    def as_json(self) -> list[Any]:
        """As written down."""
        return [self.id, self.act, self.who, self.a, self.b, [list(f) for f in self.faults], list(self.disk)]

    @classmethod
    def of(cls, raw: Sequence[Any]) -> Step:
        """Read what was written down."""
        faults = tuple((int(at), str(kind), int(x)) for at, kind, x in raw[5])
        disk = (int(raw[6][0]), str(raw[6][1])) if raw[6] else ()
        return cls(int(raw[0]), str(raw[1]), int(raw[2]), int(raw[3]), int(raw[4]), faults, disk)

    def told(self) -> str:
        """One line a person can read."""
        troubles = [f"{episodes.place_of(at) or 'request'} {at % 100}: {kind} {x}" for at, kind, x in self.faults]
        troubles += [f"transaction {self.disk[0]}: {self.disk[1]}"] if self.disk else []
        return f"{self.id:>3} pc{self.who} {self.act} {self.a} {self.b}" + (
            f"  ({'; '.join(troubles)})" if troubles else ""
        )


@dataclass(slots=True)
class Story:
    """`small`: tiny batches and pages; `http`: over real sockets; `why`: what a kept story once broke."""

    seed: int
    steps: list[Step] = field(default_factory=list)
    small: bool = False
    http: bool = False
    why: str = ""

    def dumps(self) -> str:
        """As a file."""
        head = {"seed": self.seed, "small": self.small, "http": self.http, "why": self.why}
        lines = ",\n".join("  " + json.dumps(s.as_json(), ensure_ascii=False) for s in self.steps)
        return json.dumps(head, ensure_ascii=False)[:-1] + ', "steps": [\n' + lines + "\n]}\n"

    @classmethod
    def loads(cls, text: str) -> Story:
        """Read a file."""
        raw = json.loads(text)
        steps = [Step.of(s) for s in raw["steps"]]
        return cls(raw["seed"], steps, raw["small"], raw["http"], raw.get("why", ""))

    def told(self) -> str:
        """Readable lines."""
        return "\n".join(step.told() for step in self.steps)


def make(seed: int, *, steps: int = STEPS) -> Story:
    """The story of a seed. One in twenty goes over real sockets."""
    rng = Random(f"story {seed}")
    acts = dict(_ACTS)
    for group in rng.sample(_SWARMS, rng.randint(1, 6)):
        for act in group:
            acts[act] = 0
    trouble = rng.choice((0.0, 0.1, 0.3, 0.5))
    planned: dict[int, episodes.Line] = {}
    for _ in range(rng.choice((0, 1, 1, 2))):
        planned |= _spread(rng, episodes.draw(rng, acts), steps)
    made = [
        of_line(rng, number, planned[number]) if number in planned else _step(rng, number, acts, trouble)
        for number in range(1, steps + 1)
    ]
    return Story(seed, made, small=rng.random() < 0.4, http=seed % 20 == 19)


def _spread(rng: Random, lines: Sequence[episodes.Line], steps: int) -> dict[int, episodes.Line]:
    """Numbers of the steps at which an episode's lines come: one after the other, now and then others between."""
    gaps = [1 + (rng.randrange(1, 3) if rng.random() < 0.15 else 0) for _ in lines]
    at = rng.randint(1, max(1, steps + 1 - sum(gaps)))
    placed = {}
    for gap, line in zip(gaps, lines, strict=True):
        placed[at] = line
        at += gap
    return {number: line for number, line in placed.items() if number <= steps}


def of_line(rng: Random, number: int, line: episodes.Line) -> Step:
    """A line of an episode as a step; one of the faults that may befall it comes."""
    faults: tuple[tuple[int, str, int], ...] = ()
    if line.befalls is not None:
        at, kinds = line.befalls
        faults = ((at, rng.choice(kinds), rng.randrange(1 << 16)),)
    return Step(number, line.act, line.who, line.a, line.b, faults)


def _step(rng: Random, number: int, acts: dict[str, float], trouble: float) -> Step:
    act = rng.choices(list(acts), list(acts.values()))[0]
    faults: list[tuple[int, str, int]] = []
    disk: tuple[int, str] | tuple[()] = ()
    if act == "sync":
        while rng.random() < trouble and len(faults) < 3:
            kind = rng.choices(list(FAULTS), list(FAULTS.values()))[0]
            if kind != "restore_now" or acts["restore_server"]:
                faults.append((_request(rng), kind, rng.randrange(1 << 16)))
        if rng.random() < trouble / 3:
            disk = (rng.randint(1, 14), rng.choice(DISKS))
    elif rng.random() < trouble / 8:
        disk = (rng.randint(1, 2), rng.choice(DISKS))
    who = rng.choice((0, 0, 1, 1, 2, 3, 4)) if act != "newcomer" else 0
    return Step(number, act, who, rng.randrange(1 << 16), rng.randrange(1 << 16), tuple(faults), disk)


def _request(rng: Random) -> int:
    """Which request of a round: one by number, or one to a certain place."""
    if rng.random() < 0.7:
        return rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8))
    return 100 * rng.randrange(1, len(episodes.PLACES)) + rng.choice((1, 1, 2, 3))
