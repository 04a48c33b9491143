"""What people and machines do in a story; every verb is the program's own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from station_app.services import cases, sessions
from station_app.services.cases import Intake, PartyInput
from station_app.services.paperwork import numbers as paper_numbers
from station_app.services.travel import enrolment, grants, syncing
from station_app.store import blobs
from sync.client.transport import Answer
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.server.admin import devices
from tests.simulation import backups, erasing, errands, template
from tests.simulation.chance import Crash
from tests.simulation.network import Wire
from tests.simulation.story import Step
from tests.simulation.world import MOST_PCS, Pc, World
from tests.support.clock import START

_STEPS: Final = ("accept", "mediate", "end", "feed_back", "archive", "refuse", "reopen")


def _intake(step: Step) -> Intake:
    return Intake(
        {"type": "wage_arrears", "labour": True, "amount": 1000 + step.a, "place": f"工地{step.id}"},
        {"summary": f"第{step.id}件", "story": "未发工资。"},
        [
            PartyInput({"role": "applicant", "kind": "person", "name": f"田志{step.id}"}, {"phone": "15026018159"}),
            PartyInput({"role": "respondent", "kind": "organisation", "name": "演示宏川劳务有限公司"}, {}),
        ],
    )


def _case(pc: Pc, choice: int) -> str:
    """One of the cases that are listed here, "" where there is none."""
    rows = pc.store.con.execute("SELECT rec FROM case_row ORDER BY id").fetchall()
    return str(rows[choice % len(rows)][0]) if rows else ""


def register(world: World, pc: Pc, step: Step) -> None:
    """登记."""
    cases.register(pc.station, intake=_intake(step))


def edit(world: World, pc: Pc, step: Step) -> None:
    """Change fields of a case: single ones and a group, clear and sealed."""
    case = _case(pc, step.a)
    if not case:
        register(world, pc, step)
        return
    values: dict[str, Json] = {"place": f"地点{step.id}"} if step.b % 3 else {"amount": step.id * 100}
    if step.b % 5 == 0:
        values["title"] = f"标题{step.id}"
    cases.edit(pc.station, case=case, values={case: values})


def facts(world: World, pc: Pc, step: Step) -> None:
    """Change what the district cannot read."""
    case = _case(pc, step.a)
    if not case:
        return
    for record in pc.station.case(case).state.of_kind("facts")[:1]:
        cases.edit(
            pc.station, case=case, values={record.id: {"story": f"经过{step.id}", "request": f"要求{step.b % 9}"}}
        )


def transition(world: World, pc: Pc, step: Step) -> None:
    """A step of the loop, where the state allows it."""
    case = _case(pc, step.a)
    if case:
        cases.step(pc.station, case=case, verb=_STEPS[step.b % len(_STEPS)], reason="说明")


def session(world: World, pc: Pc, step: Step) -> None:
    """A session on record, after accepting where that is still to be done."""
    case = _case(pc, step.a)
    if not case:
        return
    if pc.station.case(case).case_state == "registered":
        cases.step(pc.station, case=case, verb="accept")
    values: dict[str, Json] = {"from": "2026-11-23T09:00", "to": "2026-11-23T10:00", "record": f"记录{step.id}"}
    sessions.record(pc.station, case=case, values=values)


def issue(world: World, pc: Pc, step: Step) -> None:
    """A paper as issuing writes it, with number, file, record and mark in one group; no pages are laid out."""
    case = _case(pc, step.a)
    if not case:
        return
    data = hashlib.sha256(f"{step.id}".encode()).digest() * (1 + step.b % 40)
    with pc.station.write("issue_paper") as tx:
        view = pc.station.case(case, tx)
        content = tx.op("issue_paper", "content", case=case)
        sha = blobs.put(tx.con, case_id=pc.store.ids.pk(case), data=data)
        register_op = tx.op("issue_paper", "register", case=case)
        printed = view.get("number")
        if not printed:
            drawn = paper_numbers.draw(pc.station, tx, view)
            printed = drawn.text(brackets="（）")
            register_op.new("number", paper_numbers.record_values(drawn, str(printed)))
            register_op.put(overwrite(view.record, {"number": printed}))
        common: dict[str, Json] = {"template": "acceptance", "version": step.id, "number": printed, "pages": 1}
        common |= {"facts_hash": sha, "state": "issued"}
        paper = content.new("paper", {**common, "title": "受理通知书", "pdf": sha, "bytes": len(data)})
        register_op.new("paper_mark", {**common, "paper": paper})


def settle(world: World, pc: Pc, step: Step) -> None:
    """A person chooses one of two values."""
    found = syncing.conflicts(pc.station)
    if found:
        conflict = found[step.a % len(found)]
        rival = conflict.rivals[step.b % len(conflict.rivals)]
        cases.settle(pc.station, case=conflict.case, rec=conflict.rec, values=dict(rival.values))


def discard(world: World, pc: Pc, step: Step) -> None:
    """Into the recycle bin, or out of it."""
    case = _case(pc, step.a)
    if case:
        cases.discard(pc.station, case=case, back=bool(pc.station.case(case).get("discarded")))


def grant(world: World, pc: Pc, step: Step) -> None:
    """Open a case to another station, sometimes only up to a day."""
    case, others = _case(pc, step.a), [c for c in ("S1", "S2", "S3") if c != pc.code]
    until = ("", "", "2026-11-25", "2026-11-24")[step.b % 4]
    if case:
        grants.grant(pc.station, case=case, station_code=others[step.b // 4 % 2], reason="协助", until=until)


def end_grant(world: World, pc: Pc, step: Step) -> None:
    """Close it again."""
    case = _case(pc, step.a)
    standing = grants.grants_of(pc.station.case(case).state.of_kind("grant")) if case else []
    if standing:
        grants.revoke(pc.station, case=case, rec=standing[step.b % len(standing)].id, reason="办结")


def person(world: World, pc: Pc, step: Step) -> None:
    """A new colleague."""
    with pc.station.write("add_person") as tx:
        values: dict[str, Json] = {"name": f"新人{step.id}", "roles": ["recorder"], "station": pc.code}
        tx.op("add_person", "reference").new("person", values)


def sync(world: World, pc: Pc, step: Step) -> None:
    """One round with whatever befalls it."""
    outcome = world.sync(pc, step)
    world.tally(f"round {outcome.error.code if outcome.error else 'good'}")


def restart(world: World, pc: Pc, step: Step) -> None:
    """Close the program, or kill it, and begin it anew."""
    world.stop(pc, clean=step.a % 2 == 0)
    world.start(pc)


def clock(world: World, pc: Pc, step: Step) -> None:
    """Time passes for all, or one PC's clock jumps."""
    if step.a % 3 == 0:
        world.clock.advance(hours=step.b % 30)
    elif step.a % 3 == 1:
        pc.clock.advance(days=(step.b % 7300) - 3650)
    else:
        pc.clock.set(START)


def late(world: World, pc: Pc, step: Step) -> None:
    """A request that was given up arrives after all."""
    if world.late:
        world.deliver_quietly(world.late.pop(step.a % len(world.late)))


def server_restart(world: World, pc: Pc, step: Step) -> None:
    """The server's process ends and begins anew, sometimes with the power gone."""
    world.host.restart(power=step.a % 3 == 0)


def save_pc(world: World, pc: Pc, step: Step) -> None:
    """A backup of a PC, written by the program or copied from the disk."""
    place = world.directory / f"kept{pc.number}" / f"{step.id}"
    place.parent.mkdir(exist_ok=True)
    pc.saved.append(backups.of_pc(pc, place, bare=step.b % 3 == 0))


def restore_pc(world: World, pc: Pc, step: Step) -> None:
    """A PC goes back to a backup."""
    if pc.saved:
        world.put_back(pc, pc.saved[step.a % len(pc.saved)], step.a)


def clone(world: World, pc: Pc, step: Step) -> None:
    """A PC's disk is copied into another PC, and both go on."""
    if len(world.pcs) < MOST_PCS:
        place = backups.of_pc(pc, world.directory / f"clone{step.id}", bare=True).name
        made = world.add(0, pc.line, pc.code, pc.key, pc.user, place=place)
        made.generation, made.revoked, made.again = pc.generation, pc.revoked, True
        pc.again = True


def save_server(world: World, pc: Pc, step: Step) -> None:
    """A backup of the district."""
    world.host.save()


def restore_server(world: World, pc: Pc, step: Step) -> None:
    """The district goes back to a backup."""
    world.restore_server(step.a)


def snapshot(world: World, pc: Pc, step: Step) -> None:
    """The district's virtual machine is copied while nobody works."""
    world.host.snapshot(len(world.erased))


def roll_back(world: World, pc: Pc, step: Step) -> None:
    """It is put back to such a copy; nobody tells the program."""
    world.roll_back_server(step.a)


def revoke(world: World, pc: Pc, step: Step) -> None:
    """A PC is reported lost."""
    before = world.held()
    devices.revoke(world.host.server, device=pc.store.device, reason="遗失")
    for each in world.pcs:
        each.revoked |= each.line == pc.line
    world.mourn(before)


def newcomer(world: World, pc: Pc, step: Step) -> None:
    """The PC that was set up and not enrolled joins station S1."""
    if any(p.line == template.NEWCOMER for p in world.pcs) or len(world.pcs) >= MOST_PCS:
        return
    made = template.template().pcs[template.NEWCOMER]
    new = world.add(template.NEWCOMER, template.NEWCOMER, "S1", made.key, made.user)

    class Line:
        """Enrolment has its own room."""

        def post(self, path: str, headers: object, body: bytes, *, limit: int) -> Answer:
            from sync.server import enrolment as room

            data = room.enrol(world.host.server, body, address="127.0.0.1", base_url="http://district")
            return Answer(200, {"content-type": "application/json"}, data)

    try:
        enrolment.enrol(new.station, url="http://district", code=template.template().code, transport=Line())
    except (KnownError, Crash):  # nobody works on it before it has joined; it tries again with the same code
        world.disk.arm()
        for op in world.watch.own_here(new):
            world.ops.pop(op, None)  # only setting up; they come back into the story with the PC
        world.stop(new, clean=False)
        world.pcs.remove(new)
        world.tally("joining broke off")


ACTS: Final[dict[str, Callable[[World, Pc, Step], None]]] = {
    "register": register, "edit": edit, "facts": facts, "step": transition, "session": session, "issue": issue,
    "settle": settle, "discard": discard, "grant": grant, "end_grant": end_grant, "person": person, "sync": sync,
    "restart": restart, "clock": clock, "late": late, "server_restart": server_restart, "save_pc": save_pc,
    "restore_pc": restore_pc, "clone": clone, "save_server": save_server, "restore_server": restore_server,
    "revoke": revoke, "newcomer": newcomer, "stick": errands.stick, "carry": errands.carry, "order": errands.order,
    "snapshot": snapshot, "roll_back": roll_back, "hand_off": errands.hand_off, "answer": errands.answer,
    "erase": erasing.erase,
}  # fmt: skip

__all__ = ["ACTS", "Wire"]
