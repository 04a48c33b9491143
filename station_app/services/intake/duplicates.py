"""疑似重复: which earlier cases may be the same matter as the one being written, with the reasons in words.

Asked on the read lane while an appeal is typed; nothing is decided and nothing blocked. The index names a few dozen
candidates by number, telephone, names and place; the likeliest dozen are folded and compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.case import APPLICANT, RESPONDENT, Case, text
from station_app.domain.intake.likeness import Likeness, Told, Who, compare
from station_app.domain.sentences import Lang, note
from station_app.domain.text import clean_name, compact
from station_app.services.cases import Intake
from station_app.services.reading.lists import CaseLine, lines_of
from station_app.services.station import Station
from station_app.store import search

MOST: Final = 3
"""Cases shown: more than three nobody reads at the counter."""
_FOLDED: Final = 10
_PEOPLE: Final = 8
"""Parties of a side that are looked up; a roster of 500 is found by its first rows."""
_PER_LOOK: Final = 20
_NAME_LEAST, _NUMBER_LEAST, _PLACE_LEAST = 2, 7, 4

_TAIL: Final = 8
"""Characters of a number that are looked for: as good as all of it, and half the work; the comparison takes all."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An earlier case that may be the same matter."""

    line: CaseLine
    likeness: Likeness


def told_of_intake(intake: Intake, today: date) -> Told:
    """What is typed so far, whether it is right or not."""
    people = tuple(
        Who(
            str(p.party.get("role") or ""),
            clean_name(str(p.party.get("name") or "")),
            compact(str(p.identity.get("id_number") or "")),
            compact(str(p.identity.get("phone") or "")),
        )
        for p in intake.parties
    )
    case, facts = intake.case, intake.facts
    words = str(facts.get("summary") or "")
    return Told(people, words, str(case.get("place") or ""), str(case.get("type") or ""), today)


def told_of_case(view: Case) -> Told:
    """What an earlier case says, as far as it can be read here."""
    people = tuple(Who(p.role, p.name, text(p.identity, "id_number"), text(p.identity, "phone")) for p in view.parties)
    day = text(view.record, "registered_at")[:10]
    return Told(
        people,
        text(view.facts, "summary"),
        text(view.record, "place"),
        text(view.record, "type"),
        date.fromisoformat(day) if day else None,
    )


def look(station: Station, *, told: Told, but: Iterable[str] = (), most: int = MOST) -> list[Likely]:
    """The likeliest earlier cases, most alike first, then newest; `but` (case ids) leaves out what was answered."""
    hits: Counter[int] = Counter()
    for found in search.find_each(station.store.reader, _looks(told), limit=_PER_LOOK):
        hits.update(found)
    order = sorted(hits, key=lambda case_id: (-hits[case_id], -case_id))[:_FOLDED]
    left_out = set(but)
    result = []
    for line in lines_of(station, order):
        if line.rec in left_out or line.discarded or line.merged:
            continue
        likeness = compare(told, told_of_case(Case(station.store.folded(line.rec, station.store.reader), line.rec)))
        if likeness.shown:
            result.append(Likely(line, likeness))
    result.sort(key=lambda likely: (-likely.likeness.points, -likely.line.id))
    return result[:most]


def of_case(station: Station, *, case: str, most: int = 10) -> list[Likely]:
    """The same question of a case on record; what a person linked or told apart is left out."""
    view = station.case(case)
    answered = {text(link, "to") for link in view.kind("link")}
    return look(station, told=told_of_case(view), but={case, *answered}, most=most)


def _looks(told: Told) -> list[tuple[str, ...]]:
    """The groups of words to look for, the surest first."""
    applicants = told.side(APPLICANT)[:_PEOPLE]
    respondents = [who for who in told.side(RESPONDENT)[:_PEOPLE] if len(who.name) >= _NAME_LEAST]
    wanted: list[tuple[str, ...]] = []
    for who in applicants:
        wanted += [(number[-_TAIL:],) for number in (who.number, who.phone) if len(number) >= _NUMBER_LEAST]
        if len(who.name) < _NAME_LEAST:
            continue
        wanted.append((who.name,))
        wanted += [(who.name, unit.name) for unit in respondents]
    if len(told.place) >= _PLACE_LEAST:
        wanted += [(unit.name, told.place) for unit in respondents]
    return list(dict.fromkeys([*wanted, *((unit.name,) for unit in respondents)]))


def why(likely: Likely, lang: Lang = "zh_CN") -> str:
    """ "证件号码相同、地点相同": the reasons in words."""
    return "、".join(note(f"likeness.{name}", lang) for name in likely.likeness.reasons)
