"""Rules on content, signatures and injuries: what each refuses, what mends it, what it leaves alone."""

from __future__ import annotations

from typing import Final

from tests.domain.court.build import A1, AG, CASE, MEDIATOR, OB, R1, T1, labour, rec
from tests.domain.court.shapes import (
    NO_MATTER,
    Table,
    agent,
    by_agent,
    company,
    injury,
    insurer,
    old,
    paid,
    rostered,
    term,
    terms,
    two_payers,
    unpaid,
    wage,
)

CONTENT: Final[dict[str, Table]] = {    "J19": Table(
        [
            (lambda m: m.put(OB, payers=[]), lambda m: m.put(OB, payers=[R1])),
            (lambda m: m.put(OB, due="", due_rule=""), lambda m: m.put(OB, due="2026-12-15")),
            (lambda m: m.put(OB, method=""), lambda m: m.put(OB, method="cash")),
            (lambda m: m.drop(OB), lambda m: m.new(41, "obligation", agreement=AG, kind="pay", payers=[R1],
                                                    shares={A1: 5}, amount=5, method="cash", due="2026-12-15")),
            (lambda m: m.put(OB, kind="act", what=""), lambda m: m.put(OB, what="更换水管")),
        ],
        [*NO_MATTER, lambda m: m.put(OB, kind="refrain", what="夜间施工", due="", due_rule="", amount=0)],
    ),
    "J19a": terms(
        ["公司尽快付款。", "公司支付约5000元。", "其余问题双方另行协商。"],
        ["双方约定于2026年12月1日前付清。", "左右邻居均在场见证。", "违约金按未付数额计算。"],
        "公司于2026年12月1日前支付1,000.00元。",
    ),
    "J20": Table(
        [
            (lambda m: m.put(OB, kind="apologise", amount=0, what=""), lambda m: m.put(OB, kind="pay", amount=100_000)),
            (lambda m: m.put(OB, kind="refrain", amount=0, what="夜间施工"), lambda m: m.put(OB, kind="act")),
            (lambda m: m.put(OB, kind="apologise", amount=0), lambda m: m.put(AG, confirm="not")),
        ],
        [*NO_MATTER],
    ),
    "J21": Table(
        [
            (lambda m: old(m, "2020-01-01"), lambda m: agent(m, kind="guardian")),
            (lambda m: old(m, "2019-06-01"), lambda m: m.put(rec(61), role="guardian", name="田父")),
            (lambda m: old(m, "2026-01-01"), lambda m: old(m, "1990-01-01")),
        ],
        [lambda m: m, lambda m: old(m, "2012-01-01"), lambda m: old(m, "")],
    ),
    "J22": Table(
        [
            (lambda m: old(m, "2012-01-01"), lambda m: agent(m, kind="guardian")),
            (lambda m: old(m, "2010-01-01"), lambda m: m.answer("own_income", "yes")),
            (lambda m: old(m, "2018-11-25"), lambda m: m.put(rec(61), role="guardian", name="田父")),
        ],
        [lambda m: m, lambda m: old(m, "2008-11-25"), lambda m: old(m, "2020-01-01")],
    ),
    "J23": Table(
        [
            (lambda m: by_agent(m), lambda m: agent(m)),
            (lambda m: by_agent(agent(m, authority="general")), lambda m: m.put(rec(80), authority="special")),
            (lambda m: by_agent(agent(m, to="2026-11-01")), lambda m: m.put(rec(80), to="2026-12-31")),
            (lambda m: agent(m, scope=["全权代理"]), lambda m: m.put(rec(80), scope=["代为和解"])),
        ],
        [lambda m: m, lambda m: by_agent(agent(m)), lambda m: agent(m, authority="general")],
    ),
    "J24": Table(
        [
            (lambda m: company(m, seal="project", manner="sealed"), lambda m: company(m, seal="official")),
            (lambda m: company(m, seal="", manner="signed", name="何某"), lambda m: company(m, name="周某")),
            (lambda m: company(m, seal="", manner="fingerprint"), lambda m: company(m, seal="official")),
            (lambda m: m.put(rec(23), id_number=""), lambda m: m.put(rec(23), id_number="91440300MADEM0001R")),
        ],
        [lambda m: m, lambda m: company(m, seal="", manner="signed", name="周某"), lambda m: m.unsigned()],
    ),
    "J25": Table(
        [
            (lambda m: m.put(rec(13), phone=""), lambda m: m.put(rec(13), phone="13800138001")),
            (lambda m: m.put(rec(23), legal_rep=""), lambda m: m.put(rec(23), legal_rep="周某")),
            (lambda m: m.drop(rec(7)), lambda m: m.new(7, "evidence", name="欠条")),
            (lambda m: m.drop(rec(6)), lambda m: m.new(6, "session", no=1, record="达成一致。")),
        ],
        [lambda m: m, lambda m: m.put(rec(13), phone="").put(AG, confirm="not"), lambda m: labour(m)],
    ),
    "J33": Table(
        [
            (lambda m: m.put(rec(23), phone="13800138001"), lambda m: m.answer("genuine", "yes")),
            (lambda m: m.put(rec(23), address="演示路1号"), lambda m: m.put(rec(23), address="演示路2号")),
            (lambda m: agent(m, parties=[A1, R1]), lambda m: m.put(rec(80), parties=[A1])),
        ],
        [lambda m: m, lambda m: m.put(rec(23), phone=""), lambda m: agent(m)],
    ),
    "J34": Table(
        [
            (lambda m: m.put(AG, confirm="not"), lambda m: m.put(AG, confirm="apply")),
            (lambda m: labour(m).put(AG, confirm="not"), lambda m: m.put(AG, confirm="undecided")),
            (lambda m: m.unsigned().put(AG, confirm="not"),
             lambda m: m.new(50, "performance", obligation=OB, amount=50_000_000)),
        ],
        [*NO_MATTER],
    ),
    "J35": terms(
        ["李某配合张某办理房屋过户。", "双方办理不动产转移登记。", "张某协助产权转移登记。"],
        ["李某交付房屋。", "公司支付货款。", "双方办理交接手续，时间为2026年12月1日。"],
        "李某于2026年12月1日前交付房屋。",
    ),
    "J36": Table(
        [
            (lambda m: labour(m).put(AG, form="oral"), lambda m: m.put(AG, form="written")),
            (lambda m: labour(m, 3).put(AG, form="oral"), lambda m: m.put(AG, form="written")),
            (lambda m: labour(m).put(AG, form="oral", confirm="not"), lambda m: m.put(CASE, labour=False)),
        ],
        [*NO_MATTER, lambda m: m.put(AG, form="oral")],
    ),
    "J37": Table(
        [
            (lambda m: agent(labour(m, 8), kind="representative"), lambda m: m.put(rec(80), kind="relative")),
            (lambda m: agent(labour(m, 2), kind="representative"), lambda m: m.put(rec(80), removed=True)),
            (lambda m: by_agent(agent(labour(m, 12), kind="representative", authority="general")),
             lambda m: m.put(rec(61), role="party", name="田某")),
        ],
        [lambda m: labour(m, 8), lambda m: agent(labour(m, 12), kind="representative"), lambda m: m],
    ),
    "J38": Table(
        [
            (lambda m: labour(m, 3).put(OB, shares={}), lambda m: labour(m, 3)),
            (lambda m: m.put(OB, shares={A1: 9_000}), lambda m: paid(m, 100_000)),
            (lambda m: m.put(AG, total=11_000), lambda m: paid(m, 100_000)),
            (lambda m: m.put(OB, payers=[rec(999)]), lambda m: m.put(OB, payers=[R1])),
        ],
        [*NO_MATTER],
    ),
    "J38a": Table(
        [
            (lambda m: m.put(rec(13), account_holder="田妻"), lambda m: m.put(rec(13), account_holder="田某")),
            (lambda m: m.put(rec(13), account="", account_holder=""),
             lambda m: m.put(rec(13), account="6222000000000000017")),
            (lambda m: labour(m).put(rec(13), account_holder="班组长"), lambda m: m.put(OB, method="cash")),
        ],
        [*NO_MATTER, lambda m: m.put(OB, method="cash").put(rec(13), account="")],
    ),
    "J39": Table(
        [
            (lambda m: two_payers(m), lambda m: m.put(OB, liability="joint")),
            (lambda m: two_payers(labour(m)), lambda m: m.put(OB, liability="first")),
            (lambda m: two_payers(m), lambda m: m.put(OB, payers=[R1])),
        ],
        [*NO_MATTER, lambda m: two_payers(m, "several")],
    ),
    "J40": Table(
        [
            (lambda m: company(m, seal="project"), lambda m: company(m, seal="official")),
            (lambda m: company(m, seal="contract"), lambda m: company(m, seal="representative")),
            (lambda m: company(m, seal=""), lambda m: company(m, seal="official")),
        ],
        [*NO_MATTER],
    ),
    "J41": Table(
        [
            (lambda m: m.put(rec(63), person=rec(93)), lambda m: m.put(rec(63), person=MEDIATOR)),
            (lambda m: m.put(rec(63), person=rec(92)), lambda m: m.put(rec(63), person=MEDIATOR)),
            (lambda m: m.put(rec(63), on="2028-01-01"), lambda m: m.put(rec(63), on="2026-11-24")),
            (lambda m: m.unsigned().put(CASE, mediator=rec(93)), lambda m: m.put(CASE, mediator=MEDIATOR)),
        ],
        [*NO_MATTER],
    ),
    "E3": Table(
        [
            (lambda m: labour(m).put(rec(61), manner="fingerprint"), lambda m: m.put(rec(61), manner="signed")),
            (lambda m: labour(m, 3).put(rec(301), manner="fingerprint"), lambda m: m.put(rec(301), witness="陈某")),
            (lambda m: labour(m).put(rec(61), manner="fingerprint"), lambda m: m.put(rec(61), note="由陈某代写姓名")),
        ],
        [lambda m: m.put(rec(61), manner="fingerprint"), lambda m: labour(m), lambda m: m],
    ),
    "T1": Table(
        [
            (lambda m: m.put(rec(5), story="保险公司同意赔付。"), lambda m: insurer(m)),
            (term("交强险限额内的部分另行理赔，公司支付1,000.00元。"), term("公司支付1,000.00元。")),
            (lambda m: m.put(OB, what="商业险赔款"), lambda m: insurer(m)),
        ],
        [lambda m: m, lambda m: labour(m).put(rec(5), story="未参加工伤保险。"), lambda m: insurer(m)],
    ),
    "P1": Table(
        [
            (lambda m: m.put(AG, on_spot=True), lambda m: unpaid(m)),
            (lambda m: m.new(50, "performance", obligation=OB, amount=50_000_000), lambda m: m.put(rec(50), amount=10)),
            (lambda m: labour(m).put(AG, on_spot=True), lambda m: unpaid(m)),
        ],
        [*NO_MATTER],
    ),
    "D1": Table(
        [
            (lambda m: m.put(OB, due="2026-11-01"), lambda m: m.put(OB, due="2026-12-01")),
            (lambda m: m.put(OB, due_rule="days_after_effect", due="", condition="若干"),
             lambda m: m.put(OB, condition="7")),
            (lambda m: m.put(OB, due_rule="days_after_signing", due="", condition=""),
             lambda m: m.put(OB, condition="3")),
        ],
        [*NO_MATTER, lambda m: m.put(OB, due_rule="days_after_effect", condition="7", due="")],
    ),
    "D2": Table(
        [
            (lambda m: rostered(m, "2026-10-25"), lambda m: m.put(OB, due="2026-10-23")),
            (lambda m: rostered(m, "2026-12-05"), lambda m: m.put(OB, due="2026-12-04")),
            (lambda m: rostered(m, "2027-01-15"), lambda m: m.put(OB, due="2026-12-31")),
        ],
        [lambda m: m.put(OB, due="2026-12-05"), lambda m: rostered(m, "2026-12-04"), lambda m: m],
    ),
    "D3": terms(
        ["逾期每日按未付数额的千分之五支付违约金。", "每日万分之十计付违约金。", "逾期付款的，每月3%支付利息。"],
        ["逾期每日按未付数额的万分之五支付违约金。", "公司支付1,000.00元。", "每年按3.1%支付利息。"],
        "逾期每日按未付数额的万分之五支付违约金。",
    ),
    "N1": Table(
        [
            (lambda m: m.put(rec(5), other_proceedings=""), lambda m: m.put(rec(5), other_proceedings="无")),
            (lambda m: m.drop(rec(5)), lambda m: m.new(5, "facts", other_proceedings="已申请仲裁，未受理")),
            (lambda m: labour(m).put(rec(5), other_proceedings=""), lambda m: m.put(AG, confirm="not")),
        ],
        [*NO_MATTER],
    ),
    "W1": Table(
        [
            (lambda m: injury(m, injury_recognised="no"), lambda m: m.answer("injury_recognised", "yes")),
            (lambda m: injury(m, injury_recognised="yes", assessed="no"), lambda m: m.answer("assessed", "yes")),
            (lambda m: injury(m).put(rec(5), story="田某工地受伤，尚未认定工伤。"),
             lambda m: m.answer("injury_recognised", "yes").answer("assessed", "yes")),
        ],
        [lambda m: m, lambda m: injury(m, injury_recognised="yes"), lambda m: labour(m)],
    ),
    "W2": Table(
        [
            (lambda m: injury(m).put(T1, text="田某自愿放弃工伤认定。"), term("公司支付1,000.00元。")),
            (lambda m: injury(m).put(T1, text="田某不再申请劳动能力鉴定。"), term("公司支付1,000.00元。")),
            (lambda m: injury(m).put(T1, text="付款后田某不再要求任何赔偿。"), term("公司支付1,000.00元。")),
        ],
        [lambda m: injury(m), lambda m: m,
         lambda m: injury(m).put(T1, text="本条不影响田某依法享有的工伤保险待遇。")],
    ),
    "W3": Table(
        [
            (lambda m: wage(injury(m), 650_000), lambda m: paid(m, 5_850_000)),
            (lambda m: wage(injury(m, disability_grade="10"), 500_000), lambda m: paid(m, 3_500_000)),
            (lambda m: injury(m).put(rec(5), story="田某在工地受伤，要求认定工伤。"),
             lambda m: paid(wage(m, 650_000), 4_550_000)),
        ],
        [
            *NO_MATTER,
            lambda m: paid(wage(injury(m), 650_000), 14_850_000),
            lambda m: paid(wage(injury(m, disability_grade="5"), 100_000), 1_800_000),
        ],
    ),
}  # fmt: skip
