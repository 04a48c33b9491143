"""Bodies on the line: what was packed comes out again, and nothing damaged, bloated or unproved comes through."""

from __future__ import annotations

import gzip
import zlib

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.client import codec
from sync.client.transport import Answer
from sync.contract.chain import answer_message, request_message
from sync.contract.errors import KnownError
from sync.contract.wire import b64, unb64

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def signed(plain: bytes, proof: str = "") -> Answer:
    """An answer as the server gives it to request 7, or with another proof."""
    packed = codec.pack(plain)
    said = {k.lower(): v for k, v in packed.headers.items()}
    proof = proof or b64(KEY.sign(answer_message(7, plain)))
    return Answer(200, {**said, "x-gm-signature": proof}, packed.body)


def code_of(answer: Answer, counter: int = 7) -> str:
    """The code of the error an answer ends in."""
    with pytest.raises(KnownError) as caught:
        codec.read_answer(answer, counter=counter, server_key=PUBLIC)
    return caught.value.code


@given(st.binary(max_size=2000) | st.integers(300, 50_000).map(lambda n: b"ab" * n))
def test_bodies_come_out_as_they_went_in(plain: bytes) -> None:
    packed = codec.pack(plain)
    assert codec.unpack(packed.body, {k.lower(): v for k, v in packed.headers.items()}) == plain
    assert codec.read_answer(signed(plain), counter=7, server_key=PUBLIC) == plain


def test_gzip_where_zstd_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "has_zstd", lambda: False)
    packed = codec.pack(b"x" * 1000)
    assert packed.headers["Content-Encoding"] == packed.headers["Accept-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == b"x" * 1000
    with pytest.raises(KnownError, match="E-106"):
        codec.unpack(zstandard.compress(b"x" * 1000), {"content-encoding": "zstd"})


def test_requests_are_signed_over_the_bytes_as_sent() -> None:
    packed = codec.pack(b"y" * 5000)
    headers = codec.sign_request(packed, path="/v1/push", device="d-1", counter=9, sign=KEY.sign)
    message = request_message("POST", "/v1/push", "d-1", 9, packed.body)
    assert codec.verifies(PUBLIC, unb64(headers["X-GM-Signature"]), message)
    assert (headers["X-GM-Device"], headers["X-GM-Counter"], headers["X-GM-Length"]) == ("d-1", "9", "5000")


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_never_comes_through(place: int, value: int) -> None:
    answer = signed(b"as much text as is needed " * 100)
    body = bytearray(answer.body)
    if body[place % len(body)] == value:
        return
    body[place % len(body)] = value
    changed, code = Answer(200, answer.headers, bytes(body)), ""
    try:
        plain = codec.read_answer(changed, counter=7, server_key=PUBLIC)
    except KnownError as error:
        plain, code = b"", error.code
    # a byte that says nothing, as a reserved bit of the frame, may change
    assert (plain, code) in ((b"", "E-106"), (b"as much text as is needed " * 100, ""))


@given(st.integers(0, 400))
def test_a_cut_answer_is_cut(keep: int) -> None:
    answer = signed(bytes(range(256)) * 8)
    if keep < len(answer.body):
        assert code_of(Answer(200, answer.headers, answer.body[:keep])) == "E-106"


def test_proofs_that_do_not_hold() -> None:
    assert code_of(signed(b"x"), counter=8) == "E-114"
    assert code_of(signed(b"x", "=")) == "E-114"
    assert code_of(signed(b"x", "!!")) == "E-114"
    assert code_of(signed(b"x", b64(bytes(64)))) == "E-114"


@pytest.mark.parametrize(
    ("body", "packing"),
    [
        (zstandard.compress(bytes(codec.MAX_ANSWER + 1)), "zstd"),
        (zstandard.ZstdCompressor(write_content_size=False).compress(bytes(codec.MAX_ANSWER + 1)), "zstd"),
        (gzip.compress(bytes(codec.MAX_ANSWER + 1)), "gzip"),
        (b"no frame", "zstd"),
        (b"no stream", "gzip"),
        (zlib.compress(b"x"), "deflate"),
        (b"x", "br"),
    ],
)
def test_bombs_and_strange_packings(body: bytes, packing: str) -> None:
    with pytest.raises(KnownError, match="E-106"):
        codec.unpack(body, {"content-encoding": packing})


@pytest.mark.parametrize(("text", "seconds"), [("30", 30), ("", 0), ("Wed, 21 Oct", 0), ("-5", 0), ("9" * 9, 86_400)])
def test_retry_after(text: str, seconds: int) -> None:
    assert codec.retry_after({"retry-after": text}) == seconds


def test_a_slow_line_is_packed_tightly_in_little_memory() -> None:
    plain = b"".join(b'{"no":%d,"text":"%x"}' % (n, n * n * n) for n in range(60_000))
    tight, quick = codec.pack(plain, tight=True), codec.pack(plain)
    assert zstandard.get_frame_parameters(tight.body).window_size <= 512 * 1024 < len(plain)
    assert len(tight.body) < 0.9 * len(quick.body)
    assert codec.unpack(tight.body, {k.lower(): v for k, v in tight.headers.items()}) == plain
