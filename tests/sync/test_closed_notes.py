"""Notes of one side and psychological notes: others see that there are such notes, not what they say."""

from __future__ import annotations

from station_app.services import cases, people, records, sessions
from station_app.services.exchange import casefile
from station_app.services.loop import succession
from station_app.services.people import NewPerson
from station_app.services.station import Station, User
from station_app.services.travel import grants, keys, renewing
from station_app.store import consistency
from station_app.store.privacy import held_back
from sync.server.admin import devices
from tests.support.district import District
from tests.sync.pcs import Join, case_rows, go, register

SAID = "私下说愿意让步到三千元"


def told(station: Station) -> str:
    """A case in which one side said something alone to the mediator."""
    case = register(station)
    cases.step(station, case=case, verb="accept")
    sessions.record(station, case=case, values={"from": "2026-11-20T09:00", "record": "双方到场"},
                    notes={"applicant": SAID})  # fmt: skip
    return case


def as_(station: Station, person: str, *roles: str) -> Station:
    """The same PC with another user in front of it."""
    return Station(station.store, station.clock, User(person, "某人", roles or ("mediator",)), station.demo)


def notes(station: Station, case: str) -> list[str]:
    return [str(r.get("text")) for r in station.case(case).kind("private_note")]


def test_another_mediator_of_the_same_pc(join: Join) -> None:
    one = join("S1")
    case = told(one)
    colleague = people.add_person(one, person=NewPerson("王芳", ("mediator",))).ids[0]
    assert notes(one, case) == [SAID]
    mate = as_(one, colleague)
    assert notes(mate, case) == []
    assert held_back(mate.store, case, mate.case(case).state) == 1
    assert held_back(one.store, case, one.case(case).state) == 0
    assert SAID not in casefile.export_file(mate, case=case).decode()
    assert mate.case(case).kind("session"), "the common record is everybody's"
    assert consistency.check(one.store) == []


def test_another_mediator_of_the_same_station_on_another_pc(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = told(one)
    for station in (one, two, one, two):
        go(district, station)
    assert two.case(case).kind("session"), "the content is the station's"
    assert notes(two, case) == []
    assert held_back(two.store, case, two.case(case).state) == 1
    assert case_rows(two)[0][1] == 0, "nothing is lacking that this PC should be able to read"
    (body,) = two.store.con.execute(
        "SELECT body FROM op WHERE instr(header, ?) > 0", (b'"compartment":"private"',)
    ).fetchone()
    assert not two.store.vault.holds(bytes(body), "private", case)
    assert one.store.vault.closed_root[0] not in two.store.vault.roots()
    assert consistency.check(two.store) == []


def test_the_team_reads_it_on_its_own_pc(district: District, join: Join) -> None:
    """The case is handed over: its new mediator works on the other PC, and reads what was said before."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    mine = two.user.person
    case = told(one)
    go(district, one)
    go(district, two)
    assert notes(two, case) == []
    succession.reassign(one, cases=[case], to=mine, reason="交接")
    for station in (one, two, one, two):
        go(district, station)
    assert notes(two, case) == [SAID]
    sessions.record(two, case=case, values={"from": "2026-11-21T09:00", "record": "再次到场"},
                    notes={"respondent": "愿付二千元"})  # fmt: skip
    for station in (two, one, two):
        go(district, station)
    assert notes(one, case) == [SAID], "who gave the case away reads what he wrote himself"
    assert held_back(one.store, case, one.case(case).state) == 1
    assert not keys.ensure(one).again


def hand_over(station: Station, case: str, to: str) -> None:
    from sync.contract.fold import overwrite

    with station.write("edit") as tx:
        tx.op("edit", "register", case=case).put(overwrite(station.case(case).record, {"mediator": to}))


def test_a_grant_opens_the_content_and_not_the_notes(district: District, join: Join) -> None:
    one, other = join("S1"), join("S3")
    for station in (one, other, one):
        go(district, station)
    case = told(one)
    grants.grant(one, case=case, station_code="S3", reason="协办")
    for station in (one, other, one, other):
        go(district, station)
    assert other.case(case).kind("session")
    assert notes(other, case) == []
    assert held_back(other.store, case, other.case(case).state) == 1


def test_a_pc_that_left_does_not_read_later_notes(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = told(one)
    hand_over(one, case, two.user.person)
    for station in (one, two, one, two):
        go(district, station)
    assert notes(two, case) == [SAID]
    before = one.store.vault.closed_root[0]
    devices.revoke(district.server, device=two.store.device, reason="电脑遗失")
    go(district, one)
    assert one.store.vault.closed_root[0] != before
    assert renewing.gone_devices(one, one.store.reference()) == {two.store.device}
    hand_over(one, case, one.user.person)
    assert notes(one, case) == [SAID], "who stays reads what was written before"


def test_psychological_notes_likewise(join: Join) -> None:
    one = join("S1")
    case = register(one)
    cases.step(one, case=case, verb="accept")
    given = {"at": "2026-11-20T09:00", "text": SAID, "risk": "low", "consent": True, "consent_on": "2026-11-20"}
    records.add(one, case=case, kind="psych_note", values=given)
    colleague = people.add_person(one, person=NewPerson("王芳", ("mediator",))).ids[0]
    mate = as_(one, colleague)
    assert [r.get("text") for r in one.case(case).kind("psych_note")] == [SAID]
    assert mate.case(case).kind("psych_note") == []
    assert held_back(mate.store, case, mate.case(case).state) == 1
    assert consistency.check(one.store) == []
