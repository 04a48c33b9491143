"""The demonstration as a newcomer runs it: a real server process, real papers, twice in a row."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from station_app import bootstrap
from station_app.documents.preview import extract_text
from station_app.services import papers
from station_app.services.reading import lists
from station_app.store import consistency

STATION = Path(sys.executable).parent / "station"


def demo(directory: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(STATION), "demo", "--dir", str(directory)], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.slow
def test_the_main_job_end_to_end_twice(tmp_path: Path) -> None:
    for _ in range(2):
        run = demo(tmp_path / "demo")
        assert run.returncode == 0, run.stderr
        assert run.stderr == ""
    told = run.stdout
    for words in (
        "名册导入 17 人，0 处错误",
        "71,460.00 + 60,000.00 元，逐行逐列相符",
        "2026年11月24日起生效；共同申请司法确认最迟 2026年12月24日",
        "项目部章一般不能单独代表单位",
        "再次上传：上传 0 条，接收 0 条",
        "待处理 0 项",
        "调解不成",
    ):
        assert words in told
    pdfs = sorted((tmp_path / "demo" / "文书").glob("*.pdf"))
    assert len(pdfs) == 8
    for pdf in pdfs:
        assert all("不具法律效力" in "".join(page.split()) for page in extract_text(pdf.read_bytes())), pdf.name

    station = bootstrap.open_station(tmp_path / "demo" / "station", name="李明", password="demo-2026")
    assert lists.count(station) == 2
    assert lists.today(station).unsent == 0
    assert consistency.check(station.store) == []
    agreement = next(p for p in pdfs if "协议书" in p.name and "讨论稿" not in p.name)
    assert [v.answer for v in papers.verify(station, data=agreement.read_bytes())] == ["genuine"]
    station.store.close()


def test_a_directory_of_somebody_else_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    run = demo(tmp_path / "mine")
    assert run.returncode == 1
    assert "E-511" in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"
