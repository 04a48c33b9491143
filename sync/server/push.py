"""Push: one certificate, runs of ops per incarnation; each op counts once for ever, whatever is sent again."""

from __future__ import annotations

from dataclasses import dataclass, field

from sync.contract.canonical import Json
from sync.contract.chain import HASH_BYTES, NO_HEAD, Certificate, Run, next_head, opening_head
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, Change, Op, op_id, parse_body
from sync.contract.wire import b64, certificate_from_json, pack_message, unb64, unpack_message, unpack_ops
from sync.server import rights
from sync.server.auth import Caller
from sync.server.ingest import NEWER, WAITS, Placed, keep_certificate, store
from sync.server.keys import verify
from sync.server.own import OwnOp
from sync.server.problems import Refusal
from sync.server.server import Server
from sync.server.storage.port import Tx


@dataclass(slots=True)
class Pushed:
    """What came: the runs that the certificate vouches for, and the ops by id."""

    certificate: Certificate
    ops: dict[str, Op]
    opens: dict[str, bytes]


@dataclass(slots=True)
class Taken:
    """What became of it."""

    acked: dict[str, Json] = field(default_factory=dict)
    expected: dict[str, Json] = field(default_factory=dict)
    stored: int = 0
    duplicates: int = 0
    problems: list[Json] = field(default_factory=list)

    def message(self) -> bytes:
        """The answer."""
        head: dict[str, Json] = {
            "acked": self.acked,
            "stored": self.stored,
            "duplicates": self.duplicates,
            "problems": self.problems,
        }
        if self.expected:
            head["expected"] = self.expected
        return pack_message(head)


def push(server: Server, caller: Caller, body: bytes) -> bytes:
    """Store a push. E-106 cut or malformed, E-114 certificate does not hold, E-112 (409) another history is known."""
    pushed = read(body)
    certificate = pushed.certificate
    if certificate.signer != caller.device or not verify(caller.sign_key, certificate.signature, certificate.message()):
        raise Refusal("E-114", detail="certificate of the push")
    return server.storage.write(lambda tx: _take(tx, server, caller, pushed)).message()


def read(body: bytes) -> Pushed:
    """Read a push without looking at the database; E-106 for anything out of shape."""
    try:
        head, batch = unpack_message(body)
        ops = {op.id: op for op in unpack_ops(batch)}
        certificate = certificate_from_json(head.get("certificate"), {i: op.header_bytes for i, op in ops.items()})
        opens = head.get("opens") or {}
        if not isinstance(opens, dict):
            raise BadOp("opens")
        before = {inst: unb64(text) for inst, text in opens.items()}
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
    named = {op_id(run.inst, run.first + i) for run in certificate.runs for i in range(len(run.hashes))}
    if named != ops.keys() or len({run.inst for run in certificate.runs}) != len(certificate.runs):
        raise Refusal("E-106", detail="certificate and batch name different ops")
    return Pushed(certificate, ops, before)


def _take(tx: Tx, server: Server, caller: Caller, pushed: Pushed) -> Taken:
    now = server.clock.now_ms()
    taken = Taken()
    fresh: list[Placed] = []
    for run in sorted(pushed.certificate.runs, key=lambda r: r.inst):
        fresh += take_run(tx, caller, pushed, run, taken=taken)
    if not fresh:
        return taken
    certificate = pushed.certificate
    cert = keep_certificate(tx, caller.device, certificate.runs, certificate.signature, at=now)
    known = rights.rules(tx, caller, [item.op.header for item in fresh], now)
    for item in fresh:
        item.cert = cert
        rights.place(known, item)

    from sync.server.erasure import telling  # these stand on this module
    from sync.server.relay import waiting

    late = telling.late_grants(tx, fresh)
    store(tx, fresh, lambda item: look(known, item))
    if verdicts := verdicts_on(tx, server, fresh, now):
        store(tx, verdicts)
    list_problems(tx, fresh, taken, now)
    waiting.look(tx, server, fresh, now)
    telling.tell(tx, server, late, now)
    taken.stored = len(fresh)
    return taken


def take_run(tx: Tx, caller: Caller, pushed: Pushed, run: Run, *, taken: Taken) -> list[Placed]:
    """The ops of a run that are new; the head row of the incarnation is locked until commit."""
    seq, head = _lock(tx, caller, pushed, run)
    if run.first > seq + 1:
        taken.expected[run.inst] = seq + 1
        taken.acked[run.inst] = _position(seq, head)
        return []
    _check_overlap(tx, run, seq, head)
    known = min(len(run.hashes), seq + 1 - run.first)
    taken.duplicates += known
    before = head
    fresh: list[Placed] = []
    for offset in range(known, len(run.hashes)):
        op = pushed.ops[op_id(run.inst, run.first + offset)]
        fresh.append(Placed(op, before, None, "", 0, device=caller.device))
        before = run.hashes[offset]
    if fresh:
        seq = run.last
        tx.run("UPDATE inst SET seq = ?, head = ? WHERE inst = ?", (seq, before, run.inst))
    taken.acked[run.inst] = _position(seq, before)
    return fresh


def _position(seq: int, head: bytes) -> Json:
    return {"seq": seq, "head": b64(head)}


def _lock(tx: Tx, caller: Caller, pushed: Pushed, run: Run) -> tuple[int, bytes]:
    """(seq, head) known of an incarnation; it is entered with its opening head when this is the first that is heard."""
    query = f"SELECT seq, head, device FROM inst WHERE inst = ?{tx.locked}"
    row = tx.row(query, (run.inst,))
    if row is None:
        before = pushed.opens.get(run.inst, NO_HEAD)
        opening = opening_head(caller.device, run.inst, before)
        if len(before) != HASH_BYTES or (run.first == 1 and run.before != opening):
            raise Refusal("E-114", detail="opening of the incarnation")
        if run.first > 1:
            return 0, opening
        tx.run(
            "INSERT INTO inst VALUES(?, ?, 0, ?, ?) ON CONFLICT(inst) DO NOTHING",
            (run.inst, caller.device, opening, before),
        )
        row = tx.row(query, (run.inst,))
        if row is None:
            raise AssertionError("inst row was just written")
    if row[2] != caller.device:
        raise _fork(run, 0)
    return int(row[0]), bytes(row[1])


def _check_overlap(tx: Tx, run: Run, seq: int, head: bytes) -> None:
    """What is sent again must be what is known: the hash at the last common op stands for all before it."""
    common = min(seq, run.last)
    if common < run.first:
        if run.before != head:
            raise _fork(run, seq)
        return
    known = head
    if common < seq:
        row = tx.row("SELECT before, header FROM op WHERE inst = ? AND seq = ?", (run.inst, common))
        known = next_head(bytes(row[0]), bytes(row[1])) if row else b""
    if run.hashes[common - run.first] != known:
        raise _fork(run, seq)


def _fork(run: Run, seq: int) -> Refusal:
    return Refusal("E-112", status=409, detail="another history of this incarnation is known", inst=run.inst, seq=seq)


def look(known: rights.Rules, item: Placed) -> None:
    """Read what a placed op says, and judge it."""
    item.changes = changes_of(item.op)
    rights.judge(known, item)


def changes_of(op: Op) -> tuple[Change, ...] | None:
    """Changes of a clear body; None for a sealed, missing or malformed one (the last is judged as saying nothing)."""
    if op.body is None or op.header.body_form != "clear":
        return None
    try:
        return tuple(parse_body(op.body))
    except BadOp:
        return ()


def verdicts_on(tx: Tx, server: Server, fresh: list[Placed], now: int) -> list[Placed]:
    """The server's "no" to ops without right, as ops of its own beside them, of the same case. Where a verdict came
    back from a colleague after a restore it stands, as does what a person has said of it since.
    """
    ops: list[OwnOp] = []
    denied = [item.op.id for item in fresh if item.denied]
    if not denied:
        return []
    test, value = tx.among("target", denied)
    judged = {str(r[0]) for r in tx.rows(f"SELECT target FROM verdict_row WHERE {test}", (value,))}
    for item in fresh:
        if item.denied and item.op.id not in judged:
            values: dict[str, Json] = {
                "target": item.op.id,
                "answer": "no",
                "code": item.denied,
                "reason": _reason(item.denied),
            }
            rec = server.chain.next_rec(tx, ahead=len(ops))
            ops.append(OwnOp(item.stream, "verdict", [Change(rec, "verdict", values)], item.op.header.case))
    return server.chain.place(tx, ops, wall=now) if ops else []


def _reason(code: str) -> str:
    from sync.server.sentences import sentence

    return sentence(KnownError(code))


def list_problems(tx: Tx, fresh: list[Placed], taken: Taken, now: int) -> None:
    """List what is wrong with ops for whoever looks after the district, and tell the station that sent them."""
    rows = []
    for item in fresh:
        if item.problem:
            header = item.op.header
            rows.append(
                (item.op.id, item.problem, item.detail.replace("\0", ""), item.stream, header.case, item.device, now, 0)
            )
            if item.problem not in (NEWER, WAITS):  # nobody at the station has anything to do about it
                taken.problems.append({"op": item.op.id, "code": item.problem})
    if rows:
        tx.bulk("problem", ("op", "code", "detail", "stream", "case_rec", "device", "at", "settled"), rows)
