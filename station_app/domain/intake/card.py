"""What a card reader's helper says: one JSON line, checked like typed facts; nothing of it is believed unchecked.

Protocol "station-card" 1: the desk writes the line `{"v":1,"ask":"read"}` to the helper's input and reads one line,
`{"v":1,"card":{…}}` or `{"v":1,"error":"no_card"}`. Keys of a card: name, sex, people, birth, address, number,
valid_from, valid_until (YYYY-MM-DD, or 长期). Unknown keys are passed over.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from station_app.domain import codes
from station_app.domain.idcard import check_id_number
from station_app.domain.text import check_name, one_line
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

REQUEST: Final = b'{"v":1,"ask":"read"}\n'
LONG: Final = "长期"
_ADDRESS_MOST: Final = 200


def parse(answer: bytes, *, today: date) -> dict[str, Json]:
    """Values of a party by path (party.name, identity.…).

    E-263 where no card lies there, E-264 for anything that is no card of the protocol: cut, garbled, a number that does
    not check, a sex or a birth date that is not the number's.
    """
    try:
        said = json.loads(answer.decode("utf-8"))
        if said["v"] != 1:
            raise ValueError("v")
        if said.get("error") == "no_card":
            raise KnownError("E-263")
        return _values({str(k): str(v) for k, v in said["card"].items()}, today)
    except KnownError as error:
        if error.code == "E-263":
            raise
        raise KnownError("E-264", why=error.code) from error
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownError("E-264", why=str(error)[:40]) from error


def _values(card: dict[str, str], today: date) -> dict[str, Json]:
    facts = check_id_number(card["number"], today=today)
    sex = codes.load("sexes").check(card["sex"]) if card.get("sex") else ""
    if sex and sex != str(facts.sex):
        raise ValueError("sex")
    if card.get("birth") and date.fromisoformat(card["birth"]) != facts.birth:
        raise ValueError("birth")
    values: dict[str, Json] = {
        "party.kind": "person",
        "party.name": check_name(card["name"]),
        "identity.id_number": facts.number,
        "identity.sex": str(facts.sex),
        "identity.birth": facts.birth.isoformat(),
    }
    if card.get("people"):
        values["identity.ethnic"] = codes.load("peoples").check(card["people"])
    if card.get("address"):
        values["identity.address"] = one_line(card["address"])[:_ADDRESS_MOST]
    return {**values, **_term(card)}


def _term(card: dict[str, str]) -> dict[str, Json]:
    """Term of validity; a card past it is still a card, and the person at the counter sees it."""
    values: dict[str, Json] = {}
    if card.get("valid_from"):
        values["identity.valid_from"] = date.fromisoformat(card["valid_from"]).isoformat()
    until = card.get("valid_until", "")
    if until == LONG:
        values["identity.valid_long"] = True
    elif until:
        values["identity.valid_until"] = date.fromisoformat(until).isoformat()
    return values


def expired(values: dict[str, Json], today: date) -> bool:
    """True for a card whose last day has passed."""
    until = values.get("identity.valid_until")
    return isinstance(until, str) and until < today.isoformat()
