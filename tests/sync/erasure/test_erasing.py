"""After an erasure no marker is left at any station that had the case, whatever way the order came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.clock import SystemClock
from station_app.services import cases, people, sessions
from station_app.services.cases import Intake
from station_app.services.local import backup, drafts
from station_app.services.station import Station
from station_app.services.travel import bundles, erasing, grants, sharing, syncing
from station_app.store import consistency, search
from station_app.store.erasure import copies, tidying
from sync.contract.errors import KnownError
from sync.server import bundling
from tests.support.district import District
from tests.support.stations import PASSWORD
from tests.sync.erasure.marks import MARK, at_district, at_station, grant, in_backup, marked
from tests.sync.pcs import Join, case_rows, go, register
from tests.sync.restoring import Backup


def three(district: District, join: Join) -> tuple[Station, Station, Station]:
    """Two PCs of S1 and one of S3, in another community, each knowing the others."""
    one, mate, other = join("S1"), join("S1"), join("S3")
    for station in (one, mate, other, one, mate):
        go(district, station)
    return one, mate, other


def everywhere(district: District, stations: tuple[Station, ...], case: str) -> None:
    """The case lies at every station, readable."""
    grants.grant(stations[0], case=case, station_code="S3", reason="协助")
    for station in (*stations, *stations, *stations):
        go(district, station)
        while station.store.flush_index(1000):
            pass


def test_no_marker_is_left_anywhere(district: District, join: Join) -> None:
    stations = three(district, join)
    case = marked(stations[0])
    everywhere(district, stations, case)
    assert all(at_station(s) for s in stations), "each of them had it"
    assert at_district(district)
    other = register(stations[0])
    erasing.ask(stations[0], case=case, ground="law", reason="法院判决要求删除")
    go(district, stations[0])
    assert at_district(district), "nothing is erased before it is granted"
    grant(district, case)
    for station in (*stations, *stations):
        go(district, station)
    assert [at_station(s) for s in stations] == [[], [], []]
    assert at_district(district) == []
    for station in stations:
        (known,) = erasing.erased(station)
        assert (known.case, known.ground, known.asked_by, known.by) == (case, "law", "李明", "乙")
    view = stations[0].case(case)
    assert view.get("title") == "（已依法删除）"
    assert view.get("number"), "the number is used for ever"
    assert view.get("amount") == 840000
    assert stations[0].case(other).get("title") != "（已依法删除）"
    assert drafts.load(stations[0], kind="session", record=case) is None
    with pytest.raises(KnownError, match="E-410"):
        cases.discard(stations[0], case=case)


def test_who_did_not_know_writes_on_and_nothing_of_it_stays(district: District, join: Join) -> None:
    one, mate, _ = three(district, join)
    case = marked(one)
    go(district, one)
    go(district, mate)
    grant(district, case)
    sessions.record(mate, case=case, values={"from": "2026-11-20T10:00", "record": f"{MARK}又来"})
    go(district, mate)
    assert [e.case for e in erasing.erased(mate)] == [case]
    assert at_district(district) == []
    assert at_station(mate) == []
    assert syncing.status(mate).unsent_ops == 0, "the headers reached the district"


def test_a_request_is_declined_or_taken_back(district: District, join: Join) -> None:
    from sync.server.erasure import deciding

    one = join("S1")
    case = marked(one)
    with pytest.raises(KnownError, match="E-411"):
        erasing.ask(one, case=case, ground="consent", reason="本人撤回同意")
    with pytest.raises(KnownError, match="E-408"):
        erasing.ask(one, case=case, ground="law", reason=" ")
    with pytest.raises(KnownError, match="E-217"):
        erasing.ask(one, case=case, ground="whim", reason="不想留")
    erasing.ask(one, case=case, ground="period", reason="保存期限已满")
    with pytest.raises(KnownError, match="E-414"):
        erasing.ask(one, case=case, ground="law", reason="再申请")
    go(district, one)
    (asked,) = deciding.asks(district.server)
    deciding.decline(district.server, no=asked.no, why="期限未满", by="乙")
    go(district, one)
    (answered,) = erasing.asked(one)
    assert (answered.answer, answered.note) == ("no", "期限未满")
    erasing.ask(one, case=case, ground="law", reason="法院判决")
    erasing.withdraw(one, case=case)
    go(district, one)
    assert deciding.asks(district.server) == []
    with pytest.raises(KnownError, match="E-223"):
        erasing.withdraw(one, case=case)


def test_only_the_head_asks_and_only_an_enrolled_station(district: District, join: Join, tmp_path: Path) -> None:
    from tests.support.stations import make_station

    alone = make_station(tmp_path / "alone").station
    case = register(alone)
    with pytest.raises(KnownError, match="E-107"):
        erasing.ask(alone, case=case, ground="law", reason="判决")
    alone.user = type(alone.user)(alone.user.person, alone.user.name, ("mediator",))
    with pytest.raises(KnownError, match="E-404"):
        erasing.ask(alone, case=case, ground="law", reason="判决")
    alone.store.close()


def test_the_order_comes_by_stick_too(district: District, join: Join, tmp_path: Path) -> None:
    one, _, _ = three(district, join)
    case = marked(one)
    go(district, one)
    grant(district, case)
    made = bundles.export(one, to=tmp_path)
    back = tmp_path / "回执.gmb"
    back.write_bytes(bundling.take(district.server, made.path.read_bytes()).answer)
    bundles.take(one, path=back)
    assert at_station(one) == []
    assert consistency.check(one.store) == []


def test_a_stick_and_a_letter_from_before_bring_nothing_back(district: District, join: Join, tmp_path: Path) -> None:
    """Written before the order, taken after it: headers only."""
    one, mate, _ = three(district, join)
    folder = tmp_path / "share"
    folder.mkdir()
    for station in (one, mate):
        station.store.set_settings({"share.folder": str(folder)})
    case = marked(one)
    out = bundles.export(one, to=tmp_path)
    sharing.exchange(one)
    go(district, one)
    grant(district, case)
    go(district, mate)
    sharing.exchange(mate)
    bundling.take(district.server, out.path.read_bytes())
    assert at_station(mate) == []
    assert at_district(district) == []
    go(district, one)
    assert at_station(one) == []


def test_a_pc_from_an_old_backup_has_nothing_of_it(district: District, join: Join, tmp_path: Path) -> None:
    """The list lies beside the backup since it was written there: nothing is readable even before the first round."""
    one, _, _ = three(district, join)
    case = marked(one)
    go(district, one)
    made = backup.write(one, to=tmp_path)
    assert in_backup(made.path, one.store.key, tmp_path / "look")
    grant(district, case)
    go(district, one)
    assert (tmp_path / copies.FILE).exists()
    assert not in_backup(backup.write(one, to=tmp_path / "new.gmbak").path, one.store.key, tmp_path / "look2")
    backup.restore(tmp_path / "again", file=made.path, name="李明", password=PASSWORD, clock=SystemClock())
    station = people.login(tmp_path / "again", name="李明", password=PASSWORD, clock=SystemClock())
    try:
        assert at_station(station) == []
        assert [e.case for e in erasing.erased(station)] == [case]
        assert consistency.check(station.store) == [], "the list counts, though no op of the order is here"
        go(district, station)
        assert at_station(station) == []
    finally:
        station.store.close()
    said = json.loads((tmp_path / copies.FILE).read_text("utf-8"))
    said["erased"][0]["by"] = "别人"
    (tmp_path / copies.FILE).write_text(json.dumps(said), "utf-8")
    with pytest.raises(KnownError, match="E-415"):
        backup.restore(tmp_path / "bad", file=made.path, name="李明", password=PASSWORD, clock=SystemClock())
    assert not (tmp_path / "bad").exists()


def test_a_server_from_an_old_backup_without_a_list_hears_of_it_from_a_station(district: District, join: Join) -> None:
    one, mate, _ = three(district, join)
    case = marked(one)
    go(district, one)
    kept = Backup(district)
    grant(district, case)
    go(district, one)
    (district.server.district.directory / "erased.json").unlink()
    kept.restore()
    assert at_district(district), "the old backup does hold it"
    go(district, one)
    assert at_district(district) == []
    go(district, mate)
    assert at_station(mate) == []
    go(district, one)
    assert case_rows(one)[0][0] == "（已依法删除）"


def test_a_new_pc_gets_headers_and_the_rest(district: District, join: Join) -> None:
    one, _, _ = three(district, join)
    case = marked(one)
    go(district, one)
    grant(district, case)
    go(district, one)
    new = join("S1")
    go(district, new)
    go(district, one)
    go(district, new)
    assert at_station(new) == []
    assert [r[0] for r in case_rows(new)] == ["（已依法删除）"]


def test_tidying_that_was_cut_is_done_by_the_next_round(
    district: District, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, _ = three(district, join)
    case = marked(one)
    go(district, one)
    grant(district, case)

    def ends(*_: object) -> bool:
        raise KeyboardInterrupt

    real = tidying.tidy
    monkeypatch.setattr(tidying, "tidy", ends)
    with pytest.raises(KeyboardInterrupt):
        syncing.run(one, transport=district.line)
    monkeypatch.setattr(tidying, "tidy", real)
    assert tidying.due(one.store)
    go(district, one)
    assert not tidying.due(one.store)
    assert at_station(one) == []


def test_the_index_lets_go_of_the_words(district: District, join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large index is not merged while a case is saved: the words of what went stay in it until it is tidied up."""
    monkeypatch.setattr(search, "merge", lambda con, pages=0: False)
    one = join("S1")
    for _ in range(12):
        register(one)
        one.store.flush_index(1)
    case = cases.register(one, intake=Intake({"place": f"{RARE}巷"}, {"summary": "噪声扰民"}, [])).case
    one.store.flush_index(1)
    go(district, one)
    grant(district, case)
    monkeypatch.setattr(tidying, "_merge", lambda store: None)
    go(district, one)
    assert indexed(one), "marked as gone, still in the segments"
    monkeypatch.undo()
    tidying._merge(one.store)
    assert not indexed(one)
    assert consistency.check(one.store) == []


RARE = "\U00020bb7田"
"""Sorts behind all other words, so that the index holds it whole and not as the end of the word before it."""


def indexed(station: Station) -> bool:
    """Whether the word stands in the index's own pages."""
    rows = station.store.con.execute("SELECT block FROM idx_data").fetchall()
    return any(RARE.encode() in bytes(block) for (block,) in rows)
