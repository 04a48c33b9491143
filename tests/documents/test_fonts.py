"""Faces and text: the chain by character, E-301 instead of a box, one CID font per face, text that copies right."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from station_app.documents.fonts import BOLD, REGULAR, Face, FontChain, bundled_chain, open_face
from station_app.documents.preview import extract_text
from station_app.domain.sentences import sentence
from sync.contract.errors import KnownError
from tests.documents import samples
from tests.documents.issuing import chain, issue

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
#: Characters of real names outside GB 2312, some outside the basic plane.
RARE = ["李𬱖", "㐱", "䶮", "㛃", "𫖯", "𠅤", "𬍛", "𬭎", "堃", "喆", "犇", "淼", "彧", "翀", "祎"]


def test_fonts_are_those_listed() -> None:
    for line in (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((FONTS / name.lstrip("*")).read_bytes()).hexdigest() == digest


def named(name: str) -> samples.Values:
    values = samples.small()
    values["parties"] = [{**values["parties"][0], "name": name}, values["parties"][1]]
    return values


def test_rare_names_copy_right_with_two_readers(tmp_path: Path) -> None:
    pdf = issue("agreement", named("、".join(RARE))).pdf
    text = "".join(extract_text(pdf)).replace("\n", "")
    for name in RARE:
        assert name in text
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", str(tmp_path / "paper.pdf"), "-"], capture_output=True, check=True)
    other = done.stdout.decode("utf-8").replace("\n", "")
    for name in RARE:
        assert name in other


def test_stretched_lines_copy_without_spaces() -> None:
    text = "".join(extract_text(issue("agreement", samples.small()).pdf))
    assert "（大写：人民币壹万伍仟元整）" in text


def test_character_nobody_can_print_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        issue("agreement", named("赵\U00030729"))
    error = refused.value
    assert error.code == "E-301"
    assert error.values["char"] == "\U00030729"
    assert error.values["codepoint"] == "U+30729"
    assert error.values["name"] == "赵\U00030729"
    assert error.values["place"] == "姓名"
    assert "赵\U00030729" in sentence(error)


@pytest.mark.parametrize("where", ["number", "term", "footer", "title"])
def test_no_place_escapes_the_check(where: str) -> None:
    values = samples.showcase()
    if where == "term":
        values["agreement"]["terms"] = [*values["agreement"]["terms"], "付给\U00030729某。"]
    elif where == "number":
        values["paper"] = {**values["paper"], "number": "第\U00030729号"}
    elif where == "footer":
        values["committee"] = {**values["committee"], "full": "\U00030729调解委员会"}
    else:
        values["matrix"] = {**values["matrix"], "title": "附表\U00030729"}
    with pytest.raises(KnownError) as refused:
        issue("agreement", values)
    assert refused.value.code == "E-301"


def test_further_faces_are_asked_in_order() -> None:
    sans = open_face(FONTS / "NotoSansSC-Regular.ttf")
    serif = open_face(FONTS / REGULAR)

    class Poor(Face):
        """A face that has only what is needed to see the next one used."""

        def __init__(self) -> None:
            super().__init__(FONTS / REGULAR)

        def glyph_id(self, codepoint: int) -> int:
            return super().glyph_id(codepoint) if codepoint < 0x4E10 else 0

    poor = Poor()
    fonts = FontChain([poor, sans, serif])
    assert _face(fonts, "一") is poor
    assert _face(fonts, "国") is sans
    assert fonts.glyph("\U00030729") is None
    assert fonts.missing("国\U00030729国\U00030729") == ["\U00030729"]


def _face(fonts: FontChain, char: str) -> Face:
    glyph = fonts.glyph(char)
    assert glyph is not None
    return glyph.face


def test_bold_text_has_a_bold_face_and_falls_back_to_the_regular_one() -> None:
    fonts = bundled_chain()
    assert fonts.bold[0].path.name == BOLD
    glyph = fonts.glyph("国", bold=True)
    assert glyph is not None
    assert glyph.face.path.name == BOLD


def test_two_faces_make_one_paper_with_two_embedded_fonts() -> None:
    with pikepdf.open(io.BytesIO(issue("agreement", samples.showcase()).pdf)) as document:
        fonts = _fonts(document)
        assert sorted(str(f.BaseFont)[8:] for f in fonts) == ["NotoSerifSC-Bold", "NotoSerifSC-Regular"]
        for font in fonts:
            assert font.Encoding == "/Identity-H"
            assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_to_unicode_writes_surrogate_pairs() -> None:
    with pikepdf.open(io.BytesIO(issue("agreement", named("李𬱖")).pdf)) as document:
        maps = [font.ToUnicode.read_bytes() for font in _fonts(document)]
    assert any("𬱖".encode("utf-16-be").hex().upper().encode() in m for m in maps)


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    return [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type0"]


def test_a_face_is_opened_once_per_process() -> None:
    assert open_face(FONTS / REGULAR) is open_face(FONTS / REGULAR)
    chain()
    start = time.perf_counter()
    bundled_chain()
    assert time.perf_counter() - start < 0.05


@pytest.mark.parametrize(("content", "reason"), [(b"", "missing"), (b"not a font at all", "damaged")])
def test_a_broken_font_is_a_known_error(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "own.ttf"
    if content:
        path.write_bytes(content)
    with pytest.raises(KnownError) as refused:
        Face(path)
    assert refused.value.code == "E-310"
    assert refused.value.values["reason"] == reason
    assert "own.ttf" in sentence(refused.value)


def test_a_person_may_choose_to_write_a_character_by_hand() -> None:
    char = "\U00030729"
    pdf = issue("agreement", named(f"赵{char}"), fonts=chain().handwritten(char)).pdf
    assert f"赵{char}" in extract_text(pdf)[0]
    with pytest.raises(KnownError):
        issue("agreement", named(f"赵{char}\U00030730"), fonts=chain().handwritten(char))
    with pytest.raises(KnownError):
        issue("agreement", named(f"赵{char}"))
