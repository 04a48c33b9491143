"""Erasure in a story: the district decides that a case goes, and wherever it was, it is gone; nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.contract.op import inst_of, parse_header
from sync.server.erasure import deciding, standing
from sync.server.storage.port import Tx
from tests.simulation.story import Step
from tests.simulation.truth import hold

if TYPE_CHECKING:
    from tests.simulation.world import Pc, World


def erase(world: World, pc: Pc, step: Step) -> None:
    """Two people of the district erase a case that it has (E-414 where that was done already)."""
    server = world.host.server
    with server.storage.read() as tx:
        cases = [str(row[0]) for row in tx.rows("SELECT rec FROM case_row ORDER BY rec")]
    if not cases:
        return
    case = cases[step.a % len(cases)]
    no = deciding.ask(server, case=case, ground="law", reason="判决", by="甲")
    world.erased.add(case)
    deciding.grant(server, no=no, authority="区司法局〔2026〕1号", by="乙")
    world.tally("cases erased")


def kept(tx: Tx, case: str) -> frozenset[str]:
    """The ops of an erased case whose bodies stay: what the district itself wrote over the register."""
    order = standing.orders(tx, [case]).get(case)
    hold("erasure", order is not None, f"the district does not know any more that {case} was erased")
    assert order is not None
    for op in order.keeps:
        row = tx.row("SELECT i.device FROM inst i WHERE i.inst = ?", (inst_of(op + ".0"),))
        own = tx.row("SELECT d.id FROM device d WHERE d.id = ?", (str(row[0]) if row else "",))
        hold("erasure", own is None, f"{op} of a station is kept of the erased case {case}")
    return order.keeps


def judge(world: World, standing_pcs: list[Pc]) -> None:
    """Nothing of an erased case is left at the district or at any PC that still hears of it."""
    for pc in world.pcs:
        nothing_else(world, pc)
    with world.host.storage.read() as tx:
        for case in sorted(world.erased):
            keeps = kept(tx, case)
            rows = tx.rows(
                "SELECT inst || '.' || seq FROM op WHERE case_rec = ? AND compartment <> 'reference'"
                " AND body IS NOT NULL",
                (case,),
            )
            left = {str(row[0]) for row in rows} - keeps
            hold("erasure", not left, f"the district still has {sorted(left)[:3]} of {case}")
            files = tx.row("SELECT count(*) FROM blob WHERE case_rec = ?", (case,))
            hold("erasure", files == (0,), f"the district still has {files} files of {case}")
            for pc in standing_pcs:
                _gone(pc, case, keeps)


def nothing_else(world: World, pc: Pc) -> None:
    """Only what was erased has no body."""
    rows = pc.store.con.execute("SELECT header FROM op WHERE body IS NULL").fetchall()
    lost = [parse_header(bytes(r[0])).id for r in rows if not world.watch.may_lack(bytes(r[0]))]
    hold("erasure", not lost, f"pc{pc.number}: bodies of {lost[:3]} are gone and nobody erased them")


def _gone(pc: Pc, case: str, keeps: frozenset[str]) -> None:
    con, case_id = pc.store.con, pc.store.ids.pk(case)
    rows = con.execute(
        "SELECT header FROM op WHERE body IS NOT NULL AND header ->> 'case' = ?"
        " UNION ALL SELECT header FROM quarantine WHERE body IS NOT NULL AND header ->> 'case' = ?",
        (case, case),
    ).fetchall()
    left = [h.id for h in (parse_header(bytes(r[0])) for r in rows) if h.compartment != "reference"]
    hold("erasure", not set(left) - keeps, f"pc{pc.number} still has {sorted(set(left) - keeps)[:3]} of {case}")
    if case_id:
        for table in ("blob", "file_row", "case_key"):
            (count,) = con.execute(f"SELECT count(*) FROM {table} WHERE case_id = ?", (case_id,)).fetchone()
            hold("erasure", not count, f"pc{pc.number}: {count} rows of {table} are left of {case}")
