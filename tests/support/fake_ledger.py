"""A ledger in memory: a device with a chain of its own, what it was handed, and what it was told."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.client.enrol import DeviceKeys, Enrolment
from sync.client.ledger import (
    DeviceEntry,
    Grant,
    Greeting,
    History,
    Incoming,
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
from sync.contract.chain import NO_HEAD, device_id, next_head, opening_head
from sync.contract.errors import KnownError
from sync.contract.fold import FoldOp, State, fold
from sync.contract.op import Change, Header, hash_body, make_body, op_id, parse_body, rec_id

Bytes = tuple[bytes, bytes | None]


@dataclass
class Pc:
    """One PC and what lies on it; `make` writes ops."""

    stream: str = "dongkeng"
    link: ServerLink | None = None
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    seal: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    chains: dict[str, list[Bytes]] = field(default_factory=dict)
    opened: dict[str, bytes] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    others: dict[str, Incoming] = field(default_factory=dict)
    revs: dict[str, int] = field(default_factory=dict)
    cursor: dict[str, int] = field(default_factory=dict)
    fetched: dict[str, tuple[int, bool]] = field(default_factory=dict)
    directory: dict[str, DeviceEntry] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)
    blobs: dict[tuple[str, str], bytes] = field(default_factory=dict)
    sent_blobs: set[tuple[str, str]] = field(default_factory=set)
    wanted: list[tuple[str, str]] = field(default_factory=list)
    contact: tuple[int, int] = (0, 0)
    counter: int = 0
    inst: str = ""
    fail_apply: bool = False
    said: Greeting | None = None
    pieces: dict[str, bytes] = field(default_factory=dict)
    broken_off: Unfinished | None = None

    # -- making ops -----------------------------------------------------------------------------------------------

    def restart(self) -> None:
        """A new program start: the next op opens a new incarnation."""
        self.inst = ""

    def _open(self) -> str:
        if not self.inst:
            before = self.position().head if self.chains else NO_HEAD
            self.inst = os.urandom(8).hex()
            self.chains[self.inst] = []
            self.opened[self.inst] = before
        return self.inst

    def make(
        self, changes: Sequence[Change], *, case: str = "", verb: str = "edit", compartment: str = "register",
        stream: str = "", actor: str = "", body: bytes | None = None,
    ) -> str:  # fmt: skip
        """Write one op; returns its id."""
        inst = self._open()
        seq = len(self.chains[inst]) + 1
        made = body if body is not None else make_body(list(changes), os.urandom(16))
        header = Header(
            inst=inst,
            seq=seq,
            group=(seq, 1),
            stream=stream or self.stream,
            case=case,
            compartment=compartment,
            verb=verb,
            actor=actor,
            wall=1,
            body_hash=hash_body(made),
            body_form="clear" if compartment in ("register", "reference") else "sealed",
        )
        self.chains[inst].append((header.to_bytes(), made))
        return header.id

    def new_case(self, title: str, station: str = "S1") -> str:
        """Register a case; returns its id."""
        inst = self._open()
        case = rec_id(inst, len(self.chains[inst]) + 1, 0)
        values = {"title": title, "station": station, "community": self.stream, "state": "registered"}
        self.make([Change(case, "case", dict(values))], case=case, verb="register")
        return case

    def set_title(self, case: str, title: str, base: Sequence[str]) -> str:
        """Change a case's title, having seen these ops."""
        return self.make([Change(case, "case", {"title": title}, {"title": list(base)})], case=case)

    def grant(self, case: str, station: str) -> str:
        """Open a case to another station; returns the op."""
        inst = self._open()
        rec = rec_id(inst, len(self.chains[inst]) + 1, 0)
        return self.make([Change(rec, "grant", {"station": station, "reason": "协办"})], case=case, verb="grant")

    def state(self) -> State:
        """The fold of everything here."""
        return fold([*self._own_ops(), *(_folded(i) for i in self.others.values())])

    def _own_ops(self) -> list[FoldOp]:
        from sync.contract.op import parse_header

        found = []
        for ops in self.chains.values():
            for header_bytes, body in ops:
                header = parse_header(header_bytes)
                changes = tuple(parse_body(body)) if body and header.body_form == "clear" else None
                rank = self.revs.get(header.id)
                found.append(
                    FoldOp(header.id, header.case, header.compartment, header.verb, header.actor, 1, changes)
                    if rank is None
                    else FoldOp(header.id, header.case, header.compartment, header.verb, header.actor, 1, changes, rank)
                )
        return found

    @property
    def op_ids(self) -> set[str]:
        """Every op here."""
        own = {op_id(inst, n + 1) for inst, ops in self.chains.items() for n in range(len(ops))}
        return own | self.others.keys()

    def report(self) -> dict[str, Json]:
        return {"v": "test", "free": 50, "waiting": 0}

    def position(self) -> Position:
        inst = self.inst or next(reversed(self.chains), "")
        seq = len(self.chains.get(inst, []))
        return Position(inst, seq, self.head_at(inst, seq) or NO_HEAD)

    def head_at(self, inst: str, seq: int) -> bytes | None:
        if inst not in self.opened or seq > len(self.chains[inst]):
            return None
        head = opening_head(self.device, inst, self.opened[inst])
        for header, _ in self.chains[inst][:seq]:
            head = next_head(head, header)
        return head

    @property
    def device(self) -> str:
        return device_id(self.private.public_key().public_bytes_raw())


class FakeLedger(Pc):
    """A PC as the engine's port sees it."""

    @property
    def keys(self) -> DeviceKeys:
        """For enrolment."""
        public, seal = self.private.public_key().public_bytes_raw(), self.seal.public_key().public_bytes_raw()
        return DeviceKeys(public, seal, self.private.sign)

    def enrolled(self, given: Enrolment) -> None:
        """Take an enrolment over."""
        self.link, self.stream = given.link, given.link.stream

    # -- the port -------------------------------------------------------------------------------------------------

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    def server(self) -> ServerLink:
        if self.link is None:
            raise KnownError("E-107")
        return self.link

    def next_counter(self) -> int:
        self.counter += 1
        return self.counter

    def raise_counter(self, least: int) -> None:
        self.counter = max(self.counter, least)

    def acked(self) -> dict[str, Mark]:
        return dict(self.marks)

    def set_acked(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        for inst, mark in marks.items():
            assert self.head_at(inst, mark.seq) == mark.head, "a mark that is not on the own chain"
        self.marks.update(marks)

    def adopt(self, marks: Mapping[str, Mark], at_ms: int) -> None:
        for inst, mark in marks.items():
            if inst not in self.chains and f"{inst}.{mark.seq}" in self.others:
                self.marks[inst] = mark

    def unsent(self, limit: int, beyond: Mapping[str, Mark]) -> Outgoing | None:
        runs: list[OutRun] = []
        opens: dict[str, bytes] = {}
        for inst, ops in self.chains.items():
            done = beyond.get(inst)
            first = done.seq if done else 0
            taken: list[Bytes] = []
            for op in ops[first:]:
                size = len(op[0]) + len(op[1] or b"")
                if size > limit and (taken or runs):
                    break
                taken.append(op)
                limit -= size
            if taken:
                before = done.head if done else opening_head(self.device, inst, self.opened[inst])
                runs.append(OutRun(inst, first + 1, before, taken))
                if not first:
                    opens[inst] = self.opened[inst]
            if limit <= 0:
                break
        return Outgoing(runs, opens) if runs else None

    def cursors(self) -> dict[str, int]:
        return dict(self.cursor)

    def spells(self) -> dict[str, str]:
        return {}

    def own_insts(self) -> list[str]:
        return list(self.chains)

    def set_epoch(self, epoch: int) -> None:
        assert self.link is not None
        self.link = ServerLink(**{**{n: getattr(self.link, n) for n in self.link.__slots__}, "epoch": epoch})
        self.cursor.clear()

    def offer_due(self, streams: Mapping[str, int]) -> bool:
        return False

    def offered(self, streams: Mapping[str, int] | None) -> None:
        raise AssertionError("nothing is offered")

    def held(self) -> dict[str, int]:
        return {}

    def free_own(self, wanted: Mapping[str, int]) -> dict[str, int]:
        return {}

    def relays(self, wanted: Mapping[str, int]) -> list[Relay]:
        return []

    def reset_cursor(self, stream: str) -> None:
        self.cursor[stream] = 0

    def apply(self, page: Page) -> int:
        if self.fail_apply:
            raise KnownError("E-503", path="station.db")
        known = self.op_ids
        fresh = 0
        for item in page.ops:
            if item.header.id not in known:
                fresh += 1
                own = self.chains.get(item.header.inst)
                if own is not None and len(own) + 1 == item.header.seq:
                    own.append((item.header_bytes, item.body))
                else:
                    self.others[item.header.id] = item
            self.revs[item.header.id] = item.rev or 0
        for span in page.own:
            for n in range(span.count):
                self.revs[op_id(span.inst, span.first + n)] = span.rev + n
        if page.case:
            self.fetched[page.case] = (page.cursor, not page.more)
        else:
            self.cursor[page.stream] = page.cursor
        return fresh

    def unfinished(self) -> Unfinished | None:
        return self.broken_off

    def keep_unfinished(self, request: Unfinished | None) -> None:
        self.broken_off = request

    def piece(self, segment: str) -> bytes:
        return self.pieces.get(segment, b"")

    def keep_piece(self, segment: str, data: bytes) -> None:
        self.pieces = {segment: data}

    def histories(self, grants: Sequence[Grant]) -> list[History]:
        wanted = [g for g in grants if not self.fetched.get(g.case, (0, False))[1]]
        return [History(g.case, g.stream, self.fetched.get(g.case, (0, False))[0]) for g in wanted]

    def set_directory(self, entries: Sequence[DeviceEntry]) -> None:
        self.directory.update({e.device: e for e in entries})

    def directory_since(self) -> int:
        return 0

    def note_contact(self, at_ms: int, server_ms: int) -> None:
        self.contact = (at_ms, server_ms)

    def problems(self, problems: Sequence[Problem]) -> None:
        self.refused += problems

    def greeting(self) -> Greeting | None:
        return self.said

    def keep_greeting(self, greeting: Greeting) -> None:
        self.said = greeting

    def pending_blobs(self) -> list[OutBlob]:
        return [
            OutBlob(case, name, lambda data=data: data)  # type: ignore[misc]  # the default binds the loop's value
            for (case, name), data in self.blobs.items()
            if (case, name) not in self.sent_blobs
        ]

    def blob_sent(self, blob: OutBlob) -> None:
        self.sent_blobs.add((blob.case, blob.id))

    def blob_refused(self, blob: OutBlob) -> None:
        self.sent_blobs.add((blob.case, blob.id))

    def unsure_blobs(self) -> list[tuple[str, str]]:
        return []

    def blobs_lost(self, lacking: Sequence[tuple[str, str]]) -> None:
        self.sent_blobs -= set(lacking)

    def wanted_blobs(self) -> list[tuple[str, str]]:
        return list(self.wanted)

    def blob_missed(self, case: str, blob: str) -> None:
        self.wanted.remove((case, blob))

    def store_blob(self, case: str, blob: str, data: bytes) -> bool:
        self.blobs[case, blob] = data
        self.sent_blobs.add((case, blob))
        self.wanted.remove((case, blob))
        return True


def _folded(item: Incoming) -> FoldOp:
    h = item.header
    return FoldOp(h.id, h.case, h.compartment, h.verb, h.actor, h.wall, item.changes, item.rev or 0)
