"""The papers of the other services as printed, frozen; who complains is named on none of them."""

from __future__ import annotations

import io

import pikepdf
import pytest

from station_app.documents.preview import extract_text, page_image
from station_app.documents.scan.reading import marks_of
from tests.documents import service_samples
from tests.documents.issuing import catalog, check_frozen, issue

STORIES = {"showcase": service_samples.showcase, "small": service_samples.small}
CASES = [
    ("appeal_register", "showcase", 1),
    ("appeal_register", "small", 1),
    ("reception_slip", "showcase", 1),
    ("reception_slip", "small", 1),
    ("privacy_notice", "showcase", 2),
    ("privacy_notice", "small", 1),
    ("order_sheet", "showcase", 1),
    ("hand_off_sheet", "showcase", 1),
    ("hand_off_sheet", "small", 1),
    ("consultation_record", "small", 1),
    ("psych_record", "small", 1),
    ("suggestion_register", "small", 1),
    ("relief_register", "small", 1),
    ("reply_sheet", "showcase", 1),
    ("reply_sheet", "small", 1),
]


@pytest.mark.parametrize(("paper", "story", "pages"), CASES)
def test_paper_reads_as_frozen(paper: str, story: str, pages: int) -> None:
    check_frozen(paper, story, issue(paper, STORIES[story]()), pages)


@pytest.mark.parametrize("paper", ["appeal_register", "reception_slip", "hand_off_sheet", "reply_sheet"])
def test_who_complains_is_not_named(paper: str) -> None:
    """信访工作条例 30: a paper that may reach the other side never says who complained."""
    shown = "".join(extract_text(issue(paper, service_samples.small()).pdf))
    assert "田志强" not in shown
    assert "13900000001" not in shown
    with pikepdf.open(io.BytesIO(issue(paper, service_samples.small()).pdf)) as pdf:
        assert "田志强" not in str(pdf.docinfo["/Subject"])
        assert "田志强" not in pdf.Root.Metadata.read_bytes().decode()


def test_the_slip_is_half_a_sheet_and_bears_its_code() -> None:
    slip = issue("reception_slip", service_samples.showcase(), demo=True)
    picture = page_image(slip.pdf, 1, 200)
    assert abs(picture.width - 210 / 25.4 * 200) <= 2
    assert abs(picture.height - 148.5 / 25.4 * 200) <= 2
    (mark,) = marks_of(slip.pdf)
    assert (mark.page, mark.pages) == (1, 1)
    assert "演示样张" in "".join(extract_text(slip.pdf))


def test_the_record_of_the_psychological_service_prints_no_talk() -> None:
    text = "\n".join(issue("psych_record", service_samples.small()).text)
    assert "（书写8行）" in text
    assert not any("psych_note" in str(block) for block in catalog().get("psych_record").blocks)
