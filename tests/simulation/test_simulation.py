"""Stories made from seeds: every one of them ends with nothing lost, nothing twice, and all replicas alike."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.simulation import episodes, mutants, run, story
from tests.simulation.planted import PLANTED, Fault
from tests.simulation.story import Story

SEEDS = int(os.environ.get("SIMULATE_SEEDS", "500"))
FIRST = int(os.environ.get("SIMULATE_FIRST", "1"))
_BATCH = 5
"""Seeds of one test: few, so that its time limit holds on a machine that is busy with ten other things."""
KEPT = sorted(Path(__file__).with_name("stories").glob("*.json"))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST, FIRST + SEEDS, _BATCH))
def test_stories_from_seeds(first: int) -> None:
    """A broken one is shortened, and printed so that it can be told again."""
    for seed in range(first, min(first + _BATCH, FIRST + SEEDS)):
        told = run.tell(story.make(seed))
        if told.broken:
            least = run.shorten(story.make(seed), told.law, tries=150)
            pytest.fail(f"seed {seed}: {told.broken}\n{least.told()}\n{least.dumps()}", pytrace=False)


@pytest.mark.parametrize("kept", KEPT, ids=lambda p: p.stem)
def test_stories_that_once_broke(kept: Path) -> None:
    told = run.tell(Story.loads(kept.read_text("utf-8")))
    assert told.broken == ""


def test_a_story_is_told_the_same_twice() -> None:
    """Same seed, same requests, same ops: what fails once fails again."""
    for seed in (3, 8):
        one, two = run.tell(story.make(seed)), run.tell(story.make(seed))
        assert one.counts == two.counts
        assert one.names == two.names


@pytest.mark.parametrize("fault", PLANTED, ids=lambda f: f.name)
def test_planted_faults_still_have_a_place(fault: Fault) -> None:
    """`make mutants` plants them; here only that the words to be changed are still there."""
    mutants.edited(fault)


def test_a_story_written_down_is_the_same_story() -> None:
    made = story.make(7)
    assert Story.loads(made.dumps()) == made


@pytest.mark.parametrize("name", episodes.EPISODES)
def test_an_episode_by_itself(name: str) -> None:
    """Nothing else happens, pages are small: the trouble it is made for, and a good end."""
    steps = [story.of_line(Random(1), n, line) for n, line in enumerate(episodes.EPISODES[name], 1)]
    told = run.tell(Story(1, steps, small=True))
    assert told.broken == ""


def test_stories_meet_every_act_and_fault() -> None:
    counts = Counter[str]()
    for seed in range(1, 200):
        for step in story.make(seed).steps:
            counts.update([step.act, *(kind for _, kind, _ in step.faults), *([step.disk[1]] if step.disk else [])])
    assert {*story.FAULTS, *story.DISKS} <= counts.keys()
    assert {"revoke", "newcomer", "clone", "restore_pc", "restore_server"} <= counts.keys()
