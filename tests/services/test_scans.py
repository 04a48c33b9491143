"""扫描归档: pages find their papers, what is missing and what is foreign is named, nothing is kept twice or lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from station_app.cli.main import run
from station_app.domain.case import text
from station_app.services import papers, scans, signing
from station_app.services.paperwork import verify
from station_app.services.scanning import telling
from station_app.services.scans import BLANK, FILED, KNOWN, REFUSED, TRAY, Report
from station_app.services.station import Station
from station_app.store import blobs, consistency, files, local
from sync.contract.errors import KnownError
from tests.support import photos
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case

AGREEMENT, REGISTER = "agreement", "acceptance_register"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


@pytest.fixture
def case(station: Station) -> str:
    made = wage_case(station)
    showcase_agreement(station, made)
    return made


def photo(pdf: bytes, page: int = 1, *, degrees: float = 5) -> bytes:
    return photos.jpeg(photos.turned(photos.page(pdf, page), degrees), 60)


def file(station: Station, *data: bytes, case: str = "") -> Report:
    sources = [scans.source(f"IMG_{n}.jpg", d) for n, d in enumerate(data, 1)]
    return scans.file_sources(station, sources=sources, case=case)


def outcomes(report: Report) -> list[str]:
    return [r.outcome for r in report.results]


def words(report: Report) -> str:
    return "\n".join(line for _, line in telling.lines(report))


def test_photographed_pages_go_to_their_paper_and_the_missing_one_is_named(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    assert issued.pages >= 3
    shots = [photo(issued.pdf, n) for n in range(1, issued.pages + 1) if n != 2]
    report = file(station, *shots, case=case)
    assert outcomes(report) == [FILED] * (issued.pages - 1)
    (paper,) = report.papers
    assert (paper.paper, paper.missing, paper.complete) == (issued.paper, (2,), False)
    assert f"《人民调解协议书》{issued.number}：第 2 页尚缺。" in words(report)
    report = file(station, photo(issued.pdf, 2, degrees=180), case=case)
    assert report.papers[0].complete
    assert f"共 {issued.pages} 页，已全部归档。" in words(report)
    assert report.changes.concerns("scan")
    assert consistency.check(station.store) == []


def test_the_scan_is_sealed_kept_to_the_byte_and_waits_to_travel(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=REGISTER)
    shot = photo(issued.pdf)
    file(station, shot)
    (scan,) = scans.list_scans(station, case=case)
    assert (scan.page, scan.kind, scan.size, scan.source) == (1, "signed_page", len(shot), "IMG_1.jpg")
    assert scans.data(station, case=case, scan=scan.rec) == shot
    assert scan.sha in {f.sha for f in files.waiting(station.store)}
    assert [row[2] for row in local.access_log(station.store)[:2]] == ["view", "scan"]
    station.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert shot[200:264] not in station.store.path.read_bytes(), "nothing of it lies open on the disk"


def test_the_same_file_twice_changes_nothing(station: Station, case: str) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    file(station, shot)
    before = len(station.store.ops_of(case))
    report = file(station, shot, shot)
    assert outcomes(report) == [KNOWN, KNOWN]
    assert len(station.store.ops_of(case)) == before
    assert "没有重复保存" in words(report)
    assert outcomes(file(station, photo(station_pdf(station, case)))) == [KNOWN]
    assert outcomes(file(station, photo(station_pdf(station, case), degrees=3))) == [FILED], (
        "a clearer one comes beside"
    )


def station_pdf(station: Station, case: str) -> bytes:
    paper = station.case(case).papers[0]
    return blobs.get(station.store, text(paper, "pdf"))


def test_a_page_of_another_case_is_named_and_goes_to_its_own(station: Station, case: str) -> None:
    other = wage_case(station, workers=8)
    mine = papers.issue(station, case=case, template=REGISTER)
    theirs = papers.issue(station, case=other, template=REGISTER)
    both = photos.pdf([photos.page(mine.pdf), photos.turned(photos.page(theirs.pdf), 90)])
    report = file(station, both, case=case)
    assert [r.elsewhere for r in report.results] == [False, True]
    assert f"另有 1 页不属于本案：《{theirs_title(report)}》{theirs.number}第 1 页，已归入所属案件。" in words(report)
    assert {s.paper for s in scans.list_scans(station, case=case)} == {mine.paper}
    assert {s.paper for s in scans.list_scans(station, case=other)} == {theirs.paper}
    assert not file(station, both).foreign, "with no case asked for, nothing is foreign"


def theirs_title(report: Report) -> str:
    (foreign,) = report.foreign
    assert foreign.place is not None
    return foreign.place.title


def test_a_stack_of_many_cases_is_parted_by_its_codes(station: Station, case: str) -> None:
    other = wage_case(station, workers=8)
    issued = [papers.issue(station, case=c, template=REGISTER) for c in (case, other)]
    notice = papers.issue(station, case=other, template="rights_notice")
    stack = photos.tiff(
        [photos.page(notice.pdf), photos.page(issued[0].pdf), photos.white(), photos.page(issued[1].pdf)]
    )
    report = file(station, stack)
    assert outcomes(report) == [FILED, FILED, BLANK, FILED]
    assert "1 页为空白页" in words(report)
    assert len(scans.list_scans(station, case=other)) == 2


def test_changed_and_unknown_codes_are_not_believed(
    station: Station, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The controls: another's station, a signature that does not hold, a page without any code."""
    stranger = make_station(tmp_path / "other", series="B").station
    there = wage_case(stranger)
    foreign = papers.issue(stranger, case=there, template=REGISTER).pdf
    monkeypatch.setattr("station_app.store.sealing.sign", lambda _key, _data: bytes(64), raising=True)
    forged = papers.issue(station, case=case, template=REGISTER).pdf
    monkeypatch.undo()
    bare = photos.white()
    bare.paste(Image.new("L", (300, 60), 40), (300, 600))
    report = file(station, photo(foreign), photo(forged), photos.jpeg(bare), case=case)
    assert outcomes(report) == [TRAY] * 3
    assert [r.why.code for r in report.results if r.why] == ["E-307", "E-308", "E-312"]
    assert scans.list_scans(station, case=case) == []
    assert [w.why for w in scans.waiting(station)] == ["E-307", "E-308", "E-312"]
    assert "3 页" not in words(report)
    assert words(report).count("1 页放入待归档页") == 3


def test_the_tray_is_filed_by_hand(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    bare = photos.page(issued.pdf, 2)
    bare.paste(255, (0, bare.height * 5 // 6, bare.width, bare.height))
    shot = photos.jpeg(bare)
    file(station, shot, shot)
    (waits,) = scans.waiting(station)
    assert scans.waiting_data(station, page=waits.id) == shot
    with pytest.raises(KnownError) as refused:
        scans.by_hand(station, page=waits.id, case=case, paper=issued.paper, number_of=issued.pages + 1)
    assert refused.value.code == "E-333"
    assert len(scans.waiting(station)) == 1, "a refusal keeps the page"
    report = scans.by_hand(station, page=waits.id, case=case, paper=issued.paper, number_of=2)
    assert report.papers[0].have == (2,)
    assert scans.waiting(station) == []
    assert scans.data(station, case=case, scan=report.results[0].scan) == shot
    assert local.drafts(station.store, station.user.person) == [], "the tray is no draft of anybody"


def test_a_page_of_the_tray_becomes_an_attachment_or_is_put_away(station: Station, case: str) -> None:
    card = photos.white()
    card.paste(Image.new("L", (400, 250), 90), (200, 300))
    file(station, photos.jpeg(card), photos.jpeg(photos.turned(card, 3)))
    first, second = scans.waiting(station)
    scans.by_hand(station, page=first.id, case=case)
    (scan,) = scans.list_scans(station, case=case)
    assert (scan.kind, scan.paper, scan.page) == ("attachment", "", 0)
    with pytest.raises(KnownError) as refused:
        scans.put_away(station, page=second.id, reason=" ")
    assert refused.value.code == "E-408"
    scans.put_away(station, page=second.id, reason="误扫")
    assert scans.waiting(station) == []
    assert "误扫" in local.access_log(station.store)[0][4]


def test_first_page_and_signatures_only_with_a_statement(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    signatures = max(n for n, page in enumerate(_texts(issued.pdf), 1) if "签名" in page)
    file(station, photo(issued.pdf, signatures))
    with pytest.raises(KnownError) as refused:
        scans.state_part(station, case=case, paper=issued.paper, statement="只扫首页和签字页。")
    assert (refused.value.code, refused.value.values["missing"]) == ("E-334", "首页")
    file(station, photo(issued.pdf, 1))
    proposed = scans.proposed(station, case=case, paper=issued.paper)
    assert f"共{issued.pages}页" in proposed
    scans.state_part(station, case=case, paper=issued.paper, statement=proposed)
    (paper,) = scans.list_papers(station, case=case)
    assert (paper.statement, paper.complete, bool(paper.missing)) == (proposed, True, True)


def _texts(pdf: bytes) -> list[str]:
    from station_app.documents.preview import extract_text

    return ["".join(page.split()) for page in extract_text(pdf)]


def test_a_handwritten_correction_names_its_scan(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    scan = file(station, photo(issued.pdf, 1)).results[0].scan
    made = signing.correct(
        station, case=case, paper=issued.paper, place="第一页联系电话", old="", new="13800000000", who="田志强"
    )
    (before,) = scans.list_papers(station, case=case)
    assert (before.corrections, before.unseen) == (1, 1)
    assert "有 1 处手写更正还没有对应的扫描页。" in telling.paper_line(before)[1]
    scans.link(station, case=case, correction=made.ids[0], scan=scan)
    scans.correct(station, case=case, scan=scan, place="第一页住址", old="甲", new="乙", who="田志强")
    (paper,) = scans.list_papers(station, case=case)
    assert (paper.corrections, paper.unseen) == (2, 0)
    assert [s.kind for s in scans.list_scans(station, case=case)] == ["correction"]
    assert [text(c, "scan") for c in station.case(case).kind("correction")] == [scan, scan]


def test_pages_of_an_older_version_are_filed_there_and_it_is_said(station: Station, case: str) -> None:
    from station_app.services import cases

    first = papers.issue(station, case=case, template=REGISTER)
    facts = next(r for r in station.case(case).kind("facts"))
    cases.edit(station, case=case, values={facts.id: {"request": "支付拖欠的工资及交通费。"}})
    second = papers.issue(station, case=case, template=REGISTER)
    assert second.version == 2
    report = file(station, photo(first.pdf))
    assert outcomes(report) == [FILED]
    assert report.results[0].why is not None
    assert report.results[0].why.code == "E-309"
    assert "该版已被新版代替" in words(report)


def test_what_is_no_scan_or_not_readable_is_named_and_the_rest_goes_on(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=REGISTER)
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(issued.pdf)) as again:
        again.save(out)
    report = scans.file_sources(
        station,
        sources=[
            scans.source("原件.pdf", issued.pdf),
            scans.source("另存.pdf", out.getvalue()),
            scans.source("坏.jpg", b"\xff\xd8\xff\xe0 broken"),
            scans.source("好.jpg", photo(issued.pdf)),
        ],
    )
    assert outcomes(report) == [REFUSED, FILED]
    assert [e.code for e in report.failed] == ["E-336", "E-331"]
    assert words(report).count("是电子文书，不是签署后的扫描件") == 2
    assert len(scans.list_scans(station, case=case)) == 1


def test_a_removed_scan_is_missing_again(station: Station, case: str) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    scan = file(station, shot).results[0].scan
    scans.remove(station, case=case, scan=scan)
    assert scans.list_papers(station, case=case)[0].missing == (1,)
    assert outcomes(file(station, shot)) == [FILED]


def test_reading_stops_when_asked_and_writes_nothing(station: Station, case: str) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    before = len(station.store.ops_of(case))
    seen: list[tuple[int, int, str]] = []

    def go_on(no: int, total: int, name: str) -> bool:
        seen.append((no, total, name))
        return no < 2

    sources = [scans.source(f"{n}.jpg", shot) for n in range(3)]
    read = scans.read(station, sources=sources, progress=go_on)
    assert (len(read.sheets), read.stopped) == (1, True)
    assert seen == [(1, 3, "0.jpg"), (2, 3, "1.jpg")]
    assert len(station.store.ops_of(case)) == before


def test_who_may_not_write_may_not_file(station: Station, case: str) -> None:
    shot = photo(papers.issue(station, case=case, template=REGISTER).pdf)
    from dataclasses import replace

    station.user = replace(station.user, roles=("operator",))
    with pytest.raises(KnownError) as refused:
        file(station, shot)
    assert refused.value.code == "E-404"
    assert scans.waiting(station) == []


# -- proof, and the command --------------------------------------------------------------------------------------------


def test_a_photograph_proves_its_page(station: Station, case: str) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    (answer,) = papers.verify(station, data=photo(issued.pdf, 2))
    assert (answer.words, answer.number, answer.version, answer.found) == ("属实", issued.number, 1, (2,))
    assert answer.basis == verify.CODE
    assert papers.verify(station, data=issued.pdf)[0].basis == verify.BYTES
    papers.void(station, case=case, paper=issued.paper, reason="填写有误")
    (answer,) = papers.verify(station, data=photo(issued.pdf, 2, degrees=-92))
    assert (answer.words, answer.reason) == ("已作废", "填写有误")
    with pytest.raises(KnownError) as refused:
        papers.verify(station, data=photos.jpeg(photos.white()))
    assert refused.value.code == "E-312"


def test_the_command(station: Station, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issued = papers.issue(station, case=case, template=AGREEMENT)
    directory = station.store.path.parent
    (tmp_path / "pw").write_text(PASSWORD)
    paths = []
    for page in (1, 2):
        paths.append(tmp_path / f"{page}.jpg")
        paths[-1].write_bytes(photo(issued.pdf, page))
    station.store.close()
    who = ["--data-dir", str(directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["scan", "file", str(paths[0]), str(paths[1]), *who]) == 0
    out = capsys.readouterr().out
    assert ("已归档 2 页。" in out, "页尚缺。" in out) == (True, issued.pages > 2)
    assert run(["scan", "list", case, "--json", *who]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["papers"][0]["have"] == [1, 2]
    assert run(["paper", "verify", str(paths[0]), *who]) == 0
    out = capsys.readouterr().out
    assert ("属实" in out, f"核验了第 1 页（共 {issued.pages} 页）的二维码。" in out) == (True, True)
    bare = photos.white()
    bare.paste(Image.new("L", (300, 60), 40), (300, 600))
    (tmp_path / "附件.png").write_bytes(photos.png(bare))
    assert run(["scan", "file", str(tmp_path / "附件.png"), *who]) == 1
    assert run(["scan", "tray", *who]) == 0
    tray = capsys.readouterr().out.strip().splitlines()[-1]
    assert "附件.png" in tray
    assert run(["scan", "place", tray.split()[0], case, *who]) == 0
    assert run(["scan", "tray", *who]) == 0
    assert "没有待归档页。" in capsys.readouterr().out
