"""The organisation: streets, communities (streams), committees with their court, stations; imported whole."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.contract.op import Change, rec_id
from sync.server.own import OwnOp
from sync.server.projection.reference import folded
from sync.server.server import Server, note
from sync.server.storage.port import Tx

_COMMUNITY: Final = ("name", "stream")
_COMMITTEE: Final = ("short", "name", "community", "court")
_STATION: Final = ("code", "name", "community", "committee")
_CSV: Final = {
    "街道": "street",
    "社区": "name",
    "社区代码": "stream",
    "调解委员会": "committee_name",
    "简称": "committee",
    "法院": "court",
    "站点编号": "code",
    "站点名称": "station",
    "类别": "kind",
}
"""Heads of the CSV form: one row a station; its community and committee are taken from the row."""


@dataclass(slots=True)
class Plan:
    """What a file says. `communities`: code -> (name, street); the others by short name and by code, as texts."""

    communities: dict[str, tuple[str, str]] = field(default_factory=dict)
    committees: dict[str, dict[str, str]] = field(default_factory=dict)
    stations: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many there were, and how many of them are new or changed."""

    communities: int
    committees: int
    stations: int
    changed: int


def read(path: Path) -> Plan:
    """Read a .toml or .csv in UTF-8. E-516, E-215 not readable, E-214 unknown key, E-216 missing, E-217 wrong."""
    try:
        data = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise KnownError("E-516", file=path.name) from exc
    except UnicodeDecodeError as exc:
        raise KnownError("E-215", place="UTF-8") from exc
    plan = _from_csv(data) if path.suffix.lower() == ".csv" else _from_toml(data)
    _check(plan)
    return plan


def _from_toml(data: str) -> Plan:
    try:
        raw = tomllib.loads(data)
    except tomllib.TOMLDecodeError as exc:
        line = re.search(r"line (\d+)", str(exc))
        raise KnownError("E-215", place=f"第 {line[1]} 行" if line else "TOML") from exc
    _only(raw, {"title", "source", "date", "street", "committee", "station"}, "")
    plan = Plan()
    for street in _tables(raw, "street"):
        _only(street, {"name", "code", "community"}, "street")
        for item in _tables(street, "community"):
            texts = _texts(item, _COMMUNITY, ("code",), "community")
            plan.communities[texts["stream"]] = (texts["name"], _text(street, "name", "street"))
    for item in _tables(raw, "committee"):
        texts = _texts(item, _COMMITTEE, ("address", "phone"), "committee")
        plan.committees[texts["short"]] = texts
    for item in _tables(raw, "station"):
        texts = _texts(item, _STATION, ("kind", "address", "phone"), "station")
        plan.stations[texts["code"]] = texts
    return plan


def _from_csv(data: str) -> Plan:
    plan = Plan()
    reader = csv.DictReader(io.StringIO(data))
    heads = reader.fieldnames or []
    for head in _CSV:
        if head not in heads and head != "类别":
            raise KnownError("E-216", field=head, place="表头")
    for number, line in enumerate(reader, 2):
        row = {key: (line.get(head) or "").strip() for head, key in _CSV.items()}
        for head, key in _CSV.items():
            if not row[key] and key != "kind":
                raise KnownError("E-216", field=head, place=f"第 {number} 行")
        plan.communities[row["stream"]] = (row["name"], row["street"])
        plan.committees[row["committee"]] = {
            **{"short": row["committee"], "name": row["committee_name"], "court": row["court"]},
            **{"community": row["stream"], "address": "", "phone": ""},
        }
        plan.stations[row["code"]] = {
            **{"code": row["code"], "name": row["station"], "kind": row["kind"], "community": row["stream"]},
            **{"committee": row["committee"], "address": "", "phone": ""},
        }
    return plan


def _tables(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    items = raw.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise KnownError("E-215", place=key)
    return items


def _only(raw: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in raw:
        if key not in known:
            raise KnownError("E-214", key=key, place=place)


def _text(raw: Mapping[str, Any], key: str, place: str) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str) or len(value) > 200:
        raise KnownError("E-217", field=f"{place}.{key}", value=value)
    return value.strip()


def _texts(raw: Mapping[str, Any], needed: Sequence[str], free: Sequence[str], place: str) -> dict[str, str]:
    _only(raw, {*needed, *free}, place)
    texts = {key: _text(raw, key, place) for key in (*needed, *free)}
    for key in needed:
        if not texts[key]:
            raise KnownError("E-216", field=key, place=f"{place} {texts.get('name', '')}".strip())
    return texts


def _check(plan: Plan) -> None:
    """Every name that is referred to is there (the file holds the whole organisation)."""
    for committee in plan.committees.values():
        if committee["community"] not in plan.communities:
            raise KnownError("E-217", field="committee.community", value=committee["community"])
    for station in plan.stations.values():
        if station["community"] not in plan.communities:
            raise KnownError("E-217", field="station.community", value=station["community"])
        if station["committee"] not in plan.committees:
            raise KnownError("E-217", field="station.committee", value=station["committee"])


def apply(server: Server, plan: Plan) -> Imported:
    """Bring the organisation up to the plan: nothing is removed; what is new or other is published to its stream.

    E-217 where a station would move to another community: its cases were born where they were born.
    """
    now = server.clock.now_ms()

    def work(tx: Tx) -> Imported:
        for code, (name, street) in plan.communities.items():
            tx.run(
                "INSERT INTO stream VALUES(?, ?, ?, 0) ON CONFLICT(code) DO UPDATE SET name = excluded.name,"
                " street = excluded.street",
                (code, name, street),
            )
        writer = _Writer(tx, server)
        for committee in plan.committees.values():
            writer.committee(committee)
        for station in plan.stations.values():
            writer.station(station, plan.communities[station["community"]][1])
        server.chain.publish(tx, writer.ops, wall=now)
        note(tx, now, "org import", f"{len(writer.ops)}")
        return Imported(len(plan.communities), len(plan.committees), len(plan.stations), len(writer.ops))

    return server.storage.write(work)


@dataclass(slots=True)
class _Writer:
    """Rows at once, ops gathered to be published together."""

    tx: Tx
    server: Server
    ops: list[OwnOp] = field(default_factory=list)
    recs: dict[str, str] = field(default_factory=dict)

    def _record(self, stream: str, kind: str, rec: str, values: dict[str, Json]) -> str:
        """The op that makes or changes a record; nothing where it stands as it should. Returns the record's id."""
        record = folded(self.tx, rec) if rec else None
        shown: dict[str, Json] = {k: v for k, v in values.items() if v or record is not None}
        if record is None:
            seq, _ = self.server.chain.head(self.tx)
            rec = rec_id(self.server.chain.inst, seq + 1 + len(self.ops), 0)
            change = Change(rec, kind, shown)
        elif all((record.get(k) or "") == (v or "") for k, v in shown.items()):
            return rec
        else:
            change = overwrite(record, shown)
        self.ops.append(OwnOp(stream, "set_station", [change]))
        return rec

    def committee(self, item: dict[str, str]) -> None:
        row = self.tx.row("SELECT rec FROM committee WHERE short = ?", (item["short"],))
        values: dict[str, Json] = {k: item[k] for k in ("name", "short", "community", "court", "address", "phone")}
        rec = self._record(item["community"], "committee", str(row[0]) if row else "", values)
        self.recs[item["short"]] = rec
        places = (item["short"], item["name"], item["community"], item["court"], item["address"], item["phone"], rec)
        self.tx.run(
            "INSERT INTO committee VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(short) DO UPDATE SET name = excluded.name,"
            " court = excluded.court, address = excluded.address, phone = excluded.phone, rec = excluded.rec",
            places,
        )

    def station(self, item: dict[str, str], street: str) -> None:
        row = self.tx.row("SELECT rec, no, stream FROM station WHERE code = ?", (item["code"],))
        if row is not None and row[2] != item["community"]:
            raise KnownError("E-217", field="station.community", value=item["community"])
        values: dict[str, Json] = {k: item[k] for k in ("name", "code", "community", "address", "phone")}
        values |= {"street": street, "committee": self.recs[item["committee"]]}
        rec = self._record(item["community"], "station", str(row[0]) if row else "", values)
        number = row[1] if row else 1 + int((self.tx.row("SELECT coalesce(max(no), 0) FROM station") or (0,))[0])
        texts = [item[k] for k in ("code", "name", "kind", "community", "committee", "address", "phone")]
        self.tx.run(
            "INSERT INTO station VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(no) DO UPDATE SET name = excluded.name,"
            " kind = excluded.kind, committee = excluded.committee, address = excluded.address,"
            " phone = excluded.phone, rec = excluded.rec",
            (number, *texts, rec),
        )
