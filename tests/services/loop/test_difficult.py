"""疑难复杂: a person says so with a reason, the pack hints; the ministry's table counts it and opens the cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.clock import FixedClock
from station_app.domain.figures import period as periods
from station_app.services import cases, sessions
from station_app.services.figures import ministry, report
from station_app.services.figures.year import plan, writing
from station_app.services.loop import difficult
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.services.test_figures import appeal
from tests.support.stations import PASSWORD, make_station

YEAR = periods.year_of(2021)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


def test_it_is_a_persons_word_with_a_reason_and_is_counted(station: Station) -> None:
    hard = appeal(station, at="2021-03-01", steps="accept agree", people=12)
    easy = appeal(station, at="2021-03-02", steps="accept agree")
    assert difficult.hints(station, case=hard) == ["涉及12人，达到10人"]
    assert difficult.hints(station, case=easy) == []
    assert ministry.table(station, YEAR)[-1].values["difficult"] == 0, "a hint decides nothing"
    with pytest.raises(KnownError, match="E-216"):
        difficult.mark(station, case=hard, difficult=True)
    difficult.mark(station, case=hard, difficult=True, reason="涉及多个班组，工程量无记录")
    whole = ministry.table(station, YEAR)[-1]
    assert whole.values["difficult"] == 1
    assert [line.rec for line in lists.cases(station, flt=whole.cases("difficult"))] == [hard]
    sheet = report.ministry_sheet(station, YEAR)
    assert sheet.rows[-1][sheet.heads.index("疑难复杂案件（件）")] == 1
    difficult.mark(station, case=hard, difficult=False)
    assert ministry.table(station, YEAR)[-1].values["difficult"] == 0
    assert consistency.check(station.store) == []


def test_several_sessions_speak_for_it(station: Station) -> None:
    case = appeal(station, at="2026-11-01")
    for day in (2, 3, 4):
        sessions.record(station, case=case, values={"from": f"2026-11-0{day}T09:00", "record": "双方到场。"})
    assert difficult.hints(station, case=case) == ["已调解3次，达到3次"]


def test_a_consultation_is_not_in_the_table(station: Station) -> None:
    case = appeal(station, at="2021-03-01", service="legal", type=None)
    with pytest.raises(KnownError, match="E-278"):
        difficult.mark(station, case=case, difficult=True, reason="复杂")


def test_procuratorate_and_petition_office_have_their_columns(station: Station) -> None:
    for channel in ("procuratorate", "petition", "petition", "court", "visit"):
        appeal(station, at="2021-04-01", steps="accept end", channel=channel)
    whole = ministry.table(station, YEAR)[-1]
    values = whole.values
    assert (values["procuratorate"], values["petition"], values["court"], values["transferred"]) == (1, 2, 1, 4)
    assert (values["applied"], values["other_sender"]) == (1, 0)
    assert whole.differences == []
    assert len(lists.cases(station, flt=whole.cases("petition"))) == 2


def test_the_demonstration_year_has_difficult_cases_and_every_sender(tmp_path: Path) -> None:
    station = make_station(tmp_path / "y", demo=True).station
    assert isinstance(station.clock, FixedClock)
    writing.write_year(station, station.clock, plan.plan(year=2021, scale=0.05))
    values = ministry.table(station, YEAR)[-1].values
    (found,) = station.store.reader.execute(
        "SELECT count(*) FROM case_row WHERE service = 'mediation' AND people >= 5 AND difficult = 1"
    ).fetchone()
    assert found > 0
    assert 0 < int(values["difficult"] or 0) <= found
    assert all(int(values[name] or 0) > 0 for name in ("procuratorate", "petition", "court", "police"))


def test_on_the_command_line(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = cases.register(station, intake=_intake()).case
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "s"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["case", "difficult", case, *access]) == 0
    assert "未认定为疑难复杂案件。本地规则没有提示。" in capsys.readouterr().out
    assert run(["case", "difficult", case, "--reason", "涉及多个班组", "--json", *access]) == 0
    assert json.loads(capsys.readouterr().out)["difficult"] is True
    assert run(["case", "difficult", case, "--off", *access]) == 0
    assert "未认定" in capsys.readouterr().out


def _intake() -> cases.Intake:
    from tests.support.stations import wage_intake

    return wage_intake()
