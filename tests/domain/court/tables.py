"""For each rule on facts: cases it refuses, each with what mends it, and cases it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.domain.court.build import A1, AG, CASE, COURT, MEDIATOR, NAME, OB, R1, T1, Made, labour, rec

Change = Callable[[Made], object]


@dataclass
class Table:
    """`refuses`: (what spoils, what mends); `accepts`: what is left alone."""

    refuses: list[tuple[Change, Change]]
    accepts: list[Change] = field(default_factory=list)


def term(text: str) -> Change:
    """The one term says this."""
    return lambda m: m.put(T1, text=text)


def terms(bad: list[str], good: list[str], mended: str) -> Table:
    """A rule on wording: bad terms, a good one in their place, and others that are lawful."""
    return Table([(term(b), term(mended)) for b in bad], [term(g) for g in good])


def _old(m: Made, birth: str) -> Made:
    return m.put(rec(13), birth=birth)


def _company(m: Made, **values: object) -> Made:
    return m.put(rec(62), **values)


def _two_payers(m: Made, liability: str = "") -> Made:
    m.new(22, "party", role="respondent", kind="organisation", name="总包公司", order=3)
    m.new(24, "identity", party=rec(22), id_number="91440300MADEM0002W", legal_rep="刘某", phone="1", address="y")
    m.new(65, "signature", agreement=AG, party=rec(22), role="party", manner="signed_sealed", seal="official",
          on="2026-11-24")  # fmt: skip
    return m.put(OB, payers=[R1, rec(22)], liability=liability)


def _agent(m: Made, **values: object) -> Made:
    given = {"parties": [A1], "name": "陈某", "kind": "relative", "authority": "special", "scope": ["代为和解"]}
    return m.new(80, "agent", **{**given, **values})


def _by_agent(m: Made, **values: object) -> Made:
    return m.put(rec(61), role="agent", name="陈某", **values)


def _unpaid(m: Made) -> Made:
    return m.put(AG, on_spot=False)


NO_MATTER: Final[list[Change]] = [lambda m: m, lambda m: labour(m), lambda m: labour(m, 3)]


def _injury(m: Made, **answers: str) -> Made:
    labour(m).put(CASE, type="labour_other").put(OB, what="工伤待遇")
    m.put(rec(5), story="李某在工地受伤，工伤九级。")
    for question, value in answers.items():
        m.answer(question, value)
    return m


def _wage(m: Made, fen: int) -> Made:
    return m.answer("own_wage", "said", amount=fen)


TABLES: Final[dict[str, Table]] = {
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
            (lambda m: setattr(m, "committee", type(m.committee)()), lambda m: _named(m, NAME)),
            (lambda m: _named(m, "东坑社区科学城工地群众诉求服务站"), lambda m: _named(m, NAME)),
            (lambda m: _named(m, "某社区工作站"), lambda m: _named(m, NAME)),
        ],
        [lambda m: m, lambda m: _named(m, "某企业人民调解委员会"), lambda m: _named(m, "某商会人民调解委员会")],
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
    "J19": Table(
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
            (lambda m: _old(m, "2020-01-01"), lambda m: _agent(m, kind="guardian")),
            (lambda m: _old(m, "2019-06-01"), lambda m: m.put(rec(61), role="guardian", name="田父")),
            (lambda m: _old(m, "2026-01-01"), lambda m: _old(m, "1990-01-01")),
        ],
        [lambda m: m, lambda m: _old(m, "2012-01-01"), lambda m: _old(m, "")],
    ),
    "J22": Table(
        [
            (lambda m: _old(m, "2012-01-01"), lambda m: _agent(m, kind="guardian")),
            (lambda m: _old(m, "2010-01-01"), lambda m: m.answer("own_income", "yes")),
            (lambda m: _old(m, "2018-11-25"), lambda m: m.put(rec(61), role="guardian", name="田父")),
        ],
        [lambda m: m, lambda m: _old(m, "2008-11-25"), lambda m: _old(m, "2020-01-01")],
    ),
    "J23": Table(
        [
            (lambda m: _by_agent(m), lambda m: _agent(m)),
            (lambda m: _by_agent(_agent(m, authority="general")), lambda m: m.put(rec(80), authority="special")),
            (lambda m: _by_agent(_agent(m, to="2026-11-01")), lambda m: m.put(rec(80), to="2026-12-31")),
            (lambda m: _agent(m, scope=["全权代理"]), lambda m: m.put(rec(80), scope=["代为和解"])),
        ],
        [lambda m: m, lambda m: _by_agent(_agent(m)), lambda m: _agent(m, authority="general")],
    ),
    "J24": Table(
        [
            (lambda m: _company(m, seal="project", manner="sealed"), lambda m: _company(m, seal="official")),
            (lambda m: _company(m, seal="", manner="signed", name="何某"), lambda m: _company(m, name="周某")),
            (lambda m: _company(m, seal="", manner="fingerprint"), lambda m: _company(m, seal="official")),
            (lambda m: m.put(rec(23), id_number=""), lambda m: m.put(rec(23), id_number="91440300MADEM0001R")),
        ],
        [lambda m: m, lambda m: _company(m, seal="", manner="signed", name="周某"), lambda m: m.unsigned()],
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
            (lambda m: _agent(m, parties=[A1, R1]), lambda m: m.put(rec(80), parties=[A1])),
        ],
        [lambda m: m, lambda m: m.put(rec(23), phone=""), lambda m: _agent(m)],
    ),
    "J34": Table(
        [
            (lambda m: m.put(AG, confirm="not"), lambda m: m.put(AG, confirm="apply")),
            (lambda m: labour(m).put(AG, confirm="not"), lambda m: m.put(AG, confirm="undecided")),
            (lambda m: m.unsigned().put(AG, confirm="not"),
             lambda m: m.new(50, "performance", obligation=OB, amount=100_000)),
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
            (lambda m: _agent(labour(m, 8), kind="representative"), lambda m: m.put(rec(80), kind="relative")),
            (lambda m: _agent(labour(m, 2), kind="representative"), lambda m: m.put(rec(80), removed=True)),
            (lambda m: _by_agent(_agent(labour(m, 12), kind="representative", authority="general")),
             lambda m: m.put(rec(61), role="party", name="田某")),
        ],
        [lambda m: labour(m, 8), lambda m: _agent(labour(m, 12), kind="representative"), lambda m: m],
    ),
    "J38": Table(
        [
            (lambda m: labour(m, 3).put(OB, shares={}), lambda m: labour(m, 3)),
            (lambda m: m.put(OB, shares={A1: 90_000}), lambda m: m.put(OB, shares={A1: 100_000})),
            (lambda m: m.put(AG, total=110_000), lambda m: m.put(AG, total=100_000)),
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
            (lambda m: _two_payers(m), lambda m: m.put(OB, liability="joint")),
            (lambda m: _two_payers(labour(m)), lambda m: m.put(OB, liability="first")),
            (lambda m: _two_payers(m), lambda m: m.put(OB, payers=[R1])),
        ],
        [*NO_MATTER, lambda m: _two_payers(m, "several")],
    ),
    "J40": Table(
        [
            (lambda m: _company(m, seal="project"), lambda m: _company(m, seal="official")),
            (lambda m: _company(m, seal="contract"), lambda m: _company(m, seal="representative")),
            (lambda m: _company(m, seal=""), lambda m: _company(m, seal="official")),
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
            (lambda m: m.put(rec(5), story="保险公司同意赔付。"), lambda m: _insurer(m)),
            (term("交强险限额内的部分另行理赔，公司支付1,000.00元。"), term("公司支付1,000.00元。")),
            (lambda m: m.put(OB, what="商业险赔款"), lambda m: _insurer(m)),
        ],
        [lambda m: m, lambda m: labour(m).put(rec(5), story="未参加工伤保险。"), lambda m: _insurer(m)],
    ),
    "P1": Table(
        [
            (lambda m: m.put(AG, on_spot=True), lambda m: _unpaid(m)),
            (lambda m: m.new(50, "performance", obligation=OB, amount=100_000), lambda m: m.put(rec(50), amount=10)),
            (lambda m: labour(m).put(AG, on_spot=True), lambda m: _unpaid(m)),
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
            (lambda m: _rostered(m, "2026-10-25"), lambda m: m.put(OB, due="2026-10-23")),
            (lambda m: _rostered(m, "2026-12-05"), lambda m: m.put(OB, due="2026-12-04")),
            (lambda m: _rostered(m, "2027-01-15"), lambda m: m.put(OB, due="2026-12-31")),
        ],
        [lambda m: m.put(OB, due="2026-12-05"), lambda m: _rostered(m, "2026-12-04"), lambda m: m],
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
            (lambda m: _injury(m, injury_recognised="no"), lambda m: m.answer("injury_recognised", "yes")),
            (lambda m: _injury(m, injury_recognised="yes", assessed="no"), lambda m: m.answer("assessed", "yes")),
            (lambda m: _injury(m).put(rec(5), story="田某工地受伤，尚未认定工伤。"),
             lambda m: m.answer("injury_recognised", "yes").answer("assessed", "yes")),
        ],
        [lambda m: m, lambda m: _injury(m, injury_recognised="yes"), lambda m: labour(m)],
    ),
    "W2": Table(
        [
            (lambda m: _injury(m).put(T1, text="田某自愿放弃工伤认定。"), term("公司支付1,000.00元。")),
            (lambda m: _injury(m).put(T1, text="田某不再申请劳动能力鉴定。"), term("公司支付1,000.00元。")),
            (lambda m: _injury(m).put(T1, text="付款后田某不再要求任何赔偿。"), term("公司支付1,000.00元。")),
        ],
        [lambda m: _injury(m), lambda m: m,
         lambda m: _injury(m).put(T1, text="本条不影响田某依法享有的工伤保险待遇。")],
    ),
}  # fmt: skip


def _insurer(m: Made) -> Made:
    m.new(22, "party", role="third", kind="organisation", name="演示财产保险公司", order=3)
    m.new(24, "identity", party=rec(22), id_number="91440300MADEM0002W", legal_rep="刘某", phone="2", address="z")
    return m.new(65, "signature", agreement=AG, party=rec(22), role="party", manner="signed_sealed", seal="official",
                 on="2026-11-24")  # fmt: skip


def _named(m: Made, name: str) -> Made:
    m.committee = type(m.committee)(name, COURT, m.committee.rec or rec(9))
    return m


def _rostered(m: Made, due: str) -> Made:
    labour(m).put(OB, due=due)
    return m.new(14, "wage", party=A1, no=1, owed=100_000)
