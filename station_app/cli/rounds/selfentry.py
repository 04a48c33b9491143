"""station selfentry: what residents wrote by the code on the wall; list, show, take up, decline, show a time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.services.reading import lists
from station_app.services.selfentry import appointments, entries
from station_app.services.selfentry.entries import Entry
from station_app.services.station import Station
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)

_Which = Annotated[str, typer.Argument(help="居民的查询编号，或者记录号（末尾几位即可）")]
_WORDS: Final = {"what": "什么事", "where": "在哪里", "called": "称呼", "phone": "电话", "code": "查询编号"}


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="包括已经处理的")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """待处理的居民自助登记，最早的在前。"""
    with opened(data_dir, user, password_file) as station:
        found = entries.entries(station, only_open=not every)
    rows = [(e.at.replace("T", " "), state_of(e), first_words(e), e.rec) for e in found]
    text = columns(list(rows), ("提交时间", "状态", "什么事", "记录号")) if rows else "没有待处理的居民自助登记。"
    show([as_dict(e) for e in found], as_json=as_json, text=text)


@app.command("show")
def show_(
    which: _Which,
    photos: Annotated[Path | None, typer.Option("--photos", metavar="DIR", help="照片另存到的文件夹")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一条居民自助登记的全部内容。"""
    with opened(data_dir, user, password_file) as station:
        found = entries.entry(station, which)
        saved = _save(station, found, photos) if photos is not None else []
    lines = [f"提交时间　{found.at.replace('T', ' ')}", f"状态　　　{state_of(found)}"]
    lines += [f"{word}　{found.said(name)}" for name, word in _WORDS.items() if found.said(name)]
    lines += [f"照片　　　{len(found.letter.photos)} 张"] if found.letter and found.letter.photos else []
    lines += [f"说明　　　{found.reason}"] if found.reason else []
    data: dict[str, Json] = {**as_dict(found), "saved": [*saved]}
    show(data, as_json=as_json, text="\n".join([*lines, *saved]))


@app.command("accept")
def accept(
    which: _Which,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记为诉求：内容、照片、联系方式一并转入，发现时间为居民提交的时间。"""
    with opened(data_dir, user, password_file) as station:
        rec = entries.entry(station, which).rec
        case = entries.accept(station, entry=rec).case
        title = str(station.case(case).get("title"))
    show({"case": case, "entry": rec}, as_json=as_json, text=f"已登记为诉求：{title}（{case}）")


@app.command("decline")
def decline(
    which: _Which,
    answer: Annotated[str, typer.Argument(help="不属本站、重复提交、内容无效、无法读取")],
    reason: Annotated[str, typer.Option("--reason", help="答复居民的说明，居民和区级平台都能看到，不写姓名和号码")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """不作为诉求登记，居民凭编号看到说明。"""
    with opened(data_dir, user, password_file) as station:
        rec = entries.entry(station, which).rec
        entries.decline(station, entry=rec, answer=answer, reason=reason)
    show({"entry": rec}, as_json=as_json, text="已答复居民。")


@app.command("show-time")
def show_time(
    case: Annotated[str, typer.Argument(help="案件编号或者记录号")],
    booking: Annotated[str, typer.Option("--booking", help="预约的记录号，默认最近登记的一项")] = "",
    hide: Annotated[bool, typer.Option("--hide", help="不再显示")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """在居民查询页显示约定的时间、地点和调解员姓名。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        booked = [r.id for r in station.case(found).kind("booking") if not booking or r.id.endswith(booking)]
        if not booked:
            raise KnownError("E-223", what=booking or "booking")
        act = appointments.hide if hide else appointments.show
        act(station, case=found, booking=booked[-1])
    show(
        {"case": found, "booking": booked[-1], "shown": not hide},
        as_json=as_json,
        text="居民查询页不再显示这个时间。" if hide else "居民凭自助登记的查询编号可以看到这个时间。",
    )


def state_of(entry: Entry) -> str:
    """Where an entry stands, in words."""
    if entry.answer:
        said = codes.label(entries.LIST, entry.answer)
        return f"{said}，居民要求撤回" if entry.withdrawn else said
    if entry.withdrawn:
        return "居民已撤回"
    if not entry.readable:
        return "待处理（本机打不开）"
    return "待处理（内容未到）" if entry.letter is None or entry.missing else "待处理"


def first_words(entry: Entry) -> str:
    """What it is about, in one line."""
    words = " ".join(entry.said("what").split())
    return words if len(words) <= 40 else words[:39] + "…"


def as_dict(entry: Entry) -> dict[str, Json]:
    """An entry as JSON."""
    said: dict[str, Json] = {name: entry.said(name) for name in (*_WORDS, "lang")}
    return {
        "rec": entry.rec, "at": entry.at, "hours": entry.hours, "open": entry.open, "readable": entry.readable,
        "photos": len(entry.letter.photos) if entry.letter else 0, "photos_missing": entry.missing,
        "withdrawn": entry.withdrawn, "answer": entry.answer, "reason": entry.reason, "case": entry.case, **said,
    }  # fmt: skip


def _save(station: Station, entry: Entry, folder: Path) -> list[str]:
    made = []
    for no in range(1, len(entry.letter.photos) + 1 if entry.letter else 1):
        file = folder / f"{entry.rec}-{no}.jpg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_bytes(entries.photo(station, entry=entry.rec, no=no))
        except OSError as exc:
            raise KnownError("E-516", file=str(file)) from exc
        made.append(str(file))
    return made
