"""Rules on what a court may confirm: its field, its place, and terms no court and no committee may take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from station_app.domain.case import text
from station_app.domain.court.facts import APPLY, Facts
from station_app.domain.court.finding import Hit, Severity, rule
from station_app.domain.court.laws import cite
from station_app.domain.court.prohibited import Hit as Found
from station_app.domain.court.prohibited import prohibited

_PUBLIC: Final = re.compile("行政处罚|行政许可|行政复议|征收决定|行政拘留|党纪处分|政务处分|刑事附带")
_SPECIAL: Final = re.compile("宣告失踪|宣告死亡|认定(?:其)?(?:为)?无民事行为能力|公示催告|破产清算|申请破产|重整计划")
_TRANSFER: Final = re.compile("过户|产权转移登记|不动产转移登记|变更(?:房屋)?(?:产权|不动产)登记")
_NOT_PAYMENT: Final = re.compile(
    "解除劳动(?:关系|合同)|终止劳动(?:关系|合同)|补缴社(?:会)?保(?:险)?|办理(?:人事)?档案|转移档案|离职证明|恢复劳动关系"
)
_REAL_ESTATE: Final = frozenset({"neighbour", "house_homestead", "property_management"})


def _kinds(f: Facts, *kinds: str) -> Iterator[tuple[str, str, str, Found]]:
    """Prohibited wording of these kinds: (place, record, how the place is called, hit)."""
    for place, rec, called, words in f.wording:
        for hit in prohibited(words):
            if hit.kind in kinds:
                yield place, rec, called, hit


@rule("J6", "管辖法院", Severity.WARN, cite("msf", 205), mend="核对人民法院")
def court(f: Facts) -> Iterator[Hit]:
    """The committee's basic court, unless another place of art. 205 gives the right."""
    chosen = text(f.agreement, "court") or text(f.case.record, "court")
    if f.wanted != APPLY or f.labour or not chosen or not f.committee.court or chosen == f.committee.court:
        return
    if not f.answer("court_ground"):
        yield Hit(
            "answer.court_ground",
            f"{chosen}不是调解组织所在地的基层人民法院（{f.committee.court}）。请写明依据：当事人住所地、标的物所在地或者邀请先行调解。",
            question="court_ground",
        )


@rule("J6a", "不动产纠纷管辖", Severity.HINT, cite("msf", 34), cite("msjs", 28), mend="核对人民法院")
def real_estate_court(f: Facts) -> Iterator[Hit]:
    """Whether art. 34 goes before art. 205 is not settled in what was read; the place of the object serves both."""
    if f.wanted == APPLY and text(f.case.record, "type") in _REAL_ESTATE:
        yield Hit("agreement.court", "本案与不动产有关，协议中的人民法院建议填写不动产所在地的基层人民法院。")


@rule("J8", "劳动争议只确认给付", Severity.WARN, cite("jsy", 52), mend="移到第二份协议")
def labour_payment_only(f: Facts) -> Iterator[Hit]:
    """解释（一）52: only duties of payment, only the basic court of the committee's place."""
    if not f.labour or not f.court_in_play:
        return
    for row in f.rows:
        if not row.money:
            yield Hit(
                "obligation.kind",
                f"劳动争议只就给付义务申请司法确认，履行事项“{row.what[:20] or '非给付事项'}”请移出，另立协议。",
                row.rec,
            )
    for place, rec, called, words in f.wording:
        found = _NOT_PAYMENT.search(words) if place == "term.text" else None
        if found and "已于" not in words[: found.start()]:
            yield Hit(place, f"{called}约定“{found[0]}”。劳动争议只就给付义务申请确认，请把该条另立协议。", rec)


@rule("J8a", "劳动争议管辖", Severity.STOP, cite("jsy", 52), mend="改为调委会所在地基层人民法院")
def labour_court(f: Facts) -> Iterator[Hit]:
    """Narrower than art. 205."""
    chosen = text(f.agreement, "court") or text(f.case.record, "court")
    if f.labour and f.wanted == APPLY and chosen and f.committee.court and chosen != f.committee.court:
        yield Hit(
            "agreement.court", f"劳动争议只能向人民调解委员会所在地的{f.committee.court}申请司法确认，请改填该法院。"
        )


@rule("J9", "人民法院受理范围", Severity.STOP, cite("msjs", 355, 1), mend="删除该条或者告知其他途径")
def civil_matter(f: Facts) -> Iterator[Hit]:
    """Matters of administration, party discipline and crime are no civil disputes."""
    for place, rec, called, words in f.wording:
        found = _PUBLIC.search(words)
        if found:
            yield Hit(
                place,
                f"{called}涉及“{found[0]}”，不属于人民法院受理民事案件的范围，法院将裁定不予受理，请删除该内容，另行告知当事人相应的途径。",
                rec,
            )


@rule("J11", "身份关系", Severity.STOP, cite("msjs", 355, 3), mend="删除该条")
def status(f: Facts) -> Iterator[Hit]:
    """Marriage, parentage and adoption are not confirmed."""
    for place, rec, called, hit in _kinds(f, "status"):
        yield Hit(place, f"{called}：{hit.sentence}", rec)


@rule("J12", "其他特别程序", Severity.STOP, cite("msjs", 355, 4), mend="删除该条")
def special_procedure(f: Facts) -> Iterator[Hit]:
    """Declarations of death, capacity, bankruptcy have procedures of their own."""
    for place, rec, called, words in f.wording:
        found = _SPECIAL.search(words)
        if found:
            yield Hit(place, f"{called}涉及“{found[0]}”，须适用其他程序审理，法院将裁定不予受理，请删除该内容。", rec)


@rule("J13", "确权", Severity.STOP, cite("msjs", 355, 5), mend="改为交付、腾退或者给付")
def title(f: Facts) -> Iterator[Hit]:
    """Ownership and intellectual property are not confirmed; handing over or paying is."""
    for place, rec, called, hit in _kinds(f, "title"):
        yield Hit(place, f"{called}：{hit.sentence}", rec)


@rule("J15", "强制性规定", Severity.STOP, cite("msjs", 358, 1), cite("mdz", 153), mend="删除该条")
def mandatory(f: Facts) -> Iterator[Hit]:
    """What the law does not let people give up."""
    for place, rec, called, hit in _kinds(f, "social_insurance"):
        yield Hit(place, f"{called}：{hit.sentence}", rec)


@rule("J16", "他人权益", Severity.WARN, cite("msjs", 358, 2), cite("mdz", 154), mend="取得利害关系人书面同意")
def others_rights(f: Facts) -> Iterator[Hit]:
    """Handing over a thing may touch a co-owner or a creditor: only a person can find out."""
    if not f.court_in_play or f.answer("third_party_rights"):
        return
    for row in f.rows:
        if row.kind in ("vacate", "deliver"):
            yield Hit(
                "answer.third_party_rights",
                f"协议约定交付或者腾退“{row.what[:20]}”，请核实有无共有人、承租人或者抵押权人，有的须附其书面同意。",
                row.rec,
                question="third_party_rights",
            )
            return


@rule("J17", "公序良俗", Severity.SEAL, cite("msjs", 358, 3), cite("mdz", 153), cite("tjf", 3), mend="删除该条")
def public_order(f: Facts) -> Iterator[Hit]:
    """Liberty, crime and the right to complain are not for sale; the committee does not seal it either."""
    for place, rec, called, hit in _kinds(f, "liberty", "criminal", "complaint"):
        yield Hit(place, f"{called}：{hit.sentence}", rec)


@rule("J35", "登记类条款", Severity.WARN, cite("msf", 206), mend="约定配合办理登记的时间和费用")
def registration(f: Facts) -> Iterator[Hit]:
    """A ruling does not itself transfer title."""
    for place, rec, called, words in f.wording:
        found = _TRANSFER.search(words)
        if found and f.court_in_play:
            yield Hit(
                place, f"{called}约定“{found[0]}”。司法确认本身不产生产权变动，请写明由谁在哪一天前配合办理登记。", rec
            )


@rule(
    "J34",
    "不能确认的给付",
    Severity.HINT,
    cite("szdy", 72),
    cite("szdy", 76),
    cite("msf", 225),
    mend="告知支付令或者公证",
)
def other_ways(f: Facts) -> Iterator[Hit]:
    """Money that cannot be confirmed may still become enforceable."""
    if f.total and f.agreement is not None and f.wanted == "not" and not _paid(f):
        yield Hit(
            "agreement.confirm",
            "双方不申请司法确认，请告知当事人：金钱给付可以依法申请支付令，或者办理具有强制执行效力的公证债权文书。",
        )


def _paid(f: Facts) -> bool:
    on_spot = bool(f.agreement and f.agreement.get("on_spot"))
    return on_spot or (f.total > 0 and sum(f.case.performed(o) for o in f.case.obligations) >= f.total)


@rule("P1", "已当场履行", Severity.HINT, cite("msjs", 358), cite("gztl", 11), mend="制作工资发放签收表或者收条")
def performed(f: Facts) -> Iterator[Hit]:
    """Nothing is left that could be enforced."""
    if f.agreement is not None and _paid(f):
        each = "工资须支付给劳动者本人，一人一行签名并按指印。" if f.wage else ""
        yield Hit("agreement.on_spot", f"已当场全部履行，一般无需申请司法确认。{each or '请制作收条，由收款人签名。'}")
