"""Rules on signatures: whose is missing, what binds an organisation, which seal, elected representatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from station_app.domain.case import Party, text
from station_app.domain.court.acting import BODIES, MASS, acts, may_settle, named
from station_app.domain.court.facts import Facts
from station_app.domain.court.finding import Hit, Severity, rule
from station_app.domain.court.laws import cite
from sync.contract.fold import Record

_FULL: Final = frozenset({"official", "representative"})
_SEALS: Final = {"project": "项目部章", "contract": "合同专用章", "finance": "财务专用章", "documents": "资料专用章"}


@rule("J3", "协议生效", Severity.WARN, cite("tjf", 29), cite("msf", 205), mend="查看未签名单")
def in_effect(f: Facts) -> Iterator[Hit]:
    """Nothing runs before everybody's act stands on the paper."""
    if not f.signed or f.effective is not None:
        return
    missing = [p.name for p in f.parties if not acts(f, p)]
    if missing:
        yield Hit(
            "signature.party",
            f"{named(missing)}尚未签名或者盖章，协议还没有生效，三十日申请期限没有开始，请补签并登记。",
        )
    for role, words in (("mediator", "人民调解员尚未签名"), ("committee", "人民调解委员会尚未盖章")):
        if not any(text(s, "role") == role for s in f.signed):
            yield Hit("signature.role", f"{words}，协议还没有生效，三十日申请期限没有开始，请补签补盖并登记。")


@rule("J24", "单位签署", Severity.STOP, cite("tjf", 29), cite("qrgd", 3), mend="补盖公章或者由法定代表人签名")
def bodies(f: Facts) -> Iterator[Hit]:
    """An organisation acts by its seal, its representative or an agent with authority."""
    for party in f.parties:
        if text(party.record, "kind") not in BODIES:
            continue
        if f.agreement is not None and not text(party.identity, "id_number"):
            yield Hit(
                "identity.id_number",
                f"{party.name}没有填写统一社会信用代码，法院无法核对主体资格，请对照营业执照填写。",
                party.id,
                Severity.WARN,
                "填写统一社会信用代码",
            )
        signed = acts(f, party)
        if signed and not any(_binds(party, act) for act in signed):
            yield Hit(
                "signature.seal",
                f"{party.name}既没有加盖公章，也没有法定代表人（负责人）或者有权代理人签名，协议对该单位没有效力，请补盖公章，或者由其法定代表人签名。",
                party.id,
            )


def _binds(party: Party, act: Record) -> bool:
    seal, manner = text(act, "seal"), text(act, "manner")
    if seal == "official" or (not seal and "sealed" in manner):  # which seal it was, J40 asks
        return True
    who = text(act, "name")
    if "signed" not in manner:
        return False
    return who == text(party.identity, "legal_rep") or (text(act, "role") == "agent" and may_settle(party))


@rule("J37", "推选代表人", Severity.STOP, cite("tzf", 7), cite("msjs", 75), mend="改为授权委托书")
def representatives(f: Facts) -> Iterator[Hit]:
    """From ten on with a common claim; the agreement is still signed by everybody."""
    chosen = {a.id: a for p in f.parties for a in p.agents if text(a, "kind") == "representative"}
    if f.labour and chosen and len(f.applicants) < MASS:
        yield Hit(
            "agent.kind",
            f"本案劳动者{len(f.applicants)}人，不足十人，不能推选代表人参加调解，请改为每人单独出具授权委托书。",
            next(iter(chosen)),
        )
    signed_for = [p.name for p in f.applicants if _only_representative(f, p)]
    if signed_for:
        yield Hit(
            "signature.role",
            f"{named(signed_for)}由代表人代签。"
            "代表人接受调解方案须经本人书面同意，请由本人签名并按指印或者补充特别授权。",
            severity=Severity.STOP,
            mend="由本人签名",
        )
    if f.labour and not f.signed and not chosen and len(f.applicants) >= MASS:
        yield Hit(
            "agent.kind",
            f"本案劳动者{len(f.applicants)}人，可以推选二至五名代表参加调解，协议仍由本人签名。",
            severity=Severity.HINT,
            mend="制作推选代表人书",
        )
    if f.labour and 1 < len(f.applicants) < MASS and not f.signed and not chosen:
        yield Hit(
            "agent.kind",
            f"本案劳动者{len(f.applicants)}人，不足十人，需要他人代为参加的，请每人单独出具授权委托书。",
            severity=Severity.HINT,
            mend="制作授权委托书",
        )


def _only_representative(f: Facts, party: Party) -> bool:
    signed = acts(f, party)
    own = {text(a, "name") for a in party.agents if text(a, "kind") == "representative"}
    return bool(signed) and all(text(s, "role") == "agent" and text(s, "name") in own for s in signed)


@rule("J40", "印章种类", Severity.WARN, cite("tjf", 29), mend="补盖公章或者上传授权委托书")
def seals(f: Facts) -> Iterator[Hit]:
    """The seal of a project department does not bind the company by itself."""
    for party in f.parties:
        if text(party.record, "kind") not in BODIES:
            continue
        for act in acts(f, party):
            seal = text(act, "seal")
            if seal and seal not in _FULL:
                word = _SEALS.get(seal, "其他印章")
                yield Hit(
                    "signature.seal",
                    f"{party.name}盖的是{word}，一般不能单独代表公司承担付款责任，"
                    "请补盖公章，或者提交写明付款权限的授权委托书。",
                    act.id,
                )
            elif not seal and "sealed" in text(act, "manner"):
                yield Hit("signature.seal", f"请填写{party.name}盖的是哪一枚章。", act.id, mend="填写印章种类")


@rule("E3", "劳动争议签名", Severity.WARN, cite("tzf", 14), cite("szdy", 26), mend="补充签名")
def fingerprint_only(f: Facts) -> Iterator[Hit]:
    """The labour law names signature and seal, not the fingerprint."""
    if not f.labour:
        return
    pressed = [p.name for p in f.parties if (a := acts(f, p)) and all(text(s, "manner") == "fingerprint" for s in a)
               and not any(text(s, "witness") or text(s, "note") for s in a)]  # fmt: skip
    if pressed:
        yield Hit(
            "signature.manner",
            f"{named(pressed)}只按了指印。劳动争议协议请当事人签名并按指印；"
            "不会写字的，注明由谁代写姓名、本人按指印、见证人签名。",
        )
