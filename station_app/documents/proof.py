"""The code on a page: what an issued paper is proved with, page by page; layout and signed bytes are the contract's.

The code is the address of the district's page for it, so a telephone can open it; the station reads the same text
without a network (`sync.contract.proof`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.contract.errors import BugError, KnownError
from sync.contract.proof import FACTS_BYTES, BadProof, PaperProof, decode

NO_DEVICE: Final = "d-" + "0" * 16
PATH: Final = "/v/"
"""Between the district's address and the payload of a code."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the pages of one issued paper are proved with.

    `url`: address of the district (https://host, no slash at the end); `paper_id`: record id of the paper;
    `facts_hash`: SHA-256 of the facts, at least 16 bytes; `sign`: the device's Ed25519 signature, 64 bytes; `device`:
    its id.
    """

    url: str
    paper_id: str
    version: int
    facts_hash: bytes
    number: str | None
    sign: Callable[[bytes], bytes]
    device: str = NO_DEVICE


@dataclass(frozen=True, slots=True)
class PageMark:
    """The content of one page's code as read or made: the contract's fields and the address before them."""

    url: str
    proof: PaperProof

    @property
    def paper_id(self) -> str:
        """Record id of the paper."""
        return self.proof.paper

    @property
    def version(self) -> int:
        """Version of the paper, from 1."""
        return self.proof.version

    @property
    def page(self) -> int:
        """The page, from 1."""
        return self.proof.page

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return self.proof.pages

    @property
    def facts(self) -> bytes:
        """First 16 bytes of the facts' hash."""
        return self.proof.facts16

    @property
    def signature(self) -> bytes:
        """The device's signature, 64 bytes."""
        return self.proof.signature

    @property
    def signed_bytes(self) -> bytes:
        """What the device's signature covers. The address is not in it: a district may move."""
        return self.proof.signed_bytes()


def mark_page(proof: Proof, *, page: int, pages: int) -> PageMark:
    """The signed mark of one page."""
    if len(proof.facts_hash) < FACTS_BYTES:
        raise BugError("a facts hash has at least 16 bytes")
    facts = proof.facts_hash[:FACTS_BYTES]
    try:
        bare = PaperProof(proof.paper_id, proof.version, page, pages, facts, proof.device)
        return PageMark(proof.url, bare.signed(proof.sign(bare.signed_bytes())))
    except BadProof as error:
        raise BugError(f"proof of a page: {error}") from error


def encode_payload(mark: PageMark) -> str:
    """The text of the code: https://host/v/<base64url>."""
    return mark.proof.encode(mark.url)


def decode_payload(text: str) -> PageMark:
    """Read a code's text back. Raises KnownError E-312 for anything that is not one of ours."""
    url, slash, _ = text.strip().rpartition(PATH)
    try:
        if not slash:
            raise BadProof("no address")
        return PageMark(url, decode(text))
    except BadProof as error:
        raise KnownError("E-312", text=text[:80]) from error
