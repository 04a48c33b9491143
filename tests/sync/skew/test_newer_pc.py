"""A PC was upgraded before its colleague and the district: what it writes survives both, and opens after theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from station_app.cli.main import run
from station_app.clock import SystemClock
from station_app.services import cases
from station_app.services.local import backup
from station_app.services.reading import history, lists, newer
from station_app.services.station import Station
from station_app.services.travel import bundles, conflicts
from station_app.store.upkeep import rebuild
from sync.contract.canonical import Json
from sync.server import bundling
from sync.server.admin import status
from sync.server.server import open_server
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.stations import PASSWORD, wage_intake
from tests.sync.skew import pcs
from tests.sync.skew.pcs import Pc
from tests.sync.skew.program import NEWER, TODAY, running

STRANGE: Final = 8
"""Of a `strange` case: walk, mood, whisper; weather, road, bridge, state_place; echo."""


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A district whose database another process serves; here only for codes and looking."""
    made = District(tmp_path / "district", SystemClock())  # type: ignore[arg-type]  # that process has the true time
    yield made
    made.close()


def strange(station: Station) -> str:
    """A case with everything a newer program has to say; parts are edited again, by one hand."""
    case = cases.register(station, intake=wage_intake()).case
    pcs.write(station, case, "walk", ("register", "walk", {"day": "2026-11-24", "by_whom": "李明", "note": "初次"}))
    told: dict[str, Json] = {"word": "平稳", "score": 3, "of": 5}
    (mood, _) = pcs.write(station, case, "walk", ("content", "mood", told), ("hush", "whisper", {"text": "低语"}))
    pcs.write(station, case, "walk", ("reference", "almanac", {"text": "宜走访"}))
    more: dict[str, Json] = {
        "weather": "晴",
        "road": "东坑路",
        "bridge": "南桥",
        "state_place": "大厅",
        "state": "registered",
    }
    pcs.change(station, case, case, "register", more)
    pcs.change(station, case, case, "register", {"road": "西坑路"})
    pcs.change(station, case, mood, "content", {"score": 4})
    facts = station.case(case).state.of_kind("facts")[0]
    pcs.change(station, case, facts.id, "content", {"echo": "回声"})
    return case


def opened_whole(station: Station, case: str) -> None:
    """After the upgrade everything is there, in one value each."""
    state = station.case(case).state
    assert newer.count(state) == 0
    (mood,), (walk,), (whisper,) = (state.of_kind(kind) for kind in ("mood", "walk", "whisper"))
    assert (mood.get("score"), mood.get("of"), walk.get("by_whom"), whisper.get("text")) == (4, 5, "李明", "低语")
    record = state.records[case]
    assert [record.get(name) for name in ("weather", "road", "bridge", "state_place")] == [
        "晴",
        "西坑路",
        "南桥",
        "大厅",
    ]
    assert [f.get("echo") for f in state.of_kind("facts")] == ["回声"]
    assert conflicts.conflicts(station) == []


def shown_as_newer(station: Station, case: str, count: int = STRANGE) -> None:
    """Today's program says how much it cannot show, and shows no conflict where there is none."""
    assert newer.count(station.case(case).state) == count
    assert str(count) in newer.sentence(count)
    assert conflicts.conflicts(station) == []
    assert conflicts.problems(station) == []
    assert {d.verb for d in history.of_case(station, case=case)} >= {"walk", "register"}
    assert not newer.knows_verb("walk")
    assert lists.find(station, "田志强")


def test_it_passes_through_an_older_district_and_an_older_colleague(district: District, tmp_path: Path) -> None:
    new, old = pcs.make(tmp_path / "new", NEWER), pcs.make(tmp_path / "old", TODAY)
    with pcs.serving(district, tmp_path / "district", "today") as url:
        for pc in (new, old):
            pcs.join(pc, district, url, "S1")
        for pc in (new, old, new, old):
            pcs.go(pc, url)
        with new.at() as station:
            case = strange(station)
            written = pcs.ops_of(station)
        pcs.go(new, url)
        pcs.same(pcs.ops_at(district), written)
        pcs.go(old, url)
        with old.at() as station:
            pcs.same(pcs.ops_of(station), written)
            shown_as_newer(station, case)
            cases.edit(station, case=case, values={case: {"place": "东门"}})
            cases.step(station, case=case, verb="accept")
            assert newer.count(station.case(case).state) == STRANGE, "work here changes none of it"
            with station.store.raw_write() as con:
                rebuild.refold(station.store, con)
            shown_as_newer(station, case)
        pcs.go(old, url)
        pcs.go(new, url)
        with new.at() as station:
            assert (station.case(case).get("place"), station.case(case).case_state) == ("东门", "accepted")
            opened_whole(station, case)
            here = pcs.ops_of(station)
        pcs.same(pcs.ops_at(district), here)
    listed = {p["code"] for p in status.problems(district.server)}
    assert listed == {"E-125"}, "listed for whoever looks after the platform; no verdict"
    assert district.count("SELECT count(*) FROM verdict_row") == 0
    old.program = NEWER
    with old.at() as station:
        opened_whole(station, case)


def test_the_district_opens_it_after_its_own_upgrade(district: District, tmp_path: Path) -> None:
    new = pcs.make(tmp_path / "new", NEWER)
    with pcs.serving(district, tmp_path / "district", "today") as url:
        pcs.join(new, district, url, "S1")
        with new.at() as station:
            case = strange(station)
            beyond = pcs.write(station, case, "erase", ("register", "walk", {"note": "旧版岗位不能办"}))
            strange_value = pcs.write(station, case, "walk", ("register", "walk", {"day": "没有这一天"}))
        pcs.go(new, url)
    before = pcs.ops_at(district)
    assert district.count("SELECT count(*) FROM problem WHERE code = 'E-125' AND settled = 0") > 0
    district.close()
    with running(NEWER):
        server = open_server(tmp_path / "district", FakeClock())
        try:
            (only,) = status.problems(server)
            assert (only["op"], only["code"]) == (strange_value[0].rsplit(".", 1)[0], "E-113")
            with server.storage.read() as tx:
                assert tx.row("SELECT count(*) FROM verdict_row WHERE answer = 'no'") == (1,)
                assert tx.row("SELECT conflicts, place FROM case_row WHERE rec = ?", (case,)) == (0, "科学城工地东区")
                kept = tx.rows("SELECT inst, seq, header, body FROM op")
            pcs.same({f"{i}.{s}": (bytes(h), b) for i, s, h, b in kept}, before)
            assert beyond
        finally:
            server.close()
        again = open_server(tmp_path / "district", FakeClock())
        again.close()
    district.server = open_server(tmp_path / "district", FakeClock())


def test_by_stick_through_an_older_district(district: District, tmp_path: Path) -> None:
    new, old = pcs.make(tmp_path / "new", NEWER), pcs.make(tmp_path / "old", TODAY)
    with pcs.serving(district, tmp_path / "district", "today") as url:
        for pc in (new, old):
            pcs.join(pc, district, url, "S1")
        for pc in (new, old, new, old):
            pcs.go(pc, url)
    with new.at() as station:
        case = strange(station)
        written = pcs.ops_of(station)
    for pc in (new, old):
        _stick(pc, district, tmp_path)
    pcs.same(pcs.ops_at(district), written)
    with old.at() as station:
        shown_as_newer(station, case)
        file = backup.write(station, to=tmp_path).path
    with running(NEWER):
        done = backup.restore(tmp_path / "again", file=file, name="李明", password=PASSWORD, clock=SystemClock())
        assert done.cases == 1
    with Pc(tmp_path / "again", NEWER).at() as station:
        opened_whole(station, case)


def _stick(pc: Pc, district: District, tmp_path: Path) -> None:
    with pc.at() as station:
        made = bundles.export(station, to=tmp_path)
    taken = bundling.take(district.server, made.path.read_bytes())
    assert taken.refused == 0
    back = tmp_path / f"{made.path.stem}-回执.gmb"
    back.write_bytes(taken.answer)
    with pc.at() as station:
        got = bundles.take(station, path=back)
        assert got.problems == 0


def test_a_letter_of_a_newer_colleague(district: District, tmp_path: Path) -> None:
    from station_app.services.local import settings
    from station_app.services.travel import sharing

    new, old = pcs.make(tmp_path / "new", NEWER), pcs.make(tmp_path / "old", TODAY)
    with pcs.serving(district, tmp_path / "district", "today") as url:
        for pc in (new, old):
            pcs.join(pc, district, url, "S1")
        for pc in (new, old, new, old):
            pcs.go(pc, url)
    folder = tmp_path / "share"
    folder.mkdir()
    with new.at() as station:
        case = strange(station)
        written = pcs.ops_of(station)
    for pc in (new, old, new, old, new):
        with pc.at() as station:
            settings.put(station, {"share.folder": str(folder)})
            done = sharing.exchange(station)
            assert done is not None
            assert done.ignored == []
    with old.at() as station:
        pcs.same(pcs.ops_of(station), written)
        shown_as_newer(station, case)


def test_the_command_line_says_it(district: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, secret = pcs.make(tmp_path / "new", NEWER), tmp_path / "password"
    secret.write_text(PASSWORD, "utf-8")
    with new.at() as station:
        case = strange(station)
    words = ["case", "show", case, "--data-dir", str(new.place), "--user", "李明", "--password-file", str(secret)]
    assert run(words) == 0
    assert newer.sentence(STRANGE) in capsys.readouterr().out


def test_a_difference_about_a_later_field_waits_for_the_upgrade(district: District, tmp_path: Path) -> None:
    """Nobody is asked to choose between values of something this program cannot name; after the upgrade one is."""
    new, other = pcs.make(tmp_path / "new", NEWER), pcs.make(tmp_path / "other", NEWER)
    old = pcs.make(tmp_path / "old", TODAY)
    with pcs.serving(district, tmp_path / "district", "today") as url:
        for pc in (new, other, old):
            pcs.join(pc, district, url, "S1")
        with new.at() as station:
            case = cases.register(station, intake=wage_intake()).case
        for pc in (new, other):
            pcs.go(pc, url)
        for pc, road in ((new, "东坑路"), (other, "西坑路")):
            with pc.at() as station:
                pcs.change(station, case, case, "register", {"road": road})
        for pc in (new, other, new, old):
            pcs.go(pc, url)
    with old.at() as station:
        assert conflicts.conflicts(station) == []
        assert lists.cases(station)[0].conflicts == 0
        assert {h.values["road"] for h in station.case(case).record.units["road"]} == {"东坑路", "西坑路"}, (
            "both are kept"
        )
    assert district.count("SELECT sum(conflicts) FROM case_row") == 0
    old.program = NEWER
    for pc in (old, new):
        with pc.at() as station:
            assert lists.cases(station)[0].conflicts == 1
            (seen,) = conflicts.conflicts(station)
            assert {rival.shown for rival in seen.rivals} == {"东坑路", "西坑路"}
    district.close()
    with running(NEWER):
        server = open_server(tmp_path / "district", FakeClock())
        with server.storage.read() as tx:
            assert tx.row("SELECT sum(conflicts) FROM case_row") == (1,)
        server.close()
    district.server = open_server(tmp_path / "district", FakeClock())


def test_a_backup_of_a_newer_pc_is_opened_by_an_older_program_and_back(tmp_path: Path) -> None:
    """A PC that was upgraded is lost, and the spare one has the program of before."""
    new = pcs.make(tmp_path / "new", NEWER)
    with new.at() as station:
        case = strange(station)
        file = backup.write(station, to=tmp_path).path
        written = pcs.ops_of(station)
    with running(TODAY):
        backup.restore(tmp_path / "spare", file=file, name="李明", password=PASSWORD, clock=SystemClock())
    spare = Pc(tmp_path / "spare", TODAY)
    with spare.at() as station:
        pcs.same(pcs.ops_of(station), written)
        shown_as_newer(station, case)
        cases.step(station, case=case, verb="accept")
    spare.program = NEWER
    with spare.at() as station:
        assert station.case(case).case_state == "accepted"
        opened_whole(station, case)
