"""Bundles at the district: parts go to the handlers of the line's bodies; the answer is a bundle for the sender."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.contract import bundle
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.wire import pack_message, unpack_message
from sync.server import auth, blobs, hello, pull, push
from sync.server.auth import Caller
from sync.server.keys import verify
from sync.server.problems import Refusal
from sync.server.relay import spells
from sync.server.server import EPOCH, Server, meta

_PAGE: Final = 1024 * 1024
_MOST_PAGES: Final = 128
"""Pages a bundle brings back at most; the rest comes with the next one."""


@dataclass(slots=True)
class Taken:
    """What was in a bundle: its sender, how many ops were new, files, refused parts; and the answer's bytes."""

    device: str
    station: str
    stored: int = 0
    duplicates: int = 0
    blobs: int = 0
    refused: int = 0
    answer: bytes = b""


def take(server: Server, data: bytes) -> Taken:
    """Take a station's bundle in and write the answer. E-181 for another district, E-182 cut, E-183 unknown or forged.

    A revoked device may still hand in what it holds (it is kept apart as on the line) and gets nothing to read.
    """
    sealed = _split(data)
    if sealed.envelope.receiver != server.district.device:
        raise KnownError("E-181", to=sealed.envelope.receiver)
    try:
        with server.storage.read() as tx:
            caller = auth.caller_of(tx, sealed.envelope.sender, 0)
            row = tx.row("SELECT seal_key FROM device WHERE id = ?", (caller.device,))
    except Refusal as refusal:
        raise KnownError("E-183", sender=sealed.envelope.sender) from refusal
    if not verify(caller.sign_key, sealed.signature, sealed.message):
        raise KnownError("E-183", sender=sealed.envelope.sender)
    taken = Taken(caller.device, caller.station)
    parts = _open(server, sealed)
    answers = [] if caller.revoked else [_standing(server, caller, parts)]
    answers += [answer for part in parts for answer in _answers(server, caller, part, taken)]
    assert row is not None
    taken.answer = _seal(server, answers, caller.device, bytes(row[0]), sealed.envelope.number)
    return taken


def _standing(server: Server, caller: Caller, parts: list[bytes]) -> bytes:
    """Which history this is, and what of the device's chains is known before anything of this bundle is taken; `gone`:
    the cursors asked from that lie beyond it, by the spell they were read in.
    """
    asked = [head for head in map(_head, parts) if head.get("kind") == "pull"]
    named: dict[str, Json] = {str(h.get("stream")): h.get("spell") for h in asked}
    cursors: dict[str, Json] = {str(h.get("stream")): h.get("cursor") for h in asked}
    with server.storage.read() as tx:
        epoch, gone = int(meta(tx, EPOCH, "1")), spells.gone(tx, named, cursors)
        said: dict[str, Json] = {"kind": "standing", "epoch": epoch, "acked": hello.marks_of(tx, caller.device)}
    if gone:
        spells.note_gone(server, caller.device, gone)
        said["gone"] = gone
    return pack_message(said)


def _head(part: bytes) -> dict[str, Json]:
    try:
        return unpack_message(part)[0]
    except BadOp as exc:
        raise KnownError("E-182", what=str(exc)) from exc


def _answers(server: Server, caller: Caller, part: bytes, taken: Taken) -> list[bytes]:
    try:
        head, body = unpack_message(part)
    except BadOp as exc:
        raise KnownError("E-182", what=str(exc)) from exc
    kind = head.get("kind")
    try:
        if kind == "push":
            return [_push(server, caller, body, taken)]
        if kind == "blob":
            blobs.put(server, caller, pack_message({k: head.get(k) for k in ("case", "id", "size")}, body))
            taken.blobs += 1
            return [pack_message({"kind": "stored", "case": head.get("case"), "id": head.get("id")})]
        if kind == "pull" and not caller.revoked:
            return _pages(server, caller, head)
    except Refusal:
        taken.refused += 1
    return []


def _push(server: Server, caller: Caller, body: bytes, taken: Taken) -> bytes:
    answer = push.push(server, caller, body)
    head, _ = unpack_message(answer)
    stored, duplicates = head.get("stored"), head.get("duplicates")
    taken.stored += stored if isinstance(stored, int) else 0
    taken.duplicates += duplicates if isinstance(duplicates, int) else 0
    return pack_message({"kind": "ack"}, answer)


def _pages(server: Server, caller: Caller, asked: dict[str, Json]) -> list[bytes]:
    """Pages of a stream from the cursor on, until its end or as many as a stick should carry."""
    stream, cursor = asked.get("stream"), asked.get("cursor")
    found: list[bytes] = []
    for _ in range(_MOST_PAGES):
        head: dict[str, Json] = {"stream": stream, "cursor": cursor, "limit": _PAGE}
        head |= {name: asked[name] for name in ("have", "own") if name in asked}
        answer = pull.pull(server, caller, pack_message(head))
        found.append(pack_message({"kind": "page", "stream": stream, "cursor": cursor}, answer))
        said, _ = unpack_message(answer)
        cursor = said.get("cursor")
        if said.get("more") is not True:
            break
    return found


def _split(data: bytes) -> bundle.Sealed:
    try:
        return bundle.split(data)
    except BadOp as exc:
        raise KnownError("E-182", what=str(exc)) from exc


def _open(server: Server, sealed: bundle.Sealed) -> list[bytes]:
    own = X25519PrivateKey.from_private_bytes(bundle.agree_private(server.district.server.private.private_bytes_raw()))
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed.envelope.key))
        cipher, bound = ChaCha20Poly1305(_key(shared, sealed.header)), bundle.associated(sealed.header)
        count = len(sealed.frames)
        plain = [
            cipher.decrypt(bundle.nonce(i, last=i == count - 1), frame, bound) for i, frame in enumerate(sealed.frames)
        ]
        return bundle.unpack_parts(b"".join(plain))
    except (InvalidTag, ValueError, BadOp) as exc:
        raise KnownError("E-182", what=str(exc)) from exc


def _seal(server: Server, parts: list[bytes], device: str, seal_key: bytes, number: int) -> bytes:
    own = X25519PrivateKey.from_private_bytes(os.urandom(32))
    shared = own.exchange(X25519PublicKey.from_public_bytes(seal_key))
    envelope = bundle.Envelope(
        server.district.device, device, number, server.clock.now_ms(), own.public_key().public_bytes_raw()
    )
    header = envelope.header()
    cipher, bound = ChaCha20Poly1305(_key(shared, header)), bundle.associated(header)
    frames = [cipher.encrypt(nonce, plain, bound) for nonce, plain in bundle.pieces(bundle.pack_parts(parts))]
    unsigned = bundle.join(header, frames)
    return unsigned + server.district.server.sign(bundle.signed_message(unsigned))


def _key(shared: bytes, header: bytes) -> bytes:
    return HKDF(SHA256(), 32, bundle.associated(header), b"GM1 bundle key").derive(shared)
