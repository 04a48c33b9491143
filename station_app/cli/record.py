"""station record: the simple children of a case (联系、调查、延期、咨询、用印 …), added, listed, corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.labels import label
from station_app.domain.money import parse_yuan
from station_app.services import records
from station_app.services.cases import Values
from station_app.services.paperwork.evidence import add_pictures
from station_app.services.reading import lists, notes
from station_app.services.station import Station
from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, Field
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Given = Annotated[list[str], typer.Argument(help="字段=内容，如 person=陈某 at=2026-11-24T09:30")]
_YES: Final = frozenset({"1", "true", "yes", "是"})


@app.command("kinds")
def kinds(as_json: AsJson = False) -> None:
    """有哪些记录种类，各有哪些字段。"""
    found = [c.code for c in codes.load("record_kinds")]
    fields = {
        kind: {f.name: label(f.label) for f in KINDS[kind].fields.values() if f.name != "removed"} for kind in found
    }
    data = [
        {"kind": k, "title": records.title_of(k), "fields": fields[k], "required": list(records.REQUIRED.get(k, ()))}
        for k in found
    ]
    lines = [(k, records.title_of(k), "、".join(f"{n}={w}" for n, w in fields[k].items())) for k in found]
    show(data, as_json=as_json, text=columns(lines, ("种类", "名称", "字段")))


@app.command("add")
def add(
    case: CaseName,
    kind: Annotated[str, typer.Argument(help="记录种类，见 station record kinds")],
    given: Given,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """添加一条记录。"""
    if kind not in codes.load("record_kinds"):
        raise KnownError("E-217", field="kind", value=kind)
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        changes = records.add(station, case=found, kind=kind, values=_values(station, found, kind, given))
    show({"record": changes.ids[0]}, as_json=as_json, text=f"{records.title_of(kind)}已保存。")


@app.command("picture")
def picture(
    case: CaseName,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="照片、截图或者扫描件")],
    source: Annotated[str, typer.Option("--source", help="提供人")] = "",
    proves: Annotated[str, typer.Option("--proves", help="证明内容")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把照片、截图、扫描件存为证据材料，每页一项；“证据图片页”一页印四幅。"""
    from station_app.documents.scan.reading import Source

    try:
        given = [Source(path.name, path.read_bytes()) for path in files]
    except OSError as exc:
        raise KnownError("E-516", file=str(exc.filename)) from exc
    values: Values = {name: text for name, text in (("source", source), ("proves", proves)) if text}
    with opened(data_dir, user, password_file) as station:
        changes = add_pictures(station, case=lists.resolve(station, case), sources=given, values=values)
    show({"records": list(changes.ids)}, as_json=as_json, text=f"已存入证据图片 {len(changes.ids)} 幅。")


@app.command("edit")
def edit(
    case: CaseName,
    record: Annotated[str, typer.Argument(help="记录号，见 station record list")],
    given: Given,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """更正一条记录。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        standing = station.case(found).state.records.get(record)
        if standing is None:
            raise KnownError("E-223", what=record)
        values = _values(station, found, standing.kind, given)
        records.edit(station, case=found, rec=record, values=values)
    show({}, as_json=False, text="已更正。")


@app.command("remove")
def remove(
    case: CaseName,
    record: Annotated[str, typer.Argument(help="记录号")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """移除一条记录；办理过程中仍可查到。"""
    with opened(data_dir, user, password_file) as station:
        records.remove(station, case=lists.resolve(station, case), rec=record)
    show({}, as_json=False, text="已移除。")


@app.command("list")
def list_(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本案的各类记录。"""
    with opened(data_dir, user, password_file) as station:
        view = station.case(lists.resolve(station, case))
        found = records.entries(view)
        notes.opened(station, view)
    data = [{"kind": e.kind, "record": e.rec, "words": e.words, "when": e.when} for e in found]
    lines = [(records.title_of(e.kind), e.when, e.words, e.rec) for e in found]
    show(data, as_json=as_json, text=columns(lines, ("种类", "时间", "内容", "记录号")) if lines else "没有其他记录。")


def _values(station: Station, case: str, kind: str, given: list[str]) -> Values:
    names = {p.name: p.id for p in station.case(case).parties}
    values: Values = {}
    for pair in given:
        name, equals, words = pair.partition("=")
        field = KINDS[kind].fields.get(name)
        if not equals or field is None:
            raise KnownError("E-214", key=name, where=records.title_of(kind))
        values[name] = _value(field, words, names)
    return values


def _value(field: Field, words: str, parties: dict[str, str]) -> Json:
    """One value as typed: amounts in 元, yes or no, lists by commas, a party by its name; "" clears."""
    if not words:
        return None
    if field.type == "money":
        return parse_yuan(words)
    if field.type in ("int", "ms"):
        if not words.isdecimal():
            raise KnownError("E-206", text=words, field=field.label)
        return int(words)
    if field.type == "bool":
        return words in _YES
    if field.type in ("texts", "codes", "refs"):
        return list[Json](words.replace("，", ",").split(","))
    return parties.get(words, words) if field.type == "ref" else words
