"""Interleaved timing: figures are medians of one run, reported as ratios; a noisy machine hits both sides alike."""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def interleaved(sides: dict[str, Callable[[int], object]], *, rounds: int, warmup: int = 5) -> dict[str, list[float]]:
    """Call each side with the round's number, in turn; seconds of each call. The collector rests meanwhile."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    gc.collect()
    gc.disable()
    try:
        for number in range(-warmup, rounds):
            for name, act in sides.items():
                start = time.perf_counter()
                act(number + warmup)
                spent = time.perf_counter() - start
                if number >= 0:
                    times[name].append(spent)
    finally:
        gc.enable()
    return times


def in_blocks(
    sides: dict[str, Callable[[int], object]], *, blocks: int, size: int, between: Callable[[], object]
) -> dict[str, list[float]]:
    """Like `interleaved`, but each side calls `size` times in a row before the other has its turn."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    gc.collect()
    gc.disable()
    try:
        for block in range(blocks):
            for name, act in sides.items():
                for number in range(size):
                    start = time.perf_counter()
                    act(block * size + number)
                    times[name].append(time.perf_counter() - start)
            between()
    finally:
        gc.enable()
    return times


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: list[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def report(name: str, figures: dict[str, float | int | str]) -> None:
    """Print one line, and keep it in .bench/figures.jsonl beside the run."""
    shown = "  ".join(f"{k}={v:.4g}" if isinstance(v, float) else f"{k}={v}" for k, v in figures.items())
    print(f"\n[bench] {name}: {shown}")
    folder = Path(os.environ.get("BENCH_DIR", ".bench"))
    folder.mkdir(exist_ok=True)
    with (folder / "figures.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps({"name": name, **figures}, ensure_ascii=False) + "\n")
