"""The papers of the file itself as printed, frozen; blank where nothing is known."""

from __future__ import annotations

import io

import pikepdf
import pytest

from sync.contract.errors import KnownError
from tests.documents import dossier_samples
from tests.documents.issuing import check_frozen, issue

STORIES = {"showcase": dossier_samples.showcase, "small": dossier_samples.small, "further": dossier_samples.supplement}
CASES = [
    ("dossier_cover", "showcase", 1),
    ("dossier_contents", "showcase", 1),
    ("application", "showcase", 3),
    ("application", "small", 1),
    ("refusal_notice", "small", 1),
    ("identity_sheets", "showcase", 2),
    ("power_of_attorney", "showcase", 2),
    ("power_of_attorney", "small", 1),
    ("recusal", "showcase", 1),
    ("reopening", "showcase", 2),
    ("invitation", "showcase", 2),
    ("invitation", "small", 1),
    ("session_notice", "showcase", 2),
    ("attendance", "showcase", 2),
    ("inquiry", "showcase", 2),
    ("evidence_list", "showcase", 1),
    ("evidence_pictures", "showcase", 2),
    ("extension", "showcase", 2),
    ("extension", "small", 1),
    ("mediation_record", "showcase", 4),
    ("mediation_record", "small", 2),
    ("undisputed_facts", "showcase", 2),
    ("oral_agreement", "small", 2),
    ("supplement", "further", 4),
    ("receipt_slip", "showcase", 1),
    ("share_slip", "showcase", 2),
    ("performance_reminder", "showcase", 1),
    ("return_visit", "showcase", 2),
    ("mediation_advice", "showcase", 1),
    ("seal_register", "showcase", 1),
    ("number_correction", "showcase", 1),
    ("dossier_note", "small", 1),
    ("dossier_note", "showcase", 1),
    ("dossier_back", "showcase", 1),
]


@pytest.mark.parametrize(("paper", "story", "pages"), CASES)
def test_paper_reads_as_frozen(paper: str, story: str, pages: int) -> None:
    check_frozen(paper, story, issue(paper, STORIES[story](), pictures=dossier_samples.picture), pages)


def images(pdf: bytes) -> list[list[tuple[int, int]]]:
    """Width and height in dots of the pictures of each page."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        found = [page.obj.Resources.get("/XObject", pikepdf.Dictionary()) for page in file.pages]
        return [[(int(i.Width), int(i.Height)) for i in drawn.as_dict().values()] for drawn in found]


def test_pictures_stand_four_to_a_sheet_upright_and_no_finer_than_print() -> None:
    values, pictures = dossier_samples.showcase(), dossier_samples.picture
    issued = issue("evidence_pictures", values, pictures=pictures)
    first, second = images(issued.pdf)
    assert (len(first), len(second)) == (4, 1)
    upright = [(width, height) for width, height in first if abs(width * 4 - height * 3) <= 4]
    assert len(upright) == 2, "one of them was held sideways"
    assert max(side for size in first + second for side in size) <= 84 / 25.4 * 220
    assert (
        issued.sha256 == issue("evidence_pictures", dossier_samples.showcase(), pictures=dossier_samples.picture).sha256
    )


def test_another_picture_is_another_paper() -> None:
    """What a picture shows is part of what the paper says."""
    values = dossier_samples.showcase()
    before = issue("evidence_pictures", values, pictures=dossier_samples.picture).text
    values["pictures"][0]["sha"] = f"{2:064x}"
    assert issue("evidence_pictures", values, pictures=dossier_samples.picture).text != before


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(KnownError) as refused:
        issue("evidence_pictures", dossier_samples.showcase(), pictures=lambda sha: b"no picture")
    assert refused.value.code == "E-331"
