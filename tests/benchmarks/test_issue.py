"""Issuing one two-page agreement (checked, archival, signed codes) against plain ReportLab Platypus."""

from __future__ import annotations

import pytest

from station_app.documents.preview import page_count
from station_app.paths import resources_dir
from tests.benchmarks import baseline_platypus
from tests.benchmarks.timing import interleaved, median, percentile, report
from tests.documents import samples
from tests.documents.issuing import issue, proof

pytestmark = pytest.mark.bench


def test_one_agreement_of_two_pages() -> None:
    values = samples.small()
    baseline_platypus.register(resources_dir() / "fonts")

    def ours(number: int) -> bytes:
        return issue("agreement", values, proof=proof(paper_id=f"0123456789abcdef.{number + 1}.0")).pdf

    def theirs(number: int) -> bytes:
        return baseline_platypus.issue(values, number)

    sizes = {"ours": len(ours(0)), "platypus": len(theirs(0))}
    assert page_count(ours(0)) == page_count(theirs(0)) == 2
    times = interleaved({"ours": ours, "platypus": theirs}, rounds=60)
    ratio = median(times["ours"]) / median(times["platypus"])
    report(
        "issue one agreement",
        {
            "p50_ms": median(times["ours"]) * 1e3,
            "platypus_p50_ms": median(times["platypus"]) * 1e3,
            "ratio": ratio,
            "p95_ms": percentile(times["ours"], 0.95) * 1e3,
            "bytes": sizes["ours"],
            "platypus_bytes": sizes["platypus"],
        },
    )
    assert ratio <= 2.0
