"""Tell stories: one seed, many seeds over the cores, a failing one shortened. `python -m tests.simulation.run`."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from tests.simulation import ending, story, template
from tests.simulation.chance import Chance, Disk, controlled
from tests.simulation.story import Story
from tests.simulation.world import World


@dataclass(slots=True)
class Told:
    """What became of a story. `broken`: "" or the law and what happened."""

    seed: int
    broken: str = ""
    passes: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    trace: str = ""
    names: str = ""

    @property
    def law(self) -> str:
        """What was broken, without the names of this one story."""
        return re.sub(r"[0-9a-f]{16}[.0-9]*|\d+", "#", self.broken)[:60]


_numbers = count(1)


def tell(told: Story) -> Told:
    """Tell a story from begin to end, and judge it."""
    result = Told(told.seed)
    chance, disk = Chance(f"seed {told.seed}"), Disk()
    with controlled(chance, disk, small=told.small, threads=told.http):
        world = World(template.template().around / f"{os.getpid()}-{next(_numbers)}", chance, disk)
        try:
            _through(world, told, result)
        except Exception as error:
            law = getattr(error, "law", "") or f"bug {type(error).__name__}"
            text = str(error)
            result.broken = text if text.startswith(law) else f"{law}: {text}"
            result.trace = traceback.format_exc()
        finally:
            result.counts = world.counts
            world.end()
    return result


def _through(world: World, told: Story, result: Told) -> None:
    if told.http:
        from tests.simulation.sockets import through

        world.real = through(world)
    for step in told.steps:
        world.do(step)
    result.passes = ending.settle(world)
    result.names = hashlib.sha256("".join(sorted(world.ops)).encode()).hexdigest()
    world.tally(f"passes {result.passes}")
    world.tally("ops", len(world.ops))
    world.tally("ops lost with their only disk", len(world.lost))
    ending.judge(world)


def shorten(told: Story, law: str, *, tries: int = 400) -> Story:
    """The shortest story that breaks the same law: leave out steps, then faults, as long as it still does."""
    best, count = told, 0
    size = max(1, len(told.steps) // 2)
    while size and count < tries:
        at, shorter = 0, False
        while at < len(best.steps) and count < tries:
            count += 1
            candidate = Story(best.seed, best.steps[:at] + best.steps[at + size :], best.small, best.http)
            if tell(candidate).law == law:
                best, shorter = candidate, True
            else:
                at += size
        size = size if shorter and size == 1 else size // 2
    return _calmer(best, law)


def _calmer(told: Story, law: str) -> Story:
    from dataclasses import replace

    best = told
    for number, step in enumerate(told.steps):
        for change in ({"faults": ()}, {"disk": ()}):
            steps = [*best.steps]
            steps[number] = replace(steps[number], **change)  # type: ignore[arg-type]  # one field each
            if steps[number] != best.steps[number]:
                candidate = Story(best.seed, steps, best.small, best.http)
                if tell(candidate).law == law:
                    best = candidate
        del step
    return best


def _seed(seed: int) -> Told:
    return tell(story.make(seed))


def many(seeds: Iterable[int], *, jobs: int) -> Iterator[Told]:
    """Tell the stories of seeds over some processes."""
    template.template()
    if jobs < 2:
        yield from map(_seed, seeds)
        return
    with get_context("fork").Pool(jobs) as pool:
        yield from pool.imap_unordered(_seed, seeds, chunksize=4)


def main() -> int:
    """Run seeds; print what failed, and the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--short", action="store_true", help="shorten the first story of each broken law")
    parser.add_argument("--story", type=Path, help="tell a story that was written down")
    parser.add_argument("--trace", action="store_true")
    given = parser.parse_args()
    if given.story:
        told = tell(Story.loads(given.story.read_text("utf-8")))
        sys.stdout.write(f"{told.broken or 'sound'}\n{told.trace if given.trace else ''}")
        return 1 if told.broken else 0
    began, counts, broken = time.perf_counter(), Counter[str](), list[Told]()
    for told in many(range(given.first, given.first + given.seeds), jobs=given.jobs):
        counts.update(told.counts)
        if told.broken:
            broken.append(told)
            sys.stdout.write(f"seed {told.seed}: {told.broken[:400]}\n" + (told.trace if given.trace else ""))
    sys.stdout.write(f"{given.seeds} seeds, {len(broken)} broken, {time.perf_counter() - began:.1f} s\n")
    sys.stdout.write("\n".join(f"{n:>9} {what}" for what, n in sorted(counts.items())) + "\n")
    laws: dict[str, Told] = {}
    for told in sorted(broken, key=lambda t: t.seed):
        laws.setdefault(told.law, told)
    for law, told in laws.items() if given.short else ():
        least = shorten(story.make(told.seed), law)
        sys.stdout.write(f"\n{tell(least).broken}\n{least.told()}\n")
        sys.stdout.write(least.dumps())
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
