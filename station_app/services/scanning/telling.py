"""What became of scanned files, in sentences a person reads: what is filed, what is missing, what belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final, Literal

from station_app.domain.sentences import note, sentence
from station_app.services.scanning import filing
from station_app.services.scanning.filing import Report, Result
from station_app.services.scanning.sheets import Place
from station_app.services.scanning.state import Scanned
from sync.contract.errors import KnownError

Lang = Literal["zh_CN", "en_US"]
Tone = Literal["green", "amber", "red"]
Line = tuple[Tone, str]
_GONE: Final = frozenset({"void", "replaced"})


def lines(report: Report, lang: Lang = "zh_CN") -> list[Line]:
    """The report, the most urgent last: done, papers and what they lack, pages of other cases, tray, files not read."""
    said: list[Line] = []
    for outcome in (filing.FILED, filing.KNOWN, filing.BLANK):
        if report.count(outcome):
            said.append(("green", note(f"scan.{outcome}", lang, n=report.count(outcome))))
    said += [paper_line(paper, lang) for paper in report.papers]
    said += _elsewhere(report.foreign, lang)
    said += _waiting(report.results, lang)
    said += [("red", sentence(error, lang)) for error in _refused(report)]
    if report.stopped:
        said.append(("amber", note("scan.stopped", lang)))
    return said


def paper_line(paper: Scanned, lang: Lang = "zh_CN") -> Line:
    """How one paper stands: 已全部归档, 第 2 页尚缺, or in part with its statement."""
    what = name_of(paper.title, paper.number)
    if paper.state in _GONE:
        return "amber", note(f"scan.{paper.state}", lang, what=what, version=paper.version)
    key = "complete" if not paper.missing else "part" if paper.complete else "missing"
    said = note(f"scan.{key}", lang, what=what, n=paper.pages, pages=_numbers(paper.missing))
    if paper.unseen:
        said += note("scan.correction", lang, n=paper.unseen)
    return ("green" if paper.complete and not paper.unseen else "amber"), said


def name_of(title: str, number: str) -> str:
    """A paper as it is named in a sentence."""
    return f"《{title}》{number}"


def place_words(place: Place, lang: Lang = "zh_CN") -> str:
    """A page as it is named in a sentence."""
    return note("scan.place", lang, what=name_of(place.title, place.number), page=place.page)


def _numbers(pages: Iterable[int]) -> str:
    return "、".join(str(n) for n in pages)


def _elsewhere(foreign: list[Result], lang: Lang) -> list[Line]:
    if not foreign:
        return []
    what = "；".join(place_words(r.place, lang) for r in foreign if r.place is not None)
    return [("amber", note("scan.foreign", lang, n=len(foreign), what=what))]


def _waiting(results: Iterable[Result], lang: Lang) -> list[Line]:
    """Pages in the tray, by the reason they wait for."""
    waits = [r for r in results if r.outcome == filing.TRAY and r.why is not None]
    waits.sort(key=lambda r: r.why.code if r.why else "")
    said: list[Line] = []
    for _, group in groupby(waits, key=lambda r: r.why.code if r.why else ""):
        some = list(group)
        files = "、".join(r.source for r in some)
        reason = sentence(some[0].why, lang) if some[0].why else ""
        said.append(("amber", note("scan.tray", lang, n=len(some), files=files, reason=reason)))
    return said


def _refused(report: Report) -> list[KnownError]:
    pages = [r.why for r in report.results if r.outcome == filing.REFUSED and r.why is not None]
    return [*report.failed, *{str(e): e for e in pages}.values()]
