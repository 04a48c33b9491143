"""Files on their way: large ones in pieces that go on after a cut, the urgent first, damaged ones fetched again."""

from __future__ import annotations

import hashlib
import io
import os
import time
from http.server import BaseHTTPRequestHandler

import pytest

from station_app.services import cases, scans
from station_app.services.local import disk, health
from station_app.services.paperwork import evidence
from station_app.services.station import Station
from station_app.services.travel import syncing
from station_app.store import blobs, consistency, files
from station_app.store.upkeep import sweep
from sync.client.line.speed import Speed
from sync.client.transport import Answer, HttpTransport
from sync.contract.errors import KnownError
from tests.support.district import District, FaultyLine, broken
from tests.support.stations import wage_intake
from tests.sync.loopback import plain, serving
from tests.sync.pcs import Join, go, register

MIB = 1024 * 1024


def noisy(side: int) -> bytes:
    """A photograph that cannot be packed well."""
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(out, "JPEG", quality=97)
    return out.getvalue()


def stored(station: Station, sha: str) -> bytes:
    return blobs.get(station.store, sha)


def with_photo(station: Station, side: int = 1300) -> tuple[str, str, bytes]:
    """A case with a large photograph: (case, record, the bytes as they came)."""
    case, photo = register(station), noisy(side)
    made = evidence.add_pictures(station, case=case, sources=[scans.source("现场.jpg", photo)])
    return case, made.ids[0], photo


def read_all(station: Station) -> None:
    while station.store.flush_index():
        pass


def test_a_large_photograph_travels_in_pieces_with_its_original(district: District, join: Join) -> None:
    """The smaller picture is for the screen and the paper; what was handed in is the evidence, byte for byte."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one):
        go(district, station)
    case, rec, photo = with_photo(one)
    record = one.case(case).state.records[rec]
    assert len(photo) > 2 * MIB
    assert record.get("raw") == hashlib.sha256(photo).hexdigest() != record.get("blob")
    pieces = files.pieces_of(len(photo))
    assert go(district, one).blobs_sent == 1 + pieces
    assert district.count("SELECT max(size) FROM blob") <= MIB + 64
    go(district, two)
    read_all(two)
    assert go(district, two).blobs_received == 1 + pieces
    assert stored(two, str(record.get("raw"))) == photo
    assert stored(two, str(record.get("blob"))) == stored(one, str(record.get("blob")))
    assert two.store.con.execute("SELECT count(*) FROM piece").fetchone()[0] == 0
    assert go(district, one).blobs_sent == go(district, two).blobs_received == 0


def test_what_has_arrived_is_not_sent_again_either_way(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one):
        go(district, station)
    _, _, photo = with_photo(one)
    pieces = files.pieces_of(len(photo))
    line, puts = FaultyLine(district.line), list[int]()

    def after(path: str, number: int, answer: Answer) -> Answer:
        if path in ("/v1/blob/put", "/v1/blob/get"):
            puts.append(number)
            if len(puts) % 2 == 0:
                raise broken(path)  # it arrived; the answer is lost
        return answer

    line.after = after
    for _ in range(pieces + 2):
        syncing.run(one, transport=line)
    assert files.waiting(one.store) == []
    assert len(puts) <= 2 * (pieces + 1)
    go(district, two)
    read_all(two)
    puts.clear()
    for _ in range(pieces + 2):
        syncing.run(two, transport=line)
    assert len(puts) <= 2 * (pieces + 1)
    assert stored(two, hashlib.sha256(photo).hexdigest()) == photo


def test_papers_go_before_pictures_and_what_a_person_asks_for_first(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one):
        go(district, station)
    case, _, photo = with_photo(one, 500)
    pdf = os.urandom(900_000)  # larger than the small picture, and all the same first
    with one.write("issue_paper") as tx:
        sha = blobs.put(tx.con, case_id=one.store.ids.pk(case), data=pdf)
        tx.op("issue_paper", "content", case=case).new("paper", {"template": "x", "pdf": sha, "bytes": len(pdf)})
    paper = hashlib.sha256(pdf).hexdigest()
    assert files.waiting(one.store)[0].sha == paper
    go(district, one)
    go(district, two)
    read_all(two)
    two.store.con.execute("DELETE FROM blob")
    assert files.lacking(two.store, two.clock.now_ms())[0].sha == paper
    sha = hashlib.sha256(photo).hexdigest()
    with pytest.raises(KnownError, match="E-223"):
        blobs.get_or_want(two.store, sha, two.clock.now_ms())
    assert files.lacking(two.store, two.clock.now_ms())[0].sha == sha
    go(district, two)
    assert two.store.con.execute("SELECT count(*) FROM wanted").fetchone()[0] == 0


def test_damaged_files_come_back_or_are_named(district: District, join: Join) -> None:
    one = join("S1")
    _, _, photo = with_photo(one, 500)
    sha = hashlib.sha256(photo).hexdigest()
    go(district, one)
    assert sweep.look_at_all(one.store, one.clock.now_ms()) == 0
    one.store.con.execute("UPDATE blob SET data = ? WHERE sha = ?", (photo[:-9] + b"x" * 9, sha))
    assert sweep.look_at_all(one.store, one.clock.now_ms()) == 1
    assert [f.code for f in health.examine(one) if f.name == "附件"] == ["E-522"]
    assert go(district, one).blobs_received == 1
    assert stored(one, sha) == photo
    assert [f.code for f in health.examine(one) if f.name == "附件"] == [""]
    other = noisy(400)
    evidence.add_pictures(one, case=register(one), sources=[scans.source("b.jpg", other)])
    sha = hashlib.sha256(other).hexdigest()
    one.store.con.execute("UPDATE blob SET data = x'00' WHERE sha = ?", (sha,))
    assert sweep.look_at_all(one.store, one.clock.now_ms()) == 1, "nobody else has it: it is named, not dropped"
    assert one.store.con.execute("SELECT count(*) FROM blob WHERE sha = ?", (sha,)).fetchone()[0] == 1


def test_the_sweep_takes_one_file_a_step_and_rests_for_a_week(join: Join) -> None:
    one = join("S1")
    for _ in range(3):
        with_photo(one, 100)
    now, steps = one.clock.now_ms(), 0
    while sweep.step(one.store, now):
        steps += 1
    assert steps == one.store.con.execute("SELECT count(*) FROM blob").fetchone()[0]
    assert not sweep.step(one.store, now + sweep.EVERY_MS - 1)
    assert sweep.step(one.store, now + sweep.EVERY_MS)


def test_a_full_disk_refuses_pictures_and_never_text(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    one = join("S1")
    case = register(one)
    monkeypatch.setattr(disk, "free", lambda station: disk.least(station) - 1)
    with pytest.raises(KnownError, match="E-503"):
        evidence.add_pictures(one, case=case, sources=[scans.source("a.jpg", noisy(80))])
    assert cases.register(one, intake=wage_intake()).case
    assert [f.code for f in health.examine(one) if f.name == "磁盘空间"] == ["E-503"]
    assert consistency.check(one.store) == []


@pytest.mark.parametrize("kb", [64, 256])
def test_a_limit_is_kept_both_ways(kb: int) -> None:
    """The body goes and comes back: twice its size, no faster than the limit and not much slower."""
    size = kb * 1024

    def echo(handler: BaseHTTPRequestHandler) -> None:
        plain(handler)

    with serving(echo) as url:
        line = HttpTransport(url, speed=Speed(kb * 1024))
        began = time.monotonic()
        assert line.post("/", {}, bytes(size), limit=size).body == bytes(size)
        spent = time.monotonic() - began
        line.close()
    assert 1.5 <= spent <= 60, "held back, and not for ever"
    assert line.speed.bytes == 2 * size
