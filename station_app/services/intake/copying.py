"""逐项复制: a case's fields in the order of another system's form, and the number it got there (entered once)."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.checks import check_values
from station_app.domain.intake import copy_list
from station_app.services import people
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store import local
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One field of the other form: its title there, what to copy ("": nothing known), the field here."""

    title: str
    value: str
    field: str


@dataclass(frozen=True, slots=True)
class CopySheet:
    """All fields for one system, where its order comes from, and the number already kept."""

    system: str
    lines: list[CopyLine]
    source: str
    number: str


def systems() -> list[tuple[str, str]]:
    """(code, name) of the systems a list is known for, in the order of the code list."""
    known = copy_list.load().fields
    return [(entry.code, entry.label) for entry in codes.load("external_systems") if entry.code in known]


def sheet(station: Station, *, case: str, system: str) -> CopySheet:
    """What to copy into a system; that the case was looked at for it is logged. E-217 for an unknown system.

    Who stands behind a stand-in (身份保密) is not among it.
    """
    lists = copy_list.load()
    if system not in lists.fields:
        raise KnownError("E-217", field="external.system", value=system)
    view = station.case(case)
    given = {
        "case.mediator": people.person_name(station, text(view.record, "mediator")) or station.user.name,
        "committee.name": station.store.setting("committee.name"),
    }
    lines = [CopyLine(title, copy_list.read(view, field, given), field) for title, field in lists.fields[system]]
    number = next((n for _, s, n, _ in copy_list.numbers(view) if s == system), "")
    local.log_access(
        station.store, at=station.clock.now_ms(), user=station.user.person, act="copy", case=case, detail=system
    )
    return CopySheet(system, lines, lists.source, number)


def keep_number(station: Station, *, case: str, system: str, number: str) -> Changes:
    """Keep the number a system gave the matter; a later one takes its place. E-216 without a number."""
    values: Values = {"system": system, "number": number.strip(), "on": station.clock.today().isoformat()}
    clean, errors = check_values("external", values, today=station.clock.today())
    if errors:
        raise errors[0].error
    if not clean.get("number"):
        raise KnownError("E-216", field="external.number")
    clean["by"] = station.user.person or None
    view = station.case(case)
    standing = next((r for r in view.kind("external") if text(r, "system") == system), None)
    if standing is not None and text(standing, "number") == clean["number"]:
        return Changes(frozenset(), (), (), case)
    with station.write("note") as tx:
        op = tx.op("note", "register", case=case)
        if standing is None:
            op.new("external", clean)
        else:
            op.put(overwrite(standing, clean))
    return changes_of(tx, label="登记其他系统编号")
