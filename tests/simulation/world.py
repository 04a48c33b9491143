"""The world of a story: the PCs with their disks, the district's machine, the line; and what becomes of each step."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

from station_app.clock import FixedClock
from station_app.services.station import Station, User
from station_app.services.travel import syncing
from station_app.store.core import Store
from sync.client.engine import Outcome
from sync.client.transport import Answer
from sync.contract.errors import KnownError
from tests.simulation import backups, template
from tests.simulation.chance import Chance, Crash, Disk, PowerCut
from tests.simulation.errands import Stick
from tests.simulation.network import Host, Letter, Wire
from tests.simulation.story import Step
from tests.simulation.truth import Watch, server_lists_are_true
from tests.support.clock import START, FakeClock

MOST_PCS: Final = 7
_REST: Final = 6
"""After so many steps each the server has a quiet moment."""
_LETTERS: Final = 40
"""So many requests are remembered, to come a second time."""

Op = tuple[bytes, bytes | None]
"""Header and body bytes."""


@dataclass(slots=True)
class Pc:
    """One PC: its disk (a directory), backups of it (files or directories), and the program when it runs.

    `generation`: of the server at the last good contact; `cursors`, `again`: how far it had read, and whether it may
    read again; `line` names the disks that descend from one (a clone has the number of its origin).
    """

    number: int
    line: int
    code: str
    directory: Path
    key: bytes
    user: User
    clock: FixedClock
    station: Station
    saved: list[Path] = field(default_factory=list)
    generation: int = -1
    cursors: dict[str, int] = field(default_factory=dict)
    again: bool = False
    revoked: bool = False
    last: Outcome | None = None

    @property
    def store(self) -> Store:
        """The open store."""
        return self.station.store


class World:
    """Everything there is. `ops`: all that was ever committed; `lost`, `lost_files`: what no disk holds any more;
    `erased`: cases that the district decided to erase.
    """

    def __init__(self, directory: Path, chance: Chance, disk: Disk) -> None:
        """Lay the template into a directory and start all machines."""
        template.copy(directory)
        self.directory, self.chance, self.disk = directory, chance, disk
        self.clock = FakeClock(START)
        self.watch = Watch(self)
        self.host = Host(directory / "district", self.clock, self.watch.answer, self.watch.counters.clear)
        self.ops: dict[str, Op] = {}
        self.lost: set[str] = set()
        self.lost_files: set[str] = set()
        self.erased: set[str] = set()
        self.stood: set[str] = set()
        self.went_back = False
        self.letters: list[Letter] = []
        self.late: list[Letter] = []
        self.sticks: list[Stick] = []
        self.depth = 0
        self.count = 0
        self.counts: dict[str, int] = {}
        self.real: Callable[[Letter], Answer] | None = None
        self.pcs: list[Pc] = []
        for number, made in enumerate(template.template().pcs):
            if made.code:
                self.add(number, number, made.code, made.key, made.user)

    # -- machines -------------------------------------------------------------------------------------------------

    def add(self, number: int, line: int, code: str, key: bytes, user: User, *, place: str = "") -> Pc:
        """Start the program on a disk that lies there."""
        directory, clock = self.directory / (place or f"pc{number}"), FixedClock(START)
        station = Station(Store(directory, key), clock, user)
        pc = Pc(len(self.pcs), line, code, directory, key, user, clock, station)
        self.pcs.append(pc)
        self.watch.look(pc)
        return pc

    def stop(self, pc: Pc, *, clean: bool) -> None:
        """End the program: by closing it, or as a kill does."""
        if clean:
            pc.store.close()
            return
        for con in (pc.store.reader, pc.store.con):
            con.close()

    def start(self, pc: Pc) -> None:
        """Begin the program anew on what lies on the disk."""
        pc.station = Station(Store(pc.directory, pc.key), pc.clock, pc.user)

    def put_back(self, pc: Pc, kept: Path, choice: int) -> None:
        """A PC's disk is lost, a backup takes its place; what no disk holds any more is lost."""
        before = self.held()
        files = "SELECT sha FROM blob WHERE sent = 0"
        waited = {str(r[0]) for r in pc.store.con.execute(files)}
        self.stop(pc, clean=True)
        shutil.rmtree(pc.directory)
        backups.lay_pc(pc, kept, choice)
        self.start(pc)
        self.lost_files |= waited - {str(r[0]) for r in pc.store.con.execute(files)}
        pc.again, pc.cursors, self.went_back = True, {}, True
        self.mourn(before)

    def restore_server(self, choice: int) -> None:
        """The district's machine goes back to an older copy."""
        before = self.held()
        self.stood |= self.watch.standing()
        self.host.restore(choice)
        self.mourn(before)

    def roll_back_server(self, choice: int) -> None:
        """The district's virtual machine is put back to a snapshot, without the program. An erasure that nobody heard
        of yet would go with it, so only snapshots from after the last one count.
        """
        before = self.held()
        self.stood |= self.watch.standing()
        if self.host.roll_back(choice, len(self.erased)):
            self.tally("district put back to a snapshot")
        self.mourn(before)

    def held(self) -> set[str]:
        """The ops that can still reach the server: its disk or one of their own device holds them, or a colleague's
        does who may still read, and everything before them on their chain is held as well.
        """
        found, others = set(self.watch.on_server()), set[str]()
        for pc in self.pcs:
            found |= self.watch.own_here(pc)
            others |= set() if pc.revoked else self.watch.here(pc)
        for inst in {op.partition(".")[0] for op in others - found}:
            for number in count(1):
                if (op := f"{inst}.{number}") not in found | others:
                    break
                found.add(op)
        return found

    def alone(self, pc: Pc) -> bool:
        """No clone of this PC is about: a clone's ops are fetched like lost ones, and it takes request counters."""
        return sum(other.line == pc.line for other in self.pcs) == 1

    def restored_both(self) -> bool:
        """Both ends went back: what the server had of a PC's last days may be gone with the PC's own copy."""
        return bool(self.host.generation and self.went_back)

    def mourn(self, before: set[str]) -> None:
        """Note what a disk took with it."""
        self.lost |= before - self.held()

    # -- the line -------------------------------------------------------------------------------------------------

    def hand_over(self, letter: Letter) -> Answer:
        """A request reaches the server."""
        return self.real(letter) if self.real is not None else self.host.deliver(letter)

    def deliver_quietly(self, letter: Letter) -> None:
        """A request reaches the server and nobody waits for the answer."""
        try:
            self.host.deliver(letter)
        except KnownError:
            self.tally("server ended over a late request")

    def meanwhile(self, who: int, kind: str, x: int) -> None:
        """Between two requests of a round the user goes on writing, or another PC does a whole round."""
        from tests.simulation import acts

        if self.depth:
            return
        self.depth += 1
        self.count += 1
        step = Step(10_000 + self.count, "edit" if x % 4 else "register", who, x, x >> 3)
        try:
            if kind == "write":
                acts.ACTS[step.act](self, self.pcs[who], step)
            else:
                other = self.pcs[(who + 1 + x % max(1, len(self.pcs) - 1)) % len(self.pcs)]
                if other.number != who:
                    self.sync(other)
        except KnownError:
            self.tally("a verb refused in between")
        finally:
            self.depth -= 1

    def sync(self, pc: Pc, step: Step | None = None) -> Outcome:
        """One round of a PC, watched before and after."""
        wire = Wire(self, pc.number, step.faults if step else ())
        generation = self.host.generation
        outcome = syncing.run(pc.station, transport=wire, cancel=lambda: wire.cancelled)
        if generation == self.host.generation and outcome.error is None and pc.generation != generation:
            pc.generation, pc.cursors = generation, {}
        pc.last = outcome
        self.tally("segments taken", outcome.segments)
        if outcome.passed_over:
            self.tally("segments passed over")
        if outcome.returned:
            self.tally("ops brought back by a colleague", outcome.returned)
        self.watch.after_round(pc, outcome)
        return outcome

    # -- steps ----------------------------------------------------------------------------------------------------

    def tally(self, what: str, count: int = 1) -> None:
        """Count what really happened."""
        self.counts[what] = self.counts.get(what, 0) + count

    def do(self, step: Step) -> None:
        """One step; a crash ends the PC's program and begins it anew."""
        from tests.simulation import acts

        pc = self.pcs[step.who % len(self.pcs)]
        self.chance.step(str(step.id))
        self.clock.advance(minutes=1)
        for each in self.pcs:
            each.clock.advance(minutes=1)
        if step.disk:
            self.disk.arm(*step.disk)
        self.tally("step " + step.act)
        for _, kind, _ in step.faults:
            self.tally("planned " + kind)
        try:
            acts.ACTS[step.act](self, pc, step)
        except Crash as crash:
            self.tally("crash")
            self.disk.arm()
            kept = self._synced(pc) if isinstance(crash, PowerCut) else {}
            self.stop(pc, clean=False)
            for file, data in kept.items():
                file.write_bytes(data)
            self.start(pc)
        except KnownError as error:
            self.tally("refused " + error.code)
        finally:
            self.disk.arm()
            self.depth = 0
        del self.letters[:-_LETTERS]
        if step.id % _REST == 0:
            self.tally("segments made", self.host.rest())
        if any(kind.startswith("server_") for _, kind, _ in step.faults):
            self.host.storage.write(server_lists_are_true)
        for each in self.pcs:
            self.watch.look(each)

    def _synced(self, pc: Pc) -> dict[Path, bytes]:
        """What of a PC's database lies on its disk for certain: the log only as far as it was waited for."""
        path, log = pc.store.path, pc.store.path.with_name(pc.store.path.name + "-wal")
        data = log.read_bytes() if log.exists() else b""
        lost = len(data) - self.disk.safe.get(path, len(data))
        self.tally("power cuts that took something back", lost > 0)
        pc.cursors, pc.again = ({}, True) if lost > 0 else (pc.cursors, pc.again)
        return {path: path.read_bytes(), log: data[: len(data) - max(0, lost)]}

    def end(self) -> None:
        """Close everything and remove it."""
        for pc in self.pcs:
            self.stop(pc, clean=False)
        self.host.end()
        shutil.rmtree(self.directory, ignore_errors=True)
