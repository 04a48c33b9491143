"""Units and places of the district from a list: stations, departments, courts, rooms; nothing of them is built in.

A list is a CSV of a spreadsheet. Every row is checked and every wrong one is named with its reason; a list with a wrong
row changes nothing unless a person says that the right rows shall be taken. Imported again, it only adds and corrects.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.checks import check_values
from station_app.domain.figures import places
from station_app.domain.uscc import check_uscc
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

KIND: Final = "unit"
HEADS: Final = {
    "类别": "kind",
    "名称": "name",
    "代码": "code",
    "社区": "community",
    "上级单位": "parent",
    "地址": "address",
    "电话": "phone",
    "来源": "source",
}
_NEEDED: Final = ("类别", "名称")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
EMPLOYER: Final = "employer"
"""Of an employer the code is its 统一社会信用代码."""
MOST_ROWS: Final = 5000
REACHABLE: Final = ("department", "street", "community", "station")
"""Kinds of units that may work with this program, so that an order or a hand-off reaches them without paper."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken: its number in the file (the head is row 1), its name, and why."""

    row: int
    name: str
    error: KnownError


@dataclass(frozen=True, slots=True)
class Read:
    """What a list says: clean rows, and the wrong ones."""

    rows: list[Values]
    wrong: list[Wrong]


def read(path: Path, *, station: Station) -> Read:
    """Read a CSV in UTF-8 or GB 18030. E-516, E-218 not readable, E-219 without a head it needs, E-241 too long."""
    lines = list(csv.reader(io.StringIO(_decoded(path))))
    heads = [head.strip() for head in lines[0]] if lines else []
    if missing := [head for head in _NEEDED if head not in heads]:
        raise KnownError("E-219", columns="、".join(missing), found="、".join(h for h in heads if h))
    if unknown := [head for head in heads if head and head not in HEADS]:
        raise KnownError("E-214", key=unknown[0], place=path.name)
    if len(lines) > MOST_ROWS:
        raise KnownError("E-241", limit=MOST_ROWS)
    found = Read([], [])
    seen: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(lines[1:], 2):
        given = {HEADS[h]: c.strip() for h, c in zip(heads, cells, strict=False) if h and c.strip()}
        if not given:
            continue
        try:
            row = _row(given, station)
            first = seen.setdefault(_key(row), number)
            if first != number:
                raise KnownError("E-291", row=first)
            found.rows.append(row)
        except KnownError as error:
            found.wrong.append(Wrong(number, given.get("name", ""), error))
    return found


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise KnownError("E-516", file=path.name) from exc
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KnownError("E-218")


def _row(given: dict[str, str], station: Station) -> Values:
    """One row as values. E-216, E-217 and the errors of its fields."""
    for name in ("kind", "name"):
        if not given.get(name):
            raise KnownError("E-216", field=f"{KIND}.{name}")
    values: Values = dict(given)
    values["kind"] = codes.load("unit_kinds").find(given["kind"])
    if not values["kind"]:
        raise KnownError("E-217", field="unit.kind", value=given["kind"])
    if word := given.get("community"):
        values["community"] = _community(word)
    if values["kind"] == EMPLOYER and given.get("code"):
        values["code"] = check_uscc(given["code"])
    clean, errors = check_values(KIND, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean


def _community(word: str) -> str:
    """The stream of a community by its name or stream. E-217 for one the district does not have."""
    known = places.communities()
    for stream, name in known.items():
        if word in (stream, name, name.removesuffix("社区")):
            return stream
    raise KnownError("E-217", field="unit.community", value=word)


def _key(row: Values) -> tuple[str, str]:
    return str(row["kind"]), str(row.get("code") or row["name"])


def put(station: Station, given: Read, *, partly: bool = False) -> Changes:
    """Take the rows of a list: new ones are added, standing ones corrected, none removed.

    E-290 where a row is wrong, unless `partly`; E-404 by role. Nothing new: no op.
    """
    if given.wrong and not partly:
        raise KnownError("E-290", wrong=len(given.wrong), row=given.wrong[0].row, right=len(given.rows))
    station.require("set_station")
    standing = {_key_of(r): r for r in _records(station)}
    with station.write("set_station") as tx:
        op = tx.op("set_station", "reference")
        for row in given.rows:
            record = standing.get(_key(row))
            if record is None:
                op.new(KIND, row)
            elif changed := {k: v for k, v in row.items() if record.get(k) != v}:
                op.put(overwrite(record, changed))
        if not op.changes:
            tx.drafts.remove(op)
    return changes_of(tx, label="导入单位和场所") if tx.drafts else Changes(frozenset(), (), (), label="导入单位和场所")


def _records(station: Station) -> list[Record]:
    records = station.store.reference(station.store.reader).records.values()
    return [r for r in records if r.kind == KIND and not r.get("removed")]


def _key_of(record: Record) -> tuple[str, str]:
    return text(record, "kind"), text(record, "code") or text(record, "name")


def set_direct(station: Station, *, rec: str, direct: bool = True) -> Changes:
    """设为直接送达: a unit of a list works with this program, under its code on the platform; or no longer. All that
    have the list know it with the next upload, and an order to it needs nothing else.

    E-223 for no such unit, E-245 for one without a code, or of a kind that is given no orders; E-404 by role.
    """
    station.require("order")
    record = next((r for r in _records(station) if r.id == rec), None)
    if record is None:
        raise KnownError("E-223", what=rec)
    if direct and text(record, "kind") not in REACHABLE:
        raise KnownError("E-245", why="kind", name=text(record, "name"))
    if direct and not text(record, "code"):
        raise KnownError("E-245", name=text(record, "name"))
    if bool(record.get("direct")) == direct:
        return Changes(frozenset(), (), ())
    with station.write("order") as tx:
        tx.op("order", "reference").put(overwrite(record, {"direct": direct}))
    return changes_of(tx, label="设为直接送达" if direct else "取消直接送达")


def resolve(station: Station, name: str) -> str:
    """The record of a unit by its name, code or record. E-223 where none or more than one fits."""
    found = [r for r in _records(station) if name and name in (r.id, text(r, "name"), text(r, "code"))]
    if len(found) != 1:
        raise KnownError("E-223", what=name)
    return found[0].id


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit or place as a list shows it; `community` by its name; `direct`: an order reaches it by the platform."""

    rec: str
    kind: str
    name: str
    code: str
    community: str
    parent: str
    address: str
    phone: str
    source: str
    direct: bool = False

    @property
    def reachable(self) -> bool:
        """Whether it can be made a direct receiver as it stands in the list."""
        return bool(self.code) and self.kind in REACHABLE


def units(station: Station, *, kind: str = "") -> list[Unit]:
    """The units and places known here, by kind, then by name."""
    known = places.communities()
    found = [_unit(r, known) for r in _records(station) if kind in ("", text(r, "kind"))]
    return sorted(found, key=lambda u: (u.kind, u.name))


def _unit(record: Record, known: dict[str, str]) -> Unit:
    kind, name, code, stream = (text(record, n) for n in ("kind", "name", "code", "community"))
    parent, address, phone, source = (text(record, n) for n in ("parent", "address", "phone", "source"))
    place = known.get(stream, stream)
    return Unit(record.id, kind, name, code, place, parent, address, phone, source, bool(record.get("direct")))
