"""The proof is tested: faults are planted one at a time, and stories must find each.

A planted fault is an edit of one function's source in the running program; nothing is written to the files.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
import textwrap
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from types import FunctionType
from typing import Any, Final

from tests.simulation import run, story, template
from tests.simulation.planted import PLANTED, Fault

LIMIT: Final = 2000
"""Seeds within which every planted fault must be found."""


@dataclass(frozen=True, slots=True)
class Found:
    """`seed`: the story that found it, 0 where none did; `told`: how many stories that took."""

    fault: Fault
    seed: int
    told: int
    broken: str
    seconds: float


def edited(fault: Fault) -> tuple[Any, FunctionType, FunctionType]:
    """(what holds the function, the function, the function with the fault); LookupError where its words are gone."""
    place, _, name = fault.where.partition(":")
    owner: Any = importlib.import_module(place)
    *outer, last = name.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original: FunctionType = inspect.getattr_static(owner, last)
    source = textwrap.dedent(inspect.getsource(original))
    if fault.old not in source:
        raise LookupError(f"{fault.name}: {fault.where} does not say {fault.old!r} any more")
    inside: dict[str, Any] = {}
    code = compile("from __future__ import annotations\n" + source.replace(fault.old, fault.new, 1), place, "exec")
    exec(code, original.__globals__, inside)
    return owner, original, inside[last]


def plant(fault: Fault) -> None:
    """Edit a function in this process, everywhere it was imported to."""
    owner, original, made = edited(fault)
    setattr(owner, original.__name__, made)
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith(("sync.", "station_app.")):
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, made)
                elif isinstance(value, dict):  # tables of handlers
                    value.update({k: made for k, v in value.items() if v is original})


def hunt(given: tuple[Fault, int, int]) -> Found:
    """Plant a fault and tell stories until one breaks."""
    fault, first, limit = given
    began = time.perf_counter()
    plant(fault)
    for count in range(1, limit + 1):
        told = run.tell(story.make(first + count - 1))
        if told.broken:
            return Found(fault, told.seed, count, told.broken, time.perf_counter() - began)
    return Found(fault, 0, limit, "", time.perf_counter() - began)


def table(found: Sequence[Found]) -> str:
    """For a person."""
    lines = [f"{'planted fault':<52} {'stories':>7}  what it broke"]
    for each in found:
        what = each.broken.replace("\n", " ")[:70] if each.seed else "NOT FOUND"
        lines.append(f"{each.fault.name:<52} {each.told:>7}  {what}")
    caught = sum(1 for each in found if each.seed)
    return "\n".join([*lines, f"{caught} of {len(found)} found"])


def main() -> int:
    """Hunt all planted faults, or those whose names hold a word."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--limit", type=int, default=LIMIT)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    template.template()
    work = [(fault, given.first, given.limit) for fault in PLANTED if fault.name.startswith(given.only)]
    with get_context("fork").Pool(given.jobs, maxtasksperchild=1) as pool:
        found = []
        for each in pool.imap_unordered(hunt, work, chunksize=1):
            found.append(each)
            sys.stdout.write(f"{len(found)}/{len(work)} {each.fault.name}: {each.told} stories, {each.seconds:.0f} s\n")
            sys.stdout.flush()
    sys.stdout.write(table(sorted(found, key=lambda f: f.fault.name)) + "\n")
    return 0 if all(each.seed for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
