"""station init, station recover: set up a station on this PC; get back in with the key recovery sheet."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from station_app import bootstrap
from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, read_password, show
from station_app.clock import SystemClock, shanghai_time
from station_app.services import people
from station_app.services.local import backing, backup
from station_app.services.people import Created, NewPerson, Organisation
from station_app.services.travel import invitation, joining
from sync.contract.errors import KnownError

_ORG_KEYS = {"station", "station_code", "community", "street", "committee", "short", "court"}


def init(
    data_dir: DataDir = None,
    password_file: PasswordFile = None,
    org: Annotated[
        Path | None,
        typer.Option("--org", metavar="FILE.toml", help="机构资料文件（[station] 与 [[people]]），优先于下列各项"),
    ] = None,
    station: Annotated[str, typer.Option(help="站点全称")] = "",
    station_code: Annotated[str, typer.Option(help="站点代码，由区级平台分配")] = "",
    community: Annotated[str, typer.Option(help="所在社区代码")] = "",
    street: Annotated[str, typer.Option(help="所在街道")] = "",
    committee: Annotated[str, typer.Option(help="人民调解委员会全称")] = "",
    short: Annotated[str, typer.Option(help="调委会简称，用于文书编号，如 光凤东坑")] = "",
    court: Annotated[str, typer.Option(help="调委会所在地基层人民法院")] = "",
    mediator: Annotated[str, typer.Option(help="首位登录人姓名（调解员）")] = "",
    appointment: Annotated[str, typer.Option(help="聘书号或者委员身份")] = "",
    appointed: Annotated[str, typer.Option(help="任期，如 2024-06-01/2027-05-31")] = "",
    series: Annotated[str, typer.Option(help="编号字头；接入区级平台时由平台分配，单机使用时由运维人员指定")] = "",
    join: Annotated[str, typer.Option("--join", metavar="地址", help="凭接入码建立：机构资料由区级平台带来")] = "",
    code: Annotated[str, typer.Option("--code", metavar="接入码", help="一次性接入码，与 --join 同用")] = "",
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="接入二维码的图片，代替 --join 和 --code")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """在本机建立站点：加密数据库、机构资料、首位用户，并给出密钥恢复码（只显示这一次）。"""
    begin, _, end = appointed.partition("/")
    if picture is not None or join:
        person = NewPerson(mediator, ("mediator", "head"), appointment, begin, end)
        _joined(bootstrap.data_dir(data_dir), (join, code, picture), person, password_file, as_json=as_json)
        return
    if org is not None:
        organisation, staff, series = _read_org(org, series)
    else:
        given = {
            "station": station,
            "station_code": station_code,
            "community": community,
            "street": street,
            "committee": committee,
            "short": short,
            "court": court,
        }
        organisation = _organisation(given)
        staff = [NewPerson(mediator, ("mediator", "head"), appointment, begin, end)]
    if not staff or not staff[0].name:
        raise KnownError("E-216", field="person.name")
    directory = bootstrap.data_dir(data_dir)
    password = read_password(password_file, "为首位用户设置密码（至少 8 位）")
    created = bootstrap.create_station(directory, org=organisation, staff=staff, password=password, series=series)
    _say(created, directory, as_json=as_json)


def _joined(
    directory: Path,
    invited: tuple[str, str, Path | None],
    person: NewPerson,
    password_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """With a code only a person and a password are asked; nothing lies here before the district has answered."""
    url, code, picture = invited
    if picture is not None:
        read = invitation.from_file(picture)
        url, code = read.url, read.code
    if not person.name:
        raise KnownError("E-216", field="person.name")
    people.require_free(directory)
    password = read_password(password_file, "为首位用户设置密码（至少 8 位）")
    newcomer = joining.Newcomer()
    found = joining.join(newcomer, url=url, code=code or typer.prompt("接入码"))
    created = bootstrap.create_joined(directory, newcomer=newcomer, joined=found, staff=[person], password=password)
    _say(created, directory, as_json=as_json)


def _say(created: Created, directory: Path, *, as_json: bool) -> None:
    store, user = created.station.store, created.station.user.name
    name, device, series = store.setting("station.name"), store.device, store.setting("number.series")
    store.close()
    show(
        {"data_dir": str(directory), "device": device, "sheet": created.sheet, "user": user, "station": name,
         "series": series},
        as_json=as_json,
        text=f"站点已建立：{name}\n数据目录：{directory}\n首位用户：{user}\n"
        f"密钥恢复码（请抄写到密钥恢复单并封存，只显示这一次）：\n{created.sheet}",
    )  # fmt: skip


def _organisation(given: dict[str, Any]) -> Organisation:
    missing = [k for k in sorted(_ORG_KEYS) if not given.get(k) and k != "street"]
    if missing:
        raise KnownError("E-216", field="station." + missing[0])
    optional = {k: str(given.get(k, "")) for k in ("committee_address", "committee_phone")}
    return Organisation(**{k: str(given.get(k, "")) for k in _ORG_KEYS}, **optional)


def _read_org(path: Path, series: str) -> tuple[Organisation, list[NewPerson], str]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise KnownError("E-516", file=str(path)) from exc
    staff = [
        NewPerson(
            str(p.get("name", "")),
            tuple(p.get("roles", ["mediator"])),
            str(p.get("appointment", "")),
            str(p.get("appointed_from", "")),
            str(p.get("appointed_to", "")),
            str(p.get("phone", "")),
        )
        for p in raw.get("people", [])
    ]
    return _organisation(raw.get("station", {})), staff, series or str(raw.get("series", ""))


def recover(
    name: Annotated[str, typer.Option("--user", metavar="姓名", help="要重设密码的用户")],
    sheet_file: Annotated[
        Path | None, typer.Option("--sheet-file", metavar="FILE", help="存放密钥恢复码的文件；不写则提示输入")
    ] = None,
    data_dir: DataDir = None,
    password_file: PasswordFile = None,
) -> None:
    """凭密钥恢复单重设密码；数据不变。"""
    sheet = read_password(sheet_file, "密钥恢复码")
    password = read_password(password_file, "新密码（至少 8 位）")
    people.recover(bootstrap.data_dir(data_dir), sheet=sheet, name=name, password=password)
    print(f"已为{name}重设密码，数据未变。")


def recover_keys(
    sheet_file: Annotated[
        Path | None, typer.Option("--sheet-file", metavar="FILE", help="存放密钥恢复码的文件；不写则提示输入")
    ] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """原电脑已无法使用时，在新电脑上凭原电脑的密钥恢复单取回密钥，阅读原来的案件内容（先接入并接收记录）。"""
    from station_app.services.travel import renewing

    sheet = read_password(sheet_file, "密钥恢复码")
    with opened(data_dir, user, password_file) as station:
        renewing.recover(station, sheet=sheet)
    print("已取回密钥，原来的案件内容可以阅读。")


def backup_(
    to: Annotated[
        Path | None, typer.Argument(help="备份文件，或者放备份的文件夹（U 盘、另一块硬盘）；不写则用已设置的备份文件夹")
    ] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """备份本机：数据库与密钥（保持加密）写成一个文件，写完即打开核对。"""
    with opened(data_dir, user, password_file) as station:
        made = backup.write(station, to=to) if to is not None else backing.write_now(station)
    data = {"file": str(made.path), "bytes": made.size, "cases": made.cases, "at": made.at}
    show(data, as_json=as_json, text=f"已备份 {made.cases} 件案件，{made.size} 字节，已打开核对：\n{made.path}")


def restore_(
    file: Annotated[Path, typer.Argument(help="备份文件（.gmbak）")],
    user: Annotated[
        str, typer.Option("--user", metavar="姓名", help="备份时能登录的人；备份中只有一人的可以省略")
    ] = "",
    look: Annotated[bool, typer.Option("--look", help="只看备份是哪个站点、何时的，不恢复")] = False,
    erased: Annotated[
        Path | None, typer.Option("--erased", metavar="FILE", help="区级平台的依法删除清单；备份旁的总会采用")
    ] = None,
    data_dir: DataDir = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """用备份恢复本机；备份以后已上传的记录，联网后自动取回。原编号字头不再使用，改用备用字头。"""
    seen = backup.look(file)
    if look:
        users, at = "、".join(seen.users), f"{shanghai_time(seen.at):%Y-%m-%d %H:%M}"
        said = f"{seen.station}，{at}，{seen.size} 字节。可登录：{users}。"
        show(asdict(seen), as_json=as_json, text=said)
        return
    user = user or (seen.users[0] if len(seen.users) == 1 else "")
    if not user:
        raise KnownError("E-512", name="、".join(seen.users))
    password = read_password(password_file)
    place = bootstrap.data_dir(data_dir)
    done = backup.restore(place, file=file, name=user, password=password, clock=SystemClock(), erased=erased)
    data = {
        "station": done.station, "at": done.at, "cases": done.cases, "old_series": done.old_series,
        "series": done.series, "last": [{"year": year, "n": n} for year, n in done.last],
    }  # fmt: skip
    lines = [f"已恢复{done.station}：{shanghai_time(done.at):%Y-%m-%d %H:%M} 的备份，{done.cases} 件案件。"]
    if done.old_series:
        known = "；".join(f"{year} 年已知用到第 {n:04d} 号" for year, n in done.last) or "没有已知的编号"
        lines.append(f"原字头 {done.old_series} 不再使用（{known}，此后是否用过请对照纸质文书核对）。")
    lines.append(f"现用字头：{done.series}。" if done.series else "没有备用字头，请向运维人员领取后再出具编号文书。")
    show(data, as_json=as_json, text="\n".join(lines))
