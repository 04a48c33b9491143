"""Segments at the server, on both back ends: when they are made, to whom they are given, what an erasure leaves."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import zstandard
from fastapi import FastAPI

from sync.contract.wire import unpack_message, unpack_ops
from sync.server import app as application
from sync.server import cli
from sync.server.app import make_app
from sync.server.segments import checking, making
from sync.server.segments.state import QUIET_MS
from sync.server.server import Server
from sync.server.storage.port import Tx
from tests.server.support import Device
from tests.support.clock import FakeClock


@pytest.fixture
def small(server: Server) -> Server:
    """A server that packs every four ops."""
    server.segments.ops = 4
    return server


def fetched(device: Device, listed: list[Any], piece: int = 700) -> bytes:
    """A segment as a list names it, piece by piece."""
    id_, _, _, _, size = listed
    data = b""
    while len(data) < int(size):
        answer = device.post("/v1/segment", {"id": id_, "offset": len(data), "limit": piece})
        head, part = unpack_message(answer.plain())
        assert (head["size"], head["offset"]) == (size, len(data))
        assert 0 < len(part) <= piece
        data += part
    assert hashlib.sha256(data).hexdigest() == id_
    return data


def listed(device: Device, cursor: int = 0) -> list[list[Any]]:
    """What an answer to a pull names; [] where it is a page."""
    answer = device.post("/v1/pull", {"stream": device.stream, "cursor": cursor, "limit": 10**6, "segments": True})
    head, _ = unpack_message(answer.plain())
    found: list[list[Any]] = head.get("segments", [])
    return found


def fill(device: Device, count: int) -> None:
    for number in range(count):
        device.case(f"第{number}件")
    device.push()


def test_a_segment_is_the_page_of_its_numbers(small: Server, s1: Device, s2: Device) -> None:
    fill(s2, 3)
    fill(s1, 9)
    assert making.keep_up(small) > 2
    named = listed(s1)
    assert [n[1] for n in named][1:] == [n[2] for n in named][:-1]
    assert named[0][1] == 0
    ids = []
    for one in named:
        plain = zstandard.ZstdDecompressor().decompress(fetched(s1, one), max_output_size=10**7)
        head, batch = unpack_message(plain)
        assert (head["cursor"], head["more"], head.get("granted")) == (one[2], True, None)
        ids += [op.id for op in unpack_ops(batch)]
        assert len(unpack_ops(batch)) == one[3]
    page = s1.pull(own=True)
    assert ids == page.ids[: len(ids)]
    assert checking.check(small) == []
    assert making.keep_up(small) == 0, "nothing has grown since"


def test_old_programs_get_pages(small: Server, s1: Device) -> None:
    fill(s1, 9)
    making.keep_up(small)
    answer = s1.post("/v1/pull", {"stream": "dongkeng", "cursor": 0, "limit": 10**6})
    head, batch = unpack_message(answer.plain())
    assert "segments" not in head
    assert len(unpack_ops(batch)) >= 9


def test_pages_lead_to_where_the_segments_begin(small: Server, s1: Device) -> None:
    """Most of the first segment is known already: a page brings the rest of it, and ends where the next one begins."""
    fill(s1, 12)
    making.keep_up(small)
    first, second = listed(s1)[:2]
    cursor = int(first[2]) - 1
    answer = s1.post("/v1/pull", {"stream": "dongkeng", "cursor": cursor, "limit": 10**6, "segments": True})
    head, batch = unpack_message(answer.plain())
    assert (head["cursor"], head["more"], len(unpack_ops(batch))) == (first[2], True, 1)
    assert listed(s1, int(first[2]))[0] == second


def test_nobody_else_is_given_one(small: Server, s1: Device, s2: Device, s3: Device) -> None:
    fill(s1, 9)
    making.keep_up(small)
    mine = [n for n in listed(s1) if n[0] not in {m[0] for m in listed(s2)}]
    assert mine
    for stranger in (s2, s3):
        answer = stranger.post("/v1/segment", {"id": mine[0][0], "offset": 0, "limit": 100})
        assert (answer.status, answer.code) == (404, "E-542")
    assert s3.post("/v1/pull", {"stream": "dongkeng", "cursor": 0, "segments": True}).code == "E-407"
    for bad in ({"id": "x"}, {"id": mine[0][0], "offset": -1, "limit": 1}, {"id": mine[0][0], "limit": 0}, {}):
        assert s1.post("/v1/segment", bad).code == "E-106"
    beyond = s1.post("/v1/segment", {"id": mine[0][0], "offset": mine[0][4], "limit": 9})
    assert beyond.code == "E-542"


def test_an_erased_body_lives_on_in_no_segment(small: Server, s1: Device) -> None:
    fill(s1, 9)
    making.keep_up(small)
    kept = [s for s in checking.kept(small) if s.station == "S1"]
    rev = kept[0].high

    def erase() -> None:
        def work(tx: Tx) -> None:
            tx.run("UPDATE op SET body = NULL WHERE stream = ? AND rev = ?", ("dongkeng", rev))
            assert making.forget(tx, stream="dongkeng", rev=rev) >= 1

        small.storage.write(work)

    erase()
    assert rev not in {s.high for s in checking.kept(small) if s.station == "S1"}
    assert listed(s1) == [], "pages, up to where the next one begins"
    making.keep_up(small)
    again = [s for s in checking.kept(small) if s.station == "S1"]
    assert [(s.low, s.high, s.ops) for s in again] == [(s.low, s.high, s.ops) for s in kept]
    assert again[0].id != kept[0].id
    assert [s.id for s in again[1:]] == [s.id for s in kept[1:]]
    assert checking.check(small) == []


def test_one_is_made_only_when_it_is_quiet(small: Server, s1: Device, clock: FakeClock) -> None:
    fill(s1, 9)
    assert not making.idle(small), "a push was here a moment ago"
    clock.advance(seconds=QUIET_MS // 1000 + 1)
    made = 0
    while making.idle(small):
        made += 1
    assert made == len(checking.kept(small)) > 1


def test_while_it_runs_the_application_makes_them(
    small: Server, s1: Device, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "_IDLE_SECONDS", 0.01)
    monkeypatch.setattr(application, "_BETWEEN_SECONDS", 0.01)
    fill(s1, 9)
    clock.advance(seconds=QUIET_MS // 1000 + 1)
    app = make_app(small)
    asyncio.run(_until_made(app, small))
    assert len(checking.kept(small)) > 1


async def _until_made(app: FastAPI, server: Server) -> None:
    context = app.router.lifespan_context(app)
    async with context:
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if len(checking.kept(server)) > 1:
                return


def test_damage_is_found_and_made_good(
    small: Server, s1: Device, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fill(s1, 9)
    making.keep_up(small)
    small.storage.write(lambda tx: tx.run("UPDATE segment SET data = ? WHERE low = 0", (b"nothing",)))
    where = str(small.district.directory)

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["district-server", "segments", *args, "--data-dir", where])
        with pytest.raises(SystemExit) as caught:
            cli.run()
        said = capsys.readouterr()
        return int(caught.value.code or 0), said.out, said.err

    code, out, err = run("check", "--json")
    assert code == 1
    assert "E-543" in err
    wrong = json.loads(out)["wrong"]
    assert wrong
    assert {(w["low"], w["what"]) for w in wrong} == {(0, "bytes")}
    assert "dongkeng" in run("list")[1]
    assert {s["station"] for s in json.loads(run("list", "--json")[1])} == {"S1"}
    assert json.loads(run("build", "--again", "--json")[1]) == {"made": 0}, "no segment of the usual size lies here"
    assert "0 段全部相符" in run("check")[1]
    assert making.keep_up(small) > 1
    assert run("check")[0] == 0
