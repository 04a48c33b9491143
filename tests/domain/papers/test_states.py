"""A paper's state follows from what was recorded of it."""

from __future__ import annotations

import pytest

from station_app.domain.papers.states import states
from sync.contract.canonical import Json
from sync.contract.fold import Record


def record(no: int, kind: str, **values: Json) -> Record:
    return Record.created(f"{'00' * 8}.1.{no}", kind, f"{'00' * 8}.1.0", by="x", values=values)


PAPER = record(1, "paper", template="agreement", agreement="a", pages=2, state="issued")
SIGNATURE = record(2, "signature", agreement="a", manner="signed")
FIRST = record(3, "scan", paper=PAPER.id, page=1)
SECOND = record(4, "scan", paper=PAPER.id, page=2)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ([], "issued"),
        ([SIGNATURE], "signed"),
        ([record(2, "signature", agreement="a", manner="refused")], "issued"),
        ([record(2, "signature", agreement="a", manner="signed", void=True)], "issued"),
        ([record(2, "signature", agreement="b", manner="signed")], "issued"),
        ([record(2, "signature", paper=PAPER.id, manner="sealed")], "signed"),
        ([SIGNATURE, FIRST], "signed"),
        ([FIRST, SECOND], "scanned"),
        ([FIRST, record(4, "scan", paper=PAPER.id, page=2, removed=True)], "issued"),
        ([record(3, "scan", paper=PAPER.id, page=1, statement="只有签名页")], "scanned"),
        ([record(3, "scan", paper=PAPER.id, page=9, statement="只有签名页")], "issued"),
    ],
)
def test_signed_and_scanned_are_worked_out(more: list[Record], state: str) -> None:
    assert states([PAPER, *more])[PAPER.id] == state


@pytest.mark.parametrize("gone", ["void", "replaced"])
def test_what_is_gone_stays_gone(gone: str) -> None:
    paper = record(1, "paper", template="agreement", agreement="a", pages=1, state=gone)
    assert states([paper, SIGNATURE, FIRST])[paper.id] == gone


def test_another_paper_of_the_case_is_not_signed_with_the_agreement() -> None:
    other = record(7, "paper", template="rights_notice", agreement="a", pages=1, state="issued")
    assert states([PAPER, other, SIGNATURE]) == {PAPER.id: "signed", other.id: "issued"}
