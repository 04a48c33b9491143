"""Rules on people and on what a court may confirm: what each refuses, what mends it, what it leaves alone."""

from __future__ import annotations

from typing import Final

from tests.domain.court.build import A1, AG, CASE, COURT, MEDIATOR, NAME, OB, T1, labour, rec
from tests.domain.court.shapes import NO_MATTER, Table, named, term, terms

SCOPE: Final[dict[str, Table]] = {
    "J1": Table(
        [
            (lambda m: labour(m, 3), lambda m: m.answer("one_agreement", "together")),
            (lambda m: labour(m, 2), lambda m: m.put(AG, confirm="not")),
            (lambda m: labour(m, 17), lambda m: m.answer("one_agreement", "each")),
        ],
        [lambda m: m, lambda m: labour(m), lambda m: labour(m, 3).put(AG, confirm="undecided")],
    ),
    "J3": Table(
        [
            (lambda m: m.drop(rec(61)), lambda m: m.new(61, "signature", agreement=AG, party=A1, role="party",
                                                          manner="signed", on="2026-11-24")),
            (lambda m: m.drop(rec(64)), lambda m: m.new(64, "signature", agreement=AG, role="committee",
                                                          manner="sealed", on="2026-11-24")),
            (lambda m: m.put(rec(62), manner="absent"), lambda m: m.put(rec(62), manner="signed_sealed")),
        ],
        [lambda m: m, lambda m: m.unsigned(), lambda m: labour(m, 3)],
    ),
    "J4": Table(
        [
            (lambda m: m.put(AG, form="oral"), lambda m: m.put(AG, form="written")),
            (lambda m: m.unsigned().put(AG, form="oral"), lambda m: m.put(AG, confirm="not")),
            (lambda m: labour(m).put(AG, form="oral"), lambda m: m.put(AG, form="written")),
        ],
        [lambda m: m, lambda m: m.put(AG, form="oral", confirm="not"), lambda m: m.put(AG, form="supplement")],
    ),
    "J5": Table(
        [
            (lambda m: setattr(m, "committee", type(m.committee)()), lambda m: named(m, NAME)),
            (lambda m: named(m, "东坑社区科学城工地群众诉求服务站"), lambda m: named(m, NAME)),
            (lambda m: named(m, "某社区工作站"), lambda m: named(m, NAME)),
        ],
        [lambda m: m, lambda m: named(m, "某企业人民调解委员会"), lambda m: named(m, "某商会人民调解委员会")],
    ),
    "J6": Table(
        [
            (lambda m: m.put(AG, court="深圳市南山区人民法院"), lambda m: m.answer("court_ground", "domicile")),
            (lambda m: m.put(AG, court="深圳市宝安区人民法院"), lambda m: m.put(AG, court=COURT)),
            (lambda m: m.put(AG, court="").put(CASE, court="某某区人民法院"), lambda m: m.answer("court_ground", "object")),
        ],
        [lambda m: m, lambda m: m.put(AG, court=""), lambda m: m.put(AG, court="某某区人民法院", confirm="not")],
    ),
    "J6a": Table(
        [
            (lambda m: m.put(CASE, type="neighbour"), lambda m: m.put(CASE, type="contract")),
            (lambda m: m.put(CASE, type="house_homestead"), lambda m: m.put(AG, confirm="not")),
            (lambda m: m.put(CASE, type="property_management"), lambda m: m.put(CASE, type="other")),
        ],
        [lambda m: m, lambda m: labour(m), lambda m: m.put(CASE, type="neighbour").put(AG, confirm="not")],
    ),
    "J7": Table(
        [
            (lambda m: m.put(rec(6), mediators=[MEDIATOR, rec(92)]), lambda m: m.put(rec(6), mediators=[MEDIATOR])),
            (lambda m: m.put(rec(6), mediators=[rec(92)]), lambda m: m.put(rec(6), mediators=[MEDIATOR])),
            (lambda m: m.new(16, "session", no=2, mediators=[rec(92)]), lambda m: m.put(rec(16), mediators=[])),
        ],
        [lambda m: m, lambda m: m.put(rec(6), mediators=[]), lambda m: m.put(rec(6), mediators=[rec(93)])],
    ),
    "J8": Table(
        [
            (lambda m: labour(m).put(OB, kind="document", what="离职证明"), lambda m: m.put(OB, kind="pay", what="工资")),
            (lambda m: labour(m).put(T1, text="双方于2026年12月1日解除劳动关系。"), term("公司支付工资1,000.00元。")),
            (lambda m: labour(m).put(T1, text="公司于2026年12月20日前补缴社会保险费。"), lambda m: m.put(AG, confirm="not")),
        ],
        [
            lambda m: labour(m),
            lambda m: labour(m).put(T1, text="双方劳动关系已于2026年11月15日解除劳动关系，公司支付工资。"),
            lambda m: m.put(OB, kind="deliver", what="货物"),
        ],
    ),
    "J8a": Table(
        [
            (lambda m: labour(m).put(AG, court="某某区人民法院"), lambda m: m.put(AG, court=COURT)),
            (lambda m: labour(m).put(AG, court="深圳市中级人民法院"), lambda m: m.put(AG, court="")),
            (lambda m: labour(m).put(AG, court="").put(CASE, court="某区人民法院"), lambda m: m.put(AG, court=COURT)),
        ],
        [lambda m: labour(m), lambda m: m.put(AG, court="某某区人民法院"), lambda m: labour(m).put(AG, court="")],
    ),
    "J9": terms(
        ["行政处罚由李某承担。", "双方对征收决定不再异议。", "公司撤销行政许可申请。"],
        ["公司于2026年12月1日前付款。", "双方已知晓处罚规定。", "李某于2026年12月1日前搬离。"],
        "公司于2026年12月1日前付款。",
    ),
    "J11": terms(
        ["双方自愿离婚。", "确认解除收养关系。", "解除父子关系。"],
        ["李某每月支付抚养费1,500.00元。", "李某每周六探望孩子一次。", "公司支付货款。"],
        "李某每月支付抚养费1,500.00元。",
    ),
    "J12": terms(
        ["双方申请破产清算。", "由法院宣告失踪后再付款。", "票据通过公示催告处理。"],
        ["公司支付货款。", "债权人会议已经结束。", "李某返还车辆。"],
        "公司支付货款。",
    ),
    "J13": terms(
        ["该房屋归张某所有。", "确认王某为车位的产权人。", "该商标权归甲公司享有。"],
        ["张某于2026年12月1日前腾退房屋，交还李某。", "王某向李某交付车辆。", "房屋租金由张某支付。"],
        "张某于2026年12月1日前腾退房屋，交还李某。",
    ),
    "J15": terms(
        ["田某自愿放弃缴纳社会保险。", "双方同意社保折算为现金发放。", "社会保险由员工自行承担。"],
        ["公司依法补缴社会保险。", "本条不影响社会保险权利。", "公司支付货款。"],
        "公司依法补缴社会保险。",
    ),
    "J16": Table(
        [
            (lambda m: m.put(OB, kind="vacate", what="301房"), lambda m: m.answer("third_party_rights", "none")),
            (lambda m: m.put(OB, kind="deliver", what="车辆"), lambda m: m.answer("third_party_rights", "agreed")),
            (lambda m: m.put(OB, kind="vacate", what="商铺"), lambda m: m.put(AG, confirm="not")),
        ],
        [*NO_MATTER],
    ),
    "J17": terms(
        ["田某不再追究公司的刑事责任。", "田某不得上访。", "付清前，田某不得离开深圳。"],
        ["本协议不影响当事人依法举报的权利。", "公司不得因工人投诉而辞退。", "公司不得在夜间施工。"],
        "公司支付货款。",
    ),
    "J17a": Table(
        [
            (lambda m: m.put(CASE, consent_respondent="refused"), lambda m: m.put(CASE, consent_respondent="agreed")),
            (lambda m: m.put(CASE, consent_applicant="refused"), lambda m: m.put(CASE, consent_applicant="agreed")),
            (lambda m: labour(m).put(CASE, consent_respondent="refused"),
             lambda m: m.put(CASE, consent_respondent="agreed")),
        ],
        [lambda m: m, lambda m: m.put(CASE, consent_respondent="pending"), lambda m: m.put(CASE, consent_applicant="")],
    ),
}  # fmt: skip
