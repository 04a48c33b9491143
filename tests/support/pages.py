"""Every page of an encrypted station database as plain bytes, free pages and the write-ahead log included."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE: Final = 4096
_RESERVED: Final = 80
"""At the end of a page: 16 bytes IV, 64 bytes HMAC (SQLCipher 4)."""
_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24


def plain_pages(path: Path, key: bytes) -> bytes:
    """What somebody with the key finds in the file and its log, in use or not."""
    data = path.read_bytes()
    pages = [data[at : at + _PAGE] for at in range(0, len(data), _PAGE)]
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[_LOG_HEAD:] if log.exists() else b""
    step = _PAGE + _FRAME_HEAD
    pages += [frames[at + _FRAME_HEAD : at + step] for at in range(0, len(frames) - step + 1, step)]
    return b"".join(_opened(page, key) for page in pages if any(page))


def _opened(page: bytes, key: bytes) -> bytes:
    vector = page[-_RESERVED : -_RESERVED + 16]
    body = page[:-_RESERVED]
    found = b""
    for start in (0, 16):  # the first page begins with 16 bytes of salt in clear
        opener = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        found += opener.update(body[start:]) + opener.finalize()
    return found
