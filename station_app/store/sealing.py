"""Sealed bodies and keys: what the district must not read is encrypted once, at writing (CONTRACT 2; 人民调解法 15).

Each device has a root key; the key of a case and compartment is derived from it, so that thousands of cases need no
key ops. Root keys are wrapped to the other devices of the committee and to the key recovery sheet; a grant wraps a
single case key to the receiver. Layout of a sealed body: 0x01, root key id (8 bytes), nonce (12), ciphertext and tag.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import zlib
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.contract.dictionary import DICTIONARY_1
from sync.contract.op import BadOp

ROOT_KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 8
_NONCE: Final = 12
_VERSION: Final = b"\x01"
_STORED, _DEFLATE_1 = b"\x00", b"\x01"


def new_root_key() -> bytes:
    """A fresh root key (32 random bytes)."""
    return os.urandom(ROOT_KEY_BYTES)


def key_id(root: bytes) -> str:
    """Name of a root key: 16 hex of its hash."""
    return hashlib.sha256(b"GM1 root\0" + root).hexdigest()[: KEY_ID_BYTES * 2]


@lru_cache(maxsize=4096)
def case_key(root: bytes, compartment: str, case: str) -> bytes:
    """Derive the key of one case and compartment from a root key."""
    info = b"GM1 case\0" + compartment.encode() + b"\0" + case.encode()
    # RFC 5869 with one block out: the extracted key of a root, and both halves of its HMAC, are the same for every case
    inner, outer = (half.copy() for half in _extracted(root))
    inner.update(info + b"\x01")
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=64)
def _extracted(root: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """SHA-256 after the inner and the outer pad of HMAC (RFC 2104) under a root's extracted key."""
    key = hmac.digest(bytes(32), root, "sha256").ljust(64, b"\0")
    return hashlib.sha256(bytes(b ^ 0x36 for b in key)), hashlib.sha256(bytes(b ^ 0x5C for b in key))


def _associated(compartment: str, case: str) -> bytes:
    return b"GM1 body\0" + compartment.encode() + b"\0" + case.encode()


_SMALL: Final = 8 * 1024
_PACKER: Final = zlib.compressobj(6, zlib.DEFLATED, -13, 6, zdict=DICTIONARY_1)
"""Only ever copied: taking the dictionary in costs more than packing a body. Any window opens with -15."""


def _squeeze(plain: bytes) -> bytes:
    small_body = len(plain) <= _SMALL
    packer = _PACKER.copy() if small_body else zlib.compressobj(6, zlib.DEFLATED, -15, zdict=DICTIONARY_1)
    small = packer.compress(plain) + packer.flush()
    return _DEFLATE_1 + small if len(small) < len(plain) else _STORED + plain


def _expand(data: bytes) -> bytes:
    if data[:1] == _STORED:
        return data[1:]
    if data[:1] != _DEFLATE_1:
        raise BadOp("sealed body of an unknown codec")
    unpacker = zlib.decompressobj(-15, zdict=DICTIONARY_1)
    try:
        plain = unpacker.decompress(data[1:], 4 * 1024 * 1024)
    except zlib.error as exc:
        raise BadOp("sealed body damaged") from exc
    if not unpacker.eof:
        raise BadOp("sealed body damaged or too large")
    return plain


def seal(plain: bytes, *, key: bytes, root_id: str, compartment: str, case: str) -> bytes:
    """Encrypt a plain body under its case key; the bytes are made once and kept for ever."""
    nonce = os.urandom(_NONCE)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, _squeeze(plain), _associated(compartment, case))
    return _VERSION + bytes.fromhex(root_id) + nonce + sealed


def root_id_of(sealed: bytes) -> str:
    """Which root key a sealed body needs."""
    if sealed[:1] != _VERSION or len(sealed) < 1 + KEY_ID_BYTES + _NONCE + 16:
        raise BadOp("not a sealed body")
    return sealed[1 : 1 + KEY_ID_BYTES].hex()


def unseal(sealed: bytes, *, key: bytes, compartment: str, case: str) -> bytes:
    """Decrypt a sealed body; BadOp where it was changed or belongs to another case."""
    at = 1 + KEY_ID_BYTES
    try:
        data = ChaCha20Poly1305(key).decrypt(
            sealed[at : at + _NONCE], sealed[at + _NONCE :], _associated(compartment, case)
        )
    except InvalidTag as exc:
        raise BadOp("sealed body does not open") from exc
    return _expand(data)


def wrap(secret: bytes, receiver: bytes, purpose: bytes) -> bytes:
    """Sealed box: ephemeral X25519 public key (32), ciphertext and tag; only the receiver's private key opens it."""
    ephemeral = X25519PrivateKey.generate()
    mine = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(receiver))
    return mine + ChaCha20Poly1305(_box_key(shared, mine, receiver, purpose)).encrypt(bytes(_NONCE), secret, purpose)


def unwrap(box: bytes, private: bytes, purpose: bytes) -> bytes:
    """Open a sealed box; BadOp where it is not for this key."""
    own = X25519PrivateKey.from_private_bytes(private)
    mine = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(box[:32]))
        return ChaCha20Poly1305(_box_key(shared, box[:32], mine, purpose)).decrypt(bytes(_NONCE), box[32:], purpose)
    except (InvalidTag, ValueError) as exc:
        raise BadOp("box does not open") from exc


def _box_key(shared: bytes, ephemeral: bytes, receiver: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"GM1 box\0" + ephemeral + receiver + purpose).derive(
        shared
    )


def new_sign_key() -> bytes:
    """A fresh Ed25519 private key (32 bytes)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def new_seal_key() -> bytes:
    """A fresh X25519 private key (32 bytes)."""
    return X25519PrivateKey.generate().private_bytes_raw()


def sign_public(private: bytes) -> bytes:
    """Public half of an Ed25519 private key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_public(private: bytes) -> bytes:
    """Public half of an X25519 private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """Ed25519 signature (64 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when the signature is that of the key over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
