"""The papers of the file itself as printed, frozen; blank where nothing is known."""

from __future__ import annotations

import pytest

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
    ("invitation", "showcase", 2),
    ("invitation", "small", 1),
    ("session_notice", "showcase", 2),
    ("attendance", "showcase", 2),
    ("inquiry", "showcase", 2),
    ("evidence_list", "showcase", 1),
    ("extension", "showcase", 2),
    ("extension", "small", 1),
    ("mediation_record", "showcase", 4),
    ("mediation_record", "small", 2),
    ("undisputed_facts", "showcase", 2),
    ("oral_agreement", "small", 2),
    ("supplement", "further", 4),
    ("receipt_slip", "showcase", 1),
    ("performance_reminder", "showcase", 1),
    ("return_visit", "showcase", 2),
    ("mediation_advice", "showcase", 1),
    ("seal_register", "showcase", 1),
    ("dossier_note", "small", 1),
    ("dossier_note", "showcase", 1),
    ("dossier_back", "showcase", 1),
]


@pytest.mark.parametrize(("paper", "story", "pages"), CASES)
def test_paper_reads_as_frozen(paper: str, story: str, pages: int) -> None:
    check_frozen(paper, story, issue(paper, STORIES[story]()), pages)
