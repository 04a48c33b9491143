"""The code of a page as vectors: black squares, joined along each row, no picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

#: The picture is black where its byte is 0; a module is then 1.
_INK: Final = bytes([1]) + bytes(255)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Modules of a QR symbol: rows of 0 and 1, without the quiet zone."""

    rows: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def version(self) -> int:
        """ISO/IEC 18004: a symbol of version v has 17 + 4v modules a side."""
        return (self.size - 17) // 4


#: Modules of white around a symbol (ISO/IEC 18004, 5.3.8).
QUIET = 4


def matrix(text: str) -> Matrix:
    """The symbol of a text at error correction level M."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    flat = memoryview(image).tobytes().translate(_INK)
    side = math.isqrt(len(flat))
    return Matrix(tuple(flat[y * side : (y + 1) * side] for y in range(side)))


def operators(symbol: Matrix, *, x: float, y: float, side: float) -> list[str]:
    """Fill the symbol with its lower left corner at (x, y); `side` in points, without the quiet zone."""
    module = side / symbol.size
    parts = ["0 g"]
    for row, modules in enumerate(symbol.rows):
        low = y + side - (row + 1) * module
        column = 0
        while column < symbol.size:
            if not modules[column]:
                column += 1
                continue
            end = modules.find(0, column)
            end = symbol.size if end < 0 else end
            parts.append(f"{x + column * module:.3f} {low:.3f} {(end - column) * module:.3f} {module:.3f} re")
            column = end
    parts.append("f")
    return ["\n".join(parts)]
