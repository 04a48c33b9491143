"""Bodies on the line: unpacking with limits, proof that nothing was cut, packing of answers."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import Final

import zstandard

from sync.contract.wire import MAX_BATCH_BYTES, b64
from sync.server.problems import Refusal

HEAD_ROOM: Final = 256 * 1024
"""Room for the head beside a full batch (certificate runs, lists of incarnations)."""
MAX_BODY: Final = MAX_BATCH_BYTES + HEAD_ROOM
_WORTH: Final = 300
"""Answers below this many bytes are sent as they are."""


def unpack(data: bytes, headers: Mapping[str, str]) -> bytes:
    """Unpack a request body. E-106 when cut or damaged, E-116 beyond the limit, E-108 for an unknown packing."""
    packing = headers.get("content-encoding", "").strip().lower()
    try:
        plain = _unpacked(data, packing)
    except (zstandard.ZstdError, zlib.error, EOFError) as exc:
        raise Refusal("E-106", detail="body does not unpack") from exc
    if len(plain) > MAX_BODY:
        raise Refusal("E-116")
    length, digest = headers.get("x-gm-length", ""), headers.get("x-gm-digest", "")
    if length and length != str(len(plain)):
        raise Refusal("E-106", detail="body of another length than announced")
    if digest and digest.rstrip("=") != b64(hashlib.sha256(plain).digest()):
        raise Refusal("E-106", detail="body does not fit its digest")
    return plain


def _unpacked(data: bytes, packing: str) -> bytes:
    """At most MAX_BODY + 1 bytes come out, whatever the packed body claims."""
    if packing in ("", "identity"):
        return data
    if packing == "zstd":
        unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj(read_across_frames=False)
        return _bounded_zstd(unpacker, data)
    if packing == "gzip":
        gunzip = zlib.decompressobj(wbits=31)
        plain = gunzip.decompress(data, MAX_BODY + 1)
        if len(plain) <= MAX_BODY and not gunzip.eof:
            raise EOFError
        return plain
    raise Refusal("E-108", status=415, detail="content encoding")


def _bounded_zstd(unpacker: zstandard.ZstdDecompressionObj, data: bytes) -> bytes:
    """Feed in small pieces: one piece of 512 bytes cannot unpack to more than some 128 KB blocks of zstd's format."""
    parts, size = [], 0
    for at in range(0, len(data), 512):
        part = unpacker.decompress(data[at : at + 512])
        parts.append(part)
        size += len(part)
        if size > MAX_BODY:
            raise Refusal("E-116")
        if unpacker.eof:
            break
    if not unpacker.eof:
        raise EOFError
    return b"".join(parts)


def pack(plain: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """Pack an answer as the caller can read it; returns the bytes and the headers that describe them."""
    headers = {"X-GM-Digest": b64(hashlib.sha256(plain).digest())}
    if len(plain) < _WORTH:
        return plain, headers
    headers["X-GM-Length"] = str(len(plain))
    if "zstd" in accepted:
        headers["Content-Encoding"] = "zstd"
        return zstandard.ZstdCompressor(level=3).compress(plain), headers
    if "gzip" in accepted:
        headers["Content-Encoding"] = "gzip"
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(plain) + packer.flush(), headers
    return plain, headers
