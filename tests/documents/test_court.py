"""The papers for courts and arbitration as printed, frozen; what they say only where it is known."""

from __future__ import annotations

import pytest

from tests.documents import court_samples
from tests.documents.issuing import check_frozen, issue

STORIES = {"showcase": court_samples.showcase, "small": court_samples.small}
CASES = [
    ("mediation_certificate", "showcase", 1),
    ("court_materials", "showcase", 1),
    ("commitment", "showcase", 2),
    ("commitment", "small", 1),
    ("delivery_address", "showcase", 2),
    ("legal_rep_certificate", "showcase", 2),
    ("court_attendance", "showcase", 1),
    ("labour_arbitration", "showcase", 4),
    ("payment_order", "showcase", 4),
    ("payment_order", "small", 1),
    ("legal_aid", "showcase", 17),
    ("enforcement", "showcase", 5),
    ("enforcement", "small", 2),
]


@pytest.mark.parametrize(("paper", "story", "pages"), CASES)
def test_paper_reads_as_frozen(paper: str, story: str, pages: int) -> None:
    check_frozen(paper, story, issue(paper, STORIES[story]()), pages)
