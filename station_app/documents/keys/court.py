"""Values of the papers for courts and arbitration: certificates, powers, lists, applications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate, count, flag, given, lookup
from station_app.documents.keys.party import PARTY
from station_app.documents.keys.spec import Leaf, Many, Record, Spec, date, money, number, text
from station_app.documents.keys.spec import flag as tick

_MANY: Final = 4

_CERTIFICATE: Final = Record(
    "主持调解证明",
    {
        "chosen": tick("当事人选定调解员"),
        "mediator": text("人民调解员"),
        "appointment": text("聘任文书编号"),
        "begins": date("聘期起"),
        "ends": date("聘期止"),
        "place": text("达成协议地点"),
        "last_day": date("申请司法确认的最后一日"),
        "founder": text("设立单位"),
        "filed_with": text("备案机关"),
        "genuine": tick("未发现欺诈、胁迫或者恶意串通"),
        "signings": Many(
            "签署情况",
            "signing",
            Record(
                "签署人",
                {"who": text("签署人"), "role": text("身份"), "manner": text("签署方式"), "on": date("签署日期")},
            ),
        ),
        "contact": text("联系人"),
        "phone": text("联系电话"),
    },
)

_DELIVERY: Final = Record(
    "送达地址确认",
    {
        "name": text("当事人"),
        "role": text("当事人地位"),
        "kind": text("当事人类型"),
        "legal_rep_label": text("法定代表人称谓"),
        "address": text("送达地址"),
        "postcode": text("邮政编码"),
        "receiver": text("收件人"),
        "phone": text("联系电话"),
        "backup": text("备用联系人及电话"),
        "electronic": tick("同意电子送达"),
        "paper_only": tick("不同意电子送达"),
        "e_address": text("电子送达地址"),
        "home": text("户籍地址"),
    },
)

_ORGANISATION: Final = Record(
    "单位",
    {
        "name": text("单位名称"),
        "role": text("当事人地位"),
        "kind": text("单位类型"),
        "uscc": text("统一社会信用代码"),
        "address": text("住所地"),
        "phone": text("联系电话"),
        "head": text("法定代表人（负责人）"),
        "head_label": text("法定代表人称谓"),
        "head_title": text("职务"),
        "head_id": Leaf("idno", "法定代表人（负责人）公民身份号码"),
    },
)

_MATERIAL: Final = Record(
    "材料",
    {
        "no": number("序号"),
        "name": text("材料名称"),
        "pages": number("页数"),
        "form": text("原件或者复印件"),
        "note": text("备注"),
    },
)

_ATTENDEE: Final = Record(
    "到场人员",
    {
        "no": number("序号"),
        "name": text("当事人"),
        "role": text("当事人地位"),
        "who": text("到场人"),
        "phone": text("联系电话"),
    },
)

_EXHIBIT: Final = Record(
    "证据",
    {
        "no": number("序号"),
        "name": text("证据名称"),
        "source": text("证据来源"),
        "form": text("证据形式"),
        "proves": text("证明内容"),
    },
)

_CLAIM: Final = Record(
    "给付请求",
    {
        "agreed": money("约定给付总额"),
        "paid": money("已支付总额"),
        "left": money("尚未支付总额"),
        "method": text("履行方式"),
        "rows": Many(
            "请求明细",
            "claim_row",
            Record(
                "请求明细行",
                {
                    "no": number("序号"),
                    "payee": text("权利人"),
                    "payer": text("义务人"),
                    "due": text("履行期限"),
                    "amount": money("约定数额"),
                    "paid": money("已付数额"),
                    "left": money("未付数额"),
                },
            ),
        ),
    },
)

_ARBITRATION: Final = Record(
    "劳动仲裁",
    {
        "period": text("劳动报酬所属期间"),
        "amount": money("请求数额"),
        "workers": Many(
            "劳动者",
            "worker",
            Record(
                "劳动者",
                {
                    "no": number("序号"),
                    "name": text("姓名"),
                    "sex": text("性别"),
                    "age": number("年龄"),
                    "id_number": Leaf("idno", "公民身份号码"),
                    "work": text("工种"),
                    "address": text("住所"),
                    "phone": text("联系电话"),
                    "owed": money("请求数额"),
                },
            ),
        ),
    },
)

_AID_APPLICANT: Final = Record(
    "法律援助申请人",
    {
        "name": text("姓名"),
        "sex": text("性别"),
        "ethnic": text("民族"),
        "birth": date("出生日期"),
        "id_number": Leaf("idno", "公民身份号码"),
        "address": text("住址"),
        "phone": text("联系电话"),
        "workplace": text("工作单位"),
        "owed": money("请求数额"),
    },
)

KEYS: Final[Mapping[str, Spec]] = {
    "court_style": Record(
        "法院格式", {"respondent": tick("另一方列为被申请人"), "claims": tick("请求事项称为诉讼请求")}
    ),
    "certificate": _CERTIFICATE,
    "deliveries": Many("送达地址", "delivery", _DELIVERY),
    "organisations": Many("单位当事人", "organisation", _ORGANISATION),
    "materials": Many("申请材料", "material", _MATERIAL),
    "attendees": Many("到场人员", "attendee", _ATTENDEE),
    "attendance": Record("到场方式", {"video": tick("在线视频"), "onsite": tick("到庭")}),
    "exhibits": Many("证据", "exhibit", _EXHIBIT),
    "claim": _CLAIM,
    "creditors": Many("权利人", "creditor", PARTY),
    "debtors": Many("义务人", "debtor", PARTY),
    "arbitration": _ARBITRATION,
    "aid_applicants": Many("法律援助申请人", "aid_applicant", _AID_APPLICANT),
    "ruling": Record(
        "裁定", {"court": text("作出裁定的人民法院"), "number": text("裁定书编号"), "on": date("裁定日期")}
    ),
}

PREDICATES: Final[Mapping[str, Predicate]] = {
    "respondent_named": flag("court_style.respondent"),
    "claims_named": flag("court_style.claims"),
    "mediator_chosen": flag("certificate.chosen"),
    "found_genuine": flag("certificate.genuine"),
    "mediator_termed": given("certificate.begins"),
    "delivered_electronically": flag("delivery.electronic"),
    "delivered_on_paper": flag("delivery.paper_only"),
    "attends_video": flag("attendance.video"),
    "attends_onsite": flag("attendance.onsite"),
    "has_exhibits": given("exhibits"),
    "own_claim": given("aid_applicant.owed"),
    "has_paid": lambda v: bool(lookup(v, "claim.paid")),
    "many_workers": lambda v: count(v, "arbitration.workers") >= _MANY,
    "wages_claimed": given("arbitration.period"),
    "many_claim_rows": lambda v: count(v, "claim.rows") > 1,
}
