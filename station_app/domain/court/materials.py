"""J25: what goes to the court with the application, and what of it the case does not hold yet (民诉解释 354)."""

from __future__ import annotations

from collections.abc import Iterator

from station_app.domain.case import text
from station_app.domain.court.facts import APPLY, Facts
from station_app.domain.court.finding import Hit, Severity, rule
from station_app.domain.court.laws import cite

_SHOWN = 5


@rule("J25", "申请材料", Severity.HINT, cite("msjs", 354), cite("qrgd", 3), mend="补充材料")
def materials(f: Facts) -> Iterator[Hit]:
    """Missing data of the parties, proof of the claim, papers of agents."""
    if f.wanted != APPLY:
        return
    for name, word in (("id_number", "证件号码"), ("phone", "联系电话"), ("address", "住址（住所地）")):
        missing = [p.name for p in f.parties if not text(p.identity, name)]
        if missing:
            shown = "、".join(missing[:_SHOWN]) + (f"等{len(missing)}人" if len(missing) > _SHOWN else "")
            yield Hit(f"identity.{name}", f"{shown}没有填写{word}，请补填，法院会要求补交。", severity=Severity.WARN)
    for party in f.parties:
        if not party.is_person and not text(party.identity, "legal_rep"):
            yield Hit(
                "identity.legal_rep", f"{party.name}没有填写法定代表人（负责人），请补填并附身份证明书。", party.id
            )
    if not f.case.kind("evidence"):
        proof = "考勤、记工单、工资结算单、欠条等" if f.wage else "合同、收据、转账记录等"
        yield Hit("evidence.name", f"证据材料目录为空，请补充与协议有关的{proof}，法院可能据以核实纠纷是否真实。")
    if not f.case.kind("session"):
        yield Hit(
            "session.record",
            "没有调解记录，请补录调解经过，法院会要求提交主持调解的证明和调解记录。",
            severity=Severity.WARN,
        )


def needed(f: Facts) -> list[str]:
    """The list of materials for this case, in the order the court takes them."""
    papers = ["司法确认申请书", "调解协议书（原件）", "主持调解证明", "当事人身份证明或者主体资格证明"]
    if any(not p.is_person for p in f.parties):
        papers.append("法定代表人（负责人）身份证明书")
    if any(p.agents for p in f.parties):
        papers.append("授权委托书及代理人身份证明")
    papers.append("工资结算单、考勤、欠条等债权证明" if f.wage else "与协议有关的财产权利证明")
    return [*papers, "调解记录", "送达地址确认书", "权利义务告知书", "承诺书（按法院要求）"]
