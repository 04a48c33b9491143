"""The frozen examples, reproduced byte for byte by the second implementation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.contract.second import client

FOLDER = Path(__file__).parents[2] / "data" / "vectors"


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


CHAIN, WIRE, OPS = load("chain"), load("wire"), load("ops")["ops"]
HEADERS = {item["id"]: item["header"].encode() for item in OPS}
FRAMES = [(item["header"].encode(), bytes.fromhex(item["body_hex"])) for item in OPS]


@pytest.mark.parametrize("item", load("canonical")["written"], ids=lambda i: i["hex"][:24])
def test_canonical_bytes(item: Any) -> None:
    assert client.canonical(item["value"]).hex() == item["hex"]


def test_chain_and_certificate() -> None:
    inst = OPS[0]["id"].split(".")[0]
    head = client.opening(CHAIN["device"], inst, bytes(32))
    assert head.hex() == CHAIN["opening_head"]
    heads = [head]
    for item in OPS:
        heads.append(client.sha(heads[-1] + item["header"].encode()))
    assert [h.hex() for h in heads[1:]] == CHAIN["heads"]
    later = CHAIN["later"]
    assert client.opening(CHAIN["device"], later["inst"], heads[-1]).hex() == later["opening_head"]
    signed = CHAIN["signed"]["certificate"]
    message = client.certified(CHAIN["device"], [(inst, 1, heads[0], heads[1:])])
    assert message.hex() == signed["message_hex"]
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(CHAIN["keys"]["device_public"]))
    public.verify(bytes.fromhex(signed["signature_hex"]), message)


@pytest.mark.parametrize("name", ["certificate_all_travel", "certificate_second_withheld"])
def test_certificates_as_they_travel(name: str) -> None:
    """Hashes of what came along are computed, those of the others read: the same message either way."""
    laid = CHAIN[name]
    hidden = {f"{run['inst']}.{seq}" for run in laid["runs"] for seq in run.get("hidden", {})}
    ops = {name: (data, {}, b"") for name, data in HEADERS.items() if name not in hidden}
    runs = [client.Station._run(run, ops) for run in laid["runs"]]  # type: ignore[arg-type]  # bodies are not looked at
    assert client.certified(laid["signer"], runs).hex() == CHAIN["signed"]["certificate"]["message_hex"]


def test_batches_and_messages() -> None:
    assert b"".join(client.frame(*pair) for pair in FRAMES).hex() == WIRE["batch_hex"]
    assert client.frames(bytes.fromhex(WIRE["batch_hex"])) == FRAMES
    withheld = [FRAMES[0], (FRAMES[1][0], None), FRAMES[2]]
    assert b"".join(client.frame(*pair) for pair in withheld).hex() == WIRE["batch_second_body_withheld_hex"]
    item = WIRE["message"]
    assert client.message(item["head"], bytes.fromhex(item["batch_hex"])).hex() == item["hex"]
    assert client.apart(bytes.fromhex(item["hex"])) == (item["head"], bytes.fromhex(item["batch_hex"]))
