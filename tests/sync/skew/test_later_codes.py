"""A later program writes codes this one has no word for (a state, a colour, a service): everything still reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from station_app.domain.figures.period import year_of
from station_app.services import clocks, court, papers
from station_app.services.exchange import casefile
from station_app.services.figures import board as figures_board
from station_app.services.figures import counting, ministry, report, wages
from station_app.services.loop import board
from station_app.services.meeting import agenda
from station_app.services.reading import history, lists
from station_app.services.review import queue
from station_app.services.rounds import diary
from station_app.services.signdesk import board as sign_board
from station_app.services.station import Station
from station_app.ui.case import page
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS
from sync.contract.fold import overwrite
from tests.cases.support import FILES
from tests.support.stations import make_station

LATER = "code_of_later"
OWN_WORDS = {"1-wages-17": {"c": "营业执照原件核对无误"}}


def later(station: Station, case: str) -> int:
    """Every code of every record of the case becomes one that no list has; how many records."""
    by: dict[str, list[tuple[str, dict[str, Json]]]] = {}
    records = station.case(case).state.records
    for record in records.values():
        kind = KINDS[record.kind]
        coded = {
            f.name: LATER if f.type == "code" else [LATER] for f in kind.fields.values() if f.type in ("code", "codes")
        }
        if coded:
            by.setdefault(kind.compartment, []).append((record.id, dict(coded)))
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        for compartment, items in by.items():
            op = tx.op("edit", compartment, case=case)
            for rec, values in items:
                op.put(overwrite(records[rec], values))
    return sum(len(items) for items in by.values())


def readers(station: Station, case: str) -> dict[str, Callable[[], object]]:
    """What is read of a case, and of all of them, on the pages and in the papers."""
    year = year_of(2026)
    return {
        "page": lambda: page.look(station, case),
        "today": lambda: lists.today(station),
        "list": lambda: lists.cases(station),
        "court": lambda: court.look(station, case=case),
        "words": lambda: casefile.describe(station, station.case(case)),
        "file": lambda: casefile.export_case(station, station.case(case)),
        "history": lambda: history.of_case(station, case=case),
        "clocks": lambda: clocks.calendar(station, cases=[case]),
        "overview": lambda: counting.overview(station, year),
        "sheets": lambda: list(report.sheets(station, year)),
        "ministry": lambda: ministry.table(station, year),
        "wages": lambda: wages.ledger(station, everything=True),
        "board": lambda: (figures_board.debts(station), figures_board.colours(station)),
        "orders": lambda: board.lines(station, everything=True),
        "diary": lambda: diary.entries(station, "2026-01-01", "2026-12-31"),
        "signing": lambda: sign_board.waiting(station),
        "meeting": lambda: agenda.agenda(station),
        "review": lambda: queue.waiting(station),
        **{
            card.template: partial(papers.preview, station, case=case, template=card.template)
            for card in papers.list_papers(station, case=case)
        },
    }


@pytest.mark.parametrize("name", ["1-wages-17", "7-water-leak"])
def test_codes_without_words_stop_nothing(tmp_path: Path, name: str) -> None:
    station = make_station(tmp_path / "data").station
    try:
        found = casefile.import_file(station, data=(FILES / f"{name}.json").read_bytes())
        if found.draft:
            found = casefile.register_draft(station, draft=found.draft, overrides=OWN_WORDS[name])
        assert later(station, found.case) > 5
        acts = readers(station, found.case)
        assert len(acts) > 25
        for act in acts.values():
            act()
        shown = lists.cases(station)[0]
        assert shown.state == LATER, "shown as it is, never hidden"
    finally:
        station.store.close()
