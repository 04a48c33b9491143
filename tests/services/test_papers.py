"""Papers: numbers, versions, the same bytes again, sealing, voiding, and what a page says when it is checked."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.agreement.copies import copies
from station_app.domain.case import number, text
from station_app.services import agreements, cases, court, papers, sessions, signing
from station_app.services.cases import Intake
from station_app.services.people import Created
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency, local, numbers
from sync.contract.errors import KnownError
from tests.support.stations import make_station, wage_intake
from tests.support.wages import showcase_agreement, wage_case

NUMBER = "（2026）光凤东坑人调字第A0001号"
REGISTER, AGREEMENT, NOTICE = "acceptance_register", "agreement", "rights_notice"


@pytest.fixture
def created(tmp_path: Path) -> Created:
    return make_station(tmp_path / "data")


@pytest.fixture
def station(created: Created) -> Station:
    return created.station


def texts(pdf: bytes) -> str:
    from station_app.documents.preview import extract_text

    return "".join("".join(page.split()) for page in extract_text(pdf))


def picture(pdf: bytes, page: int = 1) -> bytes:
    """A page as a scanner gives it."""
    from PIL import Image

    shot = papers.page_image(pdf, page, 200)
    out = io.BytesIO()
    Image.frombytes("RGB", (shot.width, shot.height), shot.rgb).save(out, "PNG")
    return out.getvalue()


def showcase(station: Station) -> str:
    case = wage_case(station)
    showcase_agreement(station, case)
    return case


def sign_all(station: Station, case: str) -> None:
    assert isinstance(station.clock, FixedClock)
    station.clock.set(datetime(2026, 11, 24, 16, 40, tzinfo=SHANGHAI))
    parties = station.case(case).parties
    signers = [Signer("party", "signed_fingerprint" if p.is_person else "sealed", p.id) for p in parties]
    signing.sign_many(
        station, case=case, signers=[*signers, Signer("mediator", "signed"), Signer("committee", "sealed")]
    )


def test_the_acceptance_paper_draws_the_number_the_agreement_bears(station: Station) -> None:
    case = showcase(station)
    first = papers.issue(station, case=case, template=REGISTER)
    assert (first.number, first.version, first.fresh) == (NUMBER, 1, True)
    agreement = papers.issue(station, case=case, template=AGREEMENT)
    assert agreement.number == NUMBER
    view = station.case(case)
    assert view.get("number") == text(view.agreement, "number") == NUMBER
    assert [n.get("text") for n in view.kind("number")] == [NUMBER]
    assert [row[2:4] for row in numbers.ledger(station.store.con, "光凤东坑", 2026)] == [(NUMBER, "used")]
    assert consistency.check(station.store) == []


def test_numbers_follow_each_other_across_cases(station: Station) -> None:
    first, second = wage_case(station), cases.register(station, intake=wage_intake()).case
    cases.step(station, case=second, verb="accept")
    assert papers.issue(station, case=first, template=REGISTER).number == NUMBER
    assert papers.issue(station, case=second, template=REGISTER).number == NUMBER.replace("0001", "0002")


def test_the_agreement_shows_every_sum(station: Station) -> None:
    issued = papers.issue(station, case=showcase(station), template=AGREEMENT)
    shown = texts(issued.pdf)
    for words in (
        NUMBER,
        "131,460.00元（大写：人民币壹拾叁万壹仟肆佰陆拾元整）",
        "本协议一式二十一份",
        "张𬱖",
        "4,566.13",
        "3,833.87",
        "71,460.00",
        "以上内容已逐条宣读",
        "共同向深圳市光明区人民法院申请司法确认",
    ):
        assert words in shown
    assert "讨论稿" not in shown
    assert "演示样张" not in shown
    annex = shown[shown.index("附表工资支付明细") :]
    assert annex.index("覃国华") < annex.index("韦建军") < annex.index("张𬱖"), "in the order of the roster"


def test_issuing_again_gives_the_same_bytes_and_writes_nothing(station: Station) -> None:
    case = showcase(station)
    first = papers.issue(station, case=case, template=AGREEMENT)
    before = len(station.store.ops_of(case))
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(days=3)
    again = papers.issue(station, case=case, template=AGREEMENT)
    assert (again.fresh, again.paper, again.pdf) == (False, first.paper, first.pdf)
    assert papers.pdf(station, case=case, paper=first.paper) == first.pdf
    assert len(station.store.ops_of(case)) == before
    record = station.case(case).paper(AGREEMENT)
    assert text(record, "pdf") == hashlib.sha256(first.pdf).hexdigest()
    assert number(record, "bytes") == len(first.pdf)
    assert number(record, "copies") == copies(station.case(case)) == 21
    acts = [(row[2], row[4]) for row in local.access_log(station.store)]
    assert acts[:2] == [("print", f"agreement {NUMBER} v1"), ("issue", f"agreement {NUMBER} v1")]


def test_changed_facts_before_signing_are_the_next_version_of_the_number(station: Station) -> None:
    case = showcase(station)
    first = papers.issue(station, case=case, template=AGREEMENT)
    agreements.edit(station, case=case, values={"read_mode": "self"})
    card = next(c for c in papers.list_papers(station, case=case) if c.template == AGREEMENT)
    assert (card.state, card.stale) == ("issued", True)
    second = papers.issue(station, case=case, template=AGREEMENT)
    assert (second.number, second.version) == (NUMBER, 2)
    view = station.case(case)
    assert [(text(p, "state"), number(p, "version")) for p in view.papers] == [("replaced", 1), ("issued", 2)]
    assert [text(m, "state") for m in view.kind("paper_mark")] == ["replaced", "issued"]
    assert papers.pdf(station, case=case, paper=first.paper) == first.pdf
    assert papers.verify(station, data=first.pdf)[0].words == "已被第 2 版代替"
    assert papers.verify(station, data=second.pdf)[0].words == "属实"
    assert consistency.check(station.store) == []


def test_after_the_first_signature_the_same_bytes_are_all_there_is(station: Station) -> None:
    case = showcase(station)
    first = papers.issue(station, case=case, template=AGREEMENT)
    sign_all(station, case)
    view = station.case(case)
    assert {text(s, "paper") for s in view.signatures} == {first.paper}
    assert papers.issue(station, case=case, template=AGREEMENT).pdf == first.pdf
    with pytest.raises(KnownError, match="E-401"):
        agreements.edit(station, case=case, values={"read_mode": "self"})
    with station.store.write(actor=station.user.person, wall=1) as tx:  # as another station's late edit would arrive
        from sync.contract.fold import overwrite

        assert view.agreement is not None
        tx.op("edit", "content", case=case).put(overwrite(view.agreement, {"facts": "另一说法。"}))
    with pytest.raises(KnownError, match="E-401"):
        papers.issue(station, case=case, template=AGREEMENT)
    assert papers.pdf(station, case=case, paper=first.paper) == first.pdf


def test_the_confirmation_application_after_effect(station: Station) -> None:
    case = showcase(station)
    with pytest.raises(KnownError, match="E-304"):
        papers.issue(station, case=case, template="confirmation_application")
    papers.issue(station, case=case, template=AGREEMENT)
    sign_all(station, case)
    shown = texts(papers.issue(station, case=case, template="confirmation_application").pdf)
    assert "2026年11月24日主持调解" in shown
    assert "协议自2026年11月24日起生效" in shown
    assert "先行清偿工资131,460.00元，分两期支付，各人数额见协议附表。" in shown
    assert "光明区人民法院" in shown


def test_a_further_agreement_and_a_supplement_bear_their_own_numbers(station: Station) -> None:
    case = showcase(station)
    papers.issue(station, case=case, template=AGREEMENT)
    sign_all(station, case)
    rows = [{**r} for r in _rows(station, case)]
    agreements.make(station, case=case, values={"form": "supplement"}, rows=rows)
    supplement = papers.issue(station, case=case, template=AGREEMENT)
    assert (supplement.number, supplement.version) == (f"{NUMBER}-补1", 1)
    sign_all(station, case)
    agreements.make(station, case=case, rows=rows)
    assert papers.issue(station, case=case, template=AGREEMENT).number == f"{NUMBER}-2"
    states = [text(p, "state") for p in station.case(case).papers]
    assert states == ["issued"] * 3


def _rows(station: Station, case: str) -> list[dict[str, Any]]:
    duty = station.case(case).obligations[0]
    return [{name: duty.get(name) for name in ("payers", "shares", "method", "due", "liability", "what")}]


def test_a_paper_that_lacks_facts_names_them_and_draws_no_number(station: Station) -> None:
    case = cases.register(station, intake=Intake({"type": "neighbour"}, {"summary": "漏水"}, [])).case
    cards = {c.template: c for c in papers.list_papers(station, case=case)}
    assert "case.accepted" in [path for path, _ in cards[REGISTER].missing]
    assert cards[REGISTER].state == "draft"
    with pytest.raises(KnownError, match="E-304") as caught:
        papers.issue(station, case=case, template=REGISTER)
    assert "受理日期" in str(caught.value.values["missing"])
    assert numbers.ledger(station.store.con, "光凤东坑", 2026) == []
    with pytest.raises(KnownError, match="E-311"):
        papers.issue(station, case=case, template="nothing")


def test_a_character_without_a_glyph_stops_everything(station: Station) -> None:
    case = wage_case(station)
    worker = station.case(case).side("applicant")[0].record
    cases.edit(station, case=case, values={worker.id: {"name": "田\U0003fffd"}})
    showcase_agreement(station, case)
    with pytest.raises(KnownError, match="E-301"):
        papers.issue(station, case=case, template=AGREEMENT)
    assert station.case(case).papers == []
    assert numbers.ledger(station.store.con, "光凤东坑", 2026) == []
    assert station.store.con.execute("SELECT count(*) FROM blob").fetchone()[0] == 0


def test_no_series_no_number_but_a_draft(tmp_path: Path) -> None:
    station = make_station(tmp_path / "other", series="").station
    case = showcase(station)
    with pytest.raises(KnownError, match="E-306"):
        papers.issue(station, case=case, template=AGREEMENT)
    assert "讨论稿" in texts(papers.preview(station, case=case, template=AGREEMENT))


def test_a_draft_bears_no_number_and_no_code(station: Station) -> None:
    case = showcase(station)
    papers.issue(station, case=case, template=REGISTER)
    draft = papers.preview(station, case=case, template=AGREEMENT)
    assert "讨论稿" in texts(draft)
    with pytest.raises(KnownError, match="E-312"):
        papers.verify(station, data=draft)
    issued = papers.issue(station, case=case, template=AGREEMENT)
    assert papers.preview(station, case=case, template=AGREEMENT, draft=False) == issued.pdf


def test_an_agreement_that_cannot_be_executed_is_not_issued(station: Station) -> None:
    case = wage_case(station)
    agreements.make(station, case=case)
    for term in station.case(case).terms:
        from station_app.services import terms

        terms.remove(station, case=case, term=term.id)
    with pytest.raises(KnownError, match="E-213"):
        papers.issue(station, case=case, template=AGREEMENT)
    sessions.consent(station, case=case, respondent="refused")
    with pytest.raises(KnownError, match="E-403"):
        papers.issue(station, case=case, template=AGREEMENT)


def test_void_keeps_number_and_bytes(station: Station) -> None:
    case = showcase(station)
    first = papers.issue(station, case=case, template=AGREEMENT)
    with pytest.raises(KnownError, match="E-408"):
        papers.void(station, case=case, paper=first.paper, reason="")
    papers.void(station, case=case, paper=first.paper, reason="当事人姓名有误")
    assert papers.pdf(station, case=case, paper=first.paper) == first.pdf
    found = papers.verify(station, data=first.pdf)[0]
    assert (found.words, found.reason) == ("已作废", "当事人姓名有误")
    again = papers.issue(station, case=case, template=AGREEMENT)
    assert (again.version, again.number, again.fresh) == (2, NUMBER, True)
    assert papers.verify(station, data=first.pdf)[0].answer == "void"


def test_a_scan_is_known_by_its_code(station: Station) -> None:
    case = showcase(station)
    issued = papers.issue(station, case=case, template=REGISTER)
    (found,) = papers.verify(station, data=picture(issued.pdf))
    assert (found.answer, found.paper, found.case, found.found) == ("genuine", issued.paper, case, (1,))
    assert (found.number, found.version, found.title) == (NUMBER, 1, "人民调解受理登记表")


def test_a_paper_of_another_station_is_not_called_false(station: Station, tmp_path: Path) -> None:
    other = make_station(tmp_path / "other", series="B").station
    issued = papers.issue(other, case=showcase(other), template=REGISTER)
    (found,) = papers.verify(station, data=picture(issued.pdf))
    assert found.words == "尚未上传至本系统，不能据此认定为虚假"


def test_a_changed_pdf_with_the_right_code_is_found_out(station: Station) -> None:
    import pikepdf

    case = showcase(station)
    notice = papers.issue(station, case=case, template=NOTICE)
    register = papers.issue(station, case=case, template=REGISTER)
    with pikepdf.open(io.BytesIO(register.pdf)) as forged, pikepdf.open(io.BytesIO(notice.pdf)) as other:
        forged.pages.append(other.pages[1])
        out = io.BytesIO()
        forged.save(out)
    answers = {v.paper: v.answer for v in papers.verify(station, data=out.getvalue())}
    assert answers[register.paper] == "different"


def test_papers_of_a_demonstration_say_so(tmp_path: Path) -> None:
    station = make_station(tmp_path / "demo", demo=True).station
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    assert "演示样张" in texts(papers.issue(station, case=case, template=REGISTER).pdf)


def test_a_recorder_issues_and_a_secretary_does_not(created: Created) -> None:
    from station_app.services.station import User

    station = created.station
    case = wage_case(station)
    secretary = Station(station.store, station.clock, User(created.people["陈晓"], "陈晓", ("secretary",)))
    with pytest.raises(KnownError, match="E-404"):
        papers.issue(secretary, case=case, template=REGISTER)


def test_the_other_papers_of_the_wage_case(station: Station) -> None:
    case = showcase(station)
    applicant = station.case(case).side("applicant")[0].id
    values: dict[str, Any] = {
        "parties": [applicant],
        "name": "田志强",
        "kind": "representative",
        "phone": "15026018159",
    }
    cases.add(station, case=case, kind="agent", values=values)
    assert "我们共17人" in texts(papers.issue(station, case=case, template="representatives").pdf)
    assert "人民币壹拾叁万壹仟肆佰陆拾元整" in texts(papers.issue(station, case=case, template="wage_receipt").pdf)
    assert papers.issue(station, case=case, template=NOTICE).number == NUMBER
    sessions.end(station, case=case, reason="failed")
    shown = texts(papers.issue(station, case=case, template="termination_notice").pdf)
    assert "申请仲裁" in shown
    assert "2027年" not in shown, "no last day is printed that nobody confirmed the start of"
    court.answer(station, case=case, question="relation_ended_on", values={"date": "2026-11-15"})
    shown = texts(papers.issue(station, case=case, template="termination_notice").pdf)
    assert "请于2027年11月15日前提出" in shown
    cards = {c.template: c for c in papers.list_papers(station, case=case)}
    assert cards["representatives"].state == "issued"
    assert not any(c.stale for c in cards.values() if c.template in ("representatives", "wage_receipt"))
