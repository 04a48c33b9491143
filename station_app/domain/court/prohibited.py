"""Terms nobody may agree on: liberty, crime, complaint, status, title, protection of workers; in several wordings.

A sentence that keeps a right (“不影响当事人依法举报的权利”), forbids its opposite (“不得扣押身份证”) or tells what
happened before (“双方已于2025年3月1日登记离婚”) is no hit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NOT: Final = "(?:不得|不再|不准|不能|不可|不许|禁止|放弃|承诺不|保证不|同意不|自愿不|停止)"
_WAIVE: Final = (
    "(?:放弃|不再(?:要求|申请|主张|进行|提出)?|不得(?:再)?(?:要求|申请|主张|进行|提出)?|自愿不|同意不|承诺不"
    "|免除|不(?:再)?追究|不申请|不要求|不进行|无需|不必)"
)
_IN: Final = "[^，。；]"
_COMPLAIN: Final = "(?:上访|信访|举报|投诉|检举|控告)"
_ESTATE: Final = "(?:房屋|房产|土地|宅基地|车位|商铺|车辆|股权|专利|商标|著作权|林地|楼房|铺位|自建房|厂房)"
_CLAIM: Final = "租金|押金|收益|费用|款|补偿|赔偿|钥匙|家具|家电|物品|损失|保险金|违约金"
"""A sum or a movable handed over is a payment or a delivery, not a decision on title."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind`: criminal, complaint, liberty, status, title, injury, social_insurance; places are characters.

    `injury` also finds a general waiver (“不再要求任何赔偿”), which is prohibited only where a worker was injured.
    """

    start: int
    end: int
    kind: str
    sentence: str
    basis: str


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    wordings: tuple[str, ...]
    sentence: str
    basis: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """All wordings of the kind."""
        return re.compile("|".join(self.wordings))


_CRIMINAL: Final = _Kind(
    "criminal",
    (
        rf"(?:不(?:再|予)?追究|放弃追究|免于追究|免除){_IN}{{0,12}}(?:刑事责任|刑责)",
        rf"(?:不(?:得|再|能|会)?|放弃|撤回|撤销)(?:再)?(?:向{_IN}{{0,8}})?(?:报案|报警|刑事(?:控告|自诉|报案))",
        rf"(?:公安机关|司法机关|检察机关|派出所){_IN}{{0,10}}(?:不得|不要|无需)(?:再)?(?:立案|追究|处理|侦查)",
        rf"(?:刑事(?:案件|部分|责任)|犯罪){_IN}{{0,10}}(?:私了|了结|一并了结|不再处理|抵销|抵消)",
        rf"(?:打架|斗殴|殴打|伤害|盗窃|诈骗|猥亵){_IN}{{0,6}}私了",
    ),
    "“{word}”是以协议处分刑事责任，违反法律和公序良俗，请删除。当事人的谅解可以另行出具谅解书。",
    "民法典第一百五十三条",
)
_COMPLAINT: Final = _Kind(
    "complaint",
    (
        rf"{_NOT}{_IN}{{0,20}}?(?:{_COMPLAIN}|向(?:有关|任何|其他|各级|上级|媒体|政府|主管|监察){_IN}{{0,10}}(?:反映|求助|曝光))",
        rf"{_NOT}{_IN}{{0,12}}向{_IN}{{0,6}}(?:部门|机关|单位){_IN}{{0,4}}反映",
        rf"(?:如|若|一旦){_IN}{{0,10}}(?:{_COMPLAIN}|曝光)[^。；]{{0,14}}(?:退还|返还|赔偿|扣除|支付违约金|承担违约|视为违约)",
        rf"(?:撤回|撤销|撤)(?:全部|所有)?(?:举报|信访|投诉)(?:事项|件)?{_IN}{{0,8}}(?:后|才|方)(?:支付|付款|给付)",
        r"(?:承诺|保证|同意|必须|应当|自愿)(?:今后|以后)?(?:息访|罢访|停访|息诉|罢诉)",
    ),
    "“{word}”限制当事人依法信访、举报、投诉的权利，违背公序良俗，请删除。",
    "民法典第一百五十三条",
)
_LIBERTY: Final = _Kind(
    "liberty",
    (
        rf"{_NOT}{_IN}{{0,6}}(?:离开(?:本市|本地|本区|深圳|宿舍|工地|住所|家门|小区|厂区|居住地|户籍地)|离境|出境|出门)",
        rf"{_NOT}(?:擅自)?外出(?=[，。；]|务工|打工|就业|$)",
        rf"(?:扣押|扣留|抵押|质押|暂存|保管|收走){_IN}{{0,8}}(?:身份证|护照|户口簿|驾驶证|通行证)",
        rf"(?:限制|看管|看守|软禁|约束){_IN}{{0,6}}(?:人身|行动自由)|(?:限制|看管)(?:其|对方|[甲乙]方|工人|申请人|被申请人){_IN}{{0,4}}出入",
        rf"以(?:劳务|劳动|干活)(?:抵偿|抵债){_IN}{{0,10}}(?:不得离开|直至还清)",
    ),
    "“{word}”限制人身自由或者扣押身份证件，违反法律，请删除。",
    "民法典第一百五十三条",
)
_STATUS: Final = _Kind(
    "status",
    (
        rf"(?:同意|自愿|确认|协议|决定){_IN}{{0,6}}(?:离婚(?!后|时|前|的|协议|证|判决|登记)|解除婚姻关系|婚姻(?:关系)?(?:无效|有效|解除))",
        r"双方离婚(?=[，。；]|$)",
        rf"(?:解除|确认|断绝|脱离|终止|建立){_IN}{{0,8}}(?:收养关系|父子关系|父女关系|母子关系|母女关系|亲子关系|婚姻关系)",
        rf"(?:确认|认定){_IN}{{0,10}}(?:系|是|为|不是){_IN}{{0,8}}(?:亲生|生父|生母)",
        rf"(?:确认|认定){_IN}{{0,10}}(?:生父|生母|亲生父母|亲生父亲|亲生母亲)(?:为|是|系)",
        rf"(?:收养|婚姻|亲子)关系(?:自|于|从){_IN}{{0,12}}(?:解除|成立|无效|终止)",
    ),
    "“{word}”涉及婚姻、亲子、收养等身份关系，人民法院不予受理，请删除，可以保留抚养费、财产给付等内容。",
    "民诉解释第三百五十五条第三项",
)
_TITLE: Final = _Kind(
    "title",
    (
        rf"{_ESTATE}(?:(?!{_CLAIM}){_IN}){{0,14}}?(?:归(?!属|还)|属于|属(?!实)){_IN}{{0,8}}(?:所有|享有|名下)",
        rf"(?:所有权|产权|(?:土地|宅基地|林地)(?:承包)?(?:经营|使用)权|物权|专利权|商标权|著作权|知识产权){_IN}{{0,8}}"
        rf"(?:归(?!属)|属于|属(?!实)){_IN}{{1,12}}",
        rf"(?:确认|认定){_IN}{{0,16}}(?:所有权人|产权人|权利人|著作权人|专利权人)",
        rf"(?:确认|认定){_IN}{{0,16}}(?:享有|拥有){_IN}{{0,10}}(?:所有权|产权|著作权|专利权|商标权)",
    ),
    "“{word}”属于物权、知识产权确权，人民法院不予受理。请改为交付、腾退、配合办理或者支付价款等可以履行的内容。",
    "民诉解释第三百五十五条第五项",
)
_INJURY: Final = _Kind(
    "injury",
    (
        rf"{_WAIVE}{_IN}{{0,12}}(?:工伤认定|认定工伤|劳动能力鉴定|伤残鉴定|工伤(?:保险)?待遇)",
        rf"工伤[^。；]{{0,20}}(?:一次性)?(?:了结|买断|解决|赔偿|补偿)[^。；]{{0,20}}(?:不再|不得|放弃){_IN}{{0,12}}"
        r"(?:要求|主张|提出|追索|权利)",
        rf"(?:不再|不得|放弃){_IN}{{0,8}}工伤{_IN}{{0,12}}(?:主张|要求|提出|追索){_IN}{{0,8}}(?:权利|赔偿|补偿|待遇|费用)",
        r"(?:不再|不得|放弃)(?:要求|主张|提出)(?:任何|其他|一切)(?:的)?(?:工伤)?(?:赔偿|补偿|费用|权利|待遇)",
    ),
    "“{word}”让工人放弃工伤认定、鉴定或者法定待遇，日后可能被撤销，法院可能裁定驳回申请，请删除。",
    "解释（一）第三十五条",
)
_SOCIAL: Final = _Kind(
    "social_insurance",
    (
        rf"(?:{_WAIVE}|不){_IN}{{0,10}}?(?:(?:缴纳|补缴|参加|购买|办理){_IN}{{0,4}})?"
        rf"(?:社会保险|社保|工伤保险|养老保险)(?!待遇)(?!{_IN}{{0,6}}(?:的权利|待遇|、))",
        rf"(?:社会保险|社保)(?:费)?{_IN}{{0,4}}(?:以现金|折算|折现|折合|随工资){_IN}{{0,10}}(?:发放|支付|补偿|补贴)",
        rf"(?:社会保险|社保)(?!{_IN}{{0,4}}(?:个人|应由)){_IN}{{0,8}}由(?:劳动者|工人|员工|职工|本人|乙方|申请人){_IN}{{0,6}}(?:承担|缴纳|负责)",
    ),
    "“{word}”免除参加社会保险的法定义务，没有法律效力，请删除。",
    "解释（二）（条文未核）",
)
_KINDS: Final = (_CRIMINAL, _COMPLAINT, _LIBERTY, _STATUS, _TITLE, _INJURY, _SOCIAL)
KINDS: Final = frozenset(kind.kind for kind in _KINDS)
"""All kinds of prohibited terms."""
_PATTERNS: Final = tuple((kind, kind.pattern) for kind in _KINDS)
_FORBID: Final = "(?:不得|不能|不应|不准|禁止|严禁|承诺不|保证不)"
_KEPT: Final = re.compile(
    rf"(?:不(?:影响|妨碍|限制|排除|减少)|保留|有权|可以|告知){_IN}{{0,30}}"
    r"(?:权利|举报|投诉|信访|控告|报案|报警|反映|认定|鉴定|待遇|社会保险)"
    rf"|{_FORBID}{_IN}{{0,8}}(?:因|对|打击|报复|阻止|阻挠|干涉|干扰|妨碍|限制|压制|歧视|刁难|泄露){_IN}{{0,16}}{_COMPLAIN}"
    rf"|{_FORBID}{_IN}{{0,8}}以{_IN}{{0,12}}{_COMPLAIN}{_IN}{{0,6}}为由"
    rf"|(?:因|由于){_IN}{{0,10}}(?:不|未)(?:参加|缴纳|购买|办理){_IN}{{0,8}}"
    rf"|{_FORBID}{_IN}{{0,14}}(?:扣押|扣留|抵押|暂存|保管|收走|限制|看管){_IN}{{0,12}}"
    rf"|(?:退还|归还|返还|交还){_IN}{{0,10}}(?:扣押|扣留|抵押|暂存|保管|收走){_IN}{{0,12}}"
    rf"|(?:已|曾|原){_IN}{{0,16}}(?:离婚|解除婚姻关系|解除收养关系)"
    rf"|(?:不|未)(?:涉及|作|处理|确认|包括){_IN}{{0,24}}(?:所有权|产权|确权|归属|身份关系|婚姻关系|亲子关系|收养关系)"
    r"|(?:依法|按规定)(?:参加|缴纳|补缴)(?:社会保险|社保|工伤保险)"
)
"""Sentences that keep a right or protect it, forbid the opposite, or tell what happened before."""


def prohibited(text: str) -> list[Hit]:
    """Prohibited wording of one term, in its order; one hit a place and kind."""
    kept = [m.span() for m in _KEPT.finditer(text)]
    found = [
        Hit(m.start(), m.end(), kind.kind, kind.sentence.format(word=m[0]), kind.basis)
        for kind, pattern in _PATTERNS
        for m in pattern.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in kept)
    ]
    return sorted(found, key=lambda hit: (hit.start, hit.kind))
