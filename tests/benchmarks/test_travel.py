"""10,000 ops up and down against the plainest way to carry the same facts (baseline_copy, frozen beside this).

Ours is everything that is really done: encrypted stations, signed requests, certificates, chains, rights, projections on
both ends, a real HTTP server with PostgreSQL as another process. The search index follows afterwards, on the idle lane.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from station_app.services import cases
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from sync.contract.op import parse_header
from tests.benchmarks import baseline_copy
from tests.benchmarks.timing import median, report
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.served import REPO, served
from tests.support.stations import make_station, wage_intake

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

pytestmark = [pytest.mark.bench, pytest.mark.postgres]

OPS = 10_000
ROUNDS = 3
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "志强建国伟芳娜敏静丽洋勇军杰涛明超兰霞平刚桂英"
_STORIES = (
    "自十月八日起在工地做钢筋工，说好日薪三百二十元，做满三十八天只领到生活费，多次催要未果。",
    "房东退租时以墙面污损为由扣下全部押金，租客认为是正常使用造成，要求退还。",
    "楼上卫生间渗水，天花板起皮，物业查看后双方对维修费用由谁承担没有谈成。",
    "电动车在车库被撞坏，对方只愿意赔一半，车主要求按维修店报价赔付。",
    "商铺夜间噪声影响休息，投诉后有所收敛，近日又恢复原状，要求限定营业时间。",
)


def fill(station: Station, count: int) -> None:
    """Register appeals that differ from each other as real ones do; two ops each."""
    for number in range(count // 2):
        intake = wage_intake(phone=f"1{38 + number % 7}{number * 7919 % 10**8:08d}")
        name = _SURNAMES[number % 32] + _GIVEN[number * 5 % 22] + _GIVEN[number * 3 % 22]
        day = f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}"
        intake.case |= {"amount": 10_000 + number * 3_779 % 9_000_000, "place": f"科学城工地{number % 90}号楼"}
        intake.facts = {
            "summary": f"{name}反映：{_STORIES[number % 5][:22]}",
            "story": f"{day}，{_STORIES[number % 5]}涉及金额{10_000 + number * 3_779 % 9_000_000}分，现场编号{number}。",
        }
        intake.parties[0].party["name"] = name
        cases.register(station, intake=intake)


def copy_plain(station: Station, path: Path) -> None:
    """The same facts as plain rows: what an op says, opened, without salt, hashes and chain."""
    con = baseline_copy.make(path)
    rows = station.store.con.execute("SELECT header, body FROM op ORDER BY id DESC LIMIT ?", (OPS,)).fetchall()
    found = []
    for header_bytes, body in reversed(rows):
        h = parse_header(bytes(header_bytes))
        plain = station.store.vault.open(
            bytes(body), sealed=h.body_form == "sealed", compartment=h.compartment, case=h.case
        )
        assert plain is not None
        changes = json.loads(plain)["changes"]
        shown = [
            changes[0]["set"].pop(name, None)
            for name in ("title", "place", "amount", "state", "registered_at", "people")
        ]
        rest = json.dumps(changes, ensure_ascii=False)
        found.append((str(uuid.uuid4()), h.stream, h.case, h.compartment, h.verb, h.actor, h.wall, *shown, rest))
    with con:
        con.executemany(f"INSERT INTO record VALUES({', '.join('?' * 14)})", found)
    con.close()


@contextmanager
def baseline(url: str) -> Iterator[str]:
    """The baseline's server as a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.baseline_copy", url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPO, env={**os.environ, "PYTHONPATH": str(REPO)})
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def sync(station: Station) -> tuple[float, int, int]:
    """One round: (seconds, ops up, bytes up and down)."""
    start = time.perf_counter()
    outcome = syncing.run(station)
    spent = time.perf_counter() - start
    assert outcome.error is None, outcome.error
    return spent, outcome.pushed + outcome.pulled, outcome.traffic.out + outcome.traffic.into


def test_ten_thousand_ops(tmp_path: Path, durable_postgres_server: PostgresServer) -> None:
    first = make_station(tmp_path / "first").station
    plain = tmp_path / "plain.db"
    times: dict[str, list[float]] = {name: [] for name in ("push", "pull", "copy_push", "copy_pull")}
    per_op, copied = 0.0, 0
    for number in range(ROUNDS):
        place = tmp_path / str(number)
        district = District(place / "district", FakeClock(), database=durable_postgres_server.fresh())
        codes = [district.code("S1") for _ in range(2)]
        district.close()
        first = make_station(place / "first").station
        empty = make_station(place / "empty").station
        fill(first, 200)
        with served(place / "district") as url:
            for station, code in zip((first, empty), codes, strict=True):
                enrolment.enrol(station, url=url, code=code)
            for station in (first, empty, first, empty):
                sync(station)
            fill(first, OPS)
            if number == 0:
                copy_plain(first, plain)
            with baseline(durable_postgres_server.fresh()) as other:
                start = time.perf_counter()
                copied = baseline_copy.push(plain, other)
                times["copy_push"].append(time.perf_counter() - start)
                spent, ops, size = sync(first)
                times["push"].append(spent)
                assert ops == OPS
                per_op = size / OPS
                start = time.perf_counter()
                baseline_copy.pull(place / "copy.db", other)
                times["copy_pull"].append(time.perf_counter() - start)
                spent, ops, size = sync(empty)
                times["pull"].append(spent)
                assert ops == OPS
        assert consistency.check(empty.store) == []
        first.store.close()
        empty.store.close()
    push, pull = (median(times[n]) / median(times[f"copy_{n}"]) for n in ("push", "pull"))
    report(
        "travel of 10,000 ops",
        {**{f"{n}_s": median(t) for n, t in times.items()}, "push": push, "pull": pull, "bytes_per_op": per_op,
         "copy_bytes_per_op": copied / OPS},
    )  # fmt: skip
    assert push <= 1.5
    assert pull <= 1.5
    assert per_op <= 330
