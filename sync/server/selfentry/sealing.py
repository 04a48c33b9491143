"""Sealing what a resident wrote to the station's PCs at once, in memory: no clear text reaches database, log or backup.

The files are sealed as files of no case are (PROTOCOL.md, "What residents write"): the station opens them with the same
code as its own. The key is random, made for one entry, and only its boxes are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.contract.wire import b64

_NONCE: Final = 12
_PURPOSE: Final = b"GM1 entry\0"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as the server keeps it: its opaque name, SHA-256 (hex) of what is in it, and the sealed bytes."""

    name: str
    sha: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """One entry's key. It is forgotten with this object."""

    key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)

    def seal(self, plain: bytes) -> Sealed:
        """Seal one file (at most 1 MiB)."""
        sha = hashlib.sha256(plain).hexdigest()
        name = hmac.new(self.key, b"GM1 blob\0" + sha.encode(), hashlib.sha256).hexdigest()
        nonce = hmac.new(self.key, b"GM1 nonce\0" + sha.encode(), hashlib.sha256).digest()[:_NONCE]
        bound = b"GM1 blob\0\0" + sha.encode()
        return Sealed(name, sha, b"\x01" + nonce + ChaCha20Poly1305(self.key).encrypt(nonce, plain, bound))

    def box(self, device: str, seal_key: bytes, ticket: str) -> str:
        """ "device:box" for one PC: the key wrapped to its X25519 key, bound to the entry. ValueError for a bad key."""
        purpose = _PURPOSE + ticket.encode()
        ephemeral = X25519PrivateKey.generate()
        mine = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(seal_key))
        info = b"GM1 box\0" + mine + seal_key + purpose
        wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)
        return f"{device}:{b64(mine + ChaCha20Poly1305(wrapping).encrypt(bytes(_NONCE), self.key, purpose))}"
