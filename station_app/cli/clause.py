"""station clause, station calc: the clause library and the calculators without a window."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.calculators import claims, injury, pack, wages
from station_app.domain.calculators.result import Result
from station_app.domain.case import text
from station_app.domain.dates import parse_date
from station_app.domain.money import parse_yuan
from station_app.domain.rules import load_rules
from station_app.domain.sentences import sentence
from station_app.services import calculating, clauses
from station_app.services.reading import lists
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
calc: Final = typer.Typer(no_args_is_help=True)
app.add_typer(calc, name="calc", help="计算器")
CaseName = Annotated[str, typer.Argument(help="案件编号或者记录号")]
Kind = Annotated[str, typer.Argument(help="条款种类，见 station clause list")]
Values = Annotated[Path, typer.Option("--values", help="填写内容，JSON：字段→内容；金额以元，当事人用姓名")]


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """条款库。"""
    found = clauses.library()
    data = [
        {"clause": c.id, "letter": c.letter, "title": c.title, "edition": c.edition, "basis": list(c.basis)}
        for c in found
    ]
    lines = [(c.letter, c.id, c.title, "、".join(c.basis)) for c in found]
    show(data, as_json=as_json, text=columns(lines, ("类", "代码", "名称", "依据")))


@app.command("show")
def show_(kind: Kind, as_json: AsJson = False) -> None:
    """一类条款问些什么、写成什么。"""
    clause = clauses.get(kind)
    lines = [f"{f.name}　{f.label}{'（必填）' if f.required else ''}　{f.question}" for f in clause.fields]
    lines += [f"条款：{t.text}" for t in clause.terms]
    show(asdict(clause), as_json=as_json, text="\n".join([clause.title, *lines]))


@app.command("fill")
def fill(
    case: CaseName,
    kind: Kind,
    values: Values,
    dry: Annotated[bool, typer.Option("--preview", help="只看结果，不写入协议")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """按填写内容写入履行事项和条款；再次填写时一并更新。"""
    given = _read(values)
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        filled = clauses.preview(station, case=found, kind=kind, values=given)
        if filled.errors:
            wrong = [{"field": e.place, "code": e.error.code, "sentence": sentence(e.error)} for e in filled.errors]
            show({"errors": wrong}, as_json=as_json, text="\n".join(f"{e['code']} {e['sentence']}" for e in wrong))
            raise typer.Exit(1)
        if not dry:
            clauses.put(station, case=found, kind=kind, values=given)
        terms = filled.terms if dry else [text(t, "text") for t in station.case(found).terms]
    show(
        {"terms": terms, "rows": len(filled.rows), "remarks": filled.remarks},
        as_json=as_json,
        text="\n".join([*(f"{n}. {t}" for n, t in enumerate(terms, 1)), *(f"注意：{r}" for r in filled.remarks)]),
    )


@app.command("keep")
def keep(
    title: Annotated[str, typer.Argument(help="条款名称")],
    words: Annotated[str, typer.Argument(help="条款内容")],
    base: Annotated[str, typer.Option("--base", help="依据的条款种类")] = "",
    offered: Annotated[bool, typer.Option("--offer", help="同时报送区级")] = False,
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """存为本站条款。"""
    with opened(data_dir, user, password_file) as station:
        clauses.keep(station, title=title, words=words, base=base, offered=offered)
    show({}, as_json=False, text="已存为本站条款。" + ("上传后区级可以看到。" if offered else ""))


@app.command("kept")
def kept(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """本站条款。"""
    with opened(data_dir, user, password_file) as station:
        found = clauses.kept(station)
    data = [
        {"record": r.id, "title": text(r, "title"), "text": text(r, "text"), "offered": bool(r.get("offered"))}
        for r in found
    ]
    show(data, as_json=as_json, text="\n".join(f"{d['title']}：{d['text']}" for d in data) or "还没有本站条款。")


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise KnownError("E-516", file=path.name) from error
    except ValueError as error:
        raise KnownError("E-215", where=path.name) from error
    if not isinstance(data, dict):
        raise KnownError("E-215", where=path.name)
    return data


# -- calculators ----------------------------------------------------------------------------------------------------


def _show(result: Result, *, as_json: bool) -> None:
    data = {
        "title": result.title,
        "total": result.total,
        "complete": result.complete,
        "lines": [
            {
                "words": x.words,
                "formula": x.formula,
                "amount": x.amount,
                "minus": x.minus,
                "basis": [a.printed for a in x.basis],
            }
            for x in result.lines
        ],
        "notes": list(result.notes),
    }
    show(data, as_json=as_json, text=f"{result.title}\n{result.text}")


def _decimal(words: str) -> Decimal:
    try:
        return Decimal(words)
    except InvalidOperation:
        raise KnownError("E-206", text=words) from None


@calc.command("injury")
def injury_(
    grade: Annotated[int, typer.Argument(help="伤残等级 1–10")],
    wage: Annotated[str, typer.Argument(help="本人工资，每月多少元")],
    insured: Annotated[bool | None, typer.Option("--insured/--uninsured", help="是否参加工伤保险")] = None,
    leave: Annotated[int, typer.Option("--leave", help="停工留薪期，月")] = 0,
    medical: Annotated[str, typer.Option("--medical", help="医疗费，元")] = "0",
    as_json: AsJson = False,
) -> None:
    """工伤待遇。"""
    months = pack.months(load_rules())
    result = injury.disability(
        grade, parse_yuan(wage), insured=insured, paid_leave_months=leave, medical=parse_yuan(medical), pack=months
    )
    _show(result, as_json=as_json)


@calc.command("death")
def death_(
    income: Annotated[str, typer.Option("--income", help="上一年度全国城镇居民人均可支配收入，元")] = "",
    wage: Annotated[str, typer.Option("--wage", help="上年度统筹地区职工月平均工资，元")] = "",
    as_json: AsJson = False,
) -> None:
    """工亡待遇：没有填写的数值取自规则包。"""
    rules = load_rules()
    national = pack.Known(parse_yuan(income)) if income else pack.money(rules, pack.INCOME)
    regional = pack.Known(parse_yuan(wage)) if wage else pack.money(rules, pack.WAGE)
    sources = [k.note for k in (national, regional) if k.source]
    _show(injury.death(national_income=_fen(national), regional_wage=_fen(regional), sources=sources), as_json=as_json)


def _fen(known: pack.Known) -> int | None:
    return None if known.value is None else int(known.value)


@app.command("restore")
def restore(
    case: CaseName,
    number: Annotated[int, typer.Argument(help="第几条")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """恢复生成：改过的条款恢复为按付款内容或者条款库生成的内容。"""
    with opened(data_dir, user, password_file) as station:
        found = lists.resolve(station, case)
        terms = station.case(found).terms
        if not 1 <= number <= len(terms):
            raise KnownError("E-223", what=f"第{number}条")
        clauses.restore(station, case=found, term=terms[number - 1].id)
        words = text(station.case(found).state.records[terms[number - 1].id], "text")
    show({"text": words}, as_json=False, text=words)


@calc.command("wages")
def wages_(
    file: Annotated[Path, typer.Argument(help="考勤表（CSV、XLSX）：姓名、日工资、工日或者每日一列")],
    roster: Annotated[Path | None, typer.Option("--roster", help="另存为名册 CSV")] = None,
    case: Annotated[str, typer.Option("--case", help="写入该案件的名册：案件编号或者记录号")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """按出勤计算工资，可以写入案件的名册。"""
    try:
        rows = wages.from_attendance(file.read_bytes())
        if roster is not None:
            roster.write_text(wages.roster(rows), "utf-8", newline="")
    except OSError as error:
        raise KnownError("E-516", file=file.name) from error
    if case:
        with opened(data_dir, user, password_file) as station:
            calculating.import_wages(station, case=lists.resolve(station, case), rows=rows)
    _show(wages.result(rows), as_json=as_json)


@calc.command("setoff")
def setoff(
    deposit: Annotated[str, typer.Argument(help="押金，元")],
    deductions: Annotated[list[str], typer.Argument(help="抵扣项目=金额，如 水费=1070")],
    as_json: AsJson = False,
) -> None:
    """押金抵扣。"""
    pairs = [(w.partition("=")[0], parse_yuan(w.partition("=")[2])) for w in deductions]
    _show(claims.set_off(parse_yuan(deposit), pairs), as_json=as_json)


@calc.command("damages")
def damages(
    items: Annotated[
        list[str], typer.Argument(help=("项目=金额：medical、nursing、travel、nutrition、meals、lost_wages …"))
    ],
    share: Annotated[int, typer.Option("--share", help="赔偿义务人承担的比例，%")] = 100,
    paid: Annotated[str, typer.Option("--paid", help="已支付，元")] = "0",
    as_json: AsJson = False,
) -> None:
    """人身损害赔偿。"""
    pairs = {w.partition("=")[0]: parse_yuan(w.partition("=")[2]) for w in items}
    _show(claims.damages(pairs, share=share, paid=parse_yuan(paid)), as_json=as_json)


@calc.command("fee")
def fee(
    area: Annotated[str, typer.Argument(help="面积，平方米")],
    rate: Annotated[str, typer.Argument(help="每平方米每月多少元")],
    months: Annotated[int, typer.Argument(help="月数")],
    waived: Annotated[str, typer.Option("--waived", help="减免，元")] = "0",
    late: Annotated[str, typer.Option("--late", help="违约金，元")] = "0",
    as_json: AsJson = False,
) -> None:
    """物业费。"""
    result = claims.property_fee(
        _decimal(area), parse_yuan(rate), months, waived=parse_yuan(waived), late_fee=parse_yuan(late)
    )
    _show(result, as_json=as_json)


@calc.command("interest")
def interest(
    principal: Annotated[str, typer.Argument(help="本金，元")],
    due: Annotated[str, typer.Argument(help="履行期限届满之日")],
    until: Annotated[str, typer.Argument(help="计算至")],
    rate: Annotated[str, typer.Option("--rate", help="约定的年利率，%；没有约定的取自规则包")] = "",
    as_json: AsJson = False,
) -> None:
    """逾期利息。"""
    known = pack.Known(_decimal(rate)) if rate else pack.rate(load_rules())
    yearly = None if known.value is None else Decimal(known.value)
    source = known.note if known.source else ""
    _show(
        claims.late_interest(parse_yuan(principal), parse_date(due), parse_date(until), yearly, source=source),
        as_json=as_json,
    )
