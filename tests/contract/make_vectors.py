"""Writes tests/data/vectors/*.json from the code as it stands. Run by hand: python -m tests.contract.make_vectors

A vector that changes is a change of the contract: text, code and vectors in one commit. The files are what a second
implementation is measured by; test_vectors.py reads them and never this module.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from station_app.store import sealing
from sync.contract import chain, wire
from sync.contract.canonical import Json, dumps
from sync.contract.fold import FoldOp, fold
from sync.contract.numbering import Number, parse
from sync.contract.op import Change, Header, hash_body, make_body
from sync.contract.proof import PaperProof
from tests.contract.vectors import fold_op_to_json, fold_result

FOLDER: Final = Path(__file__).parents[1] / "data" / "vectors"
Vectors: TypeAlias = dict[str, Json]

DEVICE_SEED: Final = bytes(range(32))
SERVER_SEED: Final = bytes(range(32, 64))
CA_SEED: Final = bytes(range(64, 96))
SEAL_SEED: Final = bytes(range(96, 128))
INST, LATER = "0123456789abcdef", "fedcba9876543210"
CASE: Final = f"{INST}.1.0"


def public(seed: bytes) -> bytes:
    return sealing.sign_public(seed)


def sign(seed: bytes, message: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message).hex()


# -- canonical --------------------------------------------------------------------------------------------------------


def canonical() -> Vectors:
    values: list[Json] = [
        {},
        [],
        None,
        True,
        False,
        0,
        -1,
        2**63 - 1,
        -(2**63),
        "",
        "拖欠工资",
        'a"b\\c/d',
        "\b\t\n\f\r\x00\x1f\x7f\u2028",
        "e\u0301 é",
        "𬱖𠀀",
        {"b": 1, "a": 2, "A": 3, "10": 4, "9": 5},
        {"𠀀": 1, "Ａ": 2},
        {"set": {"amount": 840000, "labour": True, "shares": {f"{INST}.1.1": 840000}}, "texts": ["甲", "乙"]},
    ]
    refused = [
        b"1.0", b"1e3", b"NaN", b"-Infinity", b"9223372036854775808", b"-9223372036854775809", b'{"a":1,"a":2}',
        b'"\\ud800"', b'"\xff"', b"\xef\xbb\xbf{}", b"{}{}", b"", b"[1,]", b"[" * 14 + b"]" * 14,
    ]  # fmt: skip
    written: list[Json] = [{"value": v, "hex": dumps(v).hex()} for v in values]
    return {"written": written, "refused_hex": [r.hex() for r in refused]}


# -- ops, chain, certificates -----------------------------------------------------------------------------------------


def sample_ops() -> list[tuple[Header, bytes, list[Change]]]:
    """Three ops of one group and one after it: created, content in the same group, and an edit that names its base."""
    party, agreement = f"{INST}.1.1", f"{INST}.2.0"
    made = [
        ("register", "register", (1, 2), [
            Change(CASE, "case", {"title": "田志强等与演示宏川劳务有限公司劳动报酬纠纷", "amount": 840000,
                                  "state": "registered", "labour": True}),
            Change(party, "party", {"role": "applicant", "name": "田志强", "order": 1}),
        ]),
        ("register", "content", (1, 2), [
            Change(agreement, "facts", {"summary": "拖欠工资，要求付清", "demand": 840000}),
        ]),
        ("accept", "register", (3, 1), [
            Change(CASE, "case", {"state": "accepted", "state_reason": None, "state_since": "2026-11-20T09:10"},
                   {"state": [f"{INST}.1"]}, {"state": "registered"}),
        ]),
    ]  # fmt: skip
    result = []
    for seq, (verb, compartment, group, changes) in enumerate(made, 1):
        plain = make_body(changes, bytes([seq]) * 16)
        sealed = compartment == "content"
        # in this file a sealed body is any bytes: its hash is all that header and chain know of it
        body = hashlib.sha512(plain).digest() if sealed else plain
        header = Header(INST, seq, group, "dongkeng", CASE, compartment, verb, f"{LATER}.1.0", 1_795_500_000_000 + seq,
                        hash_body(body), "sealed" if sealed else "clear")  # fmt: skip
        result.append((header, body, changes))
    return result


def ops() -> Vectors:
    items: list[Json] = []
    for header, body, changes in sample_ops():
        clear = header.body_form == "clear"
        items.append(
            {
                "id": header.id,
                "header": header.to_bytes().decode(),
                "body_hex": body.hex(),
                "body_hash": header.body_hash,
                "body": body.decode() if clear else None,
                "salt_hex": (bytes([header.seq]) * 16).hex() if clear else None,
                "changes": [c.to_json() for c in changes] if clear else None,
            }
        )
    return {"ops": items}


def chains() -> Vectors:
    device = chain.device_id(public(DEVICE_SEED))
    headers = [h.to_bytes() for h, _, _ in sample_ops()]
    opening = chain.opening_head(device, INST, chain.NO_HEAD)
    run = chain.run_over(INST, 1, opening, headers)
    later = chain.opening_head(device, LATER, run.head)
    message = chain.certificate_message(device, [run])
    cert = chain.Certificate(device, (run,), bytes.fromhex(sign(DEVICE_SEED, message)))
    seal_key, until = sealing.seal_public(SEAL_SEED), 1_890_000_000_000
    server = chain.device_id(public(SERVER_SEED))
    body = wire.pack_message({"cursor": 0, "stream": "dongkeng"})
    signed: dict[str, tuple[bytes, bytes]] = {
        "certificate": (DEVICE_SEED, message),
        "enrol": (DEVICE_SEED, chain.enrol_message("7KQ4-MXP2-9RWT", public(DEVICE_SEED), seal_key)),
        "identity": (CA_SEED, chain.identity_message(device, "GM-FH-DK-01", "dongkeng", public(DEVICE_SEED), seal_key,
                                                     until)),
        "server": (CA_SEED, chain.server_message(server, public(SERVER_SEED))),
        "request": (DEVICE_SEED, chain.request_message("POST", "/v1/pull", device, 42, body)),
        "answer": (SERVER_SEED, chain.answer_message(42, body)),
    }  # fmt: skip
    return {
        "keys": {
            "device_seed": DEVICE_SEED.hex(),
            "device_public": public(DEVICE_SEED).hex(),
            "seal_public": seal_key.hex(),
            "server_public": public(SERVER_SEED).hex(),
            "ca_public": public(CA_SEED).hex(),
        },
        "device": device,
        "server": server,
        "inputs": {"code": "7KQ4-MXP2-9RWT", "station": "GM-FH-DK-01", "stream": "dongkeng", "until": until,
                   "method": "POST", "path": "/v1/pull", "counter": 42, "body_hex": body.hex()},
        "opening_head": opening.hex(),
        "heads": [h.hex() for h in run.hashes],
        "later": {"inst": LATER, "before": run.head.hex(), "opening_head": later.hex()},
        "certificate_all_travel": wire.certificate_to_json(cert),
        "certificate_second_withheld": wire.certificate_to_json(cert, frozenset({f"{INST}.1", f"{INST}.3"})),
        "signed": {name: {"message_hex": m.hex(), "signature_hex": sign(seed, m)}
                   for name, (seed, m) in signed.items()},
    }  # fmt: skip


def wires() -> Vectors:
    items = [(h.to_bytes(), body) for h, body, _ in sample_ops()]
    withheld = [items[0], (items[1][0], None), items[2]]
    return {
        "batch_hex": wire.pack_ops(items).hex(),
        "batch_second_body_withheld_hex": wire.pack_ops(withheld).hex(),
        "message": {"head": {"more": False, "cursor": 3, "名": "甲"}, "batch_hex": "00ff",
                    "hex": wire.pack_message({"more": False, "cursor": 3, "名": "甲"}, b"\x00\xff").hex()},
    }  # fmt: skip


# -- numbers, paper codes, sealed bodies ------------------------------------------------------------------------------


def numbers() -> Vectors:
    made = [
        Number(2026, "光凤东坑", "case", "A", 12),
        Number(2026, "光凤东坑", "case", "ZZ", 10001, "-补1"),
        Number(2027, "光马", "case", "B", 1, "-2"),
        Number(2026, "光凤东坑", "order", "H", 7),
        Number(2026, "光凤东坑", "handoff", "AB", 999_999),
    ]
    other = ["〔2026〕光凤东坑人调字第A0012号", "(2026)光凤东坑人调字第A0012号"]
    refused = ["第A0012号", "（2026）光凤东坑人调字第I0012号", "（2026）光凤东坑人调字第A012号",
               "（2026）光凤东坑人调字第A0012号-1", "（26）光凤东坑人调字第A0012号"]  # fmt: skip

    def parts(n: Number) -> Json:
        return {"year": n.year, "short": n.short, "kind": n.kind, "series": n.series, "n": n.n, "tail": n.tail}

    read: list[Json] = []
    for text in other:
        number = parse(text)
        assert number is not None
        read.append({"text": text, "parts": parts(number)})
    written: list[Json] = [{"text": n.text(), "parts": parts(n)} for n in made]
    return {"written": written, "also_read": read, "refused": [*refused]}


def papers() -> Vectors:
    device = chain.device_id(public(DEVICE_SEED))
    proof = PaperProof(f"{INST}.2.3", 2, 1, 12, bytes(range(16)), device)
    signature = sign(DEVICE_SEED, proof.signed_bytes())
    url = proof.signed(bytes.fromhex(signature)).encode("https://gm.example.gov.cn")
    return {
        "fields": {"paper": proof.paper, "version": 2, "page": 1, "pages": 12, "facts16_hex": proof.facts16.hex(),
                   "device": device},
        "message_hex": proof.signed_bytes().hex(),
        "signature_hex": signature,
        "url": url,
    }  # fmt: skip


def sealed() -> Vectors:
    root = bytes(range(128, 160))
    root_id = sealing.key_id(root)
    key = sealing.case_key(root, "content", CASE)
    plain = make_body([Change(f"{INST}.2.0", "facts", {"summary": "拖欠工资，要求付清"})], bytes(16))
    long_random = dumps({"salt": "", "x": hashlib.shake_256(b"x").hexdigest(64)})
    box = sealing.wrap(root, sealing.seal_public(SEAL_SEED), b"GM1 root")
    assert X25519PrivateKey.from_private_bytes(SEAL_SEED)
    return {
        "root_hex": root.hex(),
        "root_id": root_id,
        "compartment": "content",
        "case": CASE,
        "case_key_hex": key.hex(),
        "bodies": [
            {
                "plain": text.decode(),
                "sealed_hex": sealing.seal(text, key=key, root_id=root_id, compartment="content", case=CASE).hex(),
            }
            for text in (plain, long_random)
        ],
        "box": {"receiver_seed": SEAL_SEED.hex(), "purpose": "GM1 root", "hex": box.hex(), "secret_hex": root.hex()},
    }


# -- folds ------------------------------------------------------------------------------------------------------------


def _op(name: str, *changes: Change, rank: int | None = None, body: bool = True, case: str = CASE) -> FoldOp:
    from sync.contract.fold import UNNUMBERED

    said = tuple(changes) if body else None
    return FoldOp(name, case, "register", "edit", "", 0, said, UNNUMBERED if rank is None else rank)


def folds() -> Vectors:
    a, b, c = "a" * 16, "b" * 16, "c" * 16
    born = _op(f"{INST}.1", Change(CASE, "case", {"title": "甲", "state": "registered", "state_reason": "",
                                                  "state_since": "2026-11-20T08:52"}), rank=1)  # fmt: skip

    def title(name: str, text: str, *base: str, rank: int | None = None) -> FoldOp:
        return _op(name, Change(CASE, "case", {"title": text}, {"title": list(base)} if base else {}), rank=rank)

    def judge(name: str, rec: str, said: dict[str, Json], *base: str) -> FoldOp:
        return _op(name, Change(rec, "verdict", said, {"verdict": list(base)} if base else {}))

    no: dict[str, Json] = {"target": f"{a}.1", "answer": "no", "reason": "无权办理", "code": "E-404"}
    conflict = [born, title(f"{b}.1", "乙", f"{INST}.1", rank=3), title(f"{a}.1", "丙", f"{INST}.1", rank=2)]
    examples: dict[str, list[FoldOp]] = {
        "one op": [born],
        "an edit replaces what it names": [born, title(f"{a}.1", "乙", f"{INST}.1")],
        "two edits of one value are two heads, lowest number first": conflict,
        "an unnumbered head comes after the numbered": [born, title(f"{a}.1", "丙", f"{INST}.1"),
                                                        title(f"{b}.1", "乙", f"{INST}.1", rank=9)],
        "settled by an op that names all heads": [*conflict, title(f"{c}.1", "丁", f"{a}.1", f"{b}.1")],
        "edits of two fields do not conflict": [
            born, title(f"{a}.1", "乙", f"{INST}.1"),
            _op(f"{b}.1", Change(CASE, "case", {"place": "工地东区"}))],
        "fields of a group conflict together and stay whole": [
            born,
            _op(f"{a}.1", Change(CASE, "case", {"state": "accepted"}, {"state": [f"{INST}.1"]}), rank=2),
            _op(f"{b}.1", Change(CASE, "case", {"state": "refused", "state_reason": "不属受理范围"},
                                 {"state_reason": [f"{INST}.1"]}), rank=3)],
        "a ring keeps all its members": [born, title(f"{a}.1", "乙", f"{b}.1"), title(f"{b}.1", "丙", f"{a}.1")],
        "a verdict takes an op out": [born, title(f"{a}.1", "乙", f"{INST}.1"), judge(f"{c}.1", f"{c}.1.0", no)],
        "a lifted verdict takes out nothing": [
            born, title(f"{a}.1", "乙", f"{INST}.1"), judge(f"{c}.1", f"{c}.1.0", no),
            judge(f"{c}.2", f"{c}.1.0", {"answer": "yes", "reason": "已补办委托手续"}, f"{c}.1")],
        "of two standing answers no prevails": [
            born, title(f"{a}.1", "乙", f"{INST}.1"), judge(f"{c}.1", f"{c}.1.0", no),
            judge(f"{b}.1", f"{c}.1.0", {"answer": "yes", "reason": ""})],
        "an op without its body is present and unreadable": [born, _op(f"{a}.1", body=False)],
        "what is built on an op that is not here stands beside what was before it": [
            born, title(f"{a}.2", "丙", f"{a}.1")],
        "unknown kinds and fields are kept": [
            born, _op(f"{a}.1", Change(f"{a}.1.0", "kind_of_tomorrow", {"x": {"y": [1]}}),
                      Change(CASE, "case", {"field_of_tomorrow": True}))],
        "null clears": [born, _op(f"{a}.1", Change(CASE, "case", {"title": None}, {"title": [f"{INST}.1"]}))],
        "two kinds under one id: the smaller name": [born, _op(f"{a}.1", Change(CASE, "party", {"name": "甲"}))],
        "a record in two cases lies in its creator's": [
            born, _op(f"{a}.1", Change(CASE, "case", {"place": "甲"}), case=f"{a}.1.0")],
        "copies count once, the readable one": [born, _op(f"{INST}.1", body=False), born],
    }  # fmt: skip
    return {
        "examples": [
            {"name": name, "ops": [fold_op_to_json(op) for op in given], "result": fold_result(fold(given))}
            for name, given in examples.items()
        ]
    }


def main() -> None:
    """Write all files; a sealed body is random each time, so sealed.json is written only where it is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {
        "canonical": canonical,
        "ops": ops,
        "chain": chains,
        "wire": wires,
        "numbers": numbers,
        "paper_code": papers,
        "fold": folds,
        "sealed": sealed,
    }
    for name, build in made.items():
        path = FOLDER / f"{name}.json"
        if name != "sealed" or not path.exists():
            path.write_text(json.dumps(build(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
