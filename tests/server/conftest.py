"""Fixtures: a district on SQLite and one on PostgreSQL, with the same organisation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server import keys
from sync.server.admin import organisation
from sync.server.server import Server, open_server
from sync.server.storage.postgres import PostgresStorage
from tests.server.support import Device, Face
from tests.support.clock import FakeClock
from tests.support.postgres import PostgresServer

ORG = """
[[street]]
name = "凤凰街道"
community = [{ name = "东坑社区", stream = "dongkeng" }, { name = "塘家社区", stream = "tangjia" }]
[[committee]]
short = "光凤东坑"
name = "深圳市光明区凤凰街道东坑社区人民调解委员会"
community = "dongkeng"
court = "深圳市光明区人民法院"
[[committee]]
short = "光凤塘家"
name = "深圳市光明区凤凰街道塘家社区人民调解委员会"
community = "tangjia"
court = "深圳市光明区人民法院"
[[station]]
code = "S1"
name = "东坑工地站"
community = "dongkeng"
committee = "光凤东坑"
[[station]]
code = "S2"
name = "东坑社区站"
community = "dongkeng"
committee = "光凤东坑"
[[station]]
code = "S3"
name = "塘家社区站"
community = "tangjia"
committee = "光凤塘家"
"""


def _prepared(url: str) -> None:
    storage = PostgresStorage(url)
    storage.prepare()
    storage.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of an empty database: "" for SQLite in the data directory."""
    if request.param == "sqlite":
        yield ""
        return
    running: PostgresServer = request.getfixturevalue("postgres_server")
    url = running.fresh(template=running.template("district", _prepared))
    yield url
    running.drop(url)


@pytest.fixture
def server(tmp_path: Path, database: str, clock: FakeClock) -> Iterator[Server]:
    """A district with three stations: S1 and S2 in dongkeng, S3 in tangjia."""
    keys.create(tmp_path / "district", name="光明区群众诉求服务平台", database=database)
    made = open_server(tmp_path / "district", clock)
    (tmp_path / "org.toml").write_text(ORG, "utf-8")
    organisation.apply(made, organisation.read(tmp_path / "org.toml"))
    yield made
    made.close()


@pytest.fixture
def face(server: Server) -> Face:
    """Its application."""
    return Face(server)


@pytest.fixture
def s1(face: Face) -> Device:
    """An enrolled device of S1."""
    device = Device(face, "S1")
    assert device.enrol().status == 200
    return device


@pytest.fixture
def s2(face: Face) -> Device:
    """An enrolled device of S2, in the same community."""
    device = Device(face, "S2")
    assert device.enrol().status == 200
    return device


@pytest.fixture
def s3(face: Face) -> Device:
    """An enrolled device of S3, in another community."""
    device = Device(face, "S3", "tangjia")
    assert device.enrol().status == 200
    return device
