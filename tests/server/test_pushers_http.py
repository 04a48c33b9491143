"""Sixteen PCs push and one reads, each a client of its own over real HTTP, on PostgreSQL: the reader misses nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sync.client import engine
from sync.client.enrol import enrol
from sync.client.transport import HttpTransport
from sync.server import codes, keys
from sync.server.admin import organisation
from sync.server.server import open_server
from tests.server.conftest import ORG
from tests.simulation.truth import server_is_sound
from tests.support.clock import FakeClock
from tests.support.fake_ledger import FakeLedger
from tests.support.served import served

_WRITERS, _ROUNDS, _EACH = 16, 5, 3


class Follower(FakeLedger):
    """A reader that is told of nothing it already passed: a page never moves its cursor back."""

    def reset_cursor(self, stream: str) -> None:
        raise AssertionError("the reader had to begin anew")


@pytest.mark.slow
@pytest.mark.postgres
def test_sixteen_pushers_and_a_reader_over_http(postgres_url: str, tmp_path: Path, clock: FakeClock) -> None:
    directory = tmp_path / "district"
    keys.create(directory, name="光明区群众诉求服务平台", database=postgres_url)
    server = open_server(directory, clock)
    (tmp_path / "org.toml").write_text(ORG, "utf-8")
    organisation.apply(server, organisation.read(tmp_path / "org.toml"))
    stop = threading.Event()
    with served(directory) as url, ThreadPoolExecutor(_WRITERS + 1) as pool:

        def joined(ledger: FakeLedger) -> tuple[FakeLedger, HttpTransport]:
            line = HttpTransport(url, proxy="none")
            code = codes.issue(server, station="S1")
            given = enrol(code=code, name="PC", program="test", keys=ledger.keys, transport=line, url=url)
            ledger.enrolled(given)
            return ledger, line

        def write(ledger: FakeLedger, line: HttpTransport) -> None:
            for number in range(_ROUNDS):
                for each in range(_EACH):
                    ledger.new_case(f"第{number}.{each}件")
                outcome = engine.run(ledger, line, clock=clock)
                assert outcome.error is None, outcome.error

        def follow(ledger: FakeLedger, line: HttpTransport) -> int:
            rounds = 0
            while True:
                last = stop.is_set()
                outcome = engine.run(ledger, line, clock=clock)
                assert outcome.error is None, outcome.error
                rounds += 1
                if last:
                    return rounds

        writers = [joined(FakeLedger()) for _ in range(_WRITERS)]
        reader = joined(Follower())
        following = pool.submit(follow, *reader)
        try:
            for writing in [pool.submit(write, *writer) for writer in writers]:
                writing.result(120)
        finally:
            stop.set()
        rounds = following.result(60)
        for _, line in (*writers, reader):
            line.close()
    written = {
        f"{inst}.{n + 1}" for ledger, _ in writers for inst, ops in ledger.chains.items() for n in range(len(ops))
    }
    assert len(written) == _WRITERS * _ROUNDS * _EACH
    assert written <= reader[0].op_ids, f"{len(written - reader[0].op_ids)} were passed over in {rounds} rounds"
    with server.storage.read() as tx:
        server_is_sound(tx)
    server.close()
