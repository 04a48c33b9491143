"""A party and its agents, as every list of parties holds them."""

from __future__ import annotations

from typing import Final

from station_app.documents.keys.spec import Leaf, Many, Record, date, flag, number, text

AGENT: Final = Record(
    "委托代理人",
    {
        "name": text("代理人姓名"),
        "kind": text("代理人身份"),  # 律师、近亲属、单位工作人员
        "authority": text("代理权限"),  # 一般授权、特别授权
        "id_number": Leaf("idno", "代理人公民身份号码"),
        "firm": text("代理人工作单位"),
        "phone": text("代理人联系电话"),
    },
)

PARTY: Final = Record(
    "当事人",
    {
        "no": number("序号"),
        "role": text("当事人地位"),  # 申请人、被申请人、第三人
        "kind": text("当事人类型"),  # person, organisation, branch, trader
        "name": text("姓名（名称）"),
        "sex": text("性别"),
        "ethnic": text("民族"),
        "age": number("年龄"),
        "birth": date("出生日期"),
        "id_kind": text("证件名称"),
        "id_number": Leaf("idno", "公民身份号码"),
        "phone": text("联系电话"),
        "address": text("住址（住所地）"),
        "workplace": text("工作单位"),
        "occupation": text("职业或者职务"),
        "uscc": text("统一社会信用代码"),
        "legal_rep": text("法定代表人（负责人）"),
        "legal_rep_label": text("法定代表人称谓"),  # 法定代表人、负责人、经营者
        "legal_rep_title": text("法定代表人职务"),
        "in_annex": flag("在附表本人一行签名"),
        "agents": Many("委托代理人", "agent", AGENT),
    },
)
