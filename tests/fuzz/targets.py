"""One function a reader of outside bytes: it takes anything, and only what the reader promises to raise may come out.

Each also holds what was read to a promise of its own (same bytes again, limits), so that a wrong answer is found too.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client import codec, sharing, verify
from sync.client.ledger import ServerLink
from sync.client.sharing import Colleague, Letter
from sync.contract import bundle, wire
from sync.contract.canonical import Json, NotCanonical, dumps, loads
from sync.contract.check import shape_problems
from sync.contract.errors import KnownError
from sync.contract.fold import FoldOp, fold
from sync.contract.op import MAX_OP_BYTES, BadOp, parse_body
from sync.contract.proof import BadProof, decode
from sync.server import bodies
from sync.server.admin import organisation
from sync.server.app import ROOMS
from sync.server.keys import create
from sync.server.server import open_server
from tests.contract.vectors import load
from tests.server.support import Device, Face
from tests.support.clock import FakeClock
from tests.support.district import sample_organisation

SNAPSHOTS: Final = Path(__file__).parents[1] / "data" / "snapshots"
FOUND: Final = Path(__file__).parents[1] / "data" / "fuzz"
"""Inputs that once broke something (or reach deep), by target."""


def _only(error: KnownError, *codes: str) -> None:
    """No other refusal than the reader says."""
    if error.code not in codes:
        raise AssertionError(error.code) from error


def op(data: bytes) -> None:
    """The op decoder: frames, header, body, shape, and the fold of whatever came out."""
    try:
        ops = wire.unpack_ops(data)
    except BadOp:
        return
    folded = []
    for one in ops:
        assert len(one.header_bytes) + len(one.body or b"") <= MAX_OP_BYTES
        changes = None
        if one.body is not None and one.header.body_form == "clear":
            try:
                changes = tuple(parse_body(one.body))
            except BadOp:
                changes = ()
        shape_problems(one, changes)
        header = one.header
        folded.append(
            FoldOp(header.id, header.case, header.compartment, header.verb, header.actor, header.wall, changes)
        )
    assert fold(folded) == fold(reversed(folded))
    again = wire.unpack_ops(wire.pack_ops((one.header_bytes, one.body) for one in ops))
    assert [(a.header_bytes, a.body) for a in again] == [(b.header_bytes, b.body) for b in ops]


def value(data: bytes) -> None:
    """Canonical JSON: what is read is written and read to the same value."""
    try:
        found = loads(data)
    except NotCanonical:
        return
    written = dumps(found)
    assert loads(written) == found
    assert dumps(loads(written)) == written


def bundle_file(data: bytes) -> None:
    """The outer form of a stick, and the parts inside one: first byte says which is meant."""
    try:
        if data[:1] == b"p":
            for part in bundle.unpack_parts(data[1:]):
                wire.unpack_message(part)
        else:
            taken = bundle.split(data)
            assert bundle.join(taken.header, taken.frames) + taken.signature == data
    except BadOp:
        pass
    except KnownError as error:
        _only(error, "E-126")


def letter_part(data: bytes) -> None:
    """A part of a letter between colleagues, as far as its signature."""
    nobody = Colleague("d-0123456789abcdef", bytes(32), bytes(32))
    try:
        sharing._part(Letter(nobody.device, 0), nobody, data)
    except BadOp:
        pass
    except KnownError as error:
        _only(error, "E-183")


def page(data: bytes) -> None:
    """A page of a pull and its certificate, behind a signature that holds."""
    link = ServerLink(url="", ca_key=b"", device=_signer(), sign_key=bytes(32), epoch=1, stream="dongkeng")
    before, verify.verifies = verify.verifies, lambda *_: True  # the reader behind the signature is meant
    try:
        read = verify.read_page(data, link, stream="dongkeng", case="", cursor=0)
        assert read.cursor >= 0
        assert all(one.rev is not None and 0 < one.rev <= read.cursor for one in read.ops)
    except KnownError as error:
        _only(error, "E-106", "E-114")
    finally:
        verify.verifies = before


def paper_code(data: bytes) -> None:
    """The code of a printed page."""
    try:
        text = data.decode("utf-8")
        assert decode(text).payload() in text
    except (UnicodeDecodeError, BadProof):
        pass


def body(data: bytes) -> None:
    """Packed bodies as both ends unpack them: headers to the first empty line, then the bytes."""
    head, _, rest = data.partition(b"\n\n")
    headers = _headers(head)
    for unpack, most in ((bodies.unpack, bodies.MAX_BODY), (codec.unpack, codec.MAX_ANSWER)):
        try:
            assert len(unpack(rest, headers)) <= most
        except KnownError as error:
            _only(error, "E-106", "E-108", "E-116")


def http(data: bytes) -> None:
    """A request at the district's face: method and path, headers, body; no fault, whatever it is. A header `signed`
    has it signed by a device that is enrolled, so that it gets behind the door.
    """
    head, _, rest = data.partition(b"\n\n")
    first, _, lines = head.partition(b"\n")
    method, _, path = first.decode("latin-1").partition(" ")
    device, path, headers = _device(), "/" + path.lstrip("/")[:300], _headers(lines)
    if headers.pop("signed", ""):
        headers |= {name.lower(): text for name, text in device.signed(path, rest).items()}
    answer = device.face.call(method[:10] or "POST", path, headers=headers, body=rest)
    assert answer.status < 500 or answer.status == 503, answer.body
    if answer.status >= 400 and method != "HEAD":
        assert json.loads(answer.body)["code"] != "E-599"


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.decode("latin-1").partition(":") for line in head.split(b"\n") if b":" in line)
    return {name.strip().lower(): text.strip() for name, _, text in pairs}


def close() -> None:
    """Close the district that `http` opened."""
    if _device.cache_info().currsize:
        _device().face.server.close()
        _device.cache_clear()


@lru_cache(maxsize=1)
def _device() -> Device:
    """An enrolled device with two cases, one of them pushed."""
    place = Path(tempfile.mkdtemp()) / "district"
    create(place, name="区", database="")
    server = open_server(place, FakeClock())
    organisation.apply(server, sample_organisation())
    key = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\1")  # always the same: kept inputs name it
    made = Device(Face(server), "S1", key=key, inst="ab" * 8)
    made.enrol()
    made.case()
    made.push()
    made.case()
    return made


@lru_cache(maxsize=1)
def _line() -> dict[str, list[bytes]]:
    import base64

    said = json.loads((SNAPSHOTS / "0.1.0" / "line.json").read_text("utf-8"))
    return {path: [base64.b64decode(b) for b in pair] for path, pair in said["bodies"].items()}


def _signer() -> str:
    said = json.loads((SNAPSHOTS / "0.1.0" / "line.json").read_text("utf-8"))
    return str(said["link"]["device"])


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "op": op, "value": value, "bundle": bundle_file, "letter": letter_part, "page": page, "paper_code": paper_code,
    "body": body, "http": http,
}  # fmt: skip


def _requests() -> list[bytes]:
    """A request to each room, signed and not; those of a device that knows what it says."""
    device = _device()
    case = f"{device.inst}.1.0"
    heads: dict[str, dict[str, Json]] = {
        "/v1/hello": {"protocol": [1, 1], "wall": 5, "inst": device.inst, "seq": 1, "cursors": {}},
        "/v1/pull": {"stream": "dongkeng", "cursor": 0, "limit": 500, "have": [device.inst]},
        "/v1/segment": {"id": "ab" * 32, "offset": 0, "limit": 100},
        "/v1/history": {"case": case, "cursor": 0},
        "/v1/offer": {"have": {device.inst: 3}},
        "/v1/blob/put": {"case": case, "id": "ab" * 16, "size": 3},
        "/v1/blob/get": {"case": case, "id": "ab" * 16},
        "/v1/release": {"v": "0.1.0", "platform": "linux-x86_64"},
        "/v1/release/get": {"version": "0.2.0", "parts": [["ab" * 32, 0]], "limit": 100},
    }
    said = {path: wire.pack_message(head, b"abc") for path, head in heads.items()}
    said["/v1/push"] = wire.pack_message(*device.message(2, 2))
    asked = [f"POST {path}\nsigned: 1\n\n".encode() + data for path, data in said.items()]
    head = f"x-gm-device: {device.id}\nx-gm-counter: 1\n\n"
    asked += [f"POST {path}\n{head}".encode() + said[path] for path in ROOMS]
    return [*asked, b"GET v/AbC\n\n", b"POST v1/held\nx-gm-signature: abc\nx-gm-from: 3\n\n", b"POST v1/enrol\n\n{}"]


def seeds(target: str) -> list[bytes]:
    """Good inputs to begin from."""
    frames = load("wire")
    push = wire.unpack_message(_line()["/v1/push"][0])[1]
    parts = [wire.pack_message({"kind": "share", "have": {}, "mine": {}, "lacking": []}),
             wire.pack_message({"kind": "push"}, _line()["/v1/push"][0])]  # fmt: skip
    envelope = bundle.Envelope("d-0123456789abcdef", "d-fedcba9876543210", 1, 5, bytes(32))
    good: dict[str, list[bytes]] = {
        "op": [bytes.fromhex(frames["batch_hex"]), push],
        "value": [bytes.fromhex(item["hex"]) for item in load("canonical")["written"]],
        "bundle": [bundle.join(envelope.header(), [b"x" * 40]) + bytes(64), b"p" + bundle.pack_parts(parts)],
        "letter": parts,
        "page": [_line()["/v1/pull"][1]],
        "paper_code": [str(load("paper_code")["url"]).encode()],
        "body": [b"content-encoding: gzip\nx-gm-length: 5\n\n", b"content-encoding: zstd\n\n(\xb5/\xfd", b"\n\nhello"],
        "http": _requests(),
    }
    return good[target]


def found(target: str) -> list[Path]:
    """The kept inputs of a target."""
    place = FOUND / target
    return sorted(place.iterdir()) if place.is_dir() else []
