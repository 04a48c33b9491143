"""Verbs on satisfaction (满意度): by the slip a person filled in, or by a call of the community; never by the mediator.

The slip bears a number and no name, so that the community's hall enters it without the case; the station that has the
case finds it by the number. Nobody enters it for a case he mediated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.domain import codes
from station_app.domain.case import Case, names, text
from station_app.domain.course.rated import counted
from station_app.domain.dates import date_cn
from station_app.services.cases import moment
from station_app.services.changes import Changes
from station_app.services.paperwork import station_papers
from station_app.services.rounds.caseless import add, clean, standing, station_name
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.fold import Record
from sync.contract.slip import read, slip_of

if TYPE_CHECKING:
    from station_app.services.paperwork.station_papers import Made

PAPER: Final = "evaluation_slip"
ONLINE: Final = "online"
"""How somebody rated who scanned the code on his paper; nobody at a station enters that."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation as a list shows it; `case` and `title` are "" where the case is not here; `counts`: False for one
    that came a second time.
    """

    slip: str
    level: str
    manner: str
    words: str
    at: str
    station: str
    case: str
    title: str
    counts: bool = True


def record(
    station: Station, *, slip: str, satisfaction: str, manner: str = "slip", words: str = "", at: str = ""
) -> Changes:
    """登记满意度 of a slip. E-275 for a number that is none, and where this slip was entered in this manner before;
    E-274 for whoever mediated the case; E-285 for the future; E-217 for a level or manner that is none.
    """
    number = read(slip)
    if not number:
        raise KnownError("E-275")
    if manner == ONLINE:  # the district writes those itself
        raise KnownError("E-217", field="evaluation.manner", value=manner)
    when = at or moment(station)
    if when > moment(station):
        raise KnownError("E-285", field="evaluation.at")
    values = clean(
        station,
        "evaluation",
        {"slip": number, "satisfaction": satisfaction, "manner": manner, "text": words, "at": when},
        needs=("satisfaction", "manner"),
    )
    case = case_of(station, number)
    if case:
        guard_own(station, station.case(case))
    if any(text(r, "slip") == number and text(r, "manner") == manner for r in standing(station, "evaluation")):
        raise KnownError("E-275", why="twice")
    return add(station, kind="evaluation", values=values, label="登记满意度")


def guard_own(station: Station, view: Case) -> None:
    """E-274: who mediated a case does not say how satisfied the parties were."""
    sat = {text(view.record, "mediator")}
    for session in view.kind("session"):
        sat.update(names(session, "mediators"))
    if station.user.person and station.user.person in sat:
        raise KnownError("E-274")


def case_of(station: Station, slip: str) -> str:
    """The case of a slip's number among those here, newest first; "" for none."""
    rows = station.store.reader.execute("SELECT rec FROM case_row WHERE discarded = 0 ORDER BY id DESC")
    return next((str(rec) for (rec,) in rows if slip_of(str(rec)) == slip), "")


def of_case(station: Station, case: str) -> list[Record]:
    """The evaluations of a case that count, oldest first."""
    slip = slip_of(case)
    return counted(r for r in standing(station, "evaluation") if text(r, "slip") == slip)


def evaluations(station: Station) -> list[Evaluation]:
    """All that were entered in the community, newest first."""
    known = {
        slip_of(str(rec)): (str(rec), str(title))
        for rec, title in station.store.reader.execute("SELECT rec, title FROM case_row WHERE discarded = 0")
    }
    found, given = [], standing(station, "evaluation")
    first = {record_.id for record_ in counted(given)}
    for record_ in given:
        case, title = known.get(text(record_, "slip"), ("", ""))
        found.append(
            Evaluation(
                text(record_, "slip"),
                codes.label("satisfactions", text(record_, "satisfaction")),
                codes.label("evaluation_manners", text(record_, "manner")),
                text(record_, "text"),
                text(record_, "at"),
                station_name(station, text(record_, "station")),
                case,
                title,
                record_.id in first,
            )
        )
    return sorted(found, key=lambda e: e.at, reverse=True)


def paper(station: Station, *, case: str) -> Made:
    """The slip to be given to the parties: the station, the number, five levels, no name."""
    view = station.case(case)
    values: dict[str, object] = {
        "kind": "评价单",
        "title": "服务满意度评价单",
        "period": slip_of(view.id),
        "paragraphs": [f"□　{c.label}" for c in codes.load("satisfactions") if c.code != "0"],
        "made": station.clock.today().isoformat(),
        "as_of": date_cn(station.clock.today()),
        **({"unit": name} if (name := station.store.setting("station.name")) else {}),
    }
    return station_papers.made(station, PAPER, values)
