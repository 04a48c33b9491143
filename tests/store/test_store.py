"""The store keeps one truth: op, projection, index and counters together; and opens only what is its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from station_app import bootstrap
from station_app.services import cases, undo
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency, database, local, migrate, numbers, schema
from station_app.store.core import Store
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from tests.support.stations import PASSWORD, make_station, wage_intake


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def reopen(station: Station) -> Station:
    station.store.close()
    return bootstrap.open_station(station.store.directory, name="李明", password=PASSWORD, clock=station.clock)


def test_a_saved_case_is_found_at_once_and_after_a_restart(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    assert [line.rec for line in lists.find(station, "田志强")] == [case]
    assert station.case(case).parties[0].identity is not None
    again = reopen(station)
    assert [line.rec for line in lists.find(again, "6018159")] == [case]
    assert [line.rec for line in lists.find(again, "tzq")] == [case], "pinyin initials"
    assert lists.cases(again)[0].applicants == "田志强"
    assert consistency.check(again.store) == []


def test_every_program_start_that_writes_is_a_new_incarnation_tied_to_the_one_before(station: Station) -> None:
    cases.register(station, intake=wage_intake())
    again = reopen(station)
    cases.register(again, intake=wage_intake("13800138000"))
    rows = again.store.con.execute("SELECT inst FROM inst WHERE own = 1").fetchall()
    assert len({r[0] for r in rows}) == 2
    assert consistency.check(again.store) == []


def test_two_programs_on_one_database_never_share_a_sequence(station: Station) -> None:
    other = bootstrap.open_station(station.store.directory, name="李明", password=PASSWORD, clock=station.clock)
    made = [cases.register(s, intake=wage_intake()).case for s in (station, other, station, other)]
    assert len(set(made)) == 4
    assert lists.count(station) == 4
    assert consistency.check(station.store) == []


def test_bodies_the_district_must_not_read_are_sealed_in_the_op_log(station: Station) -> None:
    cases.register(station, intake=wage_intake())
    for header, body in station.store.con.execute("SELECT header, body FROM op WHERE case_id <> 0"):
        clear = b'"body_form":"clear"' in bytes(header)
        assert ("自十月八日".encode() in bytes(body)) is False
        assert ("田志强".encode() in bytes(body)) is clear


def test_nothing_happens_when_a_verb_fails_in_the_middle(station: Station) -> None:
    before = station.store.con.execute("SELECT * FROM head").fetchone()

    def write_half() -> None:
        with station.write("register") as tx:
            cases.put_new_case(station, tx, wage_intake())
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        write_half()
    assert station.store.con.execute("SELECT * FROM head").fetchone() == before
    assert cases.register(station, intake=wage_intake()).ids
    assert consistency.check(station.store) == []


def test_concurrent_edits_are_two_heads_and_a_person_settles_them(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    record = station.case(case).record
    for place in ("甲地", "乙地"):
        with station.write("edit") as tx:
            tx.op("edit", "register", case=case).put(overwrite(record, {"place": place}))
    assert len(station.case(case).record.conflicts["place"]) == 2
    assert lists.today(station).conflicts[0].conflicts == 1
    cases.settle(station, case=case, rec=case, values={"place": "乙地"})
    assert station.case(case).record.conflicts == {}
    assert lists.today(station).conflicts == []
    assert consistency.check(station.store) == []


def test_undo_takes_back_a_step_until_somebody_built_on_it(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    accepted = cases.step(station, case=case, verb="accept")
    assert undo.can_undo(station, accepted)
    undo.undo(station, accepted)
    assert station.case(case).case_state == "registered"
    accepted = cases.step(station, case=case, verb="accept")
    cases.step(station, case=case, verb="mediate")
    assert not undo.can_undo(station, accepted)
    with pytest.raises(KnownError, match="E-231"):
        undo.undo(station, accepted)


def test_undo_of_a_registration_puts_the_case_into_the_recycle_bin(station: Station) -> None:
    made = cases.register(station, intake=wage_intake())
    undo.undo(station, made)
    assert lists.cases(station) == []
    assert lists.cases(station, flt=lists.Filter(discarded=True))[0].rec == made.case
    cases.discard(station, case=made.case, back=True)
    assert lists.count(station) == 1


@pytest.mark.parametrize("verb", ["apply_confirmation", "archive", "confirm"])
def test_a_step_the_state_does_not_allow_is_refused(station: Station, verb: str) -> None:
    case = cases.register(station, intake=wage_intake()).case
    with pytest.raises(KnownError, match="E-405"):
        cases.step(station, case=case, verb=verb)


def test_ending_wants_a_reason(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    with pytest.raises(KnownError, match="E-408"):
        cases.step(station, case=case, verb="end")


def test_a_recorder_may_not_end_a_mediation(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    recorder = Station(station.store, station.clock, type(station.user)("x", "陈晓", ("recorder",)))
    with pytest.raises(KnownError, match="E-404"):
        cases.step(recorder, case=case, verb="end", reason="无法达成协议")


def test_drafts_are_overwritten_in_place_and_never_travel(station: Station) -> None:
    for n in range(3):
        local.save_draft(
            station.store, user="u", kind="case", record="", title="草稿", data={"n": n}, caret="summary:3", now_ms=n
        )
    (draft,) = local.drafts(station.store, "u")
    assert (draft.data, draft.caret) == ({"n": 2}, "summary:3")
    assert station.store.con.execute("SELECT count(*) FROM op WHERE case_id <> 0").fetchone()[0] == 0
    local.drop_draft(station.store, draft.id)
    assert local.drafts(station.store, "u") == []


def test_numbers_are_drawn_without_a_gap_and_a_series_can_continue_a_paper_ledger(station: Station) -> None:
    station.store.set_settings({"number.start.case.2026": "12"})
    with station.store.raw_write() as con:
        drawn = [numbers.draw(station.store, con, short="光凤东坑", kind="case", year=2026).text() for _ in range(2)]
    assert drawn == ["（2026）光凤东坑人调字第A0012号", "（2026）光凤东坑人调字第A0013号"]

    def draw_and_fail() -> None:
        with station.store.raw_write() as con:
            numbers.draw(station.store, con, short="光凤东坑", kind="case", year=2026)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        draw_and_fail()
    with station.store.raw_write() as con:
        assert numbers.draw(station.store, con, short="光凤东坑", kind="case", year=2026).n == 14


def test_without_a_series_no_number_is_made_up(tmp_path: Path) -> None:
    bare = make_station(tmp_path / "bare", series="").station
    with pytest.raises(KnownError, match="E-306"), bare.store.raw_write() as con:
        numbers.draw(bare.store, con, short="光凤东坑", kind="case", year=2026)


# -- what must not open ---------------------------------------------------------------------------------------------


def test_a_wrong_key_is_named_and_nothing_is_changed(station: Station) -> None:
    station.store.close()
    path = station.store.directory / database.FILE_NAME
    before = path.read_bytes()
    with pytest.raises(KnownError, match="E-507"):
        Store(station.store.directory, bytes(32))
    assert path.read_bytes() == before


def test_a_truncated_database_is_named(station: Station) -> None:
    for _ in range(20):
        cases.register(station, intake=wage_intake())
    key = station.store.key
    station.store.close()
    path = station.store.directory / database.FILE_NAME
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def open_and_read() -> None:
        store = Store(station.store.directory, key)
        store.reference()
        lists.cases(Station(store, station.clock, station.user))

    with pytest.raises(KnownError, match=r"E-50[78]"):
        open_and_read()


def test_a_foreign_database_is_named(tmp_path: Path) -> None:
    key = bytes(range(32))
    con = sqlcipher.connect(str(tmp_path / database.FILE_NAME))
    con.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    con.execute("CREATE TABLE other(x)")
    con.commit()
    con.close()
    with pytest.raises(KnownError, match="E-507"):
        Store(tmp_path, key)


def test_a_database_of_a_newer_program_is_refused(station: Station) -> None:
    station.store.con.execute(f"PRAGMA user_version = {schema.TRUTH_VERSION + 1}")
    key = station.store.key
    station.store.close()
    with pytest.raises(KnownError, match="E-509"):
        Store(station.store.directory, key)


def test_a_migration_makes_a_copy_first_and_a_failed_one_changes_nothing(station: Station) -> None:
    cases.register(station, intake=wage_intake())
    store = station.store

    def add_column(con: database.Connection) -> None:
        con.execute("ALTER TABLE meta ADD COLUMN note TEXT")

    def fail(con: database.Connection) -> None:
        con.execute("DELETE FROM op")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        migrate.upgrade(store.con, store.path, steps={2: fail}, target=2)
    assert store.con.execute("SELECT count(*) FROM op").fetchone()[0] > 0
    assert migrate.upgrade(store.con, store.path, steps={2: add_column}, target=2) == 1
    copy = store.path.with_suffix(".db.v1.bak")
    con = database.connect(copy, store.key, readonly=True)
    assert con.execute("SELECT count(*) FROM op").fetchone() == store.con.execute("SELECT count(*) FROM op").fetchone()
    con.close()


def test_old_projections_are_folded_anew(station: Station) -> None:
    case = cases.register(station, intake=wage_intake()).case
    with station.store.raw_write() as con:
        con.execute("UPDATE meta SET value = '0' WHERE key = 'projection'")
        con.execute("DELETE FROM case_row")
    again = reopen(station)
    assert lists.cases(again)[0].rec == case
    assert consistency.check(again.store) == []


@pytest.mark.parametrize("change", ["DELETE FROM case_row", "UPDATE case_row SET amount = amount + 1"])
def test_the_proof_sees_a_projection_that_was_tampered_with(station: Station, change: str) -> None:
    cases.register(station, intake=wage_intake())
    station.store.con.execute(change)
    assert any("case_row" in fault for fault in consistency.check(station.store))


def test_the_proof_sees_a_changed_op_and_a_stale_index(station: Station) -> None:
    cases.register(station, intake=wage_intake())
    station.store.flush_index()
    station.store.con.execute("DELETE FROM idx")
    assert "search index differs from the fold" in consistency.check(station.store)
    changed = "CAST(replace(header, 'register', 'edit') AS BLOB)"
    station.store.con.execute(f"UPDATE op SET header = {changed} WHERE id % 4294967296 = 3")
    assert "head differs from the chain" in consistency.check(station.store)
