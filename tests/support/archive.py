"""A structural check of PDF/A-2 level b (ISO 19005-2), clause by clause: what is wrong with a file, in words.

There is no validator of part 2 among the tests' tools. This looks at what our own files can get wrong; that their
structure is archival as a whole is said by Apache PDFBox Preflight, of the same structure written as part 1.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

_FORBIDDEN: Final = (
    *("/JavaScript", "/JS", "/Launch", "/AcroForm", "/XFA"),
    *("/EmbeddedFiles", "/EF", "/OpenAction", "/AA", "/Annots"),
)
_FILTERS: Final = {"/FlateDecode", "/DCTDecode"}
_OPERATORS: Final = set(
    "q Q cm w J j M d ri gs BT ET Td TD Tm Tj TJ Tc Tw Tz TL Tf Tr Ts g G rg RG k K re m l c v y h S s f F f* B b n W "
    "W* Do BDC BMC EMC MP DP cs CS sc SC scn SCN T* ' \" i sh".split()
)


def faults(pdf: bytes) -> list[str]:
    """What part 2, level b, forbids or lacks; [] for a file without fault."""
    found = list(_file(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found += document.check_pdf_syntax()
        found += [*_catalog(document), *_metadata(document), *_objects(document)]
        for number, page in enumerate(document.pages, 1):
            found += [f"page {number}: {what}" for what in _page(page)]
    return found


def _file(pdf: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", pdf):
        yield "6.1.2 header, or its line of binary bytes"
    if not pdf.rstrip(b"\n").endswith(b"%%EOF") or pdf.endswith(b"\n\n"):
        yield "6.1.3 bytes after the end of the file"
    for match in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", pdf):
        end = match.end() + int(match[1])
        if pdf[end : end + 10] != b"\nendstream":
            yield f"6.1.7.1 length of the stream at byte {match.start()}"


def _catalog(document: pikepdf.Pdf) -> Iterator[str]:
    trailer, root = document.trailer, document.Root
    if "/ID" not in trailer or len(trailer.ID) != 2 or not bytes(trailer.ID[0]):
        yield "6.1.3 file identifier"
    if "/Encrypt" in trailer:
        yield "6.1.3 encryption"
    intents: Any = root.get("/OutputIntents", [])
    profiles = [i.DestOutputProfile for i in intents if i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i]
    if len(profiles) != 1:
        yield "6.2.3 one output intent with a profile"
    for profile in profiles:
        data = profile.read_bytes()
        if data[36:40] != b"acsp" or int(profile.N) != 3 or data[16:20] != b"RGB ":
            yield "6.2.3 profile of the output intent"
    if str(root.get("/Lang", "")) != "zh-CN":
        yield "language"
    shown: Any = root.get("/ViewerPreferences")
    if shown is None or not shown.get("/DisplayDocTitle"):
        yield "title not shown"


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    stream = document.Root.get("/Metadata")
    if stream is None or "/Filter" in stream or stream.get("/Subtype") != "/XML":
        yield "6.6.2.1 metadata stream, unfiltered"
        return
    words = stream.read_bytes().decode("utf-8")
    for name, value in (("part", "2"), ("conformance", "B")):
        if f"<pdfaid:{name}>{value}</pdfaid:{name}>" not in words:
            yield f"6.6.4 pdfaid:{name}"
    info = document.docinfo
    for key, tag in _TAGS.items():
        said = str(info.get(key, ""))
        there = re.search(rf"<{tag}>(?:<rdf:\w+>)?(?:<rdf:li[^>]*>)?([^<]*)", words)
        if not said or there is None or _plain(there[1]) != said:
            yield f"6.6.3 {key} is not what the metadata say"
    for key, tag in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        day = "".join(re.findall(r"\d", str(info.get(key, ""))))[:14]
        there = re.search(rf"<{tag}>([^<]*)", words)
        if len(day) != 14 or there is None or "".join(re.findall(r"\d", there[1]))[:14] != day:
            yield f"6.6.3 {key} is not what the metadata say"


_TAGS: Final = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool",
}


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _objects(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        yield from (f"6.5, 6.6.1, 6.9 {name}" for name in _FORBIDDEN if name in item)
        if item.get("/SMask") is not None or item.get("/Type") == "/ExtGState":
            yield "6.2.10 transparency, or a graphics state that may bring it"
        if isinstance(item, pikepdf.Stream):
            yield from _stream(item)
        if item.get("/Type") == "/Font" and item.get("/Subtype") not in ("/Type0", "/CIDFontType2"):
            yield f"6.2.11 font {item.get('/BaseFont')} is not embedded as ours are"
        if item.get("/Subtype") == "/Type0":
            yield from _font(item)


def _stream(item: Any) -> Iterator[str]:
    filters = item.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or [])
    if {str(n) for n in names} - _FILTERS:
        yield f"6.1.7.2 filter {filters}"
    if "/F" in item:
        yield "6.1.7.1 a stream outside the file"
    if item.get("/Subtype") == "/Image" and (item.get("/Interpolate") or "/Alternates" in item):
        yield "6.2.8 picture"


def _font(font: Any) -> Iterator[str]:
    """Embedded, its widths those of the program, every CID with a glyph, a text for each (6.2.11)."""
    name, descendant = str(font.BaseFont), font.DescendantFonts[0]
    if "/FontFile2" not in descendant.FontDescriptor:
        yield f"6.2.11.4.1 {name} is not embedded"
        return
    program = descendant.FontDescriptor.FontFile2.read_bytes()
    mapped = descendant.CIDToGIDMap.read_bytes()
    gids = struct.unpack(f">{len(mapped) // 2}H", mapped)
    advances = _advances(program)
    if any(gid == 0 or gid >= len(advances) for gid in gids[1:]):
        yield f"6.2.11.8 {name}: a character without glyph"
        return
    widths = _widths(descendant)
    for cid, gid in enumerate(gids[1:], 1):
        if abs(widths.get(cid, int(descendant.get("/DW", 1000))) - advances[gid]) > 1:
            yield f"6.2.11.5 {name}: width of {cid}"
    if _texts(font) != len(gids) - 1:
        yield f"{name}: a character without text"
    if "/CIDSet" in descendant.FontDescriptor:
        bits = descendant.FontDescriptor.CIDSet.read_bytes()
        if sum(b.bit_count() for b in bits) != len(gids):
            yield f"6.2.11.4.2 {name}: CIDSet"


def _texts(font: Any) -> int:
    """How many CIDs the font says a text for."""
    if "/ToUnicode" not in font:
        return 0
    parts = re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
    return sum(len(re.findall(rb"^<[0-9A-F]{4}> <", part, re.MULTILINE)) for part in parts)


def _advances(program: bytes) -> list[float]:
    """Advance widths of all glyphs of a TrueType program, in thousandths of an em."""
    count = struct.unpack_from(">H", program, 4)[0]
    records = [struct.unpack_from(">4sIII", program, 12 + 16 * i) for i in range(count)]
    tables = {tag: program[at : at + size] for tag, _, at, size in records}
    upem = struct.unpack_from(">H", tables[b"head"], 18)[0]
    long_ones = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    glyphs = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    known = [struct.unpack_from(">H", tables[b"hmtx"], 4 * i)[0] * 1000 / upem for i in range(long_ones)]
    return known + [known[-1]] * (glyphs - long_ones)


def _widths(descendant: Any) -> dict[int, float]:
    result: dict[int, float] = {}
    items = list(descendant.get("/W", []))
    for first, run in zip(items[::2], items[1::2], strict=True):
        result |= {int(first) + i: float(width) for i, width in enumerate(run)}
    return result


def _page(page: Any) -> Iterator[str]:
    depth = deepest = 0
    fonts = {str(name) for name in page.Resources.get("/Font", {})}
    for instruction in pikepdf.parse_content_stream(page):
        operands, word = list(instruction.operands), str(instruction.operator)
        if word not in _OPERATORS:
            yield f"6.2.2 operator {word}"
        depth += {"q": 1, "Q": -1}.get(word, 0)
        deepest = max(deepest, depth)
        if word == "Tf" and str(operands[0]) not in fonts:
            yield f"6.2.2 font {operands[0]} is not among the page's own"
    if depth or deepest > 28:
        yield "6.1.13 q and Q"
    if "/Group" in page:
        yield "6.2.10 transparency group"
