"""访问记录: who looked at, printed, copied or exported what on this PC, and who was refused (个人信息保护法 51)."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.clock import shanghai_time
from station_app.domain import codes
from station_app.domain.case import text
from station_app.services.station import Station
from station_app.store import local

MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when (YYYY-MM-DD HH:MM), who ("" for nobody known), what (code of access_acts), the case with its title
    ("" for none), and which paper or how many.
    """

    at: str
    who: str
    act: str
    case: str
    title: str
    detail: str

    def words(self, lang: str = "zh_CN") -> str:
        """What was done, in words; an act of a newer program as it is called there."""
        return codes.label("access_acts", self.act, lang)


def entries(station: Station, *, case: str = "", most: int = MOST) -> list[Entry]:
    """The newest first, of one case or of all; for the head of the station and the operator (E-404)."""
    station.require("set_station")
    store, people = station.store, station.store.reference().records
    titles = {str(r[0]): str(r[1]) for r in store.reader.execute("SELECT rec, title FROM case_row")} if not case else {}
    if case:
        titles[case] = text(station.case(case).record, "title")
    found = []
    for at, who, act, rec, detail in local.access_log(store, most, case=case):
        when = shanghai_time(at).strftime("%Y-%m-%d %H:%M")
        found.append(Entry(when, text(people.get(who), "name"), act, rec, titles.get(rec, ""), detail))
    return found
