"""What is carried and asked for: sticks between stations and district, orders and hand-offs between stations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from station_app.services.loop import board, hand_offs, orders, reach
from station_app.services.station import Station
from station_app.services.travel import bundles
from sync.client import bundling as reading
from sync.client.engine import Outcome
from sync.contract.errors import KnownError
from sync.contract.wire import unpack_message, unpack_ops
from sync.server import bundling
from tests.simulation.chance import ServerCrashError
from tests.simulation.episodes import RACE
from tests.simulation.network import bent
from tests.simulation.story import Step
from tests.simulation.truth import hold

if TYPE_CHECKING:
    from sync.server.auth import Caller
    from sync.server.server import Server
    from tests.simulation.world import Pc, World

_SPOILED: Final = ("E-126", "E-181", "E-182", "E-183")
"""What is said of a stick that was cut or bent; a bent version looks like that of a later program."""
_STICKS: Final = 12
"""So many lie about; each may be taken again."""
_NAMES: Final = {code: f"{code}站" for code in ("S1", "S2", "S3")}


@dataclass(frozen=True, slots=True)
class Stick:
    """A file on a stick: for the district, or (`back`) its answer for the PCs of one device."""

    device: str
    data: bytes
    back: bool


def _case(pc: Pc, choice: int) -> str:
    rows = pc.store.con.execute("SELECT rec FROM case_row ORDER BY id").fetchall()
    return str(rows[choice % len(rows)][0]) if rows else ""


# -- sticks -----------------------------------------------------------------------------------------------------------


def stick(world: World, pc: Pc, step: Step) -> None:
    """Everything that waits is written to a stick."""
    place = world.directory / "stick"
    place.mkdir(exist_ok=True)
    made = bundles.export(pc.station, to=place)
    world.sticks.append(Stick(pc.store.device, made.path.read_bytes(), back=False))
    made.path.unlink()
    del world.sticks[:-_STICKS]


def carry(world: World, pc: Pc, step: Step) -> None:
    """One of the sticks comes to where it belongs, or to a wrong place; whole, cut, or with a bit turned."""
    if not world.sticks:
        return
    picked = world.sticks[step.a % len(world.sticks)]
    data = picked.data
    if step.b % 5 == 1:
        data = data[: step.b % len(data)]
    elif step.b % 5 == 2:
        data = bent(data, step.b)
    if picked.back:
        bring(world, _of(world, picked, pc, step), data, whole=data == picked.data)
    else:
        hand_in(world, picked, data, step)


def _of(world: World, picked: Stick, pc: Pc, step: Step) -> Pc:
    """Mostly the PC it is meant for."""
    meant = [p for p in world.pcs if p.store.device == picked.device]
    return meant[step.b % len(meant)] if meant and step.b % 7 else pc


def hand_in(world: World, picked: Stick, data: bytes, step: Step) -> None:
    """The district takes a stick, as `district-server bundle` does."""
    host, whole = world.host, data == picked.data
    if step.b % 11 == 3:
        host.plan(("full", "before", "after")[step.b % 3], spare=True)
    before = world.watch.on_server()
    twin = _twin(world, picked) if step.b % 13 == RACE else None
    try:
        with _at_work(world, twin, step):
            taken = bundling.take(host.server, data)
    except KnownError as error:
        hold("I15", error.code in (("E-183",) if whole else _SPOILED), f"stick: {error.code}")
        hold("I3", twin is not None or world.watch.on_server() == before, "a refused stick wrote ops")
        world.tally("stick refused " + error.code)
        return
    except ServerCrashError:
        host.restart()
        world.tally("server ended over a stick")
        return
    except sqlite3.OperationalError as error:
        hold("fault", "disk is full" in str(error), str(error))
        world.tally("server's disk was full over a stick")
        return
    finally:
        host.storage.plan = ""
    hold("I7", whole, "a spoiled stick was taken")
    world.tally("stick handed in")
    _nothing_foreign(world, picked.device, taken.answer)
    world.sticks.append(Stick(picked.device, taken.answer, back=True))
    del world.sticks[:-_STICKS]


def _twin(world: World, picked: Stick) -> Pc | None:
    """Another PC of the same disk as the one that wrote a stick, where there is one."""
    ours = [pc for pc in world.pcs if pc.store.device == picked.device]
    return ours[0] if len(ours) > 1 else None


@contextmanager
def _at_work(world: World, twin: Pc | None, step: Step) -> Iterator[None]:
    """A twin writes and does a round between two parts of the stick that the district reads."""
    standing = bundling._standing

    def between(server: Server, caller: Caller, parts: list[bytes]) -> bytes:
        said = standing(server, caller, parts)
        if twin is not None:
            world.meanwhile(world.pcs.index(twin), "write", step.b)
            world.sync(twin)
            world.tally("a twin at work while a stick was read")
        return said

    with patch.object(bundling, "_standing", between):
        yield


def _nothing_foreign(world: World, device: str, answer: bytes) -> None:
    """No op outside the reader's scope lies in the answer (I9)."""
    keys = [p.store.secret("seal_key") for p in world.pcs if p.store.device == device]
    for part in reading.open_parts(reading.read(answer), keys[0]) if keys else ():
        head, body = unpack_message(part)
        if head.get("kind") != "page":
            continue
        with world.host.storage.read() as tx:
            row = tx.row("SELECT revoked FROM device WHERE id = ?", (device,))
            hold("I9", row is not None and not row[0], "a revoked PC gets a page on a stick")
            for op in unpack_ops(unpack_message(body)[1]):
                allowed = world.watch.may_read(tx, device, op.header.case, op.header.compartment)
                hold("I9", allowed, f"{op.id} left the server on a stick")


def bring(world: World, pc: Pc, data: bytes, *, whole: bool) -> None:
    """A PC takes a stick of the district."""
    path = world.directory / "answer.gmb"
    path.write_bytes(data)
    before = world.watch.here(pc)
    try:
        bundles.take(pc.station, path=path)
    except KnownError as error:
        known = ("E-181", "E-409", "E-112", "E-503") if whole else _SPOILED
        hold("I15", error.code in known, f"answer: {error.code} {error.values}")
        hold("I3", error.code in ("E-112", "E-503") or world.watch.here(pc) == before, "a refused answer wrote ops")
        world.tally("answer refused " + error.code)
        return
    hold("I7", whole, "a spoiled answer was taken")
    world.tally("answer taken")
    world.watch.after_round(pc, Outcome())


# -- orders and hand-offs ---------------------------------------------------------------------------------------------


def _unit(pc: Pc, choice: int) -> str:
    """Name of another station; one of another community is noted first."""
    others = sorted(code for code in _NAMES if code != pc.code)
    code = others[choice % len(others)]
    if code not in dict(reach.receivers(pc.station)):
        reach.note_unit(pc.station, code=code, name=_NAMES[code])
    return _NAMES[code]


def order(world: World, pc: Pc, step: Step) -> None:
    """发令, sometimes with a joint unit."""
    case = _case(pc, step.a)
    if case:
        values: dict[str, Any] = {"matter": f"派员到场{step.id}", "lead": _unit(pc, step.b)}
        if step.b % 3 == 0:
            values["joint"] = [_unit(pc, step.b + 1)]
        orders.issue(pc.station, case=case, values=values)


def hand_off(world: World, pc: Pc, step: Step) -> None:
    """Ask another station to take a case over."""
    case = _case(pc, step.a)
    if case:
        hand_offs.offer(pc.station, case=case, to=_unit(pc, step.b), reason="本站难以化解")


def answer(world: World, pc: Pc, step: Step) -> None:
    """The next step of an order or hand-off that this station may do."""
    lines = [line for line in board.lines(pc.station) if line.steps]
    if lines:
        line = lines[step.a % len(lines)]
        _do(pc.station, line, line.steps[step.b % len(line.steps)], step)


def _do(station: Station, line: board.LoopLine, verb: str, step: Step) -> None:
    where = {"case": line.case, "rec": line.rec}
    more: dict[str, dict[str, Any]] = {
        "arrive": {"by": "王敏", "rank": "副科长"}, "resolve": {"result": f"已办结{step.id}"},
        "rate": {"rating": str(1 + step.b % 5), "note": "说明"},
        "remind": {"reason": "催办"}, "raise": {"to": "凤凰街道", "reason": "提级"},
        "notice": {"to": "凤凰街道", "reason": "通报"}, "withdraw": {"reason": "误发"}, "decline": {"note": "不属本站"},
    }  # fmt: skip
    if line.kind == board.HAND_OFF:
        name = {"withdraw": "take_back"}.get(verb, verb)
        given = {} if name == "take_back" else more.get(name, {})
        getattr(hand_offs, name)(station, **where, **given)
    else:
        getattr(orders, {"raise": "raise_"}.get(verb, verb))(station, **where, **more.get(verb, {}))
