"""A printing job against a printer that can fail anywhere: what comes out, what is said, what the log keeps."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from station_app.documents.preview import extract_text, page_count
from station_app.domain.sentences import sentence
from station_app.services import papers, printing
from station_app.services.local import settings
from station_app.services.printing import Job, Order, Progress
from station_app.services.printjobs.cutting import cut
from station_app.services.printjobs.plan import BLANK, Duplex
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.printers import FakePrinter, Watch
from tests.support.stations import make_station
from tests.support.wages import showcase_agreement, wage_case

AGREEMENT, REGISTER = "agreement", "acceptance_register"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Station, str, str]:
    """Two cases with an agreement each; nothing issued yet by this fixture but the first agreement and register."""
    station = make_station(tmp_path_factory.mktemp("shop") / "data").station
    first, second = wage_case(station), wage_case(station, workers=8)
    showcase_agreement(station, first)
    for template in (REGISTER, AGREEMENT):
        papers.issue(station, case=first, template=template)
    papers.issue(station, case=second, template=REGISTER)
    return station, first, second


def order(station: Station, *cases: str, templates: tuple[str, ...] = (REGISTER,), copies: int | None = None) -> Order:
    found = printing.gather(station, cases=cases, templates=templates, copies=copies)
    return Order(found.items, "奔图 P3010")


def run(job: Job, *, stop_at: int = 0) -> list[Progress]:
    told: list[Progress] = []
    for stage in job.stages:
        job.run(stage, tell=told.append, stop=lambda: bool(stop_at) and bool(told) and told[-1].no >= stop_at)
    return told


def job_of(station: Station, wanted: Order, printer: FakePrinter, start: int = 1) -> Job:
    return Job(station, wanted, port=printer, start=start, pace=Watch().pace())


# -- which papers ---------------------------------------------------------------------------------------------------


def test_copies_follow_the_rule_or_the_number_given(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    (by_rule,) = order(station, first, templates=(AGREEMENT,)).items
    assert by_rule.copies == 21, "19 parties, the committee, and the court that is asked to confirm"
    (given,) = order(station, first, templates=("调解协议",), copies=2).items
    assert given.copies == 2
    assert given.template == AGREEMENT
    assert page_count(papers.preview(station, case=first, template=AGREEMENT, draft=False)) == given.pages


def test_all_required_papers_in_one_go(tmp_path: Path) -> None:
    """What has its facts is issued; what lacks some is named with them; nothing is made up."""
    station = make_station(tmp_path / "data").station
    case = wage_case(station)
    showcase_agreement(station, case)
    required = [c for c in papers.list_papers(station, case=case) if c.required and c.applies]
    ready = [c.template for c in required if not c.missing]
    asked = printing.gather(station, cases=[case])
    assert (asked.items, asked.issued) == ((), 0), "nothing is issued unless asked for"
    assert {left.template for left in asked.left if left.why == "ready"} == set(ready)
    done = printing.gather(station, cases=[case], issue=True)
    assert {i.template for i in done.items} >= set(ready)
    assert done.issued == len(done.items)
    assert (done.changes.case, "paper" in done.changes.kinds) == (case, True)
    assert {(left.template, left.why) for left in done.left} == {
        (c.template, "missing") for c in required if c.template not in {i.template for i in done.items}
    }
    assert all(left.detail for left in done.left)
    again = printing.gather(station, cases=[case], issue=True)
    assert (again.issued, [i.sha for i in again.items]) == (0, [i.sha for i in done.items])


def test_issuing_many_papers_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    """Each paper is told once; after a stop what was issued stands, and the next run issues exactly the rest."""
    station = make_station(tmp_path / "data").station
    cases = [wage_case(station, workers=8) for _ in range(2)]
    ready = sum(left.why == "ready" for left in printing.gather(station, cases=cases).left)
    told: list[Progress] = []
    first = printing.gather(station, cases=cases, issue=True, tell=told.append, stop=lambda: len(told) == 3)
    assert first.stopped
    assert (first.issued, len(first.items)) == (3, 3)
    assert [(p.no, p.total) for p in told] == [(n, ready) for n in (1, 2, 3)]
    assert all(p.left is not None for p in told)
    kept = {item.paper: item.sha for item in first.items}
    second = printing.gather(station, cases=cases, issue=True, tell=told.append)
    assert not second.stopped
    assert second.issued == len(second.items) - 3 > 0
    assert {i.paper: i.sha for i in second.items if i.paper in kept} == kept, "what was issued stays as sealed"
    assert told[-1].no == told[-1].total, "the count ends where it said"
    papers_of = [(case, p.get("template")) for case in cases for p in station.case(case).papers]
    assert len(set(papers_of)) == len(papers_of), "nothing is issued twice"
    assert consistency.check(station.store) == []


def test_an_unknown_paper_is_named(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    with pytest.raises(KnownError) as refused:
        printing.gather(station, cases=[first], templates=["没有的文书"])
    assert refused.value.code == "E-311"


# -- what comes out -------------------------------------------------------------------------------------------------


def test_the_sealed_bytes_are_sent_and_each_copy_once(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    printer = FakePrinter(slow=1)
    wanted = order(station, first, templates=(AGREEMENT,), copies=3)
    job = job_of(station, wanted, printer)
    told = run(job)
    sealed = papers.preview(station, case=first, template=AGREEMENT, draft=False)
    assert [data for _, data, _ in printer.sent] == [sealed] * 3
    assert [title[-3:] for title in printer.printed] == ["1-3", "2-3", "3-3"]
    assert job.next == 4
    assert (told[0].no, told[-1].no, told[0].total) == (1, 3, 3)
    assert told[0].left is None
    assert told[-1].left is not None
    assert printer.most_held <= printer.ahead


def test_separators_part_the_cases_and_bear_no_identity_number(shop: tuple[Station, str, str]) -> None:
    station, first, second = shop
    printer = FakePrinter()
    wanted = order(station, first, second)
    run(job_of(station, Order(wanted.items, "甲", "long", separators=True), printer))
    titles = [title for title, _, _ in printer.sent]
    assert [title == "打印分隔页" for title in titles] == [True, False, True, False]
    sheet = printer.sent[0][1]
    said = "".join("".join(page.split()) for page in extract_text(sheet))
    assert page_count(sheet) == 1
    view = station.case(first)
    for words in (str(view.get("number")), view.parties[0].name, "等17人", "受理登记表", "第1件，共2件", "不归入卷宗"):
        assert words in said
    numbers = [str(p.identity.get("id_number")) for p in view.parties if p.identity and p.identity.get("id_number")]
    assert numbers
    assert not [number for number in numbers if number in said]
    assert [duplex for _, _, duplex in printer.sent] == ["single", "long", "single", "long"]


def test_chosen_pages_are_taken_over_as_they_are(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    sealed = papers.preview(station, case=first, template=AGREEMENT, draft=False)
    pages = page_count(sealed)
    assert cut(sealed, range(1, pages + 1)) is sealed
    some = cut(sealed, (2, BLANK, 1))
    assert some == cut(sealed, (2, BLANK, 1)), "the same choice gives the same bytes"
    texts, whole = extract_text(some), extract_text(sealed)
    assert texts == [whole[1], "", whole[0]]
    with pikepdf.open(io.BytesIO(some)) as made, pikepdf.open(io.BytesIO(sealed)) as source:
        contents = [page.Contents.read_bytes() for page in (made.pages[0], source.pages[1])]
        assert contents[0] == contents[1]
        sizes = [[round(float(edge), 2) for edge in page.mediabox] for page in made.pages]
        assert sizes == [[0, 0, 595.28, 841.89]] * 3


@pytest.mark.parametrize("backs", ["reverse", "forward"])
def test_manual_duplex_prints_fronts_then_backs(shop: tuple[Station, str, str], backs: str) -> None:
    station, first, _ = shop
    printer = FakePrinter()
    items = order(station, first, templates=(AGREEMENT,), copies=2).items
    whole = extract_text(papers.preview(station, case=first, template=AGREEMENT, draft=False))
    job = job_of(station, Order(items, "甲", "manual", back_order=backs), printer)  # type: ignore[arg-type]  # one of the two
    assert [s.side for s in job.stages] == ["front", "back"]
    run(job)
    sides = [page for _, data, _ in printer.sent for page in extract_text(data)]
    fronts = whole[::2] * 2
    even = whole[1::2] + [""] * (len(whole) % 2)
    assert sides == fronts + (even * 2)[:: -1 if backs == "reverse" else 1]
    assert {duplex for _, _, duplex in printer.sent} == {"single"}
    assert job.next == 3


# -- what breaks ----------------------------------------------------------------------------------------------------


def broken(job: Job, *, stop_at: int = 0) -> KnownError:
    with pytest.raises(KnownError) as error:
        run(job, stop_at=stop_at)
    return error.value


@pytest.mark.parametrize("fault", ["refuses", "fails", "hangs"])
@pytest.mark.parametrize("at", [1, 4, 7])
def test_a_failed_printer_loses_nothing(shop: tuple[Station, str, str], fault: str, at: int) -> None:
    """However it fails, what came out is counted, what was only handed over is taken back, and going on ends it."""
    station, first, _ = shop
    wanted = order(station, first, copies=7)
    printer = FakePrinter(slow=1)
    setattr(printer, fault, at)
    error = broken(job_of(station, wanted, printer))
    assert len(printer.printed) == at - 1
    if at == 1:
        assert (error.code, error.values["printer"]) == ("E-302", "奔图 P3010")
    else:
        assert error.code == "E-303"
        assert (error.values["total"], error.values["done"], error.values["next"]) == (7, at - 1, at)
        assert f"请从第 {at} 份继续" in sentence(error)
    rest = FakePrinter()
    run(job_of(station, wanted, rest, start=at))
    assert len(printer.printed) + len(rest.printed) == 7
    assert [t.rpartition(" ")[2] for t in printer.printed + rest.printed] == [f"{n}-7" for n in range(1, 8)]


def test_a_person_stops_and_goes_on(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    wanted = order(station, first, copies=7)
    printer = FakePrinter(slow=2)
    error = broken(job_of(station, wanted, printer), stop_at=3)
    done = len(printer.printed)
    assert error.code == "E-303"
    assert error.values == {"total": 7, "done": done, "next": done + 1}
    assert done == 3, "the one at the printer comes out, the one behind it is taken back"
    assert printer.cancelled == [4]


def test_a_stack_that_broke_is_printed_again_from_its_first(shop: tuple[Station, str, str]) -> None:
    """Fronts without backs are no 份."""
    station, first, _ = shop
    items = order(station, first, templates=(AGREEMENT,), copies=3).items
    job = job_of(station, Order(items, "甲", "manual"), FakePrinter(hangs=5))
    error = broken(job)
    assert error.code == "E-302"
    assert job.next == 1


def test_the_trouble_of_a_printer_is_told_while_it_is_waited_for(shop: tuple[Station, str, str]) -> None:
    station, first, _ = shop
    told: list[Progress] = []
    job = job_of(station, order(station, first, copies=2), FakePrinter(hangs=2))
    with pytest.raises(KnownError):
        job.run(job.stages[0], tell=told.append)
    assert told[-1].trouble == ("paper",)


# -- the log --------------------------------------------------------------------------------------------------------


def test_the_log_says_who_what_where_and_how_often(tmp_path: Path) -> None:
    station = make_station(tmp_path / "data").station
    case = wage_case(station, workers=8)
    number = papers.issue(station, case=case, template=REGISTER).number
    wanted = order(station, case, copies=3)
    run(job_of(station, wanted, FakePrinter()))
    broken(job_of(station, wanted, FakePrinter(fails=3)))
    papers.pdf(station, case=case, paper=wanted.items[0].paper)
    lines = printing.printed(station, case=case)
    assert [(p.nth, p.copies, p.printer, p.broken) for p in lines] == [
        (1, 3, "奔图 P3010", False),
        (2, 2, "奔图 P3010", True),
        (3, 1, "", False),
    ]
    assert {(p.user, p.number, p.title, p.version) for p in lines} == {("李明", number, "人民调解受理登记表", 1)}


def test_drafts_are_logged_and_not_counted(shop: tuple[Station, str, str]) -> None:
    station, _, second = shop
    card = next(c for c in papers.list_papers(station, case=second) if not c.paper and c.applies)
    data = papers.preview(station, case=second, template=card.template)
    item = printing.item_of(station, case=second, card=card, data=data)
    printer = FakePrinter()
    run(job_of(station, Order((item,), "甲"), printer))
    assert printer.sent[0][1] == data
    last = printing.printed(station, case=second)[-1]
    assert (last.paper, last.nth, last.version, last.template) == ("", 0, 0, card.template)


# -- the printer of this PC -----------------------------------------------------------------------------------------


def test_what_was_chosen_is_remembered_by_name(shop: tuple[Station, str, str]) -> None:
    station = shop[0]
    assert printing.remembered(station) == ("", "auto", "reverse")
    printing.remember(station, printer="奔图 P3010", duplex="manual", backs="forward")
    assert printing.remembered(station) == ("奔图 P3010", "manual", "forward")
    kept: Duplex = "long"
    printing.remember(station, printer="惠普 1020", duplex=kept)
    assert printing.remembered(station) == ("惠普 1020", "long", "forward")
    assert settings.get(station, "printer.name") == "惠普 1020"


def test_no_printing_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert printing.queues() == ()
    with pytest.raises(KnownError) as refused:
        printing.open_queue("奔图 P3010")
    assert refused.value.code == "E-323"


@pytest.mark.parametrize(("done", "left"), [(0, None), (10, 110), (60, 10)])
def test_time_to_go(done: int, left: int | None) -> None:
    assert printing.seconds_left(spent=done, done=done, sides=done + left if left else 70) == left
