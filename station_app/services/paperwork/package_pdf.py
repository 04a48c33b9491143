"""The files of a court package as bytes: pages taken over, scans put in their place, parts below a size, one whole.

Nothing is drawn anew: pages of issued papers are the sealed ones. A picture becomes a grey page of A4, 200 dpi.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sync.contract.errors import KnownError

if TYPE_CHECKING:
    import pikepdf

_DPI: Final = 200
_A4_DOTS: Final = (1654, 2339)  # 210 mm × 297 mm at 200 dpi
_QUALITY: Final = 75
#: The first day a ZIP can name: the same files give the same archive on every day.
_DAY: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class File:
    """One PDF of the package. `slot`: its place, 01 to 11; `title`: how the bookmark calls it."""

    slot: str
    title: str
    name: str
    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Draft:
    """A file while it is put together: sources of single pages (bytes, page from 1)."""

    slot: str
    title: str
    label: str
    pages: list[tuple[bytes, int]] = field(default_factory=list)


def pages_of(data: bytes) -> int:
    """How many pages a PDF has. E-312 for what is no PDF."""
    with _opened(data) as source:
        return len(source.pages)


def as_pdf(data: bytes) -> bytes:
    """A scan as PDF: a PDF as it is, a picture as grey pages of at most A4 at 200 dpi. E-331 for what is neither."""
    from station_app.documents.scan.reading import Source, is_pdf, opened, upright

    if is_pdf(data):
        return data
    out = io.BytesIO()
    with opened(Source("", data)) as image:
        try:
            grey = upright(image).convert("L")
        except (OSError, ValueError, SyntaxError) as error:
            raise KnownError("E-331") from error
        across = grey.width > grey.height
        grey.thumbnail(_A4_DOTS[::-1] if across else _A4_DOTS)
        grey.save(out, "PDF", resolution=_DPI, quality=_QUALITY)
    return out.getvalue()


def built(draft: Draft, *, limit: int) -> list[bytes]:
    """The draft as one PDF, or as parts of at most `limit` bytes each; a single page larger than that stays alone."""
    whole = _joined(draft.pages)
    if len(whole) <= limit or len(draft.pages) == 1:
        return [whole]
    middle = len(draft.pages) // 2
    halves = (draft.pages[:middle], draft.pages[middle:])
    return [part for pages in halves for part in built(Draft(draft.slot, draft.title, draft.label, pages), limit=limit)]


def bound(files: Sequence[File], *, slots: Mapping[str, str], title: str) -> bytes:
    """All files as one PDF with a bookmark for each place and one for each file in it."""
    import pikepdf

    with pikepdf.Pdf.new() as made:
        marks: dict[str, list[tuple[str, int]]] = {}
        for file in files:
            marks.setdefault(file.slot, []).append((file.title, len(made.pages)))
            with _opened(file.data) as source:
                made.pages.extend(source.pages)
        with made.open_outline() as outline:
            for slot, inside in marks.items():
                item = pikepdf.OutlineItem(f"{slot} {slots[slot]}", inside[0][1])
                item.children.extend(pikepdf.OutlineItem(name, page) for name, page in inside)
                outline.root.append(item)
        made.docinfo["/Title"] = title
        return _saved(made)


def archive(files: Sequence[File], *, first: Mapping[str, bytes], last: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP with a manifest of names, pages, sizes and SHA-256; `first` on top, `last` at the end."""
    listed: list[dict[str, object]] = [
        {"name": f.name, "title": f.title, "pages": f.pages, "bytes": len(f.data), "sha256": f.sha256} for f in files
    ]
    listed += [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in {**first, **last}.items()
    ]
    manifest = json.dumps({"files": listed}, ensure_ascii=False, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {**first, **{f.name: f.data for f in files}, **last, "manifest.json": manifest}.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, data)
    return out.getvalue()


def _joined(pages: Sequence[tuple[bytes, int]]) -> bytes:
    """Pages from several files, each opened once; a whole file is taken over byte for byte."""
    import pikepdf

    first = pages[0][0]
    if all(data is first for data, _ in pages) and [n for _, n in pages] == list(range(1, pages_of(first) + 1)):
        return first
    sources: dict[int, pikepdf.Pdf] = {}
    try:
        with pikepdf.Pdf.new() as made:
            for data, number in pages:
                source = sources.setdefault(id(data), _open(data))
                made.pages.append(source.pages[number - 1])
            return _saved(made)
    finally:
        for source in sources.values():
            source.close()


def _saved(made: pikepdf.Pdf) -> bytes:
    import pikepdf

    out = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _open(data: bytes) -> pikepdf.Pdf:
    import pikepdf

    try:
        return pikepdf.Pdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise KnownError("E-312") from error


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    source = _open(data)
    try:
        yield source
    finally:
        source.close()
