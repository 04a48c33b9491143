"""The frozen segments, letters and backups: they are read for ever, and what is changed in them is refused."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
import zstandard

from station_app.services.local import backup as station_backup
from sync.client import sharing
from sync.client.ledger import ServerLink
from sync.client.segments import read_listing, read_segment
from sync.contract import chain, wire
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.segment import segments_from_json
from sync.server.admin import backup
from tests.contract.vectors import load

SEGMENTS, LETTERS, BACKUPS = load("segments"), load("letters"), load("backups")


def link() -> ServerLink:
    key = bytes.fromhex(SEGMENTS["server_public"])
    return ServerLink("http://x", b"", chain.device_id(key), key, 1, SEGMENTS["stream"])


def test_a_segment() -> None:
    data = bytes.fromhex(SEGMENTS["hex"])
    assert hashlib.sha256(data).hexdigest() == SEGMENTS["listed"][0]
    assert zstandard.ZstdDecompressor().decompress(data).hex() == SEGMENTS["plain_hex"]
    (segment, following) = read_listing(bytes.fromhex(SEGMENTS["answer_hex"]), 3)
    assert segment.to_json() == SEGMENTS["listed"]
    assert following.low == segment.high
    page = read_segment(data, segment, link(), SEGMENTS["stream"])
    assert [op.header.id for op in page.ops] == SEGMENTS["ops"]
    assert [op.rev for op in page.ops] == SEGMENTS["revs"]
    assert [op.problem for op in page.ops] == ["", "", ""]
    assert (page.cursor, page.more, list(page.own), list(page.granted)) == (7, True, [], [])
    asked, said = SEGMENTS["piece"]["request"], bytes.fromhex(SEGMENTS["piece"]["answer_hex"])
    head, piece = wire.unpack_message(said)
    assert head == {"size": len(data), "offset": asked["offset"]}
    assert piece == data[asked["offset"] : asked["offset"] + asked["limit"]]


@pytest.mark.parametrize("at", [0, 30, -1])
def test_a_segment_that_was_changed(at: int) -> None:
    data = bytearray(bytes.fromhex(SEGMENTS["hex"]))
    data[at] ^= 1
    (segment, _) = read_listing(bytes.fromhex(SEGMENTS["answer_hex"]), 3)
    with pytest.raises(KnownError, match="E-543"):
        read_segment(bytes(data), segment, link(), SEGMENTS["stream"])


@pytest.mark.parametrize("raw", SEGMENTS["no_list_at_cursor_3"], ids=lambda r: json.dumps(r)[:30])
def test_what_is_no_list_of_segments(raw: Json) -> None:
    with pytest.raises(BadOp):
        segments_from_json(raw, 3)


def read_letter(data: bytes) -> sharing.Letter:
    key = bytes.fromhex(LETTERS["sender_public"])
    sender = sharing.Colleague(chain.device_id(key), key, bytes(32))
    private = bytes.fromhex(LETTERS["receiver_seal_seed"])
    return sharing.read(data, device=LETTERS["receiver"], private=private, colleagues={sender.device: sender})


def test_a_letter() -> None:
    letter = read_letter(bytes.fromhex(LETTERS["hex"]))
    assert letter.at == LETTERS["at"]
    said = letter.said
    assert (said.have, said.mine) == (LETTERS["have"], LETTERS["mine"])
    assert [list(pair) for pair in said.lacking] == LETTERS["lacking"]
    (push,) = letter.pushes
    assert sorted(push.ops) == LETTERS["ops"]
    assert [run.before.hex() for run in push.certificate.runs] == [LETTERS["before_hex"]]
    assert {inst: before.hex() for inst, before in push.opens.items()} == LETTERS["opens"]
    ((case, name, data),) = letter.blobs
    assert {"case": case, "id": name, "hex": data.hex()} == LETTERS["blob"]


def test_a_letter_that_was_cut_changed_or_meant_for_another() -> None:
    whole = bytes.fromhex(LETTERS["hex"])
    with pytest.raises(KnownError, match=r"E-18[23]"):
        read_letter(whole[:-1])
    with pytest.raises(KnownError, match="E-183"):
        read_letter(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(KnownError, match="E-181"):
        sharing.read(whole, device="d-" + "0" * 16, private=bytes(32), colleagues={})


def test_a_backup_of_a_station(tmp_path: Path) -> None:
    vector = BACKUPS["station"]
    file = tmp_path / "x.gmbak"
    file.write_bytes(bytes.fromhex(vector["hex"]))
    seen = station_backup.look(file)
    assert (seen.station, seen.device, seen.at) == tuple(vector["sheet"][k] for k in ("station", "device", "at"))
    assert list(seen.users) == vector["users"]
    with zipfile.ZipFile(file) as pack:
        assert pack.read("station.db").hex() == vector["database_hex"]
        for name, digest in vector["sheet"]["files"].items():
            assert hashlib.sha256(pack.read(name)).hexdigest() == digest
            assert pack.getinfo(name).compress_type == zipfile.ZIP_STORED
    file.write_bytes(bytes.fromhex(vector["hex"])[:-30])
    with pytest.raises(KnownError, match="E-541"):
        station_backup.look(file)


def test_a_backup_of_the_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vector = BACKUPS["district"]
    for name, value in vector["argon2id"].items():
        monkeypatch.setitem(backup._COST, name, value)
    file = tmp_path / "x"
    data = bytes.fromhex(vector["hex"])
    file.write_bytes(data)
    with file.open("rb") as source:
        records = list(backup._records(backup._opened(source, vector["password"])))
    assert [r.decode("latin-1") for r in records] == vector["records"]
    *values, last = backup._unpacked(records[2][1:])
    assert [*values, {"hex": bytes(last).hex()}] == vector["row"]  # type: ignore[arg-type]  # bytes, as the vector says
    with file.open("rb") as source, pytest.raises(KnownError, match="E-507"):
        list(backup._opened(source, "another password"))
    file.write_bytes(data[:-1])
    with file.open("rb") as source, pytest.raises(KnownError, match=r"E-(507|106)"):
        list(backup._records(backup._opened(source, vector["password"])))
