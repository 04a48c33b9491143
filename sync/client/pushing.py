"""Push: own ops in chain order, one batch under way while the next is made ready; only what is confirmed counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sync.client.calls import PUSH, Line, Pending, read_head
from sync.client.hello import read_marks
from sync.client.ledger import Ledger, Mark, Outgoing, Problem
from sync.client.retry import Batch
from sync.client.transport import Unfinished
from sync.contract.canonical import Json
from sync.contract.chain import Certificate, Run, certificate_message, run_over
from sync.contract.errors import KnownError
from sync.contract.op import MAX_SEQ, BadOp, is_op_id
from sync.contract.wire import b64, certificate_to_json, pack_message, pack_ops

START_BYTES: Final = 64 * 1024
SLOW_START: Final = 512 * 1024
"""Where each answer takes long, fewer batches; what is cut is gone on with, so a large one risks nothing."""
LEAST_BYTES: Final = 8 * 1024
MOST_BYTES: Final = 1024 * 1024
_MOST_PLAIN: Final = 6 * 1024 * 1024
TRIES: Final = 4
"""Batches that may be lost in one round before the round is given up."""


@dataclass(slots=True)
class Sent:
    """A batch under way: the marks it will leave behind, and what it was cut from."""

    pending: Pending[tuple[dict[str, Json], bytes]]
    runs: tuple[Run, ...]
    count: int


class Pusher:
    """Sends everything beyond what is confirmed; `pushed` and `duplicates` count as the server counts."""

    def __init__(
        self,
        line: Line,
        *,
        forked: Iterable[str],
        now_ms: Callable[[], int],
        unheard: bool = False,
        until: Mapping[str, int] | None = None,
    ) -> None:
        """`forked` incarnations are left alone. `unheard`: no hello told where the server stands, so the last confirmed
        op of each incarnation is sent once more; the answer tells. `until`: only these, up to these numbers.
        """
        self._line, self._ledger, self._now = line, line.ledger, now_ms
        self._batch = Batch(start=SLOW_START if line.slow else START_BYTES, least=LEAST_BYTES, most=MOST_BYTES)
        self._ratio = 0.35
        self._blocked = {inst: Mark(MAX_SEQ, b"") for inst in forked}
        self._marks: dict[str, Mark] = {}
        self._lost = 0
        self._unheard, self._until = unheard, until
        self.pushed = self.duplicates = self.problems = 0
        self.stopped = False

    def run(self, cancel: Callable[[], bool], progress: Callable[[int], None]) -> None:
        """Send until nothing is left or `cancel` says stop (`stopped`). KnownError of the line, E-112 fork."""
        under_way: Sent | None = None
        self._from_confirmed()
        while True:
            self.stopped = self.stopped or cancel()
            prepared = None if self.stopped else self._prepare()
            packed = self._line.pack(prepared[0]) if prepared else None  # the server is at work meanwhile
            if under_way is not None:
                count = under_way.count
                if not self._settle(under_way):
                    under_way = None
                    self._from_confirmed()
                    continue
                progress(count)
            if prepared is None:
                return
            plain, runs, count = prepared
            under_way = Sent(self._line.start(PUSH, plain, read_head, packed=packed), runs, count)
            self._ratio = 0.5 * self._ratio + 0.5 * len(under_way.pending.packed.body) / max(1, len(plain))

    def _from_confirmed(self) -> None:
        self._marks = {**self._ledger.acked(), **self._blocked}
        if self._unheard:
            self._unheard = False
            for inst, mark in list(self._marks.items()):
                before = self._ledger.head_at(inst, mark.seq - 1) if mark.seq else None
                if before is not None:
                    self._marks[inst] = Mark(mark.seq - 1, before)

    def _prepare(self) -> tuple[bytes, tuple[Run, ...], int] | None:
        limit = min(_MOST_PLAIN, int(self._batch.size / max(self._ratio, 0.05)))
        out = self._ledger.unsent(limit, self._marks)
        if out is not None and self._until is not None:
            out = _up_to(out, self._until)
        if out is None:
            return None
        plain, runs = message(self._ledger, out)
        for run in runs:
            self._marks[run.inst] = Mark(run.last, run.head)
        return plain, runs, out.count

    def _settle(self, sent: Sent) -> bool:
        """Take the answer of a batch; False when everything after the confirmed marks is to be sent again."""
        try:
            raw, _ = self._line.finish(sent.pending)
        except Unfinished:
            raise  # the next round goes on with it
        except KnownError as error:
            self._lost += 1
            smaller = error.code in ("E-106", "E-116") and self._batch.failed()
            if self._lost < TRIES and (error.code == "E-106" or smaller):
                return False
            raise
        self._batch.succeeded(sent.pending.seconds)
        try:
            return self._take(raw, sent)
        except (BadOp, KeyError, TypeError) as exc:
            raise KnownError("E-106", what=f"push: {exc}") from exc

    def _take(self, raw: dict[str, Json], sent: Sent) -> bool:
        marks = read_marks(raw["acked"])
        whole = True
        for run in sent.runs:
            mark = marks.get(run.inst)
            if mark is None:
                raise BadOp("nothing said of a run")
            known = self._known_here(run, mark)
            whole &= known.seq >= run.last
            marks[run.inst] = known
        self._ledger.set_acked({run.inst: marks[run.inst] for run in sent.runs}, self._now())
        self._count(raw)
        if not whole:
            self._lost += 1
            if self._lost >= TRIES:
                raise KnownError("E-112", detail="server expects other ops than are here")
        return whole

    def _known_here(self, run: Run, mark: Mark) -> Mark:
        """What the server's word means for the chain here; E-112 where it is of another history.

        It may know more than is here (a clone went on): then this run is confirmed, its hashes were compared. At number
        0 it knows nothing, not even the head before.
        """
        if mark.seq >= run.last:
            if mark.seq == run.last and mark.head != run.head:
                raise KnownError("E-112", inst=run.inst, seq=mark.seq)
            return Mark(run.last, run.head)
        here = self._ledger.head_at(run.inst, mark.seq)
        if here is None or (mark.seq and here != mark.head):
            raise KnownError("E-112", inst=run.inst, seq=mark.seq)
        return Mark(mark.seq, here)

    def late(self, plain: bytes) -> None:
        """The answer to a batch of an earlier round that was gone on with: counted; hello tells what is confirmed."""
        try:
            self._count(read_head(plain)[0])
        except (BadOp, KeyError, TypeError) as exc:
            raise KnownError("E-106", what=f"push: {exc}") from exc

    def _count(self, raw: dict[str, Json]) -> None:
        stored, duplicates, problems = raw["stored"], raw["duplicates"], raw["problems"]
        if type(stored) is not int or type(duplicates) is not int or not isinstance(problems, list):
            raise BadOp("counts")
        self.pushed += stored
        self.duplicates += duplicates
        listed = [
            Problem(str(item["op"]), str(item["code"])[:10])
            for item in problems
            if isinstance(item, dict) and is_op_id(item.get("op"))
        ]
        self.problems += len(listed)
        if listed:
            self._ledger.problems(listed)


def _up_to(out: Outgoing, until: Mapping[str, int]) -> Outgoing | None:
    """What of it may go now; None where nothing may."""
    cut = [replace(run, ops=run.ops[: max(0, until.get(run.inst, 0) + 1 - run.first)]) for run in out.runs]
    runs = [run for run in cut if run.ops]
    return Outgoing(runs, {run.inst: out.opens[run.inst] for run in runs if run.inst in out.opens}) if runs else None


def message(ledger: Ledger, out: Outgoing) -> tuple[bytes, tuple[Run, ...]]:
    """The body of a push and the runs its certificate names; the same on the line and in a bundle."""
    runs = tuple(run_over(r.inst, r.first, r.before, [header for header, _ in r.ops]) for r in out.runs)
    device = ledger.device
    certificate = Certificate(device, runs, ledger.sign(certificate_message(device, runs)))
    head: dict[str, Json] = {
        "certificate": certificate_to_json(certificate),
        "count": out.count,
        "opens": {inst: b64(before) for inst, before in out.opens.items()},
    }
    return pack_message(head, b"".join([pack_ops(run.ops) for run in out.runs])), runs
