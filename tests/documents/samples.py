"""Facts of the showcase as plain values: invented people and companies, synthetic numbers with a right check digit."""

from __future__ import annotations

from typing import Any

#: 2026-11-24 11:10 in China.
CREATED_MS = 1_795_489_800_000

COMMITTEE = "深圳市光明区凤凰街道东坑社区人民调解委员会"
NUMBER = "（2026）光凤东坑人调字第A0012号"
CONTRACTOR = "演示晟和建工集团有限公司"
LABOUR = "演示宏川劳务有限公司"

_ROSTER = """
田志强 男 壮族 45012619890412011X 砌筑工 400 26 10400.00 2000.00 8400.00 4566.13 3833.87
覃国华 男 壮族 450126197803060133 砌筑工 400 25.5 10200.00 2000.00 8200.00 4457.42 3742.58
韦建军 男 壮族 451224198509170137 木工 420 26.5 11130.00 2000.00 9130.00 4962.95 4167.05
莫海生 男 瑶族 451224199201250151 木工 420 24 10080.00 2000.00 8080.00 4392.19 3687.81
彭德林 男 土家族 42280119761108017X 钢筋工 410 27 11070.00 2500.00 8570.00 4658.54 3911.46
向永福 男 土家族 422801198707220194 钢筋工 410 25 10250.00 2000.00 8250.00 4484.60 3765.40
龙再兴 男 苗族 522625199405300218 架子工 430 22 9460.00 1500.00 7960.00 4326.96 3633.04
石金贵 男 苗族 522625198302140237 架子工 430 23 9890.00 1500.00 8390.00 4560.70 3829.30
瞿卫东 男 汉族 433122198110190259 电工 400 26 10400.00 2000.00 8400.00 4566.13 3833.87
张𬱖 男 汉族 433122199608030310 电工 400 26 10400.00 2000.00 8400.00 4566.13 3833.87
吴家旺 男 汉族 512021197412260331 混凝土工 390 25 9750.00 2000.00 7750.00 4212.80 3537.20
滕大勇 男 苗族 431226199006110355 混凝土工 390 27 10530.00 2500.00 8030.00 4365.01 3664.99
麻春来 男 苗族 433124198609050370 砌筑工 400 24 9600.00 1500.00 8100.00 4403.06 3696.94
罗玉梅 女 壮族 450126198203180224 杂工 260 27 7020.00 500.00 6520.00 3544.19 2975.81
田小英 女 土家族 522625198804270242 杂工 260 27 7020.00 1000.00 6020.00 3272.40 2747.60
黄秀兰 女 壮族 451224199111130260 杂工 260 25 6500.00 1000.00 5500.00 2989.73 2510.27
杨正平 男 侗族 431226197908200393 杂工 260 26 6760.00 1000.00 5760.00 3131.06 2628.94
"""

Values = dict[str, Any]


def _fen(text: str) -> int:
    whole, _, cents = text.partition(".")
    return int(whole) * 100 + int((cents + "00")[:2])


def workers() -> list[Values]:
    people = []
    for number, line in enumerate(_ROSTER.split("\n")[1:-1], 1):
        name, sex, ethnic, id_number, *_ = line.split(" ")
        people.append(
            {
                "no": number,
                "role": "申请人",
                "kind": "person",
                "name": name,
                "sex": sex,
                "ethnic": ethnic,
                "age": 2026 - int(id_number[6:10]),
                "birth": f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}",
                "id_number": id_number,
                "address": "深圳市光明区演示科学城园区二标段工人宿舍3栋",
                "phone": f"1390000{number:04d}",
                "in_annex": True,
                "agents": [],
            }
        )
    return people


def company(role: str, name: str, uscc: str, rep: str) -> Values:
    return {
        "role": role,
        "kind": "organisation",
        "name": name,
        "uscc": uscc,
        "address": "深圳市光明区凤凰街道演示路18号",
        "legal_rep": rep,
        "legal_rep_label": "法定代表人",
        "legal_rep_title": "总经理",
        "phone": "0755-00000018",
        "agents": [],
    }


def matrix() -> Values:
    rows = []
    for number, line in enumerate(_ROSTER.split("\n")[1:-1], 1):
        name, _, _, id_number, work, rate, days, gross, paid, owed, first, second = line.split(" ")
        rows.append(
            {
                "no": number,
                "name": name,
                "id_number": id_number,
                "work": work,
                "rate": _fen(rate),
                "days": _fen(days),
                "gross": _fen(gross),
                "paid": _fen(paid),
                "owed": _fen(owed),
                "cells": [_fen(first), _fen(second)],
                "total": _fen(owed),
            }
        )
    return {
        "title": "附表　工资支付明细",
        "note": "工资所属期间：2026年10月8日至2026年11月15日。"
        "本附表是编号（2026）光凤东坑人调字第A0012号人民调解协议书的组成部分。",
        "columns": [
            {"title": "第一期", "due": "2026-12-01", "total": 7_146_000},
            {"title": "第二期", "due": "2026-12-31", "total": 6_000_000},
        ],
        "rows": rows,
        "gross": 16_046_000,
        "paid": 2_900_000,
        "owed": 13_146_000,
        "total": 13_146_000,
    }


FACTS = (
    f"申请人田志强等17人自2026年10月8日至2026年11月15日在演示科学城园区二标段从事砌筑、木工、钢筋等工作，由{LABOUR}招用。"
    "经双方核对考勤和记工单，截至2026年11月15日，应发工资合计160,460.00元，已支付29,000.00元，尚欠131,460.00元"
    "（大写：人民币壹拾叁万壹仟肆佰陆拾元整），各人数额见附表，附表与本协议具有同等效力。争议事项为支付主体和支付时间。"
)

TERMS = [
    f"{LABOUR}确认拖欠申请人上述工资。{CONTRACTOR}作为施工总承包单位，先行清偿上述全部工资，清偿后依法向{LABOUR}追偿。",
    f"{CONTRACTOR}按附表所列各人数额，分两期通过农民工工资专用账户转入申请人本人银行账户：第一期71,460.00元，于2026年12月1日前付清；"
    "第二期60,000.00元，于2026年12月31日前付清。“前付清”包括当日，以款项到达本人账户为准。",
    "任何一期未按时足额支付的，未到期部分视为全部到期，申请人可以就本人尚未受偿的全部数额依法申请支付令或者提起诉讼；"
    "本协议经司法确认的，可以申请强制执行。",
    "附表数额系截至2026年11月15日的工资。申请人收到附表所列本人全部款项后，双方就该期间的工资再无争议。"
    "本条不影响申请人就工伤、社会保险以及其他期间的劳动报酬主张权利。",
    "双方同意在本协议生效之日起三十日内，共同向深圳市光明区人民法院申请司法确认。",
    "双方确认首部所列地址和联系电话为调解文书以及仲裁、诉讼程序文书的送达地址。",
]


def showcase() -> Values:
    """Seventeen workers, a labour subcontractor and the general contractor; two instalments."""
    applicants = workers()
    respondents = [
        company("被申请人", LABOUR, "91440311MADEM0002W", "刘成"),
        company("被申请人", CONTRACTOR, "91440311MADEM0001R", "周文"),
    ]
    return {
        "paper": {"number": NUMBER, "version": 1, "date": "2026-11-24"},
        "case": {
            "title": "田志强等17人与演示宏川劳务有限公司拖欠农民工工资纠纷",
            "type": "拖欠农民工工资纠纷",
            "matter": "拖欠劳动报酬",
            "source": "当事人申请",
            "facts": "2026年11月20日，网格员巡查发现工棚门口聚集17人，"
            "反映自10月8日起工资未结清，涉及劳务分包单位与总承包单位工程量争议。",
            "requests": ["支付2026年10月8日至2026年11月15日的工资131,460.00元。"],
            "applicants": "田志强等17人",
            "respondents": f"{LABOUR}、{CONTRACTOR}",
            "parties": f"田志强等17人与{LABOUR}、{CONTRACTOR}",
            "place": "演示科学城园区二标段",
            "project": "演示科学城园区二标段",
            "applied": "2026-11-20",
            "accepted": "2026-11-20",
            "people": 17,
            "amount": 13_146_000,
            "labour": True,
            "by_application": True,
            "respondent_agrees": True,
        },
        "committee": {"full": COMMITTEE, "short": "光凤东坑"},
        "station": {"name": "东坑社区科学城工地群众诉求服务站"},
        "court": {"name": "深圳市光明区人民法院"},
        "mediator": {"name": "李明", "appointment": "光凤东坑调聘〔2024〕3号"},
        "recorder": {"name": "陈晓"},
        "parties": [*applicants, *respondents],
        "applicants": applicants,
        "respondents": respondents,
        "agreement": {
            "number": NUMBER,
            "facts": FACTS,
            "terms": TERMS,
            "copies": 21,
            "court_copy": True,
            "read_aloud": True,
            "signed": "2026-11-24",
            "effective": "2026-11-24",
            "total": 13_146_000,
            "summary": f"{CONTRACTOR}先行清偿拖欠工资131,460.00元，分两期支付，各人数额见协议附表。",
        },
        "obligations": [
            {
                "no": 1,
                "payer": CONTRACTOR,
                "payee": "申请人17人（各人数额见附表）",
                "what": "工资",
                "amount": 7_146_000,
                "method": "转入本人银行账户",
                "due": "2026-12-01",
                "liability": "先行清偿",
            },
            {
                "no": 2,
                "payer": CONTRACTOR,
                "payee": "申请人17人（各人数额见附表）",
                "what": "工资",
                "amount": 6_000_000,
                "method": "转入本人银行账户",
                "due": "2026-12-31",
                "liability": "先行清偿",
            },
        ],
        "matrix": matrix(),
        "notice": {"days": 30, "start": "2026-11-20"},
        "representation": {
            "count": 17,
            "opponent": LABOUR,
            "representatives": [
                {"name": "田志强", "phone": "13900000001"},
                {"name": "莫海生", "phone": "13900000004"},
            ],
        },
        "confirmation": {
            "court_of_committee": True,
            "unperformed": True,
            "no_other_case": True,
        },
        "termination": {
            "sessions": ["2026-11-20", "2026-11-23"],
            "session_count": 2,
            "differences": True,
            "to_arbitration": True,
            "to_labour_office": True,
            "to_legal_aid": True,
            "arbitration_body": "深圳市光明区劳动人事争议仲裁委员会",
            "arbitration_by": "2027-11-15",
        },
        "receipt": {
            "payer": LABOUR,
            "date": "2026-11-20",
            "method": "现金",
            "period": "2026年10月8日至2026年11月15日",
            "place": "东坑社区科学城工地群众诉求服务站",
        },
    }


def small() -> Values:
    """A neighbour's case with two people: the paper most stations print most."""
    values = showcase()
    first, second = values["applicants"][0], values["applicants"][8]
    first = {**first, "in_annex": False, "occupation": "个体经营", "address": "深圳市光明区凤凰街道演示小区2栋1203房"}
    second = {
        **second,
        "in_annex": False,
        "role": "被申请人",
        "occupation": "职员",
        "address": "深圳市光明区凤凰街道演示小区2栋1303房",
    }
    values["case"] = {
        **values["case"],
        "labour": False,
        "title": "田志强与瞿卫东相邻漏水纠纷",
        "type": "邻里纠纷",
        "matter": "楼上漏水造成财产损失",
        "parties": "田志强与瞿卫东",
        "applicants": "田志强",
        "respondents": "瞿卫东",
        "people": 2,
        "amount": 1_500_000,
    }
    values["parties"] = [first, second]
    values["applicants"], values["respondents"] = [first], [second]
    values["agreement"] = {
        **values["agreement"],
        "facts": "2026年10月12日，被申请人住房卫生间水管破裂，水渗入楼下申请人住房，"
        "客厅墙面、木地板和家具受损。双方对漏水事实没有异议，争议事项为赔偿数额。",
        "terms": [
            "被申请人一次性赔偿申请人墙面、木地板和家具损失"
            "15,000.00元（大写：人民币壹万伍仟元整），于2026年11月30日前转入申请人本人银行账户。",
            "申请人收到上述款项后，双方就本次漏水造成的财产损失再无争议。",
        ],
        "copies": 3,
        "court_copy": False,
        "total": 1_500_000,
        "summary": "被申请人赔偿申请人15,000.00元，于2026年11月30日前付清。",
    }
    values["obligations"] = []
    values["matrix"] = {}
    return values
