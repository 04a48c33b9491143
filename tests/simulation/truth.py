"""What must hold: watched at every step from outside, without believing what either end says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.client.codec import unzstd
from sync.client.engine import Outcome
from sync.client.segments import SEGMENT
from sync.client.transport import Answer
from sync.contract.chain import next_head, opening_head
from sync.contract.errors import KnownError
from sync.contract.fold import FoldOp, fold
from sync.contract.op import inst_of, parse_body, parse_header
from sync.contract.wire import unpack_message, unpack_ops
from sync.server.bodies import unpack
from sync.server.clock import legal_day
from sync.server.projection import refold
from sync.server.relay.waiting import MOVED
from sync.server.server import meta
from sync.server.storage.port import Row, Tx

_REFUSED: Final = "SELECT op FROM problem WHERE code IN ('E-404', 'E-407')"
_TABLES: Final = ("case_row", "paper_mark", "number_row", "case_grant")

if TYPE_CHECKING:
    from tests.simulation.network import Letter
    from tests.simulation.world import Pc, World


class BrokenError(AssertionError):
    """An invariant does not hold; `law` names it (I1 to I15, or a word)."""

    def __init__(self, law: str, what: str) -> None:
        super().__init__(f"{law}: {what}")
        self.law = law


def hold(law: str, sound: object, what: str) -> None:
    """Raise unless it holds."""
    if not sound:
        raise BrokenError(law, what)


def ops_on_server(tx: Tx) -> list[Row]:
    """(op id, stream, rev, origin, case, header, body) in server order."""
    return tx.rows(
        "SELECT inst || '.' || seq, stream, rev, origin, case_rec, header, body FROM op ORDER BY stream, rev"
    )


class Watch:
    """Looks at disks and lines of a world while its story runs."""

    def __init__(self, world: World) -> None:
        """Watch a world."""
        self._world = world
        self.born: dict[str, str] = {}
        self.born_on: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.counters: dict[str, int] = {}

    # -- disks ----------------------------------------------------------------------------------------------------

    def look(self, pc: Pc) -> None:
        """Note every op the PC has committed; one name never stands for two (I7)."""
        self.codes[pc.store.device] = pc.code
        rows = pc.store.con.execute(
            "SELECT i.inst || '.' || (o.id & 4294967295), o.header, o.body FROM inst i"
            " JOIN op o ON o.id >= i.no << 32 AND o.id < (i.no + 1) << 32 WHERE i.own = 1"
        )
        ops = self._world.ops
        for op, header, body in rows:
            known = ops.get(op)
            if known is None:
                ops[op] = (bytes(header), None if body is None else bytes(body))
                self.born.setdefault(inst_of(op + ".0"), pc.code)
                self.born_on.setdefault(inst_of(op + ".0"), pc.store.device)
            else:
                same = known[0] == header and (known[1] == body or (body is None and self.may_lack(header)))
                hold("I7", same, f"pc{pc.number}: two ops are named {op}")

    def may_lack(self, header: bytes) -> bool:
        """Whether the body of an op may be gone: its case was erased."""
        read = parse_header(header)
        return read.case in self._world.erased and read.compartment != "reference"

    def here(self, pc: Pc) -> set[str]:
        """Names of all ops on a PC's disk."""
        rows = pc.store.con.execute(
            "SELECT i.inst || '.' || (o.id & 4294967295) FROM op o JOIN inst i ON i.no = o.id >> 32"
            " UNION ALL SELECT op FROM quarantine"
        )
        return {str(r[0]) for r in rows}

    def own_here(self, pc: Pc) -> set[str]:
        """Names of the ops of its own device on a PC's disk."""
        return {op for op in self.here(pc) if self.born_on.get(inst_of(op + ".0")) == pc.store.device}

    def on_server(self) -> set[str]:
        """Names of all ops on the server's disk."""
        with self._world.host.storage.read() as tx:
            return {str(r[0]) for r in tx.rows("SELECT inst || '.' || seq FROM op")}

    def standing(self) -> set[str]:
        """Names of the ops on the server's disk that it did not refuse for lack of right."""
        with self._world.host.storage.read() as tx:
            return self.on_server() - {str(r[0]) for r in tx.rows(_REFUSED)}

    # -- the line -------------------------------------------------------------------------------------------------

    def answer(self, letter: Letter, answer: Answer) -> None:
        """No op outside the reader's scope leaves the server (I9)."""
        device = {k.lower(): v for k, v in letter.headers.items()}.get("x-gm-device", "")
        if answer.status == 200:
            counter = int(letter.headers["X-GM-Counter"])
            hold("I3", counter > self.counters.get(device, 0), f"{letter.path}: a request counted twice")
            self.counters[device] = counter
        if answer.status != 200 or letter.path not in ("/v1/hello", "/v1/pull", "/v1/history", SEGMENT):
            return
        with self._world.host.storage.read() as tx:
            row = tx.row("SELECT revoked FROM device WHERE id = ?", (device,))
            hold("I9", row is not None and not row[0], f"{letter.path} answered a revoked or unknown device")
            if letter.path == "/v1/hello":
                return
            batch = self._segment(tx, letter) if letter.path == SEGMENT else unpack(answer.body, answer.headers)
            _, batch = unpack_message(batch)
            for op in unpack_ops(batch):
                hold("I9", self.may_read(tx, device, op.header.case, op.header.compartment), f"{op.id} left the server")

    def _segment(self, tx: Tx, letter: Letter) -> bytes:
        """The whole of the segment of which a piece was asked for."""
        head, _ = unpack_message(unpack(letter.body, letter.headers))
        row = tx.row("SELECT data FROM segment WHERE id = ?", (head["id"],))
        hold("I9", row is not None, "a segment that is not there was given out")
        return unzstd(bytes(row[0])) if row else b""

    def may_read(self, tx: Tx, device: str, case: str, compartment: str) -> bool:
        """Own cases, granted ones, and what is for everybody; judged from ops, not from the server's projections."""
        if case and inst_of(case) not in self.born:
            for pc in self._world.pcs:
                self.look(pc)
        code = self.codes[device]
        if not case or compartment == "reference" or self.born.get(inst_of(case)) == code:
            return True
        return code in granted(tx, case, self._world.clock.now_ms())

    # -- rounds ---------------------------------------------------------------------------------------------------

    def after_round(self, pc: Pc, outcome: Outcome) -> None:
        """Cursors never go back nor pass over anything (I8); what counts as confirmed is on the server (I14)."""
        world = self._world
        cursors = dict(pc.store.con.execute("SELECT stream, cursor FROM cursor").fetchall())
        if pc.generation != world.host.generation:
            return
        if not pc.again:
            for stream, cursor in pc.cursors.items():
                hold("I8", cursors.get(stream, 0) >= cursor, f"pc{pc.number}: cursor of {stream} went back")
        pc.cursors, pc.again = cursors, not world.alone(pc) or (pc.again and outcome.error is not None)
        with world.host.storage.read() as tx:
            self._no_hole(tx, pc, cursors)
            own = "SELECT a.inst, a.seq FROM acked a JOIN inst i ON i.inst = a.inst WHERE i.own = 1"
            for inst, seq in pc.store.con.execute(own).fetchall():
                row = tx.row("SELECT max(seq) FROM op WHERE inst = ?", (inst,))
                hold("I14", row and (row[0] or 0) >= seq, f"pc{pc.number} counts {inst}.{seq} as sent")

    def _no_hole(self, tx: Tx, pc: Pc, cursors: dict[str, int]) -> None:
        here = self.here(pc)
        row = tx.row(
            "SELECT d.station_no, s.stream FROM device d JOIN station s ON s.no = d.station_no WHERE d.id = ?",
            (pc.store.device,),
        )
        if row is None:
            return
        no, stream = row
        rev = tx.row("SELECT rev FROM stream WHERE code = ?", (stream,))
        hold("I8", rev and cursors.get(stream, 0) <= rev[0], f"pc{pc.number}: cursor beyond {stream}")
        rows = tx.rows(
            "SELECT inst || '.' || seq FROM op WHERE stream = ? AND rev <= ? AND origin IN (0, ?)",
            (stream, cursors.get(stream, 0), no),
        )
        missing = {str(r[0]) for r in rows} - here
        hold("I8", not missing, f"pc{pc.number}: cursor {cursors.get(stream, 0)} passed over {sorted(missing)[:3]}")


def granted(tx: Tx, case: str, now_ms: int) -> set[str]:
    """Stations a case is granted to now, from the stored ops."""
    rows = tx.rows(
        "SELECT header, body, rev FROM op WHERE case_rec = ? AND origin <> -1"
        " AND compartment IN ('register', 'reference')",
        (case,),
    )
    today = legal_day(now_ms).isoformat()
    found = set()
    for record in fold([fold_op(*row) for row in rows]).of_kind("grant"):
        until = record.get("until")
        if not record.get("revoked") and not (isinstance(until, str) and until and until < today):
            found.add(str(record.get("station")))
    return found


def fold_op(header_bytes: bytes, body: bytes | None, rev: int) -> FoldOp:
    """A clear op as the fold takes it."""
    h = parse_header(bytes(header_bytes))
    changes = tuple(parse_body(bytes(body))) if body is not None and h.body_form == "clear" else None
    return FoldOp(h.id, h.case, h.compartment, h.verb, h.actor, h.wall, changes, int(rev))


def server_lists_are_true(tx: Tx) -> None:
    """The server's tables are what its stored ops fold to (I1); they are folded anew, in the caller's transaction."""
    before = {t: sorted(map(repr, tx.rows(f"SELECT * FROM {t}"))) for t in _TABLES}
    cases = {(str(r[0]), str(r[1])) for r in tx.rows("SELECT stream, rec FROM case_row")}
    rows = tx.rows("SELECT DISTINCT stream, case_rec FROM op WHERE compartment = 'register' AND origin <> -1")
    held = {(str(r[0]), str(r[1])) for r in rows if r[1]}
    hold("I1", cases <= held, "the server lists a case nobody wrote")
    refold(tx, held)
    for table in _TABLES:
        same = sorted(map(repr, tx.rows(f"SELECT * FROM {table}"))) == before[table]
        hold("I1", same, f"the server's {table} differs from the fold")


def server_is_sound(tx: Tx) -> None:
    """Each op once, numbers without a gap, chains unbroken from their opening to their head (I3, I7, I8)."""
    rows = tx.rows("SELECT inst, seq, before, header, cert FROM op ORDER BY inst, seq")
    names = [(r[0], r[1]) for r in rows]
    hold("I3", len(names) == len(set(names)), "an op is stored twice")
    for stream, count, high in tx.rows("SELECT stream, count(*), max(rev) FROM op GROUP BY stream"):
        row = tx.row("SELECT rev FROM stream WHERE code = ?", (stream,))
        gaps = int(meta(tx, MOVED + str(stream), "0"))  # left by what waited for its case
        hold("I8", row and count + gaps == high == row[0], f"numbers of {stream} have a gap")
    heads: dict[str, tuple[int, bytes]] = {}
    for inst, device, opened in tx.rows("SELECT inst, device, opened FROM inst"):
        heads[inst] = (0, opening_head(device, inst, bytes(opened)))
    certs = {bytes(r[0]) for r in tx.rows("SELECT id FROM certificate")}
    for inst, seq, before, header, cert in rows:
        at, head = heads[inst]
        hold("I7", seq == at + 1 and bytes(before) == head, f"chain of {inst} breaks at {seq}")
        hold("I7", bytes(cert) in certs, f"nobody vouches for {inst}.{seq}")
        heads[inst] = (seq, next_head(head, bytes(header)))
    for inst, seq, head in tx.rows("SELECT inst, seq, head FROM inst"):
        hold("I7", heads[inst] == (seq, bytes(head)), f"head of {inst} differs from its chain")


def known_code(error: KnownError | None) -> str:
    """Code, or ""."""
    return error.code if error else ""
