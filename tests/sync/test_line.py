"""The whole line with real processes: a district over TLS with its own authority, an office's proxy, a real station."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station_app.clock import SystemClock
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import enrolment, lines, syncing
from sync.contract.errors import KnownError
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.proxy import proxying
from tests.support.served import REPO
from tests.support.stations import ORG, make_station
from tests.sync.pcs import register


@dataclass(frozen=True, slots=True)
class Office:
    """A station that trusts the district's authority, and the district's address."""

    station: Station
    url: str
    code: str


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A district served over TLS by its own command; a station that has not joined yet."""
    made = District(tmp_path / "district", FakeClock())
    code = made.code("S1")
    made.close()
    command = [sys.executable, "-m", "sync.server.cli"]
    data = ["--data-dir", str(tmp_path / "district")]
    subprocess.run([*command, "tls", "--host", "localhost", *data], cwd=REPO, check=True, capture_output=True)
    process = subprocess.Popen(
        [*command, "serve", "--tls", "--port", "0", *data], cwd=REPO, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    station = make_station(tmp_path / "pc", org=dataclasses.replace(ORG, station_code="待分配")).station
    try:
        port = process.stdout.readline().rsplit(":", 1)[-1].strip()
        settings.put(station, {"net.ca_file": str(tmp_path / "district" / "tls-ca.pem"), "net.proxy": "none"})
        yield Office(station, f"https://localhost:{port}", code)
    finally:
        station.store.close()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()


def joined(office: Office) -> Station:
    """The station after joining; one case of its own waits."""
    enrolment.enrol(office.station, url=office.url, code=office.code)
    register(office.station)
    return office.station


def found(station: Station, **more: str) -> list[tuple[str, bool, str]]:
    """(hop, fine, code) of the check."""
    return [(f.name, f.ok, f.code) for f in lines.check(station, **more)]


def test_a_station_travels_through_a_proxy_that_wants_a_log_in(office: Office, tmp_path: Path) -> None:
    with proxying(tmp_path, "--login", "东坑:密 码@1") as proxy:
        settings.put(office.station, {"net.proxy": proxy.url})
        with pytest.raises(KnownError, match="E-105"):
            enrolment.enrol(office.station, url=office.url, code=office.code)
        lines.set_proxy_login(office.station, user="东坑", password="错")
        with pytest.raises(KnownError, match="E-121"):
            enrolment.enrol(office.station, url=office.url, code=office.code)
        lines.set_proxy_login(office.station, user="东坑", password="密 码@1")
        station = joined(office)
        assert syncing.run(station).error is None
        assert syncing.status(station).unsent_ops == 0
        assert all(line.startswith("CONNECT localhost:") for line in proxy.seen)
        station.clock = SystemClock()
        names = [name for name, ok, _ in found(station) if ok]
        assert names == ["代理设置", "名称解析", "建立连接", "代理放行", "加密连接", "平台应答", "本机时间", "接入资格"]
    assert found(station)[-1] == ("建立连接", False, "E-122")
    outcome = syncing.run(station)
    assert outcome.error is not None
    assert outcome.error.code == "E-122"


def test_the_proxy_password_lies_in_no_file_in_clear(office: Office) -> None:
    lines.set_proxy_login(office.station, user="dk", password="geheim-4711")
    office.station.store.con.execute("PRAGMA wal_checkpoint(FULL)")
    assert all(b"geheim-4711" not in p.read_bytes() for p in office.station.store.directory.rglob("*") if p.is_file())
    assert "geheim-4711" not in repr(lines.choice(office.station))
    lines.set_proxy_login(office.station, user="", password="")
    assert not lines.has_password(office.station)


@pytest.mark.parametrize(("option", "code"), [("--ntlm", "E-120"), ("--forbid", "E-123")])
def test_what_a_proxy_refuses_is_named(office: Office, tmp_path: Path, option: str, code: str) -> None:
    with proxying(tmp_path, option) as proxy:
        settings.put(office.station, {"net.proxy": proxy.url})
        assert found(office.station, url=office.url)[-1] == ("代理放行", False, code)


def test_an_automatic_configuration_leads_past_a_dead_proxy(office: Office, tmp_path: Path) -> None:
    """Its first proxy does not answer; the second one does."""
    with proxying(tmp_path) as proxy:
        settings.put(office.station, {"net.proxy": "pac", "net.pac": f"{proxy.url}/proxy.pac"})
        station = joined(office)
        assert syncing.run(station).error is None
        assert [line for line in proxy.seen if line.startswith("CONNECT")]
        (tmp_path / "proxy.pac").write_text("function FindProxyForURL(u, h) { return 'DIRECT'; }", "utf-8")
        settings.put(station, {"net.pac": str(tmp_path / "proxy.pac")})
        before = len(proxy.seen)
        assert syncing.run(station).error is None
        assert len(proxy.seen) == before
        (tmp_path / "proxy.pac").write_text("function FindProxyForURL(u, h) { return 'SOCKS 10.0.0.1:1080'; }", "utf-8")
        assert found(station) == [("代理设置", False, "E-119")]
        settings.put(station, {"net.pac": str(tmp_path / "none.pac")})
        assert found(station) == [("代理设置", False, "E-118")]
        outcome = syncing.run(station)
        assert outcome.error is not None
        assert outcome.error.code == "E-118"


def test_each_hop_that_fails_is_named(office: Office, tmp_path: Path) -> None:
    station = office.station
    assert found(station) == [("代理设置", False, "E-107")]
    assert found(station, url="https://no-such-host.invalid")[-1][0::2] in (
        ("名称解析", "E-102"),
        ("名称解析", "E-101"),
    )
    assert found(station, url="https://127.0.0.1:9")[-1] == ("建立连接", False, "E-102")
    assert found(station, url=office.url)[-1] == ("平台应答", True, "")
    settings.put(station, {"net.ca_file": ""})
    assert found(station, url=office.url)[-1] == ("加密连接", False, "E-103")
    settings.put(station, {"net.ca_file": str(tmp_path / "gone.pem")})
    assert found(station, url=office.url)[-1] == ("加密连接", False, "E-516")


def test_a_clock_that_is_off_and_a_stopped_pc_are_named(office: Office, tmp_path: Path) -> None:
    station = joined(office)  # its clock stands still in November 2026
    assert syncing.run(station).error is None
    assert found(station)[-2:] == [("本机时间", False, "E-502"), ("接入资格", True, "")]
    data = ["--data-dir", str(tmp_path / "district")]
    subprocess.run(
        [sys.executable, "-m", "sync.server.cli", "device", "revoke", station.store.device, "--reason", "遗失", *data],
        cwd=REPO, check=True, capture_output=True,
    )  # fmt: skip
    assert found(station)[-1] == ("接入资格", False, "E-109")
