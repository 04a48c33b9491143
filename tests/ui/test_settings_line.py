"""系统设置, 网络与平台: the check names the hop, the proxy's log-in is kept, a file of authorities is looked at."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel

from station_app.services.local import settings
from station_app.services.travel import lines
from station_app.ui.frame.shell import Shell
from station_app.ui.pages.settings_line import LineTab
from sync.server.line.invitation import picture


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Let the application run until something is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)


def tab(shell: Shell) -> LineTab:
    shell.desk.go("settings", "network")
    page = shell.pages["settings"]
    until(lambda: bool(page.line.state.text()))
    found: LineTab = page.line
    return found


def test_the_check_shows_each_hop_and_the_code_of_the_broken_one(enter: Callable[[], Shell]) -> None:
    shown = tab(enter())
    shown.form.set_values({"join.url": "https://127.0.0.1:9"})
    shown.check.button.click()
    until(lambda: bool(shown.check.findings))
    assert [(f.name, f.code) for f in shown.check.findings] == [
        ("代理设置", ""),
        ("名称解析", ""),
        ("建立连接", "E-102"),
    ]
    said = [label.text() for label in shown.check.findChildren(QLabel)]
    assert any(text.startswith("▲ 建立连接：E-102") for text in said)


def test_the_proxy_log_in_is_kept_and_not_shown_again(enter: Callable[[], Shell]) -> None:
    shell = enter()
    shown = tab(shell)
    shown.login.set_values({"proxy.user": "东坑", "proxy.password": "word"})
    shown.keep.click()
    until(lambda: lines.has_password(shell.desk.station))
    until(shown.kept.isVisible)
    assert lines.choice(shell.desk.station).password == "word"
    assert shown.login.boxes["proxy.password"].control.value() in ("", None)


def test_a_file_that_holds_no_certificate_is_refused(enter: Callable[[], Shell], tmp_path: Path) -> None:
    shell = enter()
    shown = tab(shell)
    (tmp_path / "ca.pem").write_text("nothing")
    shown.take_authority(str(tmp_path / "ca.pem"))
    until(lambda: any("E-516" in n.text() or "无法" in n.text() for n in shell.findChildren(QLabel) if n.isVisible()))
    assert settings.get(shell.desk.station, "net.ca_file") == ""


def test_a_code_on_the_clipboard_fills_address_and_code(enter: Callable[[], Shell]) -> None:
    shown = tab(enter())
    image = QImage()
    image.loadFromData(picture("https://platform.gm.example", "ABCD-EFGH-JKMN"))
    QGuiApplication.clipboard().setImage(image)
    shown.invited.from_clipboard.click()
    until(lambda: shown.form.boxes["join.code"].control.value() == "ABCD-EFGH-JKMN")
    assert shown.form.boxes["join.url"].control.value() == "https://platform.gm.example"
