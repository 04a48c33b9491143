"""Photographs from strangers: looked at by their bytes, decoded, made smaller and written anew, without where and when
the telephone noted them; what is no picture is refused.
"""

from __future__ import annotations

import io
import logging
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS: Final = 60_000_000
LONGEST: Final = 2000
"""Pixels of the longer side that are kept: enough to read a page of paper."""
MOST_BYTES: Final = 900 * 1024
_KINDS: Final = ("JPEG", "PNG", "WEBP")
logging.getLogger("PIL").setLevel(logging.INFO)
"""At its finest level it writes down what a telephone noted in a picture, the place too."""
_QUALITIES: Final = (85, 70, 50, 30)


class NoPicture(ValueError):
    """The bytes are no picture of a known kind, damaged, or far too large."""


def clean(data: bytes) -> bytes:
    """A picture as JPEG of at most MOST_BYTES. A random comment makes each one's hash its own. NoPicture otherwise."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise NoPicture("too large")
            found.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(found)
            picture = _on_white(upright)
    except NoPicture:
        raise
    except Exception as exc:  # a decoder of foreign bytes: whatever it says, it is no picture
        raise NoPicture(type(exc).__name__) from exc
    picture.thumbnail((LONGEST, LONGEST))
    return _written(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    from PIL import Image

    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(ground, layered).convert("RGB")


def _written(picture: Image.Image) -> bytes:
    out = b""
    for quality in _QUALITIES:
        held = io.BytesIO()
        picture.save(held, "JPEG", quality=quality, comment=os.urandom(8).hex().encode())
        out = held.getvalue()
        if len(out) <= MOST_BYTES:
            return out
    picture.thumbnail((LONGEST // 2, LONGEST // 2))
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=50, comment=os.urandom(8).hex().encode())
    return held.getvalue()
