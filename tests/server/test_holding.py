"""What is held of cut requests: how long, how much, and that a PC reported lost meanwhile is not given an answer."""

from __future__ import annotations

import os

from sync.server.admin import devices
from sync.server.line.holding import KEEP_MS, Holding
from sync.server.server import Server
from tests.server.support import Device
from tests.support.clock import FakeClock


def test_parts_are_kept_for_a_quarter_of_an_hour_after_they_were_touched(clock: FakeClock) -> None:
    holding = Holding(clock.now_ms)
    holding.bodies.begin("a", b"x" * 100, whole=200)
    for _ in range(3):
        clock.advance(seconds=KEEP_MS // 1000 - 60)
        kept = holding.bodies.get("a")
        assert kept is not None, "asked for again and again"
        kept.data += b"y"
        holding.bodies.grown(kept)
    clock.advance(seconds=KEEP_MS // 1000 + 1)
    assert holding.bodies.get("a") is None


def test_the_oldest_make_room(clock: FakeClock) -> None:
    holding = Holding(clock.now_ms, most=2000)
    for name in "abcd":
        holding.bodies.begin(name, b"x" * 400)
    assert [name for name in "abcd" if holding.bodies.get(name)] == ["c", "d"]
    last = holding.bodies.get("d")
    assert last is not None
    last.data += b"x" * 900
    holding.bodies.grown(last)
    assert holding.bodies.get("c") is None
    assert holding.bodies.get("d") is last, "what is coming right now stays"
    holding.limit(most=0, keep_ms=0)
    assert holding.bodies.get("d") is None


def test_an_answer_is_not_held_for_a_pc_that_was_reported_lost(server: Server, s1: Device) -> None:
    for _ in range(60):
        s1.case("拖欠工资", place=os.urandom(300).hex())
    s1.push()
    answer = s1.post("/v1/pull", {"stream": "dongkeng", "cursor": 0, "limit": 10**6})
    assert answer.status == 200
    (signature,) = server.holding.answers._items
    server.holding.answered("of a push", b"x" * 20_000, {"X-Test": "1"})
    ask = {"X-GM-Signature": signature, "X-GM-From": "5"}
    rest = s1.face.call("POST", "/v1/held", headers=ask)
    assert rest.status == 200
    assert rest.body == answer.body[5:]
    devices.revoke(server, device=s1.id, reason="遗失")
    refused = s1.face.call("POST", "/v1/held", headers=ask)
    assert (refused.status, refused.code) == (403, "E-109")
    late = s1.face.call("POST", "/v1/held", headers={"X-GM-Signature": "of a push"})
    assert late.status == 200, "what became of its own work"
