"""The file's own papers issued from real cases; what a case has no use for is not offered; the bound file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from station_app.documents.scan.reading import Source
from station_app.domain.case import text
from station_app.services import agreements, cases, papers, performance, records, sessions, signing
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.paperwork import dossier, dossier_contents, evidence
from station_app.services.people import Created
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import blobs, local
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


def test_photographs_become_evidence_and_a_page_of_pictures(station: Station) -> None:
    case = neighbours(station)
    shots = [Source(f"墙面{no}.jpg", photograph(str(no))) for no in range(1, 6)]
    evidence.add_pictures(station, case=case, sources=shots, values={"source": "田志强", "proves": "渗漏"})
    found = station.case(case).kind("evidence")
    assert [text(r, "name") for r in found] == ["墙面1", "墙面2", "墙面3", "墙面4", "墙面5"]
    issued = papers.issue(station, case=case, template="evidence_pictures")
    assert issued.pages == 2
    assert "证据1墙面1（田志强提供）" in shown(issued.pdf)
    assert "墙面5田志强照片1渗漏" in issue(station, case, "evidence_list")
    before = len(found)
    with pytest.raises(KnownError) as refused:
        evidence.add_pictures(station, case=case, sources=[shots[0], Source("a.txt", b"words")])
    assert refused.value.code == "E-331"
    assert len(station.case(case).kind("evidence")) == before, "all or none"


# -- the bound file -------------------------------------------------------------------------------------------------


def keep(station: Station, case: str, kind_: str, data: bytes, **values: Any) -> None:
    """A record with bytes of its own, as scanning and the picture folder leave it."""
    with station.write("note") as tx:
        sha = blobs.put(tx.con, case_id=station.store.ids.pk(case), data=data)
        tx.op("note", "content", case=case).new(kind_, {**values, "blob": sha, "bytes": len(data)})


def photograph(text_: str = "", size: tuple[int, int] = (1240, 1754)) -> bytes:
    from PIL import Image

    image = Image.new("RGB", size, (235, 238, 240))
    image.paste((200, 20, 30), (100, 100, 300, 300))
    out = io.BytesIO()
    image.save(out, "JPEG", comment=text_.encode())
    return out.getvalue()


def pages_of(pdf: bytes) -> list[str]:
    from station_app.documents.preview import extract_text

    return ["".join(page.split()) for page in extract_text(pdf)]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Titles and the pages they lead to, from 0."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        order = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        found = [(item.title, item.destination) for item in outline.root]
        return [(title, order[to[0].objgen]) for title, to in found if isinstance(to, pikepdf.Array)]


def full_file(station: Station) -> str:
    case = neighbours(station)
    for template in ("application", "acceptance_register", "rights_notice"):
        papers.issue(station, case=case, template=template)
    evidence.add_pictures(
        station, case=case, sources=[Source("漏水照片.jpg", photograph("1"))], values={"source": "田志强"}
    )
    papers.issue(station, case=case, template="evidence_pictures")
    oral(station, case, "written")
    agreement = papers.issue(station, case=case, template="agreement")
    keep(station, case, "scan", photograph("2"), paper=agreement.paper, page=1, kind="signed_page", at=1)
    keep(station, case, "scan", photograph("3", (1754, 1240)), kind="attachment", source="物业证明.jpg", at=2)
    return case


def test_bound_file_is_numbered_as_its_contents_say(station: Station) -> None:
    case = full_file(station)
    pdf = dossier.bind(station, case)
    pages = pages_of(pdf)
    marks = bookmarks(pdf)
    names = [name for name, _ in marks]
    assert names[:3] == ["卷宗封面", "卷内目录", "人民调解申请书"]
    assert names[-2:] == ["附件：物业证明", "封底"]
    where = dict(marks)
    contents = pages[where["卷内目录"]]
    first = where["人民调解申请书"]
    found = dossier_contents.entries(station.case(case))
    assert [(e.name, e.first + first - 1) for e in found] == marks[2:-1]
    for no, entry in enumerate(found, 1):
        assert f"{no}{entry.name}{entry.span}" in contents
    assert [e.span for e in found] == ["1", "2-3", "4-5", "6", "7-8", "9"]
    for no, page in enumerate(pages[first:-1], 1):
        assert page.startswith(str(no)) or page.endswith(str(no))
    assert f"本卷共{len(pages) - first - 1}页" in contents
    assert "第1页为签署件" in contents


def test_signed_scan_takes_the_place_of_the_empty_page(station: Station) -> None:
    case = full_file(station)
    pdf = dossier.bind(station, case)
    at = dict(bookmarks(pdf))["人民调解协议书"]
    pages = pages_of(pdf)
    assert "人民调解协议书" not in pages[at], "a picture"
    assert "人民调解委员会" in pages[at + 1], "the page behind it is the issued one"
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        assert all(float(page.mediabox[3]) == pytest.approx(841.89, abs=0.1) for page in file.pages)
        assert file.Root.OutputIntents is not None
        assert "调解卷宗" in str(file.docinfo["/Title"])


def test_binding_again_gives_the_same_bytes(station: Station) -> None:
    case = full_file(station)
    first = dossier.bind(station, case)
    assert dossier.bind(station, case) == first
    assert [p.get("version") for p in station.case(case).papers if text(p, "template") == "dossier_contents"] == [1]
    papers.issue(station, case=case, template="mediation_record")
    assert dossier.bind(station, case) != first
    assert [row[2] for row in local.access_log(station.store)].count("bind") == 3


def test_nothing_to_bind(station: Station) -> None:
    case = neighbours(station)
    with pytest.raises(KnownError) as refused:
        dossier.bind(station, case)
    assert refused.value.code == "E-358"
    assert not station.case(case).papers, "and nothing was issued for it"
