"""The launcher: which version starts, what counts as a failed start, and that no power cut leaves nothing to start."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app import launcher
from sync.contract.releasing.versions import is_version, order
from tests.packaging import packed

SAYS = 'echo "$STATION_VERSION $*"'
DIES = "exit 3"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two versions, the launcher beside them, the earlier one in force."""
    packed.bundle(tmp_path / "versions/0.9.0", "0.9.0", desk=SAYS)
    packed.bundle(tmp_path / "versions/0.10.0", "0.10.0", desk=DIES)
    packed.launcher(tmp_path / "launcher")
    launcher.put(tmp_path, launcher.Pointer("0.9.0"))
    return tmp_path


def start(home: Path, *words: str, code: int = 0) -> str:
    return packed.ran(home / "launcher/station-app", *words, code=code).strip()


def test_the_version_in_force_starts_with_its_words_and_knows_its_number(home: Path) -> None:
    assert start(home, "一 个.gmb", "--x") == "0.9.0 一 个.gmb --x"
    assert packed.ran(home / "launcher/station", "--version").strip() == "station 0.9.0"


def test_without_a_pointer_the_latest_starts(home: Path) -> None:
    for spoil in ("", "{", "[]", '{"version": "../x", "before": "", "tries": 0, "proven": true}'):
        (home / "current").write_text(spoil)
        assert launcher.read(home).version == "0.10.0"
    (home / "current").unlink()
    assert start(home, code=3) == ""


def test_a_new_version_that_does_not_start_twice_gives_way(home: Path) -> None:
    launcher.switch(home, "0.10.0")
    assert start(home, code=3) == ""
    assert start(home, code=3) == ""
    assert start(home) == "0.9.0", "the third start is that of the version before"
    kept = launcher.fallback(home)
    assert (kept["from"], kept["to"]) == ("0.10.0", "0.9.0")
    assert launcher.read(home) == launcher.Pointer("0.9.0")
    assert start(home) == "0.9.0"


def test_a_version_that_showed_itself_is_kept_however_it_ends_later(home: Path) -> None:
    launcher.switch(home, "0.10.0")
    start(home, code=3)
    launcher.prove(home, "0.9.0")
    assert not launcher.read(home).proven, "another version proves nothing"
    launcher.prove(home, "0.10.0")
    for _ in range(4):
        start(home, code=3)
    assert launcher.read(home) == launcher.Pointer("0.10.0", "0.9.0")
    assert launcher.fallback(home) == {}


def test_a_version_whose_files_are_gone_gives_way_at_once(home: Path) -> None:
    launcher.switch(home, "0.10.0")
    (home / "versions/0.10.0/station-app").unlink()
    assert start(home) == "0.9.0"
    assert launcher.fallback(home)["from"] == "0.10.0"


def test_the_command_counts_nothing(home: Path) -> None:
    launcher.switch(home, "0.10.0")
    for _ in range(3):
        assert packed.ran(home / "launcher/station", "--version").strip() == "station 0.10.0"
    assert launcher.read(home).tries == 0


def test_nothing_to_start_is_said(home: Path) -> None:
    for version in ("0.9.0", "0.10.0"):
        (home / "versions" / version / "station-app").unlink()
    assert start(home, code=1) == ""


@pytest.mark.parametrize("at", range(12))
def test_a_power_cut_while_switching_leaves_one_of_the_two(
    home: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The process dies before each of its steps on the disk; whatever lies there then starts."""
    count = 0

    class Died(BaseException):
        pass

    def dying(work: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count > at:
                raise Died
            return work(*args, **kwargs)

        return step

    with monkeypatch.context() as patch:
        for name in ("fsync", "open", "replace", "rename"):
            patch.setattr(os, name, dying(getattr(os, name)))
        patch.setattr(Path, "replace", dying(Path.replace))
        with contextlib.suppress(Died):
            launcher.switch(home, "0.10.0")
    assert json.loads((home / "current").read_text())["version"] in ("0.9.0", "0.10.0")
    assert launcher.choose(home) in ("0.9.0", "0.10.0")


@pytest.mark.parametrize("at", range(12))
def test_a_power_cut_while_going_back_never_loses_why(home: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Cut at each step: whatever starts next, a version that was gone back from is named."""
    launcher.put(home, launcher.Pointer("0.10.0", "0.9.0", launcher.TRIES, proven=False))
    count = 0

    class Died(BaseException):
        pass

    def dying(work: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count > at:
                raise Died
            return work(*args, **kwargs)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", dying(os.fsync))
        patch.setattr(Path, "replace", dying(Path.replace))
        with contextlib.suppress(Died):
            launcher.choose(home)
    if launcher.read(home).version == "0.9.0":
        assert launcher.fallback(home)["from"] == "0.10.0"
    assert launcher.choose(home) == "0.9.0"
    assert launcher.fallback(home)["from"] == "0.10.0"


def test_versions_are_compared_by_number() -> None:
    texts = ["0.9", "0.10.1", "0.10", "1.0.0.0", "1"]
    assert [t for t in texts if not is_version(t)] == ["1"]
    assert sorted(texts[:4], key=order) == ["0.9", "0.10", "0.10.1", "1.0.0.0"]
    assert order("1.0") == order("1.0.0.0")
    for wrong in ("", "1.", "1.2.3.4.5", "1.x", "../1.2", "1.2/..", None, "１.２"):
        assert not is_version(wrong), wrong
