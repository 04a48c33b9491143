"""What a bundle would do, before anything of it is taken: the same reading as `bundling.take`, over a rehearsal.

A rehearsal answers as the ledger does, remembers what it was told, and writes nothing: what a person is shown before
the import cannot differ from what the import does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.client import bundling
from sync.client.ledger import Mark, OutBlob, Page, Problem, Receiving, ServerLink
from sync.contract.errors import KnownError


class Rehearsal:
    """`Receiving` over another one. `pages`: what would be taken in, in order; `restored`: the district counts anew."""

    def __init__(self, ledger: Receiving) -> None:
        """Hold what stands now."""
        self._ledger = ledger
        self._cursors, self._acked, self._spells = ledger.cursors(), ledger.acked(), ledger.spells()
        self.pages: list[Page] = []
        self.found: list[Problem] = []
        self.restored = False

    @property
    def device(self) -> str:
        """This device's id."""
        return self._ledger.device

    def server(self) -> ServerLink:
        """The server as enrolled."""
        return self._ledger.server()

    def head_at(self, inst: str, seq: int) -> bytes | None:
        """Head of an own incarnation."""
        return self._ledger.head_at(inst, seq)

    def acked(self) -> dict[str, Mark]:
        """What would be confirmed by now."""
        return dict(self._acked)

    def set_acked(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        """Remember what would be confirmed."""
        self._acked |= marks

    def cursors(self) -> dict[str, int]:
        """Where the cursors would stand by now."""
        return dict(self._cursors)

    def spells(self) -> dict[str, str]:
        """In which spells they would have been read."""
        return dict(self._spells)

    def set_epoch(self, epoch: int) -> None:
        """All cursors would go back."""
        self.restored = True
        self._cursors, self._spells = dict.fromkeys(self._cursors, 0), {}

    def reset_cursor(self, stream: str) -> None:
        """One stream would be read again."""
        self._cursors[stream] = 0

    def apply(self, page: Page) -> int:
        """Remember the page; how many of its ops are new is judged by who asked."""
        self.pages.append(page)
        if not page.case:
            self._cursors[page.stream], self._spells[page.stream] = page.cursor, page.spell
        return len(page.ops)

    def problems(self, problems: Sequence[Problem]) -> None:
        """Remember what would be listed."""
        self.found += problems

    def pending_blobs(self) -> list[OutBlob]:
        """Files that wait."""
        return self._ledger.pending_blobs()

    def blob_sent(self, blob: OutBlob) -> None:
        """Nothing: it is counted by the reading."""

    def confirmed(self) -> int:
        """How many own ops would count as uploaded that do not yet."""
        before = self._ledger.acked()
        grown = (mark.seq - before.get(inst, Mark(0, b"")).seq for inst, mark in self._acked.items())
        return sum(max(0, more) for more in grown)


@dataclass(slots=True)
class Looked:
    """What taking a bundle would do: own ops confirmed, files confirmed, pages, problems; `at` ms it was written."""

    number: int
    at: int
    confirmed: int = 0
    blobs: int = 0
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    restored: bool = False


def look(ledger: Receiving, data: bytes, *, private: bytes, now_ms: int) -> Looked:
    """Rehearse taking the district's answer: opened, every signature and chain verified. Errors as of `bundling.take`,
    and E-106, E-114 of a page.
    """
    rehearsal = Rehearsal(ledger)
    carried = bundling.take(rehearsal, data, private=private, now_ms=now_ms)
    number = bundling.read(data).envelope.number
    return Looked(
        number, carried.at, rehearsal.confirmed(), carried.blobs, rehearsal.pages, rehearsal.found, rehearsal.restored
    )


def envelope(data: bytes) -> tuple[str, str, int, int]:
    """(sender, receiver, number, ms) as the file says, not verified; E-182 where it is no bundle."""
    found = bundling.read(data).envelope
    return found.sender, found.receiver, found.number, found.at


def own(data: bytes, ledger: Receiving, sign_public: bytes) -> bool:
    """Whether this device wrote the bundle: it says so, and its signature proves it. E-183 where only the former."""
    from sync.client.codec import verifies

    sealed = bundling.read(data)
    if sealed.envelope.sender != ledger.device:
        return False
    if not verifies(sign_public, sealed.signature, sealed.message):
        raise KnownError("E-183", sender=sealed.envelope.sender)
    return True
