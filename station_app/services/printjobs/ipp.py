"""The few operations of the Internet Printing Protocol that a print job needs (RFC 8010, RFC 8011), to the local CUPS.

The standard library only: no program is started, nothing is parsed that was meant for people, and the state of a job
is the number the queue itself keeps.
"""

from __future__ import annotations

import http.client
import os
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER, GET_PRINTERS = 0x0002, 0x0008, 0x0009, 0x000B, 0x4002
INTEGER, BOOLEAN, ENUM, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = (
    0x21,
    0x22,
    0x23,
    0x42,
    0x44,
    0x45,
    0x47,
    0x48,
    0x49,
)
_OPERATION, _JOB, _END = b"\x01", b"\x02", b"\x03"
_FIRST_VALUE_TAG: Final = 0x10
_TEXTS: Final = range(0x40, 0x4B)
_SOCKET: Final = Path("/run/cups/cups.sock")
_PORT: Final = 631
_TIMEOUT: Final = 20.0
_NUMBERS: Final = count(1)

Value = int | str | bool | bytes
Attribute = tuple[int, str, Sequence[Value]]
"""(value tag, name, values)."""


class IppError(OSError):
    """The queue cannot be reached, or says no; `status` of RFC 8011 appendix B, 0 where there was no answer."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, and one mapping a group of attributes, without the operation's own."""

    status: int
    groups: tuple[dict[str, list[Value]], ...]


class _Local(http.client.HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_TIMEOUT)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket file."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def server() -> str:
    """Where CUPS listens: CUPS_SERVER as its own programs read it, else the socket file, else port 631 here."""
    named = os.environ.get("CUPS_SERVER", "")
    if named:
        return named.removesuffix("/version=1.1")
    return str(_SOCKET) if _SOCKET.exists() else f"localhost:{_PORT}"


def ask(
    operation: int,
    path: str,
    attributes: Sequence[Attribute],
    *,
    job: Sequence[Attribute] = (),
    data: bytes = b"",
) -> Answer:
    """One operation. IppError where there is no answer, or an answer that is a refusal."""
    body = encode(operation, attributes, job=job) + data
    answer = decode(_post(path, body))
    if answer.status >= 0x0100:
        raise IppError(f"status 0x{answer.status:04x}", answer.status)
    return answer


def _post(path: str, body: bytes) -> bytes:
    where = server()
    host, _, port = where.rpartition(":")
    if where.startswith("/"):
        if not hasattr(socket, "AF_UNIX"):
            raise IppError(where)
        connection: http.client.HTTPConnection = _Local(where)
    elif host and port.isdigit():
        connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=_TIMEOUT)
    else:
        connection = http.client.HTTPConnection(where, _PORT, timeout=_TIMEOUT)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        answer = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise IppError(str(error)) from error
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise IppError(f"HTTP {response.status}", response.status)
    return answer


def encode(operation: int, attributes: Sequence[Attribute], *, job: Sequence[Attribute] = ()) -> bytes:
    """The bytes of a request before its document; character set and language come first, as the standard wants."""
    first: list[Attribute] = [
        (CHARSET, "attributes-charset", ["utf-8"]),
        (LANGUAGE, "attributes-natural-language", ["zh-cn"]),
    ]
    out = [struct.pack(">BBHI", 2, 0, operation, next(_NUMBERS) & 0x7FFFFFFF), _OPERATION]
    out += [_attribute(a) for a in (*first, *attributes)]
    if job:
        out += [_JOB, *(_attribute(a) for a in job)]
    return b"".join([*out, _END])


def _attribute(attribute: Attribute) -> bytes:
    tag, name, values = attribute
    out = []
    for place, value in enumerate(values):
        key = name.encode() if place == 0 else b""
        raw = _raw(tag, value)
        out.append(struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(raw)) + raw)
    return b"".join(out)


def _raw(tag: int, value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return struct.pack(">B", value) if tag == BOOLEAN else struct.pack(">i", value)


def decode(data: bytes) -> Answer:
    """Read an answer. IppError for bytes that are none."""
    try:
        return _decode(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise IppError("not an answer of this protocol") from error


def _decode(data: bytes) -> Answer:
    status = struct.unpack_from(">H", data, 2)[0]
    groups: list[dict[str, list[Value]]] = []
    place, name = 8, ""
    while data[place] != _END[0]:
        tag = data[place]
        place += 1
        if tag < _FIRST_VALUE_TAG:
            groups.append({})
            continue
        key, place = _counted(data, place)
        raw, place = _counted(data, place)
        name = key.decode() or name
        groups[-1].setdefault(name, []).append(_value(tag, raw))
    return Answer(status, tuple(groups[1:]))


def _counted(data: bytes, place: int) -> tuple[bytes, int]:
    length = struct.unpack_from(">H", data, place)[0]
    end = place + 2 + length
    if end > len(data):
        raise IndexError(end)
    return data[place + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in (INTEGER, ENUM):
        return int(struct.unpack(">i", raw)[0])
    if tag == BOOLEAN:
        return raw != b"\0"
    return raw.decode("utf-8", "replace") if tag in _TEXTS else raw
