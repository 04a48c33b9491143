"""Values of the papers of the other services: registers, orders, replies, consultations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate, flag, given
from station_app.documents.keys.spec import Many, Record, Spec, date, money, number, text
from station_app.documents.keys.spec import flag as tick

_APPEAL: Final = Record(
    "诉求",
    {
        "service": text("服务类别"),
        "registered": text("登记时间"),
        "found": text("发现时间"),
        "found_by": text("发现人"),
        "summary": text("诉求概要"),
        "story": text("基本情况"),
        "request": text("诉求"),
        "contact": text("联系人"),
        "contact_phone": text("联系电话"),
        "contact_address": text("住址"),
        "handler": text("经办人"),
        "confidential": tick("投诉人信息保密"),
        "unit": text("被投诉单位"),
    },
)

_ORDER: Final = Record(
    "发令",
    {
        "no": text("发令编号"),
        "level": text("发令等级"),
        "matter": text("发令事项"),
        "place": text("地点"),
        "people": number("涉及人数"),
        "lead": text("牵头单位"),
        "joint": text("协办单位"),
        "issuer": text("发令单位"),
        "attend_rank": text("到场负责同志级别"),
        "report_by": text("报到时限"),
        "resolve_by": text("化解时限"),
        "issued": text("发令时间"),
        "received": text("签收时间"),
        "received_by": text("签收人"),
        "arrived": text("到场时间"),
        "arrived_by": text("到场人"),
        "resolved": text("反馈时间"),
        "result": text("处理结果"),
    },
)

_HAND_OFF: Final = Record(
    "转办",
    {
        "no": text("转办编号"),
        "to": text("接收单位"),
        "kind": text("去向"),
        "reason": text("转办理由"),
        "offered": text("转办时间"),
        "accepted": tick("同意接收"),
        "declined": tick("不予接收"),
        "answered": text("回复时间"),
        "answered_by": text("回复人"),
        "note": text("回复意见"),
    },
)

_CONSULTATION: Final = Record(
    "法律咨询",
    {
        "at": text("咨询时间"),
        "lawyer": text("解答人"),
        "question": text("咨询事项"),
        "advice": text("解答意见"),
        "articles": text("依据的法律条文"),
        "aid": tick("符合法律援助条件"),
        "no_aid": tick("不需要法律援助"),
        "minutes": number("咨询时长"),
        "follow_up": text("后续跟进"),
    },
)

_SUGGESTION: Final = Record(
    "人民建议",
    {
        "text": text("建议内容"),
        "expected": text("预期效果"),
        "track": text("办理进展"),
        "track_on": date("进展日期"),
        "track_note": text("进展说明"),
        "adopted_by": text("采纳单位"),
        "result": text("落实情况"),
    },
)

_RELIEF: Final = Record(
    "帮扶救助",
    {
        "need": text("困难和需求"),
        "means": text("收入情况"),
        "family": text("家庭情况"),
        "measure": text("帮扶措施"),
        "provider": text("提供帮扶的单位"),
        "amount": money("帮扶金额"),
        "on": date("帮扶日期"),
        "follow_up": date("回访日期"),
        "result": text("帮扶结果"),
    },
)

_REPLY: Final = Record(
    "答复反馈",
    {
        "text": text("答复内容"),
        "on": date("答复日期"),
        "manner": text("答复方式"),
        "very_satisfied": tick("非常满意"),
        "satisfied": tick("满意"),
        "fairly": tick("基本满意"),
        "dissatisfied": tick("不满意"),
        "very_dissatisfied": tick("非常不满意"),
    },
)

_PRIVACY: Final = Record(
    "个人信息处理",
    {
        "holder": text("个人信息处理者"),
        "address": text("地址"),
        "phone": text("联系电话"),
        "officer": text("个人信息保护负责人"),
        "keep_years": number("保管期限"),
        "draft_days": number("草稿保存天数"),
        "reply_days": number("答复期限"),
    },
)

KEYS: Final[Mapping[str, Spec]] = {
    "appeal": _APPEAL,
    "orders": Many("发令", "order", _ORDER),
    "hand_offs": Many("转办", "hand_off", _HAND_OFF),
    "consultations": Many("法律咨询", "consultation", _CONSULTATION),
    "suggestions": Many("人民建议", "suggestion", _SUGGESTION),
    "reliefs": Many("帮扶救助", "relief", _RELIEF),
    "replies": Many("答复反馈", "reply", _REPLY),
    "door": Record(
        "站点门牌",
        {
            "name": text("站点名称"),
            "url": text("门牌二维码"),
            "place": text("张贴位置"),
            "phone": text("服务电话"),
            "hours": text("联系时限"),
        },
    ),
    "slip": Record(
        "回执",
        {
            "code": text("查询编号"),
            "phone": text("服务电话"),
            "next": text("下次安排"),
            "place": text("地点"),
            "query": text("自助查询编号"),
        },
    ),
    "privacy": _PRIVACY,
}

PREDICATES: Final[Mapping[str, Predicate]] = {
    "hand_off_numbered": given("hand_off.no"),
    "confidential": flag("appeal.confidential"),
    "complained": given("appeal.unit"),
    "found_first": given("appeal.found"),
    "order_joint": given("order.joint"),
    "handed_accepted": flag("hand_off.accepted"),
    "handed_declined": flag("hand_off.declined"),
    "aid_fits": flag("consultation.aid"),
    "aid_not": flag("consultation.no_aid"),
    "satisfied_5": flag("reply.very_satisfied"),
    "satisfied_4": flag("reply.satisfied"),
    "satisfied_3": flag("reply.fairly"),
    "satisfied_2": flag("reply.dissatisfied"),
    "satisfied_1": flag("reply.very_dissatisfied"),
    "has_next": given("slip.next"),
    "has_door_phone": given("door.phone"),
    "has_door_hours": given("door.hours"),
    "has_door_place": given("door.place"),
    "self_entered": given("slip.query"),
    "keep_set": given("privacy.keep_years"),
}
