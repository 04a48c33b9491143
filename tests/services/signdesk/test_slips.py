"""个人款项明细单: everybody's page, one person's page; the sums are the agreement's, and nobody reads another's."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from station_app.domain.money import yuan
from station_app.services import agreements, cases, papers
from station_app.services.cases import Values
from station_app.services.paperwork import bulk, share_values
from station_app.services.signdesk import slips
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.test_bulk import group_case
from tests.support.stations import make_station
from tests.support.wages import CONTRACTOR, party_of, showcase_agreement, wage_case


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def words(pdf: bytes, page: int = 1) -> str:
    with pdfium.PdfDocument(pdf) as read:
        return str(read[page - 1].get_textpage().get_text_range()).replace("\r\n", "\n")


def test_each_of_seventeen_has_his_own_page_and_only_his(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    first = station.case(case).side("applicant")[0]
    assert first.identity is not None
    account: Values = {"bank": "演示银行深圳光明支行", "account": "6228480128001234568"}
    cases.edit(station, case=case, values={first.identity.id: account}, label="")
    papers.issue(station, case=case, template="agreement")
    view = station.case(case)
    order = share_values.payees(view)
    assert order == [p.id for p in view.side("applicant")]
    for rec in (order[0], order[13], order[16]):
        person = next(p for p in view.parties if p.id == rec)
        pdf = slips.pdf_of_party(station, case=case, party=rec)
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
            assert len(file.pages) == 1
        said = words(pdf)
        assert person.name in said
        assert [p.name for p in view.parties if p.id != rec and p.is_person and p.name in said] == []
        owed = int(str(person.wage.get("owed"))) if person.wage else 0
        assert yuan(owed) in said, "the total is what he is owed"
        number = str(person.identity.get("id_number")) if person.identity else ""
        assert number not in said, "the middle of the number is hidden: a slip is lost easily"
        assert number[-4:] in said
    assert "6228480128001234568" in words(slips.pdf_of_party(station, case=case, party=order[0]))
    again = slips.of_party(station, case=case, party=order[3])
    assert (again.pages, again.item.version) == ((4,), 1), "issued once for all"
    assert consistency.check(station.store) == []


def test_where_each_has_his_own_agreement_the_slip_bears_its_number(station: Station) -> None:
    case = group_case(station)
    run = bulk.issue_many(station, bulk.each_worker(station, case=case))
    worker = run.made[2]
    said = words(slips.pdf_of_party(station, case=case, party=worker.item.worker))
    assert worker.number in said


def test_more_instalments_than_a_sheet_holds_take_two_for_everybody(station: Station) -> None:
    case = wage_case(station, workers=8)
    parts = [2_282_500] * 8
    grid = agreements.split(station, case=case, totals=parts)
    common: Values = {"payers": [party_of(station, case, CONTRACTOR)], "liability": "first", "what": "工资"}
    dues: list[Values] = [{"due": f"2027-{month:02}-01", "due_rule": "on_date"} for month in range(1, 9)]
    rows = agreements.rows_of(grid, common={**common, "method": "payroll"}, dues=dues)
    agreements.make(station, case=case, rows=rows)
    papers.issue(station, case=case, template="agreement")
    second = slips.of_party(station, case=case, party=share_values.payees(station.case(case))[1])
    assert second.pages == (3, 4)


def test_who_is_paid_nothing_has_no_slip(station: Station) -> None:
    case = wage_case(station)
    with pytest.raises(KnownError) as refused:
        slips.of_party(station, case=case, party=station.case(case).parties[0].id)
    assert refused.value.code == "E-211"
    showcase_agreement(station, case)
    payer = party_of(station, case, CONTRACTOR)
    with pytest.raises(KnownError) as refused:
        slips.of_party(station, case=case, party=payer)
    assert refused.value.code == "E-211"
    card = next(c for c in papers.list_papers(station, case=case) if c.template == slips.TEMPLATE)
    assert card.applies


def test_pages_that_cannot_be_told_apart_are_not_guessed(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight pages for three people: whose is whose cannot be said."""
    case = wage_case(station, workers=8)
    showcase_like(station, case)
    order = share_values.payees(station.case(case))
    papers.issue(station, case=case, template=slips.TEMPLATE)
    issue = papers.issue
    monkeypatch.setattr(papers, "issue", lambda *a, **k: replace(issue(*a, **k), pages=9))
    with pytest.raises(KnownError) as refused:
        slips.of_party(station, case=case, party=order[0])
    assert refused.value.code == "E-324"


def showcase_like(station: Station, case: str) -> None:
    grid = agreements.split(station, case=case, totals=[18_260_000])
    common: Values = {"payers": [party_of(station, case, CONTRACTOR)], "liability": "first", "what": "工资"}
    rows = agreements.rows_of(grid, common=common, dues=[{"due": "2026-12-01", "due_rule": "on_date"}])
    agreements.make(station, case=case, rows=rows)
