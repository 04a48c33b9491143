"""Rare names: every ideograph of GB 18030-2022 level 3 prints, copies and is found; what no face has is left free."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from station_app.documents import rare
from station_app.documents.fonts import FontChain, bundled_chain
from station_app.documents.inline import Inline
from station_app.documents.layout.draw import text_operators
from station_app.documents.layout.flow import TextOp
from station_app.documents.linebreak import set_lines
from station_app.documents.pdf import DocumentInfo, PaperFile
from station_app.documents.preview import extract_text, page_image
from tests.documents import samples
from tests.documents.issuing import issue
from tests.documents.test_archival import validator, verdicts

PACK = rare.installed()
pack = pytest.mark.skipif(
    len(PACK) < len(rare.FACES),
    reason=f"the rare-character pack is not here (make rare-fonts; found {len(PACK)} faces)",
)
#: A name of each extension, and one that no font can ever have: U+3FFFD is not assigned.
NAMES = ("李𬱖", "赵㐱", "王𠮷", "孙𪜎", "周𫝀", "吴𫠥", "郑𬺡", "冯\ufa0e")
NEVER = "\U0003fffd"
_ACROSS, _DOWN, _SIZE = 90, 120, 6.0


@lru_cache(maxsize=1)
def whole() -> FontChain:
    return bundled_chain(rare=PACK)


def sheets(chars: Sequence[str]) -> Iterator[list[str]]:
    """Lines by the page, as many characters on each as a reader can still tell apart."""
    lines = ["".join(chars[i : i + _ACROSS]) for i in range(0, len(chars), _ACROSS)]
    for start in range(0, len(lines), _DOWN):
        yield lines[start : start + _DOWN]


def printed(chars: Sequence[str], fonts: FontChain) -> bytes:
    """A file with these characters, set and embedded as those of a paper are."""
    file = PaperFile(DocumentInfo("字表", "本站", "字表", "rare", samples.CREATED_MS))
    for page in sheets(chars):
        operators: list[str] = []
        for row, text in enumerate(page):
            line = set_lines([Inline(text)], fonts, 1e6, justify=False)[0]
            operators += text_operators(TextOp(0, 0, line, _SIZE), file.fonts, x=20, y=820 - 6.6 * row)
        file.add_page(operators)
    return file.finish()


def test_the_set_is_that_of_the_standard() -> None:
    chars = list(rare.ideographs())
    assert len(chars) == len(set(chars)) == 87_887
    assert {"一", "\u9fef", "㐀", "𠀀", "𬱖", "\U0002ebe0", "\ufa29"} <= set(chars)
    assert not {"\u9ff0", "\U0002a6df", "\uf900", "\ufa10", "\U00030000"} & set(chars)


def test_what_the_program_brings_itself_copies_right() -> None:
    fonts = bundled_chain()
    missing = set(fonts.missing("".join(rare.ideographs())))
    chars = [c for c in rare.ideographs() if c not in missing]
    assert len(chars) > 27_000
    assert {chr(c) for c in range(0x4E00, 0x9FA6)} <= set(chars)
    assert [page.split() for page in extract_text(printed(chars, fonts))] == list(sheets(chars))


@pytest.mark.slow
@pack
def test_every_ideograph_prints_copies_and_is_found() -> None:
    fonts, chars = whole(), list(rare.ideographs())
    assert fonts.missing("".join(chars)) == []
    assert [c for c in chars if blank_glyph(fonts, c)] == []
    pdf = printed(chars, fonts)
    assert [page.split() for page in extract_text(pdf)] == list(sheets(chars))
    assert [name for name in NAMES if not found(pdf, name[1])] == []
    assert not found(pdf, "\uf900")


def blank_glyph(fonts: FontChain, char: str) -> bool:
    """True for a glyph without ink: some fonts list characters that they do not draw."""
    glyph = fonts.glyph(char)
    assert glyph is not None
    extents = glyph.face._font.get_glyph_extents(glyph.gid)
    return not extents.width or not extents.height


def found(pdf: bytes, word: str) -> bool:
    """True where a reader's own search finds the word. PDFium's looks for one unit where the page holds a surrogate
    pair, whoever made the file; so beyond the basic plane the word is looked for in poppler's text.
    """
    if word > "\uffff":
        return shutil.which("pdftotext") is None or word in poppler(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in document:
            layer = sheet.get_textpage()
            if layer.search(word).get_next() is not None:
                return True
    return False


def poppler(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pack
def test_faces_are_asked_in_order() -> None:
    """What Noto Serif SC has stays its own; the pack draws what is left, the mainland's shapes first."""
    names = [face.path.name for face in whole().regular]
    assert names == ["NotoSerifSC-Regular.ttf", *rare.FACES]
    assert [(g := whole().glyph(c)) and g.face.path.name for c in "国𬱖㐄𪜎"] == [
        "NotoSerifSC-Regular.ttf", "NotoSerifSC-Regular.ttf", "NotoSerifSC-Regular.ttf", "BabelStoneHan.ttf",
    ]  # fmt: skip
    assert len(from_the_last_face()) > 30_000


def from_the_last_face() -> list[str]:
    glyphs = ((c, whole().glyph(c)) for c in rare.ideographs())
    return [c for c, glyph in glyphs if glyph is not None and glyph.face.path.name == rare.FACES[-1]]


@pack
@validator
def test_a_paper_with_names_of_every_extension_is_archival(tmp_path: Path) -> None:
    names = [*NAMES, "钱" + from_the_last_face()[-1]]
    pdf = issue("agreement", named("、".join(names)), fonts=whole(), part=1).pdf
    text = "".join(extract_text(pdf)).replace("\n", "")
    assert [n for n in names if n not in text] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type0"]
        assert len(fonts) == 4
    words = verdicts(tmp_path, {"rare.pdf": pdf})["rare.pdf"]
    assert words == "true"


def test_a_character_written_by_hand_has_a_frame_and_copies_as_itself() -> None:
    fonts = bundled_chain().handwritten(NEVER)
    pdf = issue("agreement", named(f"赵{NEVER}"), fonts=fonts).pdf
    assert f"赵{NEVER}" in extract_text(pdf)[0]
    assert b"0.55 G 0.4 w" in contents(pdf)
    assert b"0.55 G 0.4 w" not in contents(issue("agreement", named("赵明"), fonts=fonts).pdf)


def test_a_frame_is_large_enough_to_write_in() -> None:
    """The name's square is empty but for its frame; at the size of body text it is 5 mm wide."""
    with_frame, without = (
        page_image(issue("agreement", named(name), fonts=bundled_chain().handwritten(NEVER), proof=None).pdf, 1, 72)
        for name in (f"赵{NEVER}", "赵　")
    )
    differ = [
        (i // 3 % with_frame.width, i // 3 // with_frame.width)
        for i in range(0, len(with_frame.rgb), 3)
        if abs(with_frame.rgb[i] - without.rgb[i]) > 20
    ]
    xs, ys = ([p[k] for p in differ] for k in (0, 1))
    assert max(xs) - min(xs) >= 14
    assert max(ys) - min(ys) >= 14
    inner = [p for p in differ if min(xs) + 2 < p[0] < max(xs) - 2 and min(ys) + 2 < p[1] < max(ys) - 2]
    assert inner == []


def named(name: str) -> samples.Values:
    values = samples.small()
    values["parties"] = [{**values["parties"][0], "name": name}, values["parties"][1]]
    return values


def contents(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages: list[Any] = list(document.pages)
        return b"\n".join(page.Contents.read_bytes() for page in pages)


def test_the_wheel_of_data_goes_first_then_the_folder_of_an_installer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, resources = tmp_path / "site" / rare.WHEEL, tmp_path / "resources"
    for folder, names in ((wheel, rare.FACES[:1]), (resources / "fonts" / "rare", rare.FACES)):
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).write_bytes(b"")
    (wheel / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setenv("STATION_RESOURCES", str(resources))
    rare.installed.cache_clear()
    try:
        assert rare.installed() == (wheel / rare.FACES[0], resources / "fonts" / "rare" / rare.FACES[1])
    finally:
        rare.installed.cache_clear()
