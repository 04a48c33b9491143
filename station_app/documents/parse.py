"""TOML to templates. Every key, placeholder, predicate and kind is checked; a fault names file, line and block."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from station_app.documents import parse_blocks
from station_app.documents.context_keys import KEYS
from station_app.documents.layout.flow import SHEETS
from station_app.documents.layout.measures import SIZES
from station_app.documents.reading import Reader
from station_app.documents.template import BlockSpec, Template, TemplateError
from station_app.documents.wording import WordingError, find_spec

_BLOCK_HEAD = re.compile(r"^\s*\[\[block\]\]", re.MULTILINE)
COPIES = ("parties", "committee", "court", "receiver", "file")
COMPARTMENTS = ("register", "content", "private", "psych", "complainant", "reference")


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's text, to find the line of a fault."""

    file: str
    text: str
    starts: tuple[int, ...]

    def line(self, block: int, found: str) -> int:
        """Line of `found` inside a block (1…), or of the block's own head; block 0 is the head of the file."""
        start = self.starts[block - 1] if block else 0
        end = self.starts[block] if block < len(self.starts) else len(self.text)
        at = self.text.find(found, start, end) if found else -1
        return self.text.count("\n", 0, at if at >= 0 else start) + 1


def parse_template(text: str, *, file: str) -> Template:
    """Read one template file. Raises TemplateError."""
    source = _Source(file, text, tuple(m.start() for m in _BLOCK_HEAD.finditer(text)))
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise TemplateError(file=file, line=int(line[1]) if line else 1, block=0, reason="不是合规的 TOML") from error
    block = 0
    try:
        blocks = raw.pop("block", [])
        head = _head(raw)
        if not isinstance(blocks, list) or not blocks:
            raise WordingError("没有任何 [[block]]", "")
        specs: list[BlockSpec] = []
        for block, table in enumerate(blocks, 1):
            specs.append(parse_blocks.block(table, line=source.line(block, "")))
    except WordingError as error:
        where = source.line(block, error.found)
        raise TemplateError(file=file, line=where, block=block, reason=error.reason) from error
    return Template(**head, blocks=tuple(specs))


def _head(raw: Mapping[str, Any]) -> dict[str, Any]:
    r = Reader(raw)
    title = r.text("title")
    head = {
        "id": r.text("id"),
        "title": title,
        "short": r.text("short", title),
        "edition": r.text("edition"),
        "valid_from": _day(r.text("valid_from")),
        "basis": tuple(r.texts("basis")),
        "source": r.text("source"),
        "own_words": r.flag("own_words"),
        "series": r.text("series", "") or None,
        "compartment": r.choice("compartment", COMPARTMENTS),
        "copies": tuple(r.choices("copies", COPIES)),
        "needs": _needs(r.texts("needs", [])),
        "body": SIZES[r.choice("body", ("三号", "四号", "小四", "五号"), "三号")],
        "order": r.integer("order", 0),
        "required": r.flag("required", False),
        "code": r.flag("code", True),
        "court": r.flag("court", False),
        "page": r.choice("page", tuple(SHEETS), "A4"),
    }
    r.done()
    return head


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WordingError(f"“{text}”不是日期", text) from error


def _needs(paths: Iterable[str]) -> dict[str, str]:
    return {path: find_spec(path, KEYS).label for path in paths}
