"""Whom an order or a hand-off reaches: stations of the district by name, the grant that opens the case, and whether the
platform has confirmed what was written here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from station_app.domain.case import Case, text
from station_app.services.station import Station
from station_app.services.travel.grants import grants_of
from station_app.store import travel
from station_app.store.core import Tx
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

COMPLAINT: Final = "complaint"
REASONS: Final = ("社区发令", "移交")
"""How the reason of a grant begins that an order or a hand-off made."""
_UNITS: Final = "loop.units"


def own_code(station: Station) -> str:
    """The code of this station in the district's list."""
    return station.store.setting("station.code")


def receivers(station: Station) -> list[tuple[str, str]]:
    """(code, name) of the units that work with this program: stations of the community, which travel as reference,
    units of lists that a person made direct ones (`places.units.set_direct`), those noted here (`note_unit`); by name.
    What this PC wrote about itself before it was enrolled is none of them.
    """
    own, here = own_code(station), _own_incarnations(station)
    found = {
        text(r, "code"): text(r, "name")
        for r in station.store.reference().of_kind("station")
        if r.id.split(".")[0] not in here
    }
    listed = (r for r in station.store.reference().of_kind("unit") if r.get("direct") and not r.get("removed"))
    found |= {text(r, "code"): text(r, "name") for r in listed}
    found |= _noted(station)
    return sorted(((c, n) for c, n in found.items() if c and n and c != own), key=lambda pair: pair[1])


def note_unit(station: Station, *, code: str, name: str) -> None:
    """Keep on this PC under which code the district knows a street, department or station of another community; an
    empty name forgets it. E-216 without a code or for the own one.
    """
    code, name = code.strip(), name.strip()
    if not code or code == own_code(station):
        raise KnownError("E-216", field="grant.station")
    station.require("order")
    noted = {c: n for c, n in _noted(station).items() if c != code}
    if name:
        noted[code] = name
    station.store.set_settings({_UNITS: json.dumps(noted, ensure_ascii=False)})


def _noted(station: Station) -> dict[str, str]:
    found = json.loads(station.store.setting(_UNITS) or "{}")
    return {str(code): str(name) for code, name in found.items()} if isinstance(found, dict) else {}


def _own_incarnations(station: Station) -> set[str]:
    return {str(r[0]) for r in station.store.reader.execute("SELECT inst FROM inst WHERE own = 1")}


def code_of(station: Station, view: Case, unit: str) -> str:
    """The code of a unit given by its name or by its code, "" for one that does not work with this program."""
    known = open_to(station, view)
    by_name = {name: code for code, name in known}
    return by_name.get(unit.strip()) or (unit.strip() if unit.strip() in dict(known) else "")


def open_to(station: Station, view: Case) -> list[tuple[str, str]]:
    """As `receivers` and the station of birth, for a case that may be opened to them. A complaint goes by paper, which
    names no complainant: what was told is not passed to the unit complained of (信访工作条例 30).
    """
    if text(view.record, "service") == COMPLAINT:
        return []
    found, origin = receivers(station), text(view.record, "station")
    if origin not in {own_code(station), "", *(code for code, _ in found)}:
        found.append((origin, origin))
    return found


def name_of(station: Station, code: str) -> str:
    """A station's name, its code where the list does not know it."""
    if code == own_code(station):
        return station.store.setting("station.name") or code
    return dict(receivers(station)).get(code, code)


def share(station: Station, tx: Tx, view: Case, codes: Iterable[str], *, reason: str) -> None:
    """Open the case to these stations within the same group of ops: an order nobody can open is none."""
    origin = text(view.record, "station")
    wanted = [c for c in dict.fromkeys(codes) if c not in ("", origin, own_code(station))]
    if not wanted:
        return
    station.require("grant")
    today = station.clock.today().isoformat()
    granted = view.state.of_kind("grant")
    standing = {text(r, "station") for r in grants_of(granted, today)}
    missing = [c for c in wanted if c not in standing]
    if not missing:
        return
    op = tx.op("grant", "register", case=view.id)
    for code in missing:
        values: dict[str, Json] = {"station": code, "until": None, "reason": reason}
        ended = next((r for r in granted if text(r, "station") == code), None)
        if ended is not None:
            op.put(overwrite(ended, {**values, "revoked": False}))
        else:
            op.new("grant", values)


def unshare(tx: Tx, view: Case, *, code: str, but: str) -> None:
    """Close the case again to a unit whose order or hand-off `but` came to nothing, where no other one needs it open.
    Only grants made for orders and hand-offs end; one that a person gave for another reason stays.
    """
    others = [r for r in (*view.kind("order"), *view.kind("hand_off")) if r.id != but and not r.get("withdrawn_at")]
    needed = {str(c) for r in others if r.get("answer") != "declined" for c in _codes(r)}
    if not code or code in needed:
        return
    ours = [
        r
        for r in grants_of(view.state.of_kind("grant"))
        if text(r, "station") == code and text(r, "reason").startswith(REASONS)
    ]
    if ours:
        op = tx.op("grant", "register", case=view.id)
        for grant in ours:
            op.put(overwrite(grant, {"revoked": True}))


def _codes(record: Record) -> list[Json]:
    sent_to = record.get("sent_to")
    return sent_to if isinstance(sent_to, list) else [sent_to]


def confirmed(station: Station, rec: str) -> bool:
    """Whether the platform has the op that made a record: confirmed, or made by another device and come from there."""
    return rec in confirmed_of(station, [rec])


def confirmed_of(station: Station, recs: Iterable[str]) -> set[str]:
    """The records among these whose making the platform has confirmed."""
    marks = travel.confirmed(station.store)
    own = _own_incarnations(station)
    found: set[str] = set()
    for rec in recs:
        inst, seq, _ = rec.split(".")
        if inst not in own or int(seq) <= marks.get(inst, (0, b""))[0]:
            found.add(rec)
    return found
