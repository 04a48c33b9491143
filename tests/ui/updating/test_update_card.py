"""系统设置－关于－程序更新: looked for, updated now or at closing, gone back from; nobody's work waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from station_app import launcher
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.updating import fetching, making, memory, trusting
from station_app.store import sealing
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.pages.settings import SettingsPage
from station_app.ui.updating.card import UpdateCard
from tests.packaging import packed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    packed.bundle(place / "versions/0.2.0", "0.2.0")
    launcher.put(place, launcher.Pointer("0.2.0"))
    monkeypatch.setenv(launcher.HOME, str(place))
    monkeypatch.setenv(launcher.VERSION, "0.2.0")
    return place


@pytest.fixture
def stick(tmp_path: Path, station: Station) -> Path:
    key = sealing.new_sign_key()
    bundle = packed.bundle(tmp_path / "bundle", "0.3.0", more={"_internal/x.bin": b"x" * 3_000_000})
    out = tmp_path / "release"
    making.make(
        {trusting.kind(): bundle}, version="0.3.0", least="0.0", issued=date(2026, 11, 1), notes="更快",
        private_key=key, out=out,
    )  # fmt: skip
    settings.put(station, {"update.key": sealing.sign_public(key).hex(), "update.folder": str(out)})
    return out


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)


def card_of(shell: Shell) -> UpdateCard:
    shell.go("settings", "about")
    page = shell.pages["settings"]
    assert isinstance(page, SettingsPage)
    return page.about.update_card


def test_looked_for_updated_and_gone_back_from(
    qtbot: QtBot, home: Path, stick: Path, enter: Callable[[], Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = card_of(enter())
    assert "0.2.0" in card.state.text()
    assert not card.now.isVisibleTo(card)
    card.look.click()
    until(card.look.isEnabled)
    assert "0.3.0" in card.state.text()
    assert "更快" in card.news.text()
    assert card.now.isVisibleTo(card)
    card.now.click()
    until(card.look.isEnabled)
    assert launcher.read(home) == launcher.Pointer("0.3.0", "0.2.0", 0, proven=False)
    assert "下次打开程序时使用 0.3.0" in card.state.text()
    assert not card.now.isVisibleTo(card), "it is done"
    monkeypatch.setenv(launcher.VERSION, "0.3.0")
    card.refresh()
    card.back.click()
    until(lambda: launcher.read(home).version == "0.2.0")
    until(lambda: "下次打开程序时使用 0.2.0" in card.state.text())


def test_what_is_wrong_is_said_in_words(qtbot: QtBot, home: Path, stick: Path, enter: Callable[[], Shell]) -> None:
    shell = enter()
    card = card_of(shell)
    directory = shell.desk.station.store.directory
    memory.keep(directory, recalled=("0.2.0",))
    card.refresh()
    assert "撤回" in card.warning.text()
    memory.keep(directory, recalled=())
    (home / launcher.FALLBACK).write_text('{"from": "0.3.0", "to": "0.2.0"}')
    card.refresh()
    assert "0.3.0" in card.warning.text()
    (home / launcher.FALLBACK).unlink()
    (stick / "release.sig").write_text("x")
    card.look.click()
    until(card.look.isEnabled)
    assert "签名" in card.warning.text()
    (home / launcher.MANAGED).touch()
    memory.keep(directory, error="")
    card.refresh()
    assert "安装包" in card.warning.text()


def test_stopped_in_the_middle(
    qtbot: QtBot, home: Path, stick: Path, enter: Callable[[], Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = card_of(enter())
    card.look.click()
    until(card.look.isEnabled)
    reached, go_on = [], []
    real = fetching._size

    def slow(path: Path) -> int:
        reached.append(path)
        while not go_on:
            time.sleep(0.01)
        return real(path)

    monkeypatch.setattr(fetching, "_size", slow)
    card.now.click()
    until(lambda: bool(reached))
    assert card.stop.isVisibleTo(card)
    card.stop.click()
    go_on.append(1)
    until(card.look.isEnabled)
    assert launcher.read(home).version == "0.2.0"
    assert "0.3.0" in card.state.text()


def test_after_work(qtbot: QtBot, home: Path, stick: Path, window: MainWindow, enter: Callable[[], Shell]) -> None:
    """In the background it is looked for and fetched; it is put in force when the desk is closed, and not before."""
    shell = enter()
    station = shell.desk.station
    settings.put(station, {"update.when": "closing"})
    stood: list[object] = []
    shell.updating.stood.connect(stood.append)
    shell.updating.look()
    until(lambda: bool(stood))
    signed = fetching.staged(station)
    assert signed is not None
    assert fetching.is_whole(station, signed)
    shell.updating.look()
    assert len(stood) == 1, "nothing is left to do"
    assert launcher.read(home).version == "0.2.0"
    window.close()
    assert launcher.read(home) == launcher.Pointer("0.3.0", "0.2.0", 0, proven=False)
