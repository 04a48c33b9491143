"""station people: who works at the station, and their passwords on this PC."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, read_password, show
from station_app.domain import codes
from station_app.domain.case import names, text
from station_app.services import people
from station_app.services.loop import succession
from station_app.services.people import NewPerson
from station_app.services.reading import lists
from station_app.services.station import Station
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)

NewPassword = Annotated[
    Path | None, typer.Option("--new-password-file", metavar="FILE", help="存放新密码的文件；不写则提示输入")
]


@app.command("list")
def list_people(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出本站人员、职责和任期。"""
    with opened(data_dir, user, password_file) as station:
        found = people.people(station)
        rows = [
            (
                text(p, "name"),
                "、".join(codes.label("roles", r) for r in names(p, "roles")),
                text(p, "appointment"),
                text(p, "appointed_from"),
                text(p, "appointed_to"),
            )
            for p in found
        ]
    heads = ("姓名", "职责", "聘书号", "任期自", "任期至")
    show([dict(zip(heads, r, strict=True)) for r in rows], as_json=as_json, text=columns(list(rows), heads))


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="姓名")],
    role: Annotated[list[str], typer.Option("--role", help="职责，可写多次：调解员、记录员、法律顾问、站长、运维 …")],
    appointment: Annotated[str, typer.Option(help="聘书号")] = "",
    appointed: Annotated[str, typer.Option(help="任期，如 2024-06-01/2027-05-31")] = "",
    new_password_file: NewPassword = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """添加一名同事，并为其在本机设置密码。"""
    roles = tuple(codes.load("roles").check(r) for r in role)
    begin, _, end = appointed.partition("/")
    with opened(data_dir, user, password_file) as station:
        changes = people.add_person(station, person=NewPerson(name, roles, appointment, begin, end))
        people.set_password(
            station, rec=changes.ids[0], password=read_password(new_password_file, "同事的密码（至少 8 位）")
        )
    print(f"已添加{name}。")


@app.command("password")
def password(
    name: Annotated[str, typer.Argument(metavar="姓名")],
    new_password_file: NewPassword = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """为一名同事在本机设置新密码。"""
    with opened(data_dir, user, password_file) as station:
        person = next((p for p in people.people(station) if text(p, "name") == name), None)
        if person is None:
            raise KnownError("E-512", name=name)
        people.set_password(station, rec=person.id, password=read_password(new_password_file, "新密码（至少 8 位）"))
    print(f"已为{name}设置新密码。")


Reason = Annotated[str, typer.Option("--reason", help="交接原因")]
To = Annotated[str, typer.Option("--to", metavar="姓名", help="接办人")]


def _person(station: Station, name: str) -> str:
    found = next((p for p in people.people(station) if text(p, "name") == name and not p.get("left")), None)
    if found is None:
        raise KnownError("E-512", name=name)
    return found.id


@app.command("cases")
def cases(
    name: Annotated[str, typer.Argument(metavar="姓名")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """一名同事正在办理的案件。"""
    with opened(data_dir, user, password_file) as station:
        found = succession.cases_of(station, _person(station, name))
    rows = [(line.number or "未编号", line.title, codes.label("case_states", line.state), line.rec) for line in found]
    data = [{"case": line.rec, "number": line.number, "title": line.title, "state": line.state} for line in found]
    heads = ("编号", "案件", "阶段", "记录号")
    show(data, as_json=as_json, text=columns(list(rows), heads) if rows else "没有在办案件。")


@app.command("assign")
def assign(
    chosen: Annotated[list[str], typer.Argument(metavar="案件…", help="案件编号或者记录号")],
    to: To,
    reason: Reason,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把案件交给另一名同事办理。"""
    with opened(data_dir, user, password_file) as station:
        recs = [lists.resolve(station, word) for word in chosen]
        succession.reassign(station, cases=recs, to=_person(station, to), reason=reason)
    print(f"已交由{to}办理。")


@app.command("leave")
def leave(
    name: Annotated[str, typer.Argument(metavar="姓名")],
    reason: Reason,
    to: To = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """离岗交接：在办案件、预约全部交给接办人，登录停用。"""
    with opened(data_dir, user, password_file) as station:
        person = _person(station, name)
        found = succession.cases_of(station, person)
        succession.leave(station, person=person, to=_person(station, to) if to else "", reason=reason)
    said = f"{name}已办理离岗交接，交接在办案件 {len(found)} 件，登录已停用。"
    show({"cases": [line.rec for line in found]}, as_json=as_json, text=said)
