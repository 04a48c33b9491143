"""Who is offered what: signature, share of the PCs, pause, recall; and pieces of files to nobody else."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.releasing.release import MAX_PIECE, from_bytes, is_path, ring
from sync.contract.wire import unpack_message
from sync.server.admin import devices
from sync.server.releases import shelf
from sync.server.server import Server
from tests.server.releases.made import PLATFORM, public, write_release
from tests.server.support import Device

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path, server: Server) -> Path:
    """A release, added, offered to nobody yet."""
    shelf.trust(server, name="发布单位", key=public(KEY))
    made = write_release(tmp_path / "made", KEY)
    shelf.add(server, folder=made)
    return made


def asked(device: Device, running: str = "0.2.0", platform: str = PLATFORM) -> str:
    return str(device.ask("/v1/release", {"v": running, "platform": platform})["version"])


def test_offered_to_a_share_then_to_all(
    server: Server, folder: Path, s1: Device, s2: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = s1, s2
    monkeypatch.setattr(shelf, "ring", {s1.id: 4, s2.id: 5}.__getitem__)
    assert asked(s1) == "", "added is not offered"
    shelf.offer(server, version="0.3.0", share=5)
    assert (asked(first), asked(last)) == ("0.3.0", "")
    with server.storage.read() as tx:
        known = shelf.shelved(tx)
    assert [shelf.next_for(known, d.id, "0.2.0") for d in (s1, s2)] == ["0.3.0", ""], "the board says the same"
    assert shelf.next_for(known, s1.id, "0.3.0") == shelf.next_for(known, s1.id, "-") == ""
    shelf.offer(server, version="0.3.0", share=100)
    assert (asked(first), asked(last)) == ("0.3.0", "0.3.0")
    assert asked(s1, "0.3.0") == asked(s1, "0.10.0") == asked(s1, platform="windows-x86_64") == ""
    for wrong in (0, 101):
        with pytest.raises(KnownError, match="E-518"):
            shelf.offer(server, version="0.3.0", share=wrong)
    with pytest.raises(KnownError, match="E-573"):
        shelf.offer(server, version="9.9", share=5)


def test_paused_and_recalled(server: Server, folder: Path, s1: Device) -> None:
    shelf.offer(server, version="0.3.0", share=100)
    with pytest.raises(KnownError, match="E-408"):
        shelf.pause(server, version="0.3.0", reason=" ")
    shelf.pause(server, version="0.3.0", reason="打印有误")
    assert asked(s1) == ""
    shelf.offer(server, version="0.3.0", share=100)
    assert asked(s1) == "0.3.0"
    shelf.recall(server, version="0.3.0", reason="打印有误")
    said = s1.ask("/v1/release", {"v": "0.3.0", "platform": PLATFORM})
    assert (said["version"], said["recalled"]) == ("", ["0.3.0"])
    sha = hashlib.sha256(b"#!/bin/sh\n").hexdigest()
    assert s1.post("/v1/release/get", {"version": "0.3.0", "parts": [[sha, 0]]}).code == "E-573"
    with pytest.raises(KnownError, match="E-565"):
        shelf.offer(server, version="0.3.0", share=5)


def test_pieces_make_the_files_again(server: Server, folder: Path, s1: Device) -> None:
    shelf.offer(server, version="0.3.0", share=100)
    head, manifest = unpack_message(s1.post("/v1/release", {"v": "0.2.0", "platform": PLATFORM}).plain())
    assert manifest == (folder / "release.json").read_bytes()
    assert head["signature"] == (folder / "release.sig").read_text()
    release = from_bytes(manifest)
    came = dict.fromkeys(release.files(), b"")
    rounds = 0
    while left := [sha for sha, size in release.files().items() if len(came[sha]) < size]:
        parts = [[sha, len(came[sha])] for sha in left]
        answer = s1.post("/v1/release/get", {"version": "0.3.0", "parts": parts, "limit": 600_000})
        said, data = unpack_message(answer.plain())
        assert len(data) <= 600_000
        at = 0
        for (sha, _), size in zip(parts, said["sizes"], strict=False):
            came[str(sha)] += data[at : at + size]
            at += size
        rounds += 1
    assert rounds < 7
    assert all(hashlib.sha256(data).hexdigest() == sha for sha, data in came.items())


def test_bad_requests_are_refused(server: Server, folder: Path, s1: Device, s2: Device) -> None:
    shelf.offer(server, version="0.3.0", share=100)
    sha = next(iter(from_bytes((folder / "release.json").read_bytes()).files()))
    for head in ({"v": "x", "platform": "a-b"}, {"v": "1.0"}, {}):
        assert s1.post("/v1/release", head).code == "E-106"
    for parts in ([["../../keys.json", 0]], [[sha, -1]], [[sha]], "x", [[sha, 2**31]]):
        assert s1.post("/v1/release/get", {"version": "0.3.0", "parts": parts}).code == "E-106"
    assert s1.post("/v1/release/get", {"version": "../0.3.0", "parts": []}).code == "E-106"
    assert s1.post("/v1/release/get", {"version": "0.3.0", "parts": [["ab" * 32, 0]]}).code == "E-573"
    (_, data) = unpack_message(
        s1.post("/v1/release/get", {"version": "0.3.0", "parts": [[sha, 10**9]], "limit": MAX_PIECE * 9}).plain()
    )
    assert data == b""
    devices.revoke(server, device=s2.id, reason="被盗")
    assert s2.post("/v1/release", {"v": "0.2.0", "platform": PLATFORM}).code == "E-109"


def test_what_is_not_signed_or_not_whole_is_not_taken(
    server: Server, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, key in (("strange", os.urandom(32)),):
        with pytest.raises(KnownError, match="E-560"):
            shelf.add(server, folder=write_release(tmp_path / name, key, version="0.4.0"))
    bent = write_release(tmp_path / "bent", KEY, version="0.4.0")
    for path in (bent / "files").iterdir():
        path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(KnownError, match="E-561"):
        shelf.add(server, folder=bent)
    shutil.rmtree(bent / "files")
    with pytest.raises(KnownError, match="E-516"):
        shelf.add(server, folder=bent)
    with pytest.raises(KnownError, match="E-564"):
        shelf.add(server, folder=write_release(tmp_path / "other", KEY, notes="其他内容"))
    shelf.add(server, folder=folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5))
    with pytest.raises(KnownError, match="E-562"):
        shelf.add(server, folder=write_release(tmp_path / "big", KEY, version="0.5.0"))
    monkeypatch.undo()
    with server.storage.read() as tx:
        assert [each.version for each in shelf.shelved(tx)] == ["0.3.0"]
    assert sorted(p.name for p in shelf.folder_of(server, "x").parent.iterdir() if p.name[0] != ".") == ["0.3.0"]


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "1"}, {"least": ""}, {"issued": "gestern"}, {"protocol": [1]}, {"platforms": {}}, {"truth": -1},
        {"platforms": {"x": [["a", "ab" * 32, 1, 0]]}}, {"platforms": {PLATFORM: []}},
        {"platforms": {PLATFORM: [["../a", "ab" * 32, 1, 0]]}}, {"platforms": {PLATFORM: [["a", "AB" * 32, 1, 0]]}},
        {"platforms": {PLATFORM: [["a", "ab" * 32, 1, 0], ["A", "ab" * 32, 1, 0]]}}, {"format": "x"}, {"v": 2},
    ],
)  # fmt: skip
def test_a_manifest_that_is_none(tmp_path: Path, changed: dict[str, object]) -> None:
    folder = write_release(tmp_path / "made", KEY, **changed)
    with pytest.raises(BadOp):
        from_bytes((folder / "release.json").read_bytes())


def test_paths_lead_nowhere_else() -> None:
    assert all(is_path(p) for p in ("a", "a/b.c", "_internal/中文 名.bin", ".hidden/x"))
    assert not any(
        is_path(p) for p in ("", "/a", "a//b", "../a", "a/..", "a\\b", "C:x", "a/b.", "a ", "x\0", None, "./a")
    )


def test_a_pc_that_went_back_is_seen(server: Server, s1: Device) -> None:
    report = {"v": "0.2.0", "free": 50, "waiting": 0}
    s1.ask("/v1/hello", {"protocol": [1, 1], "wall": 5, "report": {**report, "fell": "0.3.0"}})
    (seen,) = devices.all_devices(server)
    assert (seen.version, seen.fell) == ("0.2.0", "0.3.0")
    assert "update" in seen.troubles
    s1.ask("/v1/hello", {"protocol": [1, 1], "wall": 5, "report": {**report, "fell": "<script>"}})
    (seen,) = devices.all_devices(server)
    assert seen.fell == ""


def test_the_same_pcs_are_first_every_time() -> None:
    names = [f"d-{n:016x}" for n in range(2000)]
    numbers = [ring(name) for name in names]
    assert numbers == [ring(name) for name in names]
    assert set(numbers) == set(range(100))
    assert 60 < sum(n < 5 for n in numbers) < 140, "about five of a hundred"
    assert ring("d-0000000000000000") == 94
