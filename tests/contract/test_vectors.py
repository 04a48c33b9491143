"""The frozen examples: a change of code that changes one of them is a change of the contract, and fails here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station_app.store import sealing
from sync.contract import chain, wire
from sync.contract.canonical import NotCanonical, dumps, loads
from sync.contract.fold import fold
from sync.contract.numbering import Number, parse
from sync.contract.op import Op, hash_body, make_body, parse_body, parse_header
from sync.contract.proof import PaperProof, decode
from tests.contract.vectors import fold_op_from_json, fold_result, load

CHAIN, OPS, WIRE, SEALED = load("chain"), load("ops")["ops"], load("wire"), load("sealed")
FOLDS: list[dict[str, Any]] = load("fold")["examples"]


def unhex(where: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(where[name])


# -- canonical bytes, ops ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", load("canonical")["written"], ids=lambda i: i["hex"][:24])
def test_canonical_bytes(item: dict[str, Any]) -> None:
    assert dumps(item["value"]).hex() == item["hex"]
    assert loads(unhex(item, "hex")) == item["value"]


@pytest.mark.parametrize("data", load("canonical")["refused_hex"])
def test_bytes_outside_the_form(data: str) -> None:
    with pytest.raises(NotCanonical):
        loads(bytes.fromhex(data))


@pytest.mark.parametrize("item", OPS, ids=lambda i: i["id"])
def test_headers_and_bodies(item: dict[str, Any]) -> None:
    header_bytes, body = item["header"].encode(), unhex(item, "body_hex")
    header = parse_header(header_bytes)
    assert (header.id, header.to_bytes(), header.body_hash) == (item["id"], header_bytes, item["body_hash"])
    assert hash_body(body) == item["body_hash"]
    assert Op.from_bytes(header_bytes, body).id == item["id"]
    if item["body"] is not None:
        assert item["body"].encode() == body
        assert [c.to_json() for c in parse_body(body)] == item["changes"]
        assert make_body(parse_body(body), unhex(item, "salt_hex")) == body


# -- chain and signatures ---------------------------------------------------------------------------------------------


def test_heads_and_devices() -> None:
    keys, headers = CHAIN["keys"], [item["header"].encode() for item in OPS]
    assert chain.device_id(unhex(keys, "device_public")) == CHAIN["device"]
    assert chain.device_id(unhex(keys, "server_public")) == CHAIN["server"]
    inst = parse_header(headers[0]).inst
    opening = chain.opening_head(CHAIN["device"], inst, chain.NO_HEAD)
    assert opening.hex() == CHAIN["opening_head"]
    run = chain.run_over(inst, 1, opening, headers)
    assert [h.hex() for h in run.hashes] == CHAIN["heads"]
    later = CHAIN["later"]
    assert chain.opening_head(CHAIN["device"], later["inst"], unhex(later, "before")).hex() == later["opening_head"]
    assert run.head.hex() == later["before"]


def messages() -> dict[str, tuple[str, bytes]]:
    keys, given, device = CHAIN["keys"], CHAIN["inputs"], CHAIN["device"]
    sign_key, seal_key, body = unhex(keys, "device_public"), unhex(keys, "seal_public"), unhex(given, "body_hex")
    run = chain.run_over("0123456789abcdef", 1, unhex(CHAIN, "opening_head"), [i["header"].encode() for i in OPS])
    identity = chain.identity_message(device, given["station"], given["stream"], sign_key, seal_key, given["until"])
    return {
        "certificate": ("device_public", chain.certificate_message(device, [run])),
        "enrol": ("device_public", chain.enrol_message(given["code"], sign_key, seal_key)),
        "identity": ("ca_public", identity),
        "server": ("ca_public", chain.server_message(CHAIN["server"], unhex(keys, "server_public"))),
        "request": (
            "device_public",
            chain.request_message(given["method"].lower(), given["path"], device, given["counter"], body),
        ),
        "answer": ("server_public", chain.answer_message(given["counter"], body)),
    }


@pytest.mark.parametrize("name", sorted(CHAIN["signed"]))
def test_what_is_signed(name: str) -> None:
    key, message = messages()[name]
    assert message.hex() == CHAIN["signed"][name]["message_hex"]
    public = Ed25519PublicKey.from_public_bytes(unhex(CHAIN["keys"], key))
    public.verify(unhex(CHAIN["signed"][name], "signature_hex"), message)


def test_every_signed_message_begins_with_a_name_of_its_own() -> None:
    heads = [message.split(b"\0")[0] for _, message in messages().values()]
    assert len(set(heads)) == len(heads)
    assert all(head.startswith(b"GM1 ") for head in heads)


def test_certificates_on_the_line() -> None:
    headers = {item["id"]: item["header"].encode() for item in OPS}
    whole = wire.certificate_from_json(CHAIN["certificate_all_travel"], headers)
    assert whole.message().hex() == CHAIN["signed"]["certificate"]["message_hex"]
    assert wire.certificate_to_json(whole) == CHAIN["certificate_all_travel"]
    some = {op: data for op, data in headers.items() if not op.endswith(".2")}
    assert wire.certificate_from_json(CHAIN["certificate_second_withheld"], some) == whole
    assert wire.certificate_to_json(whole, frozenset(some)) == CHAIN["certificate_second_withheld"]


# -- the line ---------------------------------------------------------------------------------------------------------


def test_frames() -> None:
    items = [(item["header"].encode(), unhex(item, "body_hex")) for item in OPS]
    assert wire.pack_ops(items).hex() == WIRE["batch_hex"]
    assert list(wire.frames(unhex(WIRE, "batch_hex"))) == items
    withheld = [items[0], (items[1][0], None), items[2]]
    assert wire.pack_ops(withheld).hex() == WIRE["batch_second_body_withheld_hex"]
    read = wire.unpack_ops(unhex(WIRE, "batch_second_body_withheld_hex"))
    assert [(op.header_bytes, op.body) for op in read] == withheld


def test_messages() -> None:
    item = WIRE["message"]
    assert wire.pack_message(item["head"], unhex(item, "batch_hex")).hex() == item["hex"]
    assert wire.unpack_message(unhex(item, "hex")) == (item["head"], unhex(item, "batch_hex"))


# -- numbers, paper codes, sealed bodies ------------------------------------------------------------------------------


@pytest.mark.parametrize("item", load("numbers")["written"], ids=lambda i: i["text"])
def test_numbers(item: dict[str, Any]) -> None:
    assert Number(**item["parts"]).text() == item["text"]
    assert parse(item["text"]) == Number(**item["parts"])


@pytest.mark.parametrize("item", load("numbers")["also_read"], ids=lambda i: i["text"])
def test_numbers_in_other_brackets(item: dict[str, Any]) -> None:
    assert parse(item["text"]) == Number(**item["parts"])


@pytest.mark.parametrize("text", load("numbers")["refused"])
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_the_code_of_a_paper() -> None:
    item = load("paper_code")
    given = dict(item["fields"])
    proof = PaperProof(facts16=bytes.fromhex(given.pop("facts16_hex")), **given)
    assert proof.signed_bytes().hex() == item["message_hex"]
    signed = proof.signed(unhex(item, "signature_hex"))
    assert signed.encode("https://gm.example.gov.cn") == item["url"]
    assert decode(item["url"]) == signed


@pytest.mark.parametrize("item", SEALED["bodies"], ids=["packed", "stored"])
def test_sealed_bodies_open_for_ever(item: dict[str, Any]) -> None:
    root, sealed = unhex(SEALED, "root_hex"), unhex(item, "sealed_hex")
    assert sealing.key_id(root) == SEALED["root_id"] == sealing.root_id_of(sealed)
    key = sealing.case_key(root, SEALED["compartment"], SEALED["case"])
    assert key.hex() == SEALED["case_key_hex"]
    opened = sealing.unseal(sealed, key=key, compartment=SEALED["compartment"], case=SEALED["case"])
    assert opened.decode() == item["plain"]


def test_wrapped_keys_open_for_ever() -> None:
    box = SEALED["box"]
    secret = sealing.unwrap(unhex(box, "hex"), unhex(box, "receiver_seed"), box["purpose"].encode())
    assert secret.hex() == box["secret_hex"]


# -- fold -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", FOLDS, ids=lambda e: e["name"])
def test_fold(example: dict[str, Any]) -> None:
    given = [fold_op_from_json(raw) for raw in example["ops"]]
    for ops in (given, given[::-1], [*given, *given]):
        assert fold_result(fold(ops)) == example["result"]


def test_the_files_hold_what_they_promise() -> None:
    assert len(FOLDS) >= 15
    assert json.dumps(FOLDS, ensure_ascii=False).count('"conflicts": ["') >= 4
