"""The report of a period as a paper: its numbers are those of the workbook and of the lists; the table is one sheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text, page_image
from station_app.domain.figures import period as periods
from station_app.services.figures import compared, counting, paper, report, spreadsheet
from station_app.services.station import Station
from tests.services.test_figures import agreed, appeal
from tests.support.stations import PASSWORD, make_station

FEBRUARY = periods.month(2021, 2)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = make_station(tmp_path / "s").station
    for day in range(10, 14):
        appeal(made, at=f"2021-01-{day}", steps="accept agree", amount=100_000)
    for day in range(10, 13):
        appeal(made, at=f"2021-02-{day}", steps="accept agree", amount=123_456)
    appeal(made, at="2021-02-20", type="neighbour", service="mediation")
    appeal(made, at="2020-02-20", type="neighbour")
    return made


def test_the_report_compares_with_the_month_before_and_the_year_before(station: Station) -> None:
    rows = {row[0]: row[1:] for row in compared.sheet(station, FEBRUARY).rows}
    assert rows["受理（件）"] == (4, 4, "持平", 1, "增加3")
    assert rows["其中已化解（件）"] == (3, 4, "减少1", 0, "增加3")
    assert rows["化解率"] == ("75.00%", "100.00%", "下降25.00个百分点", "0.00%", "上升75.00个百分点")
    assert rows["涉及金额（元）"][:3] == ("3,703.68", "4,000.00", "减少296.32")
    # nothing was accepted in June: there is nothing to compare with
    july = {row[0]: row[1:] for row in compared.sheet(station, periods.month(2021, 7)).rows}
    assert july["受理（件）"] == (0, "—", "—", "—", "—")
    assert compared.sentences(station, periods.month(2021, 7))[-1] == "上期（2021年6月）没有受理记录，不作比较。"


def test_paper_workbook_and_csv_carry_the_same_numbers(station: Station) -> None:
    made = paper.report_paper(station, period=FEBRUARY)
    shown = {line.strip() for block in made.text for line in block.splitlines()}
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook(report.sheets(station, FEBRUARY))))
    checked = 0
    for name in ("主要指标", "按服务类别", "按纠纷类型", "按来源渠道", "按预警等级", "按化解用时"):
        rows = [[str(c if c is not None else "") for c in row] for row in book[name].iter_rows(values_only=True)]
        for row in rows[2:]:
            if row[1] not in ("0", "") and len([c for c in row if c]) > 2:
                assert " | ".join(row) in shown, (name, row)
                checked += 1
    assert checked > 15
    for by in ("service", "channel"):
        sheet = report.figures_sheet(station, FEBRUARY, by=by)
        lines = list(csv.reader(io.StringIO(spreadsheet.csv_bytes(sheet).decode("utf-8-sig"))))
        same = [[str(c if c is not None else "") for c in row] for row in book[sheet.name].iter_rows(values_only=True)]
        assert lines[1 : 2 + len(sheet.rows)] == same[1 : 2 + len(sheet.rows)]


def test_the_report_is_ready_to_sign(station: Station) -> None:
    made = paper.report_paper(station, period=FEBRUARY, remarks="二月工地复工，工资纠纷集中。")
    text = "".join(extract_text(made.pdf)).replace("\n", "")
    said = "群众诉求服务工作月报 2021年2月1日至2021年2月28日 二月工地复工 数据截至 2026年11月20日08:52".split()
    for words in (*said, "制表人（签名）", "审核人（签名）", "负责人（签名）", "填报单位印章"):
        assert words in text, words
    assert "演示样张" not in text
    assert "韦国强" not in text
    by_hand = paper.report_paper(station, period=FEBRUARY)
    assert "（书写4行）" in "\n".join(by_hand.text)


def test_the_ministry_table_is_one_sheet_lying(station: Station) -> None:
    """Also where check sums fail and cases of another district stand in a row of their own."""
    agreed(station, form="oral", fen=100)
    appeal(station, at="2021-03-01", steps="accept agree", community="elsewhere")
    made = paper.ministry_paper(station, period=periods.year_of(2021))
    assert made.pages == 1
    picture = page_image(made.pdf, 1, 72)
    assert (picture.width, picture.height // 2) == (842, 298)
    text = extract_text(made.pdf)[0].replace("\n", "").replace("\r", "")
    assert "▲核对不一致：口头协议、书面协议合计与调解成功数不一致，合计 1，应为 9" in text
    assert "按结案日期统计" in text
    sheet = report.ministry_sheet(station, periods.year_of(2021))
    shown = {cell for block in made.text for line in block.splitlines() for cell in line.split(" | ")}
    assert {str(c) for c in sheet.rows[-1] if isinstance(c, int)} <= shown


def test_the_command_writes_the_same(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station.store.close()
    secret = tmp_path / "p"
    secret.write_text(PASSWORD)
    place = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(secret)]
    asked = ["--year", "2021", "--month", "2"]
    files = [f"--{n}={tmp_path / n}.xlsx" for n in ("pdf", "xlsx", "ministry")]
    assert run(["stats", "report", *asked, *files, *place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"][0][:4] == ["受理（件）", 4, 4, "持平"]
    assert (tmp_path / "pdf.xlsx").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "ministry.xlsx").read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(tmp_path / "xlsx.xlsx")["主要指标"]["B3"].value == 4
    assert run(["stats", *asked, *place]) == 0
    assert "75.00%" in capsys.readouterr().out
    assert run(["stats", "report", *asked, f"--pdf={tmp_path}/none/x", *place]) == 1
    assert "E-516" in capsys.readouterr().err


def test_every_colour_has_a_word(station: Station) -> None:
    labels = [line.label for line in counting.breakdown(station, by="colour", period=FEBRUARY)]
    assert "无预警" in labels or all(labels)
