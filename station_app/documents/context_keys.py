"""The values a paper can show: one declared list of names, types and labels; templates are checked against it.

Shape of the mapping given to `issue.render` (all keys optional, a missing value prints as a blank to be filled
by hand; an unknown key is a mistake of the program):

    text     str                    money    int, 分              date    "YYYY-MM-DD"
    number   int                    days     int, hundredths       flag    bool
    idno     str, document number   record   mapping               list    sequence of mappings or of the type

Labels are what the thing is called on paper; error sentences use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from station_app.documents.keys import court, dossier, reports, services
from station_app.documents.keys.party import PARTY
from station_app.documents.keys.spec import Leaf, Many, Record, Spec
from station_app.documents.keys.spec import date as _date
from station_app.documents.keys.spec import flag as _flag
from station_app.documents.keys.spec import money as _money
from station_app.documents.keys.spec import number as _number
from station_app.documents.keys.spec import text as _text
from sync.contract.errors import BugError

OBLIGATION: Final = Record(
    "履行事项",
    {
        "no": _number("序号"),
        "payer": _text("履行义务人"),
        "payee": _text("权利人"),
        "what": _text("履行内容"),
        "amount": _money("金额"),
        "method": _text("履行方式"),
        "due": _date("履行期限"),
        "due_text": _text("履行期限"),  # where it is not one day: 签订之日起三日内
        "liability": _text("责任方式"),
        "consequence": _text("逾期责任"),
    },
)

MATRIX: Final = Record(
    "附表",
    {
        "title": _text("附表标题"),
        "note": _text("附表说明"),
        "columns": Many(
            "分期", "column", Record("分期", {"title": _text("期次"), "due": _date("期限"), "total": _money("合计")})
        ),
        "rows": Many(
            "附表各行",
            "row",
            Record(
                "附表行",
                {
                    "no": _number("序号"),
                    "name": _text("姓名"),
                    "id_number": Leaf("idno", "公民身份号码"),
                    "work": _text("工种"),
                    "days": Leaf("days", "工日"),
                    "rate": _money("日工资"),
                    "gross": _money("应发"),
                    "paid": _money("已付"),
                    "owed": _money("欠付"),
                    "account": _text("收款账户"),
                    "cells": Many("各期数额", "cell", _money("本期数额")),
                    "total": _money("合计"),
                },
            ),
        ),
        "gross": _money("应发合计"),
        "paid": _money("已付合计"),
        "owed": _money("欠付合计"),
        "total": _money("总计"),
    },
)

_PERSON: Final = Record("人员", {"name": _text("姓名"), "phone": _text("联系电话")})

KEYS: Final[Mapping[str, Spec]] = {
    "paper": Record("文书", {"number": _text("编号"), "version": _number("版次"), "date": _date("文书日期")}),
    "case": Record(
        "案件",
        {
            "title": _text("案件名称"),  # 田志强等17人与某公司拖欠农民工工资纠纷
            "type": _text("纠纷类型"),
            "matter": _text("事由"),  # 拖欠劳动报酬
            "source": _text("案件来源"),
            "facts": _text("纠纷简要情况"),
            "requests": Many("请求事项", "request", _text("请求事项")),
            "applicants": _text("申请人"),  # 田志强等17人
            "respondents": _text("被申请人"),
            "parties": _text("各方当事人"),  # 田志强等17人、演示宏川劳务有限公司
            "place": _text("地点"),
            "project": _text("项目名称"),
            "applied": _date("申请日期"),
            "accepted": _date("受理日期"),
            "people": _number("涉及人数"),
            "amount": _money("涉及金额"),
            "labour": _flag("劳动争议"),
            "by_application": _flag("依当事人申请"),
            "applicant_agrees": _flag("申请人同意调解"),
            "respondent_agrees": _flag("被申请人同意调解"),
            "respondent_refuses": _flag("被申请人拒绝调解"),
            "respondent_unreached": _flag("尚未取得联系"),
            "remark": _text("备注"),
        },
    ),
    "committee": Record(
        "人民调解委员会",
        {
            "full": _text("人民调解委员会名称"),
            "short": _text("简称"),
            "founder": _text("设立单位"),
            "filed_with": _text("备案机关"),
            "address": _text("调委会地址"),
            "phone": _text("调委会电话"),
        },
    ),
    "station": Record("服务站", {"name": _text("站点名称"), "phone": _text("站点电话")}),
    "court": Record("人民法院", {"name": _text("人民法院"), "short": _text("人民法院简称")}),
    "mediator": Record("人民调解员", {"name": _text("人民调解员"), "appointment": _text("聘任文书编号")}),
    "recorder": Record("记录人", {"name": _text("记录人")}),
    "registrar": Record("登记人", {"name": _text("登记人")}),
    "parties": Many("当事人", "party", PARTY),
    "applicants": Many("申请人", "applicant", PARTY),
    "respondents": Many("被申请人", "respondent", PARTY),
    "third_parties": Many("第三人", "third_party", PARTY),
    "agreement": Record(
        "调解协议",
        {
            "number": _text("协议编号"),
            "facts": _text("纠纷的主要事实、争议事项"),
            "terms": Many("协议内容", "term", _text("协议条款")),
            "copies": _number("份数"),
            "court_copy": _flag("提交人民法院一份"),
            "read_aloud": _flag("逐条宣读"),
            "read_by_self": _flag("本人阅读"),
            "signed": _date("协议日期"),
            "effective": _date("生效日期"),
            "total": _money("协议金额"),
            "place": _text("签订地点"),
            "summary": _text("协议主要内容"),
        },
    ),
    "obligations": Many("履行事项", "obligation", OBLIGATION),
    "matrix": MATRIX,
    "notice": Record("告知", {"days": _number("调解期限"), "start": _date("调解期限起算日")}),
    "representation": Record(
        "推选代表人",
        {
            "count": _number("人数"),
            "opponent": _text("对方当事人"),
            "representatives": Many("代表人", "representative", _PERSON),
        },
    ),
    "confirmation": Record(
        "司法确认",
        {
            "court_of_committee": _flag("调解组织所在地"),
            "court_of_domicile": _flag("当事人住所地"),
            "court_of_object": _flag("标的物所在地"),
            "court_invited": _flag("邀请先行调解的人民法院"),
            "unperformed": _flag("尚未履行"),
            "performed": _flag("已部分履行"),
            "performed_amount": _money("已履行数额"),
            "remaining_amount": _money("尚余数额"),
            "no_other_case": _flag("没有其他程序"),
            "other_case": _flag("已有其他程序"),
            "other_case_note": _text("其他程序说明"),
        },
    ),
    "termination": Record(
        "终止调解",
        {
            "sessions": Many("调解日期", "session", _date("调解日期")),
            "session_count": _number("调解次数"),
            "differences": _flag("意见分歧较大"),
            "refused": _flag("明确表示不再接受调解"),
            "refused_by": _text("拒绝调解的当事人"),
            "withdrawn": _flag("申请人撤回申请"),
            "expired": _flag("调解期限届满"),
            "concealed": _flag("隐瞒事实或者故意拖延"),
            "concealed_by": _text("隐瞒事实的当事人"),
            "collusion": _flag("可能存在恶意串通"),
            "other": _flag("其他原因"),
            "other_note": _text("其他原因"),
            "to_arbitration": _flag("申请劳动仲裁"),
            "arbitration_body": _text("劳动人事争议仲裁委员会"),
            "arbitration_by": _date("仲裁时效届满日"),
            "to_labour_office": _flag("投诉欠薪"),
            "to_court": _flag("向人民法院起诉"),
            "suit_by": _date("诉讼时效届满日"),
            "to_agency": _flag("申请行政处理"),
            "agency": _text("行政机关"),
            "to_legal_aid": _flag("申请法律援助"),
            "undisputed": _text("没有争议的事实"),
        },
    ),
    "receipt": Record(
        "工资发放",
        {
            "payer": _text("发放单位"),
            "date": _date("发放日期"),
            "method": _text("发放方式"),
            "period": _text("工资所属期间"),
            "place": _text("发放地点"),
        },
    ),
    **dossier.KEYS,
    **court.KEYS,
    **services.KEYS,
    **reports.KEYS,
}


def check_values(values: Mapping[str, object]) -> None:
    """Refuse names and types the list does not know (BugError naming the path)."""
    _check_record(values, KEYS, "")


def _check_record(values: Mapping[str, object], fields: Mapping[str, Spec], path: str) -> None:
    for name, value in values.items():
        where = f"{path}{name}"
        if name not in fields:
            raise BugError(f"unknown value {where}")
        if value is not None:
            _check(value, fields[name], where)


def _check(value: object, spec: Spec, where: str) -> None:
    if isinstance(spec, Leaf):
        wanted = bool if spec.kind == "flag" else int if spec.kind in ("money", "number", "days") else str
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise BugError(f"{where} is {type(value).__name__}, wanted {wanted.__name__}")
    elif isinstance(spec, Record):
        if not isinstance(value, Mapping):
            raise BugError(f"{where} is {type(value).__name__}, wanted a record")
        _check_record(value, spec.fields, f"{where}.")
    else:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise BugError(f"{where} is {type(value).__name__}, wanted a list")
        for index, item in enumerate(value):
            _check(item, spec.of, f"{where}[{index}]")
