"""What a PC is told about a later version, and the pieces of its files. Nothing here is secret: no case, no person."""

from __future__ import annotations

from typing import Final

from sync.contract.canonical import Json
from sync.contract.op import BadOp
from sync.contract.releasing.release import FILES, MANIFEST, MAX_PIECE, SIGNATURE, Release, from_bytes, is_hash
from sync.contract.releasing.versions import is_version, order
from sync.contract.wire import pack_message, unpack_message
from sync.server.auth import Caller, require_standing
from sync.server.problems import Refusal
from sync.server.releases import shelf
from sync.server.releases.shelf import RECALLED, Shelved
from sync.server.server import Server

ASK: Final = "/v1/release"
GET: Final = "/v1/release/get"
_MOST_PARTS: Final = 200


def ask(server: Server, caller: Caller, body: bytes) -> bytes:
    """The version offered to this PC ("" for none), which were recalled; then the manifest. E-109, E-106."""
    require_standing(caller)
    head = _head(body)
    running, platform = head.get("v"), head.get("platform")
    if not is_version(running) or not isinstance(platform, str):
        raise Refusal("E-106", detail="v or platform")
    with server.storage.read() as tx:
        found = shelf.shelved(tx)
    recalled: list[Json] = [each.version for each in found if each.state == RECALLED]
    for each in found:
        if each.is_for(caller.device) and order(each.version) > order(str(running)):
            manifest, signature = _kept(server, each)
            if manifest and _fits(from_bytes(manifest), str(running), platform):
                said: dict[str, Json] = {"version": each.version, "recalled": recalled, "signature": signature}
                return pack_message(said, manifest)
    return pack_message({"version": "", "recalled": recalled, "signature": ""})


def _fits(release: Release, running: str, platform: str) -> bool:
    return platform in release.platforms and order(release.least) <= order(running)


def _kept(server: Server, each: Shelved) -> tuple[bytes, str]:
    """Manifest and signature; empty where the files are not here (any more)."""
    folder = shelf.folder_of(server, each.version)
    try:
        return (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_text("ascii")
    except OSError:
        return b"", ""


def get(server: Server, caller: Caller, body: bytes) -> bytes:
    """Pieces of files, one after the other up to the limit: `parts` [[hash, offset], ...] -> `sizes` [n, ...], bytes.

    E-573 (404) where this PC is not offered the version (any more), or it has no such file.
    """
    require_standing(caller)
    head = _head(body)
    version, parts, limit = head.get("version"), head.get("parts"), head.get("limit", MAX_PIECE)
    if not is_version(version) or not isinstance(parts, list) or type(limit) is not int or limit < 1:
        raise Refusal("E-106", detail="version, parts or limit")
    with server.storage.read() as tx:
        known = next((each for each in shelf.shelved(tx) if each.version == version), None)
    if known is None or not known.is_for(caller.device):
        raise Refusal("E-573", status=404, detail="not offered")
    folder = shelf.folder_of(server, str(version)) / FILES
    left, pieces = min(limit, MAX_PIECE), list[bytes]()
    for part in parts[:_MOST_PARTS]:
        if left <= 0:
            break
        sha, offset = _part(part)
        try:
            with (folder / sha).open("rb") as file:
                file.seek(offset)
                pieces.append(file.read(left))
        except OSError as exc:
            raise Refusal("E-573", status=404, detail="no such file") from exc
        left -= len(pieces[-1])
    return pack_message({"sizes": [len(piece) for piece in pieces]}, b"".join(pieces))


def _part(part: Json) -> tuple[str, int]:
    sha, offset = part if isinstance(part, list) and len(part) == 2 else ("", 0)
    if not is_hash(sha) or type(offset) is not int or not 0 <= offset < 2**31:
        raise Refusal("E-106", detail="parts")
    return str(sha), offset


def _head(body: bytes) -> dict[str, Json]:
    try:
        return unpack_message(body)[0]
    except BadOp as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
