"""Issuing sample papers as the station does: bundled fonts, a fixed device key, a fixed moment."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station_app.documents.catalog import Catalog, load_catalog
from station_app.documents.fonts import FontChain, bundled_chain
from station_app.documents.issue import Proof, Rendered, render
from station_app.documents.preview import extract_text
from tests.documents import samples

URL = "https://gm.example.cn"
GOLDENS = Path(__file__).parent / "goldens"
PAPER_ID = "0123456789abcdef.31.2"
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


@lru_cache(maxsize=1)
def chain() -> FontChain:
    return bundled_chain()


def proof(**changes: Any) -> Proof:
    given: dict[str, Any] = {
        "url": URL,
        "paper_id": PAPER_ID,
        "version": 1,
        "facts_hash": bytes(range(100, 132)),
        "number": samples.NUMBER,
        "sign": _KEY.sign,
        "device": "d-00000000000000ab",
    }
    return Proof(**{**given, **changes})


def verify(signature: bytes, signed: bytes) -> None:
    """Raises InvalidSignature if the device did not sign this."""
    _KEY.public_key().verify(signature, signed)


def issue(template_id: str, values: samples.Values, **options: Any) -> Rendered:
    given: dict[str, Any] = {"fonts": chain(), "proof": proof(), "created_ms": samples.CREATED_MS}
    return render(catalog().get(template_id), values, **{**given, **options})


def check_frozen(paper: str, story: str, rendered: Rendered, pages: int) -> None:
    """Blocks, extracted text and page count are those kept in `goldens`. Set UPDATE_GOLDENS=1 to write them anew, then
    read the difference before keeping it.
    """
    assert rendered.pages == pages
    extracted = extract_text(rendered.pdf)
    assert len(extracted) == pages
    shown = "\n".join(rendered.text)
    for number, text in enumerate(extracted, 1):
        shown += f"\n==== 第 {number} 页\n{text}"
    frozen = GOLDENS / f"{paper}-{story}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        frozen.write_text(shown.rstrip("\n") + "\n", encoding="utf-8")
    assert shown.rstrip("\n") + "\n" == frozen.read_text(encoding="utf-8")
