"""The card reader's helper: a good card fills in, and no fall, silence or nonsense of it is more than a sentence."""

from __future__ import annotations

import gc
import json
import shlex
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.intake import card
from station_app.services.intake import card_reader
from station_app.services.local import settings
from station_app.services.station import Station
from sync.contract.errors import KnownError
from tests.support.stations import make_station

TODAY = date(2026, 11, 20)
GOOD = {"name": "田志强", "sex": "男", "birth": "1989-04-12", "number": "45012619890412011X"}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def use(station: Station, *more: str) -> None:
    command = [sys.executable, "-c", "from station_app.cli.main import run; run()", "reader-simulator", *more]
    settings.put(station, {"reader.command": shlex.join(command)})


def test_a_card_fills_in_everything_on_it(station: Station) -> None:
    use(station)
    values = card_reader.read(station, wait_s=60)
    assert (values["party.name"], values["identity.id_number"]) == ("田志强", "45012619890412011X")
    assert (values["identity.sex"], values["identity.birth"], values["identity.ethnic"]) == ("1", "1989-04-12", "08")
    assert str(values["identity.address"]).endswith("12号")
    assert (values["identity.valid_from"], values["identity.valid_until"]) == ("2019-05-06", "2039-05-06")


@pytest.mark.parametrize(
    ("fault", "code"), [("no-card", "E-263"), ("crash", "E-262"), ("garbage", "E-264"), ("flood", "E-264")]
)
def test_a_fault_is_one_sentence(station: Station, fault: str, code: str) -> None:
    use(station, "--fault", fault)
    with pytest.raises(KnownError, match=code):
        card_reader.read(station, wait_s=60)


def test_a_silent_helper_is_ended_in_time(station: Station) -> None:
    settings.put(station, {"reader.command": shlex.join([sys.executable, "-c", "import time; time.sleep(600)"])})
    began = time.monotonic()
    with pytest.raises(KnownError, match="E-261"):
        card_reader.read(station, wait_s=0.5)
    assert time.monotonic() - began < 120, "long before the helper would have ended by itself"


CHILD_KEEPS_THE_PIPE = (
    "import subprocess, sys; "
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3)'], start_new_session=True); "
    "print('nonsense', flush=True)"
)


@pytest.mark.filterwarnings("error")
def test_no_pipe_stays_open_where_a_child_of_the_helper_lives_on(station: Station) -> None:
    settings.put(station, {"reader.command": shlex.join([sys.executable, "-c", CHILD_KEEPS_THE_PIPE])})
    here = Path("/proc/self/fd")
    with pytest.raises(KnownError, match="E-264"):
        card_reader.read(station, wait_s=60)
    gc.collect()
    before = len(list(here.iterdir()))
    for _ in range(3):
        with pytest.raises(KnownError, match="E-264"):
            card_reader.read(station, wait_s=60)
    gc.collect()
    assert len(list(here.iterdir())) <= before


def test_no_helper_and_a_missing_one(station: Station) -> None:
    assert not card_reader.configured(station)
    with pytest.raises(KnownError, match="E-260"):
        card_reader.read(station)
    settings.put(station, {"reader.command": "/nowhere/reader"})
    with pytest.raises(KnownError, match="E-262"):
        card_reader.read(station)


@pytest.mark.parametrize(
    "wrong",
    [{"number": "450126198904120111"}, {"sex": "女"}, {"birth": "1989-04-13"}, {"name": ""}, {"valid_until": "2039"}],
)
def test_a_card_that_contradicts_itself_is_not_believed(wrong: dict[str, str]) -> None:
    with pytest.raises(KnownError, match="E-264"):
        card.parse(json.dumps({"v": 1, "card": {**GOOD, **wrong}}).encode(), today=TODAY)


def test_a_card_for_ever_and_one_past_its_day() -> None:
    for_ever = card.parse(json.dumps({"v": 1, "card": {**GOOD, "valid_until": "长期"}}).encode(), today=TODAY)
    assert for_ever["identity.valid_long"] is True
    assert not card.expired(for_ever, TODAY)
    past = card.parse(json.dumps({"v": 1, "card": {**GOOD, "valid_until": "2026-11-19"}}).encode(), today=TODAY)
    assert card.expired(past, TODAY)
