"""The line: signatures, counters, cut and poisoned bodies, problem documents."""

from __future__ import annotations

import gzip
import hashlib
import itertools

import pytest
import zstandard

from sync.contract.wire import b64, pack_message
from sync.server import app as application
from sync.server import bodies
from sync.server.app import ROOMS
from tests.server.support import Device, Face


@pytest.mark.parametrize("path", sorted(ROOMS))
def test_nothing_without_a_signature(face: Face, s1: Device, path: str) -> None:
    answer = face.call("POST", path, body=b"x")
    assert (answer.status, answer.code) == (401, "E-109")
    headers = s1.signed(path, b"other bytes")
    answer = face.call("POST", path, headers=headers, body=b"x")
    assert (answer.status, answer.code) == (401, "E-114")
    stranger = Device(face, "S1")
    answer = face.call("POST", path, headers=stranger.signed(path, b"x"), body=b"x")
    assert (answer.status, answer.code) == (401, "E-109")


def test_a_replayed_request_is_refused_with_the_last_counter(face: Face, s1: Device) -> None:
    body = pack_message({"cursors": {}})
    headers = s1.signed("/v1/hello", body, counter=7)
    assert face.call("POST", "/v1/hello", headers=headers, body=body).status == 200
    again = face.call("POST", "/v1/hello", headers=headers, body=body)
    assert (again.status, again.code, again.problem["counter"]) == (409, "E-112", 7)
    older = s1.signed("/v1/hello", body, counter=6)
    assert face.call("POST", "/v1/hello", headers=older, body=body).status == 409


def test_a_wrong_signature_does_not_use_up_a_counter(face: Face, s1: Device) -> None:
    forged = s1.signed("/v1/hello", b"", counter=9_000) | {"X-GM-Signature": b64(bytes(64))}
    assert face.call("POST", "/v1/hello", headers=forged, body=b"").code == "E-114"
    assert s1.ask("/v1/hello", {})["needs"] == "ok"


def test_a_request_is_bound_to_its_path(face: Face, s1: Device) -> None:
    body = pack_message({})
    headers = s1.signed("/v1/hello", body)
    assert face.call("POST", "/v1/pull", headers=headers, body=body).code == "E-114"


@pytest.mark.parametrize(("took", "said"), [(0.0099, None), (0.0379, "30")])
def test_who_waited_for_the_server_is_told_so(
    face: Face, s1: Device, monkeypatch: pytest.MonkeyPatch, took: float, said: str | None
) -> None:
    looks = itertools.count(100.0, took)
    monkeypatch.setattr(application, "monotonic", lambda: next(looks))
    body = pack_message({"cursors": {}})
    answer = face.call("POST", "/v1/hello", headers=s1.signed("/v1/hello", body), body=body)
    assert (answer.status, answer.headers.get("x-gm-spent")) == (200, said)


@pytest.mark.parametrize("packing", ["zstd", "gzip"])
def test_a_cut_body_is_noticed(face: Face, s1: Device, packing: str) -> None:
    plain = pack_message({"wall": 1}, bytes(1000))
    packed = zstandard.compress(plain) if packing == "zstd" else gzip.compress(plain)
    for size in (len(packed) - 1, len(packed) // 2, 1):
        part = packed[:size]
        answer = face.call(
            "POST", "/v1/hello", headers=s1.signed("/v1/hello", part, Content_Encoding=packing), body=part
        )
        assert (answer.status, answer.code) == (400, "E-106"), size
    whole = s1.signed("/v1/hello", packed, Content_Encoding=packing)
    assert face.call("POST", "/v1/hello", headers=whole, body=packed).status == 200


def test_length_and_digest_are_held_to(face: Face, s1: Device) -> None:
    body = pack_message({})
    for wrong in ({"X_GM_Length": "1"}, {"X_GM_Digest": b64(hashlib.sha256(b"other").digest())}):
        answer = face.call("POST", "/v1/hello", headers=s1.signed("/v1/hello", body, **wrong), body=body)
        assert answer.code == "E-106"


@pytest.mark.parametrize("packing", ["zstd", "gzip"])
def test_a_bomb_does_not_go_off(face: Face, s1: Device, packing: str) -> None:
    zeros = bytes(64 * 1024 * 1024)
    bomb = zstandard.compress(zeros) if packing == "zstd" else gzip.compress(zeros, 1)
    answer = face.call("POST", "/v1/push", headers=s1.signed("/v1/push", bomb, Content_Encoding=packing), body=bomb)
    assert (answer.status, answer.code) == (413, "E-116")


def test_a_body_is_refused_while_it_is_read(face: Face) -> None:
    answer = face.stream("/v1/push", [bytes(1024 * 1024)] * 40)
    assert (answer.status, answer.code) == (413, "E-116")
    announced = face.call("POST", "/v1/push", headers={"Content-Length": str(bodies.MAX_BODY + 1)}, body=b"")
    assert announced.code == "E-116"


@pytest.mark.parametrize(
    "path", ["/v1/hello", "/v1/push", "/v1/pull", "/v1/history", "/v1/segment", "/v1/blob/put", "/v1/blob/get"]
)
@pytest.mark.parametrize("body", [b"", b"\0\0\0\5{", b"\0\0\0\2{}", b"\xff" * 40, b"\0\0\0\4null"])
def test_rubbish_is_a_problem_never_a_fault(face: Face, s1: Device, path: str, body: bytes) -> None:
    answer = face.call("POST", path, headers=s1.signed(path, body), body=body)
    if (path, body) == ("/v1/hello", b"\0\0\0\2{}"):
        assert answer.status == 200
    else:
        assert (answer.status, answer.code) == (400, "E-106")


@pytest.mark.parametrize("path", ["/nothing", "/docs", "/v1/push", "/v1/none", "/v/a/b"])
def test_unknown_addresses_answer_with_a_problem(face: Face, path: str) -> None:
    answer = face.call("GET", path)
    assert answer.status in (404, 405)
    assert answer.code == "E-104"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_tells_nothing_of_the_inside(face: Face, s1: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("sync.server.hello._answer", broken)
    monkeypatch.setattr("sync.server.app.LOG.error", lambda *_, **__: None)
    answer = s1.post("/v1/hello", {})
    assert (answer.status, answer.code) == (500, "E-599")
    assert b"secret" not in answer.body
    assert face.call("GET", "/healthz").status == 200


def test_packed_answers_follow_what_is_accepted(s1: Device) -> None:
    for n in range(20):
        s1.case(f"第{n}件")
    s1.push()
    head = pack_message({"stream": "dongkeng", "cursor": 0})
    for accepted, packed in (("zstd", "zstd"), ("gzip", "gzip"), ("identity", None)):
        headers = s1.signed("/v1/pull", head) | {"Accept-Encoding": accepted}
        answer = s1.face.call("POST", "/v1/pull", headers=headers, body=head)
        assert answer.headers.get("content-encoding") == packed
