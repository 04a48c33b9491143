"""What the running server knows of its segments: how large they are made, and how far each reader's were looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

QUIET_MS: Final = 5000
"""So long after the last push nothing is packed: a push comes first."""


@dataclass(slots=True)
class Shelf:
    """`ops`, `size`: a segment is made as soon as so many ops, or bytes of headers and bodies, lie beyond the last one.

    `looked`: by (stream, station number) from and up to which number of the stream was counted, and what was found:
    ops, bytes.
    """

    ops: int = 5000
    size: int = 1536 * 1024
    looked: dict[tuple[str, int], tuple[int, int, int, int]] = field(default_factory=dict)
    pushed_ms: int = 0
