"""Enrolment: one-time codes, guessing, series, what the answer proves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.contract.chain import identity_message, server_message
from sync.contract.wire import unb64
from sync.server import codes
from sync.server.clock import DAY_MS
from sync.server.keys import verify
from sync.server.server import Server
from tests.server.support import Device, Face
from tests.support.clock import FakeClock


def _answer(device: Device, code: str = "", **more: str) -> dict[str, Any]:
    answer = device.enrol(code, **more)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_the_answer_is_vouched_for_by_the_district(face: Face, clock: FakeClock) -> None:
    device = Device(face, "S1")
    given = _answer(device)
    authority = unb64(given["district"]["ca_key"])
    server = given["district"]["server"]
    assert verify(authority, unb64(server["ca_signature"]), server_message(server["device"], unb64(server["sign_key"])))
    until = given["identity"]["until"]
    seal = unb64(json.loads(device.application("x"))["seal_key"])
    message = identity_message(device.id, "S1", "dongkeng", device.public, seal, until)
    assert verify(authority, unb64(given["identity"]["signature"]), message)
    assert until > clock.now_ms() + 365 * DAY_MS
    assert given["station"] == {"code": "S1", "name": "东坑工地站", "street": "凤凰街道", "community": "东坑社区"}
    assert given["committee"]["short"] == "光凤东坑"
    assert given["epoch"] == 1
    assert given["district"]["url"] == "http://district.test"


def test_series_belong_to_one_device_of_a_committee(face: Face) -> None:
    given = [_answer(Device(face, station)) for station in ("S1", "S2", "S3")]
    assert [[g["series"], *g["spares"]] for g in given] == [["A", "B", "C"], ["D", "E", "F"], ["A", "B", "C"]]


def test_a_code_counts_once_and_not_for_ever(face: Face, server: Server, clock: FakeClock) -> None:
    code = codes.issue(server, station="S1")
    _answer(Device(face, "S1"), code)
    assert Device(face, "S1").enrol(code).code == "E-111"
    late = codes.issue(server, station="S1", days=2)
    clock.advance(days=2)
    answer = Device(face, "S1").enrol(late)
    assert (answer.status, answer.code) == (403, "E-111")


def test_a_code_may_be_typed_freely(face: Face, server: Server) -> None:
    code = codes.issue(server, station="S1")
    _answer(Device(face, "S1"), f" {code.lower().replace('-', ' ')} ")


def test_codes_have_fifty_bits_and_no_letters_that_look_alike() -> None:
    import math

    assert math.log2(len(codes.LETTERS)) * codes.GROUPS * codes.GROUP_LETTERS >= 50
    assert not set("0O1IL5S2Z") & set(codes.LETTERS)


def test_only_hashes_of_codes_are_kept(server: Server) -> None:
    code = codes.issue(server, station="S1")
    with server.storage.read() as tx:
        kept = str(tx.rows("SELECT * FROM enrol_code"))
    assert code not in kept
    assert codes.normal(code) not in kept


def test_guessing_is_slowed_down(face: Face, server: Server, clock: FakeClock) -> None:
    good = codes.issue(server, station="S1")
    for n in range(10):
        assert Device(face, "S1").enrol(f"AAAA-BBBB-CC{n:02d}").code == "E-111"
    answer = Device(face, "S1").enrol(good)
    assert (answer.status, answer.code) == (429, "E-115")
    assert int(answer.headers["retry-after"]) > 0
    clock.advance(minutes=11)
    _answer(Device(face, "S1"), good)


def test_a_code_of_another_station_stays_good(face: Face, server: Server) -> None:
    code = codes.issue(server, station="S1")
    device = Device(face, "S1")
    assert device.enrol(code, station="S2").code == "E-117"
    _answer(device, code, station="S1")


def test_a_device_that_joins_again_gets_the_same_identity(face: Face, server: Server) -> None:
    """The answer was lost on the way: the code used, or a new one, brings it once more; no other PC can use it."""
    code, device = codes.issue(server, station="S1"), Device(face, "S1")
    first = _answer(device, code)
    assert _answer(device, code) == first
    assert _answer(device, codes.issue(server, station="S1")) == first
    assert face.call("POST", "/v1/enrol", body=Device(face, "S1").application(code)).code == "E-111"
    answer = face.call("POST", "/v1/enrol", body=device.application(codes.issue(server, station="S2")))
    assert (answer.status, answer.code) == (409, "E-111")


def test_keys_without_proof_are_refused_and_the_code_stays_good(face: Face, server: Server) -> None:
    code = codes.issue(server, station="S1")
    device = Device(face, "S1")
    raw = json.loads(device.application(code))
    raw["sign_key"] = json.loads(Device(face, "S1").application(code))["sign_key"]
    answer = face.call("POST", "/v1/enrol", body=json.dumps(raw).encode())
    assert answer.code == "E-114"
    _answer(device, code)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"code":1}', b'{"code":"x","name":"","program":""}', b"\xff"])
def test_a_malformed_application_is_a_problem(face: Face, body: bytes) -> None:
    assert face.call("POST", "/v1/enrol", body=body).code == "E-106"


def test_the_device_is_published_to_its_community(face: Face) -> None:
    first, second = Device(face, "S1"), Device(face, "S2")
    _answer(first)
    _answer(second)
    bodies = b"".join(op.body or b"" for op in first.pull().ops)
    assert first.id.encode() in bodies
    assert second.id.encode() in bodies
    assert "光凤东坑".encode() in bodies
