"""Archival: PDF/A by an independent validator, with controls that must fail; what the file says of itself agrees."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.documents import dossier_samples, samples
from tests.documents.issuing import issue

JAVA = shutil.which("java")
_JARS = Path("/usr/share/java")
_NAMES = ("pdfbox2", "preflight", "xmpbox", "fontbox2", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
CLASSPATH = [_JARS / f"{name}.jar" for name in _NAMES]
MISSING = [path.name for path in CLASSPATH if not path.exists()]
#: Java starts slowly; one run validates all files given to it, one verdict a line.
validator = pytest.mark.skipif(
    JAVA is None or bool(MISSING), reason=f"Apache PDFBox Preflight is not installed (java: {JAVA}, missing: {MISSING})"
)


def verdicts(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What Preflight says of each file."""
    result = {}
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        done = subprocess.run(
            [str(JAVA), "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, CLASSPATH)),
             "org.apache.pdfbox.preflight.Validator_A1b", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        result[name] = done.stdout + done.stderr
    return result


@validator
def test_structure_is_valid_archival_by_an_independent_validator(tmp_path: Path) -> None:
    """Part 1 is what the validator knows; part 2 is written by the same code and differs in two numbers."""
    values = samples.showcase()
    files = {
        "agreement.pdf": issue("agreement", values, part=1).pdf,
        "draft.pdf": issue("agreement", values, part=1, draft=True).pdf,
        "demo.pdf": issue("confirmation_application", values, part=1, demo=True).pdf,
        "pictures.pdf": issue(
            "evidence_pictures", dossier_samples.showcase(), part=1, pictures=dossier_samples.picture
        ).pdf,
    }
    for name, words in verdicts(tmp_path, files).items():
        assert f"{name} is a valid PDF/A-1b file" in words, words


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
    for name, words in verdicts(tmp_path, files).items():
        assert f"{name} is not valid" in words or f"{name} is not a valid" in words, words


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return out.getvalue()


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
