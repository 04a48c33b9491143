"""The server as a device: its own chain of ops (organisation, devices, verdicts), a new incarnation every start."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.contract.chain import NO_HEAD, certificate_message, next_head, opening_head, run_over
from sync.contract.op import SALT_BYTES, Change, Header, Op, hash_body, make_body, rec_id
from sync.server.ingest import EVERYONE, Placed, keep_certificate, store
from sync.server.keys import District
from sync.server.storage.port import Tx

_LAST = "server.inst"


@dataclass(slots=True)
class OwnOp:
    """One op the server is about to make: its stream, verb, case and changes (records named by place with `new`).

    `origin`: the station that may read it, as in `ingest.Placed`.
    """

    stream: str
    verb: str
    changes: list[Change]
    case: str = ""
    compartment: str = "reference"
    origin: int = EVERYONE


@dataclass(slots=True)
class OwnChain:
    """Makes ops of the server. `inst` is opened inside the first transaction that needs it."""

    district: District
    inst: str = field(default_factory=lambda: os.urandom(8).hex())

    def head(self, tx: Tx) -> tuple[int, bytes]:
        """Lock the own incarnation and return its (sequence, head); it is opened where this start made no op yet."""
        row = tx.row(f"SELECT seq, head FROM inst WHERE inst = ?{tx.locked}", (self.inst,))
        if row is not None:
            return int(row[0]), bytes(row[1])
        last = tx.row("SELECT i.head FROM inst i JOIN meta m ON m.value = i.inst WHERE m.key = ?", (_LAST,))
        before = bytes(last[0]) if last else NO_HEAD
        opening = opening_head(self.district.device, self.inst, before)
        tx.run("INSERT INTO inst VALUES(?, ?, 0, ?, ?)", (self.inst, self.district.device, opening, before))
        tx.run(
            "INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", (_LAST, self.inst)
        )
        return 0, opening

    def place(self, tx: Tx, ops: Sequence[OwnOp], *, wall: int) -> list[Placed]:
        """Make and certify ops; they are placed, and stored by one `ingest.store` together with what else there is."""
        seq, head = self.head(tx)
        first, opened = seq + 1, head
        placed: list[Placed] = []
        for own in ops:
            seq += 1
            op = self._op(own, seq, (first, len(ops)), wall)
            placed.append(Placed(op, head, tuple(own.changes), own.stream, own.origin, device=self.district.device))
            head = next_head(head, op.header_bytes)
        tx.run("UPDATE inst SET seq = ?, head = ? WHERE inst = ?", (seq, head, self.inst))
        run = run_over(self.inst, first, opened, [item.op.header_bytes for item in placed])
        signature = self.district.server.sign(certificate_message(self.district.device, [run]))
        cert = keep_certificate(tx, self.district.device, [run], signature, at=wall)
        for item in placed:
            item.cert = cert
        return placed

    def _op(self, own: OwnOp, seq: int, group: tuple[int, int], wall: int) -> Op:
        body = make_body(own.changes, os.urandom(SALT_BYTES))
        header = Header(
            inst=self.inst,
            seq=seq,
            group=group,
            stream=own.stream,
            case=own.case,
            compartment=own.compartment,
            verb=own.verb,
            actor="",
            wall=wall,
            body_hash=hash_body(body),
            body_form="clear",
        )
        return Op(header, header.to_bytes(), body)

    def publish(self, tx: Tx, ops: Sequence[OwnOp], *, wall: int) -> None:
        """Make, certify, number and store ops."""
        if ops:
            store(tx, self.place(tx, ops, wall=wall))

    def next_rec(self, tx: Tx, ahead: int = 0) -> str:
        """The id of the first record of the op to be made next (`ahead` further ops before it)."""
        seq, _ = self.head(tx)
        return rec_id(self.inst, seq + 1 + ahead, 0)
