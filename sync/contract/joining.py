"""What the code on an invitation says: the platform's address and a one-time code, as one line of text."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from sync.contract.op import BadOp

SCHEME: Final = "gm-join"
_MOST: Final = 400


def make(url: str, code: str) -> str:
    """`gm-join:1?u=<address>&c=<code>`; BadOp where the address is none or the code empty."""
    if not url.startswith(("http://", "https://")) or not code:
        raise BadOp("invitation")
    return f"{SCHEME}:1?u={quote(url.rstrip('/'), safe='')}&c={quote(code, safe='')}"


def read(text: str) -> tuple[str, str]:
    """(address, code) of an invitation; BadOp for any other text."""
    parts = urlsplit(text.strip()[:_MOST])
    said = parse_qs(parts.query)
    url, code = said.get("u", [""])[0], said.get("c", [""])[0]
    if parts.scheme != SCHEME or parts.path != "1" or not code or not url.startswith(("http://", "https://")):
        raise BadOp("invitation")
    return url, code
