"""The folder of data files in each way the program can be started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from station_app.paths import VARIABLE, resources_dir
from sync.contract.errors import KnownError


@pytest.fixture(autouse=True)
def _no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_checkout(repo: Path) -> None:
    assert resources_dir() == repo / "resources"
    assert (resources_dir() / "codes").is_dir()


def test_setting_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert resources_dir() == tmp_path


def test_packaged_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(KnownError) as caught:
        resources_dir()
    assert caught.value.code == "E-516"
    assert caught.value.values["file"] == str(tmp_path / "nowhere")
