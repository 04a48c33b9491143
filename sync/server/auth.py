"""Who is calling: signature over the bytes as sent, and a counter that only rises (freshness without clocks)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.contract.chain import request_message
from sync.contract.op import BadOp
from sync.contract.wire import unb64
from sync.server.keys import verify
from sync.server.problems import Refusal
from sync.server.server import Server
from sync.server.storage.port import Tx

_MAX_COUNTER = 2**53


@dataclass(frozen=True, slots=True)
class Caller:
    """A device whose request was verified. `stream` is its station's community."""

    device: str
    sign_key: bytes
    station_no: int
    station: str
    stream: str
    committee: str
    revoked: bool
    counter: int


def authenticate(server: Server, *, path: str, headers: Mapping[str, str], body: bytes) -> Caller:
    """Verify a request (`body` as sent). E-109 unknown device, E-114 bad signature, E-112 (409) a replayed counter."""
    device, number = headers.get("x-gm-device", ""), headers.get("x-gm-counter", "")
    if not device or not (number.isascii() and number.isdigit() and len(number) <= 16):
        raise Refusal("E-109", status=401, detail="request not signed")
    counter = int(number)
    with server.storage.read() as tx:
        caller = caller_of(tx, device, counter)
    try:
        signature = unb64(headers.get("x-gm-signature", "").rstrip("="))
    except BadOp:
        signature = b""
    if counter > _MAX_COUNTER or not verify(
        caller.sign_key, signature, request_message("POST", path, device, counter, body)
    ):
        raise Refusal("E-114", detail="request signature")
    _advance(server, caller)
    return caller


def caller_of(tx: Tx, device: str, counter: int) -> Caller:
    """The device as on record; E-109 where there is none."""
    row = tx.row(
        "SELECT d.sign_key, d.revoked, s.no, s.code, s.stream, s.committee FROM device d"
        " JOIN station s ON s.no = d.station_no WHERE d.id = ?",
        (device,),
    )
    if row is None:
        raise Refusal("E-109", status=401, detail="unknown device")
    return Caller(device, bytes(row[0]), int(row[2]), str(row[3]), str(row[4]), str(row[5]), bool(row[1]), counter)


def _advance(server: Server, caller: Caller) -> None:
    """Take the counter; a replay changes nothing and is told the last counter, so that a restored PC can go on."""

    def work(tx: Tx) -> int:
        done = tx.run(
            "UPDATE device SET counter = ?, seen = ? WHERE id = ? AND counter < ?",
            (caller.counter, server.clock.now_ms(), caller.device, caller.counter),
        )
        if done:
            return -1
        row = tx.row("SELECT counter FROM device WHERE id = ?", (caller.device,))
        return int(row[0]) if row else 0

    last = server.storage.write(work, lazy=True)
    if last >= 0:
        raise Refusal("E-112", status=409, detail="counter not above the last one", counter=last)


def require_standing(caller: Caller) -> None:
    """Refuse a revoked device (E-109): it may still hand in what it holds, but reads nothing more."""
    if caller.revoked:
        raise Refusal("E-109", detail="device revoked")
