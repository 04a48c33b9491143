"""The court package: order and names, scans in place of pages, what is missing on top, the clerk's ten questions."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from station_app.cli.main import run
from station_app.domain.case import number, text
from station_app.domain.court.check import holds_court_papers
from station_app.services import agreements, cases, court, papers, records, sessions, signing
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.paperwork import package, package_pdf
from station_app.services.paperwork.package import SLOTS, Package
from station_app.services.paperwork.package_pdf import Draft
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import blobs, consistency
from sync.contract.errors import KnownError
from tests.services.test_court_papers import signed_case
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import ADDRESS, wage_case

ANSWERS = {
    "voluntary": "yes",
    "genuine": "yes",
    "attendance": "video",
    "consequences_told": "yes",
    "one_agreement": "together",
    "worker_or_contractor": "worker",
    "third_party_rights": "none",
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def picture(width: int = 1240, height: int = 1754, *, noise: bool = False) -> bytes:
    """A page as a telephone gives it."""
    out = io.BytesIO()
    image = Image.effect_noise((width, height), 90) if noise else Image.new("RGB", (width, height), "white")
    image.convert("RGB").save(out, "JPEG")
    return out.getvalue()


def kept(station: Station, case: str, data: bytes) -> str:
    """Bytes in the store, as filing a scan leaves them; returns their hash."""
    with station.store.raw_write() as con:
        return blobs.put(con, case_id=station.store.ids.pk(case), data=data)


def evidence(station: Station, case: str, name: str = "记工单（照片）") -> None:
    sha = kept(station, case, picture())
    values: Values = {
        "name": name,
        "source": "申请人",
        "proves": "出勤天数",
        "original": "photo",
        "pages": 1,
        "blob": sha,
    }
    records.add(station, case=case, kind="evidence", values=values)


def whole_case(station: Station) -> str:
    """A case that lacks nothing: mediated, agreed, signed, with evidence, every question answered."""
    case = signed_case(station)
    for place, said in (("2026-11-20T14:00", "双方核对考勤。"), ("2026-11-23T10:00", "双方对支付时间达成一致。")):
        values: Values = {"from": place, "place": "调解室", "record": said, "result": "success"}
        sessions.record(station, case=case, values=values)
    evidence(station, case)
    for question, value in ANSWERS.items():
        court.answer(station, case=case, question=question, values={"value": value})
    cases.edit(station, case=case, values={_facts(station, case): {"other_proceedings": "没有"}})
    return case


def _facts(station: Station, case: str) -> str:
    record = station.case(case).facts
    assert record is not None
    return record.id


def words(made: Package, slot: str = "") -> str:
    """The text of all files of a place, without spaces."""
    from station_app.documents.preview import extract_text

    data = [f.data for f in made.files if f.slot == slot or not slot]
    return "".join("".join(page.split()) for d in data for page in extract_text(d))


def test_files_stand_in_the_order_of_the_court_and_bear_plain_names(station: Station) -> None:
    made = package.make(station, case=signed_case(station))
    slots = [f.slot for f in made.files]
    assert slots == sorted(slots)
    assert [s.no for s in SLOTS] == [f"{n:02d}" for n in range(1, 12)]
    assert len({f.name for f in made.files}) == len(made.files)
    for file in made.files:
        assert re.fullmatch(r"\d\d[0-9A-Za-z\u4e00-\u9fff]+\.pdf", file.name)
        assert len(file.data) <= 10 * 1024 * 1024
    assert made.files[0].name == "01司法确认申请书.pdf"
    assert made.files[1].name == "01申请司法确认材料目录.pdf"


def test_what_is_missing_stands_on_top_and_ends_with_its_sentence(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = signed_case(station)
    made = package.make(station, case=case)
    assert any(line.startswith("证据材料") for line in made.missing)
    assert made.notes.index("一、缺少的材料和内容") < made.notes.index("二、尚无签名、盖章后的扫描件")
    with zipfile.ZipFile(io.BytesIO(made.archive)) as archive:
        assert archive.namelist()[0] == package.MISSING_NAME
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    station.store.close()
    options = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(password)]
    assert run(["paper", "package", case, "--out", str(tmp_path / "out"), "--json", *options]) == 1
    shown = capsys.readouterr()
    assert "E-350" in shown.err
    (listed,) = json.loads(shown.out)
    folder = Path(listed["folder"])
    assert listed["missing"] == list(made.missing)
    assert sorted(p.name for p in folder.iterdir())[0] == package.MISSING_NAME
    assert (folder / package.MISSING_NAME).read_text("utf-8-sig") == made.notes


def test_the_whole_has_bookmarks_and_the_archive_tells_every_hash(station: Station) -> None:
    made = package.make(station, case=signed_case(station))
    with pikepdf.open(io.BytesIO(made.whole)) as whole, whole.open_outline() as outline:
        assert len(whole.pages) == sum(f.pages for f in made.files)
        tops = [item.title for item in outline.root]
        assert tops[0] == "01 司法确认申请书"
        assert [t[:2] for t in tops] == sorted({f.slot for f in made.files})
        assert sum(len(item.children) for item in outline.root) == len(made.files)
    with zipfile.ZipFile(io.BytesIO(made.archive)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for row in manifest["files"]:
            import hashlib

            assert hashlib.sha256(archive.read(row["name"])).hexdigest() == row["sha256"]
        named = {row["name"] for row in manifest["files"]}
        assert {*named, "manifest.json"} == set(archive.namelist())
    assert package.FACTS_NAME not in named


def test_the_same_case_gives_the_same_archive(station: Station) -> None:
    case = signed_case(station)
    first = package.make(station, case=case)
    ops = len(station.store.ops_of(case))
    again = package.make(station, case=case)
    assert again.archive == first.archive
    assert again.whole == first.whole
    assert len(station.store.ops_of(case)) == ops
    assert consistency.check(station.store) == []


def test_issued_pages_are_the_sealed_ones(station: Station) -> None:
    case = signed_case(station)
    made = package.make(station, case=case)
    agreement = next(f for f in made.files if f.slot == "02")
    assert agreement.data == papers.issue(station, case=case, template="agreement").pdf


def test_a_signed_page_that_came_back_takes_the_place_of_its_page(station: Station) -> None:
    case = signed_case(station)
    before = package.make(station, case=case)
    assert any(t.startswith("人民调解协议书") for t in before.unsigned)
    record = station.case(case).paper("agreement")
    assert record is not None
    sha = kept(station, case, picture(3000, 4200))
    with station.write("note") as tx:
        values: Values = {"paper": record.id, "page": 2, "kind": "signed_page", "blob": sha}
        tx.op("note", "content", case=case).new("scan", values)
    after = package.make(station, case=case)
    assert not any(t.startswith("人民调解协议书") for t in after.unsigned)
    old, new = (next(f for f in p.files if f.slot == "02") for p in (before, after))
    assert new.pages == old.pages == number(record, "pages")
    with pikepdf.open(io.BytesIO(new.data)) as pdf:
        (image,) = pdf.pages[1].get_images().values()
        assert (int(image.Width), int(image.Height)) == (1654, 2316)  # 200 dpi of A4, grey
        assert str(image.ColorSpace) == "/DeviceGray"
        assert not list(pdf.pages[0].get_images())


def test_a_large_file_is_cut_into_parts_of_what_the_court_takes() -> None:
    pages = [package_pdf.as_pdf(picture(1654, 2339, noise=True)) for _ in range(7)]
    draft = Draft("06", "证据1", "证据01", [(page, 1) for page in pages])
    limit = len(pages[0]) * 3
    parts = package_pdf.built(draft, limit=limit)
    assert len(parts) > 2
    assert all(len(part) <= limit for part in parts)
    assert sum(package_pdf.pages_of(part) for part in parts) == 7
    assert len(package_pdf.built(draft, limit=1)) == 7, "a page alone is never thrown away"


def test_what_is_no_picture_is_named_and_nothing_is_lost(station: Station) -> None:
    case = signed_case(station)
    sha = kept(station, case, b"not a picture")
    records.add(station, case=case, kind="evidence", values={"name": "录音", "blob": sha})
    made = package.make(station, case=case)
    assert "证据“录音”：没有扫描件或者照片" in made.missing
    assert made.files


def test_a_changed_paper_nobody_signed_follows_the_facts_and_a_signed_one_is_told(station: Station) -> None:
    case = signed_case(station)
    package.make(station, case=case)
    party = station.case(case).parties[0].id
    address: Values = {"party": party, "address": "演示小区2栋1203房", "phone": "13900000099"}
    records.add(station, case=case, kind="service_address", values=address)
    made = package.make(station, case=case)
    assert "13900000099" in words(made, "08")
    record = station.case(case).paper("delivery_address")
    assert record is not None
    assert number(record, "version") == 2
    sha = kept(station, case, picture())
    with station.write("note") as tx:
        values: Values = {"paper": record.id, "page": 1, "kind": "signed_page", "blob": sha}
        tx.op("note", "content", case=case).new("scan", values)
    records.add(station, case=case, kind="service_address", values={**address, "phone": "13900000098"})
    told = package.make(station, case=case)
    assert any("送达地址确认书：出具以后内容有变化" in w for w in told.missing)
    last = station.case(case).paper("delivery_address")
    assert last is not None
    assert last.id == record.id


def test_facts_are_given_only_by_choice_and_hold_only_what_is_shown(station: Station) -> None:
    case = signed_case(station)
    assert package.make(station, case=case).facts is None
    made = package.make(station, case=case, facts=True)
    assert made.facts is not None
    shown = words(made, "01") + words(made, "02")
    data = json.loads(made.facts)
    assert data["agreement"]["total"] == 13_146_000
    assert len(data["annex"]) == 17
    for party in data["parties"]:
        for name in ("name", "id_number", "uscc", "phone", "address", "legal_rep"):
            assert str(party.get(name, "")) in shown
    assert "account" not in made.facts.decode()
    with zipfile.ZipFile(io.BytesIO(made.archive)) as archive:
        assert archive.read(package.FACTS_NAME) == made.facts


def test_without_an_agreement_there_is_nothing_to_confirm(station: Station) -> None:
    with pytest.raises(KnownError, match="E-352"):
        package.make(station, case=wage_case(station))


def test_a_court_would_refuse_so_the_finding_is_named(station: Station) -> None:
    case = wage_case(station)
    agreements.make(station, case=case)
    made = package.make(station, case=case)
    assert any(w.startswith("司法确认预审") or w.startswith("司法确认申请书：") for w in made.missing)
    assert not any(f.slot == "01" and "申请书" in f.name for f in made.files)


def test_the_package_answers_the_ten_questions_of_the_clerk(station: Station) -> None:
    case = whole_case(station)
    made = package.make(station, case=case)
    assert not made.missing
    application, agreement = words(made, "01"), words(made, "02")
    certificate, identity = words(made, "03"), words(made, "04")
    # 1 both sides, and who comes how
    assert "申请人（一）" in application or "申请人（共17人）" in application
    assert "☑在线视频" in words(made, "11")
    assert "15026018159" in words(made, "11")
    # 2 who acts for the company, with which seal
    assert "系我单位的法定代表人" in identity
    assert "盖章（公章）" in certificate
    # 3 in effect when, in time
    assert "自2026年11月24日起生效" in application
    assert "最后一日为2026年12月24日" in certificate
    # 4 why this court
    assert "☑调解组织所在地" in application
    # 5 committee and mediator
    assert "聘期自2024年6月1日至2027年5月31日" in certificate
    assert "依法设立的人民调解委员会" in certificate
    # 6 is the dispute real
    assert any(f.slot == "06" and "记工单" in f.name for f in made.files)
    assert "双方核对考勤" in words(made, "07")
    assert "未发现当事人受欺诈、胁迫或者恶意串通" in certificate
    # 7 nothing a court cannot confirm
    assert not holds_court_papers(court.check(station, case=case))
    # 8 who pays whom what when
    assert "4,566.13" in agreement
    assert "先行清偿" in agreement
    assert "2026年12月1日" in agreement
    # 9 paid so far, other proceedings
    assert "☑尚未履行" in application
    assert "☑没有" in application
    # 10 addresses for service, consequences known
    assert "电子送达" in words(made, "08")
    assert "可能被采取限制消费等措施" in words(made, "08")
    assert "可能被采取限制消费等措施" in application
    assert made.open == ()


def neighbours(station: Station) -> str:
    """Two neighbours, one payment, agreed and in effect."""
    people = [
        PartyInput(
            {"role": role, "kind": "person", "name": name},
            {"id_kind": "resident", "id_number": number_, "phone": "15026018159", "address": ADDRESS},
        )
        for role, name, number_ in (
            ("applicant", "田志强", "45012619890412011X"),
            ("respondent", "瞿卫东", "433122198110190259"),
        )
    ]
    intake = Intake({"type": "neighbour"}, {"summary": "漏水", "story": "楼上漏水，墙面受损。"}, people)
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept", at="2026-11-20T09:05")
    first, second = (p.id for p in station.case(case).parties)
    row: Values = {"payers": [second], "shares": {first: 1_500_000}, "amount": 1_500_000, "what": "赔偿款"}
    row |= {"method": "transfer", "due": "2026-11-30", "due_rule": "on_date"}
    agreements.make(station, case=case, values={"confirm": "apply", "read_mode": "self"}, rows=[row])
    papers.issue(station, case=case, template="agreement")
    signers = [Signer("party", "signed_fingerprint", p.id) for p in station.case(case).parties]
    signing.sign_many(
        station, case=case, signers=[*signers, Signer("mediator", "signed"), Signer("committee", "sealed")]
    )
    return case


def test_twelve_cases_are_packed_within_ten_seconds(station: Station, tmp_path: Path) -> None:
    found = [neighbours(station) for _ in range(12)]
    start = time.process_time()  # of this program alone, whatever else the PC does
    for case in found:
        package.save(package.make(station, case=case), tmp_path / "out")
    took = time.process_time() - start
    assert len(list((tmp_path / "out").iterdir())) == 12
    assert took <= 10, f"{took:.1f} s"
    assert all(text(station.case(c).record, "number") for c in found)
