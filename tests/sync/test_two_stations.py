"""Two stations and a `district-server` process as people run them; and a station killed in the middle, many times."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.services import cases, people
from station_app.services.station import Station
from station_app.services.travel import enrolment, grants, syncing
from station_app.store import consistency
from station_app.store.core import Store
from sync.client.transport import HttpTransport
from tests.support.served import REPO
from tests.support.stations import ORG, PASSWORD, make_station, wage_intake

ORGANISATION = """
[[street]]
name = "凤凰街道"
[[street.community]]
name = "东坑社区"
stream = "dongkeng"
[[committee]]
short = "光凤东坑"
name = "深圳市光明区凤凰街道东坑社区人民调解委员会"
community = "dongkeng"
court = "深圳市光明区人民法院"
[[station]]
code = "GM-FH-DK-01"
name = "东坑社区科学城工地群众诉求服务站"
community = "dongkeng"
committee = "光凤东坑"
[[station]]
code = "GM-FH-DK-02"
name = "东坑社区东坑花园群众诉求服务站"
community = "dongkeng"
committee = "光凤东坑"
"""
CODES = ("GM-FH-DK-01", "GM-FH-DK-02")


class Server:
    """The command line of a district in a directory, and its address while it serves."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.url = directory, ""

    def command(self, *words: str) -> list[str]:
        """The words of one call."""
        return [sys.executable, "-m", "sync.server.cli", *words, "--data-dir", str(self.directory / "district")]

    def call(self, *words: str) -> dict[str, object]:
        """Run a command with --json; what it says."""
        done = subprocess.run(
            [*self.command(*words), "--json"], cwd=REPO, capture_output=True, text=True, check=True, timeout=60
        )
        found: dict[str, object] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A district served by its own command."""
    made = Server(tmp_path_factory.mktemp("district"))
    made.call("init", "--district", "光明区群众诉求服务平台")
    plan = made.directory / "org.toml"
    plan.write_text(ORGANISATION, "utf-8")
    made.call("org", "import", str(plan))
    process = subprocess.Popen(made.command("serve", "--port", "0"), cwd=REPO, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        made.url = process.stdout.readline().split()[-1]
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()


def join(server: Server, directory: Path, code: str) -> Station:
    """A new PC of a station."""
    station = make_station(directory, org=dataclasses.replace(ORG, station_code=code)).station
    given = str(server.call("device", "code", "--station", code)["code"])
    enrolment.enrol(station, url=server.url, code=given, name=directory.name)
    return station


def go(station: Station) -> None:
    """One round that goes well."""
    outcome = syncing.run(station)
    assert outcome.error is None, outcome.error


def titles(station: Station) -> list[str]:
    """The ids of all cases here that can be read."""
    rows = station.store.reader.execute("SELECT rec FROM case_row WHERE unreadable = 0 ORDER BY rec")
    return [str(r[0]) for r in rows]


def test_the_way_of_a_case(server: Server, tmp_path: Path) -> None:
    one, two = (join(server, tmp_path / code, code) for code in CODES)
    for station in (one, two, one, two):
        go(station)
    mine = [cases.register(one, intake=wage_intake()).case for _ in range(2)]
    theirs = cases.register(two, intake=wage_intake()).case
    for station in (one, two, one):
        go(station)
    assert titles(one) == sorted(mine)
    assert titles(two) == [theirs]
    grants.grant(one, case=mine[0], station_code=CODES[1], reason="协助调解")
    for station in (one, two):
        go(station)
    assert titles(two) == sorted([mine[0], theirs])
    assert two.case(mine[0]).state.of_kind("facts")[0].get("story")
    cases.edit(one, case=mine[0], values={mine[0]: {"place": "东门"}})
    cases.edit(two, case=mine[0], values={mine[0]: {"place": "西门"}})
    for station in (one, two, one):
        go(station)
    (seen,) = syncing.conflicts(one)
    cases.settle(one, case=seen.case, rec=seen.rec, values=dict(seen.rivals[1].values))
    for station in (one, two):
        go(station)
        assert syncing.conflicts(station) == []
    assert one.case(mine[0]).get("place") == two.case(mine[0]).get("place")
    for station in (one, two):
        go(station)
        assert not syncing.run(station).changed
        assert consistency.check(station.store) == []
        assert syncing.problems(station) == []
        station.store.close()


def test_the_commands_of_the_station(server: Server, tmp_path: Path) -> None:
    station = make_station(tmp_path / "pc", org=dataclasses.replace(ORG, station_code=CODES[0])).station
    cases.register(station, intake=wage_intake())
    station.store.close()
    (tmp_path / "password").write_text(PASSWORD, "utf-8")

    def call(*words: str) -> tuple[int, dict[str, object], str]:
        program = "from station_app.cli.main import run; run()"
        rest = ("--data-dir", str(tmp_path / "pc"), "--user", "李明", "--password-file", str(tmp_path / "password"))
        done = subprocess.run(
            [sys.executable, "-c", program, *words, *rest, "--json"],
            cwd=REPO, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr

    code, said, complaint = call("sync")
    assert (code, said["error"]) == (1, "E-107")
    assert "E-107" in complaint
    given = str(server.call("device", "code", "--station", CODES[0])["code"])
    code, said, _ = call("enrol", server.url, "--code", given)
    assert (code, said["station_code"]) == (0, CODES[0])
    code, said, _ = call("sync")
    assert (code, said["error"], said["waiting_ops"]) == (0, "", 0)
    assert isinstance(said["pushed"], int)
    assert said["pushed"] >= 4
    code, said, _ = call("sync")
    assert (code, said["pushed"], said["pulled"]) == (0, 0, 0)
    code, said, _ = call("enrol", server.url, "--code", given)
    assert (code, said["station_code"]) == (0, CODES[0]), "had the answer been lost, it would come once more"
    code, said, complaint = call("enrol", server.url, "--code", "AAAA-BBBB-CCCC")
    assert code == 1
    assert "E-111" in complaint


# -- kill -9 --------------------------------------------------------------------------------------------------------


def killed_at(directory: Path, point: int) -> bool:
    """Sync in a process of its own that is killed at its n-th step; True when it came to its end alive.

    Steps: before and after each request, before and after each commit.
    """
    child = os.fork()
    if child == 0:
        _sync_and_die(directory, point)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return True


def _sync_and_die(directory: Path, point: int) -> None:
    steps = itertools.count(1)

    def step() -> None:
        if next(steps) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    post, write = HttpTransport.post, Store.raw_write

    def stepping_post(self: HttpTransport, *args: object, **kwargs: object) -> object:
        step()
        answer = post(self, *args, **kwargs)  # type: ignore[arg-type]  # handed through
        step()
        return answer

    @contextlib.contextmanager
    def stepping_write(self: Store, *, durable: bool = True) -> Iterator[object]:
        with write(self, durable=durable) as con:
            yield con
            step()
        step()

    code = 1
    with contextlib.suppress(BaseException):
        station = open_pc(directory)
        HttpTransport.post = stepping_post  # type: ignore[method-assign,assignment]  # only in this process
        Store.raw_write = stepping_write  # type: ignore[method-assign,assignment]  # only in this process
        code = int(syncing.run(station).error is not None)
    os._exit(code)


def open_pc(directory: Path) -> Station:
    """Log in."""
    from tests.support.clock import FakeClock

    return people.login(directory, name="李明", password=PASSWORD, clock=FakeClock())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process: POSIX only")
def test_killed_at_every_step(server: Server, tmp_path: Path) -> None:
    """Nothing lost, nothing doubled, whatever step the killer takes; work goes on between the deaths."""
    first, second = (join(server, tmp_path / name, CODES[0]) for name in ("first", "second"))
    for station in (first, second, first, second):
        go(station)
    written: list[str] = []
    kills = 0
    for sweep in range(5):  # a round has some thirteen steps
        for point in itertools.count(1):
            station = first if (point + sweep) % 2 else second
            written.append(cases.register(station, intake=wage_intake()).case)
            if point % 4 == sweep % 4:
                go(second)
            if point % 7 == 3:
                grants.grant(first, case=written[0], station_code=CODES[1], reason=f"协助{sweep}-{point}")
            first.store.close()
            whole = killed_at(tmp_path / "first", point)
            first = open_pc(tmp_path / "first")
            assert consistency.check(first.store) == [], (sweep, point)
            if whole:
                break
            kills += 1
    assert kills >= 50
    for station in (first, second, first, second):
        go(station)
    mine = set(written)
    for station in (first, second):
        assert mine <= set(titles(station))
        assert consistency.check(station.store) == []
        assert syncing.status(station).unsent_ops == 0
        assert syncing.problems(station) == []
    assert titles(first) == titles(second)
    status = server.call("status")
    assert status.get("problems", 0) in (0, [], None)
    for station in (first, second):
        station.store.close()
