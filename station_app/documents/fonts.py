"""Faces and the per-character font chain: which face draws a character, and how wide it is.

A face is opened once per process; HarfBuzz reads the tables it needs, nothing is parsed up front.
Widths are in thousandths of an em.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sync.contract.errors import BugError, KnownError

if TYPE_CHECKING:
    from station_app.documents.inline import Inline

#: OS/2 fsType bit 1: "Restricted License embedding": such a file may not travel inside a paper.
_FSTYPE_RESTRICTED = 0x0002

REGULAR = "NotoSerifSC-Regular.ttf"
BOLD = "NotoSerifSC-Bold.ttf"
#: The white square in which a character is written by hand; the frame around it is drawn by the layout.
_WHITE = "\u3000"


class FaceMetrics(NamedTuple):
    """What a font descriptor says of a face; lengths in thousandths of an em."""

    ascent: int
    descent: int
    cap_height: int
    bbox: tuple[int, int, int, int]
    stem: int


class Face:
    """One TrueType file with glyf outlines.

    Raises KnownError E-310 (file, reason) when the file is missing, damaged, has PostScript outlines
    (they cannot be embedded the same way) or forbids embedding.
    """

    def __init__(self, path: Path) -> None:
        import uharfbuzz as hb

        self.path = path
        try:
            self.hb_face: Any = hb.Face(hb.Blob.from_file_path(str(path)))
        except (OSError, hb.HarfBuzzError) as error:
            raise KnownError("E-310", file=path.name, reason="missing") from error
        tags = set(self.hb_face.table_tags)
        if not {"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap"} <= tags:
            raise KnownError("E-310", file=path.name, reason="outlines" if "CFF " in tags else "damaged")
        if self._table("OS/2", 8, ">H", default=0) & _FSTYPE_RESTRICTED:
            raise KnownError("E-310", file=path.name, reason="embedding")
        self._font: Any = hb.Font(self.hb_face)
        self._scale: float = 1000 / self.hb_face.upem

    def _table(self, tag: str, offset: int, form: str, *, default: int | None = None) -> int:
        data = self.hb_face.reference_table(tag).data
        if default is not None and len(data) < offset + struct.calcsize(form):
            return default
        return int(struct.unpack_from(form, data, offset)[0])

    @cached_property
    def name(self) -> str:
        """PostScript name, ASCII only as a PDF name wants it."""
        import uharfbuzz as hb

        found = self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.path.stem
        return "".join(c for c in found if c.isascii() and (c.isalnum() or c in "-_")) or "Face"

    @cached_property
    def metrics(self) -> FaceMetrics:
        scale = self._scale
        bbox = struct.unpack_from(">4h", self.hb_face.reference_table("head").data, 36)
        ascent, descent = struct.unpack_from(">2h", self.hb_face.reference_table("hhea").data, 4)
        weight = self._table("OS/2", 4, ">H", default=400)
        cap = self._table("OS/2", 88, ">h", default=0) or 700
        x0, y0, x1, y1 = (round(v * scale) for v in bbox)
        return FaceMetrics(
            ascent=round(ascent * scale),
            descent=round(descent * scale),
            cap_height=round(cap * scale),
            bbox=(x0, y0, x1, y1),
            stem=140 if weight >= 600 else 80,
        )

    def glyph_id(self, codepoint: int) -> int:
        """Glyph of a code point, 0 where the face has none."""
        return int(self._font.get_nominal_glyph(codepoint) or 0)

    def advance(self, gid: int) -> int:
        width: int = self._font.get_glyph_h_advance(gid)
        return round(width * self._scale)


class Glyph(NamedTuple):
    """A character as one face draws it; `by_hand`: a frame stands in its place, to be written in."""

    face: Face
    gid: int
    advance: int
    by_hand: bool = False


@lru_cache(maxsize=32)
def open_face(path: Path) -> Face:
    """The face of a file, parsed once per process."""
    return Face(path)


class FontChain:
    """Faces in order of preference, per weight; the first that has a character draws it.

    A bold text falls back to the regular faces for what no bold face has: a rare character in a title
    is thinner, never missing.
    """

    def __init__(self, regular: Sequence[Face], bold: Sequence[Face] = ()) -> None:
        self.regular = tuple(regular)
        self.bold = (*bold, *regular)
        self._cache: tuple[dict[str, Glyph | None], dict[str, Glyph | None]] = ({}, {})

    def glyph(self, char: str, *, bold: bool = False) -> Glyph | None:
        """The glyph of one character, or None when no face of the chain has it."""
        cache = self._cache[bold]
        try:
            return cache[char]
        except KeyError:
            found = cache[char] = self._find(ord(char), self.bold if bold else self.regular)
            return found

    @staticmethod
    def _find(codepoint: int, faces: Sequence[Face]) -> Glyph | None:
        for face in faces:
            gid = face.glyph_id(codepoint)
            if gid:
                return Glyph(face, gid, face.advance(gid))
        return None

    def handwritten(self, chars: str) -> FontChain:
        """The same chain with a frame to write in, in place of those of `chars` that nothing can draw.

        It is for a person to choose this, after E-301. A copied text still says the character.
        """
        other = FontChain(self.regular, self.bold[: len(self.bold) - len(self.regular)])
        for weight in (False, True):
            white = self.glyph(_WHITE, bold=weight)
            if white is None:
                raise BugError("no face has an ideographic space")
            frame = white._replace(by_hand=True)
            other._cache[weight].update({c: frame for c in chars if self.glyph(c, bold=weight) is None})
        return other

    def missing(self, text: str) -> list[str]:
        """Characters of a text that nothing can draw, in order of appearance, each once."""
        return [c for c in dict.fromkeys(text) if c >= " " and self.glyph(c) is None]


def bundled_chain(
    directory: Path | None = None,
    *,
    rare: Sequence[Path] = (),
    station: Path | None = None,
    body: Path | None = None,
) -> FontChain:
    """Noto Serif SC, then the rare-character pack (`documents.rare`), then a font the station added.

    `body`: a licensed face (仿宋) that a station puts first for running text; titles stay bold Song.
    """
    folder = directory or _fonts_dir()
    regular = [open_face(folder / REGULAR), *(open_face(p) for p in rare)]
    if body is not None:
        regular.insert(0, open_face(body))
    if station is not None:
        regular.append(open_face(station))
    return FontChain(regular, [open_face(folder / BOLD)])


def _fonts_dir() -> Path:
    from station_app.paths import resources_dir

    return resources_dir() / "fonts"


def require_glyphs(items: Sequence[Inline], fonts: FontChain, *, place: str) -> None:
    """Refuse a text with a character no face has, naming it (E-301: name, char, codepoint, place)."""
    for item in items:
        for char in fonts.missing(item.text):
            raise KnownError("E-301", name=item.text.strip(), char=char, codepoint=f"U+{ord(char):04X}", place=place)
