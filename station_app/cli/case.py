"""station case: register, import, show, list and export cases; station search."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.cli.loop import colour, limit
from station_app.cli.travel import erase
from station_app.domain import codes
from station_app.domain.money import yuan
from station_app.services.cases import Intake, PartyInput, register
from station_app.services.exchange import casefile
from station_app.services.intake import duplicates, turning
from station_app.services.loop import colours, firsts
from station_app.services.reading import lists, newer, saved
from station_app.services.reading import notes as of_one_side
from station_app.services.reading.lists import CaseLine, Filter
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)

_HEADS: Final = ("编号", "登记", "名称", "阶段", "人数", "金额（元）", "记录号")


def _row(line: CaseLine) -> tuple[str, ...]:
    state = codes.label("case_states", line.state)
    amount = yuan(line.amount) if line.amount else ""
    return (line.number or "—", line.registered_at, line.title, state, str(line.people), amount, line.rec)


def _lines(found: list[CaseLine], *, as_json: bool) -> None:
    data = [{name: getattr(line, name) for name in line.__slots__} for line in found]
    show(
        data, as_json=as_json, text=columns([_row(line) for line in found], _HEADS) if found else "没有符合条件的案件。"
    )


@app.command("new")
def new(
    summary: Annotated[str, typer.Option(help="诉求概要")] = "",
    applicant: Annotated[list[str] | None, typer.Option(help="申请人：姓名[,公民身份号码[,电话]]，可写多次")] = None,
    respondent: Annotated[
        list[str] | None, typer.Option(help="被申请人：姓名或者单位名称[,证件号码]，可写多次")
    ] = None,
    service: Annotated[str, typer.Option(help="服务类别，缺省为矛盾纠纷调处")] = "",
    type_: Annotated[str, typer.Option("--type", help="纠纷类型")] = "",
    channel: Annotated[str, typer.Option(help="渠道，缺省为来访")] = "",
    place: Annotated[str, typer.Option(help="地点")] = "",
    key_area: Annotated[str, typer.Option("--key-area", help="重点领域（清单由区里的模板包提供）")] = "",
    secrecy: Annotated[str, typer.Option(help="保密方式：不保密、身份保密、匿名")] = "",
    like: Annotated[str, typer.Option("--like", metavar="案件", help="以此案为样本：类别、地点、被申请人相同")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """登记一件诉求。"""
    parties = [_typed(t, "applicant") for t in applicant or []] + [_typed(t, "respondent") for t in respondent or []]
    given = {"service": service, "type": type_, "channel": channel, "place": place, "secrecy": secrecy}
    given["key_area"] = key_area
    values: dict[str, Any] = {name: value for name, value in given.items() if value}
    facts: dict[str, Any] = {"summary": summary} if summary else {}
    with opened(data_dir, user, password_file) as station:
        intake = Intake({"service": "mediation", "channel": "visit"})
        if like:
            intake = turning.template(station, case=lists.resolve(station, like))
        intake = Intake({**intake.case, **values}, {**intake.facts, **facts}, [*parties, *intake.parties])
        changes = register(station, intake=intake)
        title = str(station.case(changes.case).get("title"))
        alike = duplicates.of_case(station, case=changes.case, most=duplicates.MOST)
    said = [f"已登记：{title}", f"记录号：{changes.case}"]
    said += [f"疑似重复：{f.line.title}（{duplicates.why(f)}）{f.line.rec}" for f in alike]
    data = {"case": changes.case, "title": title, "alike": [f.line.rec for f in alike]}
    show(data, as_json=as_json, text="\n".join(said))


def _typed(text: str, role: str) -> PartyInput:
    name, number, phone = (*(p.strip() for p in text.replace("，", ",").split(",")), "", "")[:3]
    person = role == "applicant" or len(name) <= 4
    identity: dict[str, Any] = {"id_number": number, "phone": phone} if number or phone else {}
    if identity:
        identity["id_kind"] = "resident" if person else "uscc"
    return PartyInput({"role": role, "kind": "person" if person else "organisation", "name": name}, identity)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="案件文件（JSON），格式见 station case schema")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """导入案件文件。有错的整件存为草稿并逐项说明，其余照常导入；有任何一件存为草稿则退出码为 1。"""
    results: list[dict[str, object]] = []
    with opened(data_dir, user, password_file) as station:
        for path in files:
            results.append(_import_one(station, path))
    text = "\n".join(_import_text(r) for r in results)
    show(results, as_json=as_json, text=text)
    if any(r["errors"] for r in results):
        raise typer.Exit(1)


def _import_one(station: Any, path: Path) -> dict[str, object]:
    from station_app.cli.common import complain

    try:
        data = path.read_bytes()
    except OSError:
        error = KnownError("E-516", file=str(path))
        complain(error)
        return {"file": str(path), "case": "", "draft": 0, "title": "", "errors": [{"place": "", "code": error.code}]}
    try:
        result = casefile.import_file(station, data=data, name=path.name)
    except KnownError as error:
        complain(error)
        return {"file": str(path), "case": "", "draft": 0, "title": "", "errors": [{"place": "", "code": error.code}]}
    for item in result.errors:
        print(item.place, file=sys.stderr, end="  ")
        complain(item.error)
    errors = [{"place": e.place, "code": e.error.code} for e in result.errors]
    return {"file": str(path), "case": result.case, "draft": result.draft, "title": result.title, "errors": errors}


def _import_text(result: dict[str, object]) -> str:
    if result["case"]:
        return f"已导入：{result['title']}\n记录号：{result['case']}"
    if result["draft"]:
        return (
            f"已存为草稿 {result['draft']}：{result['title']}。改正后用 station case register {result['draft']} 登记。"
        )
    return f"未导入：{result['file']}"


@app.command("drafts")
def drafts(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出本人的草稿。"""
    with opened(data_dir, user, password_file) as station:
        rows = [(d.id, d.kind, d.title) for d in casefile.drafts(station)]
    heads = ("草稿", "种类", "名称")
    show(
        [dict(zip(("id", "kind", "title"), r, strict=True)) for r in rows],
        as_json=as_json,
        text=columns(list(rows), heads) if rows else "没有草稿。",
    )


@app.command("register")
def register_draft(
    draft: Annotated[int, typer.Argument(metavar="草稿号")],
    override: Annotated[
        list[str] | None,
        typer.Option("--override", metavar="当事人=理由", help="证件号码经核对确为如此的，写明理由后继续，可写多次"),
    ] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """把导入时存为草稿的案件登记下来；证件号码不符但确为如此的，写明理由。"""
    reasons = dict(pair.split("=", 1) for pair in override or [] if "=" in pair)
    with opened(data_dir, user, password_file) as station:
        result = casefile.register_draft(station, draft=draft, overrides=reasons)
    for item in result.errors:
        from station_app.cli.common import complain

        complain(item.error)
    show(
        {"case": result.case, "title": result.title},
        as_json=as_json,
        text=f"已登记：{result.title}\n记录号：{result.case}",
    )
    if result.errors:
        raise typer.Exit(1)


@app.command("list")
def list_cases(
    text: Annotated[str, typer.Option("--text", help="只列出含此文字的")] = "",
    state: Annotated[list[str] | None, typer.Option("--state", help="阶段，可写多次")] = None,
    service: Annotated[str, typer.Option("--service", help="服务类别")] = "",
    colour: Annotated[str, typer.Option("--colour", help="预警：red、amber、green")] = "",
    keep: Annotated[str, typer.Option("--save", metavar="名称", help="把这些条件存为常用筛选")] = "",
    kept: Annotated[str, typer.Option("--saved", metavar="名称", help="按常用筛选列出")] = "",
    limit: Annotated[int, typer.Option(help="最多列出多少件")] = 50,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """列出案件，最新的在前。"""
    states = tuple(codes.load("case_states").check(s) for s in state or [])
    given = Filter(
        text=text,
        states=states,
        service=codes.load("services").check(service) if service else "",
        colour=codes.load("colours").check(colour) if colour else "",
    )
    with opened(data_dir, user, password_file) as station:
        flt = saved.get(station, kept) if kept else given
        if keep:
            saved.save(station, name=keep, flt=flt)
        found = lists.cases(station, flt=flt, limit=limit)
    _lines(found, as_json=as_json)


@app.command("saved")
def saved_searches(
    forget: Annotated[str, typer.Option("--forget", metavar="名称", help="删除一个常用筛选；案件不受影响")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """本人的常用筛选，各有多少件。"""
    with opened(data_dir, user, password_file) as station:
        found = saved.forget(station, name=forget) if forget else saved.all_of(station)
        data = [{"name": one.name, "cases": lists.count(station, flt=one.flt)} for one in found]
    text = columns([(d["name"], d["cases"]) for d in data], ("名称", "件数")) if data else "没有常用筛选。"
    show(data, as_json=as_json, text=text)


def search(
    text: Annotated[str, typer.Argument(metavar="文字", help="姓名、拼音首字母、证件末位、电话、编号、事由的任意一段")],
    limit: Annotated[int, typer.Option(help="最多列出多少件")] = 50,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """搜索案件。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.find(station, text, limit=limit)
    _lines(found, as_json=as_json)


@app.command("show")
def show_case(
    case: Annotated[str, typer.Argument(metavar="案件", help="记录号、编号，或者其中一段")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """显示一件案件的主要情况。"""
    with opened(data_dir, user, password_file) as station:
        view = station.case(lists.resolve(station, case))
        data, text = casefile.export_case(station, view), casefile.describe(station, view)
        steps = firsts.of_case(station, case=view.id)
        line = "　".join(firsts.words(step) for step in steps)
        closed = of_one_side.held_back(station, view)
        of_one_side.opened(station, view)
        if closed:
            line += f"\n另有 {closed} 次单方谈话或者心理服务记录，只有记录人和承办人可以查看。"
        more = {
            "firsts": [limit.data_of(step) for step in steps],
            "held_back": closed,
            "warning": colour.data_of(colours.look(station, case=view.id)),
            "newer": newer.count(view.state),
        }
        notes = [note for note in (line, newer.sentence(newer.count(view.state))) if note]
    show({**data, **more}, as_json=as_json, text="\n".join([text, *notes]))


@app.command("export")
def export(
    case: Annotated[str, typer.Argument(metavar="案件")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="写入文件；不写则输出到屏幕")] = None,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """导出案件文件；导出会记入访问记录。"""
    with opened(data_dir, user, password_file) as station:
        data = casefile.export_file(station, case=lists.resolve(station, case))
    if out is None:
        print(data.decode("utf-8"))
        return
    try:
        out.write_bytes(data)
    except OSError as exc:
        raise KnownError("E-516", file=str(out)) from exc
    print(f"已导出：{out}")


@app.command("schema")
def schema() -> None:
    """输出案件文件的 JSON Schema。"""
    print(json.dumps(casefile.file_schema(), ensure_ascii=False, indent=1))


app.command("erase")(erase.erase)
app.command("erased")(erase.erased)
