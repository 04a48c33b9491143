"""End to end with a real CUPS and its virtual printer: what comes out has the pages and the words that were sealed.

CUPS-PDF is no printer: it says nothing of margins, speed or jams of a real one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text, page_count
from station_app.services import papers, printing
from station_app.services.printing import Job, Order, Pace, Queue
from station_app.services.printjobs.port import State
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.support.cups import QUEUE, VIRTUAL, Cups, CupsMissingError
from tests.support.printers import codes
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case

PACE = Pace(every=0.02, patience=20)


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    try:
        cups = Cups()
    except CupsMissingError as missing:
        pytest.skip(str(missing))
    try:
        cups.start()
    except CupsMissingError as missing:
        cups.stop()
        pytest.skip(str(missing))
    yield cups
    cups.stop()


@pytest.fixture
def cups(server: Cups, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """The server, and this process sending to it under a name no account has."""
    monkeypatch.setenv("CUPS_SERVER", server.address)
    monkeypatch.setenv("LOGNAME", server.user)
    server.take()
    yield server
    server.take()


class OneByOne(Queue):
    """The queue, one piece at a time, and what came out of each: the virtual printer writes over names alike."""

    def __init__(self, cups: Cups, name: str = QUEUE) -> None:
        super().__init__(name, ahead=1)
        self.cups = cups
        self.out: list[bytes] = []

    def state(self, job: str) -> State:
        found = super().state(job)
        if found == "done":
            self.out.append(self.cups.take())
        return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def station(data: Path) -> Station:
    return make_station(data).station


def words(pdf: bytes) -> list[str]:
    """The text of each page without its spaces: a printed line says nothing of them."""
    return ["".join(page.split()) for page in extract_text(pdf)]


def test_an_agreement_comes_out_as_it_was_sealed(cups: Cups, station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    sealed = papers.issue(station, case=case, template="agreement")
    items = printing.gather(station, cases=[case], templates=["agreement"], copies=1).items
    assert printing.queues() == (VIRTUAL, QUEUE)
    assert isinstance(printing.open_queue(QUEUE), Queue)
    port = OneByOne(cups)
    job = Job(station, Order(items, QUEUE, "long"), port=port, pace=PACE)
    job.run(job.stages[0])
    assert cups.received()[-1] == sealed.pdf, "the sealed bytes themselves are sent"
    (out,) = port.out
    assert page_count(out) == sealed.pages >= 2
    assert words(out) == words(sealed.pdf)
    assert job.next == 2
    (line,) = printing.printed(station, case=case)
    assert (line.printer, line.copies, line.nth, line.number) == (QUEUE, 1, 1, sealed.number)


def test_the_virtual_printer_prints_pages_that_verify(cups: Cups, station: Station) -> None:
    """An older printer gets strokes instead of words; what stands on the sheets is still proven by its codes."""
    case = wage_case(station)
    showcase_agreement(station, case)
    sealed = papers.issue(station, case=case, template="agreement")
    items = printing.gather(station, cases=[case], templates=["agreement"], copies=1).items
    port = OneByOne(cups, VIRTUAL)
    job = Job(station, Order(items, VIRTUAL), port=port, pace=PACE)
    job.run(job.stages[0])
    (out,) = port.out
    assert codes(out) == [(sealed.paper, page) for page in range(1, sealed.pages + 1)]


def test_chosen_pages_and_an_empty_side(cups: Cups, station: Station) -> None:
    """Backs of a turned stack: the last page first, and an empty side where a sheet has none."""
    case = wage_case(station)
    showcase_agreement(station, case)
    sealed = papers.issue(station, case=case, template="agreement")
    items = printing.gather(station, cases=[case], templates=["agreement"], copies=1).items
    port = OneByOne(cups)
    job = Job(station, Order(items, QUEUE, "manual", pages=(1, 2, 3)), port=port, pace=PACE)
    for stage in job.stages:
        job.run(stage)
    fronts, backs = map(words, port.out)
    whole = words(sealed.pdf)
    assert fronts == [whole[0], whole[2]]
    assert backs == ["", whole[1]]


def test_a_stopped_queue_is_named_and_its_jobs_are_taken_back(cups: Cups, station: Station) -> None:
    case = wage_case(station, workers=8)
    papers.issue(station, case=case, template="acceptance_register")
    items = printing.gather(station, cases=[case], templates=["acceptance_register"], copies=3).items
    queue = printing.open_queue(QUEUE)
    cups.admin("cupsdisable", QUEUE)
    try:
        assert queue.trouble() == ("stopped",)
        job = Job(station, Order(items, QUEUE), port=queue, pace=Pace(every=0.02, patience=0.3))
        with pytest.raises(KnownError) as error:
            job.run(job.stages[0])
    finally:
        cups.admin("cupsenable", QUEUE)
    assert error.value.code == "E-302"
    assert cups.take() == b"", "what was taken back does not come out behind"
    port = OneByOne(cups)
    again = Job(station, Order(items, QUEUE), port=port, start=job.next, pace=PACE)
    again.run(again.stages[0])
    assert len(port.out) == 3


def test_a_printer_that_is_gone_is_named(cups: Cups) -> None:
    with pytest.raises(KnownError) as refused:
        printing.open_queue("奔图 P3010")
    assert refused.value.code == "E-320"
    assert refused.value.values == {"printer": "奔图 P3010", "printers": f"{VIRTUAL}、{QUEUE}"}


def test_the_command_prints_many_cases_and_keeps_the_log(
    cups: Cups, station: Station, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [wage_case(station, workers=8) for _ in range(2)]
    station.store.close()
    before = len(cups.received())
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(data), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    only = ["--paper", "受理登记表", "--copies", "1"]
    assert run(["paper", "send", *cases, "--printer", QUEUE, *only, "--issue", *options]) == 0
    assert f"已由打印机“{QUEUE}”打印 2 份。" in capsys.readouterr().out
    sheets = [words(document)[0] for document in cups.received()[before:]]
    assert ["打印分隔页" in page for page in sheets] == [True, False, True, False]
    assert run(["paper", "send", cases[0], *only, *options]) == 0, "the printer of the last time"
    assert [words(document)[0] for document in cups.received()[before + 4 :]] == [sheets[1]]
    capsys.readouterr()
    assert run(["paper", "log", cases[0], "--json", *options]) == 0
    assert [line["nth"] for line in json.loads(capsys.readouterr().out)] == [1, 2]
    assert run(["paper", "log", cases[0], *options]) == 0
    assert "第 2 次打印（补打）" in capsys.readouterr().out
    assert run(["paper", "send", cases[0], "--printer", "没有的", *only, *options]) == 1
    assert "E-320" in capsys.readouterr().err


def test_a_piece_that_cups_cannot_print_is_no_piece_printed(cups: Cups) -> None:
    """A filter that fails ends the job; the queue says so, and it does not count."""
    queue = printing.open_queue(QUEUE)
    job = queue.send(b"%PDF-1.7\nnothing more", title="坏文件", duplex="single")
    states = set()
    for _ in range(200):
        states.add(queue.state(job))
        if "failed" in states:
            break
        time.sleep(0.02)
    queue.cancel(job)
    assert states <= {"waiting", "failed"}
    assert "failed" in states
