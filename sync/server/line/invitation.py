"""An invitation as a picture: the address and a one-time code in a QR code, as a PNG to print, show or send."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from sync.contract import joining

DOT: Final = 8
"""Pixels of a module."""


def picture(url: str, code: str) -> bytes:
    """A black and white PNG, with the white border that readers need."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    made.add_data(joining.make(url, code))
    return _png([[bool(dot) for dot in row] for row in made.get_matrix()])


def _png(matrix: list[list[bool]]) -> bytes:
    side = len(matrix) * DOT
    rows = bytearray()
    for row in matrix:
        bits = "".join(("0" if dark else "1") * DOT for dark in row)
        line = int(bits, 2).to_bytes(side // 8, "big")
        rows += (b"\0" + line) * DOT
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
