"""Letters between the PCs of one station in a shared folder: bundles from one device to another, without a server.

A letter is a bundle (`contract.bundle`) whose first part is `share` {have, mine, lacking}: of the receiver's
incarnations how far they are here, how far the sender's own go, which files the sender lacks; then parts `push` (own
ops with the sender's certificate, `opens` for each run) and `blob` (files the receiver lacks). Nothing in a letter
counts as received by the district.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sync.client import bundling
from sync.client.codec import verifies
from sync.client.ledger import Incoming, Ledger, Outgoing
from sync.client.pushing import message as push_message
from sync.client.verify import examine
from sync.contract.canonical import Json
from sync.contract.chain import Certificate
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, Op, is_inst, op_id
from sync.contract.wire import certificate_from_json, pack_message, unb64, unpack_message, unpack_ops

SHARE = "share"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another device of this station: id, Ed25519 and X25519 public keys."""

    device: str
    sign_key: bytes
    seal_key: bytes


@dataclass(slots=True)
class Said:
    """What the first part says: incarnation -> last sequence number held, and written; files as (case, id)."""

    have: dict[str, int] = field(default_factory=dict)
    mine: dict[str, int] = field(default_factory=dict)
    lacking: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Ops:
    """Own ops of the sender: certified runs, the ops by id, and the head before each incarnation."""

    certificate: Certificate
    ops: dict[str, Op]
    opens: dict[str, bytes]

    def incoming(self, inst: str) -> list[Incoming]:
        """The ops of one incarnation in order, looked at; no server has numbered them."""
        found = [op for op in self.ops.values() if op.header.inst == inst]
        found.sort(key=lambda op: op.header.seq)
        return [replace(examine(op, 1, op.header.stream), rev=None) for op in found]


@dataclass(slots=True)
class Letter:
    """A letter that was opened; `at`: ms the sender wrote it."""

    sender: str
    at: int
    said: Said = field(default_factory=Said)
    pushes: list[Ops] = field(default_factory=list)
    blobs: list[tuple[str, str, bytes]] = field(default_factory=list)


def write(
    ledger: Ledger,
    to: Colleague,
    said: Said,
    *,
    pushes: Iterable[tuple[Outgoing, Mapping[str, bytes]]],
    blobs: Iterable[tuple[str, str, bytes]],
    number: int,
    now_ms: int,
) -> bytes:
    """The bytes of a letter. Each of `pushes` with the head before every incarnation it names."""
    head: dict[str, Json] = {
        "kind": SHARE,
        "have": dict(said.have),
        "mine": dict(said.mine),
        "lacking": [[case, name] for case, name in said.lacking],
    }
    parts = [pack_message(head)]
    for out, opens in pushes:
        message, _ = push_message(ledger, Outgoing(out.runs, opens))
        parts.append(pack_message({"kind": bundling.PUSH}, message))
    parts += [
        pack_message({"kind": bundling.BLOB, "case": case, "id": name, "size": len(data)}, data)
        for case, name, data in blobs
    ]
    return bundling.seal_for(ledger, to.device, to.seal_key, parts, number=number, now_ms=now_ms)


def read(data: bytes, *, device: str, private: bytes, colleagues: Mapping[str, Colleague]) -> Letter:
    """Open a letter. E-181 for another device, E-182 cut or damaged, E-183 not signed by a device of this station."""
    sealed = bundling.read(data)
    envelope = sealed.envelope
    if envelope.receiver != device:
        raise KnownError("E-181", to=envelope.receiver)
    sender = colleagues.get(envelope.sender)
    if sender is None or not verifies(sender.sign_key, sealed.signature, sealed.message):
        raise KnownError("E-183", sender=envelope.sender)
    letter = Letter(envelope.sender, envelope.at)
    try:
        for part in bundling.open_parts(sealed, private):
            _part(letter, sender, part)
    except BadOp as exc:
        raise KnownError("E-182", what=str(exc)) from exc
    return letter


def _part(letter: Letter, sender: Colleague, part: bytes) -> None:
    head, body = unpack_message(part)
    kind = head.get("kind")
    if kind == SHARE:
        letter.said = Said(_places(head.get("have")), _places(head.get("mine")), _pairs(head.get("lacking")))
    elif kind == bundling.PUSH:
        letter.pushes.append(_ops(sender, body))
    elif kind == bundling.BLOB and head.get("size") == len(body):
        letter.blobs.append((str(head.get("case")), str(head.get("id")), body))


def _ops(sender: Colleague, body: bytes) -> Ops:
    """A push as a server would read it: the certificate names exactly the ops that came, and the sender signed it."""
    head, batch = unpack_message(body)
    ops = {op.id: op for op in unpack_ops(batch)}
    certificate = certificate_from_json(head.get("certificate"), {i: op.header_bytes for i, op in ops.items()})
    named = {op_id(run.inst, run.first + n) for run in certificate.runs for n in range(len(run.hashes))}
    if named != ops.keys() or len({run.inst for run in certificate.runs}) != len(certificate.runs):
        raise BadOp("certificate and batch name different ops")
    signed = verifies(sender.sign_key, certificate.signature, certificate.message())
    if certificate.signer != sender.device or not signed:
        raise KnownError("E-183", sender=sender.device)
    opens = head.get("opens")
    if not isinstance(opens, dict):
        raise BadOp("opens")
    return Ops(certificate, ops, {inst: unb64(text) for inst, text in opens.items()})


def _places(raw: Json) -> dict[str, int]:
    if not isinstance(raw, dict) or not all(is_inst(i) and type(n) is int and n >= 0 for i, n in raw.items()):
        raise BadOp("share")
    return {inst: n for inst, n in raw.items() if type(n) is int}


def _pairs(raw: Json) -> list[tuple[str, str]]:
    found = []
    for item in raw if isinstance(raw, list) else []:
        if not isinstance(item, list) or len(item) != 2:
            raise BadOp("share")
        found.append((str(item[0]), str(item[1])))
    return found
