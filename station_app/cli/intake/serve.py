"""Commands on a case beyond its steps: another service, a linked appeal, who is behind a stand-in, known parties."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain import codes
from station_app.domain.idcard import mask
from station_app.domain.phone import mask_phone
from station_app.services.intake import copying, recall, repeats, secrecy, turning
from station_app.services.reading import lists

CaseName = Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")]
Service = Annotated[str, typer.Option("--to", metavar="服务", help="服务类别，如 问题投诉")]
Reason = Annotated[str, typer.Option("--reason", help="原因")]

copy: Final = typer.Typer(no_args_is_help=True)
party: Final = typer.Typer(no_args_is_help=True)


def turn(
    case: CaseName,
    service: Service,
    reason: Reason,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """把案件转为其他服务，原因记入案件。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        changes = turning.turn(station, case=rec, service=service, reason=reason)
    print(changes.label + "。")


def open_linked(
    case: CaseName,
    service: Service,
    summary: Annotated[str, typer.Option(help="诉求概要")],
    parties: Annotated[bool, typer.Option("--parties/--no-parties", help="当事人相同")] = True,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """另开一件关联的诉求，两件互相可以查到。"""
    with opened(data_dir, user, password_file) as station:
        rec = lists.resolve(station, case)
        made = turning.open_linked(station, case=rec, service=service, summary=summary, parties=parties)
        title = str(station.case(made.case).get("title"))
    show({"case": made.case, "title": title}, as_json=as_json, text=f"已登记：{title}\n记录号：{made.case}")


def who(
    case: CaseName,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """查看身份保密、匿名诉求的反映人；查看记入访问记录。"""
    with opened(data_dir, user, password_file) as station:
        found = secrecy.look(station, case=lists.resolve(station, case))
    data = [{name: getattr(one, name) for name in one.__slots__} for one in found]
    rows: list[tuple[object, ...]] = [(w.stand_in, w.name, w.id_number, w.phone, w.address) for w in found]
    said = columns(rows, ("代称", "姓名", "证件号码", "电话", "住址")) if rows else "没有隐去身份的反映人。"
    show(data, as_json=as_json, text=said)


def reveal(
    case: CaseName, reason: Reason, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None
) -> None:
    """公开反映人身份，须写明依据。"""
    with opened(data_dir, user, password_file) as station:
        secrecy.reveal(station, case=lists.resolve(station, case), reason=reason)
    print("已公开身份，依据已记入案件。")


@copy.command("list")
def copy_list(
    case: CaseName,
    system: Annotated[str, typer.Option("--system", metavar="系统", help="其他业务系统，如 12345")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """按其他系统的栏目次序列出本案内容。"""
    code = codes.load("external_systems").check(system)
    with opened(data_dir, user, password_file) as station:
        found = copying.sheet(station, case=lists.resolve(station, case), system=code)
    data = {
        "system": found.system,
        "number": found.number,
        "source": found.source,
        "fields": [{"title": line.title, "value": line.value, "field": line.field} for line in found.lines],
    }
    show(data, as_json=as_json, text="\n".join(f"{line.title}：{line.value}" for line in found.lines))


@copy.command("number")
def copy_number(
    case: CaseName,
    system: Annotated[str, typer.Option("--system", metavar="系统", help="其他业务系统，如 12345")],
    number: Annotated[str, typer.Option("--number", help="该系统给的编号")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """保存其他系统的编号，以后按它可以搜索到本案。"""
    code = codes.load("external_systems").check(system)
    with opened(data_dir, user, password_file) as station:
        copying.keep_number(station, case=lists.resolve(station, case), system=code, number=number)
    print("编号已保存在本案。")


@copy.command("fields")
def copy_fields(as_json: AsJson = False) -> None:
    """有哪些可以复制的项目，各系统的栏目从哪一项来。"""
    from station_app.domain.intake.copy_list import FIELDS, GIVEN

    known = {**{name: words for name, (words, _) in FIELDS.items()}, **GIVEN}
    show(known, as_json=as_json, text=columns(list(known.items()), ("项目", "内容")))


@party.command("find")
def party_find(
    text: Annotated[str, typer.Argument(metavar="文字", help="姓名、拼音首字母、证件末四位、电话的一段")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """查找以前登记过的当事人；号码只显示一部分。"""
    with opened(data_dir, user, password_file) as station:
        found = recall.find(station, text)
    rows: list[tuple[object, ...]] = []
    for known in found:
        number, phone = known.get("identity.id_number"), known.get("identity.phone")
        rows.append(
            (known.name, mask(number) if number else "", mask_phone(phone) if phone else "", known.day, known.case)
        )
    names = ("name", "id_number", "phone", "day", "case")
    data = [dict(zip(names, row, strict=True)) for row in rows]
    said = columns(rows, ("姓名或者名称", "证件号码", "电话", "登记", "记录号")) if rows else "没有符合条件的当事人。"
    show(data, as_json=as_json, text=said)


@party.command("respondent")
def respondent(
    name: Annotated[str, typer.Argument(metavar="名称", help="被申请人的姓名或者名称")],
    number: Annotated[str, typer.Option("--number", help="证件号码")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """同一被申请人此前被反映的案件。"""
    with opened(data_dir, user, password_file) as station:
        repeat = repeats.of_name(station, name=name, number=number)
        found = lists.cases(station, flt=repeat.cases)
    rows: list[tuple[object, ...]] = [(line.registered_at[:10], line.title, line.rec) for line in found]
    data = {"name": name, "before": repeat.nth - 1, "cases": [line.rec for line in found]}
    said = f"此前 {repeat.nth - 1} 件。\n" + (columns(rows, ("登记", "名称", "记录号")) if rows else "")
    show(data, as_json=as_json, text=said.rstrip("\n"))
