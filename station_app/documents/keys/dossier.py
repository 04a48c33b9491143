"""Values of the mediation file's own papers: covers, notices, records, evidence, seals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate, flag, given, lookup
from station_app.documents.keys.spec import Leaf, Many, Record, Spec, date, money, number, text
from station_app.documents.keys.spec import flag as tick

_DOSSIER: Final = Record(
    "卷宗",
    {
        "number": text("卷号"),
        "year": number("年度"),
        "title": text("卷名"),
        "mediators": text("人民调解员"),
        "begins": date("调解开始日期"),
        "ends": date("调解结束日期"),
        "compiled_by": text("立卷人"),
        "compiled_on": date("立卷日期"),
        "checked_by": text("检查人"),
        "checked_on": date("检查日期"),
        "keep": text("保管期限"),
        "note": text("卷宗情况说明"),
        "pages": number("卷内页数"),
        "contents": Many(
            "卷内文书",
            "item",
            Record(
                "卷内文书",
                {"no": number("序号"), "name": text("文书名称"), "pages": text("页号"), "note": text("备注")},
            ),
        ),
    },
)

_ID_SHEET: Final = Record(
    "身份证明",
    {
        "name": text("姓名（名称）"),
        "role": text("当事人地位"),
        "id_kind": text("证件名称"),
        "id_number": Leaf("idno", "证件号码"),
        "person": tick("自然人"),
    },
)

_NAME: Final = {"name": text("姓名（名称）"), "kind": text("当事人类型"), "legal_rep_label": text("法定代表人称谓")}

_POWER: Final = Record(
    "授权委托",
    {
        "principals": Many("委托人", "principal", Record("委托人", {**_NAME, "role": text("当事人地位")})),
        "principal_names": text("委托人"),
        "agent": text("代理人姓名"),
        "kind": text("代理人身份"),
        "id_number": Leaf("idno", "代理人公民身份号码"),
        "phone": text("代理人联系电话"),
        "general": tick("一般授权"),
        "special": tick("特别授权"),
        "admit": tick("承认、变更、放弃请求"),
        "settle": tick("达成和签署协议"),
        "confirm": tick("申请司法确认"),
        "begins": date("委托期限起"),
        "ends": date("委托期限止"),
        "lawyer": tick("律师"),
        "legal_worker": tick("基层法律服务工作者"),
        "relative": tick("近亲属"),
        "staff": tick("单位工作人员"),
        "recommended": tick("推荐的公民"),
    },
)

_MEETING: Final = Record(
    "调解安排", {"at": text("时间"), "place": text("地点"), "with": text("邀请人员"), "note": text("说明")}
)

_NOTICE: Final = Record("被通知人", {"name": text("姓名（名称）"), "role": text("当事人地位")})

_INQUIRY: Final = Record(
    "调查",
    {
        "at": text("时间"),
        "place": text("地点"),
        "person": text("被调查人"),
        "about": text("被调查人基本情况"),
        "attendees": text("参加人"),
        "asked_by": text("调查人"),
        "recorder": text("记录人"),
        "record": text("调查内容"),
    },
)

_EVIDENCE: Final = Record(
    "证据材料",
    {
        "no": number("序号"),
        "name": text("证据名称"),
        "source": text("来源（提供人）"),
        "form": text("原件或者复印件"),
        "pages": number("页数"),
        "proves": text("证明内容"),
        "checked_by": text("核对人"),
    },
)

_PICTURE: Final = Record("证据图片", {"words": text("图片说明"), "sha": text("图片校验值")})

_SITTING: Final = Record(
    "调解",
    {
        "no": number("次序"),
        "time": text("时间"),
        "place": text("地点"),
        "mode": text("调解方式"),
        "mediators": text("人民调解员"),
        "recorder": text("记录人"),
        "attendees": text("参加人"),
        "record": text("调解记录"),
        "positions": text("各方意见"),
        "reason": text("调解不成的原因"),
        "open": tick("公开调解"),
        "closed": tick("不公开调解"),
        "told": tick("已告知权利义务"),
        "success": tick("调解成功"),
        "failure": tick("调解不成"),
        "continued": tick("有待继续调解"),
    },
)

_REOPENING: Final = Record(
    "恢复办理",
    {
        "at": text("恢复办理时间"),
        "from": text("恢复前的状态"),
        "asked_by": text("提出人"),
        "reason": text("恢复办理的原因"),
        "mediation": tick("矛盾纠纷调处"),
        "term": text("调解期限"),
    },
)

_RENUMBERED: Final = Record(
    "编号更正的文书",
    {
        "no": number("序号"),
        "title": text("文书"),
        "issued": date("出具日期"),
        "pages": number("页数"),
        "old": text("原编号"),
        "fresh": text("现编号"),
    },
)

_RENUMBERING: Final = Record(
    "编号更正",
    {
        "old": text("原编号"),
        "fresh": text("现编号"),
        "on": date("改编日期"),
        "who": text("改编人"),
        "reason": text("改编原因"),
        "papers": Many("编号更正的文书", "renumbered", _RENUMBERED),
    },
)

_RECUSAL: Final = Record(
    "回避",
    {
        "mediator": text("被申请回避的人民调解员"),
        "asked_by": text("申请人"),
        "asked_on": date("申请日期"),
        "reason": text("申请回避的理由"),
        "granted": tick("同意回避"),
        "withdrawn": tick("撤回回避申请"),
        "not_founded": tick("不属于应当回避的情形"),
        "decided_by": text("决定人"),
        "decided_on": date("决定日期"),
    },
)

_SLIP: Final = Record(
    "收条",
    {
        "payee": text("收款人"),
        "payer": text("付款人"),
        "what": text("款项"),
        "amount": money("金额"),
        "on": date("收款日期"),
        "manner": text("收款方式"),
    },
)

_SHARE: Final = Record(
    "个人款项",
    {
        "name": text("姓名（名称）"),
        "id_number": text("证件号码（中间数位不显示）"),
        "number": text("协议编号"),
        "payer": text("付款人"),
        "what": text("款项"),
        "account": text("收款账户"),
        "holder": text("户名"),
        "total": money("合计"),
        "rows": Many(
            "各期款项",
            "instalment",
            Record(
                "各期款项",
                {
                    "no": number("期次"),
                    "due": date("支付日期"),
                    "when": text("没有约定日期的支付时间"),
                    "amount": money("金额"),
                },
            ),
        ),
    },
)

_REMINDER: Final = Record(
    "督促履行",
    {
        "debtor": text("履行义务人"),
        "amount": money("应付总额"),
        "paid": money("已付总额"),
        "left": money("尚未支付总额"),
        "rows": Many(
            "未履行事项",
            "due_row",
            Record(
                "未履行事项",
                {
                    "no": number("序号"),
                    "payee": text("权利人"),
                    "due": text("履行期限"),
                    "amount": money("应付"),
                    "paid": money("已付"),
                    "left": money("未付"),
                },
            ),
        ),
    },
)

_VISIT: Final = Record(
    "回访",
    {
        "party": text("被回访人"),
        "at": text("回访时间"),
        "visitor": text("回访人"),
        "manner": text("回访方式"),
        "full": tick("已全部履行"),
        "part": tick("部分履行"),
        "none": tick("未履行"),
        "unreachable": tick("无法取得联系"),
        "words": text("回访情况"),
        "satisfaction": text("满意程度"),
    },
)

_ADVICE: Final = Record(
    "人民调解建议",
    {"to": text("受文单位"), "cases": number("案件数量"), "problem": text("发现的问题"), "measures": text("建议措施")},
)

_SEAL_USE: Final = Record(
    "用印",
    {
        "no": number("序号"),
        "on": date("用印日期"),
        "title": text("用印文书"),
        "seal": text("印章名称"),
        "copies": number("份数"),
        "approved_by": text("批准人"),
        "used_by": text("用印人"),
    },
)

KEYS: Final[Mapping[str, Spec]] = {
    "dossier": _DOSSIER,
    "refusal": Record("不予受理", {"reason": text("不予受理的理由"), "on": date("告知日期")}),
    "id_sheets": Many("身份证明", "id_sheet", _ID_SHEET),
    "powers": Many("授权委托", "power", _POWER),
    "meeting": _MEETING,
    "gathering": Record("到场", {"at": text("时间"), "place": text("地点")}),
    "notices": Many("被通知人", "notified", _NOTICE),
    "sign_in": Many(
        "签到人员",
        "signee",
        Record("签到人员", {"no": number("序号"), "name": text("姓名（名称）"), "role": text("身份")}),
    ),
    "inquiries": Many("调查", "inquiry", _INQUIRY),
    "evidence_list": Many("证据材料", "proof", _EVIDENCE),
    "pictures": Many("证据图片", "picture", _PICTURE),
    "sittings": Many("调解", "sitting", _SITTING),
    "extension": Record("延期", {"until": date("延长至"), "agreed_on": date("同意日期"), "reason": text("延期原因")}),
    "recusals": Many("回避", "recusal", _RECUSAL),
    "reopenings": Many("恢复办理", "reopening", _REOPENING),
    "renumberings": Many("编号更正", "renumbering", _RENUMBERING),
    "supplemented": Record("原协议", {"number": text("原协议编号"), "signed": date("原协议日期")}),
    "slips": Many("收条", "slip", _SLIP),
    "shares": Many("个人款项", "share", _SHARE),
    "reminders": Many("督促履行", "reminder", _REMINDER),
    "visits": Many("回访", "visit", _VISIT),
    "advices": Many("人民调解建议", "advice", _ADVICE),
    "seal_uses": Many("用印", "seal_use", _SEAL_USE),
}


def _unwritten(path: str) -> Predicate:
    """True where a record has yet to be written by hand."""
    return lambda values: lookup(values, path) in (None, "")


_AGENTS: Final = ("lawyer", "legal_worker", "relative", "staff", "recommended")


def _proof(kind: str) -> Predicate:
    """The proofs of an agent of this kind; of every kind while nobody said which he is."""
    return lambda values: (
        lookup(values, f"power.{kind}") is True or not any(lookup(values, f"power.{k}") is True for k in _AGENTS)
    )


PREDICATES: Final[Mapping[str, Predicate]] = {
    **{f"proof_{kind}": _proof(kind) for kind in _AGENTS},
    **{f"agent_{kind}": flag(f"power.{kind}") for kind in _AGENTS},
    "id_of_person": flag("id_sheet.person"),
    "power_general": flag("power.general"),
    "power_special": flag("power.special"),
    "power_admits": flag("power.admit"),
    "power_settles": flag("power.settle"),
    "power_confirms": flag("power.confirm"),
    "has_guests": given("meeting.with"),
    "inquiry_unwritten": _unwritten("inquiry.record"),
    "sitting_unwritten": _unwritten("sitting.record"),
    "sitting_open": flag("sitting.open"),
    "sitting_closed": flag("sitting.closed"),
    "sitting_told": flag("sitting.told"),
    "sitting_success": flag("sitting.success"),
    "sitting_failure": flag("sitting.failure"),
    "sitting_continued": flag("sitting.continued"),
    "sitting_failed_why": given("sitting.reason"),
    "sitting_positions": given("sitting.positions"),
    "recusal_granted": flag("recusal.granted"),
    "reopening_mediation": flag("reopening.mediation"),
    "recusal_withdrawn": flag("recusal.withdrawn"),
    "recusal_not_founded": flag("recusal.not_founded"),
    "has_extension_reason": given("extension.reason"),
    "reminder_paid": lambda values: bool(lookup(values, "reminder.paid")),
    "visit_full": flag("visit.full"),
    "visit_part": flag("visit.part"),
    "visit_none": flag("visit.none"),
    "visit_unreachable": flag("visit.unreachable"),
    "visit_unwritten": _unwritten("visit.words"),
    "dossier_noted": given("dossier.note"),
}
