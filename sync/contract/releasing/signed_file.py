"""The signature file beside a manifest (template pack, release of the program): the signer's key, and the signature.

    64 hexadecimal digits, a line end, 128 hexadecimal digits, perhaps a line end

What is signed is the purpose's own name, a zero byte and the SHA-256 of the manifest's bytes.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

_FORM: Final = re.compile(rb"([0-9a-f]{64})\n([0-9a-f]{128})\n?")


def message(purpose: bytes, manifest: bytes) -> bytes:
    """What the signature covers."""
    return b"GM1 " + purpose + b"\0" + hashlib.sha256(manifest).digest()


def read(data: bytes) -> tuple[bytes, bytes] | None:
    """(key, signature), or None where it is no such file."""
    form = _FORM.fullmatch(data)
    return (bytes.fromhex(form[1].decode()), bytes.fromhex(form[2].decode())) if form else None


def write(key: bytes, signature: bytes) -> bytes:
    """The file's bytes."""
    return f"{key.hex()}\n{signature.hex()}\n".encode()
