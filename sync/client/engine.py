"""One round of travelling: hello, push, pull, histories of granted cases, files. Every fault leaves a consistent place.

Nothing is marked as sent before a verified answer says so, and a cursor moves only with its page; a round that is cut
anywhere is simply begun again. Nothing to do is one request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from sync.client.calls import BLOB_GET, BLOB_PUT, PUSH, Line, Traffic
from sync.client.codec import ServerRefusal
from sync.client.hello import Standing, Welcome, compare, hello
from sync.client.ledger import Ledger, OutBlob
from sync.client.offering import offer
from sync.client.pulling import Puller
from sync.client.pushing import Pusher
from sync.client.transport import Transport
from sync.contract.errors import KnownError

_ASK_AT_ONCE: Final = 500
_GO_ON: Final = frozenset({"E-112", "E-113", "E-116"})
"""Errors of a push that do not keep the station from receiving."""


class Clock(Protocol):
    """What the engine needs of time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z by this PC."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`phase`: hello, push, pull, history or files; `done` and `total` in ops (files); total 0 where unknown.

    `out` and `into`: bytes of the round so far.
    """

    phase: str
    done: int
    total: int
    out: int = 0
    into: int = 0


@dataclass(slots=True)
class Outcome:
    """What one round did. `error` is None when all went well; `more`: stopped before everything was done.

    `returned`: ops of others that a restored server had lost and took back. Times in ms; `contact_ms` 0 where the
    server was not reached; `server_ms`: its clock then.
    """

    pushed: int = 0
    duplicates: int = 0
    pulled: int = 0
    returned: int = 0
    blobs_sent: int = 0
    blobs_received: int = 0
    problems: int = 0
    contact_ms: int = 0
    server_ms: int = 0
    more: bool = False
    error: KnownError | None = None
    traffic: Traffic = field(default_factory=Traffic)
    segments: int = 0
    """How many stretches of records came ready-made."""
    passed_over: str = ""
    """The code of what was wrong with one, for which pages were fetched instead; "" where nothing was."""
    lost: tuple[str, ...] = ()
    """Own incarnations of which the server had more than was here when the round began."""

    @property
    def changed(self) -> bool:
        """Whether anything travelled."""
        return bool(self.pushed or self.pulled or self.returned or self.blobs_sent or self.blobs_received)


def run(
    ledger: Ledger,
    transport: Transport,
    *,
    clock: Clock,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    before_push: Callable[[], None] | None = None,
    total: int = 0,
) -> Outcome:
    """Do one round. Never raises a KnownError: it is in the outcome.

    `before_push` runs after hello, when the directory is known (keys are wrapped there); `cancel` is asked between
    batches; `total`: ops waiting, for the progress.
    """
    outcome = Outcome()
    try:
        link = ledger.server()
    except KnownError as error:
        outcome.error = error
        return outcome
    line = Line(ledger, link, transport, outcome.traffic)
    session = _Round(line, outcome, clock, on_progress or _silent, cancel or _never, total)
    try:
        session.go(before_push)
    except KnownError as error:
        outcome.error = error
    finally:
        line.close()
    return outcome


def _silent(_: Progress) -> None:
    return


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Round:
    """The parts of one round in order."""

    line: Line
    outcome: Outcome
    clock: Clock
    report: Callable[[Progress], None]
    cancel: Callable[[], bool]
    total: int
    done: int = 0

    @property
    def ledger(self) -> Ledger:
        return self.line.ledger

    def go(self, before_push: Callable[[], None] | None) -> None:
        self.report(Progress("hello", 0, self.total))
        self._go_on()
        try:
            welcome = hello(self.line, self.clock.now_ms())
        except ServerRefusal as refusal:
            if refusal.code == "E-109":
                self._last_delivery()
            raise
        self._greeted(welcome)
        standing = self._reconcile(welcome)
        self._offer(welcome, standing.forked)
        if before_push is not None:
            before_push()
        failed: KnownError | None = None
        try:
            sent = self._push(standing.forked)
        except KnownError as error:
            if error.code not in _GO_ON:
                raise
            failed, sent = error, True
        self._pull(welcome, sent=sent or self.outcome.returned > 0)
        self._histories(welcome)
        self._blobs()
        if failed is None and standing.forked:
            failed = KnownError("E-112", inst=min(standing.forked))
        if failed is not None:
            raise failed

    def _go_on(self) -> None:
        """What broke off in an earlier round comes first; only its rest travels."""
        came = self.line.go_on()
        if came is not None and came[0] == PUSH:
            pusher = Pusher(self.line, forked=(), now_ms=self.clock.now_ms)
            pusher.late(came[1])
            self.outcome.pushed += pusher.pushed
            self.outcome.duplicates += pusher.duplicates
            self.outcome.problems += pusher.problems

    def _last_delivery(self) -> None:
        """A revoked device reads nothing more, but may still hand in what it holds (sync never throws work away)."""
        self._push(set(), unheard=True)
        self._files_out()

    def _greeted(self, welcome: Welcome) -> None:
        now = self.clock.now_ms()
        self.outcome.contact_ms, self.outcome.server_ms = now, welcome.time
        self.ledger.note_contact(now, welcome.time)
        if welcome.directory:
            self.ledger.set_directory(welcome.directory)
        self.line.spell = welcome.spell
        if welcome.epoch != self.line.link.epoch or welcome.gone:
            self.ledger.set_epoch(welcome.epoch)
        for stream, cursor in self.ledger.cursors().items():
            if cursor > welcome.streams.get(stream, cursor):
                self.ledger.reset_cursor(stream)

    def _reconcile(self, welcome: Welcome) -> Standing:
        """Bring the marks to what the server really has; own ops it has and we lack are fetched first."""
        standing = compare(self.ledger, welcome.acked)
        self.outcome.lost = tuple(sorted(standing.lost))
        if standing.missing:
            for stream in sorted(welcome.streams):
                self.ledger.reset_cursor(stream)
                self._stream(stream, own=True)
            if not self.outcome.more:
                self.ledger.adopt(welcome.acked, self.clock.now_ms())
            standing = compare(self.ledger, welcome.acked)
        if standing.acked:
            self.ledger.set_acked(standing.acked, self.clock.now_ms())
        return standing

    def _offer(self, welcome: Welcome, forked: set[str]) -> None:
        """Before and among own ops: an edit of a case that somebody else began finds it there, and the other way."""

        def push(until: Mapping[str, int]) -> int:
            before = self.outcome.pushed
            try:
                self._push(forked, until=until)
            except KnownError as error:
                if error.code not in _GO_ON:
                    raise  # else it is met again when the rest is sent
            return self.outcome.pushed - before

        if not self.outcome.more and self.ledger.offer_due(welcome.streams):
            returned, done = offer(self.line, welcome.streams, self.cancel, push)
            self.outcome.returned += returned
            self.outcome.more |= not done

    def _push(self, forked: set[str], *, unheard: bool = False, until: Mapping[str, int] | None = None) -> bool:
        pusher = Pusher(self.line, forked=forked, now_ms=self.clock.now_ms, unheard=unheard, until=until)
        try:
            pusher.run(self.cancel, lambda count: self._advance("push", count))
        finally:
            self.outcome.pushed += pusher.pushed
            self.outcome.duplicates += pusher.duplicates
            self.outcome.problems += pusher.problems
            self.outcome.more |= pusher.stopped
        return bool(pusher.pushed or pusher.duplicates)

    def _pull(self, welcome: Welcome, *, sent: bool) -> None:
        self.done = self.total = 0
        own = self.line.link.stream
        for stream in sorted(welcome.streams, key=lambda s: (s != own, s)):
            moved = self.ledger.cursors().get(stream, 0) < welcome.streams[stream]
            if not self.outcome.more and (moved or sent):
                self._stream(stream)

    def _stream(self, stream: str, *, own: bool = False) -> None:
        puller = Puller(self.line, self.cancel, lambda count: self._advance("pull", count))
        try:
            puller.stream(stream, self.ledger.cursors().get(stream, 0), own=own)
        except ServerRefusal as refusal:
            if refusal.code != "E-407":  # a grant that ended between hello and here
                raise
        finally:
            self._took(puller)

    def _histories(self, welcome: Welcome) -> None:
        for wanted in self.ledger.histories(welcome.grants):
            if self.outcome.more:
                return
            puller = Puller(self.line, self.cancel, lambda count: self._advance("history", count))
            try:
                puller.history(wanted)
            except ServerRefusal as refusal:
                if refusal.code != "E-407":
                    raise
            finally:
                self._took(puller)

    def _took(self, puller: Puller) -> None:
        self.outcome.pulled += puller.pulled
        self.outcome.segments += puller.segments
        self.outcome.passed_over = self.outcome.passed_over or puller.passed_over
        self.outcome.more |= puller.stopped

    def _blobs(self) -> None:
        self._files_out()
        for case, name in self.ledger.wanted_blobs():
            if self.outcome.more or self.cancel():
                self.outcome.more = True
                return
            self._fetch(case, name)

    def _ask_for_files(self) -> None:
        """After a restore of the server: which of the files sent before does it still have."""
        unsure = self.ledger.unsure_blobs()
        lacking: list[tuple[str, str]] = []
        for start in range(0, len(unsure), _ASK_AT_ONCE):
            asked = unsure[start : start + _ASK_AT_ONCE]
            raw, _ = self.line.call(BLOB_PUT, {"ask": [[case, name] for case, name in asked]})
            said = raw.get("lacking")
            lacking += [pair for pair in asked if isinstance(said, list) and list(pair) in said]
        if unsure:
            self.ledger.blobs_lost(lacking)

    def _files_out(self) -> None:
        self._ask_for_files()
        waiting = self.ledger.pending_blobs()
        for number, blob in enumerate(waiting):
            if self.outcome.more or self.cancel():
                self.outcome.more = True
                return
            self._send(blob)
            self._tell("files", number + 1, len(waiting))

    def _send(self, blob: OutBlob) -> None:
        """A file of a case in which nothing of ours stands stays here, and does not hold up the rest."""
        data = blob.load()
        try:
            self.line.call(BLOB_PUT, {"case": blob.case, "id": blob.id, "size": len(data)}, data)
        except ServerRefusal as refusal:
            if refusal.code not in ("E-407", "E-109"):
                raise
            self.ledger.blob_refused(blob)
            return
        self.ledger.blob_sent(blob)
        self.outcome.blobs_sent += 1

    def _fetch(self, case: str, name: str) -> None:
        """A file that is not there (yet) is asked for again another time."""
        try:
            _, data = self.line.call(BLOB_GET, {"case": case, "id": name})
        except ServerRefusal as refusal:
            if refusal.code not in ("E-223", "E-407"):
                raise
            self.ledger.blob_missed(case, name)
            return
        if self.ledger.store_blob(case, name, data):
            self.outcome.blobs_received += 1

    def _advance(self, phase: str, count: int) -> None:
        self.done += count
        self._tell(phase, self.done, max(self.total, self.done) if self.total else 0)

    def _tell(self, phase: str, done: int, total: int) -> None:
        traffic = self.line.traffic
        self.report(Progress(phase, done, total, traffic.out, traffic.into))
