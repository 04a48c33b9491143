"""Scans and photographs read back: every way a sheet can lie, several pages a file, and what is no scan at all."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from PIL import Image

from station_app.documents.preview import page_count
from station_app.documents.proof import encode_payload, mark_page
from station_app.documents.qr import matrix
from station_app.documents.scan import codes, reading
from station_app.documents.scan.codes import Found
from station_app.documents.scan.reading import KEPT_BYTES, Page, Source, read_pages
from sync.contract.errors import KnownError
from tests.documents import samples
from tests.documents.issuing import PAPER_ID, issue, proof, verify
from tests.support import photos


@lru_cache(maxsize=1)
def paper() -> bytes:
    return issue("agreement", samples.small()).pdf


def pages(data: bytes, name: str = "scan") -> list[Page]:
    return list(read_pages(Source(name, data)))


def places(found: list[Page]) -> list[list[int]]:
    return [[m.page for m in p.found.marks] for p in found]


@pytest.mark.parametrize("degrees", [0, 5, -5, 37, 85, 90, 175, 180, 270])
def test_a_page_is_read_however_it_lies(degrees: float) -> None:
    picture = photos.turned(photos.page(paper()), degrees)
    (page,) = pages(photos.jpeg(picture, 60))
    (mark,) = page.found.marks
    assert (mark.paper_id, mark.page) == (PAPER_ID, 1)
    verify(mark.signature, mark.signed_bytes)
    assert abs((page.found.turned - degrees + 180) % 360 - 180) <= 2
    assert page.found.quarter == round(degrees / 90) * 90 % 360


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_bad_photograph_is_read(dpi: int) -> None:
    """Five degrees off, from a side, out of focus, dim, in shadow, and packed hard: all at once."""
    picture = photos.aslant(photos.turned(photos.page(paper(), dpi=dpi), 5), 0.05)
    picture = photos.shaded(photos.noisy(photos.blurred(picture, dpi / 250), 15))
    (page,) = pages(photos.jpeg(picture, 60))
    assert [m.page for m in page.found.marks] == [1]


def test_harder_looks_are_needed_and_help() -> None:
    """What the first look does not see, a later one does; without this the ladder would be dead weight."""
    picture = photos.noisy(photos.turned(photos.page(paper(), dpi=90), 5), 20)
    assert codes.find(picture, clean=True).marks == ()
    assert [m.page for m in codes.find(picture).marks] == [1]


def test_shadow_is_divided_out() -> None:
    picture = photos.shaded(Image.new("L", (800, 1100), 250))
    assert min(picture.tobytes()) < 100
    even = codes.evened(picture).tobytes()
    assert (min(even) > 225, max(even)) == (True, 255)


def test_all_pages_of_a_pdf_and_of_a_tiff() -> None:
    sheets = [photos.page(paper(), 2), photos.turned(photos.page(paper(), 1), 180)]
    for data, suffix in (
        (photos.pdf(sheets), "pdf"),
        (photos.tiff(sheets), "tif"),
        (photos.tiff(sheets, fax=True), "tif"),
    ):
        found = pages(data)
        assert places(found) == [[2], [1]]
        assert [(p.number, p.of, p.suffix) for p in found] == [(1, 2, suffix), (2, 2, suffix)]
        again = [pages(p.data) for p in found]
        assert [places(a) for a in again] == [[[2]], [[1]]], "each page is kept by itself and still says what it is"
        assert [p.data for p in pages(data)] == [p.data for p in found], "the same file gives the same bytes"


def test_two_sheets_on_one_picture() -> None:
    one, two = photos.page(paper(), 1), photos.page(paper(), 2)
    both = Image.new("L", (one.width * 2, one.height), photos.TABLE)
    both.paste(one, (0, 0))
    both.paste(two, (one.width, 0))
    (page,) = pages(photos.jpeg(both))
    assert sorted(m.page for m in page.found.marks) == [1, 2]


def test_colour_alpha_palette_and_sixteen_bits() -> None:
    grey = photos.page(paper())
    seen = Image.new("RGBA", grey.size)
    seen.paste(Image.new("L", grey.size, 0), mask=grey.point(lambda v: 255 - v))
    deep = grey.convert("I").point(lambda v: v * 257).convert("I;16")
    for picture in (grey.convert("RGB"), seen, grey.convert("P"), deep, grey.convert("1")):
        assert places(pages(photos.png(picture))) == [[1]], picture.mode


def test_what_the_telephone_noted_of_its_position_is_heeded() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the picture is to be turned a quarter clockwise
    photos.page(paper()).rotate(90, expand=True).save(out, "JPEG", exif=exif)
    (page,) = pages(out.getvalue())
    assert page.found.quarter == 0
    shown = reading.shown(page.data, side=600)
    assert shown.height > shown.width


def test_a_page_as_it_came_is_kept_to_the_byte_and_a_large_one_shrinks() -> None:
    small = photos.jpeg(photos.page(paper()))
    assert pages(small)[0].data == small
    photo = photos.noisy(photos.page(paper(), dpi=220), 12)
    large = photos.png(photo.convert("RGB"))
    assert len(large) > KEPT_BYTES
    (page,) = pages(large)
    assert (page.suffix, len(page.data) <= KEPT_BYTES) == ("jpg", True)
    with Image.open(io.BytesIO(page.data)) as kept:
        assert max(kept.size) >= 2330, "not below 200 dots per inch"
        assert kept.mode == "RGB"
    assert places(pages(page.data)) == [[1]]


def test_white_backs_are_told_from_pages_without_a_code() -> None:
    (back,) = pages(photos.jpeg(photos.noisy(photos.white(), 3)))
    assert back.blank
    written = photos.white()
    written.paste(Image.new("L", (160, 40), 60), (500, 700))
    (page,) = pages(photos.jpeg(written))
    assert not page.blank
    assert page.found.marks == ()


def test_an_electronic_paper_is_no_scan() -> None:
    found = pages(paper())
    assert [p.drawn for p in found] == [True] * page_count(paper())
    assert not any(p.drawn for p in pages(photos.pdf([photos.page(paper())])))


def test_no_code_a_broken_one_and_one_of_somebody_else() -> None:
    bare = issue("agreement", samples.small(), proof=None).pdf
    assert pages(photos.jpeg(photos.page(bare)))[0].found == Found()
    text = encode_payload(mark_page(proof(), page=1, pages=2))
    assert codes.find(symbol(text)).marks
    assert codes.find(symbol(text[:-1] + "!")) == Found(broken=True)
    assert codes.find(symbol("https://u.example.com/pay")) == Found()


def symbol(text: str) -> Image.Image:
    """A code by itself on white."""
    rows = matrix(text).rows
    drawn = Image.new("L", (len(rows), len(rows)))
    drawn.putdata([255 * (1 - module) for row in rows for module in row])
    sheet = Image.new("L", (len(rows) * 4 + 80, len(rows) * 4 + 80), 255)
    sheet.paste(drawn.resize((len(rows) * 4, len(rows) * 4), Image.Resampling.NEAREST), (40, 40))
    return sheet


def heic() -> bytes:
    return b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(200)


def locked() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def too_many_pixels() -> bytes:
    return photos.png(Image.new("1", (12_000, 12_000)))


@pytest.mark.parametrize(
    ("data", "code", "why"),
    [
        (heic(), "E-330", None),
        (b"", "E-331", None),
        (b"hello", "E-331", None),
        (b"%PDF-1.7 nothing more", "E-331", None),
        (photos.png(photos.white())[:300], "E-331", None),
        (locked(), "E-331", "password"),
        (too_many_pixels(), "E-332", None),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str, why: str | None) -> None:
    with pytest.raises(KnownError) as refused:
        pages(data, "张三.jpg")
    assert (refused.value.code, refused.value.values["file"]) == (code, "张三.jpg")
    assert refused.value.values.get("why") == why


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PAGES", 1)
    for data in (photos.pdf([photos.white()] * 2), photos.tiff([photos.white()] * 2)):
        with pytest.raises(KnownError) as refused:
            pages(data)
        assert refused.value.code == "E-332"


def test_a_picture_cut_short_is_damaged_not_half_a_page() -> None:
    whole = photos.jpeg(photos.page(paper()))
    with pytest.raises(KnownError) as refused:
        pages(whole[: len(whole) // 2])
    assert refused.value.code == "E-331"
