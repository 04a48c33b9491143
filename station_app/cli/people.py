"""station people: who works at the station, and their passwords on this PC."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, read_password, show
from station_app.domain import codes
from station_app.domain.case import names, text
from station_app.services import people
from station_app.services.people import NewPerson
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
