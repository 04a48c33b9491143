"""The description at /openapi.json is true: schemathesis calls everything in it, and real traffic fits its heads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from sync.contract.canonical import Json
from sync.contract.wire import MEDIA_TYPE, pack_message, pack_ops, unpack_message
from sync.server.app import ROOMS
from sync.server.line import description
from sync.server.releases import shelf
from sync.server.segments import making
from sync.server.storage import schema as tables
from tests.contract import strategies
from tests.server.releases.made import PLATFORM, public, write_release
from tests.server.support import Answer, Device, Face
from tests.simulation.truth import server_is_sound, server_lists_are_true

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
MOVES = {"device": {"counter", "seen", "wall"}}
"""Columns that a signed request moves whatever it says."""

_heads = st.dictionaries(
    st.sampled_from(
        (
            "inst seq head cursors protocol wall same certificate opens have stream cursor limit own case id size"
            " segments offset v platform version parts"
        ).split()
    ),
    strategies.json_values | strategies.insts | strategies.rec_ids | st.integers(-1, 2**53) | st.just("dongkeng"),
    max_size=6,
)
_ops = st.lists(strategies.ops(), max_size=3).map(lambda ops: pack_ops((o.header_bytes, o.body) for o in ops))
schemathesis.openapi.media_type(MEDIA_TYPE, st.binary(max_size=80) | st.builds(pack_message, _heads, _ops))


def described(face: Face) -> dict[str, Any]:
    """The description as a client gets it."""
    answer = face.call("GET", "/openapi.json")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)
    return found


def contents(face: Face) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the district's database but what a request moves by itself."""
    found = {}
    with face.server.storage.read() as tx:
        for table, columns in tables.TABLES.items():
            names = [c for c in columns.split() if c not in MOVES.get(table, set())]
            rows = tx.rows(f"SELECT {', '.join(names)} FROM {table}")
            found[table] = sorted((tuple(r) for r in rows), key=repr)
    return found


SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def send(face: Face, case: schemathesis.Case, signed: Device | None) -> Answer:
    """Make the call that schemathesis thought of; by a device that is enrolled where one is given."""
    words = case.as_transport_kwargs(base_url="http://district.test")
    prepared = requests.Request(**{k: v for k, v in words.items() if k != "cookies"}).prepare()
    body = prepared.body or b""
    data = body if isinstance(body, bytes) else str(body).encode()
    path = prepared.path_url.partition("?")[0]
    headers = {k: v for k, v in prepared.headers.items() if k.lower() != "content-length"}
    if signed is not None:
        headers = {**headers, **signed.signed(path, data)}
        for name in ("X-GM-Length", "X-GM-Digest", "X-GM-Offset"):
            headers.pop(name, None)
    answer = face.call(case.method, path, headers=headers, body=data)
    fields = {name: [value] for name, value in answer.headers.items()}
    response = schemathesis.Response(answer.status, fields, answer.body, prepared, 0.0, False)
    case.validate_response(response, checks=CHECKS)
    return answer


def operations() -> list[tuple[str, str]]:
    """(method, path) of everything that is described."""
    return [(m.upper(), path) for path, item in json.loads(description.document())["paths"].items() for m in item]


@SQLITE
@pytest.mark.parametrize(("method", "path"), operations(), ids=lambda v: v)
def test_every_answer_is_as_described_and_junk_changes_nothing(face: Face, s1: Device, method: str, path: str) -> None:
    s1.case()
    s1.push()
    before = contents(face)
    operation = schemathesis.openapi.from_dict(described(face))[path][method]
    calls = operation.as_strategy(GenerationMode.POSITIVE)
    if method == "POST":
        calls |= operation.as_strategy(GenerationMode.NEGATIVE)
    seen: set[int] = set()

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(calls, st.booleans())
    def any_call(case: schemathesis.Case, by_device: bool) -> None:
        seen.add(send(face, case, s1 if by_device and path in ROOMS else None).status)

    any_call()
    if path in ROOMS:
        assert len(seen) > 1, "signed ones get further than the others"
    assert contents(face) == before
    with face.server.storage.read() as tx:
        server_is_sound(tx)
    face.server.storage.write(server_lists_are_true)
    s1.case("另一件")
    assert s1.push()["stored"] == 1


@SQLITE
@pytest.mark.parametrize("lie", ["status", "type", "body"])
def test_a_false_description_is_found(face: Face, lie: str) -> None:
    spec = described(face)
    answers = spec["paths"]["/healthz"]["get"]["responses"]
    if lie == "status":
        answers["204"] = answers.pop("200")
    elif lie == "type":
        answers["200"]["content"] = {"text/plain": {"schema": {"type": "string"}}}
    else:
        answers["200"]["content"]["application/json"]["schema"] = {"type": "object", "required": ["none"]}
    case = schemathesis.openapi.from_dict(spec)["/healthz"]["get"].Case()
    with pytest.raises(FailureGroup, match=r"(?i)status code|content type|schema"):
        send(face, case, None)


@SQLITE
def test_the_description_names_every_address_and_no_other(face: Face) -> None:
    routes = {
        (method, route.path)
        for route in face._app.routes
        for method in route.methods - {"HEAD"}  # type: ignore[attr-defined]  # all of them are plain routes
    }
    assert set(operations()) == routes
    assert set(description.ROOMS) == set(ROOMS)


# -- the heads inside the messages ------------------------------------------------------------------------------------


def told(path: str, key: str) -> Callable[[Json], None]:
    """A check of a head against what the description says of it."""
    spec = json.loads(description.document())["paths"][path]["post"][key]
    return jsonschema_rs.validator_for(spec).validate


def listening(device: Device, heads: list[tuple[str, str, Json]]) -> None:
    """Keep every head that is sent and that comes back with success."""
    post = device.post

    def kept(path: str, head: dict[str, Json], ops: bytes = b"") -> Answer:
        answer = post(path, head, ops)
        if answer.status == 200:
            heads.append((path, "x-gm-request-head", head))
            heads.append((path, "x-gm-answer-head", unpack_message(answer.plain())[0]))
        return answer

    device.post = kept  # type: ignore[method-assign]  # only here


@SQLITE
def test_the_heads_of_real_traffic_are_as_described(face: Face, s1: Device, s2: Device, tmp_path: Path) -> None:
    heads: list[tuple[str, str, Json]] = []
    for device in (s1, s2):
        listening(device, heads)
    s1.person("mediator")
    case = s1.case()
    s1.push()
    s1.push(1, 1)
    s1.op("fly", [], case=case)
    s1.push()
    s2.case()
    s2.push()
    for head in ({"protocol": [1, 1], "wall": 5}, {"protocol": [1, 1], "wall": 5, "same": "0" * 16}):
        s1.ask("/v1/hello", head)
    s1.page("/v1/pull", {"stream": "dongkeng", "cursor": 0, "have": [s1.inst], "limit": 400})
    s2.page("/v1/pull", {"stream": "dongkeng", "cursor": 0, "own": True})
    s1.page("/v1/history", {"case": case, "cursor": 0})
    s2.ask("/v1/offer", {"have": {s1.inst: 5, "ab" * 8: 3}})
    data = b"sealed"
    s1.ask("/v1/blob/put", {"case": case, "id": "ab" * 16, "size": len(data)}, data)
    s1.ask("/v1/blob/put", {"ask": [[case, "cd" * 16], [case, "ab" * 16]]})
    s1.ask("/v1/blob/get", {"case": case, "id": "ab" * 16})
    face.server.segments.ops = 2
    assert making.keep_up(face.server)
    listed = s1.ask("/v1/pull", {"stream": "dongkeng", "cursor": 0, "segments": True})["segments"]
    s1.ask("/v1/segment", {"id": listed[0][0], "offset": 3, "limit": 50})
    shelf.trust(face.server, name="发布单位", key=public(bytes(32)))
    shelf.add(face.server, folder=write_release(tmp_path / "release", bytes(32)))
    shelf.offer(face.server, version="0.3.0", share=100)
    s1.ask("/v1/release", {"v": "0.2.0", "platform": PLATFORM})
    s1.ask("/v1/release/get", {"version": "0.3.0", "parts": [[hashlib.sha256(b"#!/bin/sh\n").hexdigest(), 0]]})
    assert {path for path, _, _ in heads} == set(ROOMS)
    for path, key, head in heads:
        told(path, key)(head)


def test_the_heads_described_are_not_just_anything() -> None:
    for path in ROOMS:
        for key in ("x-gm-request-head", "x-gm-answer-head"):
            with pytest.raises(jsonschema_rs.ValidationError):
                told(path, key)({"cursor": "x", "case": 5})
