"""Offer: a station holds ops of others which a restored server lost; the server's own old pages vouch for them.

A page's certificate proves that this district's server once stored exactly these ops and showed them to the reader. So
they are taken as if their device had sent them again: same chain, same rights, once for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sync.contract.canonical import Json
from sync.contract.chain import Certificate, Run
from sync.contract.erasing import Order, orders_in
from sync.contract.op import BadOp, Op, is_inst, op_id
from sync.contract.wire import certificate_from_json, pack_message, unb64, unpack_message, unpack_ops
from sync.server import auth, push, rights, scope
from sync.server.auth import Caller, require_standing
from sync.server.erasure import carrying_out, listing, standing, telling
from sync.server.ingest import EVERYONE, Placed, keep_certificate, store
from sync.server.keys import verify
from sync.server.problems import Refusal
from sync.server.push import Pushed, Taken
from sync.server.relay import waiting
from sync.server.server import Server
from sync.server.storage.port import Tx


@dataclass(slots=True)
class Relay:
    """What came: a certificate of this server, ops it names, and who opened the incarnations that begin here."""

    certificate: Certificate
    ops: dict[str, Op]
    devices: dict[str, str]
    before: dict[str, bytes] = field(default_factory=dict)


def offer(server: Server, caller: Caller, body: bytes) -> bytes:
    """Head {have}: {inst: last seq} -> {wanted: {inst: first seq}}; head {certificate, opens} and ops -> {stored}.

    E-109 revoked, E-106 malformed, E-114 where the certificate is none of this server's.
    """
    require_standing(caller)
    try:
        head, batch = unpack_message(body)
        if "have" in head:
            have = _have(head.get("have"))
            with server.storage.read() as tx:
                return pack_message({"wanted": _wanted(tx, have)})
        relay = _read(head, batch)
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
    certificate, own = relay.certificate, server.district
    if certificate.signer != own.device or not verify(own.server.public, certificate.signature, certificate.message()):
        raise Refusal("E-114", detail="certificate of the offer")
    stored, erased = server.storage.write(lambda tx: _take(tx, server, relay))
    if erased:
        server.storage.scrub()
    return pack_message({"stored": stored})


def _have(raw: Json) -> dict[str, int]:
    if not isinstance(raw, dict):
        raise BadOp("have")
    have: dict[str, int] = {}
    for inst, seq in raw.items():
        if not is_inst(inst) or type(seq) is not int or seq < 1:
            raise BadOp("have")
        have[inst] = seq
    return have


def _wanted(tx: Tx, have: dict[str, int]) -> dict[str, Json]:
    """First number that is lacking here of each incarnation of which the station holds more."""
    test, value = tx.among("inst", sorted(have))
    known = {str(inst): int(seq) for inst, seq in tx.rows(f"SELECT inst, seq FROM inst WHERE {test}", (value,))}
    return {inst: known.get(inst, 0) + 1 for inst, seq in have.items() if seq > known.get(inst, 0)}


def _read(head: dict[str, Json], batch: bytes) -> Relay:
    ops = {op.id: op for op in unpack_ops(batch)}
    certificate = certificate_from_json(head.get("certificate"), {i: op.header_bytes for i, op in ops.items()})
    named = {op_id(run.inst, run.first + n) for run in certificate.runs for n in range(len(run.hashes))}
    if not ops.keys() <= named:
        raise BadOp("op outside the certificate")
    relay = Relay(certificate, ops, {})
    opens = head.get("opens") or {}
    if not isinstance(opens, dict):
        raise BadOp("opens")
    for inst, said in opens.items():
        if not isinstance(said, list) or len(said) != 2 or not isinstance(said[0], str):
            raise BadOp("opens")
        relay.devices[inst], relay.before[inst] = said[0], unb64(said[1])
    return relay


def _take(tx: Tx, server: Server, relay: Relay) -> tuple[int, bool]:
    """Store what follows on the chains as they are known here; what leaves a gap waits for another offer. How many ops,
    and whether an order to erase was among them.
    """
    now = server.clock.now_ms()
    taken, fresh = Taken(), list[tuple[Caller, list[Placed]]]()
    for run in sorted(_travelling(relay), key=lambda r: (r.inst, r.first)):
        caller = _maker(tx, server, relay, run.inst)
        if caller is None:
            continue
        try:
            items = push.take_run(tx, caller, Pushed(relay.certificate, relay.ops, relay.before), run, taken=taken)
        except Refusal:
            continue  # another history of this incarnation is known: nothing of it is overwritten
        if items:
            fresh.append((caller, items))
    if not fresh:
        return 0, False
    certificate = relay.certificate
    cert = keep_certificate(tx, certificate.signer, certificate.runs, certificate.signature, at=now)
    placed: list[Placed] = []
    orders: list[Order] = []
    for stage in _stages(relay, fresh):
        items = [item for _, some in stage for item in some]
        for caller, some in stage:
            _judge(tx, server, caller, some)
        for item in items:
            item.cert = cert
        came = _erased_again(tx, server, items)
        late = telling.late_grants(tx, items)
        store(tx, items + push.verdicts_on(tx, server, items, now))
        for order in came:
            carrying_out.drop(tx, order)
        telling.tell(tx, server, late, now)
        orders += came
        placed += items
    push.list_problems(tx, placed, taken, now)
    waiting.look(tx, server, placed, now)
    _revoke_again(tx, server, placed)
    return len(placed), bool(orders)


def _stages(relay: Relay, fresh: list[tuple[Caller, list[Placed]]]) -> Iterator[list[tuple[Caller, list[Placed]]]]:
    """The ops by maker, in parts that end with each grant: what was written by virtue of it is judged when it stands.
    The order is that in which they came, which is the one they once had here.
    """
    place = {op: number for number, op in enumerate(relay.ops)}
    every = sorted(((place[i.op.id], n, i) for n, (_, items) in enumerate(fresh) for i in items), key=lambda e: e[0])
    stage: dict[int, list[Placed]] = {}
    for _, maker, item in every:
        stage.setdefault(maker, []).append(item)
        if any(change.kind == "grant" for change in push.changes_of(item.op) or ()):
            yield [(fresh[n][0], items) for n, items in stage.items()]
            stage = {}
    if stage:
        yield [(fresh[n][0], items) for n, items in stage.items()]


def _revoke_again(tx: Tx, server: Server, placed: list[Placed]) -> None:
    """A PC that was reported lost after the backup is lost again as soon as anybody brings the word of it back."""
    for item in placed:
        for change in (item.changes or ()) if item.device == server.district.device else ():
            if change.kind == "device" and change.set.get("revoked") is True:
                tx.run(
                    "UPDATE device SET revoked = 1, reason = ?, changed = ? WHERE rec = ? AND revoked = 0",
                    (str(change.set.get("revoked_reason") or ""), server.clock.now_ms(), change.rec),
                )


def _erased_again(tx: Tx, server: Server, placed: list[Placed]) -> list[Order]:
    """Orders to erase that were given after the backup stand again; they are on the list from now on."""
    found = []
    for item in placed:
        for order in orders_in(item.changes or ()) if item.device == server.district.device else ():
            if verify(server.district.ca.public, order.signature, order.message()) and standing.note(tx, order):
                found.append(order)
    if found:
        streams = tuple(str(row[0]) for row in tx.rows("SELECT code FROM stream ORDER BY code"))
        listing.keep(server.district, [listing.Entry(order, streams) for order in found])
    return found


def _judge(tx: Tx, server: Server, caller: Caller, items: list[Placed]) -> None:
    """As at a push of that device; the server's own ops are as they were."""
    if caller.device == server.district.device:
        origins = scope.origins(tx, (item.op.header.case for item in items if item.op.header.case))
        for item in items:
            header = item.op.header
            everyone = not header.case or header.compartment == "reference"
            item.stream, item.changes = header.stream, push.changes_of(item.op)
            item.origin = EVERYONE if everyone else origins[header.case]
        return
    known = rights.rules(tx, caller, [item.op.header for item in items], server.clock.now_ms())
    for item in items:
        rights.place(known, item)
        push.look(known, item)


def _travelling(relay: Relay) -> Iterator[Run]:
    """The parts of the certified runs whose ops came along."""
    for run in relay.certificate.runs:
        before, first = run.before, 0
        hashes: list[bytes] = []
        for number, value in enumerate(run.hashes, run.first):
            if op_id(run.inst, number) in relay.ops:
                first = first or number
                hashes.append(value)
                continue
            if hashes:
                yield Run(run.inst, first, before, tuple(hashes))
            before, first, hashes = value, 0, []
        if hashes:
            yield Run(run.inst, first, before, tuple(hashes))


def _maker(tx: Tx, server: Server, relay: Relay, inst: str) -> Caller | None:
    """The device whose incarnation this is; None where it is not known here (yet): it was enrolled after the backup.

    What it had written before it was revoked was taken then, so it counts as standing.
    """
    row = tx.row("SELECT device FROM inst WHERE inst = ?", (inst,))
    device = str(row[0]) if row else relay.devices.get(inst, "")
    district = server.district
    if device == district.device:
        known = tx.rows("SELECT code FROM stream")
        streams = {op.header.stream for op in relay.ops.values() if op.header.inst == inst}
        nobody = Caller(device, district.server.public, EVERYONE, "", "", "", revoked=False, counter=0)
        return nobody if streams <= {str(r[0]) for r in known} else None
    try:
        return replace(auth.caller_of(tx, device, 0), revoked=False)
    except Refusal:
        return None
