"""A slow line is told by what is on its way: a busy server is none, and a large answer tells the speed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping

import pytest

from sync.client import calls, codec
from sync.client.calls import HELLO, PUSH, Line, read_head
from sync.client.transport import Answer, Transport
from sync.contract.canonical import Json
from sync.contract.wire import pack_message
from tests.support.district import District
from tests.sync.pcs import Join


class Slowly:
    """A line to the district's rooms on which each request takes so many seconds, of which the server says `spent`."""

    def __init__(self, under: Transport, took: float, spent: str) -> None:
        self._under, self._spent = under, spent
        self.clock: Iterator[float] = itertools.count(0.0, took)

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        answer = self._under.post(path, headers, body, limit=limit)
        said = {"x-gm-spent": self._spent} if self._spent else {}
        return Answer(answer.status, {**answer.headers, **said}, answer.body)


@pytest.fixture
def greet(district: District, join: Join, monkeypatch: pytest.MonkeyPatch) -> Callable[[float, str], Line]:
    """Say hello over a line that takes so many seconds, with what the server says of its own work."""
    from station_app.services.travel.link import StationLedger

    station = join("S1")

    def say(took: float, spent: str) -> Line:
        slowly = Slowly(district.line, took, spent)
        monkeypatch.setattr(calls, "monotonic", lambda: next(slowly.clock))
        ledger = StationLedger(station)
        line = Line(ledger, ledger.server(), slowly)
        line.call(HELLO, {"protocol": list(codec.PROTOCOL), "wall": 1, "cursors": {}})
        return line

    return say


@pytest.mark.parametrize(
    ("took", "spent", "slow"),
    [
        (0.05, "", False),
        (0.4, "", True),
        (0.4, "350", False),
        (0.4, "200", True),
        (0.4, "soon", True),
        (0.4, "-390", True),
        (0.4, "99999999999", True),
    ],
)
def test_the_servers_own_work_is_no_slow_line(
    greet: Callable[[float, str], Line], took: float, spent: str, slow: bool
) -> None:
    assert greet(took, spent).slow is slow


@pytest.mark.parametrize(("took", "slow"), [(0.3, False), (5.0, True)])
def test_what_is_large_tells_the_speed(greet: Callable[[float, str], Line], took: float, slow: bool) -> None:
    line = greet(took, "")
    assert line.slow
    noise = bytes(number * number % 251 for number in range(200_000))
    packed = codec.Packed(noise, {"Content-Encoding": "identity"})
    pending = line.start(PUSH, pack_message({}), read_head, packed=packed, aside=False)
    with pytest.raises(codec.ServerRefusal):
        line.finish(pending)  # no push at all, refused: it tells nothing
    assert line.slow
    head: dict[str, Json] = {"protocol": list(codec.PROTOCOL), "wall": 1, "cursors": {}, "padding": noise.hex()}
    line.finish(line.start(HELLO, pack_message(head), read_head, packed=_plain(head), aside=False))
    assert line.slow is slow


def _plain(head: dict[str, Json]) -> codec.Packed:
    """A body as it is, so that all of its bytes go."""
    return codec.Packed(pack_message(head), {"Content-Type": "application/vnd.gm-batch"})
