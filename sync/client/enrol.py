"""Enrolment: a one-time code against an identity; nothing of the answer is believed before its proofs hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.client.codec import check_status, unpack, verifies
from sync.client.ledger import ServerLink
from sync.client.transport import Transport
from sync.contract.canonical import Json, NotCanonical, dumps, loads_object
from sync.contract.chain import device_id, enrol_message, identity_message, server_message
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.wire import b64, unb64

PATH: Final = "/v1/enrol"
_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The device's own keys: public halves, and the signature by the private one."""

    sign_key: bytes
    seal_key: bytes
    sign: Callable[[bytes], bytes]

    @property
    def device(self) -> str:
        """The id that follows from the key."""
        return device_id(self.sign_key)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the district says this device is. `until` in ms; `series` and `spares`: codes of document numbers."""

    station: str
    station_name: str
    street: str
    community: str
    committee_short: str
    committee_name: str
    court: str
    series: str
    spares: tuple[str, ...]
    until: int
    identity: bytes
    district: str
    link: ServerLink
    public: str = ""
    """The address a telephone opens: printed in the codes on papers."""


def plain_code(typed: str) -> str:
    """A code as the server knows it: people type small letters, spaces and dashes of every kind."""
    return "".join(c for c in typed.upper() if c.isalnum() and c.isascii())


def enrol(
    *, code: str, name: str, program: str, keys: DeviceKeys, transport: Transport, url: str, station: str = ""
) -> Enrolment:
    """Enrol this device. `name`: the PC's name as the district lists it; `station`: the one it must be, if any.

    E-111 code unknown, used or expired; E-115 too many wrong ones; E-114 where a signature does not hold; E-104 where
    the address is no district server; E-1xx of the line.
    """
    code = plain_code(code)
    proof = keys.sign(enrol_message(code, keys.sign_key, keys.seal_key))
    body = dumps(
        {
            "code": code,
            "name": name,
            "program": program,
            "sign_key": b64(keys.sign_key),
            "seal_key": b64(keys.seal_key),
            "proof": b64(proof),
            "station": station,
        }
    )
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    answer = transport.post(PATH, headers, body, limit=_LIMIT)
    check_status(answer)
    try:
        return _read(loads_object(unpack(answer.body, answer.headers)), keys, url)
    except (NotCanonical, BadOp) as exc:
        raise KnownError("E-106", what=str(exc)) from exc


def _read(raw: dict[str, Json], keys: DeviceKeys, url: str) -> Enrolment:
    station, committee = _object(raw, "station"), _object(raw, "committee")
    identity, district = _object(raw, "identity"), _object(raw, "district")
    server = _object(district, "server")
    spares, epoch = raw.get("spares"), raw.get("epoch")
    until = identity.get("until")
    if type(epoch) is not int or type(until) is not int or not isinstance(spares, list):
        raise BadOp("enrolment numbers")
    link = ServerLink(
        url=url,
        ca_key=unb64(district.get("ca_key")),
        device=_text(server, "device"),
        sign_key=unb64(server.get("sign_key")),
        epoch=epoch,
        stream=_text(raw, "stream"),
    )
    result = Enrolment(
        station=_text(station, "code"),
        station_name=_text(station, "name"),
        street=_text(station, "street"),
        community=_text(station, "community"),
        committee_short=_text(committee, "short"),
        committee_name=_text(committee, "name"),
        court=_text(committee, "court"),
        series=_text(raw, "series"),
        spares=tuple(s for s in spares if isinstance(s, str)),
        until=until,
        identity=unb64(identity.get("signature")),
        district=_text(district, "name"),
        public=_text(district, "url") if "url" in district else "",
        link=link,
    )
    _check(result, keys, said=_text(raw, "device"), proof=unb64(server.get("ca_signature")))
    return result


def _check(result: Enrolment, keys: DeviceKeys, *, said: str, proof: bytes) -> None:
    """The authority signed this identity and this server, and their ids follow from their keys."""
    link = result.link
    if said != keys.device or link.device != device_id(link.sign_key):
        raise KnownError("E-114", what="device id")
    if not verifies(link.ca_key, proof, server_message(link.device, link.sign_key)):
        raise KnownError("E-114", what="server key")
    message = identity_message(
        keys.device, result.station, link.stream, keys.sign_key, keys.seal_key, until=result.until
    )
    if not verifies(link.ca_key, result.identity, message):
        raise KnownError("E-114", what="identity")


def _object(raw: dict[str, Json], key: str) -> dict[str, Json]:
    value = raw.get(key)
    if not isinstance(value, dict):
        raise BadOp(f"enrolment {key}")
    return value


def _text(raw: dict[str, Json], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or len(value) > 200:
        raise BadOp(f"enrolment {key}")
    return value
