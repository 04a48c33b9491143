"""Facts of the papers for courts, beside those of the showcase and of the neighbours' case."""

from __future__ import annotations

from station_app.domain.case import together
from tests.documents import samples
from tests.documents.samples import Values

RULING = "（2026）粤0311诉前调确00012号"


def showcase() -> Values:
    """The seventeen workers: everything signed on one day, nothing of the first instalment paid in full."""
    values = samples.showcase()
    workers, companies = values["applicants"], values["respondents"]
    values["certificate"] = {
        "mediator": "李明",
        "appointment": "光凤东坑调聘〔2024〕3号",
        "begins": "2024-06-01",
        "ends": "2027-05-31",
        "chosen": True,
        "place": "东坑社区科学城工地群众诉求服务站",
        "last_day": "2026-12-24",
        "genuine": True,
        "contact": "陈晓",
        "phone": "0755-00000012",
        "signings": [
            {
                "who": together([p["name"] for p in workers]),
                "role": "申请人",
                "manner": "签名并按指印",
                "on": "2026-11-24",
            },
            *({"who": c["name"], "role": "被申请人", "manner": "盖章（公章）", "on": "2026-11-24"} for c in companies),
            {"who": "李明", "role": "人民调解员", "manner": "签名", "on": "2026-11-24"},
            {"who": samples.COMMITTEE, "role": "人民调解委员会", "manner": "盖章", "on": "2026-11-24"},
        ],
    }
    values["materials"] = _materials()
    values["deliveries"] = [_delivery(p) for p in (workers[0], companies[1])]
    values["organisations"] = [_organisation(c) for c in companies]
    values["attendees"] = [
        {"no": no, "name": p["name"], "role": p["role"], "who": "本人", "phone": p["phone"]}
        for no, p in enumerate(workers, 1)
    ] + [{"no": 18, "name": companies[0]["name"], "role": "被申请人", "who": "代理人何斌", "phone": "0755-00000018"}]
    values["attendance"] = {"video": True, "onsite": False}
    values["exhibits"] = [
        {"no": 1, "name": "考勤机导出记录", "source": "被申请人", "proves": "各人出勤天数"},
        {"no": 2, "name": "记工本照片（6张）", "source": "申请人", "proves": "工日和工种"},
    ]
    values["creditors"], values["debtors"] = workers, companies[1:]
    values["claim"] = _claim(values)
    values["arbitration"] = _arbitration(values)
    values["aid_applicants"] = [
        {
            **{name: p[name] for name in ("name", "sex", "ethnic", "birth", "id_number", "address", "phone")},
            "owed": row["owed"],
        }
        for p, row in zip(workers, values["matrix"]["rows"], strict=True)
    ]
    values["ruling"] = {"court": "深圳市光明区人民法院", "number": RULING, "on": "2026-11-27"}
    return values


def small() -> Values:
    """Two neighbours; the court lists the other side as respondent."""
    values = samples.small()
    first, second = values["parties"]
    values["court_style"] = {"respondent": True, "claims": True}
    values["deliveries"] = [{**_delivery(first), "electronic": False, "paper_only": True, "e_address": ""}]
    values["creditors"], values["debtors"] = [first], [second]
    values["ruling"] = {"court": "深圳市光明区人民法院", "number": RULING, "on": "2026-11-27"}
    row = {"no": 1, "payee": "田志强", "payer": "瞿卫东", "due": "2026年11月30日前"}
    sums = {"amount": 1_500_000, "paid": 0, "left": 1_500_000}
    values["claim"] = {"agreed": 1_500_000, "paid": 0, "left": 1_500_000, "rows": [{**row, **sums}]}
    return values


def _materials() -> list[Values]:
    rows = [
        ("司法确认申请书", 4, "原件"),
        ("人民调解协议书", 6, "原件"),
        ("主持调解证明", 1, "原件"),
        ("当事人身份证明、主体资格证明", None, "复印件"),
        ("法定代表人（负责人）身份证明书", 2, "原件"),
        ("证据：考勤机导出记录", 3, "复印件"),
        ("人民调解记录", 2, "原件"),
        ("送达地址确认书", 19, "原件"),
        ("人民调解当事人权利义务告知书", 2, "原件"),
    ]
    return [
        {"no": no, "name": name, "form": form, **({"pages": pages} if pages else {})}
        for no, (name, pages, form) in enumerate(rows, 1)
    ]


def _delivery(party: Values) -> Values:
    return {
        "name": party["name"],
        "role": party["role"],
        "kind": party["kind"],
        "legal_rep_label": "法定代表人",
        "address": party["address"],
        "receiver": party["name"],
        "phone": party["phone"],
        "electronic": True,
        "paper_only": False,
        "e_address": party["phone"],
        "home": party["address"],
    }


def _organisation(party: Values) -> Values:
    return {
        "name": party["name"],
        "role": party["role"],
        "kind": "organisation",
        "uscc": party["uscc"],
        "address": party["address"],
        "phone": party["phone"],
        "head": party["legal_rep"],
        "head_label": "法定代表人",
        "head_title": party["legal_rep_title"],
    }


def _claim(values: Values) -> Values:
    """Both instalments; of the first two workers got theirs."""
    rows: list[Values] = []
    payer = samples.CONTRACTOR
    for instalment, due in enumerate(("2026年12月1日前", "2026年12月31日前")):
        for row in values["matrix"]["rows"]:
            amount = row["cells"][instalment]
            paid = amount if instalment == 0 and row["no"] <= 2 else 0
            sums = {"amount": amount, "paid": paid, "left": amount - paid}
            rows.append({"no": len(rows) + 1, "payee": row["name"], "payer": payer, "due": due, **sums})
    total = {
        name: sum(r[key] for r in rows) for name, key in (("agreed", "amount"), ("paid", "paid"), ("left", "left"))
    }
    return {**total, "rows": rows}


def _arbitration(values: Values) -> Values:
    workers = [
        {
            **{name: p[name] for name in ("no", "name", "sex", "age", "id_number", "address", "phone")},
            "work": row["work"],
            "owed": row["owed"],
        }
        for p, row in zip(values["applicants"], values["matrix"]["rows"], strict=True)
    ]
    return {"workers": workers, "period": "2026年10月8日至2026年11月15日", "amount": values["matrix"]["owed"]}
