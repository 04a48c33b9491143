"""Vague words inside terms, with their place and a better question; lawful uses of the same characters are no hits.

What an officer of execution cannot carry out is vague (民诉解释 461): a day nobody can name, a sum nobody can count.
Each rule has a pattern and two looks around it, within the same sentence: what stands before or after the word may
make it definite (“适当补偿3,000.00元”, “11月底前”) or another word altogether (“重大约定”).
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


@dataclass(frozen=True, slots=True)
class _Rule:
    """`word` is vague unless `before` ends the text in front of it or `after` begins the text behind it."""

    word: re.Pattern[str]
    question: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


_DAY: Final = "哪一天之前？请写明年月日。"
_LAST: Final = "条件什么时候成就？请写明最迟在哪一天。"
_SUM: Final = "具体是多少元？请写明数额。"
_EACH: Final = "各人各是多少元？请写明数额。"
_WHAT: Final = "具体做什么、做到什么程度？请写明内容和标准。"
_SETTLE: Final = "现在能够定下的是什么？请写明由谁、做什么、在哪一天之前。"
_RULE: Final = "按哪一条规定、怎样处理？请写明结果。"
_BASE: Final = "以哪个数额为基数？请写明基数和计算后的数额。"
_LIST: Final = "“等”还包括哪些？请逐项写全，并写明数额。"
_CLEAR: Final = "各方已付、应付各是多少元？请写明数额。"
_PRICE: Final = "单价是多少元，或者由谁、在哪一天估价？请写明。"

_N: Final = "[0-9一二两三四五六七八九十百千万]"
_YUAN: Final = r"[0-9一二两三四五六七八九十百千万零][,，.]?(?:元|万元|角|分)"
_FIGURE: Final = rf"[^。；]{{0,40}}?{_YUAN}"
_PAY: Final = "支付|付清|付款|结清|给付|归还|退还|返还|偿还|清偿|履行|交付"
_DO: Final = _PAY + "|搬离|腾退|维修|修复|修好|更换|办理|完成|整改|拆除|清理"
_FEAST: Final = "春节|过年|元旦|清明|端午|中秋|国庆|劳动节|五一"
_FEE: Final = (
    "(?:医疗|误工|护理|交通|营养|伙食|水电|水|电|燃气|维修|物业|律师|鉴定|检测|清洁|搬家|装修|停车|材料|人工)费"
    "|工资|利息|违约金|押金|租金|赔偿金|补偿金|家具|家电|钥匙"
)
_PAST: Final = "拖欠|所欠|欠付|欠缴|产生|发生|已|的(?:工资|房租|租金|费用|货款)"
_EXACT: Final = rf"[（(，,]?即?[^）)。；]{{0,6}}?[0-9]{{1,2}}月[0-9]{{1,2}}日|{_PAST}"


def _rule(word: str, question: str, *, before: str = "", after: str = "") -> _Rule:
    return _Rule(
        re.compile(word),
        question,
        re.compile(f"(?:{before})$") if before else None,
        re.compile(after) if after else None,
    )


_DAYS: Final = (
    _rule("尽快|尽早|尽速|从速|及早|早日|不日|近期内?|短期内|择期|择日|择机|(?:过|隔)一?段时间|晚些时候", _DAY, after="康复"),
    _rule("(?<!及)适时|适当(?:的)?(?:时候|时机|时间|期限)", _DAY),
    _rule(rf"及时(?=(?:足额|全额|全部|如数|予以|进行)?(?:{_DO}))", _DAY,
          before=r"[0-9]+日(?:之前|以前|前|内)[^，；]{0,10}", after=r"[^，。；]{0,10}的，"),
    _rule(r"(?:有|具备|恢复)(?:履行|支付|偿还|付款|还款|经济)?能力(?:的?时候?|之?后|的情况下|再)"
          r"|资金(?:到位|宽裕|充裕|回笼|周转开)(?:时|之?后|再)?|经济(?:条件|状况|情况)?(?:好转|宽裕|改善)(?:时|之?后)?"
          r"|有钱(?:的?时候?|之?后|了|再)|手头宽裕", _DAY),
    _rule(r"(?:有条件|具备条件|(?:经济)?条件(?:成熟|允许|具备|许可))(?:时|之?后|的情况下)", _DAY),
    _rule(rf"(?:今年|明年|当年|本年|[0-9]{{4}}年)?(?:年底|年末|岁末|年关|(?:{_FEAST})节?)(?:之前|以前|前|时|之后|后)", _DAY,
          before=r"[0-9]日[，（(即]?|去年|前年|上年", after=_EXACT),
    _rule(r"(?:月底|月末)(?:之前|以前|前|时)|[年节][前后](?=" + _DO + "|发放|再)", _DAY,
          before=rf"{_N}|每个?|当|半|几|数|周|多|[0-9]日[，（(]?|(?:{_FEAST})", after=_EXACT),
    _rule(rf"(?:上旬|中旬|下旬|月初|年初|年中)(?=之前|以前|前|内|{_DO})", _DAY, after=rf"(?:之前|以前|前|内)?(?:{_EXACT})"),
    _rule(r"(?:下个?周|下个?月|这个月|本月|本周|今年|明年)(?:之前|以前|前|内|之内)", _DAY, after=_EXACT),
    _rule(r"(?:近日|日后|以后|今后|将来|届时|随后)(?=再(?!次|发生|出现|有)|另|协商|解决|处理|" + _PAY + ")", _DAY),
    _rule(r"(?:合理|一定|较短|短)的?(?:期限|时间|期间)之?内?|[数几](?:日|天|周|个?月)之?内", _DAY),
    _rule(r"(?:时间|日期|期限)[^，。；]{0,8}?(?:另行通知|待定|另定|以[^，。；]{1,12}通知为准)", _DAY),
    _rule(rf"待[^，。；0-9]{{1,16}}后(?=再|即|{_PAY})", _LAST, after=r"[^。；]{0,20}(?:最迟|至迟|不迟于|最晚)"),
    _rule(rf"(?:暂缓|延缓|推迟|缓期)(?=履行|支付|付款|给付|{_PAY})", _DAY, after=r"[^。；]{0,14}(?:至|到)[^。；]{0,12}日"),
    _rule(rf"分期(?:{_PAY})(?=[，。；]|$)", "分几期，每期哪一天、多少元？请逐期写明。",
          before=rf"第?{_N}+期[^。；]{{0,12}}", after="[^。；]{0,20}(?:第一期|首期|每期|每月|附表|如下|分别)"),
)  # fmt: skip
_SUMS: Final = (
    _rule(r"适当(?:的|地)?(?=补偿|赔偿|减免|减少|降低|支付|给付|费用|补助|补贴|让步|分担|承担)", _SUM,
          before="[不正妥恰得]", after=_FIGURE),
    _rule(r"适当(?:的|地)?(?=延期|延长|放宽|宽限|推迟)", _DAY, after=r"[^。；]{0,12}[0-9一二三五十]+(?:日|天|个月)"),
    _rule(r"(?:一定|部分|若干|少量|相当)(?:数额|数量|比例|金额|的?(?:补偿|赔偿|费用|款项|经济补偿))", _SUM,
          before="剩余|未付|其余|该|此|上述|前述|超出|不足", after=_FIGURE),
    _rule(r"(?:相关|有关|相应|必要|合理)(?:的)?(?:费用|损失|款项|补偿|赔偿|开支)", _SUM, before="合计|上述|前述|前款|列明的|该|此|(?:各自|自行)(?:承担|负担)[^，。；]{0,12}",
          after=rf"{_FIGURE}|[（(：]|(?:包括|即|指|如下|见附|以附表|凭|按票据|据实)|[^，。；]{{0,14}}(?:各自|自行)(?:承担|负担)"),
    _rule(rf"约(?=(?:人民币|￥|¥)?[0-9]*{_N}(?:,[0-9]{{3}})*(?:\.[0-9]+)?余?(?:元|万元|块|天|日|周|个月|月|年|平方米|米|吨))", _SUM,
          before="[合签预公条履违制邀协特失毁守按依相契大如节]|面积|长|宽|高"),
    _rule(r"大约|大概|差不多", _SUM, after="定|束|率"),
    _rule(r"(?<=[0-9元日天月年百千万名人个米号点时次%])左右", _SUM, after="邻|两|手|侧|岸|间|户|相邻"),
    _rule(r"(?<=[元日天月])上下", _SUM, after="班|楼|水|级|层|午"),
    _rule(r"(?<=[0-9]日|月底|月初)前后|(?<=春节|国庆|元旦|中秋)前后", _DAY, after="矛盾|一致|不一|对比|" + _PAST),
    _rule(r"(?<=[0-9十百千万])[余多](?=元|万元|块|天|日|个月)", _SUM),
    _rule(r"[数几](?:十|百|千|万)[余多]?(?:元|块)|若干元|(?<![0-9十百千])[一二三四五六七八九]{2}(?:十|百|千|万)(?:元|块)", _SUM),
    _rule(r"[0-9][0-9,.]*万?元?(?:至|到|—|-|～|~)[0-9][0-9,.]*万?元", _SUM),
    _rule(r"[0-9][0-9.]*%(?=的?(?:支付|赔偿|补偿|承担|退还|返还|计算|[，。；]|$))", _BASE,
          before=r"(?:费用?|款项?|金额?|额|价|价格|工资|损失|利率|利息|比例|责任|LPR|报价)的?|[照按以][^，；]{0,20}的",
          after=rf"{_FIGURE}|的(?:责任|过错|利率)"),
    _rule(r"按(?:照)?(?:相应|一定|各自)?比例(?=承担|分担|支付|分配)", _EACH,
          before=r"[0-9]%[^。；]{0,20}", after=rf"[^，。；]{{0,8}}[：（(]|{_FIGURE}"),
    _rule(rf"(?:{_FEE})等(?![级额于待])", _LIST, after=rf"{_FIGURE}|{_N}+(?:项|人|名|件|户|笔|把)|[^，。；]{{0,14}}(?:附表|附件|清单|明细)"),
    _rule(r"(?:双方|互)?两清|互不相欠|一笔勾销", _CLEAR, before=rf"{_YUAN}[^。；]*"),
    _rule(r"按(?:照)?(?:市场价格?|市价|行情)", _PRICE, after=rf"[^。；]{{0,20}}(?:评估|估价|鉴定)|{_FIGURE}"),
)  # fmt: skip
_DEEDS: Final = (
    _rule(r"(?:另行|再行|日后|以后|届时|另)(?:协商|约定|商定|商议|确定|协议|解决)", _SETTLE,
          before=r"(?:如|若|除非|没有|未|不得)[^，。；]{0,4}", after="的除外|不成|一致"),
    _rule(r"协商(?:解决|处理|确定)(?=[，。；、]|$)", _SETTLE, before=r"(?:经|已|曾|先|应当先|可以|未能)[^，。；]{0,8}"),
    _rule(r"视(?:具体|实际)?情况(?:而定)?|看情况|根据(?:具体|实际)情况(?=决定|支付|处理|给予|确定|再|而定)", _SETTLE),
    _rule("酌情", _SUM, before="(?:人民)?法院(?:可以|有权|依法)?|仲裁(?:委员会|庭|机构)(?:可以|有权|依法)?"),
    _rule(r"依(?:照)?法(?:律规定|律)?(?:处理|解决)", _RULE, after="的|不成"),
    _rule(r"(?:按照?|依照?)(?:国家|公司|本地)?(?:的)?(?:有关|相关)(?:法律)?规定(?:处理|办理|执行|支付|承担)", _RULE),
    _rule(r"妥善(?:处理|解决|安置)|做好(?:善后|相关|后续)(?:工作|事宜)?", _WHAT),
    _rule(r"恢复原(?:状|样)", _WHAT, after=r"[^。；]{0,24}(?:标准|包括|即|材料|平整|[：（(])"),
    _rule(r"尽量|尽力|力争|争取(?=在|于|尽|" + _DO + ")", "是否应当做到？请写明必须履行的内容。"),
)  # fmt: skip
_RULES: Final = (*_DAYS, *_SUMS, *_DEEDS)
_LAWFUL: Final = (re.compile("“[^”]*”"), re.compile("《[^》]*》"))
"""Stretches in which nothing is vague: what is quoted, and titles."""
_WIDE: Final = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_STOPS: Final = "。；\n"
_NEAR: Final = 48
"""Characters in front of a word that can make it definite."""


def vague(text: str) -> list[Hit]:
    """Vague words of one term, in their order; none overlaps another."""
    plain = text.translate(_WIDE)
    lawful = [m.span() for pattern in _LAWFUL for m in pattern.finditer(plain)]
    found = [
        Hit(m.start(), m.end(), text[m.start() : m.end()], rule.question)
        for rule in _RULES
        for m in rule.word.finditer(plain)
        if not any(a <= m.start() and m.end() <= b for a, b in lawful) and not _definite(rule, plain, m)
    ]
    result: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.start, h.start - h.end)):
        if not result or hit.start >= result[-1].end:
            result.append(hit)
    return result


def _definite(rule: _Rule, text: str, found: re.Match[str]) -> bool:
    """True where the words around it, in the same sentence, say what the word leaves open."""
    if rule.after is not None and rule.after.match(text, found.end()):
        return True
    if rule.before is None:
        return False
    near = text[max(0, found.start() - _NEAR) : found.start()]
    return rule.before.search(near[max(near.rfind(stop) for stop in _STOPS) + 1 :]) is not None
