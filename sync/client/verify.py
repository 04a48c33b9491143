"""A page is believed only after this: the server's certificate over recomputed chains, and the shape of each op."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import cast

from sync.client.codec import verifies
from sync.client.ledger import Incoming, OwnSpan, Page, ServerLink
from sync.contract.canonical import Json
from sync.contract.chain import Certificate, opening_head
from sync.contract.check import shape_problems
from sync.contract.errors import KnownError
from sync.contract.op import BadOp, Change, Op, is_inst, parse_body
from sync.contract.wire import certificate_from_json, unb64, unpack_message, unpack_ops

_FROM_NEWER = "verb:"


def read_page(plain: bytes, link: ServerLink, *, stream: str, case: str, cursor: int) -> Page:
    """Read and verify the answer to a pull or history request that asked from `cursor` on.

    E-106 where it is malformed, E-114 where the signature, a chain or the numbers do not hold: nothing of it is used.
    """
    try:
        head, batch = unpack_message(plain)
        ops = unpack_ops(batch)
        certificate = certificate_from_json(head.get("certificate"), {op.id: op.header_bytes for op in ops})
        end, more, revs = _numbers(head, len(ops), cursor)
        own = _own(head.get("own_revs"))
        granted = head.get("granted")
        covered = [str(item) for item in granted] if isinstance(granted, list) else []
        opens = _opens(head.get("opens"), certificate)
        spell = head.get("spell") or ""
        if not isinstance(spell, str):
            raise BadOp("spell")
    except BadOp as exc:
        raise KnownError("E-106", what=str(exc)) from exc
    _check_certificate(certificate, link, ops)
    if case and any(op.header.case != case for op in ops):
        raise KnownError("E-114", what="page of another case")
    incoming = [examine(op, rev, stream) for op, rev in zip(ops, revs, strict=True)]
    return Page(stream, case, end, more, incoming, certificate, own, covered, opens, spell[:40])


def _numbers(head: dict[str, Json], count: int, cursor: int) -> tuple[int, bool, list[int]]:
    """(cursor after the page, more, server number of each op); numbers rise and lie between the cursors."""
    end, more, deltas = head.get("cursor"), head.get("more"), head.get("revs")
    if type(end) is not int or not isinstance(more, bool) or not isinstance(deltas, list) or len(deltas) != count:
        raise BadOp("page head")
    if not all(type(d) is int for d in deltas):
        raise BadOp("page revs")
    revs = list(accumulate(cast("list[int]", deltas)))
    if end < cursor or any(b <= a for a, b in pairwise([cursor, *revs])) or (revs and revs[-1] > end):
        raise BadOp("page numbers")
    if more and end == cursor:
        raise BadOp("page does not move")
    return end, more, revs


def _own(raw: Json) -> list[OwnSpan]:
    spans: list[OwnSpan] = []
    for item in raw if isinstance(raw, list) else []:
        if not isinstance(item, list) or len(item) != 4 or not is_inst(item[0]):
            raise BadOp("own revs")
        inst, first, rev, count = item
        if type(first) is not int or type(rev) is not int or type(count) is not int or min(first, rev, count) < 1:
            raise BadOp("own revs")
        spans.append(OwnSpan(cast("str", inst), first, rev, count))
    return spans


def _opens(raw: Json, certificate: Certificate) -> dict[str, tuple[str, bytes]]:
    """Who opened the incarnations that begin here, where the certified head before their first op bears it out."""
    begun = {run.inst: run.before for run in certificate.runs if run.first == 1}
    found: dict[str, tuple[str, bytes]] = {}
    for inst, said in raw.items() if isinstance(raw, dict) else ():
        if not isinstance(said, list) or len(said) != 2 or not isinstance(said[0], str):
            raise BadOp("opens")
        before = unb64(said[1])
        if inst in begun and opening_head(said[0], inst, before) == begun[inst]:
            found[inst] = (said[0], before)
    return found


def _check_certificate(certificate: Certificate, link: ServerLink, ops: Sequence[Op]) -> None:
    """The server signed exactly the chains that follow from the ops' bytes; every op lies in one of them."""
    if certificate.signer != link.device or not verifies(link.sign_key, certificate.signature, certificate.message()):
        raise KnownError("E-114", what="certificate")
    named = {(run.inst, seq) for run in certificate.runs for seq in range(run.first, run.last + 1)}
    if any((op.header.inst, op.header.seq) not in named for op in ops):
        raise KnownError("E-114", what="op outside the certificate")


def examine(op: Op, rev: int, stream: str) -> Incoming:
    """Look at the shape of an op; what a newer program may have written is no problem."""
    changes: tuple[Change, ...] | None = None
    if op.header.stream != stream:
        return Incoming(op.header, op.header_bytes, op.body, rev, None, f"stream: {op.header.stream} came in {stream}")
    if op.body is not None and op.header.body_form == "clear":
        try:
            changes = tuple(parse_body(op.body))
        except BadOp as exc:
            return Incoming(op.header, op.header_bytes, op.body, rev, (), f"body: {exc}")
    return Incoming(op.header, op.header_bytes, op.body, rev, changes, problem_of(op, changes))


def problem_of(op: Op, changes: Sequence[Change] | None) -> str:
    """The first thing wrong with an op's shape, or ""."""
    wrong = [p for p in shape_problems(op, changes) if not p.startswith(_FROM_NEWER)]
    return wrong[0] if wrong else ""
