"""A PC that left reads nothing written since; who stays reads all; the recovery sheet brings lost keys back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from station_app.services import cases, papers, people, sessions
from station_app.services.station import Station
from station_app.services.travel import enrolment, grants, keys, renewing
from station_app.store import boxes, consistency, oplog
from sync.contract.errors import KnownError
from sync.contract.op import Change, parse_header
from sync.server.admin import devices
from tests.support.district import District
from tests.support.stations import ORG, make_station
from tests.sync.pcs import Join, case_rows, go, register


def opens(reader: Station, writer: Station, case: str) -> list[bool]:
    """For each sealed body of a case at `writer`, in order: whether `reader` holds its key."""
    store = writer.store
    found = []
    for _, header, body, _ in oplog.rows_of_case(store.con, store.ids.pk(case)):
        read = parse_header(header)
        if read.body_form == "sealed" and body is not None:
            found.append(reader.store.vault.holds(body, read.compartment, case))
    return found


def team(district: District, join: Join) -> tuple[Station, Station, Station]:
    """Three PCs of one committee that know each other's keys."""
    one, two, three = join("S1"), join("S1"), join("S2")
    for station in (one, two, three, one, two, three, one):
        go(district, station)
    return one, two, three


def test_what_is_written_after_a_pc_left_stays_closed_to_it(district: District, join: Join) -> None:
    one, two, three = team(district, join)
    case = register(one)
    go(district, one)
    go(district, two)
    before = one.store.vault.own_root[0]
    assert all(opens(two, one, case))
    devices.revoke(district.server, device=two.store.device, reason="电脑遗失")
    go(district, one)
    go(district, three)
    assert one.store.vault.own_root[0] != before
    assert before in one.store.vault.roots(), "old cases stay readable"
    cases.step(one, case=case, verb="accept")
    sessions.record(one, case=case, values={"from": "2026-11-20T09:00", "record": "离开以后"})
    later = register(one)
    go(district, one)
    go(district, three)
    grants.grant(one, case=later, station_code="S2", reason="协办")
    grants.grant(one, case=case, station_code="S2", reason="协办")
    go(district, one)
    go(district, three)
    assert not any(opens(two, one, later)), "also where it finds the bytes on a stick"
    read = opens(two, one, case)
    assert read[0], "what it had it keeps"
    assert not read[-1], "the same case, later"
    assert all(opens(three, one, later))
    assert all(opens(three, one, case))
    assert {r[1] for r in case_rows(three)} == {0}
    again = one.store.vault.own_root[0]
    go(district, one)
    assert one.store.vault.own_root[0] == again, "once a device, not once a round"
    assert not keys.ensure(one).again
    assert consistency.check(one.store) == []


def test_a_backup_from_before_the_renewal_opens_what_was_written_since(district: District, join: Join) -> None:
    """Its own disk is gone: the new keys come back with the ops, wrapped to the device itself."""
    one, two, _ = team(district, join)
    devices.revoke(district.server, device=two.store.device, reason="电脑遗失")
    go(district, one)
    own = {one.store.vault.own_root, one.store.vault.closed_root}
    boxed = [r for r in one.store.reference().of_kind("root_key") if r.get("device") == one.store.device]
    opened = [boxes.opened(one.store.secret("seal_key"), "", Change(r.id, r.kind, dict(r.values))) for r in boxed]
    assert own <= {(box.root_id, box.key) for box in opened if box is not None}
    assert not keys.ensure(one).again, "once, not in every round"


def test_a_station_that_held_a_granted_case_and_lost_a_pc(district: District, join: Join) -> None:
    one, other = join("S1"), join("S3")
    for station in (one, other, one):
        go(district, station)
    case = register(one)
    grants.grant(one, case=case, station_code="S3", reason="协办")
    for station in (one, other, one, other):
        go(district, station)
    assert all(opens(other, one, case))
    before = one.store.vault.own_root[0]
    devices.revoke(district.server, device=other.store.device, reason="电脑遗失")
    go(district, one)
    go(district, one)
    assert one.store.vault.own_root[0] != before


def test_a_stranger_that_leaves_changes_nothing(district: District, join: Join) -> None:
    one, other = join("S1"), join("S3")
    for station in (one, other, one):
        go(district, station)
    before = one.store.vault.own_root[0]
    devices.revoke(district.server, device=other.store.device, reason="电脑遗失")
    go(district, one)
    assert one.store.vault.own_root[0] == before


def test_files_made_before_and_after_open_for_who_stays(district: District, join: Join) -> None:
    one, two, three = team(district, join)
    case = numbered(one)
    devices.revoke(district.server, device=two.store.device, reason="电脑遗失")
    go(district, one)
    papers.issue(one, case=case, template="rights_notice")
    go(district, three)
    mate = join("S1")
    for station in (mate, one, mate, one, mate):
        go(district, station)
    assert case_rows(mate)[0][1] == 0
    lacking = mate.store.con.execute(
        "SELECT count(*) FROM file_row f LEFT JOIN blob b ON b.sha = f.sha WHERE b.sha IS NULL"
    ).fetchone()
    assert lacking == (0,), "a paper issued before the new key, sent after it, and one issued after it"
    assert mate.store.con.execute("SELECT count(*) FROM file_row").fetchone() == (2,)


def numbered(station: Station) -> str:
    """A case with an issued paper that was not sent yet."""
    case = register(station)
    cases.step(station, case=case, verb="accept")
    papers.issue(station, case=case, template="acceptance_register")
    return case


def test_the_sheet_of_a_dead_pc_opens_its_cases_on_a_new_one(district: District, join: Join, tmp_path: Path) -> None:
    """The only PC of a station is gone with its disk: the platform has the ops, nobody but the sheet has the key."""
    made = make_station(tmp_path / "dead", org=dataclasses.replace(ORG, station_code="待分配"))
    dead = made.station
    enrolment.enrol(dead, url="http://district", code=district.code("S1"), transport=district.line)
    case = numbered(dead)
    go(district, dead)
    dead.store.close()
    new = join("S1")
    go(district, new)
    assert case_rows(new)[0][1] > 0, "nobody left could open them"
    with pytest.raises(KnownError, match="E-501"):
        renewing.recover(new, sheet="AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF")
    renewing.recover(new, sheet=made.sheet.lower())
    assert case_rows(new)[0][1] == 0
    assert new.case(case).parties[0].name == "田志强"
    assert str(new.case(case).state.of_kind("facts")[0].get("story"))
    assert consistency.check(new.store) == []
    go(district, new)
    assert people.users(new.store.directory)
