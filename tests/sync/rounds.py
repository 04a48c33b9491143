"""One round of the engine, and what must hold after any round."""

from __future__ import annotations

from sync.client import engine
from sync.client.engine import Outcome
from tests.support.district import District, FaultyLine
from tests.support.fake_ledger import FakeLedger


def travel(district: District, ledger: FakeLedger, line: FaultyLine | None = None, **more: object) -> Outcome:
    """One round."""
    return engine.run(ledger, line or district.line, clock=district.clock, **more)  # type: ignore[arg-type]  # options of run


def sound(district: District, *ledgers: FakeLedger) -> None:
    """The server holds each op once, in gap-free streams, and each ledger's marks are on its own chain."""
    assert district.count("SELECT count(*) FROM op") == district.count(
        "SELECT count(*) FROM (SELECT DISTINCT inst, seq FROM op)"
    )
    assert district.count("SELECT count(*) FROM op") == district.count("SELECT sum(rev) FROM stream")
    for ledger in ledgers:
        for inst, mark in ledger.marks.items():
            assert inst not in ledger.chains or ledger.head_at(inst, mark.seq) == mark.head
