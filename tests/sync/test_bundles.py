"""A stick instead of a line: out, in, and back; twice is once; cut, changed, foreign and swollen files are refused."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station_app.services import cases, papers
from station_app.services.station import Station
from station_app.services.travel import bundles, keys, syncing
from station_app.store import consistency
from sync.contract import bundle
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.server import bundling
from sync.server.admin import devices
from tests.support.district import District
from tests.support.stations import wage_intake
from tests.sync.pcs import Join, case_rows, go, register


def carry(district: District, station: Station, tmp_path: Path) -> tuple[bundling.Taken, Path]:
    """Out on a stick, in at the district; the answer lies on the stick."""
    made = bundles.export(station, to=tmp_path)
    taken = bundling.take(district.server, made.path.read_bytes())
    back = tmp_path / f"{made.path.stem}-回执.gmb"
    back.write_bytes(taken.answer)
    return taken, back


def test_the_keys_of_the_two_curves_belong_together() -> None:
    for _ in range(20):
        ed = Ed25519PrivateKey.generate()
        private = X25519PrivateKey.from_private_bytes(bundle.agree_private(ed.private_bytes_raw()))
        assert private.public_key().public_bytes_raw() == bundle.agree_public(ed.public_key().public_bytes_raw())


def test_work_goes_by_stick_and_is_confirmed(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    mine = [register(one) for _ in range(3)]
    keys.ensure(one)  # the first bundle would bring the box of the recovery sheet
    waits = syncing.status(one).unsent_ops
    taken, back = carry(district, one, tmp_path)
    assert taken.stored == waits
    assert syncing.status(one).unsent_ops == waits, "nothing counts as sent before the answer is back"
    got = bundles.take(one, path=back)
    assert got.ops == waits
    assert syncing.status(one).unsent_ops == 0
    assert consistency.check(one.store) == []
    before = district.count("SELECT count(*) FROM op")
    again = bundling.take(district.server, (tmp_path / back.name.replace("-回执", "")).read_bytes())
    assert (again.stored, again.duplicates) == (0, waits)
    assert district.count("SELECT count(*) FROM op") == before
    rows = one.store.con.execute("SELECT ops, cases FROM head").fetchone()
    bundles.take(one, path=back)
    assert one.store.con.execute("SELECT ops, cases FROM head").fetchone() == rows
    assert not go(district, one).changed, "the line finds nothing left to do"
    assert district.count("SELECT count(*) FROM case_row") == len(mine)


def test_what_others_wrote_comes_back_on_the_stick(district: District, join: Join, tmp_path: Path) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    register(one)
    go(district, one)
    _, back = carry(district, two, tmp_path)
    got = bundles.take(two, path=back)
    assert got.pulled >= 2
    while two.store.flush_index():
        pass
    assert case_rows(two) == case_rows(one)
    assert bundles.take(two, path=back).pulled == 0
    assert consistency.check(two.store) == []


def test_papers_travel_with_it(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    go(district, one)
    case = register(one)
    cases.step(one, case=case, verb="accept")
    papers.issue(one, case=case, template="acceptance_register")
    taken, back = carry(district, one, tmp_path)
    assert taken.blobs == 1
    assert bundles.take(one, path=back).blobs == 1
    assert go(district, one).blobs_sent == 0


def test_nothing_of_it_can_be_read_on_the_way(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    cases.register(one, intake=wage_intake())
    data = bundles.export(one, to=tmp_path).path.read_bytes()
    assert "田志强".encode() not in data
    assert b"wage_arrears" not in data


def test_a_revoked_pc_hands_in_and_reads_nothing(district: District, join: Join, tmp_path: Path) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    register(one)
    go(district, one)
    register(two)
    devices.revoke(district.server, device=two.store.device, reason="遗失")
    taken, back = carry(district, two, tmp_path)
    assert taken.stored >= 2
    assert bundles.take(two, path=back).pulled == 0


@pytest.mark.parametrize("spoil", ["cut", "changed", "signature", "magic", "empty", "frame"])
def test_a_spoiled_bundle_is_refused_whole(district: District, join: Join, tmp_path: Path, spoil: str) -> None:
    one = join("S1")
    register(one)
    path = bundles.export(one, to=tmp_path).path
    data = bytearray(path.read_bytes())
    spoiled = {
        "cut": bytes(data[:-200]),
        "changed": bytes(data[:400]) + bytes([data[400] ^ 1]) + bytes(data[401:]),
        "signature": bytes(data[:-1]) + bytes([data[-1] ^ 1]),
        "magic": b"PK" + bytes(data[2:]),
        "empty": b"",
        "frame": bytes(data[:-64]) + (2**31).to_bytes(4, "big") + bytes(data[-64:]),
    }[spoil]
    before = district.count("SELECT count(*) FROM op")
    with pytest.raises(KnownError) as refused:
        bundling.take(district.server, spoiled)
    assert refused.value.code in ("E-182", "E-183")
    assert district.count("SELECT count(*) FROM op") == before


def test_a_bundle_for_somebody_else(district: District, join: Join, tmp_path: Path) -> None:
    one, two = join("S1"), join("S1")
    register(one)
    made = bundles.export(one, to=tmp_path).path
    with pytest.raises(KnownError) as foreign:
        bundles.take(two, path=made)
    assert foreign.value.code == "E-181"
    _, back = carry(district, one, tmp_path)
    with pytest.raises(KnownError) as other:
        bundles.take(two, path=back)
    assert other.value.code == "E-181"
    with pytest.raises(KnownError) as gone:
        bundles.take(two, path=tmp_path / "none.gmb")
    assert gone.value.code == "E-516"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(bytes(bundle.MOST_PLAIN + 10), 9)
    assert len(bomb) < 1024 * 1024
    with pytest.raises(BadOp):
        bundle.unpack_parts(bomb)


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_parts_come_back(parts: list[bytes]) -> None:
    assert bundle.unpack_parts(bundle.pack_parts(parts)) == parts


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_and_never_crash(data: bytes) -> None:
    with pytest.raises(BadOp):
        bundle.split(data)
    with pytest.raises(BadOp):
        bundle.unpack_parts(b"x" + data)


def test_frames_are_bound_in_order_and_number() -> None:
    nonces = [n for n, _ in bundle.pieces(bytes(bundle.FRAME * 3))]
    assert len(set(nonces)) == 3
    assert nonces[-1] == bundle.nonce(2, last=True)
    assert [len(p) for _, p in bundle.pieces(b"")] == [0]
