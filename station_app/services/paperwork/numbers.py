"""Which number a paper bears: the case number, drawn with the first numbered paper, and what agreements add to it."""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, text
from station_app.services.station import Station
from station_app.store import numbers
from station_app.store.core import Tx
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record
from sync.contract.numbering import Number, parse

SUPPLEMENT: Final = "supplement"


def draw(station: Station, tx: Tx, case: Case) -> Number:
    """Draw the case number: year of the confirmed legal date, this device's series. E-306 without a series."""
    day = text(case.record, "legal_date") or text(case.record, "accepted_at")[:10]
    year = int(day[:4]) if day else station.clock.today().year
    short = station.store.setting("committee.short")
    return numbers.draw(station.store, tx.con, short=short, kind="case", year=year)


def record_values(number: Number, printed: str) -> dict[str, Json]:
    """The number as the catalogue's record, which travels: the ledger is accounted for everywhere."""
    return {
        "committee": number.short,
        "kind": number.kind,
        "year": number.year,
        "series": number.series,
        "n": number.n,
        "text": printed,
        "state": "used",
    }


def of_agreement(case: Case, case_number: str, *, place: int = 0) -> str:
    """The agreement in force bears the case number; a further one -2, a supplement -补1 (CONTRACT 7).

    `place`: where it stands among those of its kind, for a case narrowed to one of them.
    """
    agreement = case.agreement
    if not case_number or agreement is None:
        return ""
    supplement = text(agreement, "form") == SUPPLEMENT
    place = place or place_of(case, agreement)
    if not supplement and place == 1:
        return case_number
    number = parse(case_number)
    if number is None:
        raise KnownError("E-306")
    brackets = case_number[0] + ("〕" if case_number[0] == "〔" else "）")
    return (number.supplement(place) if supplement else number.further(place)).text(brackets=brackets)


def place_of(case: Case, agreement: Record) -> int:
    """Where an agreement stands among all of the case that count with it, from 1."""
    like = alike(case, supplement=text(agreement, "form") == SUPPLEMENT)
    return next(i for i, a in enumerate(like, 1) if a.id == agreement.id)


def alike(case: Case, *, supplement: bool = False) -> list[Record]:
    """The agreements of a case that are counted together."""
    return [a for a in case.kind("agreement") if (text(a, "form") == SUPPLEMENT) == supplement]
