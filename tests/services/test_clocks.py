"""Clocks of real cases of a station: from acceptance to the ruling, over several cases, by words, data and calendar."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain import rules
from station_app.domain.clocks.clock import Clock, State
from station_app.paths import resources_dir
from station_app.services import cases, clocks, confirmation, court, records, signing
from station_app.services.signing import Signer
from station_app.services.station import Station
from station_app.store import consistency
from tests.support.stations import PASSWORD, make_station, wage_intake
from tests.support.wages import showcase_agreement, wage_case

DAY = "2026-11-20"
NUMBERS = ("id_number", "phone", "account")
YEAR = """
[holidays.2027]
source = "样本通知"
date = 2026-11-25
[holidays.2027.rest]
new_year = [2027-01-01, 2027-01-03]
"""


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def at(station: Station, day: str) -> None:
    """Move the clock to nine in the morning of a day."""
    year, month, date = map(int, day.split("-"))
    station.clock = FixedClock(datetime(year, month, date, 9, 0, tzinfo=SHANGHAI))


def one(station: Station, case: str, code: str) -> Clock:
    return next(c for c in clocks.of_case(station, case=case) if c.code == code)


def signed(station: Station, case: str, on: str = DAY) -> str:
    showcase_agreement(station, case)
    signers = [
        Signer("party", "signed_fingerprint" if p.is_person else "signed_sealed", p.id,
               seal="" if p.is_person else "official", on=on)
        for p in station.case(case).parties
    ]  # fmt: skip
    signers += [Signer("mediator", "signed", on=on), Signer("committee", "sealed", seal="committee", on=on)]
    signing.sign_many(station, case=case, signers=signers)
    return case


def test_a_case_from_acceptance_to_the_last_day_of_confirmation(station: Station) -> None:
    case = wage_case(station)
    codes = {c.code for c in clocks.of_case(station, case=case)}
    assert {"mediation", "arbitration", "labour"} <= codes
    assert "confirmation" not in codes
    signed(station, case)
    codes = {c.code for c in clocks.of_case(station, case=case)}
    assert {"confirmation", "performance"} <= codes
    assert not {"mediation", "arbitration"} & codes
    found = one(station, case, "confirmation")
    assert (found.last.isoformat() if found.last else "") == "2026-12-21", "day 30 is Sunday 20 December"
    at(station, "2026-12-22")
    assert one(station, case, "confirmation").state is State.OUT
    assert [way.code for way in clocks.remedies(station, case=case)] == ["payment_order", "direct_suit", "arbitration"]


def test_an_extension_and_an_answer_on_record_move_the_clocks(station: Station) -> None:
    case = wage_case(station)
    assert one(station, case, "labour").question == "relation_ended_on"
    court.answer(station, case=case, question="relation_ended_on", values={"date": "2026-11-15"})
    assert str(one(station, case, "labour").last) == "2027-11-15"
    records.add(station, case=case, kind="extension", values={"until": "2027-01-15", "agreed_on": DAY})
    found = one(station, case, "mediation")
    assert (str(found.last), found.known) == ("2027-01-15", False)
    assert "2027年放假安排尚未录入" in found.sentence
    assert consistency.check(station.store) == []


def test_a_year_in_the_rules_pack_reaches_clocks_and_what_is_recorded(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wage_case(station)
    at(station, "2026-12-04")
    signed(station, case, on="2026-12-03")
    before = one(station, case, "confirmation")
    assert (str(before.last), before.known) == ("2027-01-02", False)
    shipped = (resources_dir() / "rules" / f"{rules.PACK}.toml").read_text("utf-8")
    pack = tmp_path / "pack.toml"
    pack.write_text(shipped + YEAR, "utf-8")
    with_year = rules.load_rules(pack)
    monkeypatch.setattr(rules, "_shipped", lambda: with_year)
    after = one(station, case, "confirmation")
    assert (str(after.last), after.known) == ("2027-01-04", True)
    assert "第30日为1月2日（元旦），顺延至2027年1月4日（周一）。" in after.sentence
    deadline = signing.status(station, case=case).deadline
    assert deadline is not None
    assert str(deadline.shifted) == "2027-01-04"
    confirmation.apply(station, case=case, on="2026-12-04")
    (record,) = station.case(case).kind("confirmation")
    assert record.get("last_day") == "2027-01-04"
    assert one(station, case, "confirmation").state is State.DONE


def test_the_calendar_holds_each_case_once_and_no_number_of_a_person(station: Station) -> None:
    first, second = wage_case(station), cases.register(station, intake=wage_intake("13800138001")).case
    signed(station, first)
    assert clocks.open_cases(station) == [second, first]
    text = clocks.calendar(station, cases=[first, second, first])
    whole = text.replace("\r\n ", "")
    uids = [line for line in whole.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) > 3
    told = [p.identity.get(name) for p in station.case(first).parties if p.identity for name in NUMBERS]
    numbers = [number for number in told if number]
    assert numbers
    assert not [number for number in numbers if str(number) in whole]


def test_the_command_without_a_case_takes_all_open_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    station = make_station(data).station
    first, second = wage_case(station), wage_case(station)
    signed(station, first)
    station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(data), "--user", "李明", "--password-file", str(secret)]
    assert run(["clock", "--json", *common]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {c["case"] for c in found} == {first, second}
    sample = next(c for c in found if c["code"] == "confirmation")
    assert {"raw", "last", "shifted", "known", "left", "tone", "basis", "sentence", "start_why"} <= set(sample)
    file = tmp_path / "期限.ics"
    assert run(["clock", "--ics", str(file), *common]) == 0
    out = capsys.readouterr().out
    assert "〔民事诉讼法（2023年修正）第二百零五条、第八十五条〕" in out
    assert str(file) in out
    assert file.read_bytes().endswith(b"END:VCALENDAR\r\n")
    assert b"\r\r\n" not in file.read_bytes()
