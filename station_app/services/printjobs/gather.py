"""Which papers of which cases are printed, how often, what is left out and why; issues what is ready where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from station_app.domain.case import text
from station_app.services import papers
from station_app.services.changes import Changes
from station_app.services.papers import Card
from station_app.services.printjobs.plan import Item
from station_app.services.station import Station
from sync.contract.errors import KnownError

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
    `changes` what that touched."""

    items: tuple[Item, ...]
    left: tuple[Left, ...]
    issued: int
    changes: Changes


def gather(
    station: Station,
    *,
    cases: Sequence[str],
    templates: Sequence[str] = (),
    copies: int | None = None,
    issue: bool = False,
) -> Gathered:
    """全部必备文书 of each case, or the papers named by `templates` (code or title; E-311).

    `copies`: None as the rule has it (one a party, the committee's, the court's). With `issue` what has all its facts
    is issued first. An issued paper is printed as sealed; one whose facts changed since only where it is named.
    """
    items: list[Item] = []
    left: list[Left] = []
    issued: list[Changes] = []
    for case in dict.fromkeys(cases):
        for card in _wanted(papers.list_papers(station, case=case), templates):
            fresh = issue and not card.paper and not card.missing
            ready = _issued(station, case, card, issued) if fresh else card
            found = _item(station, case, ready, named=bool(templates)) if isinstance(ready, Card) else ready
            if isinstance(found, Left):
                left.append(found)
                continue
            items.append(found if copies is None else replace(found, copies=copies))
    return Gathered(tuple(items), tuple(left), len(issued), _together(issued))


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


def _issued(station: Station, case: str, card: Card, done: list[Changes]) -> Card | Left:
    """The card once more after issuing, or the refusal: one paper that cannot be issued does not hold up the others."""
    try:
        made = papers.issue(station, case=case, template=card.template)
    except KnownError as error:
        number = text(station.case(case).record, "number")
        return Left(case, number, card.template, card.title, "refused", error=error)
    done.append(made.changes)
    return replace(card, paper=made.paper, version=made.version, number=made.number, pages=made.pages)


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
