"""Bundles at the station's end: what a push and the pulls would say, for the stick; the answers, as if by the line."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.client.codec import verifies
from sync.client.hello import compare, read_marks
from sync.client.ledger import Ledger, Mark, Problem, Receiving
from sync.client.pushing import message as push_message
from sync.client.verify import read_page
from sync.contract import bundle
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, is_op_id
from sync.contract.wire import pack_message, unpack_message

_BATCH: Final = 1024 * 1024
PUSH, PULL, HISTORY, BLOB = "push", "pull", "history", "blob"
STANDING, ACK, PAGE, STORED = "standing", "ack", "page", "stored"
"""Kinds of parts: what a station writes, and what the district answers."""


@dataclass(slots=True)
class Carried:
    """What a bundle held: ops written out or confirmed, ops that came, files, problems; `at` ms the sender wrote it."""

    ops: int = 0
    pulled: int = 0
    blobs: int = 0
    problems: int = 0
    at: int = 0


def export(ledger: Ledger, *, number: int, now_ms: int) -> tuple[bytes, Carried]:
    """Everything the district has not confirmed, files that wait, and what this station would ask for."""
    link = ledger.server()
    carried = Carried(at=now_ms)
    parts: list[bytes] = []
    marks = dict(ledger.acked())
    while (out := ledger.unsent(_BATCH, marks)) is not None:
        message, runs = push_message(ledger, out)
        parts.append(pack_message({"kind": PUSH}, message))
        marks |= {run.inst: Mark(run.last, run.head) for run in runs}
        carried.ops += out.count
    for blob in ledger.pending_blobs():
        data = blob.load()
        parts.append(pack_message({"kind": BLOB, "case": blob.case, "id": blob.id, "size": len(data)}, data))
        carried.blobs += 1
    have: list[Json] = list(ledger.own_insts())
    spells = ledger.spells()
    for stream, cursor in sorted({link.stream: 0, **ledger.cursors()}.items()):
        asked: dict[str, Json] = {"own": True} if not cursor else {"have": have}
        if stream in spells:
            asked["spell"] = spells[stream]
        parts.append(pack_message({"kind": PULL, "stream": stream, "cursor": cursor, **asked}))
    key = bundle.agree_public(link.sign_key)
    return seal_for(ledger, link.device, key, parts, number=number, now_ms=now_ms), carried


def take(ledger: Receiving, data: bytes, *, private: bytes, now_ms: int) -> Carried:
    """Take the district's answer: what it confirmed, what it has for us. E-181 another PC, E-182 cut, E-183 forged."""
    link = ledger.server()
    sealed = read(data)
    if sealed.envelope.receiver != ledger.device:
        raise KnownError("E-181", to=sealed.envelope.receiver)
    if sealed.envelope.sender != link.device or not verifies(link.sign_key, sealed.signature, sealed.message):
        raise KnownError("E-183", sender=sealed.envelope.sender)
    carried = Carried(at=sealed.envelope.at)
    for part in open_parts(sealed, private):
        try:
            _take_part(ledger, part, carried, now_ms)
        except BadOp as exc:
            raise KnownError("E-182", what=str(exc)) from exc
    return carried


def _take_part(ledger: Receiving, part: bytes, carried: Carried, now_ms: int) -> None:
    head, body = unpack_message(part)
    kind = head.get("kind")
    if kind == STANDING:
        _same_history(ledger, head, now_ms)
    elif kind == ACK:
        _confirm(ledger, body, carried, now_ms)
    elif kind == PAGE:
        stream, case, cursor = str(head.get("stream")), str(head.get("case") or ""), head.get("cursor")
        standing = ledger.cursors().get(stream, 0)
        if type(cursor) is not int or (not case and cursor != standing):
            return  # a page that was taken before, or one whose beginning never came
        page = read_page(body, ledger.server(), stream=stream, case=case, cursor=cursor)
        if any(ledger.head_at(span.inst, span.first + span.count - 1) is None for span in page.own):
            return  # asked for by a clone or before a restore: it passes over own ops that are not here
        carried.pulled += ledger.apply(page)
    elif kind == STORED:
        wanted = (head.get("case"), head.get("id"))
        for blob in ledger.pending_blobs():
            if (blob.case, blob.id) == wanted:
                ledger.blob_sent(blob)
                carried.blobs += 1


def _same_history(ledger: Receiving, head: dict[str, Json], now_ms: int) -> None:
    """The first part: a restored district or PC is noticed as on the line. E-409 where the file is older than the
    district's restore; E-112 where another history of an own incarnation is known.
    """
    epoch, known = head.get("epoch"), ledger.server().epoch
    if type(epoch) is not int:
        raise BadOp("epoch")
    if epoch < known:
        raise KnownError("E-409")
    said, spells = head.get("gone"), ledger.spells()
    gone = isinstance(said, dict) and any(spells.get(stream) == spell for stream, spell in said.items())
    if epoch > known or gone:  # what was read since is of another spell: an answer that comes late changes nothing
        ledger.set_epoch(epoch)
    before = {} if epoch > known or gone else ledger.acked()
    standing = compare(ledger, read_marks(head.get("acked")))
    if standing.forked:
        raise KnownError("E-112", inst=min(standing.forked))
    if standing.missing:  # restored or cloned: the own ops that lack here are asked for with the next bundle
        for stream in ledger.cursors():
            ledger.reset_cursor(stream)
    marks = {i: m for i, m in standing.acked.items() if i not in before or m.seq > before[i].seq}
    if marks:
        ledger.set_acked(marks, now_ms)


def _confirm(ledger: Receiving, body: bytes, carried: Carried, now_ms: int) -> None:
    """Marks count only where they lie on the own chain; a fork is told as on the line (E-112)."""
    head, _ = unpack_message(body)
    marks = read_marks(head.get("acked"))
    for inst, mark in marks.items():
        if ledger.head_at(inst, mark.seq) != mark.head:
            raise KnownError("E-112", inst=inst, seq=mark.seq)
    known = ledger.acked()
    fresh = {i: m for i, m in marks.items() if m.seq >= known.get(i, Mark(0, b"")).seq}
    if fresh:
        ledger.set_acked(fresh, now_ms)
    stored = head.get("stored")
    carried.ops += stored if isinstance(stored, int) else 0
    listed = head.get("problems")
    found = [
        Problem(str(item["op"]), str(item["code"])[:10])
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict) and is_op_id(item.get("op"))
    ]
    carried.problems += len(found)
    if found:
        ledger.problems(found)


def read(data: bytes) -> bundle.Sealed:
    """Take a file apart; E-182 for what is no bundle, cut or swollen."""
    try:
        return bundle.split(data)
    except BadOp as exc:
        raise KnownError("E-182", what=str(exc)) from exc


def _agree(sender: str, receiver: str, public: bytes, number: int, now_ms: int) -> tuple[bundle.Envelope, bytes]:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.from_private_bytes(os.urandom(32))
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    return bundle.Envelope(sender, receiver, number, now_ms, own.public_key().public_bytes_raw()), shared


def seal_for(ledger: Ledger, receiver: str, key: bytes, parts: list[bytes], *, number: int, now_ms: int) -> bytes:
    """A file for one receiver, by its X25519 public key, signed by this device."""
    envelope, shared = _agree(ledger.device, receiver, key, number, now_ms)
    return seal(parts, envelope, shared, ledger.sign)


def seal(parts: list[bytes], envelope: bundle.Envelope, shared: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The file's bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    header = envelope.header()
    cipher, bound = ChaCha20Poly1305(_key(shared, header)), bundle.associated(header)
    frames = [cipher.encrypt(nonce, plain, bound) for nonce, plain in bundle.pieces(bundle.pack_parts(parts))]
    unsigned = bundle.join(header, frames)
    return unsigned + sign(bundle.signed_message(unsigned))


def open_parts(sealed: bundle.Sealed, private: bytes) -> list[bytes]:
    """The messages inside; E-182 where a frame does not open, is lacking, or the whole is too large."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        own = X25519PrivateKey.from_private_bytes(private)
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed.envelope.key))
        cipher, bound = ChaCha20Poly1305(_key(shared, sealed.header)), bundle.associated(sealed.header)
        count = len(sealed.frames)
        plain = [
            cipher.decrypt(bundle.nonce(i, last=i == count - 1), frame, bound) for i, frame in enumerate(sealed.frames)
        ]
        return bundle.unpack_parts(b"".join(plain))
    except (InvalidTag, ValueError, BadOp) as exc:
        raise KnownError("E-182", what=str(exc)) from exc


def _key(shared: bytes, header: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, bundle.associated(header), b"GM1 bundle key").derive(shared)
