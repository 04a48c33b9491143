"""Known parties: by a piece of the name, pinyin initials, the tail of a number or a telephone; newest facts first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from station_app.domain.case import Case, Party, text
from station_app.domain.text import compact, named_like
from station_app.services.places import choosing
from station_app.services.station import Station
from station_app.store import local, search
from sync.contract.canonical import Json

MOST: Final = 6
LEAST: Final = 2
"""Characters from which it is asked."""
_LOOKED_AT: Final = 60
_DIGITS_LEAST: Final = 4
_KEPT: Final = (
    "id_kind", "id_number", "sex", "birth", "ethnic", "occupation", "phone", "address", "legal_rep",
    "legal_rep_title", "valid_from", "valid_until", "valid_long",
)  # fmt: skip
"""What is the same in every matter; bank accounts are asked anew each time."""


@dataclass(frozen=True, slots=True)
class Known:
    """A party of an earlier case: values by `party.…` and `identity.…`; `day` and `case` of the newest such case."""

    name: str
    case: str
    day: str
    values: dict[str, Json] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """A text value, "" where it is not known."""
        value = self.values.get(path)
        return value if isinstance(value, str) else ""


def find(station: Station, typed: str, *, most: int = MOST) -> list[Known]:
    """Known parties that fit what was typed, those of the newest cases first; of one person the newest facts."""
    words = typed.strip()
    if len(words) < LEAST:
        return []
    found: dict[str, Known] = {}
    reader = station.store.reader
    marks = search.find(reader, words, limit=_LOOKED_AT)
    rows = reader.execute(
        f"SELECT rec, registered_at FROM case_row WHERE id IN ({','.join(map(str, marks)) or '0'}) AND discarded = 0"
        " ORDER BY id DESC"
    )
    for rec, day in rows.fetchall():
        view = Case(station.store.folded(str(rec), reader), str(rec))
        for party in view.parties:
            if _fits(party, words):
                known = _known(view, party, str(day or "")[:10])
                found.setdefault(
                    text(party.identity, "id_number") or f"{party.name} {known.get('identity.phone')}", known
                )
        if len(found) >= most:
            break
    before = list(found.values())[:most]
    return before + _employers(station, words, most=most - len(before), but={one.name for one in before})


def _employers(station: Station, words: str, *, most: int, but: set[str]) -> list[Known]:
    """Employers of the district's lists that were no party here yet; `case` is "" for them."""
    listed: list[Known] = []
    for choice in choosing.choices(station, words, kinds=("employer",)):
        values: dict[str, Json] = {"party.kind": "organisation", "party.name": choice.name}
        values |= {"identity.address": choice.address, "identity.phone": choice.phone}
        values |= {"identity.id_kind": "uscc", "identity.id_number": choice.code} if choice.code else {}
        if choice.name not in but:
            listed.append(Known(choice.name, "", "", {k: v for k, v in values.items() if v}))
    return listed[: max(0, most)]


def take(station: Station, known: Known) -> dict[str, Json]:
    """The values to fill a party in with; that an earlier case was looked into is logged."""
    if not known.case:
        return dict(known.values)
    local.log_access(
        station.store,
        at=station.clock.now_ms(),
        user=station.user.person,
        act="recall",
        case=known.case,
        detail=known.name,
    )
    return dict(known.values)


def _fits(party: Party, words: str) -> bool:
    """By name, initials, tail of the number (four digits at least) or a piece of the telephone."""
    if named_like(party.name, words):
        return True
    digits = compact(words)
    if len(digits) < _DIGITS_LEAST:
        return False
    return text(party.identity, "id_number").endswith(digits) or digits in text(party.identity, "phone")


def _known(view: Case, party: Party, day: str) -> Known:
    values: dict[str, Json] = {f"party.{n}": party.record.get(n) for n in ("kind", "name")}
    if party.identity is not None:
        values |= {f"identity.{n}": party.identity.get(n) for n in _KEPT}
    return Known(party.name, view.id, day, {k: v for k, v in values.items() if v not in (None, "")})
