"""Segments: immutable packed pieces of a stream for a PC that is far behind; how they are named and listed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sync.contract.canonical import Json
from sync.contract.op import BadOp

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of a segment as stored; a longer one is none."""
MOST_LISTED: Final = 64
"""Segments named in one answer."""
_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment as it is listed: `id` is the SHA-256 (hex) of its bytes, `size` of them.

    It is a page (head and frames, packed by zstd) of the numbers beyond `low` up to `high` with `ops` ops.
    """

    id: str
    low: int
    high: int
    ops: int
    size: int

    def to_json(self) -> Json:
        """`[id, low, high, ops, size]`."""
        return [self.id, self.low, self.high, self.ops, self.size]

    def is_of(self, data: bytes) -> bool:
        """Whether these are its bytes."""
        return len(data) == self.size and name_of(data) == self.id


def name_of(data: bytes) -> str:
    """What a segment of these bytes is called."""
    return hashlib.sha256(data).hexdigest()


def segments_from_json(raw: Json, cursor: int) -> list[Segment]:
    """Read a list of segments; BadOp unless the first one reaches beyond `cursor`, and each begins where the one before
    ends.
    """
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_LISTED:
        raise BadOp("segments")
    found = [_segment(item) for item in raw]
    if not found[0].low <= cursor < found[0].high or not _joined(found):
        raise BadOp("segments do not follow")
    return found


def _joined(found: Sequence[Segment]) -> bool:
    return all(after.low == before.high for before, after in pairwise(found))


def _segment(item: Json) -> Segment:
    if not isinstance(item, list) or len(item) != 5 or not is_name(item[0]):
        raise BadOp("segment")
    low, high, ops, size = item[1:]
    if type(low) is not int or type(high) is not int or type(ops) is not int or type(size) is not int:
        raise BadOp("segment")
    if not 0 <= low < high or ops < 1 or not 1 <= size <= MOST_BYTES:
        raise BadOp("segment")
    return Segment(str(item[0]), low, high, ops, size)


def is_name(value: object) -> bool:
    """Whether this can name a segment."""
    return isinstance(value, str) and len(value) == _NAME and not set(value) - set("0123456789abcdef")
