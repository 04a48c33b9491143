"""重号 and numbers nobody accounts for: seen everywhere, settled by a person, taken back; nothing on paper changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text
from station_app.domain.case import text
from station_app.services import cases, papers
from station_app.services.local import backup, settings
from station_app.services.numbering import clashes, unknown
from station_app.services.people import login
from station_app.services.station import Station
from station_app.store import blobs, consistency, numbers
from sync.contract.errors import KnownError
from sync.server.admin import status
from tests.support.clock import FakeClock
from tests.support.district import District
from tests.support.stations import PASSWORD, make_station
from tests.sync.pcs import Join, go, register


def numbered(station: Station) -> str:
    """A case with an acceptance register under a number."""
    case = register(station)
    cases.step(station, case=case, verb="accept")
    papers.issue(station, case=case, template="acceptance_register")
    return case


def number_of(station: Station, case: str) -> str:
    return text(station.case(case).record, "number")


@pytest.fixture
def twice(district: District, join: Join) -> tuple[Station, Station, str, str]:
    """Two PCs that draw from one series (a clone), both up to date: two cases bear A0001."""
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    for station in (one, two):
        settings.put(station, {"number.series": "A"})
    mine, theirs = numbered(one), numbered(two)
    for station in (one, two, one, two):
        go(district, station)
    assert number_of(one, mine) == number_of(one, theirs)
    return one, two, mine, theirs


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        act()
    return caught.value.code


def test_one_gets_a_new_number_and_its_papers_stay(
    district: District, twice: tuple[Station, Station, str, str]
) -> None:
    one, two, mine, theirs = twice
    for station in (one, two):
        (clash,) = clashes.clashes(station)
        assert {h.case for h in clash.holders} == {mine, theirs}
        assert all(h.own and h.papers == ("人民调解受理登记表",) and not h.signed for h in clash.holders), clash
    assert status.status(district.server)["clashes"] == 2
    old = number_of(one, mine)
    paper = one.case(mine).papers[0]
    before = blobs.get(one.store, text(paper, "pdf"))
    assert refused(lambda: clashes.renumber(one, case=mine, reason=" ")) == "E-408"
    clashes.renumber(one, case=mine, reason="两台电脑曾使用同一字头")
    fresh = number_of(one, mine)
    assert (fresh, number_of(one, theirs)) == (old.replace("A0001", "A0002"), old)
    assert blobs.get(one.store, text(one.case(mine).papers[0], "pdf")) == before
    (correction,) = one.case(mine).kind("correction")
    assert (correction.get("paper"), correction.get("old"), correction.get("new")) == (paper.id, old, fresh)
    assert refused(lambda: clashes.renumber(one, case=mine, reason="再来")) == "E-551"
    told = {c.template: c.applies for c in papers.list_papers(one, case=mine)}
    assert told["number_correction"]
    assert not {c.template: c.applies for c in papers.list_papers(one, case=theirs)}["number_correction"]
    note = papers.issue(one, case=mine, template="number_correction")
    words = "".join("".join(page.split()) for page in extract_text(note.pdf))
    for said in (
        f"原编号{old}",
        f"现编号{fresh}",
        "两台电脑曾使用同一字头",
        "人民调解受理登记表",
        f"编号更正说明{fresh}",
    ):
        assert said in words, said
    for station in (one, two, one):
        go(district, station)
        while station.store.flush_index():
            pass
    assert clashes.clashes(one) == clashes.clashes(two) == []
    assert number_of(two, mine) == fresh
    assert status.status(district.server)["clashes"] == 0
    assert not [p for p in status.problems(district.server) if "重号" in str(p["detail"])]
    for station in (one, two):
        assert consistency.check(station.store) == []


def test_the_new_number_lies_above_what_the_other_pc_drew(
    district: District, twice: tuple[Station, Station, str, str]
) -> None:
    one, two, mine, _ = twice
    numbered(two), numbered(two)
    for station in (two, one):
        go(district, station)
    clashes.renumber(one, case=mine, reason="重号")
    assert "A0004" in number_of(one, mine)


def test_it_is_taken_back_within_thirty_days(district: District, twice: tuple[Station, Station, str, str]) -> None:
    one, two, mine, _ = twice
    old = number_of(one, mine)
    clashes.renumber(one, case=mine, reason="重号")
    fresh = number_of(one, mine)
    clashes.undo_settling(one, case=mine)
    assert number_of(one, mine) == old
    assert len(clashes.clashes(one)) == 1
    assert one.case(mine).kind("correction") == []
    states = {text(r, "text"): text(r, "state") for r in one.case(mine).kind("number")}
    assert states == {old: "used", fresh: "void"}
    assert refused(lambda: clashes.undo_settling(one, case=mine)) == "E-555"
    clashes.renumber(one, case=mine, reason="再次改编")
    assert "A0003" in number_of(one, mine), "a number that was drawn is never drawn again"
    for station in (one, two, one):
        go(district, station)
    assert clashes.clashes(two) == []
    assert consistency.check(one.store) == []


def test_after_thirty_days_it_stands(district: District, twice: tuple[Station, Station, str, str]) -> None:
    one, _, mine, _ = twice
    clashes.renumber(one, case=mine, reason="重号")
    one.clock.advance(days=31)  # type: ignore[attr-defined]  # the tests’ clock can be moved
    assert refused(lambda: clashes.undo_settling(one, case=mine)) == "E-555"


def test_both_may_stay_with_a_word_about_it(district: District, twice: tuple[Station, Station, str, str]) -> None:
    one, two, mine, theirs = twice
    old = number_of(one, mine)
    clashes.keep_both(one, number=old, reason="两份都已签署，台账注明")
    assert clashes.clashes(one) == []
    assert number_of(one, mine) == number_of(one, theirs) == old
    for station in (one, two):
        go(district, station)
    assert clashes.clashes(two) == []
    assert status.status(district.server)["clashes"] == 0
    assert refused(lambda: clashes.keep_both(two, number=old, reason="再来")) == "E-551"


def test_a_lost_number_is_noted_and_never_drawn(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    first = numbered(one)
    with one.store.raw_write() as con:  # as if two papers had been issued by a disk that is gone
        for _ in range(2):
            numbers.draw(one.store, con, short="光凤东坑", kind="case", year=2026)
        con.execute("DELETE FROM number WHERE n = 2")
    numbered(one)
    (gap,) = unknown.gaps(one)
    assert gap.n == 2
    assert refused(lambda: unknown.note(one, number="第2号", answer="used", reason="在")) == "E-553"
    known = number_of(one, first)
    assert refused(lambda: unknown.note(one, number=known, answer="used", reason="在")) == "E-554"
    assert refused(lambda: unknown.note(one, number=gap.number, answer="used", reason="")) == "E-408"
    assert refused(lambda: unknown.note(one, number=gap.number, answer="对", reason="在")) == "E-217"
    unknown.note(one, number=gap.number, answer=unknown.USED, reason="纸质受理登记表在柜中")
    assert unknown.gaps(one) == []
    for station in (one, two):
        go(district, station)
    (noted,) = unknown.notes(two)
    assert (noted.number, noted.answer) == (gap.number, unknown.USED)
    beyond = known.replace(f"{gap.series}0001", f"{gap.series}0009")
    unknown.note(one, number=beyond, answer=unknown.VOID, reason="废号")
    assert f"{gap.series}0010" in number_of(one, numbered(one))
    unknown.undo_note(one, number=gap.number)
    assert [n.number for n in unknown.notes(one)] == [beyond]
    assert consistency.check(one.store) == []


def test_after_a_restore_the_old_series_is_to_be_compared(tmp_path: Path) -> None:
    made = make_station(tmp_path / "data")
    one = made.station
    one.store.set_settings({"number.spares": "B,C"})
    numbered(one)
    assert unknown.restored(one) is None
    file = backup.write(one, to=tmp_path).path
    lost = number_of(one, numbered(one))
    one.store.close()
    clock = FakeClock()
    backup.restore(tmp_path / "new", file=file, name="李明", password=PASSWORD, clock=clock)
    two = login(tmp_path / "new", name="李明", password=PASSWORD, clock=clock)
    after = unknown.restored(two)
    assert after is not None
    assert after.last == (("case", 2026, 1),)
    unknown.note(two, number=lost, answer=unknown.USED, reason="备份之后出具")
    unknown.checked(two)
    assert unknown.restored(two) is None
    assert after.series not in number_of(two, numbered(two)).split("第")[1]
    two.store.close()


def test_by_commands(
    district: District, twice: tuple[Station, Station, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, _, mine, theirs = twice
    old = number_of(one, mine)
    (tmp_path / "pw").write_text(PASSWORD)
    who = ["--data-dir", str(one.store.directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["number", "list", "--json", *who]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [c["number"] for c in listed["clashes"]] == [old]
    assert run(["number", "renumber", theirs, "--reason", "重号", *who]) == 0
    assert "A0002" in capsys.readouterr().out
    assert run(["number", "undo", theirs, *who]) == 0
    assert run(["number", "keep-both", old, "--reason", "都已送达", *who]) == 0
    assert run(["number", "note", old.replace("A0001", "A0007"), "--reason", "在柜中", *who]) == 0
    assert run(["number", "note", old, "--reason", "在柜中", *who]) == 1
    capsys.readouterr()
    assert run(["number", "list", *who]) == 0
    said = capsys.readouterr().out
    assert "重号" not in said
    assert "A0007号：已用于纸质文书（在柜中）" in said
    assert run(["number", "undo", old.replace("A0001", "A0007"), *who]) == 0
    assert run(["number", "checked", *who]) == 0
