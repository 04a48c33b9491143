"""What travelling left for a person: values changed in two places, ops that could not be applied. One sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from station_app.clock import shanghai_time
from station_app.domain import codes, labels
from station_app.domain.case import text
from station_app.domain.dates import date_cn
from station_app.domain.money import yuan
from station_app.domain.sentences import sentence
from station_app.services.station import Station
from station_app.store import travel
from station_app.store.privacy import visible
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, fields_of_unit
from sync.contract.errors import CODES, KnownError
from sync.contract.fold import FoldOp, Head, Record, fold

_WHY: Final = {
    "E-109": "本机的接入资格已停用",
    "E-404": "该人员的岗位不能办理此项操作",
    "E-407": "案件由其他站点承办，尚未授权本站办理",
}
"""Why an op was stored but not applied, where only its code is known."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the values: who set it (a name, or the station it came from), when (ms), what, and whether it was here."""

    op: str
    who: str
    at: int
    here: bool
    values: Mapping[str, Json]
    shown: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One unit of one record with several values; settle it by `cases.settle(case, rec, values of a rival)`."""

    case: str
    title: str
    rec: str
    kind: str
    unit: str
    label: str
    rivals: tuple[Rival, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class TravelProblem:
    """Something that was stored but not applied. `op` names it for those who must look into it."""

    case: str
    title: str
    op: str
    code: str
    at: int
    sentence: str


def conflicts(station: Station, *, limit: int = 200) -> list[Conflict]:
    """Every conflict that waits for a person, newest case first."""
    con = station.store.reader
    rows = con.execute("SELECT id, rec, title FROM case_row WHERE conflicts > 0 ORDER BY id DESC LIMIT ?", (limit,))
    names = _names(station)
    found: list[Conflict] = []
    for case_id, case, title in rows.fetchall():
        ops = {op.id: op for op in station.store.ops_of(str(case))}
        state = visible(station.store, fold(ops.values()), str(case), station.user.person)
        for record in state.records.values():
            for unit, heads in record.conflicts.items():
                found.append(_conflict(str(case), str(title), record, unit, [
                    _rival(station, ops, record, head, names) for head in heads
                ]))  # fmt: skip
        del case_id
    return found


def _conflict(case: str, title: str, record: Record, unit: str, rivals: list[Rival]) -> Conflict:
    fields = [f for f in fields_of_unit(record.kind, unit) if any(f in r.values for r in rivals)]
    label = labels.label(f"{record.kind}.{fields[0] if fields else unit}")
    said = "；".join(f"{r.who} {_time(r.at)} 改为 {r.shown or '（空）'}" for r in rivals)
    words = f"“{label}”有{_count(len(rivals))}处修改：{said}。{_both(len(rivals))}都已保留，请选用。"
    return Conflict(case, title, record.id, record.kind, unit, label, tuple(rivals), words)


def _count(number: int) -> str:
    return {2: "两", 3: "三", 4: "四"}.get(number, str(number))


def _both(number: int) -> str:
    return "两者" if number == 2 else "各项"


def _names(station: Station) -> dict[str, str]:
    return {r.id: text(r, "name") for r in station.store.reference().of_kind("person")}


def _rival(station: Station, ops: Mapping[str, FoldOp], record: Record, head: Head, names: Mapping[str, str]) -> Rival:
    op = ops[head.op]
    mine = op.actor == station.user.person
    here = station.store.reader.execute("SELECT own FROM inst WHERE inst = ?", (head.op.split(".", 1)[0],)).fetchone()
    own = bool(here and here[0])
    who = "您" if mine and own else names.get(op.actor) or ("本站" if own else "其他站点")
    shown = "，".join(s for s in (shown_value(record.kind, f, v) for f, v in head.values.items()) if s)
    return Rival(head.op, who, op.wall, own, head.values, shown)


def _time(ms: int) -> str:
    return shanghai_time(ms).strftime("%m-%d %H:%M")


def shown_value(kind: str, field: str, value: Json) -> str:
    """A field's value in words, as a person compares it: yuan, Chinese dates, labels of codes."""
    known = KINDS[kind].fields.get(field) if kind in KINDS else None
    type_ = known.type if known else ""
    if value is None or value == "":
        return ""
    if type_ == "money" and isinstance(value, int):
        return f"{yuan(value)} 元"
    if type_ == "date" and isinstance(value, str):
        return date_cn(value)
    if type_ == "bool":
        return "是" if value else "否"
    if type_ == "moment" and isinstance(value, str):
        return f"{date_cn(value[:10])}{value[11:]}"
    if type_ == "code" and f"{kind}.{field}" in codes.FIELD_LISTS:
        return codes.of_field(kind, field).label(str(value))
    if isinstance(value, str) and type_ not in ("ref", "hash", "bytes"):
        return value if len(value) <= 40 else value[:40] + "…"
    return str(value) if isinstance(value, int) else ""


def problems(station: Station, *, limit: int = 200) -> list[TravelProblem]:
    """Ops that the server or this station could not apply, and ops a verdict took out; newest first."""
    store = station.store
    found = [_problem(station, op, code, at) for op, code, at in travel.refused(store)[:limit]]
    found += [_problem(station, op, "E-113", at, what) for op, what, at in travel.quarantined(store)[:limit]]
    listed = {p.op for p in found}
    rows = store.reader.execute(
        "SELECT op, detail FROM problem WHERE kind = 'refused' AND op NOT IN (SELECT op FROM put_back)"
        " ORDER BY id DESC LIMIT ?",
        (limit,),
    ).fetchall()
    found += [_problem(station, str(op), "E-113", 0, str(why)) for op, why in rows if op not in listed]
    return found


def _problem(station: Station, op: str, code: str, at: int, why: str = "") -> TravelProblem:
    store = station.store
    row = store.reader.execute(
        "SELECT c.rec, c.title FROM op o JOIN case_row c ON c.id = o.case_id WHERE o.id = ?", (store.ids.pk(op),)
    ).fetchone()
    case, title = (str(row[0]), str(row[1])) if row else ("", "")
    known = code if code in CODES else "E-113"
    detail = "：".join(part for part in (title, (why or _WHY.get(known, "")).rstrip("。")) if part)
    return TravelProblem(case, title, op, known, at, sentence(KnownError("E-113", detail=detail)))
