"""The papers for courts and of the other services, issued from cases that need them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.services import agreements, cases, confirmation, court, papers, performance, records, sessions, signing
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.loop import hand_offs, orders
from station_app.services.papers import Card
from station_app.services.signing import Signer
from station_app.services.station import Station
from tests.services.test_records import home
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import ADDRESS, showcase_agreement, wage_case

COURT = ("mediation_certificate", "court_materials", "commitment", "court_attendance")
SERVICES: dict[str, tuple[str, Values]] = {
    "order_sheet": ("order", {"matter": "派员到场协调工资", "lead": "区住房建设局", "level": "urgent"}),
    "hand_off_sheet": ("hand_off", {"to": "凤凰街道办事处", "reason": "本站难以化解", "to_kind": "street"}),
    "consultation_record": ("consultation", {"question": "工资拖欠怎么办", "advice": "可以申请仲裁", "aid": True}),
    "suggestion_register": ("suggestion", {"text": "在工地门口设置工资公示栏", "track": "collected"}),
    "relief_register": ("relief", {"need": "家中老人住院", "amount": 200_000, "on": "2026-11-24"}),
    "reply_sheet": ("reply", {"text": "已督促付清工资。", "manner": "phone", "satisfaction": "4"}),
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def shown(station: Station, case: str, template: str) -> str:
    """The words of an issued paper, without spaces."""
    from station_app.documents.preview import extract_text

    issued = papers.issue(station, case=case, template=template)
    return "".join("".join(page.split()) for page in extract_text(issued.pdf))


def card(station: Station, case: str, template: str) -> Card:
    return next(c for c in papers.list_papers(station, case=case) if c.template == template)


def signed_case(station: Station) -> str:
    """The eight workers: agreed and in effect, what only people can say answered."""
    case = wage_case(station)
    showcase_agreement(station, case)
    papers.issue(station, case=case, template="agreement")
    assert isinstance(station.clock, FixedClock)
    station.clock.set(datetime(2026, 11, 24, 16, 40, tzinfo=SHANGHAI))
    known: Values = {"phone": "15026018159", "address": ADDRESS}
    identities = [p.identity for p in station.case(case).parties if p.identity is not None]
    cases.edit(station, case=case, values={record.id: known for record in identities})
    signers = [
        Signer("party", "signed_fingerprint" if p.is_person else "sealed", p.id, seal="" if p.is_person else "official")
        for p in station.case(case).parties
    ]
    signing.sign_many(
        station, case=case, signers=[*signers, Signer("mediator", "signed"), Signer("committee", "sealed")]
    )
    for question, value in (("voluntary", "yes"), ("genuine", "yes"), ("attendance", "video")):
        court.answer(station, case=case, question=question, values={"value": value})
    return case


@pytest.fixture
def signed(station: Station) -> str:
    return signed_case(station)


def test_the_certificate_says_who_signed_when_and_who_the_mediator_is(station: Station, signed: str) -> None:
    text = shown(station, signed, "mediation_certificate")
    assert "田志强等17人申请人签名并按指印2026年11月24日" in text
    assert "盖章（公章）" in text
    assert "人民调解员李明（聘任文书编号：光凤东坑调聘〔2024〕3号，聘期自2024年6月1日至2027年5月31日）" in text
    assert "协议自2026年11月24日起生效" in text
    assert "最后一日为2026年12月24日" in text
    assert "未发现当事人受欺诈、胁迫或者恶意串通" in text


def test_what_nobody_confirmed_the_certificate_does_not_say(station: Station, signed: str) -> None:
    court.answer(station, case=signed, question="genuine", values={"value": ""})
    assert "未发现" not in shown(station, signed, "mediation_certificate")


@pytest.mark.parametrize("template", COURT)
def test_papers_of_the_application_are_issued(station: Station, signed: str, template: str) -> None:
    assert card(station, signed, template).applies
    assert "光明区人民法院" in shown(station, signed, template) or template == "court_attendance"


def test_every_party_confirms_its_address_on_a_page_of_its_own(station: Station, signed: str) -> None:
    issued = papers.issue(station, case=signed, template="delivery_address")
    assert issued.pages == len(station.case(signed).parties)
    first = station.case(signed).parties[0]
    values: Values = {"party": first.id, "address": "演示小区2栋1203房", "electronic": True, "e_address": "15026018159"}
    records.add(station, case=signed, kind="service_address", values=values)
    text = shown(station, signed, "delivery_address")
    assert "演示小区2栋1203房" in text
    assert "☑同意" in text


def test_each_company_has_its_certificate(station: Station, signed: str) -> None:
    issued = papers.issue(station, case=signed, template="legal_rep_certificate")
    assert issued.pages == 2
    text = shown(station, signed, "legal_rep_certificate")
    assert "刘成在我单位担任总经理职务，系我单位的法定代表人" in text
    assert "周文在我单位担任总经理职务" in text


def test_a_payment_order_asks_for_what_is_still_owed(station: Station, signed: str) -> None:
    first = station.case(signed).obligations[0]
    owed = performance.dues(station, case=signed)
    performance.pay(station, case=signed, obligation=first.id, parties={owed[0].party: owed[0].amount}, on="2026-11-24")
    text = shown(station, signed, "payment_order")
    assert "向申请人支付126,893.87元" in text  # 131,460.00 less the first worker's 4,566.13
    assert "被申请人已支付4,566.13元，尚欠126,893.87元" in text
    assert "《中华人民共和国劳动争议调解仲裁法》第十六条" in text


def test_enforcement_needs_a_ruling(station: Station, signed: str) -> None:
    assert not card(station, signed, "enforcement").applies
    confirmation.apply(station, case=signed, on="2026-11-24")
    confirmation.rule(station, case=signed, result="valid", ruling_no="（2026）粤0311诉前调确00012号", on="2026-11-24")
    assert card(station, signed, "enforcement").applies
    text = shown(station, signed, "enforcement")
    assert "（2026）粤0311诉前调确00012号民事裁定书" in text
    assert "支付131,460.00元" in text


def test_when_mediation_fails_the_same_facts_make_an_arbitration_and_an_aid_paper(station: Station) -> None:
    case = wage_case(station)
    sessions.end(station, case=case, reason="failed")
    assert card(station, case, "labour_arbitration").applies
    text = shown(station, case, "labour_arbitration")
    assert "劳动报酬合计131,460.00元（大写：人民币壹拾叁万壹仟肆佰陆拾元整）" in text
    assert "张𬱖" in text
    aid = papers.issue(station, case=case, template="legal_aid")
    assert aid.pages == 17
    assert "支付拖欠的劳动报酬8,400.00元" in shown(station, case, "legal_aid")


def test_the_court_in_the_rules_names_the_other_side(
    station: Station, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from station_app.services.paperwork import court_values

    usual = shown(station, signed, "confirmation_application")
    assert "被申请人：" not in usual
    assert "请求事项" in usual
    monkeypatch.setattr(court_values, "_style", lambda: {"respondent": True, "claims": True})
    other = shown(station, signed, "confirmation_application")
    assert "被申请人（一）：演示宏川劳务有限公司" in other
    assert "诉讼请求" in other


@pytest.mark.parametrize("template", sorted(SERVICES))
def test_papers_of_other_services_show_their_records(station: Station, template: str) -> None:
    kind, values = SERVICES[template]
    first_case = wage_case(station)
    assert not card(station, first_case, template).applies
    case = home(station, first_case, kind)
    if kind == "order":
        orders.issue(station, case=case, values=values)
    elif kind == "hand_off":
        hand_offs.offer(station, case=case, **{k: str(v) for k, v in values.items()})
    else:
        records.add(station, case=case, kind=kind, values=values)
    assert card(station, case, template).applies
    text = shown(station, case, template)
    first = next(v for v in values.values() if isinstance(v, str))
    assert first in text


@pytest.mark.parametrize("template", ["appeal_register", "reception_slip", "privacy_notice"])
def test_papers_of_the_first_hour(station: Station, template: str) -> None:
    case = wage_case(station)
    text = shown(station, case, template)
    assert "None" not in text
    assert papers.issue(station, case=case, template=template).fresh is False


def test_the_psychological_record_prints_no_word_of_the_talk(station: Station) -> None:
    intake = Intake(
        {"service": "psych"},
        {"summary": "工友情绪低落，希望有人谈谈"},
        [PartyInput({"role": "applicant", "kind": "person", "name": "罗玉梅"}, {})],
    )
    case = cases.register(station, intake=intake).case
    records.add(station, case=case, kind="psych_note", values={"text": "家里欠债，夜里睡不着。", "consent": True})
    text = shown(station, case, "psych_record")
    assert "罗玉梅" in text
    assert "睡不着" not in text


def test_who_complains_stays_off_the_papers(station: Station) -> None:
    intake = Intake(
        {"service": "complaint"},
        {"summary": "电梯长期停用", "story": "物业公司不修电梯。"},
        [PartyInput({"role": "applicant", "kind": "person", "name": "罗玉梅"}, {"phone": "15026018159"})],
    )
    case = cases.register(station, intake=intake).case
    records.add(station, case=case, kind="complaint", values={"unit": "演示物业公司", "matter": "电梯停用"})
    hand_offs.offer(station, case=case, to="凤凰街道办事处", reason="物业监督")
    for template in ("appeal_register", "reception_slip", "hand_off_sheet"):
        text = shown(station, case, template)
        assert "罗玉梅" not in text
        assert "15026018159" not in text
    assert "演示物业公司" in shown(station, case, "appeal_register")


def test_an_agreed_case_wants_no_arbitration(station: Station, signed: str) -> None:
    agreed = wage_case(station, workers=8)
    agreements.make(station, case=agreed)
    assert not card(station, agreed, "labour_arbitration").applies
    assert card(station, signed, "labour_arbitration").applies, "an agreement in effect that is not kept"


def test_the_list_names_edition_basis_and_source_of_every_paper(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = wage_case(station)
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    station.store.close()
    options = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(password)]
    assert run(["paper", "list", case, "--json", *options]) == 0
    listed = json.loads(capsys.readouterr().out)
    from station_app.documents.catalog import load_catalog

    assert {row["template"] for row in listed} == {t.id for t in load_catalog().current()}
    for row in listed:
        assert row["edition"]
        assert row["basis"]
        assert row["source"]
        assert isinstance(row["own_words"], bool)


def test_a_company_is_described_as_its_licence_says(station: Station) -> None:
    identity: Values = {"id_kind": "uscc", "id_number": "91440311MADEM0001R", "legal_rep": "何斌"}
    branch = PartyInput({"role": "respondent", "kind": "branch", "name": "演示分公司"}, identity)
    intake = Intake({"type": "contract"}, {"summary": "货款纠纷"}, [branch])
    case = cases.register(station, intake=intake).case
    assert "负责人身份证明书" in shown(station, case, "legal_rep_certificate")
