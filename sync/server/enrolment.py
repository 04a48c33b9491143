"""Enrolment: a one-time code and a proof of the new keys become a device with an identity and number series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.chain import device_id, enrol_message, identity_message
from sync.contract.errors import KnownError
from sync.contract.numbering import series_codes
from sync.contract.op import BadOp, Change
from sync.contract.wire import b64, unb64
from sync.server.clock import DAY_MS
from sync.server.codes import hashed
from sync.server.keys import verify
from sync.server.own import OwnOp
from sync.server.problems import Refusal
from sync.server.server import EPOCH, Server, meta, note
from sync.server.storage.port import Row, Tx

IDENTITY_DAYS: Final = 3 * 365
SPARES: Final = 2
MAX_BODY: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Applicant:
    """What a station sends to be enrolled; its proof was verified. `station`: the one it must be, "" where any."""

    code: str
    name: str
    program: str
    station: str
    sign_key: bytes
    seal_key: bytes

    @property
    def device(self) -> str:
        """The id that follows from the key."""
        return device_id(self.sign_key)


def enrol(server: Server, body: bytes, *, address: str, base_url: str) -> bytes:
    """Enrol a device; canonical JSON. E-111 for a code unknown, used or expired, E-117 for one of another station (it
    stays good), E-115 after too many wrong ones, E-114 where the proof does not hold, E-106 malformed.
    """
    now = server.clock.now_ms()
    wait = server.limiter.wait_seconds(address, now)
    if wait:
        raise Refusal("E-115", retry_after=wait)
    applicant = read(body)
    try:
        return dumps(server.storage.write(lambda tx: _enrol(tx, server, applicant, base_url)))
    except Refusal as refusal:
        if refusal.code == "E-111":
            server.limiter.failed(address, now)
        raise


def read(body: bytes) -> Applicant:
    """Read and verify an application."""
    try:
        raw = loads_object(body)
        texts = [raw.get(key, "") for key in ("code", "name", "program", "station")]
        if not all(isinstance(t, str) and len(t) <= 200 for t in texts):
            raise BadOp("texts")
        code, name, program, station = cast("list[str]", texts)
        sign_key, seal_key, proof = (unb64(raw.get(key)) for key in ("sign_key", "seal_key", "proof"))
        if any("\0" in text for text in (code, name, program, station)):
            raise BadOp("NUL in a text")
        if len(sign_key) != 32 or len(seal_key) != 32:
            raise BadOp("keys")
    except (NotCanonical, BadOp) as exc:
        raise Refusal("E-106", detail=str(exc)) from exc
    if not verify(sign_key, proof, enrol_message(code, sign_key, seal_key)):
        raise Refusal("E-114", detail="proof of the keys")
    return Applicant(code, name, program, station, sign_key, seal_key)


def _enrol(tx: Tx, server: Server, new: Applicant, base_url: str) -> dict[str, Json]:
    now = server.clock.now_ms()
    station = _station_of_code(tx, new, now)
    until = now + IDENTITY_DAYS * DAY_MS
    no, code, stream = int(station[0]), str(station[1]), str(station[5])
    if new.station not in ("", code):
        raise Refusal("E-117", status=409, station=code)
    before = tx.row("SELECT station_no, until, revoked FROM device WHERE id = ?", (new.device,))
    if before is not None:  # the first answer was lost on the way: the same identity and series once more
        if before[2] or int(before[0]) != no:
            raise Refusal("E-111", status=409, detail="this device is enrolled elsewhere or revoked")
        return _answer(
            tx, server, new, (station, int(before[1]), _series_of(tx, str(station[6]), new.device)), base_url
        )
    series = _draw_series(tx, str(station[6]), new.device)
    values: dict[str, Json] = {
        "device": new.device,
        "station": code,
        "name": new.name,
        "sign_key": b64(new.sign_key),
        "seal_key": b64(new.seal_key),
        "until": until,
        "series": series[0],
        "spares": cast("list[Json]", series[1:]),
    }
    rec = server.chain.next_rec(tx)
    tx.run(
        "INSERT INTO device VALUES(?, ?, ?, ?, ?, ?, ?, 0, 0, '', ?, ?, ?, 0, 0)",
        (new.device, no, new.name, new.program, new.sign_key, new.seal_key, until, rec, now, now),
    )
    server.chain.publish(tx, [OwnOp(stream, "set_device", [Change(rec, "device", values)])], wall=now)
    note(tx, now, "enrol", code, actor=new.device)
    return _answer(tx, server, new, (station, until, series), base_url)


def _answer(
    tx: Tx, server: Server, new: Applicant, given: tuple[Row, int, list[str]], base_url: str
) -> dict[str, Json]:
    station, until, series = given
    code, stream = str(station[1]), str(station[5])
    identity = identity_message(new.device, code, stream, new.sign_key, new.seal_key, until)
    return {
        "device": new.device,
        "station": {"code": code, "name": str(station[2]), "street": str(station[3]), "community": str(station[4])},
        "stream": stream,
        "committee": {"short": str(station[6]), "name": str(station[7]), "court": str(station[8])},
        "series": series[0],
        "spares": cast("list[Json]", series[1:]),
        "identity": {"until": until, "signature": b64(server.district.ca.sign(identity))},
        "district": _district(server, base_url),
        "epoch": int(meta(tx, EPOCH, "1")),
    }


def _district(server: Server, base_url: str) -> Json:
    district = server.district
    return {
        "name": district.name,
        "url": district.url or base_url,
        "ca_key": b64(district.ca.public),
        "server": {
            "device": district.device,
            "sign_key": b64(district.server.public),
            "ca_signature": b64(district.server_signature()),
        },
    }


def _station_of_code(tx: Tx, new: Applicant, now: int) -> Row:
    """(no, code, name, street, community name, stream, committee short, name, court); the code is used up."""
    used = tx.run(
        "UPDATE enrol_code SET device = ? WHERE hash = ? AND device IN ('', ?) AND expires > ?",
        (new.device, hashed(new.code), new.device, now),
    )
    row = None
    if used:
        row = tx.row(
            "SELECT s.no, s.code, s.name, t.street, t.name, s.stream, c.short, c.name, c.court FROM enrol_code e"
            " JOIN station s ON s.no = e.station_no JOIN stream t ON t.code = s.stream"
            " JOIN committee c ON c.short = s.committee WHERE e.hash = ?",
            (hashed(new.code),),
        )
    if row is None:
        raise Refusal("E-111")
    return row


def _series_of(tx: Tx, committee: str, device: str) -> list[str]:
    rows = tx.rows(
        "SELECT code FROM series WHERE committee = ? AND device = ? ORDER BY spare, code", (committee, device)
    )
    return [str(row[0]) for row in rows]


def _draw_series(tx: Tx, committee: str, device: str) -> list[str]:
    """One code and two spares; a code belongs to one device for ever. E-306 when a committee's 600 are used up."""
    tx.row(f"SELECT short FROM committee WHERE short = ?{tx.locked}", (committee,))
    taken = {str(row[0]) for row in tx.rows("SELECT code FROM series WHERE committee = ?", (committee,))}
    free = [code for code in series_codes() if code not in taken][: 1 + SPARES]
    if len(free) < 1 + SPARES:
        raise KnownError("E-306")
    tx.many("INSERT INTO series VALUES(?, ?, ?, ?)", [(committee, c, device, int(i > 0)) for i, c in enumerate(free)])
    return free
