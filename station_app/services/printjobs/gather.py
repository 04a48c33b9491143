"""Which papers of which cases are printed, how often, what is left out and why; issues what is ready where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from station_app.domain.case import text
from station_app.services import papers
from station_app.services.changes import Changes
from station_app.services.papers import Card
from station_app.services.printjobs.plan import Item
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
        refused = _issue(station, case, templates, issued) if issue else {}
        for card in _wanted(papers.list_papers(station, case=case), templates):
            found = refused.get(card.template) or _item(station, case, card, named=bool(templates))
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


def _issue(station: Station, case: str, templates: Sequence[str], done: list[Changes]) -> dict[str, Left]:
    """Issue what is complete, the papers about the whole file last; one that is refused does not hold up the others."""
    refused: dict[str, Left] = {}
    for last in (False, True):
        for card in _wanted(papers.list_papers(station, case=case), templates):
            if card.paper or card.missing or (card.template in _WHOLE_FILE) != last:
                continue
            try:
                done.append(papers.issue(station, case=case, template=card.template).changes)
            except KnownError as error:
                number = text(station.case(case).record, "number")
                refused[card.template] = Left(case, number, card.template, card.title, "refused", error=error)
    return refused


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
