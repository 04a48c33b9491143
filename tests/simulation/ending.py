"""The end of a story: a quiet line, rounds until nothing moves, and then everything must agree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from station_app.services import clocks
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency, files, oplog
from sync.client.transport import Answer
from sync.contract.fold import FoldOp, State, fold
from sync.contract.op import inst_of
from sync.server import codes
from sync.server import enrolment as enrolment_room
from sync.server.ingest import WAITS
from sync.server.projection import NOBODY
from tests.simulation import erasing, errands
from tests.simulation.story import Step
from tests.simulation.truth import granted, hold, known_code, ops_on_server, server_is_sound, server_lists_are_true
from tests.support.clock import START

if TYPE_CHECKING:
    from sync.server.storage.port import Tx
    from tests.simulation.world import Pc, World

PASSES: Final = 4
"""Rounds of every PC, one after the other, after which nothing may move any more (I15)."""


def settle(world: World) -> int:
    """Let everything arrive; returns how many passes over all PCs it took."""
    world.chance.step("end")
    while world.late:
        world.deliver_quietly(world.late.pop())
    _last_sticks(world)
    for number in range(1, PASSES + 2):
        world.clock.advance(minutes=40)
        moved = [pc.number for pc in world.pcs if _round(world, pc)]
        if not moved:
            return number
    outcomes = "; ".join(f"pc{n} {world.pcs[n].last}" for n in moved)
    hold("I15", False, f"still moving after {PASSES + 1} passes: {outcomes}")
    return 0


def _last_sticks(world: World) -> None:
    """Whatever still lies about is carried after all, in the wrong order and twice."""
    for picked in [*reversed(world.sticks), *world.sticks[:2]]:
        if picked.back:
            for pc in [p for p in world.pcs if p.store.device == picked.device]:
                errands.bring(world, pc, picked.data, whole=True)
        else:
            errands.hand_in(world, picked, picked.data, Step(0, "carry", 0))


def _round(world: World, pc: Pc) -> bool:
    """One good round; whether anything moved."""
    pc.clock.advance(minutes=40)
    outcome = world.sync(pc)
    if known_code(outcome.error) == "E-107" or (known_code(outcome.error) == "E-109" and not _known(world, pc)):
        _join_again(world, pc)
        outcome = world.sync(pc)
    if known_code(outcome.error) == "E-109":
        hold("I10", _revoked(world, pc), f"pc{pc.number} refused")
        return bool(outcome.pushed)
    hold("I15", outcome.error is None, f"pc{pc.number}: {outcome.error} {getattr(outcome.error, 'values', '')}")
    return outcome.changed


def _known(world: World, pc: Pc) -> bool:
    with world.host.storage.read() as tx:
        return tx.row("SELECT 1 FROM device WHERE id = ?", (pc.store.device,)) is not None


def _revoked(world: World, pc: Pc) -> bool:
    with world.host.storage.read() as tx:
        row = tx.row("SELECT revoked FROM device WHERE id = ?", (pc.store.device,))
    return bool(row and row[0])


def _join_again(world: World, pc: Pc) -> None:
    """A PC that joined after the backup which the server went back to: a person gives it a new code."""
    server = world.host.server

    class Line:
        """Enrolment has its own room."""

        def post(self, path: str, headers: object, body: bytes, *, limit: int) -> Answer:
            data = enrolment_room.enrol(server, body, address="127.0.0.1", base_url="http://district")
            return Answer(200, {"content-type": "application/json"}, data)

    enrolment.enrol(pc.station, url="http://district", code=codes.issue(server, station=pc.code), transport=Line())


def judge(world: World) -> None:
    """All invariants, once everything has arrived."""
    hold("fault", not world.host.faults, "; ".join(world.host.faults))
    for pc in world.pcs:
        world.watch.look(pc)
    _idle(world)
    with world.host.storage.read() as tx:
        server_is_sound(tx)
        rows = ops_on_server(tx)
    stored = {str(r[0]): (bytes(r[5]), None if r[6] is None else bytes(r[6])) for r in rows}
    missing = world.ops.keys() - stored.keys() - world.lost
    hold("I2", not missing, f"{len(missing)} ops are lost: {sorted(missing)[:4]}")
    for op, pair in world.ops.items():
        there = stored.get(op, pair)
        gone = there == (pair[0], None) and world.watch.may_lack(pair[0])
        hold("I5", there == pair or gone, f"{op} has other bytes on the server")
    _projections(world)
    _verdicts(world)
    standing = [pc for pc in world.pcs if not _revoked(world, pc)]
    _clocks([(pc, _replica(world, pc)) for pc in standing])
    for pc in world.pcs:
        found = consistency.check(pc.store)
        hold("I1", not found, f"pc{pc.number}: {found}")
        _lists(world, pc, revoked=pc not in standing)
    erasing.judge(world, standing)
    _numbers(world)


def _idle(world: World) -> None:
    """Doing it again is one request and changes nothing."""
    before = world.watch.on_server()
    for pc in world.pcs:
        if not _revoked(world, pc):
            outcome = world.sync(pc)
            told = f"pc{pc.number}: {outcome.traffic.requests} requests with nothing to do"
            # a clone's request counter is stepped over, and what the other one was told last is told anew
            most = 1 if world.alone(pc) else 3
            hold("I15", outcome.traffic.requests <= most and not outcome.changed, told)
    hold("I3", world.watch.on_server() == before, "a round with nothing to do wrote ops")


def _projections(world: World) -> None:
    """The server's tables are what its stored ops fold to."""
    world.host.storage.write(server_lists_are_true)


def _verdicts(world: World) -> None:
    """What was refused is answered by a verdict that every end folds."""
    with world.host.storage.read() as tx:
        rows = tx.rows("SELECT op, case_rec FROM problem WHERE code IN ('E-404', 'E-407')")
        judged = {str(r[0]) for r in tx.rows("SELECT target FROM verdict_row")}
        still = {str(op) for op, case in rows if op in world.stood and _writes_there(world, tx, str(op), str(case))}
        waits = {
            str(op)
            for op, case in tx.rows("SELECT op, case_rec FROM problem WHERE code = ? AND settled = 0", (WAITS,))
            if tx.row("SELECT 1 FROM case_row WHERE rec = ?", (case,)) and _writes_there(world, tx, str(op), str(case))
        }
    hold("I2", not waits, f"the case is here, and its ops still wait: {sorted(waits)[:3]}")
    refused = {str(op) for op, _ in rows}
    hold("I4", not still, f"stood before a restore and are refused after it: {sorted(still)[:3]}")
    hold("I4", refused <= judged, f"no verdict on {sorted(refused - judged)[:3]}")


def _writes_there(world: World, tx: Tx, op: str, case: str) -> bool:
    """Whether the station that wrote an op may still write in its case; what is sent again after a grant has ended, or
    after an erasure that took the grants along, may be refused.
    """
    code = world.watch.born.get(inst_of(op + ".0"), "")
    own = not case or world.watch.born.get(inst_of(case)) == code
    return own or (case not in world.erased and code in granted(tx, case, world.clock.now_ms()))


def _scope(world: World, pc: Pc) -> tuple[set[str], set[str]]:
    """(names of ops the PC must hold, cases it must show as the server has them)."""
    with world.host.storage.read() as tx:
        row = tx.row("SELECT s.no, s.stream FROM device d JOIN station s ON s.no = d.station_no WHERE d.id = ?",
                     (pc.store.device,))  # fmt: skip
        assert row is not None
        no, stream = row
        names, cases = set(), set()
        shared: dict[str, bool] = {}
        for op, of, _, origin, case, _, _ in ops_on_server(tx):
            if case and case not in shared:
                own = world.watch.born.get(inst_of(case)) == pc.code
                shared[case] = own or pc.code in granted(tx, case, world.clock.now_ms())
            if origin != -1 and (shared.get(case, False) or (of == stream and origin in (0, no))):
                names.add(str(op))
                if shared.get(case, False):
                    cases.add(str(case))
    return names, cases


def _replica(world: World, pc: Pc) -> set[str]:
    """A PC holds what is in its scope, and folds it to what the server's ops fold to (I1); values stand or were
    overwritten by somebody who saw them (I4). Returns the cases of its scope.
    """
    names, cases = _scope(world, pc)
    absent = names - world.watch.here(pc)
    hold("I1", not absent, f"pc{pc.number} ({pc.code}) lacks {sorted(absent)[:4]}")
    with world.host.storage.read() as tx:
        rows = [r for r in ops_on_server(tx) if r[3] != -1]
    for case in sorted(cases):
        ops = [oplog.fold_op(pc.store.vault, bytes(r[5]), r[6], int(r[2])) for r in rows if r[4] == case]
        theirs, ours = fold(ops), pc.store.folded(case)
        if not {op.id for op in pc.store.ops_of(case)} <= {op.id for op in ops}:
            continue  # ops of a revoked device that only its own station and nobody else may see
        differs = _difference(ours, theirs)
        hold("I1", not differs, f"pc{pc.number} shows {case} otherwise than the server: {differs}")
        _values_stand(pc, case, theirs, [op for op in ops if op.id not in theirs.excluded])
        _custody(world, pc, case, theirs, ops)
        reads = world.watch.born.get(inst_of(case)) == pc.code and case not in world.erased
        if reads and not pc.revoked:  # nobody seals for a PC reported lost, nobody reads what was erased
            shut = {op for op in ours.unreadable if _opened_elsewhere(world, pc, case, op)}
            hold("keys", not shut, f"pc{pc.number} cannot read {sorted(shut)[:3]}")
    return cases


def _opened_elsewhere(world: World, pc: Pc, case: str, op: str) -> bool:
    """Whether a PC that still stands reads this op, so that its key could have come. Where every such PC was reported
    lost, the key is on the recovery sheet only.
    """
    others = [p for p in world.pcs if p is not pc and not _revoked(world, p)]
    return any(op in world.watch.here(p) and op not in p.store.folded(case).unreadable for p in others)


def _custody(world: World, pc: Pc, case: str, state: State, ops: list[FoldOp]) -> None:
    """Each holder was set by the unit that accepted, in that very act, or chosen by a person between two that did; one
    holds, or the case is listed as in conflict (I12).
    """
    taken = set()
    for op in ops:
        for change in op.changes or ():
            if "holder" in change.set and op.verb not in ("settle", "erase"):
                answered = [c for c in op.changes or () if c.kind == "hand_off" and c.set.get("answer") == "accepted"]
                hold("I12", answered, f"{op.id} changes the holder and accepts nothing")
                to = state.records[answered[0].rec].get("sent_to")
                hold("I12", change.set["holder"] == to, f"{op.id} gives {case} to {change.set['holder']}, not {to}")
                taken.add(op.id)
    record = state.records.get(case)
    heads = record.units.get("holder", []) if record else []
    listed = pc.store.con.execute(
        "SELECT count(*) FROM problem p JOIN case_row c ON c.id = p.case_id"
        " WHERE c.rec = ? AND p.kind = 'conflict' AND p.unit = 'holder'", (case,)
    ).fetchone()  # fmt: skip
    hold("I12", (len(heads) > 1) == bool(listed[0]), f"pc{pc.number}: {case} has {len(heads)} holders, listed {listed}")


def _clocks(standing: list[tuple[Pc, set[str]]]) -> None:
    """Whoever reads the whole case counts the same days, whatever its clock was before (I13)."""
    found: dict[str, tuple[int, str]] = {}
    for pc, cases in standing:
        pc.clock.set(START)
        for case in sorted(cases.intersection(_cases(pc))):
            if pc.store.folded(case).unreadable or pc.station.case(case).get("discarded"):
                continue
            said = repr(clocks.of_case(pc.station, case=case))
            first, before = found.setdefault(case, (pc.number, said))
            hold("I13", said == before, f"pc{pc.number} counts {case} otherwise than pc{first}: {said} / {before}")


def _difference(ours: State, theirs: State) -> str:
    for rec in sorted(ours.records.keys() | theirs.records.keys()):
        mine, other = ours.records.get(rec), theirs.records.get(rec)
        if mine != other:
            return f"{rec}: {mine and mine.units} / {other and other.units}"
    return "" if ours.excluded.keys() == theirs.excluded.keys() else "verdicts"


def _values_stand(pc: Pc, case: str, state: State, ops: list[FoldOp]) -> None:
    """Heads counted the plain way: who set a unit and is named by no other setter of it."""
    setters: dict[tuple[str, str], dict[str, set[str]]] = {}
    for op in ops:
        for change in op.changes or ():
            record = state.records[change.rec]
            for name in change.set:
                unit = record.unit(name)
                named = {o for n, bases in change.base.items() if record.unit(n) == unit for o in bases}
                setters.setdefault((change.rec, unit), {}).setdefault(op.id, set()).update(named)
    for (rec, unit), by in setters.items():
        heads = by.keys() - set().union(*by.values())
        shown = {head.op for head in state.records[rec].units[unit]}
        hold("I4", heads == shown, f"pc{pc.number}: {rec} {unit} shows {sorted(shown)}, stand {sorted(heads)}")


def _withheld(world: World) -> set[str]:
    """Cases the district does not show before a person has looked: after a restore it got them anew from a PC that was
    reported lost meanwhile. Their files wait where they are.
    """
    with world.host.storage.read() as tx:
        rows = tx.rows(
            "SELECT DISTINCT o.case_rec FROM op o JOIN inst i ON i.inst = o.inst JOIN device d ON d.id = i.device"
            " WHERE o.origin = ? AND d.revoked = 1 AND o.case_rec NOT IN (SELECT rec FROM case_row)",
            (NOBODY,),
        )
        return {str(case) for (case,) in rows}


def _lists(world: World, pc: Pc, *, revoked: bool) -> None:
    """What the screen counts is what there is (I14); files are here (I11)."""
    status = syncing.status(pc.station)
    stored = world.watch.on_server()
    own = {op for op in world.watch.here(pc) if op in world.ops and _own(pc, op)}
    hold("I14", status.unsent_ops == len(own - stored), f"pc{pc.number}: {status.unsent_ops} unsent are shown")
    conflicts = sum(len(r.conflicts) for case in _cases(pc) for r in pc.store.folded(case).records.values())
    hold("I14", status.conflicts == conflicts, f"pc{pc.number}: {status.conflicts} conflicts are shown, {conflicts}")
    if revoked:
        return
    withheld = _withheld(world)
    wait = [file for file in files.waiting(pc.store, pc.clock.now_ms()) if file.case not in withheld]
    hold("I11", not wait, f"pc{pc.number}: files wait")
    _, cases = _scope(world, pc)
    named = pc.store.con.execute(
        "SELECT f.case_id, f.sha FROM file_row f WHERE f.sha NOT IN (SELECT sha FROM blob) GROUP BY f.sha"
    ).fetchall()
    here = {str(sha) for case_id, sha in named if pc.store.ids.case_rec(int(case_id)) in cases - withheld}
    absent = here - world.lost_files
    hold("I11", not absent or world.restored_both(), f"pc{pc.number}: {len(absent)} files are lacking")
    for sha, data in pc.store.con.execute("SELECT sha, data FROM blob"):
        hold("I11", hashlib.sha256(data).hexdigest() == sha, "a file is not what its name says")


def _own(pc: Pc, op: str) -> bool:
    row = pc.store.con.execute("SELECT own FROM inst WHERE inst = ?", (op.partition(".")[0],)).fetchone()
    return bool(row and row[0])


def _cases(pc: Pc) -> list[str]:
    return [str(r[0]) for r in pc.store.con.execute("SELECT rec FROM case_row ORDER BY id")]


def _numbers(world: World) -> None:
    """No number stands on two records unless the server has flagged it for a person (I6)."""
    with world.host.storage.read() as tx:
        rows = tx.rows(
            "SELECT text, count(*), min(clash) FROM number_row WHERE text <> '' GROUP BY text HAVING count(*) > 1"
        )
    for text, count, flagged in rows:
        hold("I6", flagged, f"{text} stands on {count} records and nobody is told")
        hold("I6", any(pc.saved for pc in world.pcs) or len({pc.line for pc in world.pcs}) < len(world.pcs),
             f"{text} was drawn twice")  # fmt: skip
