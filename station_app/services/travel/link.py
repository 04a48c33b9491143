"""The bridge between the travelling engine and this station's store: the engine's port, fulfilled by store.travel."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from station_app.services.local import disk
from station_app.services.local.release import fallen, program_version
from station_app.store import files, intake, offering, sealing, travel
from station_app.store.core import Store
from sync.client.ledger import (
    DeviceEntry,
    Grant,
    Greeting,
    History,
    Mark,
    OutBlob,
    Outgoing,
    OutRun,
    Page,
    Position,
    Problem,
    Relay,
    ServerLink,
    Unfinished,
)
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.station import Station

_DIRECTORY_OVERLAP_MS: Final = 5 * 60 * 1000
"""The directory is asked for from a little before the last answer on: changes on its way are not missed."""
_UNSURE: Final = "link.files"
"""Setting: "1" from a restore of the server until it was asked which files it still has."""
_OFFER: Final = "link.offer"
"""Setting: from a restore of the server until it has back what is here of others, where the streams stood at the last
offer (JSON)."""
COUNTERS_A_ROUND: Final = 16
"""Each round begins so much higher: clones of one PC that take turns do not stand in each other's way."""
_READ_AT_ONCE: Final = 50
"""Cases opened in one transaction of some 10 ms."""


def server_link(station: Station) -> ServerLink:
    """The server as pinned at enrolment; E-107 where this station is not enrolled."""
    store = station.store
    if not (store.setting("net.server") and store.setting("link.key")):
        raise KnownError("E-107")
    return ServerLink(
        url=store.setting("net.server"),
        ca_key=bytes.fromhex(store.setting("link.ca_key")),
        device=store.setting("link.device"),
        sign_key=bytes.fromhex(store.setting("link.key")),
        epoch=int(store.setting("link.epoch", "1")),
        stream=store.setting("link.stream"),
    )


@dataclass(slots=True)
class _Memory:
    """What a process remembers of its line from one round to the next; nothing of it must last."""

    counter: int = 0
    counter_end: int = 0
    greeting: Greeting | None = None
    piece: tuple[str, bytes] = ("", b"")
    unfinished: Unfinished | None = None
    began: int = 0
    """When this process first looked at the line (ms): nothing that this PC wrote later can have been forgotten."""


_MEMORIES: Final[WeakKeyDictionary[Store, _Memory]] = WeakKeyDictionary()


class StationLedger:
    """`sync.client.ledger.Ledger` over an open station."""

    def __init__(self, station: Station) -> None:
        """Hold the station; keys are read once."""
        self._station, self._store = station, station.store
        self._sign_key = station.store.secret("sign_key")
        self._memory = _MEMORIES.setdefault(station.store, _Memory())
        self._memory.counter += COUNTERS_A_ROUND
        self._memory.began = self._memory.began or station.clock.now_ms()
        self.contact: dict[str, str] = {}
        """Settings of the last contact; kept with the outcome of the round."""
        self._offered: dict[tuple[str, str], files.Named] = {}
        self._asked: dict[tuple[str, str], files.Named] = {}

    @property
    def began(self) -> int:
        """When this process first looked at the line (ms)."""
        return self._memory.began

    @property
    def device(self) -> str:
        """This device's id."""
        return self._store.device

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature by the device's key."""
        return sealing.sign(self._sign_key, message)

    def server(self) -> ServerLink:
        """The server as enrolled; E-107 where it is not."""
        return server_link(self._station)

    def next_counter(self) -> int:
        """A request counter never given before; what one round took and did not use, the next one uses."""
        memory = self._memory
        if memory.counter >= memory.counter_end:
            memory.counter, memory.counter_end = travel.counters(self._store)
        memory.counter += 1
        return memory.counter - 1

    def raise_counter(self, least: int) -> None:
        """The next counter is above `least`."""
        self._memory.counter, self._memory.counter_end = travel.counters(self._store, least)

    def greeting(self) -> Greeting | None:
        """The last hello in full of this process."""
        return self._memory.greeting

    def keep_greeting(self, greeting: Greeting) -> None:
        """Remember a hello."""
        self._memory.greeting = greeting

    def report(self) -> dict[str, Json]:
        """As the port says."""
        waiting = travel.waiting_ops(self._store)
        said: dict[str, Json] = {"v": program_version(), "free": disk.free_steps(self._station), "waiting": waiting}
        fell = fallen()
        return {**said, "fell": fell} if fell else said

    def position(self) -> Position:
        """Where the present chain stands."""
        return Position(*travel.position(self._store))

    def head_at(self, inst: str, seq: int) -> bytes | None:
        """Head of an own incarnation after op `seq`."""
        return travel.head_at(self._store, inst, seq)

    def acked(self) -> dict[str, Mark]:
        """What the server has confirmed."""
        return {inst: Mark(*place) for inst, place in travel.confirmed(self._store).items()}

    def set_acked(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        """Replace what is confirmed of these incarnations."""
        travel.confirm(self._store, {inst: (m.seq, m.head) for inst, m in marks.items()}, at_ms)

    def adopt(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        """Note as confirmed what came back whole to a restored PC."""
        travel.adopt(self._store, {inst: (m.seq, m.head) for inst, m in marks.items()}, at_ms)

    def unsent(self, limit: int, beyond: Mapping[str, Mark]) -> Outgoing | None:
        """Own ops beyond these marks."""
        chunks = travel.unsent(self._store, limit, {inst: (m.seq, m.head) for inst, m in beyond.items()})
        if not chunks:
            return None
        runs = [OutRun(c.inst, c.first, c.before, c.ops) for c in chunks]
        return Outgoing(runs, {c.inst: c.opened for c in chunks if c.opened is not None})

    def cursors(self) -> dict[str, int]:
        """Cursor by stream."""
        return travel.cursors(self._store)

    def spells(self) -> dict[str, str]:
        """The server's spell in which each cursor was read."""
        return travel.spells(self._store)

    def own_insts(self) -> list[str]:
        """Own incarnations with ops the server's number of which is not known."""
        return travel.unnumbered(self._store)

    def set_epoch(self, epoch: int) -> None:
        """The server counts anew."""
        travel.reset_cursors(self._store)
        self._store.set_settings({"link.epoch": str(epoch), _UNSURE: "1", _OFFER: "{}"})

    def offer_due(self, streams: Mapping[str, int]) -> bool:
        """Whether a restored server may lack what is here of others."""
        last = self._store.setting(_OFFER)
        return bool(last) and json.loads(last) != dict(streams)

    def offered(self, streams: Mapping[str, int] | None) -> None:
        """Where the streams stood when it was offered in vain; None: nothing is lacking."""
        self._store.set_settings({_OFFER: "" if streams is None else json.dumps(dict(streams))})

    def held(self) -> dict[str, int]:
        """Last number here of each incarnation of others."""
        return offering.held(self._store)

    def relays(self, wanted: Mapping[str, int]) -> Iterator[Relay]:
        """What is here of them, page by page."""
        return (Relay(h.certificate, h.ops, h.opens) for h in offering.relays(self._store, wanted))

    def free_own(self, wanted: Mapping[str, int]) -> dict[str, int]:
        """How far own ops may go before them."""
        return offering.free_own(self._store, wanted)

    def reset_cursor(self, stream: str) -> None:
        """Read one stream again."""
        travel.reset_cursors(self._store, stream)

    def apply(self, page: Page) -> int:
        """Take a verified page."""
        delivery = intake.Delivery(
            stream=page.stream,
            case=page.case,
            cursor=page.cursor,
            ops=page.ops,
            certificate=page.certificate,
            numbers=[(s.inst, s.first, s.rev, s.count) for s in page.own],
            last=not page.more,
            granted=page.granted,
            opens=page.opens,
            spell=page.spell,
        )
        return intake.take(self._store, delivery, self._station.clock.now_ms())

    def unfinished(self) -> Unfinished | None:
        """The request that broke off last in this process."""
        return self._memory.unfinished

    def keep_unfinished(self, request: Unfinished | None) -> None:
        """Remember it, or forget it."""
        self._memory.unfinished = request

    def piece(self, segment: str) -> bytes:
        """What this process kept of a segment that was cut."""
        name, data = self._memory.piece
        return data if name == segment else b""

    def keep_piece(self, segment: str, data: bytes) -> None:
        """Remember what came of a segment."""
        self._memory.piece = (segment, data)

    def histories(self, grants: Sequence[Grant]) -> list[History]:
        """Note what is granted, and what of it is still to be fetched."""
        wanted = travel.histories(self._store, [(g.case, g.stream) for g in grants])
        return [History(case, stream, cursor) for case, stream, cursor in wanted]

    def set_directory(self, entries: Sequence[DeviceEntry]) -> None:
        """Add or renew devices."""
        rows = [(e.device, e.station, e.sign_key, e.seal_key, e.until, e.revoked) for e in entries]
        travel.set_directory(self._store, rows, int(self.contact.get("contact.server", "0")))

    def directory_since(self) -> int:
        """Server time from which on changes are wanted."""
        return max(0, int(self._store.setting("link.directory", "0")) - _DIRECTORY_OVERLAP_MS)

    def note_contact(self, at_ms: int, server_ms: int) -> None:
        """The server answered."""
        self.contact = {"contact.at": str(at_ms), "contact.server": str(server_ms)}

    def problems(self, problems: Sequence[Problem]) -> None:
        """List what the server could not apply."""
        travel.note_refused(self._store, [(p.op, p.code) for p in problems], self._station.clock.now_ms())

    def pending_blobs(self) -> list[OutBlob]:
        """Files the server does not have yet, sealed under the key of the op that names them."""
        found = files.waiting(self._store, self._now())
        self._offered = {(f.case, f.id): f for f in found}
        return [OutBlob(f.case, f.id, partial(files.sealed, self._store, f)) for f in found]

    def blob_sent(self, blob: OutBlob) -> None:
        """The server confirmed a file."""
        file = self._offered.get((blob.case, blob.id))
        if file is not None:
            files.sent(self._store, file)

    def unsure_blobs(self) -> list[tuple[str, str]]:
        """Files here that a server had which was restored since."""
        unsure = files.sent_before(self._store) if self._store.setting(_UNSURE) else []
        return [(f.case, f.id) for f in unsure]

    def blobs_lost(self, lacking: Sequence[tuple[str, str]]) -> None:
        """These wait again."""
        gone = set(lacking)
        files.wait_again(self._store, [f for f in files.sent_before(self._store) if (f.case, f.id) in gone])
        self._store.set_settings({_UNSURE: ""})

    def blob_refused(self, blob: OutBlob) -> None:
        """The server does not take this file now."""
        file = self._offered.get((blob.case, blob.id))
        if file is not None:
            files.missed(self._store, file, self._now())

    def wanted_blobs(self) -> list[tuple[str, str]]:
        """Files named by papers here whose bytes are lacking, unless the server lacked them a short while ago."""
        while intake.read_later(self._store, _READ_AT_ONCE, papers=True):
            pass
        room = disk.has_room(self._station)  # files of others wait where the disk is nearly full; ops never do
        found = files.lacking(self._store, self._now()) if room else []
        self._asked = {(f.case, f.id): f for f in found}
        return [(f.case, f.id) for f in found]

    def blob_missed(self, case: str, blob: str) -> None:
        """The server does not have this file yet."""
        file = self._asked.get((case, blob))
        if file is not None:
            files.missed(self._store, file, self._now())

    def store_blob(self, case: str, blob: str, data: bytes) -> bool:
        """Open a file and keep it where it is the one named."""
        file = self._asked.get((case, blob))
        if file is not None and files.keep(self._store, file, data):
            return True
        self.blob_missed(case, blob)
        return False

    def _now(self) -> int:
        return self._station.clock.now_ms()
