"""Vague words inside terms, with their place and a better question; lawful uses of the same characters are no hits.

What an officer of execution cannot carry out is vague (民诉解释 461): a day nobody can name, a sum nobody can count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Hit:
    """A vague word: `start` and `end` are character places in the term; `question` asks for what is missing."""

    start: int
    end: int
    word: str
    question: str


_DAY: Final = "请写明在哪一年哪一月哪一日之前。"
_SUM: Final = "请写明具体是多少元。"
_WHAT: Final = "请写明具体内容、数量和标准。"
_BASE: Final = "请写明按哪个数额、哪个时点计算。"
_WHO: Final = "请逐项写全，不用“等”。"

_RULES: Final = tuple(
    (re.compile(pattern), question)
    for pattern, question in (
        (r"尽快|尽早|从速|及早|早日(?!康复)|不日|近期(?:内)?|短期内|择期|择日|(?<!有)适时|(?<!及)(?:待|等)有钱(?:时|后|了)?", _DAY),
        (r"及时(?=支付|付清|付款|履行|给付|归还|退还|搬离|腾退|维修|修复|办理)", _DAY),
        (r"(?:有|具备)(?:履行|支付|偿还|付款)?能力(?:时|后|的时候)|资金(?:到位|宽裕|充裕)(?:时|后)|经济(?:好转|宽裕)(?:时|后)?", _DAY),
        (r"(?:今年|明年|本年)?(?:年底|年末|春节|过年|中秋|国庆|清明|月底|月末|年后|节后)(?:前|之前|以前|时)", _DAY),
        (r"(?:近日|日后|以后|将来|适当时候|条件成熟时|条件允许时)(?=再|另|支付|付清|履行|协商|给付|解决|处理)", _DAY),
        (r"(?<![不正妥恰得])适当(?:的)?(?=补偿|赔偿|减免|减少|支付|给付|延期|延长|降低|费用|补助|补贴|让步|分担|放宽)", _SUM),
        (r"(?:一定|部分|若干|少量)(?:数额|数量|比例|金额|的?(?:补偿|赔偿|费用|款项|经济补偿))", _SUM),
        (r"(?<!合计)(?<!上述)(?<!列明的)(?:相关|有关|相应|必要|合理)(?:的)?(?:费用|损失|款项|补偿|赔偿|开支)(?![^，。；]{0,12}[0-9０-９]+(?:[.．][0-9]+)?(?:万)?元)", _SUM),
        (r"(?<![一二三四五六七八九十0-9条款约节签立相履违合特大公制预邀])约(?=[0-9０-９一二三四五六七八九十百千万]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?(?:余)?(?:元|万元|天|日|个月|平方米|米|次))", _SUM),
        (r"大约|大概|差不多", _SUM),
        (r"(?<=[0-9０-９元日天月年百千万])左右(?!邻|两|手|侧|岸)|(?<=[元日天月])上下(?!班|楼|水|级|层)", _SUM),
        (r"(?<=[0-9百千万])(?:余|多)(?=元|万元)", _SUM),
        (r"(?:另行|再行|日后|以后|届时)(?:协商|约定|商定|商议|确定|解决)|协商(?:解决|处理|确定)(?!不成|的)", _WHAT),
        (r"视(?:具体|实际)?情况(?:而定)?|根据(?:具体|实际)情况(?=决定|支付|处理|给予|确定)|酌情", _WHAT),
        (r"依法(?:处理|解决)(?!的)|按(?:照)?(?:有关|相关)规定(?:处理|办理|执行|支付)", _WHAT),
        (r"妥善(?:处理|解决)|做好(?:善后|相关)工作|恢复原(?:状|样)(?![^，。；]{0,20}(?:标准|包括|即|材料))", _WHAT),
        (r"(?<=[%％])(?:的)?(?=支付|赔偿|补偿|承担)(?!.{0,0}$)", _BASE),
        (r"(?:医疗费|误工费|护理费|交通费|营养费|工资|水电费|维修费|物业费)等(?=由|，由|全部|费用(?![^，。；]{0,6}合计))", _WHO),
        (r"(?:双方|互)?两清|互不相欠|一笔勾销", "请写明各方已付、应付各是多少元。"),
        (r"按(?:市场价|市价|行情)", "请写明单价或者估价的方法和日期。"),
    )
)  # fmt: skip
_LAWFUL: Final = (
    re.compile(r"“[^”]*”"),
    re.compile(r"另行(?:约定|协商)的除外"),
    re.compile(r"协商解决不成的"),
    re.compile(r"以[^，。；]{0,10}(?:通知|判决|裁决|鉴定)[^，。；]{0,6}为准"),
)
"""Stretches in which nothing is vague: what is quoted, and set phrases of the law."""


def vague(text: str) -> list[Hit]:
    """Vague words of one term, in their order; none overlaps another."""
    lawful = [m.span() for pattern in _LAWFUL for m in pattern.finditer(text)]
    found = [
        Hit(m.start(), m.end(), m[0], question)
        for pattern, question in _RULES
        for m in pattern.finditer(text)
        if m[0] and not any(a <= m.start() and m.end() <= b for a, b in lawful) and not _dated(text, m)
    ]
    result: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, h.start - h.end)):
        if not result or hit.start >= result[-1].end:
            result.append(hit)
    return result


_FEAST: Final = re.compile("年底|年末|春节|过年|中秋|国庆|清明|月底|月末|年后|节后")
_EXACT: Final = re.compile(r"[（(][^）)]*(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日[^）)]*[）)]")


def _dated(text: str, found: re.Match[str]) -> bool:
    """A feast with its day in brackets beside it is a date: 春节前（2027年2月5日前）."""
    return _FEAST.search(found[0]) is not None and _EXACT.match(text, found.end()) is not None
