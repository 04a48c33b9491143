"""Bodies on the line, the station's side: packing, proof that nothing was cut, signatures of requests and answers."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.contract.chain import answer_message, request_message
from sync.contract.errors import CODES, KnownError
from sync.contract.op import BadOp
from sync.contract.wire import MAX_BATCH_BYTES, MEDIA_TYPE, b64, unb64

if TYPE_CHECKING:
    from sync.client.transport import Answer

MAX_ANSWER: Final = MAX_BATCH_BYTES + 256 * 1024
"""Bytes of an answer, packed or unpacked."""
PROTOCOL: Final = (1, 1)
"""Lowest and highest protocol this station speaks."""
_WORTH: Final = 300
"""Bodies below this many bytes travel as they are."""
_LEVEL: Final = 3
_TIGHT: Final = 19
"""Level of zstd on a slow line: a quarter of a second of this PC saves seconds of the line."""
_TIGHT_WINDOW: Final = 512 * 1024
"""As if no body were longer: 9 MB of memory instead of 49, half the time, and three bytes in a thousand."""


class ServerRefusal(KnownError):
    """The server's own problem document. `counter`: the last counter it has seen, -1 where that is not the matter."""

    def __init__(
        self, code: str, *, status: int, detail: str, counter: int = -1, seconds: int = 0, theirs: str = ""
    ) -> None:
        values: dict[str, object] = {"detail": detail}
        if seconds:
            values["seconds"] = seconds
        if theirs:
            values |= {"ours": _span(list(PROTOCOL)), "theirs": theirs}
        super().__init__(code, **values)
        self.status, self.counter, self.seconds = status, counter, seconds


def _span(named: object) -> str:
    """Lowest and highest protocol as people read them: 1, or 1–3; "" where none are named."""
    if not isinstance(named, list) or len(named) != 2 or not all(type(n) is int for n in named):
        return ""
    low, high = named
    return str(low) if low == high else f"{low}–{high}"


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """True when the Ed25519 signature is that of the key over the message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def has_zstd() -> bool:
    """Whether zstd is there; gzip is the fallback."""
    try:
        import zstandard  # noqa: F401  - only whether it can be loaded
    except ImportError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Packed:
    """A body ready for the line, and the headers that describe it."""

    body: bytes
    headers: dict[str, str]


def pack(plain: bytes, *, tight: bool = False) -> Packed:
    """Pack a body, `tight` as closely as it goes; small ones stay as they are."""
    zstd = has_zstd()
    headers = {"Content-Type": MEDIA_TYPE, "Accept-Encoding": "zstd, gzip" if zstd else "gzip"}
    if len(plain) < _WORTH:
        return Packed(plain, headers)  # the signature is over these very bytes
    headers |= {"X-GM-Length": str(len(plain)), "X-GM-Digest": b64(hashlib.sha256(plain).digest())}
    if zstd:
        import zstandard

        headers["Content-Encoding"] = "zstd"
        size = min(len(plain), _TIGHT_WINDOW) if tight else len(plain)
        how = zstandard.ZstdCompressionParameters.from_level(_TIGHT if tight else _LEVEL, source_size=size)
        return Packed(zstandard.ZstdCompressor(compression_params=how).compress(plain), headers)
    headers["Content-Encoding"] = "gzip"
    packer = zlib.compressobj(9 if tight else 6, zlib.DEFLATED, 31)
    return Packed(packer.compress(plain) + packer.flush(), headers)


def sign_request(
    packed: Packed, *, path: str, device: str, counter: int, sign: Callable[[bytes], bytes]
) -> dict[str, str]:
    """Return the headers of a signed POST of this body."""
    signature = sign(request_message("POST", path, device, counter, packed.body))
    return {
        **packed.headers,
        "X-GM-Device": device,
        "X-GM-Counter": str(counter),
        "X-GM-Signature": b64(signature),
    }


def read_answer(answer: Answer, *, counter: int, server_key: bytes) -> bytes:
    """Return the plain body of a signed answer.

    A ServerRefusal for a problem document, E-104 HTML or a redirect, E-105 proxy log-in, E-106 cut or damaged,
    E-110 a fault of the server, E-114 the signature does not hold.
    """
    check_status(answer)
    plain = unpack(answer.body, answer.headers)
    signature = answer.headers.get("x-gm-signature", "")
    try:
        proof = unb64(signature.rstrip("="))
    except BadOp:
        proof = b""
    if not verifies(server_key, proof, answer_message(counter, plain)):
        raise KnownError("E-114", what="answer")
    return plain


def spent(answer: Answer) -> float:
    """Seconds the server says it was at work; 0 where it says nothing, or nothing of sense."""
    text = answer.headers.get("x-gm-spent", "")
    return int(text) / 1000 if text.isascii() and text.isdigit() and len(text) < 8 else 0.0


def check_status(answer: Answer) -> None:
    """Raise what an answer other than a plain success says; used for the unsigned enrolment answer as well."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status == 407:
        raise KnownError("E-105")
    if "problem+json" in kind:
        raise _refusal(answer)
    if kind in ("text/html", "application/xhtml+xml") or 300 <= answer.status < 400 or answer.status == 511:
        if answer.status >= 500 and answer.status != 511:
            raise KnownError("E-110", status=answer.status)
        raise KnownError("E-104", status=answer.status)
    if answer.status in (429, 503):
        raise _wait(answer)
    if answer.status == 413:
        raise KnownError("E-116")
    if answer.status >= 500:
        raise KnownError("E-110", status=answer.status)
    if answer.status != 200:
        raise KnownError("E-104", status=answer.status)


def _wait(answer: Answer) -> KnownError:
    seconds = retry_after(answer.headers)
    if seconds or answer.status == 429:
        return ServerRefusal("E-115", status=answer.status, detail="asked to wait", seconds=seconds)
    return KnownError("E-110", status=answer.status)


def retry_after(headers: Mapping[str, str]) -> int:
    """Seconds of a Retry-After header; 0 where there is none (a date is not read: clocks differ)."""
    text = headers.get("retry-after", "").strip()
    return min(int(text), 24 * 3600) if text.isascii() and text.isdigit() else 0


def _refusal(answer: Answer) -> KnownError:
    try:
        raw = json.loads(unpack(answer.body, answer.headers))
        code, detail = raw.get("code"), str(raw.get("detail") or "")[:200]
        counter = raw.get("counter", -1)
    except (ValueError, AttributeError, RecursionError, KnownError):
        return KnownError("E-110", status=answer.status)
    if answer.status in (429, 503) and retry_after(answer.headers):
        code = "E-115"
    if not isinstance(code, str) or code not in CODES or code == "E-599":
        return KnownError("E-110", status=answer.status)
    return ServerRefusal(
        code,
        status=answer.status,
        detail=detail,
        counter=counter if type(counter) is int else -1,
        seconds=retry_after(answer.headers),
        theirs=_span(raw.get("protocol")),
    )


def unpack(data: bytes, headers: Mapping[str, str]) -> bytes:
    """Unpack an answer with a limit, and check its announced length and digest; E-106 where anything is amiss."""
    plain = _unpacked(data, headers.get("content-encoding", "").strip().lower())
    length, digest = headers.get("x-gm-length", ""), headers.get("x-gm-digest", "")
    if (length and length != str(len(plain))) or len(plain) > MAX_ANSWER:
        raise KnownError("E-106", what="length")
    if digest and digest.rstrip("=") != b64(hashlib.sha256(plain).digest()):
        raise KnownError("E-106", what="digest")
    return plain


def _unpacked(data: bytes, packing: str) -> bytes:
    if packing in ("", "identity"):
        return data
    try:
        if packing == "gzip":
            unpacker = zlib.decompressobj(wbits=31)
            plain = unpacker.decompress(data, MAX_ANSWER + 1)
            if unpacker.eof or len(plain) > MAX_ANSWER:
                return plain
        elif packing == "zstd" and has_zstd():
            return unzstd(data)
    except (zlib.error, ValueError) as exc:
        raise KnownError("E-106", what=packing) from exc
    raise KnownError("E-106", what=packing)


def unzstd(data: bytes) -> bytes:
    """Unpack; at most MAX_ANSWER + 1 bytes come out, whatever the frame claims. ValueError where it does not."""
    import zstandard

    try:
        claimed = zstandard.frame_content_size(data)
        if 0 <= claimed <= MAX_ANSWER:
            return zstandard.ZstdDecompressor(max_window_size=2**27).decompress(data)
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data) as reader:
            return reader.read(MAX_ANSWER + 1)
    except zstandard.ZstdError as exc:
        raise ValueError("zstd") from exc
