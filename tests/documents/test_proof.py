"""The code on a page: small, signed, read back at print resolution and from a skewed picture; foreign codes refused."""

from __future__ import annotations

import io

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from station_app.documents.preview import PageImage, page_image
from station_app.documents.proof import decode_payload, encode_payload, mark_page
from station_app.documents.qr import QUIET, matrix, operators
from station_app.documents.scan.reading import marks_of
from sync.contract.errors import BugError, KnownError
from tests.documents import samples
from tests.documents.issuing import PAPER_ID, URL, issue, proof, verify

MM = 72 / 25.4


def test_every_page_bears_its_own_signed_code() -> None:
    rendered = issue("agreement", samples.showcase())
    marks = marks_of(rendered.pdf)
    assert [m.page for m in marks] == list(range(1, rendered.pages + 1))
    for mark in marks:
        assert (mark.url, mark.paper_id, mark.version, mark.pages) == (URL, PAPER_ID, 1, rendered.pages)
        assert mark.facts == bytes(range(100, 116))
        verify(mark.signature, mark.signed_bytes)
    with pytest.raises(InvalidSignature):
        verify(marks[0].signature, marks[1].signed_bytes)


def png(image: PageImage, *, turn: float = 0, quality: int = 0) -> bytes:
    out = io.BytesIO()
    picture = Image.frombytes("RGB", (image.width, image.height), image.rgb)
    picture = picture.rotate(turn, expand=True, fillcolor="white") if turn else picture
    picture.save(out, "JPEG", quality=quality) if quality else picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("turn", "quality"), [(0, 0), (0, 40), (3, 60), (90, 60), (178, 60)])
def test_code_is_read_from_a_scan_of_150_dots_per_inch(turn: float, quality: int) -> None:
    image = page_image(issue("agreement", samples.small()).pdf, 1, 150)
    marks = marks_of(png(image, turn=turn, quality=quality))
    assert [(m.paper_id, m.page) for m in marks] == [(PAPER_ID, 1)]


def test_symbol_is_small_and_large_enough() -> None:
    """At most version 10 with an address of ordinary length; at 150 dpi a module is over two dots wide."""
    far = proof(url="https://tiaojie.guangming.example.gov.cn", paper_id="ffffffffffffffff.99999.9", version=12)
    text = encode_payload(mark_page(far, page=99, pages=100))
    symbol = matrix(text)
    assert symbol.version <= 10
    from station_app.documents.furniture import CODE_SIDE

    assert CODE_SIDE >= 20 * MM
    assert CODE_SIDE / symbol.size / 72 * 150 > 2


def test_quiet_zone_is_kept_white() -> None:
    """Four modules around the symbol bear no ink (ISO/IEC 18004)."""
    from station_app.documents import furniture as f

    dpi = 144
    image = page_image(issue("agreement", samples.showcase()).pdf, 1, dpi)
    scale = dpi / 72
    module = f.CODE_SIDE / matrix(encode_payload(mark_page(proof(), page=1, pages=6))).size
    left, low = f.A4.left + f.A4.text_width - f.CODE_SIDE, f._CODE_LOW
    zone = QUIET * module
    picture = Image.frombytes("RGB", (image.width, image.height), image.rgb).convert("L")
    outer = _box(picture, left - zone, low - zone, f.CODE_SIDE + 2 * zone, scale)
    inner = _box(picture, left - 0.5, low - 0.5, f.CODE_SIDE + 1, scale)
    picture.paste(255, inner)
    assert picture.crop(outer).getextrema() == (255, 255)


def _box(picture: Image.Image, x: float, y: float, side: float, scale: float) -> tuple[int, int, int, int]:
    top = picture.height - (y + side) * scale
    return round(x * scale), round(top), round((x + side) * scale), round(top + side * scale)


@given(
    version=st.integers(1, 9999),
    page=st.integers(1, 500),
    more=st.integers(0, 500),
    inst=st.integers(0, 2**64 - 1),
    seq=st.integers(1, 2**31 - 1),
)
def test_payload_round_trip(version: int, page: int, more: int, inst: int, seq: int) -> None:
    given_proof = proof(version=version, paper_id=f"{inst:016x}.{seq}.0")
    mark = mark_page(given_proof, page=page, pages=page + more)
    assert decode_payload(encode_payload(mark)) == mark


@pytest.mark.parametrize(
    "text",
    ["", "https://example.com/", "https://gm.example.cn/v/", "https://gm.example.cn/v/AAAA", "WIFI:S:x;;", "中文"],
)
def test_foreign_codes_are_told_apart(text: str) -> None:
    with pytest.raises(KnownError) as refused:
        decode_payload(text)
    assert refused.value.code == "E-312"


def test_damaged_payload_is_refused_or_fails_its_signature() -> None:
    text = encode_payload(mark_page(proof(), page=1, pages=1))
    head, _, data = text.rpartition("/v/")
    for at in range(len(data)):
        other = data[:at] + ("A" if data[at] != "A" else "B") + data[at + 1 :]
        try:
            mark = decode_payload(f"{head}/v/{other}")
        except KnownError:
            continue
        with pytest.raises(InvalidSignature):
            verify(mark.signature, mark.signed_bytes)


def test_scan_without_a_code_of_ours_is_empty() -> None:
    white = PageImage(200, 200, b"\xff" * 120_000)
    assert marks_of(png(white)) == []
    assert marks_of(issue("agreement", samples.small(), proof=None).pdf) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 nothing more"])
def test_what_is_neither_picture_nor_paper_is_a_known_error(content: bytes) -> None:
    with pytest.raises(KnownError) as refused:
        marks_of(content)
    assert refused.value.code == "E-331"


def test_wrong_proofs_are_mistakes_of_the_program() -> None:
    with pytest.raises(BugError):
        mark_page(proof(facts_hash=b"short"), page=1, pages=1)
    with pytest.raises(BugError):
        mark_page(proof(sign=lambda data: b"x"), page=1, pages=1)


def test_symbol_is_drawn_as_one_shape_inside_its_square() -> None:
    symbol = matrix("https://gm.example.cn/v/abc")
    (text,) = operators(symbol, x=10, y=20, side=50)
    numbers = [list(map(float, line.split()[:4])) for line in text.splitlines() if line.endswith("re")]
    assert min(n[0] for n in numbers) >= 10
    assert max(n[0] + n[2] for n in numbers) <= 60.01
    assert min(n[1] for n in numbers) >= 20
    assert sum(round(n[2] / (50 / symbol.size)) for n in numbers) == sum(map(sum, symbol.rows))
