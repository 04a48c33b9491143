"""Facts of the file's own papers, beside those of the showcase and of the neighbours' case."""

from __future__ import annotations

import io

from PIL import Image

from tests.documents import samples
from tests.documents.samples import Values

_TIME = "2026年11月23日9时30分至11时10分"


def showcase() -> Values:
    """The seventeen workers: two sessions, an inquiry, evidence, the file closed."""
    values = samples.showcase()
    workers, companies = values["applicants"], values["respondents"]
    values["dossier"] = _dossier()
    values["id_sheets"] = [
        {"name": workers[9]["name"], "role": "申请人", "id_kind": "公民身份号码", "person": True}
        | {"id_number": workers[9]["id_number"]},
        {"name": samples.LABOUR, "role": "被申请人", "id_kind": "统一社会信用代码", "person": False}
        | {"id_number": "91440311MADEM0002W"},
    ]
    values["powers"] = [_power(companies[0]), _special(workers[:3])]
    values["meeting"] = {"at": "2026年11月24日9时00分", "place": "东坑社区科学城工地群众诉求服务站调解室"}
    values["meeting"]["with"] = "深圳市光明区人力资源局、演示科学城项目监理部"
    values["gathering"] = {name: values["meeting"][name] for name in ("at", "place")}
    people = [*workers, *companies]
    values["notices"] = [{"name": p["name"], "role": p["role"]} for p in (workers[0], companies[0])]
    values["sign_in"] = [{"no": n, "name": p["name"], "role": p["role"]} for n, p in enumerate(people, 1)]
    values["sign_in"] += [
        {"no": 20, "name": "李明", "role": "人民调解员"},
        {"no": 21, "name": "陈晓", "role": "记录人"},
        *({"no": n} for n in range(22, 25)),
    ]
    values["inquiries"] = [
        {
            "at": "2026年11月20日10时20分",
            "place": "演示科学城园区二标段项目部",
            "person": "何斌",
            "about": f"男，{samples.LABOUR}现场负责人",
            "asked_by": "李明",
            "recorder": "陈晓",
            "record": "问：工人的出勤由谁记录？\n答：由各班组长每日在记工本上登记，月底报项目部核对。\n"
            "问：十月八日至十一月十五日的工资为什么没有发放？\n"
            "答：本公司与总承包单位对十月份完成的工程量没有结算完毕，总承包单位没有拨付进度款，本公司没有资金发放。",
        },
        {},
    ]
    values["evidence_list"] = [
        {"no": 1, "name": "考勤机导出记录", "source": samples.LABOUR, "form": "电子数据", "pages": 12}
        | {"proves": "各人出勤天数", "checked_by": "李明"},
        {"no": 2, "name": "记工本照片", "source": "田志强", "form": "照片", "pages": 2}
        | {"proves": "工日和工种", "checked_by": "李明"},
        {"no": 3, "name": "劳务分包合同", "source": samples.CONTRACTOR, "form": "复印件", "pages": 18},
    ]
    shown = ("记工本第1页", "记工本第2页", "现场照片", "银行流水截图", "工资结算单")
    values["pictures"] = [
        {"sha": f"{no:064x}", "words": f"证据2　{name}（田志强提供）"} for no, name in enumerate(shown, 1)
    ]
    values["sittings"] = [_sitting(), {}]
    values["extension"] = {"until": "2027-01-10", "agreed_on": "2026-12-18", "reason": "双方正在核对各班组工程量"}
    values["reopenings"] = [
        {
            "at": "2026年12月28日9时00分",
            "from": "调解终止",
            "asked_by": "田志强",
            "reason": "双方已核对完各班组工程量，均同意再次调解。",
            "mediation": True,
            "term": "没有另行约定的为30日，至2027年1月27日（遇休息日顺延）",
        },
        {"from": "已反馈", "reason": "咨询事项有新的材料。", "mediation": False},
    ]
    values["renumberings"] = [_renumbering()]
    values["recusals"] = [
        {
            "mediator": "李明",
            "asked_by": samples.LABOUR,
            "asked_on": "2026-11-20",
            "reason": "申请人田志强与人民调解员李明系同乡，可能影响公正调解。",
            "granted": True,
            "decided_by": samples.COMMITTEE,
            "decided_on": "2026-11-20",
        }
    ]
    values["termination"]["undisputed"] = (
        f"一、申请人田志强等17人于2026年10月8日至2026年11月15日由{samples.LABOUR}招用，"
        "在演示科学城园区二标段从事砌筑、木工、钢筋等工作。\n"
        "二、各方核对的应发工资合计160,460.00元，已支付29,000.00元，尚欠131,460.00元。"
    )
    values["slips"] = [
        {"payee": "田志强", "payer": samples.CONTRACTOR, "what": "工资", "amount": 456_613}
        | {"on": "2026-12-01", "manner": "转入本人银行账户"}
    ]
    values["shares"] = [
        {
            "name": name,
            "id_number": id_number,
            "number": samples.NUMBER,
            "payer": samples.CONTRACTOR,
            "what": "工资",
            **account,
            "rows": [{"no": 1, "due": "2026-12-01", "amount": first}, {"no": 2, "due": "2026-12-31", "amount": last}],
            "total": first + last,
        }
        for name, id_number, first, last, account in (
            ("田志强", "450126********011X", 456_613, 383_387,
             {"account": "演示银行深圳光明支行 6200000000000000001", "holder": "田志强"}),
            ("覃国华", "450126********0133", 445_742, 374_258, {}),
        )
    ]  # fmt: skip
    values["reminders"] = [_reminder(values)]
    values["visits"] = [
        {"party": "覃国华", "at": "2026年12月8日15时30分", "visitor": "陈晓", "manner": "电话", "full": True}
        | {"words": "第一期工资4,457.42元已于12月1日到账，对调解结果满意，没有新的纠纷。", "satisfaction": "满意"},
        {},
    ]
    values["advices"] = [
        {"to": "深圳市光明区凤凰街道办事处", "cases": 5}
        | {
            "problem": "一、部分在建工地的分包单位没有按月结算并支付农民工工资。\n"
            "二、班组记工没有由工人本人按日签认，发生争议时难以核对。",
            "measures": "一、督促总承包单位落实农民工工资专用账户和按月代发制度。\n"
            "二、在辖区工地推行按日记工、本人签认，每月公示。",
        }
    ]
    values["seal_uses"] = [
        {"no": 1, "on": "2026-11-24", "title": "人民调解协议书", "seal": "人民调解委员会印章", "copies": 21}
        | {"approved_by": "李明", "used_by": "陈晓"}
    ]
    return values


def supplement() -> Values:
    """A further agreement of the seventeen that puts off the second instalment."""
    values = samples.showcase()
    values["supplemented"] = {"number": samples.NUMBER, "signed": "2026-11-24"}
    values["agreement"]["number"] = "（2026）光凤东坑人调字第A0012号-补1"
    values["agreement"]["terms"] = ["原协议第二条约定的第二期60,000.00元，付款期限变更为2027年1月15日前。"]
    values["obligations"] = [{**values["obligations"][1], "no": 1, "due": "2027-01-15"}]
    values["matrix"] = {}
    values["parties"] = [{**p, "in_annex": False} for p in values["parties"]]
    return values


def picture(sha: str) -> bytes:
    """A stand-in for a photograph: its shape and colour follow from its number; the third was held sideways."""
    number = int(sha, 16)
    size = ((900, 1200), (1600, 900), (1200, 900), (400, 1800), (1000, 1000))[number - 1]
    image = Image.new("RGB", size, ((40 * number) % 256, 120, 200))
    image.paste((250, 250, 240), (size[0] // 8, size[1] // 8, size[0] // 2, size[1] // 3))
    exif = Image.Exif()
    if number == 3:
        exif[274] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def small() -> Values:
    """Two neighbours: nothing recorded yet, everything to be filled by hand."""
    values = samples.small()
    first, second = values["parties"]
    values["case"] = {**values["case"], "requests": ["修复漏水的卫生间水管。", "赔偿墙面、木地板和家具损失。"]}
    values["case"]["place"] = "演示小区2栋"
    values["refusal"] = {"reason": "被申请人明确拒绝调解。依照《中华人民共和国人民调解法》第十七条，不得调解。"}
    values["refusal"]["on"] = "2026-11-21"
    values["meeting"] = {}
    values["sittings"], values["inquiries"], values["visits"] = [{}], [{}], [{}]
    values["powers"] = [{"principals": [dict.fromkeys(("kind",), "person") | {"name": first["name"]}]}]
    values["powers"][0]["principal_names"] = first["name"]
    values["dossier"] = {"title": values["case"]["title"], "year": 2026}
    values["supplemented"] = {}
    values["notices"] = [{"name": second["name"], "role": "被申请人"}]
    return values


def _dossier() -> Values:
    names = [
        ("人民调解申请书", "1-2", ""),
        ("人民调解受理登记表", "3", ""),
        ("人民调解当事人权利义务告知书", "4-5", ""),
        ("授权委托书", "6-7", ""),
        ("人民调解调查记录", "8", ""),
        ("人民调解证据材料清单", "9", ""),
        ("证据：记工本照片", "10-11", "附件"),
        ("人民调解记录", "12-13", ""),
        ("人民调解协议书", "14-19", "第14、17页为签署扫描件"),
    ]
    return {
        "number": samples.NUMBER,
        "year": 2026,
        "title": "田志强等17人与演示宏川劳务有限公司拖欠农民工工资纠纷",
        "mediators": "李明",
        "begins": "2026-11-20",
        "ends": "2026-11-24",
        "compiled_by": "陈晓",
        "compiled_on": "2026-12-31",
        "checked_by": "李明",
        "keep": "长期",
        "note": "考勤机导出记录原始数据存于区人力资源局，本卷附打印件。",
        "pages": 19,
        "contents": [
            {"no": n, "name": name, "pages": pages, **({"note": note} if note else {})}
            for n, (name, pages, note) in enumerate(names, 1)
        ],
    }


def _power(company: Values) -> Values:
    return {
        "principals": [{name: company[name] for name in ("name", "kind", "legal_rep_label", "role")}],
        "principal_names": company["name"],
        "agent": "何斌",
        "kind": "单位工作人员",
        "id_number": "450126197803060133",
        "phone": "13900000031",
        "staff": True,
        "general": True,
        "special": False,
        "begins": "2026-11-20",
        "ends": "2027-02-20",
    }


def _special(workers: list[Values]) -> Values:
    return {
        "principals": [{"name": w["name"], "kind": "person", "role": "申请人"} for w in workers],
        "principal_names": "、".join(w["name"] for w in workers),
        "agent": "申屠明",
        "kind": "律师",
        "phone": "13900000099",
        "lawyer": True,
        "general": False,
        "special": True,
        "admit": True,
        "settle": True,
        "confirm": True,
        "begins": "2026-11-20",
        "ends": "2027-02-20",
    }


def _sitting() -> Values:
    return {
        "no": 1,
        "time": _TIME,
        "place": "东坑社区科学城工地群众诉求服务站",
        "mode": "现场调解",
        "mediators": "李明",
        "recorder": "陈晓",
        "attendees": "深圳市光明区人力资源局王敏",
        "record": "人民调解员宣布调解开始，核对到场人员身份。\n"
        "申请人代表田志强陈述：自10月8日起17人的工资没有结清，要求在12月底前付清。\n"
        f"{samples.LABOUR}陈述：对欠付数额没有异议，因工程款未结算暂无支付能力。\n"
        f"{samples.CONTRACTOR}陈述：同意依法先行清偿，希望分两期支付。",
        "open": True,
        "closed": False,
        "told": True,
        "success": True,
        "failure": False,
        "continued": False,
    }


def _reminder(values: Values) -> Values:
    rows: list[Values] = []
    for row in values["matrix"]["rows"][:6]:
        amount = row["cells"][0]
        paid = amount if row["no"] == 1 else 0
        rows.append(
            {"no": len(rows) + 1, "payee": row["name"], "due": "2026年12月1日前"}
            | {"amount": amount, "paid": paid, "left": amount - paid}
        )
    total = {name: sum(r[name] for r in rows) for name in ("amount", "paid", "left")}
    return {"debtor": samples.CONTRACTOR, **total, "rows": rows}


def _renumbering() -> Values:
    """A number given twice, replaced; two papers bear the old one."""
    fresh = samples.NUMBER.replace("0012", "0019")
    register = {"no": 1, "title": "人民调解受理登记表", "issued": "2026-11-20", "pages": 1}
    agreement = {"no": 2, "title": "人民调解协议书", "issued": "2026-11-26", "pages": 4}
    return {
        "old": samples.NUMBER,
        "fresh": fresh,
        "on": "2026-12-03",
        "who": "李明",
        "reason": "两台电脑曾使用同一编号字头，原编号与另一案件重复。",
        "papers": [
            {**register, "old": samples.NUMBER, "fresh": fresh},
            {**agreement, "old": samples.NUMBER + "-2", "fresh": fresh + "-2"},
        ],
    }
