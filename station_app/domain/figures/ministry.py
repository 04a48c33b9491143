"""人民调解委员会调解情况统计表: its columns by name, where each comes from, and the sums that must agree.

Names as seen in district exports; the official form and its filling note were not found, so positions are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from station_app.domain import codes

MATTERS: Final = {
    "total": "调解案件总数（件）",
    "people": "涉及当事人数（人）",
    "successful": "调解成功（件）",
    "difficult": "疑难复杂案件（件）",
    "amount": "协议涉及金额（万元）",
}
BODIES: Final = {
    "village": "村人民调解委员会",
    "residents": "居人民调解委员会",
    "township": "乡镇人民调解委员会",
    "street": "街道人民调解委员会",
    "company": "企事业单位人民调解委员会",
    "society": "社会团体和其他组织人民调解委员会",
}
SOURCES: Final = {
    "active": "主动调解",
    "applied": "依申请调解",
    "transferred": "接受委托移送",
}
SENDERS: Final = {
    "court": "法院",
    "procuratorate": "检察院",
    "police": "公安机关",
    "petition": "信访部门",
    "other_sender": "其他部门",
}
FORMS: Final = {"oral": "口头协议", "written": "书面协议"}

SOURCE_OF_CHANNEL: Final = {
    "patrol": "active",
    "outreach": "active",
    "court": "court",
    "police": "police",
    "procuratorate": "procuratorate",
    "petition": "petition",
    "transfer": "other_sender",
    "hotline": "other_sender",
    "order": "other_sender",
}
"""Own mapping of resources/codes/channels; every other channel is 依申请."""

Row = Mapping[str, int | None]
"""Values by column; 协议涉及金额 in 分; None: not known, left to the person who fills it in."""


def types() -> dict[str, str]:
    """The 18 dispute types, columns of the table under `type.CODE`."""
    return {f"type.{code.code}": code.label for code in codes.load("dispute_types").every()}


def columns() -> dict[str, str]:
    """Every column with its head, in order."""
    return {**MATTERS, **BODIES, **SOURCES, **SENDERS, **types(), **FORMS}


def short(column: str) -> str:
    """The head of a column where its group stands above it."""
    words = columns()[column]
    return words.removesuffix("人民调解委员会") if column in BODIES else words


def even(words: str, most: int) -> str:
    """A head in lines of about equal length, at most so many signs each; a unit in brackets and the word 纠纷 of a
    longer name on a line of their own.
    """
    name, bracket, unit = words.partition("（")
    tail = [bracket + unit] if bracket else []
    if name.endswith("纠纷") and len(name) > most:
        name, tail = name.removesuffix("纠纷"), ["纠纷", *tail]
    lines = -(-len(name) // most)
    size = -(-len(name) // lines)
    return "\n".join([*(name[n : n + size] for n in range(0, len(name), size)), *tail])


def groups() -> list[tuple[str, list[str]]]:
    """The upper head of the table: words and the columns below."""
    return [
        ("调解情况", list(MATTERS)),
        ("调解组织", list(BODIES)),
        ("案件来源", [*SOURCES, *SENDERS]),
        ("纠纷类型", list(types())),
        ("协议形式", list(FORMS)),
    ]


def body_of(committee: str, *, in_community: bool) -> str:
    """Which of BODIES a committee is, by its name; a community's station without a committee counts as 居.

    村民委员会 and 居民委员会 set up their own (人民调解法 8); a street's bears the word 街道 and no community.
    """
    marks = (("村民", "village"), ("社区", "residents"), ("居民", "residents"), ("街道", "street"))
    more = (("镇", "township"), ("乡", "township"), ("公司", "company"), ("企业", "company"))
    for word, body in (*marks, *more):
        if word in committee:
            return body
    return "residents" if not committee and in_community else "society"


@dataclass(frozen=True, slots=True)
class Difference:
    """One check sum that does not agree: its words, what was found and what it must be; `columns` it is made of."""

    words: str
    found: int
    expected: int
    columns: tuple[str, ...] = ()


def check(row: Row) -> list[Difference]:
    """Σ组织 = Σ来源 = Σ类型 = 总数；口头 + 书面 = 成功；五类移送 = 接受委托移送；疑难复杂 ≤ 总数. [] when all do."""
    sums = (
        ("各类调解组织合计与总数", BODIES, "total"),
        ("案件来源合计与总数", SOURCES, "total"),
        ("纠纷类型合计与总数", types(), "total"),
        ("口头协议、书面协议合计与调解成功数", FORMS, "successful"),
        ("移送单位合计与接受委托移送数", SENDERS, "transferred"),
    )
    result = []
    for words, parts, whole in sums:
        found, expected = sum(row.get(part) or 0 for part in parts), row.get(whole) or 0
        if found != expected:
            result.append(Difference(words, found, expected, (whole, *parts)))
    hard, total = row.get("difficult") or 0, row.get("total") or 0
    if hard > total:
        result.append(Difference("疑难复杂案件数与总数", hard, total, ("difficult", "total")))
    return result
