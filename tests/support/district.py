"""A real district server inside the test process, on SQLite, reached through its ASGI face; and a line with faults."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from sync.client.enrol import enrol
from sync.client.transport import Answer
from sync.contract.errors import KnownError
from sync.server import codes, keys
from sync.server.admin import organisation
from sync.server.app import make_app
from sync.server.relay import spells
from sync.server.server import Server, open_server
from tests.support.clock import START, FakeClock
from tests.support.fake_ledger import FakeLedger

COMMITTEE: Final = "光凤东坑"
STATIONS: Final = ("S1", "S2", "S3")
"""S1 and S2 lie in dongkeng, S3 in tangjia."""


class AsgiLine:
    """A transport that hands requests to the application in this process, one event loop a request."""

    def __init__(self, server: Server) -> None:
        self._app = make_app(server)
        self.log: list[tuple[str, int, int]] = []

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """As the port says; `log` keeps (path, bytes of headers and body, status)."""
        answer = asyncio.run(self._call(path, headers, body))
        size = sum(len(k) + len(v) + 4 for k, v in headers.items()) + len(body) + len(path)
        self.log.append((path, size, answer.status))
        return answer

    async def _call(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self._app(scope, receive, send)  # type: ignore[arg-type]  # plain dicts are what a server hands over
        found = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))


class FaultyLine:
    """A line that breaks as told: `before` may raise or answer instead of sending, `after` may spoil an answer."""

    def __init__(self, inner: AsgiLine) -> None:
        self.inner = inner
        self.before: Callable[[str, int], Answer | None] = lambda path, number: None
        self.after: Callable[[str, int, Answer], Answer] = lambda path, number, answer: answer
        self.paths: list[str] = []

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """As the port says; calls are numbered from 1."""
        self.paths.append(path)
        number = len(self.paths)
        instead = self.before(path, number)
        if instead is not None:
            return instead
        return self.after(path, number, self.inner.post(path, headers, body, limit=limit))


def broken(_: str = "") -> KnownError:
    """A line that was cut."""
    return KnownError("E-106", what="test")


class District:
    """A server with three stations and the line to it."""

    def __init__(self, directory: Path, clock: FakeClock, *, database: str = "") -> None:
        keys.create(directory, name="光明区群众诉求服务平台", database=database)
        self.clock = clock
        self.server = open_server(directory, clock)
        organisation.apply(self.server, sample_organisation())
        spells.begin(self.server)  # as starting to serve does
        self.line = AsgiLine(self.server)

    def code(self, station: str) -> str:
        """A one-time code."""
        return codes.issue(self.server, station=station)

    def join(self, station: str, ledger: FakeLedger | None = None) -> FakeLedger:
        """A new PC of a station, enrolled."""
        ledger = ledger or FakeLedger()
        given = enrol(
            code=self.code(station), name="PC", program="test", keys=ledger.keys, transport=self.line, url="http://x"
        )
        ledger.enrolled(given)
        self.line.log.clear()
        return ledger

    def count(self, sql: str) -> int:
        """One number from the server's database."""
        with self.server.storage.read() as tx:
            row = tx.row(sql)
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Close the database."""
        self.server.close()


def sample_organisation() -> organisation.Plan:
    """Two communities, their committees, three stations."""
    plan = organisation.Plan()
    for stream, name, short in (("dongkeng", "东坑社区", COMMITTEE), ("tangjia", "塘家社区", "光凤塘家")):
        plan.communities[stream] = (name, "凤凰街道")
        plan.committees[short] = {"short": short, "name": f"凤凰街道{name}人民调解委员会", "community": stream,
                                  "court": "深圳市光明区人民法院", "address": "", "phone": ""}  # fmt: skip
    for code in STATIONS:
        stream, short = ("dongkeng", COMMITTEE) if code != "S3" else ("tangjia", "光凤塘家")
        plan.stations[code] = {"code": code, "name": f"{code}站", "kind": "", "community": stream,
                               "committee": short, "address": "", "phone": ""}  # fmt: skip
    return plan


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A fresh district whose clock stands at `START`."""
    made = District(tmp_path / "district", FakeClock(START))
    yield made
    made.close()
