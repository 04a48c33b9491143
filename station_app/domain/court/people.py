"""Rules on who mediates and for whom: committee, mediator, parties, guardians, agents, insurers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from station_app.domain.case import Party, names, text
from station_app.domain.court.acting import acts, may_settle, named
from station_app.domain.court.facts import APPLY, Facts
from station_app.domain.court.finding import Hit, Severity, rule
from station_app.domain.court.laws import cite
from station_app.domain.dates import add_months, as_date, date_cn
from sync.contract.fold import Record

_MANY: Final = 2
_AGENTS: Final = 2  # 民诉法 61
_ADULT, _YOUTH, _CHILD = 18, 16, 8  # 民法典 17, 18, 20
_INSURERS: Final = ("保险", "保险公司", "交强险", "商业险")


@rule("J1", "共同申请", Severity.WARN, cite("msf", 205), cite("msjs", 356), mend="改为一人一份协议或者补充特别授权")
def together(f: Facts) -> Iterator[Hit]:
    """One agreement for many means that all must apply and be heard together (practice E22); asked early."""
    if len(f.applicants) < _MANY or f.answer("one_agreement"):
        return
    if f.agreement is None and f.labour:
        yield Hit(
            "answer.one_agreement",
            f"本案有{len(f.applicants)}名申请人。拟申请司法确认的，一份协议须全体到场申请，建议一人一份协议，请先与当事人商定。",
            severity=Severity.HINT,
            question="one_agreement",
        )
    if f.wanted != APPLY:
        return
    alone = [p.name for p in f.applicants if not may_settle(p)]
    if len(alone) > 1 and len({payee for plan in f.plans for payee in plan.payees}) > 1:
        yield Hit(
            "answer.one_agreement",
            f"本协议有{len(f.applicants)}名申请人，申请司法确认须全部到场，一人缺席即影响全体。"
            "给付可以分开的，建议一人一份协议；仍用一份协议的，请补充特别授权，或者答复“各方均能到场”。",
            question="one_agreement",
        )


@rule("J4", "口头协议", Severity.STOP, cite("tjf", 30), cite("msjs", 354), mend="制作书面协议")
def oral(f: Facts) -> Iterator[Hit]:
    """The court wants the agreement on paper."""
    if f.wanted == APPLY and text(f.agreement, "form") == "oral":
        yield Hit("agreement.form", "申请司法确认须提交调解协议书。口头协议请先制作书面协议，由各方签名后再申请。")


@rule("J5", "调解组织", Severity.SEAL, cite("msf", 205), cite("tjf", 8), mend="在系统设置中填写人民调解委员会")
def organisation(f: Facts) -> Iterator[Hit]:
    """A station is a place, not a mediation organisation."""
    if f.agreement is not None and "人民调解" not in f.committee.name:
        shown = f"“{f.committee.name}”不是人民调解委员会" if f.committee.name else "没有写明人民调解委员会"
        yield Hit(
            "case.committee",
            f"{shown}。群众诉求服务站是办理场所，请在系统设置中选择依法设立的人民调解委员会，由其主持并盖章。",
        )


@rule("J7", "两个以上调解组织", Severity.HINT, cite("msjs", 352), mend="核对主持调解的组织")
def several_organisations(f: Facts) -> Iterator[Hit]:
    """Mediators of another committee took part."""
    recs = {rec for s in f.case.kind("session") for rec in names(s, "mediators")}
    others = [text(f.people.get(r), "name") for r in sorted(recs) if _other_committee(f, r)]
    if others:
        yield Hit(
            "session.mediators",
            f"{named(others)}属于其他人民调解委员会。两个以上调解组织参与的，各组织所在地基层人民法院均有管辖权，请核对由哪个组织主持并盖章。",
        )


def _other_committee(f: Facts, rec: str) -> bool:
    committee = text(f.people.get(rec), "committee")
    return bool(committee and f.committee.rec and committee != f.committee.rec)


@rule("J17a", "一方拒绝调解", Severity.SEAL, cite("tjf", 17), mend="终止调解并告知其他途径")
def refused(f: Facts) -> Iterator[Hit]:
    """Where one side clearly refused there is no mediation."""
    for name, side in (("consent_applicant", "申请人"), ("consent_respondent", "被申请人")):
        if f.agreement is not None and f.case.get(name) == "refused":
            yield Hit(
                f"case.{name}",
                f"{side}已明确拒绝调解，不得调解，本委员会不得在协议上盖章，请终止调解，并告知当事人其他途径。",
            )


@rule(
    "J21", "无民事行为能力人", Severity.STOP, cite("mdz", 20), cite("mdz", 23), cite("mdz", 144), mend="补录法定代理人"
)
def child(f: Facts) -> Iterator[Hit]:
    """Under eight only the guardian acts."""
    for party, age in _minors(f):
        if age < _CHILD and not _guarded(f, party):
            yield Hit(
                "agent.kind",
                f"{party.name}不满八周岁，须由法定代理人代为参加调解并签名，请补录法定代理人。",
                party.id,
            )


@rule(
    "J22",
    "限制民事行为能力人",
    Severity.STOP,
    cite("mdz", 18),
    cite("mdz", 19),
    cite("mdz", 145),
    mend="补录法定代理人",
)
def youth(f: Facts) -> Iterator[Hit]:
    """From eight to seventeen the guardian acts or agrees; at sixteen own income makes full capacity."""
    for party, age in _minors(f):
        if age < _CHILD or _guarded(f, party):
            continue
        if age >= _YOUTH:
            if f.answer("own_income") == "yes":
                continue
            yield Hit(
                "answer.own_income",
                f"{party.name}已满十六周岁未满十八周岁。"
                "以自己的劳动收入为主要生活来源的，视为完全民事行为能力人，请核实后答复；"
                "否则须由法定代理人签名或者追认。",
                party.id,
                question="own_income",
            )
        else:
            yield Hit(
                "agent.kind",
                f"{party.name}未满十八周岁，协议须由法定代理人代理或者经其同意、追认，请补录法定代理人，并由其签名。",
                party.id,
            )


def _minors(f: Facts) -> Iterator[tuple[Party, int]]:
    for party in f.parties:
        birth = text(party.identity, "birth")
        if party.is_person and birth and f.agreement is not None:
            born = as_date(birth)
            age = next((n for n in (_CHILD, _YOUTH, _ADULT) if f.today < add_months(born, n * 12)), 0)
            if age:
                yield party, age - 1


def _guarded(f: Facts, party: Party) -> bool:
    return any(text(a, "kind") == "guardian" for a in party.agents) or any(
        text(s, "role") == "guardian" for s in acts(f, party)
    )


@rule(
    "J23",
    "委托代理人",
    Severity.STOP,
    cite("msf", 61),
    cite("msf", 62),
    cite("msjs", 351),
    cite("msjs", 89),
    mend="补充授权委托书",
)
def agents(f: Facts) -> Iterator[Hit]:
    """An agent who signs needs special authority on paper, in force that day."""
    for party in f.parties:
        signing = [s for s in acts(f, party) if text(s, "role") == "agent"]
        own = [a for a in party.agents if text(a, "kind") not in ("guardian", "representative")]
        if len(own) > _AGENTS:
            yield Hit("agent.name", f"{party.name}委托了{len(own)}人，委托代理人最多二人。", party.id, Severity.WARN)
        for agent in own:
            if "全权" in text(agent, "paper") or "全权" in "".join(names(agent, "scope")):
                yield Hit(
                    "agent.authority",
                    f"{text(agent, 'name')}的授权只写“全权代理”，无权代为和解，"
                    "请改为逐项写明的特别授权，例如代为承认、放弃、变更请求，代为和解。",
                    agent.id,
                )
        for act in signing:
            yield from _signed_by_agent(f, party, own, act)


def _signed_by_agent(f: Facts, party: Party, own: list[Record], act: Record) -> Iterator[Hit]:
    who = [a for a in own if text(a, "name") == text(act, "name")] or own
    if not who:
        yield Hit("agent.name", f"{party.name}由代理人签名，但没有委托代理人的记录，请补录并收取授权委托书。", party.id)
        return
    if not any(text(a, "authority") == "special" for a in who):
        yield Hit(
            "agent.authority",
            f"代为达成和签署调解协议须有特别授权，{party.name}的代理人{text(who[0], 'name')}没有特别授权的记录，"
            "请补录载明“代为和解”等事项的授权委托书。",
            who[0].id,
        )
    day = text(act, "on")
    for agent in who:
        start, end = text(agent, "from"), text(agent, "to")
        if day and ((end and day > end) or (start and day < start)):
            yield Hit(
                "agent.to",
                f"{text(agent, 'name')}在{date_cn(day)}签名时不在授权期限内，请重新出具授权委托书。",
                agent.id,
            )


@rule("J36", "劳动争议不得口头", Severity.SEAL, cite("tzf", 10, 2), cite("tzf", 14), mend="制作书面协议")
def labour_in_writing(f: Facts) -> Iterator[Hit]:
    """劳动争议调解仲裁法 14: an agreement shall be drawn up in writing."""
    if f.labour and text(f.agreement, "form") == "oral":
        yield Hit(
            "agreement.form",
            "劳动争议调解达成协议的，应当制作调解协议书，不能只作口头协议登记，请把协议形式改为书面协议。",
        )


@rule("J41", "人民调解员资格", Severity.SEAL, cite("tjf", 13), cite("tjf", 14), mend="补录聘任信息或者更换调解员")
def mediators(f: Facts) -> Iterator[Hit]:
    """Who signs as mediator is appointed by the committee on the paper, on that day."""
    if f.agreement is None:
        return
    signed = {text(s, "person"): text(s, "on") for s in f.signed if text(s, "role") == "mediator"}
    case_rec = text(f.case.record, "mediator")
    for rec, day in (signed or ({case_rec: ""} if case_rec else {})).items():
        person = f.people.get(rec)
        who = text(person, "name") or "签名的调解员"
        on = day or f.today.isoformat()
        if _other_committee(f, rec):
            yield Hit(
                "person.committee",
                f"{who}不是{f.committee.name}聘任的人民调解员，不能作为人民调解员签名，请改由本委员会的人民调解员签名。",
                rec,
            )
        elif not text(person, "appointed_from") and not text(person, "appointment"):
            yield Hit("person.appointment", f"{who}没有聘任记录，暂不能作为人民调解员签名，请补录聘任文书和聘期。", rec)
        elif (text(person, "appointed_to") and on > text(person, "appointed_to")) or on < text(
            person, "appointed_from"
        ):
            end = text(person, "appointed_to")
            yield Hit(
                "person.appointed_to",
                f"{who}的聘期{'至' + date_cn(end) if end else '尚未开始'}，"
                f"{date_cn(on)}不在聘期内，请补录续聘信息或者更换调解员。",
                rec,
            )


@rule("T1", "保险公司", Severity.WARN, cite("mdq", 1213), mend="添加保险公司为当事人")
def insurer(f: Facts) -> Iterator[Hit]:
    """An insurer that is no party is not bound by what others agree."""
    if f.agreement is None or f.labour:
        return
    told = any(word in f.everything for word in _INSURERS)
    if told and not any("保险" in p.name for p in f.parties):
        yield Hit(
            "party.name",
            "协议涉及保险赔付，但保险公司不是当事人，不受本协议约束，"
            "请添加为当事人或者由其另行出具同意赔付的书面文件。",
        )


@rule("J33", "恶意串通迹象", Severity.WARN, cite("szdy", 28), cite("zxtj", 23), mend="当面核实并写入调解记录")
def collusion(f: Facts) -> Iterator[Hit]:
    """Both sides under one telephone or one agent: a court asks whether the dispute is real."""
    if f.agreement is None:
        return
    for name, word in (("phone", "联系电话"), ("address", "住址")):
        ours = {text(p.identity, name) for p in f.applicants} - {""}
        theirs = {text(p.identity, name): p.name for p in f.respondents if text(p.identity, name)}
        both = sorted(ours & set(theirs))
        if both and not f.answer("genuine"):
            yield Hit(
                f"identity.{name}",
                f"双方当事人的{word}相同（{both[0]}），法院可能要求说明纠纷是否真实，请核实后答复。",
                question="genuine",
            )
    ours = {text(a, "name") for p in f.applicants for a in p.agents}
    shared = sorted(ours & {text(a, "name") for p in f.respondents for a in p.agents} - {""})
    if shared:
        yield Hit("agent.name", f"{shared[0]}同时代理双方当事人，请更换其中一方的代理人。", mend="更换代理人")
