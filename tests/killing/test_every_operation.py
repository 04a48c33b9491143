"""Each verb dies before each of its statements and file operations; reopened, it happened wholly or not at all.

After every death the whole world goes on over a quiet line, and everything that the simulation judges must hold.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from station_app.services import cases, papers
from station_app.services.travel import bundles
from station_app.store import consistency, database, intake, migrate, schema
from sync.server import bundling
from sync.server.admin import backup
from tests.killing.dying import DiedError, Dying, Fate, files_count
from tests.simulation import acts, ending, template
from tests.simulation.chance import Chance, Disk, ServerCrashError, controlled
from tests.simulation.story import Step
from tests.simulation.world import Pc, World

STRIDE = int(os.environ.get("KILL_STRIDE", "1"))
"""Every how many operations of the longest verbs one is hit; 1: each."""


@dataclass(frozen=True)
class Flow:
    """`before`: what is there already; `act`: the verb that dies; `whole`: it is one transaction."""

    name: str
    before: Callable[[World], None]
    act: Callable[[World], object]
    whole: bool = False
    server: bool = False


def _case(world: World) -> str:
    return str(world.pcs[0].store.con.execute("SELECT rec FROM case_row ORDER BY id").fetchone()[0])


def _nothing(world: World) -> None:
    return


def _accepted(world: World) -> None:
    acts.register(world, world.pcs[0], Step(1, "register", 0))
    cases.step(world.pcs[0].station, case=_case(world), verb="accept")


def _something_to_send(world: World) -> None:
    _accepted(world)
    acts.issue(world, world.pcs[0], Step(2, "issue", 0))


def _something_to_fetch(world: World) -> None:
    pc = world.pcs[1]
    acts.register(world, pc, Step(1, "register", 1))
    acts.issue(world, pc, Step(2, "issue", 1))
    acts.facts(world, pc, Step(3, "facts", 1))
    world.sync(pc)


def _stick_out(world: World) -> None:
    bundles.export(world.pcs[0].station, to=world.directory / "stick.gmb")


def _a_stick_back(world: World) -> None:
    _something_to_send(world)
    acts.register(world, world.pcs[1], Step(5, "register", 1))
    world.sync(world.pcs[1])
    _stick_out(world)
    answer = bundling.take(world.host.server, (world.directory / "stick.gmb").read_bytes()).answer
    (world.directory / "back.gmb").write_bytes(answer)


def _fetched(world: World) -> None:
    _something_to_fetch(world)
    world.sync(world.pcs[0])


def _idle(world: World) -> None:
    store = world.pcs[0].store
    while intake.read_later(store, 1):
        pass
    while store.flush_index():
        pass


def _next_version(con: database.Connection) -> None:
    con.execute("CREATE TABLE later(id INTEGER PRIMARY KEY)")
    con.execute("INSERT INTO later SELECT id FROM op")


FLOWS = (
    Flow("save", _nothing, lambda w: acts.register(w, w.pcs[0], Step(1, "register", 0)), whole=True),
    Flow("issue", _accepted,
         lambda w: papers.issue(w.pcs[0].station, case=_case(w), template="acceptance_register"), whole=True),
    Flow("push and its receipts", _something_to_send, lambda w: w.sync(w.pcs[0])),
    Flow("pull, files", _something_to_fetch, lambda w: w.sync(w.pcs[0])),
    Flow("stick out", _something_to_send, _stick_out),
    Flow("stick back", _a_stick_back,
         lambda w: bundles.take(w.pcs[0].station, path=w.directory / "back.gmb")),
    Flow("idle work", _fetched, _idle),
    Flow("migration", _accepted,
         lambda w: migrate.upgrade(w.pcs[0].store.con, w.pcs[0].store.path)),
    Flow("server: push", _something_to_send, lambda w: w.sync(w.pcs[0]), server=True),
    Flow("server: stick", lambda w: (_something_to_send(w), _stick_out(w))[0],
         lambda w: bundling.take(w.host.server, (w.directory / "stick.gmb").read_bytes()), server=True),
    Flow("server: backup", _something_to_fetch,
         lambda w: backup.backup(w.host.server, file=w.directory / "copy.gmd", password="correct horse"),
         server=True),
)  # fmt: skip


def _ops(pc: Pc) -> int:
    return int(pc.store.con.execute("SELECT count(*) FROM op").fetchone()[0])


def die(flow: Flow, at: int) -> Fate:
    """Make the world, let the verb end before its `at`-th operation (0: not at all), go on, judge."""
    chance, disk, fate = Chance(f"killing {flow.name}"), Disk(), Fate(at)
    with controlled(chance, disk, small=False), ExitStack() as stack:
        world = World(template.template().around / f"killing-{os.getpid()}-{at}", chance, disk)
        try:
            flow.before(world)
            chance.step("act")
            pc = world.pcs[0]
            before = _ops(pc)
            if flow.name == "migration":
                stack.enter_context(patch.object(schema, "TRUTH_VERSION", 2))
                stack.enter_context(patch.dict(migrate.STEPS, {2: _next_version}))
            _end(world, flow, fate)
            if not flow.server:
                world.stop(pc, clean=False)
                world.start(pc)
            assert consistency.check(pc.store) == [], f"{flow.name}: before operation {at}: {fate.last}"
            if flow.whole:
                assert (_ops(pc) == before) == fate.dead, f"{flow.name}: {at} {fate.last}"
            for each in world.pcs:
                world.watch.look(each)
            if flow.name == "migration":
                _migrated(pc)
            ending.settle(world)
            ending.judge(world)
        finally:
            world.end()
    return fate


def _end(world: World, flow: Flow, fate: Fate) -> None:
    """Do the verb with counted statements, and leave its connection as the end of a process leaves it."""
    store, storage = world.pcs[0].store, world.host.storage
    raw = storage._con if flow.server else store.con
    if flow.server:
        storage._con = Dying(raw, fate)  # type: ignore[assignment]  # stands in for the connection
    else:
        store.con = Dying(raw, fate)  # type: ignore[assignment]  # stands in for the connection
    try:
        with files_count(fate, world.directory):
            flow.act(world)
        assert not fate.at, f"{flow.name}: ended after {fate.count} operations, before the {fate.at}-th"
    except (DiedError, ServerCrashError):
        pass
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")  # what a killed process had open is rolled back by the next one that opens
        if flow.server:
            storage._con = raw
            if fate.dead:
                world.host.restart()
        else:
            store.con = raw


def _migrated(pc: Pc) -> None:
    """A migration that was cut is done at the next start, once; the copy beside, where there is one, opens."""
    con = pc.store.con
    assert con.execute("PRAGMA user_version").fetchone() == (2,)
    assert con.execute("SELECT count(*) FROM later").fetchone()[0] == _ops(pc)
    kept = database.connect(pc.store.path.with_suffix(".db.v1.bak"), pc.store.key, readonly=True)
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert database.integrity(kept) == []
    kept.close()


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS, ids=lambda f: f.name)
def test_it_happens_wholly_or_not_at_all(flow: Flow) -> None:
    points = die(flow, 0).count
    assert points >= 5, "its operations are counted"
    hit = 0
    for at in range(1, points + 1, STRIDE):
        hit += die(flow, at).dead
    assert hit == len(range(1, points + 1, STRIDE)), "every point lies inside the verb"
    print(f"{flow.name}: {points} operations, {hit} of them hit")


def test_a_file_half_written_is_no_bundle(tmp_path: Path) -> None:
    """The harness itself: a cut write leaves half, and later operations of the dead process do nothing."""
    fate, file = Fate(2), tmp_path / "x"
    with files_count(fate, tmp_path):
        file.write_bytes(b"12345678")
        with pytest.raises(DiedError):
            file.write_bytes(b"abcdefgh")
        with pytest.raises(DiedError):
            file.unlink()
    assert file.read_bytes() == b"abcd"
