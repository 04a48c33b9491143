"""Whatever an enrolled PC, or anybody at all, sends: a known refusal or a sound answer, no fault, nothing half done.

The bodies are well signed, so that they reach the rooms; what is inside is any JSON under the names a room knows, a
good request with one part changed, and ops of any content. PostgreSQL refuses other values than SQLite: both are asked.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.client import bundling as sealing
from sync.contract import bundle
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, Change
from sync.contract.wire import pack_message, pack_ops
from sync.server import bundling
from sync.server.admin import devices
from sync.server.app import ROOMS
from tests.contract import strategies
from tests.server.support import Device, Face
from tests.simulation.truth import server_is_sound, server_lists_are_true

_NAMES = (
    "inst seq head cursors protocol wall epoch directory_since same certificate opens count have wanted stream cursor"
    " limit own case id size ask from name part kind"
).split()
_values = strategies.json_values | strategies.insts | strategies.rec_ids | st.integers(-1, 2**53) | st.sampled_from(
    ["dongkeng", "tangjia", "", {"seq": 1}, [["x", "y"]], [1, 1], "\0", "e" * 64]
)  # fmt: skip
_heads = st.dictionaries(st.sampled_from(_NAMES) | strategies.texts, _values, max_size=6)
_batches = st.binary(max_size=60) | st.lists(strategies.ops(), max_size=3).map(
    lambda ops: pack_ops((op.header_bytes, op.body) for op in ops)
)
_many = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def sound(face: Face) -> None:
    with face.server.storage.read() as tx:
        server_is_sound(tx)
    face.server.storage.write(server_lists_are_true)


def refused_or_answered(device: Device, path: str, head: dict[str, Json], ops: bytes) -> None:
    try:
        answer = device.post(path, head, ops)
    except BadOp:
        return  # the client cannot even spell it
    assert answer.status < 500, (path, head, answer.body[:300])
    if answer.status != 200:
        assert answer.code.startswith("E-")
        assert answer.code != "E-599"


@pytest.mark.parametrize("path", sorted(ROOMS))
def test_any_head_and_batch(face: Face, s1: Device, path: str) -> None:
    @_many
    @given(_heads, _batches)
    def any_head(head: dict[str, Json], ops: bytes) -> None:
        refused_or_answered(s1, path, head, ops)

    any_head()
    sound(face)


@pytest.mark.parametrize("number", [-(2**63), 2**63 - 1])
def test_numbers_at_the_edge_are_no_fault(face: Face, s1: Device, number: int) -> None:
    """64 bits are canonical; what a difference makes of them no column holds."""
    asked: dict[str, dict[str, Json]] = {
        "/v1/hello": {"protocol": [1, 1], "wall": number, "seq": number, "directory_since": number, "epoch": number},
        "/v1/pull": {"stream": "dongkeng", "cursor": number, "limit": number},
        "/v1/history": {"case": s1.rec(), "cursor": number, "limit": number},
        "/v1/offer": {"have": {s1.inst: number}},
        "/v1/blob/put": {"case": s1.rec(), "id": "ab" * 16, "size": number},
    }
    for path, head in asked.items():
        refused_or_answered(s1, path, head, b"")
    sound(face)


def test_a_good_push_with_one_part_changed(face: Face, s1: Device) -> None:
    """Nothing of it is stored, or all of it as it was signed."""
    s1.person("mediator")
    s1.case()
    s1.push()
    s1.case("另一件")
    good, batch = s1.message(s1.sent + 1, len(s1.chain))
    paths = list(_paths(good))

    @_many
    @given(st.sampled_from(paths), _values, st.booleans())
    def changed(path: tuple[Any, ...], value: Json, cut: bool) -> None:
        head = json.loads(json.dumps(good))
        place: Any = head
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        refused_or_answered(s1, "/v1/push", head, batch[: len(batch) // 2] if cut else batch)

    changed()
    sound(face)
    assert s1.push_answer().status == 200
    sound(face)


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*before, key)
        yield from _paths(inner, (*before, key))


def test_ops_of_any_content_are_kept_and_harm_nobody(face: Face, s1: Device, s2: Device) -> None:
    """Well chained and signed, whatever the changes say: stored, and listed where they say nonsense; others read on."""
    known = s1.case()
    s1.push()
    values = st.dictionaries(strategies.names | st.sampled_from(["title", "state", "station", "until", "target"]),
                             strategies.json_values, max_size=4)  # fmt: skip
    kinds = st.sampled_from(["case", "party", "grant", "number", "paper_mark", "verdict", "device", "person", "x"])
    compartments = st.sampled_from(["register", "reference", "content", "nowhere"])
    verbs = st.sampled_from(["edit", "register", "grant", "verdict", "set_device", "thing"])

    @_many
    @given(kinds, values, compartments, verbs, st.sampled_from([known, "", "other"]), st.booleans())
    def any_op(kind: str, said: dict[str, Json], compartment: str, verb: str, case: str, new: bool) -> None:
        rec = s1.rec() if new or not case else known
        try:
            s1.op(verb, [Change(rec, kind, said)], case=rec if case == "other" else case, compartment=compartment)
        except BadOp:
            return
        answer = s1.push_answer()
        assert answer.status == 200, answer.body[:300]
        assert s2.post("/v1/pull", {"stream": "dongkeng", "cursor": 0}).status == 200

    any_op()
    sound(face)


def test_any_enrolment(face: Face) -> None:
    """Nobody is enrolled by it, and nothing is a fault."""
    before = json.dumps([str(d) for d in devices.all_devices(face.server)])

    @_many
    @given(_heads | strategies.json_values, st.sampled_from(["", "}", "\0", "é"]))
    def any_body(head: Json, tail: str) -> None:
        answer = face.call("POST", "/v1/enrol", body=json.dumps(head, ensure_ascii=False).encode() + tail.encode())
        assert 400 <= answer.status < 500
        assert answer.code.startswith("E-1")

    any_body()
    assert json.dumps([str(d) for d in devices.all_devices(face.server)]) == before


def test_any_address_of_a_page(face: Face) -> None:
    @_many
    @given(st.text("abcXYZ019-_.%/é", max_size=60))
    def any_address(payload: str) -> None:
        answer = face.call("GET", "/v/" + payload)
        assert answer.status < 500
        assert b"Traceback" not in answer.body

    any_address()


def test_any_parts_in_a_well_sealed_stick(face: Face, s1: Device) -> None:
    """A stick of an enrolled PC with anything in it: parts are refused one by one, or the file as a whole."""
    district = face.server.district
    parts = st.lists(
        st.builds(pack_message, _heads, _batches) | st.binary(max_size=40) | st.builds(
            lambda head, kind, body: pack_message({**head, "kind": kind}, body),
            _heads, st.sampled_from(["push", "pull", "blob", "history"]),
            _batches | st.builds(pack_message, _heads, _batches),
        ), max_size=4)  # fmt: skip

    @_many
    @given(parts, st.integers(0, 2**40))
    def any_parts(given_parts: list[bytes], number: int) -> None:
        public = bundle.agree_public(district.server.public)
        envelope, shared = sealing._agree(s1.id, district.device, public, number, 0)
        data = sealing.seal(given_parts, envelope, shared, s1.key.sign)
        with contextlib.suppress(KnownError):
            bundling.take(face.server, data)

    any_parts()
    sound(face)
