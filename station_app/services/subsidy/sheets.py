"""The month's sheet of 以案定补 as cells and as a paper: what people decided, sums by mediator, nothing ranked."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Final

from station_app.domain import codes
from station_app.domain.money import yuan
from station_app.services.figures.paper import as_of
from station_app.services.figures.report import Cell, Sheet
from station_app.services.paperwork import station_papers
from station_app.services.paperwork.station_papers import Made
from station_app.services.station import Station
from station_app.services.subsidy import grading
from station_app.services.subsidy.grading import Claim, Grade

PAPER: Final = "subsidy_sheet"
UNKNOWN: Final = "标准未设定"
_HEADS: Final = (
    ("序号", 80, False),
    ("案件编号", 330, True),
    ("案件名称", 480, True),
    ("调解员", 130, False),
    ("结案日期", 190, False),
    ("协议形式", 150, False),
    ("人数", 90, False),
    ("协议金额（元）", 210, False),
    ("已履行（元）", 210, False),
    ("类别", 150, False),
    ("定类理由", 380, True),
    ("审核", 110, False),
    ("补贴（元）", 200, False),
)
NOTE: Final = "类别由人员确定并写明理由，程序不推荐、不调高类别；“标准未设定”为本地规则中没有补贴标准。"


def sheets(station: Station, *, month: str) -> list[Sheet]:
    """The list of the month and its sums by mediator (in the order of names, no ranking)."""
    found, known = grading.claims(station, month=month), {g.code: g for g in grading.grades()}
    said = grading.month_words(grading.month_of(month))
    demo = "（演示数据）" if station.demo else ""
    heads = tuple(head for head, _, _ in _HEADS)
    rows = [_row(n, claim, known) for n, claim in enumerate(found, 1)]
    listed = Sheet(
        "以案定补", f"人民调解案件以案定补申报表（{said}）{demo}", heads, rows, (NOTE, *_missing(found)), sums=False
    )
    return [listed, _by_mediator(found, known, said, demo)]


def _row(number: int, claim: Claim, known: dict[str, Grade]) -> tuple[Cell, ...]:
    return (
        number,
        claim.number,
        claim.title,
        claim.mediator,
        claim.closed,
        codes.label("agreement_forms", claim.form) if claim.form else "未登记",
        claim.people,
        yuan(claim.fen),
        yuan(claim.performed),
        known[claim.grade].title if claim.grade in known else claim.grade or "未定类",
        claim.reason,
        codes.label("grading_answers", claim.answer) if claim.answer else ("待审核" if claim.grade else ""),
        amount_of(claim, known),
    )


def amount_of(claim: Claim, known: dict[str, Grade]) -> str:
    """What the pack pays for the class: "" without a class or when it was returned."""
    if not claim.grade or claim.answer == "returned":
        return ""
    return (known[claim.grade].amount if claim.grade in known else "") or UNKNOWN


def _missing(found: list[Claim]) -> tuple[str, ...]:
    """What a reviewer would ask for, counted: no number, no class, nothing performed."""
    said = (
        ("没有案件编号", sum(not c.number for c in found)),
        ("未定类", sum(not c.grade for c in found)),
        ("协议形式未登记", sum(not c.form for c in found)),
        ("约定给付尚未履行", sum(bool(c.fen) and c.performed < c.fen for c in found)),
    )
    words = "，".join(f"{what}{count}件" for what, count in said if count)
    return (f"请核对：{words}。",) if words else ()


def _by_mediator(found: list[Claim], known: dict[str, Grade], said: str, demo: str) -> Sheet:
    counted = [c for c in found if c.grade and c.answer != "returned"]
    names = sorted({c.mediator for c in counted})
    heads = ("调解员", *(g.title for g in known.values()), "件数", "补贴合计（元）")
    rows = [_sums(name, [c for c in counted if c.mediator == name], known) for name in names]
    rows.append(_sums("合计", counted, known))
    title = f"以案定补分人汇总表（{said}）{demo}"
    return Sheet("分人汇总", title, heads, rows, ("按姓名排列，只计已定类且未退回的案件。",))


def _sums(name: str, claims: list[Claim], known: dict[str, Grade]) -> tuple[Cell, ...]:
    counts = Counter(c.grade for c in claims)
    return (name, *(counts.get(code, 0) for code in known), len(claims), _total(claims, known))


def _total(claims: list[Claim], known: dict[str, Grade]) -> str:
    """The sum in 元, or that it cannot be said because a class has no amount."""
    total = Decimal(0)
    for claim in claims:
        try:
            total += Decimal(amount_of(claim, known))
        except InvalidOperation:
            return UNKNOWN
    return f"{total:.2f}" if claims else "0.00"


def paper(station: Station, *, month: str, no: str = "") -> Made:
    """The sheet to be signed, A4 across, with the sums by mediator below."""
    listed, sums = sheets(station, month=month)
    values: dict[str, object] = {
        "title": "人民调解案件以案定补申报表",
        "period": grading.month_words(grading.month_of(month)),
        "as_of": as_of(station),
        "made": station.clock.today().isoformat(),
        "tables": [_table(listed, [(w, left) for _, w, left in _HEADS]), _table(sums, None)],
        "notes": list(listed.notes),
        **({"unit": name} if (name := station.store.setting("station.name")) else {}),
    }
    named = [claim.case for claim in grading.claims(station, month=month)]
    return station_papers.made(station, PAPER, values, no=no, cases=named)


def _table(sheet: Sheet, widths: list[tuple[int, bool]] | None) -> dict[str, object]:
    measures = widths or [(300 if n == 0 else 160, n == 0) for n in range(len(sheet.heads))]
    columns = [
        {"head": head, "width": width, "words": left} for head, (width, left) in zip(sheet.heads, measures, strict=True)
    ]
    rows = [{"cells": [str(c) for c in row], "sum": sheet.sums and row is sheet.rows[-1]} for row in sheet.rows]
    rows = rows or [{"cells": ["本月没有可以申报的案件。" if head == "案件名称" else "" for head in sheet.heads]}]
    return {"caption": "" if widths else "分人汇总", "columns": columns, "rows": rows}
