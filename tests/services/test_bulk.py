"""Papers in bulk: one agreement for each worker, each in its own transaction; stopped, gone on with, done once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station_app.documents.preview import extract_text
from station_app.domain.agreement.individual import Group
from station_app.domain.case import number, text
from station_app.services import agreements, cases, papers, signing, terms
from station_app.services.paperwork import bulk
from station_app.services.paperwork.bulk import Item
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency, numbers
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

NEVER = "\U0003fffd"
NUMBER = "（2026）光凤东坑人调字第A0001号"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = make_station(tmp_path / "data").station
    yield station
    assert consistency.check(station.store) == []
    station.store.close()


def group_case(station: Station) -> str:
    case = wage_case(station, workers=8)
    grid = agreements.split(station, case=case, totals=[_owed(station, case)])
    payer = next(p.id for p in station.case(case).side("respondent"))
    common: dict[str, Any] = {"payers": [payer], "liability": "several", "what": "工资", "method": "transfer"}
    rows = agreements.rows_of(grid, common=common, dues=[{"due": "2026-12-01", "due_rule": "on_date"}])
    agreements.make(station, case=case, values={"confirm": "apply", "read_mode": "aloud"}, rows=rows)
    return case


def _owed(station: Station, case: str) -> int:
    return sum(number(p.wage, "owed") for p in station.case(case).parties if p.wage)


def words(pdf: bytes) -> str:
    return "".join(extract_text(pdf)).replace("\n", "")


def test_each_worker_gets_an_agreement_of_his_own(station: Station) -> None:
    case = group_case(station)
    files: dict[str, bytes] = {}
    run = bulk.issue_many(
        station, bulk.each_worker(station, case=case), handed=lambda i, x: files.update({i.worker: x.pdf})
    )
    assert (run.failed, run.stopped, run.cancelled) == ([], None, False)
    assert [m.number for m in run.made] == [f"{NUMBER}-{n}" for n in range(2, 10)]
    view = station.case(case)
    workers = view.side("applicant")
    for worker in workers:
        said = words(files[worker.id])
        others = [p.name for p in workers if p.id != worker.id and p.name in said]
        assert others == []
        assert worker.name in said
        assert f"{number(worker.wage, 'owed') / 100:,.2f}元" in said
        assert "附表" not in said
    owed = [number(a, "total") for a in view.individual]
    assert sum(owed) == _owed(station, case) == number(view.agreement, "total")
    drawn = numbers.ledger(station.store.con, "光凤东坑", 2026)
    assert len(drawn) == 1, "all bear one number of the ledger"
    marks = {text(m, "number"): text(m, "state") for m in view.kind("paper_mark")}
    assert marks == {m.number: "issued" for m in run.made}
    logged = station.store.con.execute("SELECT count(*) FROM access_log WHERE act = 'issue'").fetchone()[0]
    assert logged == 8


def test_every_page_is_genuine(station: Station) -> None:
    case = group_case(station)
    files: list[bytes] = []
    bulk.issue_many(station, bulk.each_worker(station, case=case)[:2], handed=lambda _, x: files.append(x.pdf))
    for pdf in files:
        assert {v.answer for v in papers.verify(station, data=pdf)} == {"genuine"}


def test_a_run_that_was_stopped_goes_on_where_it_ended(station: Station) -> None:
    case = group_case(station)
    items = bulk.each_worker(station, case=case)
    seen: list[tuple[int, int, str]] = []
    first = bulk.issue_many(station, items, lambda *told: seen.append(told), lambda: len(seen) == 3)
    assert first.cancelled
    assert seen == [(n, 8, f"{NUMBER}-{n + 1}") for n in (1, 2, 3)]
    second = bulk.issue_many(station, items)
    assert [m.fresh for m in second.made] == [False] * 3 + [True] * 5
    assert [m.paper for m in second.made[:3]] == [m.paper for m in first.made]
    third = bulk.issue_many(station, items)
    assert not any(m.fresh for m in third.made)
    assert [m.number for m in third.made] == [m.number for m in second.made]
    assert len(station.case(case).individual) == 8


def test_one_that_cannot_be_printed_holds_up_no_other(station: Station) -> None:
    case = group_case(station)
    worker = station.case(case).side("applicant")[2]
    cases.edit(station, case=case, values={worker.id: {"name": f"田{NEVER}"}})
    items = bulk.each_worker(station, case=case)
    run = bulk.issue_many(station, items)
    assert [(i.worker, e.code, e.values["name"]) for i, e in run.failed] == [(worker.id, "E-301", f"田{NEVER}")]
    assert len(run.made) == 7
    again = bulk.issue_many(station, [Item(case, "agreement", worker.id, by_hand=NEVER)])
    assert again.made[0].number == f"{NUMBER}-9", "no number was lost with the one that failed"


def test_changed_rows_make_the_next_version_under_the_same_number(station: Station) -> None:
    case = group_case(station)
    items = bulk.each_worker(station, case=case)
    bulk.issue_many(station, items)
    record = station.case(case).obligations[0]
    cases.edit(station, case=case, values={record.id: {"due": "2026-12-15"}})
    files: list[bytes] = []
    run = bulk.issue_many(station, items, handed=lambda _, x: files.append(x.pdf))
    assert [(m.number, m.version) for m in run.made] == [(f"{NUMBER}-{n}", 2) for n in range(2, 10)]
    assert all("2026年12月15日" in words(f) and "2026年12月1日" not in words(f) for f in files)
    states = sorted(text(p, "state") for p in station.case(case).papers)
    assert states == ["issued"] * 8 + ["replaced"] * 8


def test_another_hand_on_the_case_is_seen(station: Station) -> None:
    """Somebody changes a name while the run goes on: the next agreement has the new one."""
    case = group_case(station)
    worker = station.case(case).side("applicant")[5]
    files: dict[str, bytes] = {}

    def tell(done: int, _total: int, _number: str) -> None:
        if done == 3:
            cases.edit(station, case=case, values={worker.id: {"name": "魏新名"}})

    items = bulk.each_worker(station, case=case)
    bulk.issue_many(station, items, tell, handed=lambda i, x: files.update({i.worker: x.pdf}))
    assert "魏新名" in words(files[worker.id])


def test_the_same_sums_are_never_promised_twice(station: Station) -> None:
    case = group_case(station)
    items = bulk.each_worker(station, case=case)
    bulk.issue_many(station, items[:1])
    with pytest.raises(KnownError, match="E-343"):
        papers.issue(station, case=case, template="agreement")
    paper = next(iter(station.case(case).papers))
    papers.void(station, case=case, paper=paper.id, reason="改为全体一份")
    papers.issue(station, case=case, template="agreement")
    with pytest.raises(KnownError, match="E-343"):
        bulk.each_worker(station, case=case)
    run = bulk.issue_many(station, items)
    assert run.stopped is not None
    assert run.stopped.code == "E-343"
    assert run.made == []


def test_a_signed_group_agreement_is_not_taken_apart(station: Station) -> None:
    case = group_case(station)
    worker = station.case(case).side("applicant")[0]
    signing.sign(station, case=case, role="party", manner="signed_fingerprint", party=worker.id)
    with pytest.raises(KnownError, match="E-401"):
        bulk.each_worker(station, case=case)


def test_typed_terms_go_along_unless_they_state_the_sums_of_all(station: Station) -> None:
    case = group_case(station)
    terms.add(station, case=case, words="工资发放当日由人民调解员到场见证。")
    files: list[bytes] = []
    bulk.issue_many(station, bulk.each_worker(station, case=case)[:1], handed=lambda _, x: files.append(x.pdf))
    assert "由人民调解员到场见证" in words(files[0])
    payment = next(t for t in station.case(case).terms if 200 <= number(t, "order") < 300)
    terms.edit(station, case=case, term=payment.id, words="全部工资131,460.00元一次付清。")
    with pytest.raises(KnownError, match="E-340"):
        bulk.each_worker(station, case=case)


def test_no_payee_no_agreement(station: Station) -> None:
    case = wage_case(station, workers=8)
    payer = next(p.id for p in station.case(case).side("respondent"))
    rows: list[dict[str, Any]] = [{"kind": "act", "payers": [payer], "what": "出具工资清单", "due": "2026-12-01"}]
    agreements.make(station, case=case, rows=rows)
    with pytest.raises(KnownError, match="E-341"):
        bulk.each_worker(station, case=case)


def test_the_group_itself_is_untouched(station: Station) -> None:
    """The case still shows the group's agreement; a worker's own is found beside it."""
    case = wage_case(station)
    showcase_agreement(station, case)
    before = station.case(case)
    bulk.issue_many(station, bulk.each_worker(station, case=case))
    view = station.case(case)
    assert before.agreement is not None
    assert view.agreement is not None
    assert view.agreement.id == before.agreement.id
    assert [t.id for t in view.terms] == [t.id for t in before.terms]
    listed = bulk.workers_of(station, case=case)
    assert [text(p, "number") for _, p in listed] == [f"{NUMBER}-{n}" for n in range(2, 19)]
    group = Group(view)
    own = group.narrowed(view.individual[3])
    assert [p.name for p in own.side("applicant")] == [view.side("applicant")[3].name]
    assert len(own.papers) == 1
    assert text(own.record, "title").startswith(f"{view.side('applicant')[3].name}与")


def sign_all(station: Station, case: str, worker: str) -> None:
    """Worker, company, mediator and committee sign one worker's agreement."""
    view = station.case(case)
    signers = [Signer("party", "signed_fingerprint", party=worker)]
    signers += [Signer("party", "signed_sealed", party=p.id, seal="official") for p in view.side("respondent")]
    mediator = next(r.id for r in station.store.reference().of_kind("person") if text(r, "name") == "李明")
    signers += [Signer("mediator", "signed", person=mediator), Signer("committee", "sealed", seal="official")]
    signing.sign_many(station, case=case, signers=signers, worker=worker)


def test_each_is_signed_by_itself_and_the_case_takes_effect_with_the_last(station: Station) -> None:
    case = group_case(station)
    items = bulk.each_worker(station, case=case)
    bulk.issue_many(station, items[:6])
    first, *rest = [i.worker for i in items]
    sign_all(station, case, first)
    assert signing.status(station, case=case, worker=first).effective_on == "2026-11-20"
    assert signing.status(station, case=case, worker=rest[0]).effective_on == ""
    assert station.case(case).case_state == "agreed"
    with pytest.raises(KnownError, match="E-401"):
        cases.edit(station, case=case, values={station.case(case).obligations[0].id: {"due": "2026-12-20"}})
    with pytest.raises(KnownError, match="E-223"):
        signing.status(station, case=case, worker=rest[-1])
    run = bulk.issue_many(station, items)
    assert [m.fresh for m in run.made] == [False] * 6 + [True] * 2, "the rest is issued after the first was signed"
    assert station.store.con.execute("SELECT count(*) FROM problem").fetchone()[0] == 0
    for worker in rest:
        assert station.case(case).case_state == "agreed"
        sign_all(station, case, worker)
    assert station.case(case).case_state == "effective"
    assert station.store.con.execute("SELECT count(*) FROM problem").fetchone()[0] == 0


def test_a_signature_taken_back_leaves_the_others_frozen(station: Station) -> None:
    case = group_case(station)
    items = bulk.each_worker(station, case=case)
    bulk.issue_many(station, items)
    for item in items:
        sign_all(station, case, item.worker)
    view = station.case(case)
    own = Group(view).narrowed(view.individual[0])
    signing.void_signature(station, case=case, signature=own.signed[0].id, reason="登记错误")
    view = station.case(case)
    assert view.case_state == "agreed"
    own = Group(view).narrowed(view.individual[0])
    assert own.signed[0].get("froze")
    assert view.sealed
