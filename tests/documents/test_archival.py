"""Archival: PDF/A by an independent validator, with controls that must fail; what the file says of itself agrees."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pikepdf
import pytest

from station_app.documents.preview import extract_text
from tests.documents import dossier_samples, samples, test_court, test_dossier, test_papers, test_service_papers
from tests.documents.issuing import issue
from tests.support.archive import faults

JAVA = shutil.which("java")
_JARS = Path("/usr/share/java")
_NAMES = ("pdfbox2", "preflight", "xmpbox", "fontbox2", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
CLASSPATH = [_JARS / f"{name}.jar" for name in _NAMES]
MISSING = [path.name for path in CLASSPATH if not path.exists()]
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
validator = pytest.mark.skipif(
    JAVA is None or bool(MISSING), reason=f"Apache PDFBox Preflight is not installed (java: {JAVA}, missing: {MISSING})"
)


def verdicts(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What Preflight says of each file: "true", or "false" and why. One run of Java for all of them."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    listed = folder / "files.txt"
    listed.write_text("".join(f"{folder / name}\n" for name in files), encoding="utf-8")
    command = [str(JAVA), "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, CLASSPATH)), VALIDATOR, "xml", "group"]
    done = subprocess.run([*command, str(listed)], capture_output=True, text=True, check=False)
    report = folder / "files.txt.preflight.xml"
    assert report.exists(), done.stdout + done.stderr
    result = {}
    for answer in ElementTree.parse(report).iter("preflight"):
        errors = [" ".join(error.itertext()) for error in answer.iter("error")]
        result[str(answer.get("name"))] = " ".join([str(answer.findtext("isValid")), *errors])
    return result


#: Where the papers' frozen stories stand.
PAPERS: Final[list[Any]] = [test_papers, test_dossier, test_court, test_service_papers]


def every_paper(part: int) -> dict[str, bytes]:
    """Each paper of the catalog as its frozen story, and one as a draft and as a sample."""
    stories = [(case, tests.STORIES) for tests in PAPERS for case in tests.CASES]
    files = {
        f"{paper}-{story}.pdf": issue(paper, given[story](), part=part, pictures=dossier_samples.picture).pdf
        for (paper, story, _), given in stories
    }
    files["draft.pdf"] = issue("agreement", samples.showcase(), part=part, draft=True).pdf
    files["demo.pdf"] = issue("confirmation_application", samples.showcase(), part=part, demo=True).pdf
    return files


@pytest.mark.slow
@validator
def test_every_paper_is_valid_archival_by_an_independent_validator(tmp_path: Path) -> None:
    """Part 1 is what the validator knows; part 2 is written by the same code and differs in two numbers."""
    files = every_paper(part=1)
    assert len(files) > 50
    assert {name for name, words in verdicts(tmp_path, files).items() if not words.startswith("true")} == set()


@validator
def test_validator_bites(tmp_path: Path) -> None:
    """Controls: an unembedded font in use, a broken metadata packet, no output intent."""
    good = issue("agreement", samples.small(), part=1).pdf
    files = {"metadata.pdf": good.replace(b"<pdfaid:part>1<", b"<pdfaid:part>7<")}
    with pikepdf.open(io.BytesIO(good)) as document:
        del document.Root["/OutputIntents"]
        files["intent.pdf"] = _saved(document)
    with pikepdf.open(io.BytesIO(good)) as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page = document.pages[0]
        page.Resources.Font["/H1"] = document.make_indirect(font)
        page.contents_add(b"BT /H1 12 Tf 50 50 Td (x) Tj ET")
        files["font.pdf"] = _saved(document)
    answers = verdicts(tmp_path, files)
    assert set(answers) == set(files)
    for name, words in answers.items():
        assert words.startswith("false"), (name, words)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
        deterministic_id=True,
    )
    return out.getvalue()


@pytest.mark.slow
def test_every_paper_keeps_the_structure_of_part_2() -> None:
    assert {name: found for name, pdf in every_paper(part=2).items() if (found := faults(pdf))} == {}


def test_structural_check_bites() -> None:
    """One fault at a time, each found by its clause."""
    good = issue("agreement", samples.small()).pdf
    assert faults(good) == []

    def changed(change: Callable[[pikepdf.Pdf], None]) -> list[str]:
        with pikepdf.open(io.BytesIO(good)) as document:
            change(document)
            return faults(_saved(document))

    def metadata(old: bytes, new: bytes) -> list[str]:
        return changed(lambda d: d.Root.Metadata.write(d.Root.Metadata.read_bytes().replace(old, new)))

    harmless = changed(lambda _document: None)
    controls = {
        "6.1.2": faults(good.replace(b"%PDF-1.7", b"%PDF-2.0", 1)),
        "6.1.3 bytes": faults(good + b"\n\n"),
        "6.1.7.1 length": faults(re.sub(rb"\nendstream", b" \nendstream", good, count=1)),
        "6.2.3 one": changed(lambda d: d.Root.__delitem__("/OutputIntents")),
        "6.2.3 profile": changed(lambda d: d.Root.OutputIntents[0].DestOutputProfile.write(b"no profile" * 20)),
        "language": changed(lambda d: d.Root.__setitem__("/Lang", pikepdf.String("en"))),
        "6.6.2.1": changed(lambda d: d.Root.__delitem__("/Metadata")),
        "6.6.4 pdfaid:part": metadata(b"<pdfaid:part>2<", b"<pdfaid:part>3<"),
        "6.6.3 /Title": changed(lambda d: d.docinfo.__setitem__("/Title", pikepdf.String("另一标题"))),
        "6.6.3 /ModDate": changed(lambda d: d.docinfo.__delitem__("/ModDate")),
        "6.5": changed(lambda d: d.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript))),
        "6.1.7.2": changed(lambda d: d.pages[0].Contents.write(b"7120510a>", filter=pikepdf.Name.ASCIIHexDecode)),
        "6.2.11.4.1": changed(lambda d: _font_of(d).FontDescriptor.__delitem__("/FontFile2")),
        "6.2.11.5": changed(lambda d: _font_of(d).__setitem__("/DW", 900)),
        "6.2.11.8": changed(lambda d: _font_of(d).CIDToGIDMap.write(b"\0" * len(_font_of(d).CIDToGIDMap.read_bytes()))),
        "6.2.2 operator": changed(lambda d: d.pages[0].contents_add(b"1 2 3 zz")),
        "6.1.13": changed(lambda d: d.pages[0].contents_add(b"q")),
    }
    missed = [clause for clause, found in controls.items() if not any(f"{clause}" in words for words in found)]
    assert harmless == []
    assert missed == []


def _font_of(document: pikepdf.Pdf) -> Any:
    """The descendant of some font with widths of the default."""
    fonts = (o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/CIDFontType2")
    return next(fonts)


def test_reading_order_is_that_of_the_paper() -> None:
    """What a reader hears or copies comes in the order of the blocks, page by page, the footer after the text."""
    made = issue("agreement", samples.showcase())
    pages = ["".join(text.split()) for text in extract_text(made.pdf)]
    for number, page in enumerate(pages, 1):
        assert re.search(rf"第{number}页共{len(pages)}页[^。]*$", page), page[-80:]
    whole = "".join(page[: page.rindex("人民调解协议书（2026）")] for page in pages)
    pieces = [
        "人民调解协议书",
        "编号：",
        "申请人",
        "田志强",
        "被申请人",
        "纠纷的主要事实",
        "经调解",
        "第一条",
        "第二条",
    ]
    places, at = [], 0
    for piece in pieces:
        at = whole.index(piece, at)
        places.append(at)
    assert places == sorted(places)


def test_parts_differ_in_two_numbers_only() -> None:
    one, two = (issue("agreement", samples.small(), part=part).pdf for part in (1, 2))
    assert two.startswith(b"%PDF-1.7")
    assert one.startswith(b"%PDF-1.4")
    assert b"<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B<" in two

    def body(pdf: bytes) -> bytes:
        cut = pdf[: pdf.rindex(b"trailer")]
        return cut.replace(b"%PDF-1.4", b"%PDF-1.7").replace(b"<pdfaid:part>1<", b"<pdfaid:part>2<")

    assert body(one) == body(two)


def test_file_names_its_language_title_and_identity() -> None:
    with pikepdf.open(io.BytesIO(issue("agreement", samples.small()).pdf)) as document:
        root = document.Root
        assert str(root.Lang) == "zh-CN"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "/Marked" in root.MarkInfo
        assert len(document.trailer.ID) == 2
        assert len(bytes(document.trailer.ID[0])) == 16
        assert str(document.docinfo["/Author"]) == samples.COMMITTEE
        assert str(document.docinfo["/Subject"]) == samples.small()["case"]["title"]
        title = str(document.docinfo["/Title"])
        assert title == f"人民调解协议书{samples.NUMBER}"
        assert title in root.Metadata.read_bytes().decode("utf-8")
        assert str(document.docinfo["/CreationDate"]) == "D:20261124111000+08'00'"


def test_nothing_is_hidden_in_the_file() -> None:
    """No attachment, script, form, link or encryption; every page has fonts of its own only."""
    pdf = issue("agreement", samples.showcase()).pdf
    for word in (
        b"/EmbeddedFile",
        b"/JavaScript",
        b"/AcroForm",
        b"/Annots",
        b"/Encrypt",
        b"/Helvetica",
        b"/OpenAction",
    ):
        assert word not in pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
