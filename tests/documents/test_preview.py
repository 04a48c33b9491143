"""Previews: true size, right colours, no page beyond the last, several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from station_app.documents.preview import extract_text, page_count, page_image
from tests.documents import samples
from tests.documents.issuing import issue


def test_picture_has_the_size_of_the_sheet_and_no_padding() -> None:
    pdf = issue("agreement", samples.small()).pdf
    for dpi in (72, 97, 150):
        image = page_image(pdf, 1, dpi)
        assert abs(image.width - 210 / 25.4 * dpi) <= 1
        assert abs(image.height - 297 / 25.4 * dpi) <= 1
        assert len(image.rgb) == image.width * image.height * 3
    assert image.rgb[:3] == b"\xff\xff\xff"
    assert min(image.rgb) < 30


def test_pages_are_counted_from_one() -> None:
    pdf = issue("agreement", samples.small()).pdf
    assert page_count(pdf) == 2
    assert page_image(pdf, 1, 50).rgb != page_image(pdf, 2, 50).rgb
    for page in (0, 3):
        with pytest.raises(IndexError):
            page_image(pdf, page, 50)


def test_threads_take_turns() -> None:
    pdf = issue("agreement", samples.small()).pdf
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda n: page_image(pdf, n % 2 + 1, 60), range(12)))
        texts = list(pool.map(lambda _: extract_text(pdf), range(4)))
    assert len({image.rgb for image in images}) == 2
    assert len({tuple(text) for text in texts}) == 1
