"""Pull: scope, pages, own numbers, history, no hole in the order; blobs."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sync.contract.op import Change
from sync.contract.wire import b64, unpack_message
from tests.server.support import Device, Face
from tests.support.clock import FakeClock


def _grant(device: Device, case: str, station: str, **values: str | bool) -> str:
    rec = device.rec()
    device.op("grant", [Change(rec, "grant", {"station": station, **values})], case=case)
    return rec


def test_stations_of_one_community_see_each_others_cases_only_when_granted(s1: Device, s2: Device) -> None:
    case = s1.case()
    s1.op("register", [], case=case, compartment="content", raw=b"sealed bytes")
    s1.push()
    mine = {f"{s1.inst}.1", f"{s1.inst}.2"}
    assert mine <= set(s1.everything())
    assert not mine & set(s2.everything())
    assert s2.post("/v1/history", {"case": case, "cursor": 0}).code == "E-407"
    end = s2.pull().cursor
    _grant(s1, case, "S2")
    s1.push()
    assert s2.ask("/v1/hello", {})["grants"] == [{"case": case, "stream": "dongkeng"}]
    assert set(s2.page("/v1/history", {"case": case, "cursor": 0}).ids) == mine | {f"{s1.inst}.3"}
    assert s2.pull(end).ids == [f"{s1.inst}.3"]


def test_a_second_pc_of_the_station_sees_everything_of_it(face: Face, s1: Device) -> None:
    other = Device(face, "S1")
    other.enrol()
    s1.case()
    s1.push()
    assert f"{s1.inst}.1" in other.everything()


def test_a_grant_crosses_communities_and_ends(s1: Device, s3: Device, clock: FakeClock) -> None:
    case = s1.case()
    grant = _grant(s1, case, "S3", until="2026-11-25")
    s1.push()
    hello = s3.ask("/v1/hello", {})
    assert set(hello["streams"]) == {"dongkeng", "tangjia"}
    assert s3.everything(stream="dongkeng")
    clock.advance(days=1)
    assert s3.ask("/v1/hello", {})["grants"]
    clock.advance(days=1)
    assert s3.ask("/v1/hello", {})["grants"] == []
    assert s3.post("/v1/pull", {"stream": "dongkeng", "cursor": 0}).code == "E-407"
    s1.op("grant", [Change(grant, "grant", {"until": "2026-12-31"}, {"until": [f"{s1.inst}.2"]})], case=case)
    s1.push()
    assert s3.everything(stream="dongkeng")
    s1.op("grant", [Change(grant, "grant", {"revoked": True}, {})], case=case)
    s1.push()
    assert s3.post("/v1/history", {"case": case, "cursor": 0}).code == "E-407"


def test_the_receiver_of_a_grant_may_work_on_the_case(s1: Device, s2: Device) -> None:
    case = s1.case()
    _grant(s1, case, "S2")
    s1.push()
    s2.op("edit", [Change(case, "case", {"place": "东区"}, {})], case=case)
    assert s2.push()["problems"] == []
    assert f"{s2.inst}.1" in s1.everything()


def test_pages_are_cut_by_bytes_and_lose_nothing(s1: Device, s2: Device) -> None:
    for n in range(40):
        s1.case(f"第{n}件" * 20)
        s1.op("add_person", [Change(s1.rec(), "person", {"name": f"人{n}"})], compartment="reference")
    s1.push()
    whole = s1.everything()
    assert s1.everything(limit=1) == whole
    assert s1.everything(limit=3000) == whole
    seen = s2.everything(limit=2000)
    assert [i for i in whole if i in seen] == seen
    assert len([i for i in seen if i.startswith(s1.inst)]) == 40, "reference data of the community, no case"


def test_own_ops_come_as_numbers_only(s1: Device) -> None:
    start = s1.pull().cursor
    for _ in range(5):
        s1.case()
    s1.push()
    page = s1.pull(start, have=[s1.inst])
    assert page.ids == []
    assert page.own_revs == [[s1.inst, 1, start + 1, 5]]
    assert page.cursor == start + 5
    assert len(s1.pull(start, own=True, have=[s1.inst]).ids) == 5


def test_the_cursor_passes_what_is_hidden(s1: Device, s2: Device) -> None:
    for _ in range(5):
        s1.case()
    s1.push()
    page = s2.pull()
    assert page.cursor == s2.ask("/v1/hello", {})["streams"]["dongkeng"]
    assert s2.pull(page.cursor).ids == []


def test_a_spaced_header_of_a_strange_program_travels(s1: Device, face: Face) -> None:
    other = Device(face, "S1")
    other.enrol()
    s1.case()
    header, body = s1.chain[0]
    s1.chain[0] = (header.replace(b'"body_hash":', b'"body_hash" :').replace(b'"v":1', b'"future":[1],"v":1'), body)
    assert s1.push()["stored"] == 1
    assert f"{s1.inst}.1" in other.everything()


def _write(device: Device) -> None:
    for n in range(6):
        device.op("add_person", [Change(device.rec(), "person", {"name": f"人{n}"})], compartment="reference")
        device.push()


def _follow(reader: Device, cursor: int, stop: threading.Event) -> list[int]:
    seen: list[int] = []
    while True:
        last = stop.is_set()
        page = reader.pull(cursor)
        seen += page.revs
        cursor = page.cursor
        if last and not page.more:
            return seen


def test_sixteen_pushers_and_a_reader_without_a_hole(face: Face) -> None:
    """What becomes visible first has the lower number: a reader that follows its cursor misses nothing."""
    writers = [Device(face, ("S1", "S2")[n % 2]) for n in range(16)]
    reader = Device(face, "S1")
    for device in (*writers, reader):
        assert device.enrol().status == 200
    start = reader.pull().cursor
    began = time.monotonic()
    stop = threading.Event()
    with ThreadPoolExecutor(17) as pool:
        following = pool.submit(_follow, reader, start, stop)
        try:
            for writing in [pool.submit(_write, writer) for writer in writers]:
                writing.result(60)
        finally:
            stop.set()
        seen = following.result(30)
    assert seen == list(range(start + 1, start + 1 + 16 * 6))
    assert time.monotonic() - began < 60


def test_hello_tells_of_forks_and_epochs(s1: Device) -> None:
    s1.case()
    s1.case()
    s1.push()
    heads = s1.heads()
    here = {"inst": s1.inst, "seq": 2, "head": b64(heads[2])}
    assert s1.ask("/v1/hello", {**here, "epoch": 1})["needs"] == "ok"
    assert s1.ask("/v1/hello", {**here, "epoch": 2})["needs"] == "epoch"
    assert s1.ask("/v1/hello", {**here, "seq": 1, "head": b64(heads[1])})["needs"] == "fork"
    assert s1.ask("/v1/hello", {**here, "head": b64(heads[1])})["needs"] == "fork"
    assert s1.post("/v1/hello", {"protocol": [2, 3]}).code == "E-108"


def test_the_directory_names_own_committee_and_receivers(s1: Device, s2: Device, s3: Device) -> None:
    own = {entry["device"] for entry in s1.ask("/v1/hello", {})["directory"]}
    assert own == {s1.id, s2.id}
    _grant(s1, s1.case(), "S3")
    s1.push()
    assert {entry["device"] for entry in s1.ask("/v1/hello", {})["directory"]} == {s1.id, s2.id, s3.id}
    now = s1.ask("/v1/hello", {})["time"]
    assert s1.ask("/v1/hello", {"directory_since": now})["directory"] == []


def test_a_blob_is_kept_once_and_seen_only_within_the_case(s1: Device, s2: Device) -> None:
    case = s1.case()
    s1.push()
    name, data = "ab" * 32, b"sealed" * 1000
    put = {"case": case, "id": name, "size": len(data)}
    assert s2.post("/v1/blob/put", put, data).code == "E-407"
    assert s1.ask("/v1/blob/put", put, data) == {"stored": 1, "duplicates": 0}
    assert s1.ask("/v1/blob/put", put, data) == {"stored": 0, "duplicates": 1}
    assert s1.post("/v1/blob/put", {**put, "size": 6}, b"others").code == "E-112"
    assert s1.post("/v1/blob/put", {**put, "size": 7}, b"others").code == "E-106"
    head, back = unpack_message(s1.post("/v1/blob/get", {"case": case, "id": name}).plain())
    assert (head, back) == ({"size": len(data)}, data)
    assert s1.post("/v1/blob/get", {"case": case, "id": "cd" * 32}).status == 404
    assert s2.post("/v1/blob/get", {"case": case, "id": name}).code == "E-407"
    assert s2.post("/v1/blob/get", {"case": s1.rec(), "id": name}).code == "E-407", "existence is not told"
    # of no case: for the PCs of the station alone; under the same id another station has its own
    loose = {"case": "", "id": name, "size": len(data)}
    assert s1.ask("/v1/blob/put", loose, data) == {"stored": 1, "duplicates": 0}
    assert s1.ask("/v1/blob/put", {"ask": [["", name], ["", "cd" * 32]]}) == {"lacking": [["", "cd" * 32]]}
    assert s2.post("/v1/blob/get", {"case": "", "id": name}).status == 404
    assert s2.ask("/v1/blob/put", {"ask": [["", name]]}) == {"lacking": [["", name]]}
    assert unpack_message(s1.post("/v1/blob/get", {"case": "", "id": name}).plain())[1] == data
    too_large = bytes(1024 * 1024 + 65)
    assert s1.post("/v1/blob/put", {**put, "size": len(too_large)}, too_large).code == "E-116"
