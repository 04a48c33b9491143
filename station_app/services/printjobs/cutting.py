"""Pages of a PDF in another order, or some of them, with empty sides between: taken over, never drawn anew."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from station_app.services.printjobs.plan import BLANK
from sync.contract.errors import KnownError


def cut(data: bytes, pages: Sequence[int]) -> bytes:
    """A PDF of these pages (from 1; 0 is an empty side as large as the first page); the very same bytes where it would
    be the whole file.
    """
    import pikepdf

    try:
        with pikepdf.Pdf.open(io.BytesIO(data)) as source:
            if list(pages) == list(range(1, len(source.pages) + 1)):
                return data
            with pikepdf.Pdf.new() as made:
                for page in pages:
                    if page == BLANK:
                        made.add_blank_page(page_size=_size(source.pages[0].mediabox))
                    else:
                        made.pages.append(source.pages[page - 1])
                out = io.BytesIO()
                made.save(out, deterministic_id=True)
                return out.getvalue()
    except pikepdf.PdfError as error:
        raise KnownError("E-312") from error


def _size(box: Iterable[object]) -> tuple[float, float]:
    left, bottom, right, top = (float(str(edge)) for edge in box)
    return right - left, top - bottom
