"""The port between the engine and whatever keeps the ops: what the engine asks for, and what it hands over.

The engine knows no store. A ledger answers truthfully about its own chain, and takes each page in one piece or in
slices that move the cursor with them; everything it is handed has been verified before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sync.contract.canonical import Json
from sync.contract.chain import Certificate
from sync.contract.op import Change, Header


@dataclass(frozen=True, slots=True)
class ServerLink:
    """The district's server as pinned at enrolment. `stream`: the station's own community."""

    url: str
    ca_key: bytes
    device: str
    sign_key: bytes
    epoch: int
    stream: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in one chain: sequence number and the head after it (32 bytes)."""

    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """Where the device's present chain stands; `inst` is "" before its first op."""

    inst: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class OutRun:
    """Ops of one incarnation in order: (header bytes, body bytes as stored); `before` is the head before `first`."""

    inst: str
    first: int
    before: bytes
    ops: Sequence[tuple[bytes, bytes | None]]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be sent next; `opens` gives, for each incarnation that begins here, the head before it."""

    runs: Sequence[OutRun]
    opens: Mapping[str, bytes]

    @property
    def count(self) -> int:
        """How many ops."""
        return sum(len(run.ops) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One op of a page. `rev`: the server's number, None where it came from a colleague and has none yet.

    `changes` is None where the body is sealed or missing; `problem` says what is wrong with its shape, "" when nothing
    is: such an op is kept apart and listed, not folded.
    """

    header: Header
    header_bytes: bytes
    body: bytes | None
    rev: int | None
    changes: tuple[Change, ...] | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OwnSpan:
    """Own ops the page passed over: `count` of them from `first` on bear the numbers from `rev` on."""

    inst: str
    first: int
    rev: int
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A verified page: of a stream, or of one case's history when `case` is set. In server order.

    `granted`: the cases of others whose ops a page of a stream holds; of other ones it has passed over what there was.
    `opens`: (device, head before) of incarnations that begin on the page, as the certified chain proves.
    `spell`: of the server, in which its numbers were read; "" where it does not say.
    """

    stream: str
    case: str
    cursor: int
    more: bool
    ops: Sequence[Incoming]
    certificate: Certificate
    own: Sequence[OwnSpan] = ()
    granted: Sequence[str] = ()
    opens: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    spell: str = ""


@dataclass(frozen=True, slots=True)
class Relay:
    """Ops of others that a page of this server once brought, with that page's certificate whole; `opens` as there."""

    certificate: Certificate
    ops: Mapping[str, tuple[bytes, bytes | None]]
    opens: Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Grant:
    """A case another station granted to this one."""

    case: str
    stream: str


@dataclass(frozen=True, slots=True)
class History:
    """A granted case whose older ops are still to be fetched from `cursor` on."""

    case: str
    stream: str
    cursor: int


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device of the directory: whom keys can be wrapped to. `until` in ms."""

    device: str
    station: str
    sign_key: bytes
    seal_key: bytes
    until: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class OutBlob:
    """A sealed file of a case waiting to be sent; `id` says nothing about its content."""

    case: str
    id: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Problem:
    """An op that was stored at the server but not applied, with the server's code."""

    op: str
    code: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """The last hello in full: what was asked, what was said, the tag of both."""

    asked: dict[str, Json]
    said: dict[str, Json]
    tag: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A signed request that broke off: its body plain and as sent, its headers and counter.

    `came`, `came_headers`: of its answer; `at`: when, in seconds of the monotonic clock.
    """

    path: str
    plain: bytes
    body: bytes
    headers: Mapping[str, str]
    counter: int
    came: bytes
    came_headers: Mapping[str, str]
    at: float


class Receiving(Protocol):
    """What taking in an answer needs of a store; a rehearsal of it (`looking`) fulfils this and writes nothing."""

    @property
    def device(self) -> str:
        """This device's id."""

    def server(self) -> ServerLink:
        """The server as enrolled; E-107 where this station is not."""

    def head_at(self, inst: str, seq: int) -> bytes | None:
        """Head of an own incarnation after op `seq` (0: before its first); None where it does not reach so far."""

    def acked(self) -> dict[str, Mark]:
        """What the server has confirmed, by own incarnation."""

    def set_acked(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        """Replace what is confirmed of these incarnations; the marks were compared with the own chain before."""

    def cursors(self) -> dict[str, int]:
        """Cursor by stream."""

    def spells(self) -> dict[str, str]:
        """The server's spell in which each cursor was read, by stream, where it is known."""

    def set_epoch(self, epoch: int) -> None:
        """The server counts anew (it was restored, or its disk went back): all cursors go back to 0."""

    def reset_cursor(self, stream: str) -> None:
        """One stream is read again from its beginning."""

    def apply(self, page: Page) -> int:
        """Take a verified page; the cursor moves with it. Returns how many ops were new."""

    def problems(self, problems: Sequence[Problem]) -> None:
        """List what the server could not apply."""

    def pending_blobs(self) -> list[OutBlob]:
        """Files the server does not have yet."""

    def blob_sent(self, blob: OutBlob) -> None:
        """The server confirmed a file."""


class Ledger(Receiving, Protocol):
    """What the engine needs of a store. Every method that changes something is durable when it returns."""

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature by the device's key (64 bytes)."""

    def next_counter(self) -> int:
        """A number above every one given before, also after a crash."""

    def raise_counter(self, least: int) -> None:
        """The server has seen this counter already (a restored PC): the next one is above it."""

    def greeting(self) -> Greeting | None:
        """The last hello in full, as long as this process remembers it."""

    def keep_greeting(self, greeting: Greeting) -> None:
        """Remember a hello; it need not be durable."""

    def report(self) -> dict[str, Json]:
        """What IT is told of this PC in a hello: `v` version, `free` disk in GB (in steps), `waiting` ops."""

    def position(self) -> Position:
        """Where the present chain stands."""

    def unsent(self, limit: int, beyond: Mapping[str, Mark]) -> Outgoing | None:
        """Up to about `limit` bytes (at least one op) beyond these marks, in chain order; None when there is none."""

    def own_insts(self) -> list[str]:
        """Own incarnations with ops whose server number is not known yet; their ops need not come again."""

    def adopt(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        """Note as confirmed what the server has of this device and could not give back (restored PC, clone)."""

    def offer_due(self, streams: Mapping[str, int]) -> bool:
        """Whether a restored server may lack ops of others that are here: not offered yet, or in vain, and the streams
        have grown since.
        """

    def offered(self, streams: Mapping[str, int] | None) -> None:
        """The offer was made where the streams stood so; None: nothing is lacking any more."""

    def held(self) -> dict[str, int]:
        """Last number here of each incarnation of others."""

    def relays(self, wanted: Mapping[str, int]) -> Iterable[Relay]:
        """What is here of these incarnations from these numbers on, in the order in which it came; not what the server
        once numbered after an own op about the same case that it lacks now.
        """

    def free_own(self, wanted: Mapping[str, int]) -> dict[str, int]:
        """How far the own chains may be sent while the server lacks these of others: up to the first op that it once
        numbered after one of them about the same case, or never numbered and that is about such a case.
        """

    def unfinished(self) -> Unfinished | None:
        """The request that broke off last, as long as this process remembers it."""

    def keep_unfinished(self, request: Unfinished | None) -> None:
        """Remember a request that broke off, in place of any other; None: there is none any more. Not durable."""

    def piece(self, segment: str) -> bytes:
        """What came of a segment that was cut, as long as this process remembers it; b"" where nothing is."""

    def keep_piece(self, segment: str, data: bytes) -> None:
        """Remember what came of one segment, in place of any other; it need not be durable."""

    def histories(self, grants: Sequence[Grant]) -> list[History]:
        """Note what is granted now, and return what of it is still to be fetched."""

    def set_directory(self, entries: Sequence[DeviceEntry]) -> None:
        """Add or renew devices of the directory."""

    def directory_since(self) -> int:
        """Server time (ms) from which on changes of the directory are wanted."""

    def note_contact(self, at_ms: int, server_ms: int) -> None:
        """The server answered: local and server time of it."""

    def blob_refused(self, blob: OutBlob) -> None:
        """The server does not take this file: its case is not granted any more. It stays here, to be tried later."""

    def unsure_blobs(self) -> list[tuple[str, str]]:
        """(case, id) of files here that a server had which was restored since; [] where nothing is unsure."""

    def blobs_lost(self, lacking: Sequence[tuple[str, str]]) -> None:
        """Of the unsure files the server lacks these, which wait again; the others are sure."""

    def wanted_blobs(self) -> list[tuple[str, str]]:
        """(case, id) of files named by ops here whose bytes are lacking."""

    def blob_missed(self, case: str, blob: str) -> None:
        """The server does not have this file (yet)."""

    def store_blob(self, case: str, blob: str, data: bytes) -> bool:
        """Take a file's sealed bytes; False where they do not open or are not the ones named."""
