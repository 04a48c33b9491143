"""A real station, a line on real sockets that breaks as planned, a real server: nothing is lost, doubled or sent twice.

"Sent again" is what passed the line beyond the bodies of one undisturbed round, HTTP headers left aside.
"""

from __future__ import annotations

import dataclasses
import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from sync.client.engine import Outcome
from sync.client.line import resuming
from sync.server.clock import SystemClock
from sync.server.segments import making
from sync.server.server import open_server
from tests.benchmarks.test_travel import fill
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.faulty import Fault, Line, faulty
from tests.support.served import served
from tests.support.stations import ORG, make_station
from tests.sync.pcs import case_rows, register

SENT_AGAIN = 32 * 1024
HEADERS = 700
"""Bytes of the HTTP headers of one request or answer, at most."""


@dataclass(slots=True)
class Pair:
    """Two PCs of one station, both behind the line; the district lies in `directory`."""

    line: Line
    one: Station
    two: Station
    directory: Path


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """Joined, each has been there once."""
    monkeypatch.setattr(resuming, "WAITS", (0.0, 0.05, 0.1))
    monkeypatch.setattr(logging.getLogger("urllib3.connection"), "level", logging.ERROR)  # it tells of cut headers
    district = District(tmp_path / "district", FakeClock())
    codes = [district.code("S1") for _ in range(2)]
    district.close()
    made = []
    with served(tmp_path / "district") as url, faulty(url) as line:
        for number, code in enumerate(codes):
            org = dataclasses.replace(ORG, station_code="待分配")
            station = make_station(tmp_path / str(number), org=org).station
            enrolment.enrol(station, url=line.url, code=code)
            made.append(station)
        for station in made * 2:
            assert syncing.run(station).error is None
        yield Pair(line, made[0], made[1], tmp_path / "district")
    for station in made:
        station.store.close()


def passed(line: Line, way: Literal["up", "down"]) -> int:
    return line.counted.up if way == "up" else line.counted.down


def once(station: Station, line: Line, way: Literal["up", "down"], after: int) -> tuple[Outcome, int]:
    """A round that is cut after so many bytes that way: its outcome, and what passed beyond the bodies."""
    before = passed(line, way)
    line.cut(way, after)
    outcome = syncing.run(station)
    bodies = outcome.traffic.out if way == "up" else outcome.traffic.into
    return outcome, passed(line, way) - before - bodies - HEADERS * (outcome.traffic.requests + 2)


@pytest.mark.slow
@pytest.mark.parametrize("after", [150_000, 400_000, 900_000])
def test_a_cut_line_sends_little_again(pair: Pair, after: int) -> None:
    fill(pair.one, 4000)
    outcome, again = once(pair.one, pair.line, "up", after)
    assert outcome.error is None
    assert (outcome.pushed, outcome.duplicates) == (4000, 0)
    assert again <= SENT_AGAIN
    outcome, again = once(pair.two, pair.line, "down", after)
    assert outcome.error is None
    assert outcome.pulled >= 4000
    assert again <= SENT_AGAIN
    assert pair.line.cuts == 2
    assert consistency.check(pair.two.store) == []


def test_an_answer_that_is_cut_does_not_send_the_question_again(pair: Pair) -> None:
    fill(pair.one, 400)
    before = pair.line.counted.up
    pair.line.cut("down", HEADERS)  # within the answer to the hello or to the push
    outcome = syncing.run(pair.one)
    assert pair.line.cuts == 1
    again = syncing.run(pair.one)
    assert again.error is None
    assert outcome.pushed + again.pushed == 400
    assert pair.line.counted.up - before <= outcome.traffic.out + again.traffic.out + 12 * HEADERS


def away(station: Station, line: Line, way: Literal["up", "down"], after: int) -> list[Outcome]:
    """A round that is cut, the line gone for as long as anybody waits and for two rounds more, then there again."""
    line.cut(way, after)
    line.gone_after_cut = True
    cut = syncing.run(station)
    assert cut.error is not None
    assert cut.error.code in ("E-102", "E-106")
    for _ in range(2):
        still = syncing.run(station)
        assert still.error is not None
        assert still.error.code in ("E-102", "E-106")
    line.gone = line.gone_after_cut = False
    again = syncing.run(station)
    assert again.error is None, again.error
    assert syncing.run(station).error is None
    return [cut, again]


@pytest.mark.slow
@pytest.mark.parametrize("segmented", [False, True], ids=["pages", "segments"])
def test_a_line_that_is_away_for_long_sends_little_again(pair: Pair, segmented: bool) -> None:
    """Minutes later, in another round of the same program, the rest of the body and of the answer travels."""
    fill(pair.one, 3000)
    plain = pair.line.counted.up
    outcomes = away(pair.one, pair.line, "up", 150_000)
    assert sum(o.pushed for o in outcomes) == 3000
    assert sum(o.duplicates for o in outcomes) == 0
    sent = pair.line.counted.up - plain
    if segmented:
        _pack(pair.directory)
    plain = pair.line.counted.down
    outcomes = away(pair.two, pair.line, "down", 250_000)
    assert sum(o.pulled for o in outcomes) >= 3000
    assert (sum(o.segments for o in outcomes) > 0) == segmented
    came = pair.line.counted.down - plain
    assert consistency.check(pair.two.store) == []
    assert len(case_rows(pair.two)) == len(case_rows(pair.one))
    once_up, once_down = _undisturbed(pair)
    assert sent - once_up <= SENT_AGAIN
    assert came - once_down <= SENT_AGAIN


def _pack(directory: Path) -> None:
    server = open_server(directory, SystemClock())
    server.segments.ops = 1200
    assert making.keep_up(server) >= 2
    server.close()


def _undisturbed(pair: Pair) -> tuple[int, int]:
    """Bytes up and down of the same work without a fault: 3000 ops more by the one, taken by the other."""
    fill(pair.one, 3000)
    before = pair.line.counted.up
    assert syncing.run(pair.one).pushed == 3000
    up, before = pair.line.counted.up - before, pair.line.counted.down
    assert syncing.run(pair.two).pulled >= 3000
    return up, pair.line.counted.down - before


def test_a_server_that_forgot_gets_all_of_it_again(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Later than anybody keeps parts, the request is simply made anew; nothing is lost or doubled."""
    fill(pair.one, 400)
    monkeypatch.setattr("sync.client.calls.KEEP_SECONDS", -1.0)
    pair.line.cut("up", 30_000)
    pair.line.gone_after_cut = True
    assert syncing.run(pair.one).error is not None
    pair.line.gone = pair.line.gone_after_cut = False
    outcome = syncing.run(pair.one)
    assert (outcome.error, outcome.pushed, outcome.duplicates) == (None, 400, 0)


FAULTS = (
    Fault("drop"),
    Fault("cut", "up", 300),
    Fault("cut", "up", 1500),
    Fault("cut", "down", 40),
    Fault("cut", "down", 600),
    Fault("double"),
    Fault("portal"),
    Fault("late", seconds=0.05),
)


@pytest.mark.slow
def test_many_rounds_over_a_bad_line(pair: Pair) -> None:
    """Forty rounds of two PCs; then the line is good again, and everybody has everything exactly once."""
    chance = random.Random(20261124)
    made, met = 0, set[str]()
    for _ in range(40):
        station = chance.choice((pair.one, pair.two))
        for _ in range(chance.randrange(3)):
            register(station)
            made += 1
        if chance.random() < 0.7:
            fault = chance.choice(FAULTS)
            pair.line.fault = dataclasses.replace(fault, times=chance.randrange(1, 3))
        else:
            pair.line.cut(chance.choice(("up", "down")), chance.randrange(1, 6000))
        outcome = syncing.run(station)
        assert outcome.error is None or outcome.error.code in ("E-102", "E-104", "E-106"), outcome.error
        assert consistency.check(station.store) == []
    met |= set(pair.line.met)
    assert {"drop", "cut", "double", "portal", "late", "cut up", "cut down"} <= met
    pair.line.fault, pair.line.left = None, {}
    for station in (pair.one, pair.two) * 3:
        assert syncing.run(station).error is None
    assert syncing.status(pair.one).unsent_ops == syncing.status(pair.two).unsent_ops == 0
    assert len(case_rows(pair.one)) == len(case_rows(pair.two)) == made
    assert {str(r) for r in _cases(pair.one)} == {str(r) for r in _cases(pair.two)}
    assert syncing.problems(pair.one) == syncing.problems(pair.two) == []


def _cases(station: Station) -> list[tuple[object, ...]]:
    rows = station.store.reader.execute("SELECT rec, title, state, amount FROM case_row")
    return [tuple(r) for r in rows]
