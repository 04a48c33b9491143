"""Issuing sample papers as the station does: bundled fonts, a fixed device key, a fixed moment."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station_app.documents.catalog import Catalog, load_catalog
from station_app.documents.fonts import FontChain, bundled_chain
from station_app.documents.issue import Proof, Rendered, render
from tests.documents import samples

URL = "https://gm.example.cn"
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
