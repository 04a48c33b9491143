"""Which papers of which cases are printed, how often, what is left out and why; issues what is ready where asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from station_app.domain.case import text
from station_app.services import papers
from station_app.services.changes import Changes
from station_app.services.papers import Card
from station_app.services.printjobs.plan import Item
from station_app.services.printjobs.port import Pace, Progress, seconds_left
from station_app.services.station import Station
from sync.contract.errors import KnownError

_WHOLE_FILE: Final = frozenset({"dossier_cover", "dossier_contents", "dossier_back"})
"""Cover, list of contents and back of a file say what is in it, so they are issued when the rest is."""
Why = Literal["missing", "ready", "stale", "refused"]


@dataclass(frozen=True, slots=True)
class Left:
    """A paper that is not printed. `why`: missing (`detail` names the facts), ready (all facts are there, not issued
    yet), stale (issued, but changed since: to be issued anew, or chosen by name), refused (`error`)."""

    case: str
    number: str
    template: str
    title: str
    why: Why
    detail: str = ""
    error: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """`items` in the order of the cases as given and of their files; `issued`: how many papers were issued for it, and
    `changes` what that touched; `stopped`: a person ended the issuing, what is left is among `left` as ready."""

    items: tuple[Item, ...]
    left: tuple[Left, ...]
    issued: int
    changes: Changes
    stopped: bool = False


def _quiet(_progress: Progress) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Run:
    """Issuing at work: told after each paper, asked before each; `total` grows where one paper makes another ready."""

    tell: Callable[[Progress], object]
    stop: Callable[[], bool]
    pace: Pace
    total: int = 0
    tried: int = 0
    stopped: bool = False
    made: list[Changes] = field(default_factory=list)
    refused: dict[tuple[str, str], Left] = field(default_factory=dict)
    began: float = 0.0


def gather(
    station: Station,
    *,
    cases: Sequence[str],
    templates: Sequence[str] = (),
    copies: int | None = None,
    issue: bool = False,
    tell: Callable[[Progress], object] = _quiet,
    stop: Callable[[], bool] = _never,
) -> Gathered:
    """全部必备文书 of each case, or the papers named by `templates` (code or title; E-311).

    `copies`: None as the rule has it (one a party, the committee's, the court's). With `issue` what has all its facts
    is issued first, each in a transaction of its own: `tell` hears of each, `stop` is asked before each, and what was
    issued stays. An issued paper is printed as sealed; one whose facts changed since only where it is named.
    """
    items: list[Item] = []
    left: list[Left] = []
    run = _Run(tell, stop, Pace())
    each = list(dict.fromkeys(cases))
    if issue:
        _issue(station, each, templates, run)
    for case in each:
        for card in _wanted(papers.list_papers(station, case=case), templates):
            found = run.refused.get((case, card.template)) or _item(station, case, card, named=bool(templates))
            if isinstance(found, Left):
                left.append(found)
                continue
            items.append(found if copies is None else replace(found, copies=copies))
    return Gathered(tuple(items), tuple(left), len(run.made), _together(run.made), stopped=run.stopped)


def _together(parts: list[Changes]) -> Changes:
    """One announcement for all; of several cases it names none."""
    whole = Changes(frozenset(), (), ())
    for part in parts:
        whole = whole.also(part)
    return whole if len({part.case for part in parts}) <= 1 else replace(whole, case="")


def _wanted(cards: Sequence[Card], templates: Sequence[str]) -> list[Card]:
    if not templates:
        return [c for c in cards if c.required and c.applies]
    found: list[Card] = []
    for word in templates:
        fits = [c for c in cards if word in (c.template, c.title)] or [c for c in cards if word in c.title]
        if len(fits) != 1:
            raise KnownError("E-311", paper=word)
        found.append(fits[0])
    return found


def _ready(station: Station, case: str, templates: Sequence[str], *, last: bool | None = None) -> list[Card]:
    """What has all its facts and is not issued yet; `last`: only papers about the whole file, or only the others."""
    cards = _wanted(papers.list_papers(station, case=case), templates)
    ready = [card for card in cards if not card.paper and not card.missing]
    return [card for card in ready if last is None or (card.template in _WHOLE_FILE) == last]


def _issue(station: Station, cases: Sequence[str], templates: Sequence[str], run: _Run) -> None:
    """Issue what is complete, the papers about the whole file last; one that is refused does not hold up the others."""
    run.total = sum(len(_ready(station, case, templates)) for case in cases)
    run.began = run.pace.ticks()
    for case in cases:
        for last in (False, True):
            for card in _ready(station, case, templates, last=last):
                if run.stop():
                    run.stopped = True
                    return
                _issue_one(station, case, card, run)


def _issue_one(station: Station, case: str, card: Card, run: _Run) -> None:
    try:
        run.made.append(papers.issue(station, case=case, template=card.template).changes)
    except KnownError as error:
        number = text(station.case(case).record, "number")
        run.refused[case, card.template] = Left(case, number, card.template, card.title, "refused", error=error)
    run.tried += 1
    run.total = max(run.total, run.tried)
    left = seconds_left(spent=run.pace.ticks() - run.began, done=run.tried, sides=run.total)
    run.tell(Progress(run.tried, run.total, left, card.title))


def _item(station: Station, case: str, card: Card, *, named: bool) -> Item | Left:
    view = station.case(case)
    case_number = text(view.record, "number")
    if not card.paper:
        missing = "、".join(label for _, label in card.missing)
        return Left(case, case_number, card.template, card.title, "missing" if missing else "ready", missing)
    if card.stale and not named:
        return Left(case, case_number, card.template, card.title, "stale", f"第 {card.version} 版")
    return Item(
        case=case,
        number=card.number or case_number,
        paper=card.paper,
        template=card.template,
        title=card.title,
        version=card.version,
        pages=card.pages,
        copies=max(1, card.copies),
        sha=text(view.state.records[card.paper], "pdf"),
    )


def item_of(station: Station, *, case: str, card: Card, data: bytes = b"") -> Item:
    """One paper of the list on screen: as sealed, or the discussion draft given as `data`."""
    if card.paper:
        found = _item(station, case, card, named=True)
        assert isinstance(found, Item)
        return found
    number, title = text(station.case(case).record, "number"), card.title
    return Item(case, number, "", card.template, title, 0, papers.page_count(data), 1, data=data)
