"""The heads of a roster: which column means what, under the many names that contractors give it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from station_app.domain.labels import label
from station_app.domain.roster_table import Cell, Table
from station_app.domain.text import compact
from sync.contract.errors import KnownError

_ALIASES: Final = {
    "no": "序号 编号 NO NO. №",
    "name": "姓名 工人姓名 员工姓名 农民工姓名 名字",
    "sex": "性别",
    "id_number": "公民身份号码 公民身份证号码 身份证号码 身份证号 身份证 居民身份证号码 居民身份证号 证件号码 证件号",
    "phone": "联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 联系号码",
    "work": "工种 岗位 工作岗位 从事工种",
    "from": "起始日期 开始日期 进场日期 进场时间 起始时间 开始时间 起始 起 自",
    "to": "截止日期 截至日期 结束日期 退场日期 退场时间 截止时间 结束时间 截止 截至 止 至",
    "period": "起止日期 起止时间 工作期间 务工期间 用工期间 施工期间",
    "day_rate": "日工资 日薪 日工资标准 工价 日单价 每日工资 单价 工资标准",
    "days": "工日 工日数 工天 天数 出勤天数 出勤 出勤工日 工数 用工天数 工作天数",
    "due": "应发 应发工资 应发金额 应付 应付工资 应付金额 应得工资 工资总额 应发合计",
    "paid": "已付 已发 已付工资 已发工资 已付金额 已发金额 已支付 已领 已领工资 预支 借支 预支工资",
    "owed": "欠发 欠付 欠发工资 欠付工资 欠薪 欠薪金额 拖欠工资 拖欠金额 未付 未付工资 未发 未发工资 尚欠 欠款",
    "bank": "开户行 开户银行 银行 开户行名称",
    "account": "账号 帐号 银行账号 银行帐号 卡号 银行卡号 收款账号",
    "account_holder": "户名 账户名 账户名称 开户名 收款人",
    "ethnic": "民族",
    "address": "住址 地址 家庭住址 户籍地址 现住址 家庭地址 单位或住址",
    "remark": "备注 说明",
}
_FIELD_OF: Final = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_ONE_ONLY: Final = frozenset({"name", "id_number", "day_rate", "days", "due", "paid", "owed", "account"})
_LOOK_AT: Final = 30
_KINDS: Final = {"day_rate", "days", "due", "paid", "owed", "work", "from", "to", "no"}
_UNIT: Final = re.compile(r"[((\[].*?[))\]]|[:：*※]|/?人民币|/?元$")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the heads stand: lines before `first_line` are no people; columns and titles by field.

    `width`: columns up to the last head; what stands beyond it belongs nowhere. `wrong`: why nothing can be read yet.
    """

    first_line: int
    columns: dict[str, int]
    titles: dict[str, str]
    ignored: list[str]
    width: int
    two_rows: bool = False
    wrong: KnownError | None = field(default=None, compare=False)

    def title(self, name: str) -> str:
        """The head as the file has it, else our own word."""
        return self.titles.get(name) or title_of(name)


def title_of(name: str) -> str:
    """Return our own word for a field of the roster."""
    own = {"name": "姓名", "id_number": "公民身份号码", "period": "起止日期", "remark": "备注"}
    return own.get(name) or label(f"{'wage' if name in _KINDS else 'identity'}.{name}")


def field_of(title: str) -> str | None:
    """Return the field a head means: blanks, units and brackets do not count (`日 工资（元）` -> day_rate)."""
    return _FIELD_OF.get(_UNIT.sub("", compact(title)))


def fields() -> list[tuple[str, str]]:
    """(field, our own word) of all that a column may mean, in the order of a usual roster."""
    return [(name, title_of(name)) for name in _ALIASES]


def find_head(table: Table, chosen: Mapping[int, str] | None = None) -> Head | None:
    """Return the heads of a table, None where no line looks like them.

    `chosen`: column -> field as a person set it ("" for no field); it goes before what the heads say, and then the
    table may have no heads at all. `wrong` is E-239 where two columns mean the same and the choice would change an
    amount, E-219 where one is missing.
    """
    best, found = -1, 1
    for index, line in enumerate(table.lines[:_LOOK_AT]):
        names = {field_of(cell.text) for cell in line} - {None}
        if len(names) > found:
            best, found = index, len(names)
    if best < 0:
        return _headless(table, chosen) if chosen else None
    upper, lower = table.lines[best], _second_row(table, best)
    return _checked(_columns(upper, lower, chosen or {}, first_line=best + (2 if lower else 1)))


def _headless(table: Table, chosen: Mapping[int, str]) -> Head:
    """Columns only as chosen; a first line without any figure is taken for heads in words we do not know."""
    upper = table.lines[0]
    heads = not any(char.isdigit() for cell in upper for char in cell.text)
    blank = [Cell(cell.text if heads else "") for cell in upper]
    head = _columns(blank, None, chosen, first_line=1 if heads else 0)
    return _checked(replace(head, width=len(upper)))


def _second_row(table: Table, index: int) -> list[Cell] | None:
    """The line below, where it holds heads too: `工资` above, `日工资 工日 应发` below."""
    if index + 1 >= len(table.lines):
        return None
    upper, lower = table.lines[index], table.lines[index + 1]
    fresh = {
        field_of(cell.text)
        for place, cell in enumerate(lower)
        if not cell.blank and (place >= len(upper) or upper[place].text != cell.text)
    }
    return lower if len(fresh - {None}) >= 2 else None


def _columns(upper: list[Cell], lower: list[Cell] | None, chosen: Mapping[int, str], *, first_line: int) -> Head:
    columns: dict[str, int] = {}
    titles: dict[str, str] = {}
    ignored: list[str] = []
    wrong, width = None, 0
    for place in range(max(len(upper), len(lower or []))):
        texts = [row[place].text for row in (lower or [], upper) if place < len(row)]
        name = _meaning(place, texts, chosen)
        title = next((text for text in texts if text and (name is None or field_of(text) == name)), "")
        title = title or next((text for text in texts if text and place in chosen), "")
        width = place + 1 if title else width
        if name is not None and name not in columns:
            columns[name], titles[name] = place, title or title_of(name)
        elif name in _ONE_ONLY:
            wrong = wrong or KnownError("E-239", first=titles[str(name)], second=title)
        elif title:
            ignored.append(title)
    return Head(first_line, columns, titles, ignored, width, two_rows=lower is not None, wrong=wrong)


def _meaning(place: int, texts: list[str], chosen: Mapping[int, str]) -> str | None:
    """What a column means: as chosen, else by its head unless another column was chosen for that."""
    if place in chosen:
        return chosen[place] or None
    found = next((name for text in texts if (name := field_of(text))), None)
    return None if found in chosen.values() else found


def _checked(head: Head) -> Head:
    missing = [] if "name" in head.columns else ["name"]
    if "owed" not in head.columns and not {"due", "paid"} <= set(head.columns):
        missing.append("owed")
    if head.wrong or not missing:
        return head
    titles = [title_of(name) for name in missing]
    return replace(head, wrong=KnownError("E-219", columns=titles, found=list(head.titles.values())))
