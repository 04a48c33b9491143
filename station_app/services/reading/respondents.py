"""Which cases are against the same person or unit: by its number where it is known, else by its very name."""

from __future__ import annotations

from typing import Final

from station_app.domain.case import RESPONDENT, Case, text
from station_app.domain.text import fold
from station_app.services.station import Station
from station_app.store import search

_MOST: Final = 5000
_NAME_LEAST: Final = 2


def ids(station: Station, name: str, number: str = "") -> list[int]:
    """Ids of the cases against a respondent, newest first; discarded ones are left out.

    The index names the candidates; the list row decides where it shows all names, else the case is folded.
    """
    if len(name.strip()) < _NAME_LEAST:
        return []
    named, numbered = search.find_each(station.store.reader, [(name,), (number,)], limit=_MOST)
    marks = ",".join(map(str, {*named, *numbered})) or "0"
    rows = station.store.reader.execute(
        f"SELECT id, rec, coalesce(respondents, '') FROM case_row WHERE id IN ({marks}) AND discarded = 0"
    ).fetchall()
    wanted, by_number = fold(name), set(numbered)
    found = []
    for case_id, rec, shown in rows:
        unsure = case_id in by_number or str(shown).endswith("人")  # 某公司等3人: two names are not shown
        plain = wanted in [fold(one) for one in str(shown).split("、")]
        if plain or (unsure and _against(station, str(rec), wanted, number)):
            found.append(int(case_id))
    return sorted(found, reverse=True)


def _against(station: Station, rec: str, wanted: str, number: str) -> bool:
    view = Case(station.store.folded(rec, station.store.reader), rec)
    return any(
        fold(p.name) == wanted or (number and text(p.identity, "id_number") == number) for p in view.side(RESPONDENT)
    )
