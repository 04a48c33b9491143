"""A bound file is archival as its papers are, whatever a scanner wrote; numbers stand at the outer edge."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from station_app.documents import binding
from station_app.documents.binding import Part, Sheet
from station_app.documents.fonts import bundled_chain
from station_app.documents.pdf import MM, PAGE_WIDTH, DocumentInfo
from station_app.documents.scan.archival import plain
from tests.documents import dossier_samples, samples
from tests.documents.issuing import issue
from tests.documents.test_archival import validator, verdicts
from tests.support.archive import faults

TITLE = "调解卷宗　田志强等17人与演示宏川劳务有限公司追索劳动报酬纠纷"


def photograph() -> bytes:
    return dossier_samples.picture(f"{1:064x}")


def plain_scan() -> bytes:
    """A page as office scanners write it: one JPEG, nothing else."""
    out = io.BytesIO()
    Image.open(io.BytesIO(photograph())).convert("L").save(out, "PDF", resolution=150)
    return out.getvalue()


def foul_scan() -> bytes:
    """A page as scanners with text recognition write it: a font that is not embedded, and transparency."""
    out = io.BytesIO()
    drawing = Canvas(out)
    drawing.drawString(100, 700, "recognised")
    drawing.setFillColor(Color(1, 0, 0, alpha=0.5))
    drawing.rect(100, 400, 200, 200, fill=1)
    drawing.save()
    return out.getvalue()


def bound(part: int = 2, *, double: bool = False) -> bytes:
    """Cover, contents (1 page, no number), an agreement of several pages, three scans, back."""
    values = dossier_samples.showcase()
    cover, contents, back = (issue(f"dossier_{name}", values, part=part).pdf for name in ("cover", "contents", "back"))
    agreement = issue("agreement", samples.showcase(), part=part)
    parts = [
        binding.whole("卷内目录", contents, 1),
        Part("人民调解协议书", tuple(Sheet(agreement.pdf, n, False) for n in range(1, agreement.pages + 1)), True),
        *(Part(name, (Sheet(data, 1, True),), True) for name, data in scans().items()),
        binding.whole("封底", back, 1),
    ]
    info = DocumentInfo(TITLE, samples.COMMITTEE, TITLE, "dossier", 1_795_000_000_000, part)
    return binding.bind(cover, parts, fonts=bundled_chain(), info=info, double=double)


def scans() -> dict[str, bytes]:
    return {"照片": photograph(), "扫描件": plain_scan(), "带文字层的扫描件": foul_scan()}


def with_foul_page() -> bytes:
    """The control: the same file, the page of the scanner taken over as it came."""
    with pikepdf.open(io.BytesIO(bound(part=1))) as made, pikepdf.open(io.BytesIO(foul_scan())) as foul:
        made.pages.append(foul.pages[0])
        out = io.BytesIO()
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return out.getvalue()


@pytest.mark.parametrize("double", [False, True])
def test_a_bound_file_keeps_the_structure_of_part_2(double: bool) -> None:
    assert faults(bound(double=double)) == []


@validator
def test_a_bound_file_is_archival_by_an_independent_validator(tmp_path: Path) -> None:
    files = {"single.pdf": bound(1), "double.pdf": bound(1, double=True), "control.pdf": with_foul_page()}
    answers = verdicts(tmp_path, files)
    assert answers.pop("control.pdf").startswith("false")
    assert answers == {"single.pdf": "true", "double.pdf": "true"}


def test_the_structural_check_sees_the_control() -> None:
    assert [f for f in faults(with_foul_page()) if "6.2.11 font" in f]


def test_only_a_picture_alone_is_taken_over_as_it_came() -> None:
    with pikepdf.open(io.BytesIO(plain_scan())) as good, pikepdf.open(io.BytesIO(foul_scan())) as foul:
        assert plain(good.pages[0])
        assert not plain(foul.pages[0])
    for name, value in {"/SMask": {}, "/Interpolate": True, "/ColorSpace": pikepdf.Name.DeviceCMYK}.items():
        with pikepdf.open(io.BytesIO(plain_scan())) as other:
            picture = next(iter(other.pages[0].resources.XObject.as_dict().values()))
            picture[name] = pikepdf.Dictionary() if value == {} else value
            assert not plain(other.pages[0]), name


def test_the_file_names_itself_and_its_parts() -> None:
    with pikepdf.open(io.BytesIO(bound())) as file:
        assert str(file.docinfo["/Title"]) == TITLE
        assert TITLE in file.Root.Metadata.read_bytes().decode()
        assert str(file.Root.Lang) == "zh-CN"
        with file.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == ["卷宗封面", "卷内目录", "人民调解协议书", *scans(), "封底"]
    assert bound() == bound(), "the same parts give the same bytes"


def numbers(pdf: bytes) -> list[tuple[str, str]]:
    """Of each page the number stamped on it ("" for none) and the edge it stands at."""
    import pypdfium2

    found: list[tuple[str, str]] = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        top = text.get_text_bounded(left=0, bottom=842 - 14 * MM, right=PAGE_WIDTH, top=842).strip()
        right = text.get_text_bounded(left=PAGE_WIDTH / 2, bottom=842 - 14 * MM, right=PAGE_WIDTH, top=842).strip()
        number = top if re.fullmatch(r"\d+", top) else ""
        found.append((number, ("right" if right else "left") if number else ""))
    document.close()
    return found


def test_numbers_stand_at_the_right_on_paper_of_one_side() -> None:
    found = numbers(bound())
    assert found[:2] == [("", ""), ("", "")], "cover and contents bear none"
    assert found[-1] == ("", "")
    assert found[2:-1] == [(str(n), "right") for n in range(1, len(found) - 2)]


def test_numbers_stand_at_the_outer_edge_of_both_sides() -> None:
    """Each part begins on a front; an empty back bears no number, and none is left out."""
    pdf = bound(double=True)
    found = numbers(pdf)
    assert [n for n, _ in found if n] == [n for n, _ in numbers(bound()) if n]
    assert {edge for place, (n, edge) in enumerate(found) if n and place % 2 == 0} == {"right"}
    assert {edge for place, (n, edge) in enumerate(found) if n and place % 2 == 1} == {"left"}
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        places = [pikepdf.Page(item.destination[0]).index for item in outline.root]
    assert [place % 2 for place in places] == [0] * len(places)
