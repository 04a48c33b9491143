"""Updates with real programs: a district that serves releases, the launcher, versions that start, die, are recalled."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station_app import launcher
from station_app.services.updating import trusting
from tests.packaging import packed
from tests.packaging.test_deb import ORG
from tests.support.served import served

DIES = "exit 3"
CHANGED = random.Random(5).randbytes(3_000_000)
"""3 MB that only the later versions have, and that no packing makes smaller."""


class World:
    """The publisher's folder, a district, and one PC with its launcher; everything is a process of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.home, self.data = place, place / "home", place / "data"
        (place / "pw").write_text("correct horse")
        (place / "org.toml").write_text(ORG, "utf-8")
        self.policy = place / "policy.toml"
        packed.bundle(self.home / "versions/0.2.0", "0.2.0", more={"_internal/same.bin": b"same" * 300_000})
        packed.launcher(self.home / "launcher")
        self.key = packed.ran(self.home / "launcher/station", "pack", "key", "--out", place / "key").strip()
        self.limit(0)

    def station(self, *words: object, code: int = 0, password: bool = True) -> Any:
        """A `station` command by the launcher; its JSON, or its words where it refuses."""
        given = ["--password-file", self.place / "pw"] if password else []
        command = [self.home / "launcher/station", *words, "--data-dir", self.data, *given, "--json"]
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False, timeout=120,
            env=packed.environment(STATION_POLICY=str(self.policy)),
        )  # fmt: skip
        assert done.returncode == code, (words, done.stdout[-1500:], done.stderr[-1500:])
        return json.loads(done.stdout) if code == 0 else done.stdout + done.stderr

    def district(self, *words: object, code: int = 0) -> Any:
        """A `district-server` command."""
        where = ["--data-dir", self.place / "district", "--json"]
        said = packed.ran(sys.executable, "-m", "sync.server.cli", *words, *where, code=code)
        return json.loads(said) if said else None

    def publish(self, version: str, *, desk: str = "") -> Path:
        """A signed release."""
        more = {"_internal/same.bin": b"same" * 300_000, "_internal/changed.bin": version.encode() + CHANGED}
        bundle = packed.bundle(self.place / f"bundle-{version}", version, desk=desk, more=more)
        out = self.place / f"release-{version}"
        words = ["--key", self.place / "key", "--version", version, "--platform", f"{trusting.kind()}={bundle}"]
        packed.ran(self.home / "launcher/station", "update", "make", out, *words)
        return out

    def limit(self, kilobytes: int) -> None:
        """The unit's limit of speed a second for all its PCs; 0 for none."""
        fixed = f'"update.key" = "{self.key}"\n"net.limit" = {kilobytes}\n'
        self.policy.write_text(f'unit = "区信息中心"\n[fixed]\n{fixed}', "utf-8")

    def open_desk(self) -> str:
        """Open the real desk until the launcher counts its version as started; which one that was."""
        words = [str(self.home / "launcher/station-app"), "--data-dir", str(self.data)]
        desk = subprocess.Popen(words, env=packed.environment(STATION_POLICY=str(self.policy)), stderr=subprocess.PIPE)
        try:
            until(lambda: launcher.read(self.home).proven or desk.poll() is not None)
            assert desk.poll() is None, desk.communicate()[1]
            return launcher.read(self.home).version
        finally:
            desk.terminate()
            desk.communicate(timeout=30)


def until(done: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def joined(world: World) -> Iterator[World]:
    """The PC is set up and joined; the district is served."""
    world.district("init", "--district", "光明区群众诉求服务平台")
    world.district("org", "import", packed.ROOT / "resources/org/guangming.toml")
    world.district("release", "trust", "发布单位", world.key)
    code = world.district("device", "code", "--station", "GM-FH-DK-01")["code"]
    with served(world.place / "district") as url:
        world.station("init", "--org", world.place / "org.toml")
        world.station("enrol", url, "--code", code)
        yield world


@pytest.mark.slow
@pytest.mark.timeout(900)  # some twenty programs one after the other: a busy machine takes its time
def test_from_the_district(joined: World) -> None:
    """Fetched over a slow line, cut in the middle, put in force, gone back from."""
    world = joined
    world.district("release", "add", world.publish("0.3.0"))
    reached = world.district("release", "ring", "0.3.0", "--all")["devices"]
    assert len(reached) == 1

    # cut by kill -9 in the middle of a slow line, and gone on with
    world.limit(150)  # a piece of 1 MiB takes seven seconds: time enough to die between two of them
    words = ["update", "fetch", "--data-dir", world.data, "--password-file", world.place / "pw"]
    cut = subprocess.Popen(
        [str(w) for w in (world.home / "launcher/station", *words)],
        env=packed.environment(STATION_POLICY=str(world.policy)), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: part(world) > 0 or cut.poll() is not None)
    cut.send_signal(signal.SIGKILL)
    cut.wait()
    assert 0 < part(world) < len(CHANGED)
    assert "E-566" in world.station("update", "apply", code=1)
    world.limit(0)
    fetched = world.station("update", "fetch")
    assert len(CHANGED) < fetched["fetched"] < fetched["size"], "what is the same is not fetched again"
    assert part(world) == 0

    # put in force: the data is saved first, the next start is the new one, and it shows itself
    applied = world.station("update", "apply")
    assert (applied["version"], applied["before"]) == ("0.3.0", "0.2.0")
    assert Path(applied["backup"]).is_file()
    assert world.open_desk() == "0.3.0"
    world.station("case", "new", "--summary", "更新后登记", "--applicant", "张某")

    # gone back from without a password; what was recorded since stays
    assert world.station("update", "rollback", password=False)["version"] == "0.2.0"
    assert world.station("update", "status", password=False)["running"] == "0.2.0"
    assert len(world.station("case", "list")) == 1


@pytest.mark.slow
@pytest.mark.timeout(900)  # some twenty programs one after the other: a busy machine takes its time
def test_one_that_does_not_start_gives_way_and_the_district_sees_it(joined: World) -> None:
    world = joined
    world.district("release", "add", world.publish("0.4.0", desk=DIES))
    world.district("release", "ring", "0.4.0", "--all")
    world.station("update", "fetch")
    world.station("update", "apply")
    for _ in range(2):
        packed.ran(world.home / "launcher/station-app", code=3)
    assert world.open_desk() == "0.2.0"
    assert world.station("update", "status", password=False)["fell"] == "0.4.0"
    world.station("sync")
    (device,) = world.district("device", "list")
    assert (device["version"], device["fell"], device["troubles"]) == ("0.2.0", "0.4.0", ["update"])


def part(world: World) -> int:
    """Bytes of files that have begun to come and are not whole; one may get its name while it is looked at."""
    size = 0
    for path in world.data.glob("updates/*/files/*.part"):
        with contextlib.suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


@pytest.mark.slow
@pytest.mark.timeout(900)  # some twenty programs one after the other: a busy machine takes its time
def test_from_a_stick_with_no_network(world: World) -> None:
    world.station("init", "--org", world.place / "org.toml")
    assert "E-107" in world.station("update", "check", code=1)
    stick = world.publish("0.3.0")
    fetched = world.station("update", "fetch", "--from", stick)
    assert len(CHANGED) < fetched["fetched"] < fetched["size"]
    world.station("update", "apply")
    assert world.open_desk() == "0.3.0"
    world.policy.write_text('[fixed]\n"update.key" = ""\n', "utf-8")
    assert "E-560" in world.station("update", "fetch", "--from", world.publish("0.3.5"), code=1)
