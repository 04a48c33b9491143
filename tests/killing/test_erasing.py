"""An erasure dies before each of its statements and file operations; the next round or start completes it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from station_app.services import cases
from station_app.services.travel import erasing
from station_app.store import consistency
from station_app.store.erasure import tidying
from sync.server.erasure import deciding
from tests.killing.dying import DiedError, Dying, Fate, files_count
from tests.simulation import acts, template
from tests.simulation.chance import Chance, Disk, ServerCrashError, controlled
from tests.simulation.story import Step
from tests.simulation.world import World

STRIDE = int(os.environ.get("KILL_STRIDE", "1"))


def _before(world: World) -> str:
    """A case with papers and facts at the district and at a colleague's, asked to be erased."""
    pc = world.pcs[0]
    acts.register(world, pc, Step(1, "register", 0))
    case = str(pc.store.con.execute("SELECT rec FROM case_row ORDER BY id").fetchone()[0])
    cases.step(pc.station, case=case, verb="accept")
    acts.issue(world, pc, Step(2, "issue", 0))
    acts.facts(world, pc, Step(3, "facts", 0))
    for each in (pc, world.pcs[1], pc):
        world.sync(each)
    deciding.ask(world.host.server, case=case, ground="law", reason="判决", by="甲")
    return case


def _grant(world: World) -> None:
    for asked in deciding.asks(world.host.server):
        deciding.grant(world.host.server, no=asked.no, authority="区司法局", by="乙")


def _gone(world: World, case: str) -> None:
    """Everywhere bodies and files are gone, the rest is there, and nothing else changed."""
    with world.host.server.storage.read() as tx:
        assert tx.row("SELECT count(*) FROM blob WHERE case_rec = ?", (case,)) == (0,)
        assert tx.row("SELECT title FROM case_row WHERE rec = ?", (case,)) == ("（已依法删除）",)
        (left,) = tx.row(  # type: ignore[misc]  # a count has a row
            "SELECT count(*) FROM op WHERE case_rec = ? AND compartment <> 'reference' AND body IS NOT NULL", (case,)
        )
        assert left == 1, "the rest"
    assert deciding.asks(world.host.server) == []
    for pc in world.pcs[:2]:
        assert consistency.check(pc.store) == []
        assert not tidying.due(pc.store)
        if pc.store.con.execute("SELECT 1 FROM case_row WHERE rec = ?", (case,)).fetchone():
            assert pc.station.case(case).get("title") == "（已依法删除）"
        assert case in [e.case for e in erasing.erased(pc.station)]


def die(*, server: bool, at: int) -> Fate:
    """Let the decision (server) or the round that brings it (station) end before its `at`-th operation, and go on."""
    chance, fate = Chance(f"erasing {server}"), Fate(at)
    with controlled(chance, Disk(), small=False):
        world = World(template.template().around / f"erasing-{os.getpid()}-{at}", chance, Disk())
        try:
            case = _before(world)
            if not server:
                _grant(world)
            _end(world, fate, server=server)
            if server:
                _grant(world)  # where nothing had happened, it is done now
            else:
                world.stop(world.pcs[0], clean=False)
                world.start(world.pcs[0])
                assert consistency.check(world.pcs[0].store) == [], f"before operation {at}: {fate.last}"
            for pc in (*world.pcs[:2], *world.pcs[:2]):
                world.sync(pc)
            _gone(world, case)
        finally:
            world.end()
    return fate


def _end(world: World, fate: Fate, *, server: bool) -> None:
    holder: Any = world.host.storage if server else world.pcs[0].store
    name = "_con" if server else "con"
    raw = getattr(holder, name)
    setattr(holder, name, Dying(raw, fate))
    try:
        with files_count(fate, world.directory):
            if server:
                _grant(world)
            else:
                world.sync(world.pcs[0])
        assert not fate.at
    except (DiedError, ServerCrashError):
        pass
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        setattr(holder, name, raw)
        if server and fate.dead:
            world.host.restart()


@pytest.mark.slow
@pytest.mark.parametrize("server", [True, False], ids=["the decision", "the round that brings it"])
def test_either_state_and_the_next_round_completes_it(server: bool) -> None:
    points = die(server=server, at=0).count
    assert points >= 10, "its operations are counted"
    hit = sum(die(server=server, at=at).dead for at in range(1, points + 1, STRIDE))
    assert hit == len(range(1, points + 1, STRIDE))
    print(f"{points} operations, {hit} of them hit")
