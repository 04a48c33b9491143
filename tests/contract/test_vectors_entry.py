"""What residents write, by frozen examples: the code on a wall, the ticket, the key's box, a sealed file."""

from __future__ import annotations

import pytest

from station_app.store import sealing
from station_app.store.files import Named, _opened
from sync.contract.place import MAX_SPOT, Place, decode
from sync.contract.proof import BadProof
from sync.contract.ticket import read, ticket_of
from sync.contract.wire import unb64
from sync.server.selfentry.sealing import Envelope
from tests.contract.vectors import load

GIVEN = load("entry")


@pytest.mark.parametrize("item", GIVEN["places"], ids=lambda i: str(i["fields"]["hours"]))
def test_the_code_on_a_wall(item: dict[str, object]) -> None:
    place = Place(**item["fields"])  # type: ignore[arg-type]  # as the file says them
    assert place.signed_bytes().hex() == item["message_hex"]
    signed = place.signed(bytes.fromhex(str(item["signature_hex"])))
    assert signed.payload() == item["payload"]
    assert decode(str(item["payload"])) == signed


def test_what_is_no_code_on_a_wall() -> None:
    good = GIVEN["places"][0]["payload"]
    for bad in ("", "A", good + "=", good[:40], "é" + good, "A" * 500):
        with pytest.raises(BadProof):
            decode(bad)
    with pytest.raises(BadProof):
        Place("d-" + "0" * 16, "长" * (MAX_SPOT // 3 + 1))
    with pytest.raises(BadProof):
        Place("d-" + "0" * 16, "甲\n乙")


def test_the_ticket_of_a_code() -> None:
    item = GIVEN["ticket"]
    assert ticket_of(item["code"]) == ticket_of(item["typed"]) == item["hash"]
    assert [read(wrong) for wrong in ("", "K7QM-2XHD-9WP", "K7QM-2XHD-9WP0", "x" * 500)] == [""] * 4


def test_the_key_and_the_files_open_for_ever() -> None:
    box, letter = GIVEN["box"], GIVEN["letter"]
    purpose = b"GM1 entry\0" + GIVEN["ticket"]["hash"].encode()
    _, _, wrapped = box["keys"].partition(":")
    key = sealing.unwrap(unb64(wrapped), bytes.fromhex(box["receiver_seed"]), purpose)
    assert key.hex() == box["key_hex"]
    name, sha, size = letter["files"].split(":")
    file = Named("", 0, sha, key)
    assert file.id == name
    plain = _opened(file, bytes.fromhex(letter["sealed_hex"]))
    assert plain == letter["plain"].encode()
    assert len(plain) == int(size)
    again = Envelope(key).seal(plain)
    assert (again.name, again.sha, again.data.hex()) == (name, sha, letter["sealed_hex"])
