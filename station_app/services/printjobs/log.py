"""The print log: who printed what, when, where, and the how-manieth time; lines of the access log of this PC.

A reprint is marked here only, never on the paper (个人信息保护法 51: a record of handling; the paper stays as sealed).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from station_app.domain.case import number, text
from station_app.services import people
from station_app.services.printjobs.plan import Item
from station_app.services.station import Station
from station_app.store import blobs

ACT = "print"


@dataclass(frozen=True, slots=True)
class Printed:
    """One line. `copies`: 份 that came out whole; `pages`: () for all; `printer` "" where a file was written; `nth`:
    this paper's how-manieth printing here, 0 where not counted (discussion drafts); `broken`: stopped in the middle.
    """

    at_ms: int
    user: str
    case: str
    paper: str
    template: str
    title: str
    number: str
    version: int
    copies: int
    pages: tuple[int, ...]
    printer: str
    nth: int
    broken: bool


def put(
    station: Station,
    item: Item,
    *,
    printer: str,
    copies: int,
    pages: tuple[int, ...] = (),
    broken: bool = False,
) -> None:
    """Write a line for one paper of a job."""
    detail: dict[str, object] = {"paper": item.paper, "template": item.template, "title": item.title}
    detail |= {"number": item.number, "version": item.version, "copies": copies, "printer": printer}
    detail |= {"pages": list(pages)} if pages else {}
    detail |= {"broken": True} if broken else {}
    words = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))
    with station.store.raw_write() as con:
        blobs.log(con, at=station.clock.now_ms(), user=station.user.person, act=ACT, case=item.case, detail=words)


def of_case(station: Station, *, case: str) -> list[Printed]:
    """All printing of a case's papers on this PC, oldest first."""
    rows = station.store.con.execute(
        "SELECT at, user, detail FROM access_log WHERE case_rec = ? AND act = ? ORDER BY id", (case, ACT)
    ).fetchall()
    papers = _papers(station, case)
    times: dict[str, int] = {}
    found: list[Printed] = []
    for at, user, words in rows:
        facts = _facts(str(words or ""), papers)
        paper = _word(facts, "paper")
        if paper:
            times[paper] = times.get(paper, 0) + 1
        found.append(_line(int(at), people.person_name(station, str(user)), case, facts, times.get(paper, 0)))
    return found


def _papers(station: Station, case: str) -> dict[str, tuple[str, str]]:
    """(record, title) of the papers of a case by the words older lines name them with."""
    return {
        f"{text(p, 'template')} {text(p, 'number')} v{number(p, 'version')}": (p.id, text(p, "title"))
        for p in station.case(case).papers
    }


def _facts(words: str, papers: dict[str, tuple[str, str]]) -> dict[str, object]:
    """What a line says. Lines of a file written, and of programs before this one, are `template number vN`."""
    if words.startswith("{"):
        read: object = json.loads(words)
        return read if isinstance(read, dict) else {}
    template, _, rest = words.partition(" ")
    named, _, version = rest.rpartition(" v")
    paper, title = papers.get(words, ("", ""))
    return {
        "paper": paper,
        "template": template,
        "title": title,
        "number": named,
        "version": int(version) if version.isdigit() else 0,
        "copies": 1,
    }


def _word(facts: dict[str, object], name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def _count(facts: dict[str, object], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _line(at: int, user: str, case: str, facts: dict[str, object], nth: int) -> Printed:
    pages = facts.get("pages")
    return Printed(
        at_ms=at,
        user=user,
        case=case,
        paper=_word(facts, "paper"),
        template=_word(facts, "template"),
        title=_word(facts, "title"),
        number=_word(facts, "number"),
        version=_count(facts, "version"),
        copies=_count(facts, "copies"),
        pages=tuple(p for p in pages if isinstance(p, int)) if isinstance(pages, list) else (),
        printer=_word(facts, "printer"),
        nth=nth,
        broken=facts.get("broken") is True,
    )
