"""Pages: any lie about chains, numbers or signatures refuses the page; an op out of shape is only set apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.ledger import Page, ServerLink
from sync.client.verify import read_page
from sync.contract.canonical import Json
from sync.contract.chain import Certificate, certificate_message, device_id, run_over
from sync.contract.errors import KnownError
from sync.contract.op import Change, Header, hash_body, make_body
from sync.contract.wire import certificate_to_json, pack_message, pack_ops

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
LINK = ServerLink("http://x", PUBLIC, device_id(PUBLIC), PUBLIC, 1, "dongkeng")
INST = "00112233aabbccdd"
Ops = list[tuple[bytes, bytes | None]]


def op(seq: int, *, body: bytes | None = None, **other: object) -> tuple[bytes, bytes]:
    """A case's creation, or something else."""
    case = f"{INST}.{seq}.0"
    made = body if body is not None else make_body([Change(case, "case", {"title": "甲"})], bytes(16))
    header = Header(INST, seq, (seq, 1), "dongkeng", case, "register", "register", "", 1, hash_body(made), "clear")
    return replace(header, **other).to_bytes(), made  # type: ignore[arg-type]  # fields by name


def page(
    ops: Ops, *, revs: list[int] | None = None, drop: int = -1, key: Ed25519PrivateKey = KEY, **head: Json
) -> bytes:
    """The answer of a server with these ops; `drop` leaves one out of the batch, `head` replaces parts."""
    run = run_over(INST, 1, bytes(32), [header for header, _ in ops])
    certificate = Certificate(LINK.device, (run,), key.sign(certificate_message(LINK.device, [run])))
    numbers: list[Json] = list(revs or [1] * len(ops))
    said: dict[str, Json] = {
        "cursor": len(ops),
        "more": False,
        "revs": numbers,
        "own_revs": [],
        "certificate": certificate_to_json(certificate),
        **head,
    }
    return pack_message(said, pack_ops(item for n, item in enumerate(ops) if n != drop))


def read(data: bytes, *, case: str = "", cursor: int = 0) -> Page:
    """Read it as a page of the stream."""
    return read_page(data, LINK, stream="dongkeng", case=case, cursor=cursor)


def refused(data: bytes, **more: object) -> str:
    """The code it is refused with."""
    with pytest.raises(KnownError) as caught:
        read(data, **more)  # type: ignore[arg-type]  # options of read
    return caught.value.code


def test_a_good_page() -> None:
    found = read(page([op(1), op(2)]))
    assert [(i.header.seq, i.rev, i.problem) for i in found.ops] == [(1, 1, ""), (2, 2, "")]
    assert (found.cursor, found.more) == (2, False)
    assert found.ops[0].changes is not None
    assert found.ops[0].changes[0].set == {"title": "甲"}


def test_signatures_and_chains() -> None:
    other = Ed25519PrivateKey.generate()
    assert refused(page([op(1)], key=other)) == "E-114"
    whole = page([op(1), op(2)])
    assert refused(whole.replace("甲".encode(), "乙".encode())) == "E-114"
    assert refused(page([op(1), op(2)], drop=1, revs=[1])) == "E-106"
    stranger = op(7, inst="ffffffffffffffff", case="ffffffffffffffff.7.0")
    assert refused(page([op(1)], revs=[1, 1], cursor=2) + pack_ops([stranger])) == "E-114"


@pytest.mark.parametrize(
    "head",
    [
        {"cursor": -1},
        {"cursor": "2"},
        {"cursor": 1},
        {"more": 1},
        {"more": True, "cursor": 0, "revs": []},
        {"revs": [1]},
        {"revs": [0, 1]},
        {"revs": [1, 0]},
        {"revs": [2, -1]},
        {"revs": [1, 2]},
        {"revs": ["1", "1"]},
        {"certificate": None},
        {"own_revs": [["x", 1, 1, 1]]},
        {"own_revs": [[INST, 0, 1, 1]]},
        {"own_revs": [[INST, 1, 1]]},
    ],
)
def test_heads_that_are_none(head: dict[str, Json]) -> None:
    assert refused(page([op(1), op(2)], **head)) == "E-106"  # type: ignore[arg-type]  # parts of the head by name


def test_numbers_lie_after_the_cursor() -> None:
    assert refused(page([op(1)]), cursor=1) == "E-106"
    assert refused(b"") == "E-106"
    assert refused(page([op(1)])[:-1]) == "E-106"


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (op(1, body=b"no json"), "body"),
        (op(1, body=make_body([Change(f"{INST}.1.0", "case", {"title": 7})], bytes(16))), "value"),
        (op(1, body=make_body([Change(f"{INST}.1.0", "facts", {"story": "x"})], bytes(16))), "case"),
        (op(1, stream="tangjia"), "stream"),
        (op(1, compartment="content"), "form"),
    ],
)
def test_misshapen_ops_are_set_apart(item: tuple[bytes, bytes], rule: str) -> None:
    found = read(page([item, op(2)]))
    assert found.ops[0].problem.startswith(rule)
    assert found.ops[1].problem == ""


def test_what_a_newer_program_writes_is_no_problem() -> None:
    newer = make_body([Change(f"{INST}.1.0", "case", {"title": "甲", "later": {"a": 1}})], bytes(16))
    assert read(page([op(1, body=newer, verb="levitate", v=2)])).ops[0].problem == ""


def test_history_holds_one_case() -> None:
    assert read(page([op(1)]), case=f"{INST}.1.0").case == f"{INST}.1.0"
    assert refused(page([op(1), op(2)]), case=f"{INST}.1.0") == "E-114"
