"""Issuing many papers before they are printed: how far it is, stopping, going on."""

from __future__ import annotations

import re
from threading import Semaphore
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from station_app.services import papers
from station_app.ui.papers.page import CasePapersPage
from tests.support.printers import FakePrinter
from tests.ui.conftest import settle
from tests.ui.papers.test_printing import NAME, QUICK, opened, until


@pytest.mark.usefixtures("two_printers")
def test_issuing_shows_how_far_it_is_and_stops_when_asked(
    qtbot: QtBot, page: CasePapersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper at hand is finished, nothing is printed, and the same button goes on with the rest."""
    port, gate, real, begun = FakePrinter(), Semaphore(0), papers.issue, list[int]()

    def issue(*args: Any, **given: Any) -> papers.Issued:
        begun.append(1)
        gate.acquire(timeout=10)
        return real(*args, **given)

    monkeypatch.setattr(papers, "issue", issue)
    page.print_all.click()
    made = page.printer
    assert made is not None
    made._pace = QUICK
    opened(qtbot, page, made, port)
    ready = sum(c.required and c.applies and not c.paper and not c.missing for c in page.cards)
    made.go.click()
    gate.release()
    shown = re.compile(rf"正在出具第 1/{ready} 份 · 预计剩余 \d+ (秒|分钟)")
    until(qtbot, lambda: bool(shown.fullmatch(made.state.text())) and len(begun) == 2)
    assert (made.bar.value(), made.bar.maximum()) == (1, ready)
    assert made.close_.text() == "停止出具"
    assert not page.desk.free_to_lock()
    assert not made.form.table.isEnabled()
    made.close_.click()
    assert made.isVisible()
    assert "正在停止" in made.state.text()
    gate.release()
    until(qtbot, lambda: made.close_.text() == "关闭")
    settle(qtbot, page.tasks)
    said = "▲ 已停止出具：本次已出具 2 份，另有 {n} 份没有出具。已出具的文书有效，再次开始即从下一份继续。"
    assert made.state.text() == said.format(n=ready - 2)
    assert port.printed == []
    assert len(page.station.case(page.rec).papers) == 3
    assert made.form.table.isEnabled()
    for _ in range(ready):
        gate.release()
    made.go.click()
    until(qtbot, lambda: f"已由“{NAME}”打印" in page.notices.message)
    assert len(page.station.case(page.rec).papers) == 1 + ready
