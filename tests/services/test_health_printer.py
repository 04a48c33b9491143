"""“打不开打印机”: the check-up says what is the matter with the chosen printer, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.services.local import health, settings
from station_app.services.local.health import Finding
from station_app.services.printjobs import queue
from station_app.services.station import Station
from tests.support.stations import make_station

NAME = "二楼 HP"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = make_station(tmp_path / "data").station
    settings.put(made, {"printer.name": NAME})
    yield made
    made.store.close()


def printer(station: Station) -> Finding:
    return next(f for f in health.examine(station) if f.name == "打印机")


def test_no_printing_service(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "printers", lambda: ())
    assert printer(station).code == "E-323"
    settings.put(station, {"printer.name": ""})
    assert printer(station).ok


def test_another_printer_is_there(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "printers", lambda: ("一楼",))
    found = printer(station)
    assert (found.code, "一楼" in found.sentence) == ("E-320", True)


@pytest.mark.parametrize("word", sorted({*queue._TROUBLES.values(), "stopped"}))
def test_every_trouble_of_a_printer_has_what_to_do(
    station: Station, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr(queue, "printers", lambda: (NAME,))
    monkeypatch.setattr(queue.Queue, "trouble", lambda self: (word,) if self.name == NAME else ())
    found = printer(station)
    assert found.code == "E-574"
    assert health.PRINTER_TROUBLES[word] in found.sentence
    assert "请" in found.sentence


def test_a_ready_printer(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "printers", lambda: (NAME,))
    monkeypatch.setattr(queue.Queue, "trouble", lambda _: ())
    assert printer(station).ok
