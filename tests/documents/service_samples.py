"""Facts of the papers of the other services, beside those of the showcase and of the neighbours' case."""

from __future__ import annotations

from tests.documents import samples
from tests.documents.samples import Values


def showcase() -> Values:
    """The wage case at its first morning: registered, ordered, handed over, answered."""
    values = samples.showcase()
    values["station"] = {"name": "东坑社区科学城工地群众诉求服务站", "phone": "0755-00000012"}
    values["appeal"] = {
        "service": "矛盾纠纷调处",
        "registered": "2026年11月20日 08:52",
        "found": "2026年11月20日 08:40",
        "found_by": "网格员巡查",
        "summary": "十七名工人反映工资自十月八日起未结清，要求付清",
        "story": values["case"]["facts"],
        "request": "支付2026年10月8日至2026年11月15日的工资131,460.00元。",
        "contact": "田志强",
        "contact_phone": "13900000001",
        "contact_address": "深圳市光明区演示科学城园区二标段工人宿舍3栋",
        "handler": "陈晓",
    }
    values["orders"] = [
        {
            "no": "光凤东坑令字第A0003号",
            "level": "紧急",
            "matter": "工棚门口聚集17名工人，反映工资未结清，要求派员到场协调劳务分包单位和总承包单位核对、支付工资。",
            "place": "演示科学城园区二标段",
            "people": 17,
            "lead": "区住房建设局",
            "joint": "区人力资源局",
            "issuer": "凤凰街道东坑社区",
            "attend_rank": "科级",
            "report_by": "2026年11月20日 10:10",
            "resolve_by": "2026年11月27日 18:00",
            "issued": "2026年11月20日 09:10",
            "received": "2026年11月20日 09:21",
            "received_by": "张岚",
        }
    ]
    values["hand_offs"] = [
        {
            "to": "区人力资源局劳动监察大队",
            "kind": "主管部门",
            "reason": "涉及拖欠农民工工资，属于劳动监察职责。",
            "offered": "2026年11月20日 11:30",
            "accepted": True,
            "declined": False,
            "answered": "2026年11月20日 14:05",
            "answered_by": "唐宁",
        }
    ]
    values["replies"] = [
        {
            "text": "经本站主持调解，总承包单位同意先行清偿拖欠工资131,460.00元，分两期转入各人银行账户，"
            "第一期于2026年12月1日前付清，第二期于2026年12月31日前付清。协议已经生效，本站将逐期回访。",
            "on": "2026-11-25",
            "manner": "直接送达",
            "satisfied": True,
        }
    ]
    values["slip"] = {
        "code": "482-913-706",
        "phone": "0755-00000012",
        "next": "2026年11月20日 14:00　调解",
        "place": "调解室",
    }
    values["privacy"] = {
        "holder": samples.COMMITTEE,
        "address": "深圳市光明区凤凰街道演示路6号",
        "phone": "0755-00000012",
        "draft_days": 30,
        "reply_days": 15,
    }
    return values


def small() -> Values:
    """One resident with a question, a proposal, a need, and a complaint whose author stays unnamed."""
    values = {**samples.small(), **{name: v for name, v in showcase().items() if name in ("station", "privacy")}}
    values["paper"] = {}
    values["respondents"] = []
    values["appeal"] = {
        "service": "问题投诉",
        "registered": "2026年11月20日 15:20",
        "summary": "小区电梯停用半个月，无人维修",
        "story": "2栋电梯自11月5日起停用，物业公司称等待配件，老人上下楼困难。",
        "request": "尽快修复电梯，公布维修进度。",
        "contact": "田志强",
        "contact_phone": "13900000001",
        "confidential": True,
        "unit": "演示物业服务有限公司",
    }
    values["hand_offs"] = [
        {"to": "凤凰街道办事处", "kind": "街道", "reason": "涉及物业服务监督。", "offered": "2026年11月20日 16:00"}
    ]
    values["replies"] = [{"text": "物业公司已于11月22日修复电梯。", "on": "2026-11-23", "manner": "电话告知"}]
    values["slip"] = {"code": "482-913-706", "phone": "0755-00000012"}
    values["consultations"] = [
        {
            "at": "2026年11月20日 10:00",
            "lawyer": "演示律师事务所　申屠明",
            "question": "未签书面劳动合同，被拖欠两个月工资，怎样主张？",
            "advice": "可以向劳动人事争议仲裁委员会申请仲裁，也可以向劳动监察机构投诉；"
            "请保存考勤、转账记录和工作群聊天记录。劳动关系终止的，应当自终止之日起一年内提出。",
            "articles": "劳动争议调解仲裁法第二十七条；保障农民工工资支付条例第十条",
            "aid": True,
            "no_aid": False,
            "minutes": 25,
            "follow_up": "三日内补交考勤照片，协助填写法律援助申请表。",
        }
    ]
    values["suggestions"] = [
        {
            "text": "在工地门口设置工资公示栏，每月公示考勤和应发、实发工资，由工人代表核对签名。",
            "expected": "减少月末对账争议，让新进场工人知道工资怎样计算。",
            "track": "已采纳",
            "track_on": "2026-12-05",
            "track_note": "总承包单位同意在两个门口设置。",
            "adopted_by": "演示晟和建工集团有限公司",
        }
    ]
    values["reliefs"] = [
        {
            "need": "家中老人住院，工资未到账，暂时无力缴纳押金。",
            "means": "本人工资，每月约八千元",
            "family": "四口人，两名老人",
            "measure": "协调社区爱心基金临时垫付住院押金。",
            "provider": "东坑社区居民委员会",
            "amount": 200_000,
            "on": "2026-11-21",
            "follow_up": "2026-12-05",
        }
    ]
    return values
