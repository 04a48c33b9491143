"""The chain of one incarnation: hash_n = SHA-256(hash_{n-1} + header bytes); certificates over it (CONTRACT 1, 3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

HASH_BYTES: Final = 32
NO_HEAD: Final = bytes(HASH_BYTES)
"""The head before the first incarnation of a device."""


def opening_head(device: str, inst: str, before: bytes) -> bytes:
    """Return hash_0 of an incarnation: it ties the device and the head before it into every later hash."""
    return hashlib.sha256(b"GM1 inst\0" + device.encode() + b"\0" + bytes.fromhex(inst) + before).digest()


def next_head(head: bytes, header_bytes: bytes) -> bytes:
    """Return hash_n from hash_{n-1} and the header bytes of op n."""
    return hashlib.sha256(head + header_bytes).digest()


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive ops of one incarnation: `before` is the head before `first`; one 32-byte hash an op."""

    inst: str
    first: int
    before: bytes
    hashes: tuple[bytes, ...]

    @property
    def last(self) -> int:
        """The sequence number of the last op."""
        return self.first + len(self.hashes) - 1

    @property
    def head(self) -> bytes:
        """The head after the run."""
        return self.hashes[-1] if self.hashes else self.before


def run_over(inst: str, first: int, before: bytes, headers: Iterable[bytes]) -> Run:
    """Compute the run of ops that lie here as header bytes, in order."""
    hashes = []
    head = before
    for data in headers:
        head = next_head(head, data)
        hashes.append(head)
    return Run(inst, first, before, tuple(hashes))


def certificate_message(signer: str, runs: Iterable[Run]) -> bytes:
    """Return the bytes a certificate's signature covers: who, and every (inst, seq, hash_n) with the heads before."""
    digest = hashlib.sha256()
    for run in runs:
        digest.update(bytes.fromhex(run.inst))
        digest.update(run.first.to_bytes(8, "big"))
        digest.update(len(run.hashes).to_bytes(8, "big"))
        digest.update(run.before)
        for item in run.hashes:
            digest.update(item)
    return b"GM1 cert\0" + signer.encode() + b"\0" + digest.digest()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who vouches for which ops: the device at a push or bundle, the server on each pull page (Ed25519, 64 bytes)."""

    signer: str
    runs: tuple[Run, ...]
    signature: bytes

    def message(self) -> bytes:
        """The bytes the signature covers."""
        return certificate_message(self.signer, self.runs)


def device_id(sign_key: bytes) -> str:
    """Name a device by its Ed25519 public key (32 bytes): "d-" and 16 hex of its SHA-256."""
    return "d-" + hashlib.sha256(b"GM1 device\0" + sign_key).hexdigest()[:16]


def identity_message(device: str, station: str, stream: str, sign_key: bytes, seal_key: bytes, until: int) -> bytes:
    """Return the bytes the district signs at enrolment: whose two keys these are, of which station, until when (ms)."""
    parts = [device.encode(), station.encode(), stream.encode(), sign_key, seal_key, str(until).encode()]
    return b"GM1 identity\0" + b"\0".join(len(p).to_bytes(4, "big") + p for p in parts)


def request_message(method: str, path: str, device: str, counter: int, body: bytes) -> bytes:
    """Return the bytes a device signs for one request; freshness comes from the counter, never from a clock."""
    digest = hashlib.sha256(body).digest()
    head = f"{method.upper()}\0{path}\0{device}\0{counter}\0".encode()
    return b"GM1 request\0" + head + digest


def answer_message(counter: int, body: bytes) -> bytes:
    """Return the bytes the server signs of an answer: the counter of the request it answers, and the unpacked body."""
    return b"GM1 answer\0" + str(counter).encode() + hashlib.sha256(body).digest()


def enrol_message(code: str, sign_key: bytes, seal_key: bytes) -> bytes:
    """Return the bytes a new device signs at enrolment: the code as sent and its two public keys."""
    return b"GM1 enrol\0" + code.encode() + sign_key + seal_key


def server_message(device: str, sign_key: bytes) -> bytes:
    """Return the bytes the district signs of its server: the server's device id and its public key."""
    return b"GM1 server\0" + device.encode() + sign_key
