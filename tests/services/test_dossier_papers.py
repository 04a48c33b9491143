"""The file's own papers issued from real cases; what a case has no use for is not offered; the bound file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from station_app.domain.case import text
from station_app.services import agreements, cases, papers, performance, records, sessions, signing
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.people import Created
from station_app.services.signing import Signer
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import party_of, showcase_agreement, wage_case


@pytest.fixture
def created(tmp_path: Path) -> Created:
    return make_station(tmp_path / "data")


@pytest.fixture
def station(created: Created) -> Station:
    return created.station


def shown(pdf: bytes) -> str:
    from station_app.documents.preview import extract_text

    return "".join("".join(page.split()) for page in extract_text(pdf))


def issue(station: Station, case: str, template: str) -> str:
    """The paper's words; it must be one the case has a use for."""
    card = next(c for c in papers.list_papers(station, case=case) if c.template == template)
    assert card.applies
    return shown(papers.issue(station, case=case, template=template).pdf)


def neighbours(station: Station) -> str:
    """Two neighbours and a leak: registered and accepted, both agree to mediation."""
    people = [
        PartyInput(
            {"role": "applicant", "kind": "person", "name": "田志强"},
            {"id_kind": "resident", "id_number": "45012619890412011X", "phone": "13900000001"},
        ),
        PartyInput(
            {"role": "respondent", "kind": "person", "name": "瞿卫东"},
            {"id_kind": "resident", "id_number": "433122198110190259", "phone": "13900000009"},
        ),
    ]
    facts: Values = {"summary": "楼上漏水", "story": "卫生间水管破裂，渗入楼下。", "request": "修复水管。\n赔偿损失。"}
    case = cases.register(station, intake=Intake({"type": "neighbour", "channel": "visit"}, facts, people)).case
    cases.step(station, case=case, verb="accept", at="2026-11-20T09:05")
    return case


def add(station: Station, case: str, kind: str, **values: Any) -> None:
    records.add(station, case=case, kind=kind, values=values)


def leader(station: Station) -> str:
    """Record id of the mediator of the station."""
    reference = station.store.reference()
    return next(r.id for r in reference.records.values() if r.kind == "person" and text(r, "name") == "李明")


def test_before_mediation(station: Station) -> None:
    case = neighbours(station)
    add(
        station, case, "booking", purpose="mediation", at="2026-11-24T09:00", place="调解室", **{"with": "演示物业公司"}
    )
    words = issue(station, case, "application")
    assert "一、修复水管。二、赔偿损失。" in words
    assert "现自愿申请人民调解委员会进行调解" in words
    notice = papers.issue(station, case=case, template="session_notice")
    assert notice.pages == 2, "one for each party"
    assert "时间2026年11月24日9时00分地点调解室" in shown(notice.pdf)
    assert "演示物业公司：本委员会正在调解" in issue(station, case, "invitation")
    assert "2026年11月24日9时00分" in issue(station, case, "attendance")
    sheets = papers.issue(station, case=case, template="identity_sheets")
    assert sheets.pages == 2
    assert "433122198110190259" in shown(sheets.pdf)


def test_refusal(station: Station) -> None:
    who = PartyInput({"role": "applicant", "kind": "person", "name": "田志强"}, {})
    case = cases.register(station, intake=Intake({"type": "neighbour"}, {"summary": "漏水"}, [who])).case
    cases.step(station, case=case, verb="refuse", reason="被申请人明确拒绝调解。")
    words = issue(station, case, "refusal_notice")
    assert "理由是：被申请人明确拒绝调解。" in words
    assert words.startswith("人民调解不予受理告知书田志强：")


def test_power_of_attorney_says_only_what_was_given(station: Station) -> None:
    case = neighbours(station)
    party = party_of(station, case, "田志强")
    cases.add(
        station,
        case=case,
        kind="agent",
        values={
            "parties": [party],
            "name": "申屠明",
            "kind": "lawyer",
            "authority": "special",
            "scope": ["代为承认、变更、放弃调解请求", "代为共同申请司法确认"],
        },
    )
    words = issue(station, case, "power_of_attorney")
    assert "☑代为承认、变更、放弃调解请求；" in words
    assert "□代为达成和签署调解协议；" in words
    assert "☑代为共同申请司法确认" in words
    assert "律师执业证、律师事务所证明材料" in words
    assert "近亲属关系" not in words, "proofs of this kind of agent only"


def test_records_of_the_room(station: Station) -> None:
    case = neighbours(station)
    blank = issue(station, case, "mediation_record")
    assert "□调解成功□调解不成□有待继续调解" in blank
    session: Values = {"from": "2026-11-23T09:30", "to": "2026-11-23T11:10", "record": "双方各自陈述。", "open": False}
    session |= {
        "notice_given": True,
        "result": "failure",
        "result_reason": "对数额分歧较大",
        "undisputed": "漏水属实。",
    }
    sessions.record(station, case=case, values=session)
    words = issue(station, case, "mediation_record")
    for part in (
        "时间2026年11月23日9时30分至11时10分",
        "□公开调解☑不公开调解",
        "☑人民调解委员会已将人民调解的相关规定告知各方当事人",
        "☑调解不成□有待继续调解（对数额分歧较大）",
        "人民调解员李明",
    ):
        assert part in words
    assert "漏水属实。以上事实各方均无争议" in issue(station, case, "undisputed_facts")
    add(station, case, "inquiry", at="2026-11-21T15:00", person="何斌", record="问：漏水从哪里来？\n答：卫生间。")
    assert "答：卫生间。" in issue(station, case, "inquiry")
    add(station, case, "extension", until="2026-12-30", agreed_on="2026-11-23", reason="等待鉴定")
    assert "延长调解期限至2026年12月30日" in issue(station, case, "extension")
    asked = {"mediator": leader(station), "asked_by": "瞿卫东", "asked_on": "2026-11-23", "reason": "系同乡"}
    add(station, case, "recusal", **asked, decision="granted")
    words = issue(station, case, "recusal")
    assert "人民调解员李明" in words
    assert "☑同意回避" in words
    add(station, case, "evidence", name="漏水照片", source="田志强", original="photo", pages=2, proves="渗漏")
    assert "漏水照片田志强照片2渗漏" in issue(station, case, "evidence_list")


def oral(station: Station, case: str, form: str = "oral") -> None:
    rows: list[Values] = [
        {
            "kind": "pay",
            "payers": [party_of(station, case, "瞿卫东")],
            "what": "损失",
            "amount": 1_500_000,
            "shares": {party_of(station, case, "田志强"): 1_500_000},
            "method": "transfer",
            "due": "2026-11-30",
            "due_rule": "on_date",
        }
    ]
    agreements.make(station, case=case, values={"form": form}, rows=rows)


def test_oral_agreement_is_registered_but_never_of_labour(station: Station) -> None:
    case = neighbours(station)
    oral(station, case)
    words = issue(station, case, "oral_agreement")
    assert "口头协议自各方当事人达成协议之日起生效" in words
    labour = wage_case(station)
    showcase_agreement(station, labour)
    card = next(c for c in papers.list_papers(station, case=labour) if c.template == "oral_agreement")
    assert not card.applies
    with pytest.raises(KnownError) as refused:
        papers.issue(station, case=labour, template="oral_agreement")
    assert refused.value.code == "E-406"


def test_after_the_agreement(station: Station) -> None:
    case = neighbours(station)
    oral(station, case, "written")
    obligation = station.case(case).obligations[0].id
    performance.pay(
        station,
        case=case,
        obligation=obligation,
        parties={party_of(station, case, "田志强"): 500_000},
        on="2026-11-20",
        manner="cash",
    )
    papers.issue(station, case=case, template="agreement")
    words = issue(station, case, "receipt_slip")
    assert "今收到瞿卫东依" in words
    assert "5,000.00元（大写：人民币伍仟元整）" in words
    performance.visit(station, case=case, values={"performed": "part", "text": "余款未付。", "manner": "phone"})
    words = issue(station, case, "return_visit")
    assert "☑部分履行" in words
    assert "余款未付。" in words
    words = shown(papers.issue(station, case=case, template="performance_reminder").pdf)
    assert "应当支付15,000.00元，已支付5,000.00元，至今尚有10,000.00元未付" in words


def test_of_the_office(station: Station) -> None:
    case = neighbours(station)
    add(station, case, "advice", to="演示街道办事处", cases=3, problem="水管老化。", measures="组织检修。")
    assert "本委员会在调解3件同类纠纷中发现下列问题：水管老化。" in issue(station, case, "mediation_advice")
    add(station, case, "seal_use", title="人民调解协议书", seal="committee", on="2026-11-20", copies=3)
    assert "2026年11月20日人民调解协议书人民调解委员会印章3" in issue(station, case, "seal_register")
    assert "卷宗情况说明" in issue(station, case, "dossier_note")


def test_supplement_names_the_agreement_it_adds_to(station: Station) -> None:
    case = neighbours(station)
    oral(station, case, "written")
    papers.issue(station, case=case, template="agreement")
    people = [Signer("party", "signed_fingerprint", p.id) for p in station.case(case).parties]
    signing.sign_many(station, case=case, signers=people)
    oral(station, case, "supplement")
    words = issue(station, case, "supplement")
    assert "编号：（2026）光凤东坑人调字第A0001号-补1" in words
    assert "于2026年11月20日达成（2026）光凤东坑人调字第A0001号人民调解协议" in words
