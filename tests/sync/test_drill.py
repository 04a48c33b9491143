"""The drill of README by its commands: a PC is lost, last week's district comes back, a stick is carried.

A real `district-server serve` on PostgreSQL, three PCs by the `station` command: two of one station, one apart.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from station_app.cli.main import run
from tests.support.postgres import PostgresServer, database_of
from tests.support.stations import PASSWORD, cheap_passwords

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(900)]
STATIONS = ("GM-FH-DK-01", "GM-FH-TJ-01")
Capture = pytest.CaptureFixture[str]


class Desks:
    """The PCs, each a data directory and its words; every act is a command."""

    def __init__(self, directory: Path, capsys: Capture) -> None:
        self.directory, self._capsys = directory, capsys
        self._password = directory / "密码"
        self._password.write_text(PASSWORD)

    def say(self, pc: str, *words: str) -> Any:
        """What a command printed; it must go well."""
        code = run([*words, "--json", "--data-dir", str(self.directory / pc), "--password-file", str(self._password)])
        shown = self._capsys.readouterr()
        assert code == 0, (words, shown.out, shown.err)
        return json.loads(shown.out) if shown.out else None

    def appeal(self, pc: str, name: str) -> str:
        """Write an appeal down; its record."""
        words = ("--applicant", name, "--respondent", "演示宏川劳务有限公司", "--type", "wage_arrears")
        return str(self.say(pc, "case", "new", *words, "--summary", f"{name}反映未足额发放工资")["case"])

    def cases(self, pc: str) -> set[str]:
        """Records of the cases a PC lists."""
        return {str(line["rec"]) for line in self.say(pc, "case", "list")}

    def carry(self, pc: str, district: Machine) -> None:
        """A stick to the district and back."""
        out = self.say(pc, "bundle", "export", str(self.directory))["file"]
        back = district.say("bundle", out)["answer"]
        self.say(pc, "bundle", "import", back)


class Machine:
    """The district's machine: a data directory, a database, a process that serves on one port."""

    def __init__(self, directory: Path, repo: Path, password: Path) -> None:
        self.directory, self._password = directory, password
        self._environment = {**os.environ, "PYTHONPATH": str(repo)}
        self._process: subprocess.Popen[str] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "sync.server.cli", *words, "--data-dir", str(self.directory)]

    def say(self, *words: str, secret: bool = False) -> Any:
        """What a command printed."""
        more = ("--password-file", str(self._password)) if secret else ()
        done = subprocess.run(
            self._command(*words, "--json", *more), env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def serve(self) -> None:
        """Start; returns when it can be reached."""
        command = self._command("serve", "--port", str(self.port))
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith("listening")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop, or kill."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.communicate(timeout=30)
            self._process = None


@pytest.fixture
def district(tmp_path: Path, repo: Path) -> Iterator[Machine]:
    password = tmp_path / "district-password"
    password.write_text("a long password")
    machine = Machine(tmp_path / "district", repo, password)
    yield machine
    machine.end()


@pytest.fixture
def desks(tmp_path: Path, capsys: Capture) -> Desks:
    cheap_passwords()
    return Desks(tmp_path, capsys)


def ops(url: str) -> set[str]:
    with psycopg.connect(url) as con:
        return {str(row[0]) for row in con.execute("SELECT inst || '.' || seq FROM op")}


def refused(url: str) -> list[Any]:
    with psycopg.connect(url) as con:
        return con.execute("SELECT op, code, detail FROM problem WHERE settled = 0").fetchall()


def set_up(district: Machine, desks: Desks, database: str, repo: Path) -> None:
    district.say("init", "--district", "光明区群众诉求服务平台", "--database", database)
    district.say("org", "import", str(repo / "resources" / "org" / "guangming.toml"))
    district.serve()
    for pc, station in (("甲机", STATIONS[0]), ("乙机", STATIONS[0]), ("丙机", STATIONS[1])):
        code = district.say("device", "code", "--station", station)["code"]
        desks.say(pc, "init", "--join", district.url, "--code", code, "--mediator", f"{pc[0]}某")
    for pc in ("甲机", "乙机", "丙机", "甲机"):
        desks.say(pc, "sync")


def test_a_stranger_loses_a_pc_restores_the_district_and_carries_a_stick(
    district: Machine, desks: Desks, postgres_server: PostgresServer, repo: Path, tmp_path: Path
) -> None:
    old, new = postgres_server.fresh(), postgres_server.fresh()
    set_up(district, desks, old, repo)
    first = desks.appeal("甲机", "田志强")
    for pc in ("甲机", "乙机"):
        desks.say(pc, "sync")

    # last week's backups
    district.say("backup", str(tmp_path / "上周平台.backup"), secret=True)
    kept = desks.say("甲机", "backup", str(tmp_path / "上周甲机.gmbak"))["file"]

    # a week of work: uploaded, read by the colleague, carried from where there is no line, and some not yet sent
    written = {first, *(desks.appeal("甲机", name) for name in ("王海", "李春"))}
    for pc in ("甲机", "乙机"):
        desks.say(pc, "sync")
    written.add(desks.appeal("乙机", "赵平"))
    for pc in ("乙机", "甲机"):
        desks.say(pc, "sync")
    apart = desks.appeal("丙机", "孙立")
    desks.carry("丙机", district)
    written.add(desks.appeal("乙机", "周敏"))
    before = ops(old)

    # the disaster: the PC is gone, and so are the district's disk and database
    shutil.rmtree(tmp_path / "甲机")
    district.end(signal.SIGKILL)
    shutil.rmtree(district.directory)
    postgres_server.drop(old)

    # the two steps of README, and everybody goes on; the restored PC is the first to come, which helps nobody
    district.say("restore", str(tmp_path / "上周平台.backup"), "--database", new, secret=True)
    district.serve()
    desks.say("甲机", "restore", kept, "--user", "甲某")
    assert desks.cases("甲机") == {first}
    for pc in ("甲机", "乙机", "甲机"):
        desks.say(pc, "sync")
    for _ in range(2):
        desks.carry("丙机", district)
    lost = before - ops(new)
    assert not lost, f"{len(lost)} of {len(before)} ops are gone: {sorted(lost)[:5]}"
    assert refused(new) == []
    assert desks.cases("甲机") == desks.cases("乙机") == written
    assert desks.cases("丙机") == {apart}
    assert {str(case["rec"]) for case in district.say("cases")} == {*written, apart}
    later = desks.appeal("甲机", "吴芳")
    for pc in ("甲机", "乙机"):
        desks.say(pc, "sync")
    assert desks.cases("乙机") == {*written, later}
    district.end()
    postgres_server.drop(new)


def test_the_districts_machine_is_put_back_to_a_snapshot(
    district: Machine, desks: Desks, postgres_server: PostgresServer, repo: Path
) -> None:
    """Nobody tells the program: the database is that of before, and is filled up again before the reader comes."""
    url = postgres_server.fresh()
    name = database_of(url)
    set_up(district, desks, url, repo)
    district.end()
    postgres_server.execute(f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
    district.serve()
    gone = desks.appeal("甲机", "田志强")
    for pc in ("甲机", "乙机"):
        desks.say(pc, "sync")
    before = ops(url)
    shutil.rmtree(desks.directory / "甲机")  # so that only the colleague has it now
    district.end(signal.SIGKILL)
    postgres_server.drop(url)
    postgres_server.execute(f'ALTER DATABASE "{name}_copy" RENAME TO "{name}"')
    epoch = district.say("status")["epoch"]
    district.serve()
    code = district.say("device", "code", "--station", STATIONS[0])["code"]
    desks.say("丁机", "init", "--join", district.url, "--code", code, "--mediator", "丁某")
    fresh = {desks.appeal("丁机", name) for name in ("王海", "李春", "赵平")}
    desks.say("丁机", "sync")
    desks.say("乙机", "sync")
    assert before <= ops(url)
    assert refused(url) == []
    assert desks.cases("乙机") == {gone, *fresh}
    desks.say("丁机", "sync")
    assert desks.cases("丁机") == {gone, *fresh}
    assert district.say("status")["epoch"] == epoch
    district.end()
    postgres_server.drop(url)
