"""Embedding: one CID font per face and paper, cut to the characters used, with text that copies right.

Every character gets a CID of its own in order of first use, so page streams can be written before the font
is cut; CIDToGIDMap leads from there to the glyph. Characters outside the basic plane are written to the
ToUnicode map as surrogate pairs, as UTF-16 asks.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from station_app.documents.fonts import Face, Glyph

if TYPE_CHECKING:
    from station_app.documents.pdf import ObjectTable

_KEEP = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp"})


class FontUse:
    """What one paper uses of one face."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs: list[Glyph] = []
        self.texts: list[str] = []
        self._codes: dict[str, str] = {}

    def code(self, glyph: Glyph, text: str) -> str:
        """Four hexadecimal digits by which a page shows this character."""
        try:
            return self._codes[text]
        except KeyError:
            self.glyphs.append(glyph)
            self.texts.append(text)
            code = self._codes[text] = f"{len(self.glyphs):04X}"
            return code


class FontBook:
    """The faces of one paper."""

    def __init__(self) -> None:
        self.uses: dict[Face, FontUse] = {}

    def use(self, face: Face) -> FontUse:
        try:
            return self.uses[face]
        except KeyError:
            use = self.uses[face] = FontUse(face, f"F{len(self.uses) + 1}")
            return use


def embed(use: FontUse, table: ObjectTable) -> str:
    """Add the objects of one font; returns the reference to its Type0 dictionary."""
    program, gids = _cut(use)
    base = f"{_tag(use)}+{use.face.name}"
    metrics = use.face.metrics
    file = table.stream(program, f"/Length1 {len(program)}")
    cid_set = table.stream(_bits(len(use.glyphs) + 1))
    descriptor = table.add(
        f"<< /Type /FontDescriptor /FontName /{base} /Flags 6 "
        f"/FontBBox [{' '.join(map(str, metrics.bbox))}] /ItalicAngle 0 /Ascent {metrics.ascent} "
        f"/Descent {metrics.descent} /CapHeight {metrics.cap_height} /StemV {metrics.stem} "
        f"/FontFile2 {file} /CIDSet {cid_set} >>"
    )
    gid_map = table.stream(b"\0\0" + b"".join(gid.to_bytes(2, "big") for gid in gids))
    descendant = table.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} /DW 1000 {_widths(use.glyphs)}/CIDToGIDMap {gid_map} >>"
    )
    to_unicode = table.stream(_to_unicode(use.texts))
    return table.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
    )


def _cut(use: FontUse) -> tuple[bytes, list[int]]:
    """The font program with only the glyphs used, and the new glyph number of each CID."""
    import uharfbuzz as hb

    face: Any = use.face.hb_face
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({g.gid for g in use.glyphs})
    wanted.drop_table_tag_set.update(
        int.from_bytes(tag.encode("latin-1"), "big") for tag in face.table_tags if tag not in _KEEP
    )
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    plan = hb.SubsetPlan(face, wanted)
    program = bytes(plan.execute().blob.data)
    moved = plan.old_to_new_glyph_mapping
    return program, [moved[g.gid] for g in use.glyphs]


def _tag(use: FontUse) -> str:
    """Six letters that differ when the subset differs (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256("\0".join(use.texts).encode("utf-8")).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _widths(glyphs: list[Glyph]) -> str:
    """The W array: runs of CIDs whose width is not the default of 1000."""
    runs: list[str] = []
    open_at = 0
    for cid, glyph in enumerate(glyphs, 1):
        if glyph.advance == 1000:
            continue
        if runs and open_at == cid - 1:
            runs[-1] += f" {glyph.advance}"
        else:
            runs.append(f"{cid} [{glyph.advance}")
        open_at = cid
    return f"/W [{' '.join(run + ']' for run in runs)}] " if runs else ""


def _bits(count: int) -> bytes:
    """CIDSet: one bit for each CID present, the notdef included, first CID in the highest bit."""
    full, rest = divmod(count, 8)
    return b"\xff" * full + (bytes([(0xFF00 >> rest) & 0xFF]) if rest else b"")


def _to_unicode(texts: list[str]) -> bytes:
    """The CMap from CIDs to UTF-16BE, at most 100 entries a block (Adobe note 5411)."""
    lines = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
    ]
    for start in range(0, len(texts), 100):
        part = texts[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{start + i:04X}> <{text.encode('utf-16-be').hex().upper()}>" for i, text in enumerate(part, 1)]
        lines.append("endbfchar")
    lines.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "\n".join(lines).encode("ascii")
