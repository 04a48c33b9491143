"""Looking at a bundle before importing it: it says what the import then does, and writes nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.services import cases, papers
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import bundles, looking, sharing, syncing
from station_app.services.travel.looking import Preview
from sync.contract import bundle
from sync.contract.errors import KnownError
from tests.support.district import District
from tests.support.stations import PASSWORD
from tests.sync.pcs import Join, go, register
from tests.sync.restoring import Backup
from tests.sync.test_bundles import carry


def look(station: Station, path: Path) -> Preview:
    """Look, and prove that nothing was written."""
    before = station.store.con.total_changes
    seen = looking.look(station, path=path)
    assert station.store.con.total_changes == before
    return seen


def pair(district: District, join: Join) -> tuple[Station, Station]:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    return one, two


def test_it_says_what_the_import_then_does(district: District, join: Join, tmp_path: Path) -> None:
    one, two = pair(district, join)
    theirs = register(two)
    cases.step(two, case=theirs, verb="accept")
    papers.issue(two, case=theirs, template="acceptance_register")
    go(district, two)
    mine = register(one)
    cases.step(one, case=mine, verb="accept")
    papers.issue(one, case=mine, template="acceptance_register")
    _, back = carry(district, one, tmp_path)
    seen = look(one, back)
    assert (seen.kind, seen.writer, seen.receiver) == (looking.ANSWER, looking.PLATFORM, looking.SELF)
    assert seen.can_import
    assert not seen.nothing_new
    assert (seen.number, seen.at) == (1, district.clock.now_ms())
    row = two.store.reader.execute("SELECT number, title FROM case_row WHERE rec = ?", (theirs,)).fetchone()
    (case,) = seen.cases
    assert (case.case, case.number, case.title, case.new) == (theirs, row[0], row[1], True)
    got = bundles.take(one, path=back)
    assert (seen.confirms, seen.fresh, seen.files) == (got.ops, got.pulled, got.blobs)
    assert seen.confirms > 0
    again = look(one, back)
    assert again.nothing_new
    assert (again.confirms, again.fresh) == (0, 0)


def test_what_is_here_is_known_and_an_old_case_is_named_from_here(
    district: District, join: Join, tmp_path: Path
) -> None:
    one, two = pair(district, join)
    case = register(one)
    go(district, one)
    go(district, two)
    cases.edit(two, case=case, values={case: {"place": "东门"}})
    go(district, two)
    _, back = carry(district, one, tmp_path)
    seen = look(one, back)
    (found,) = seen.cases
    assert (found.case, found.new, found.fresh) == (case, False, 1)
    assert found.title
    assert bundles.take(one, path=back).pulled == seen.fresh


def test_an_own_export_goes_to_the_platform(district: District, join: Join, tmp_path: Path) -> None:
    one, two = pair(district, join)
    register(one)
    made = bundles.export(one, to=tmp_path)
    seen = look(one, made.path)
    assert (seen.kind, seen.code, seen.receiver) == (looking.OWN, "E-550", looking.PLATFORM)
    assert "第 1 号" in seen.sentence
    with pytest.raises(KnownError, match="E-550"):
        bundles.take(one, path=made.path)
    other = look(two, made.path)
    assert (other.kind, other.code) == (looking.LETTER, "E-181"), "a colleague's export is not for this PC"
    assert other.fresh == 0


@pytest.mark.parametrize("spoil", ["cut", "changed", "signature", "magic", "empty", "swollen", "folder", "gone"])
def test_hostile_files_get_a_sentence(district: District, join: Join, tmp_path: Path, spoil: str) -> None:
    one = join("S1")
    register(one)
    _, back = carry(district, one, tmp_path)
    data = back.read_bytes()
    spoiled = {
        "cut": data[:-200],
        "changed": data[:400] + bytes([data[400] ^ 1]) + data[401:],
        "signature": data[:-1] + bytes([data[-1] ^ 1]),
        "magic": b"PK" + data[2:],
        "empty": b"",
        "swollen": data[:-64] + (2**31).to_bytes(4, "big") + data[-64:],
    }
    bad = tmp_path / "坏.gmb"
    if spoil == "folder":
        bad.mkdir()
    elif spoil != "gone":
        bad.write_bytes(spoiled[spoil])
    seen = look(one, bad)
    assert seen.code in ("E-182", "E-183", "E-516")
    assert not seen.can_import
    assert seen.sentence.endswith("。")
    assert seen.fresh == seen.confirms == 0


def test_a_sparse_giant_is_not_read(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    giant = tmp_path / "大.gmb"
    with giant.open("wb") as file:
        file.write(bundle.MAGIC)
        file.truncate(bundles.MOST_BYTES + 1)
    seen = look(one, giant)
    assert (seen.code, seen.size) == ("E-182", bundles.MOST_BYTES + 1)


def test_a_pipe_does_not_hang_it(district: District, join: Join, tmp_path: Path) -> None:
    one = join("S1")
    os.mkfifo(tmp_path / "管.gmb")
    assert look(one, tmp_path / "管.gmb").code == "E-182"


def test_an_answer_of_before_the_restore_is_refused_in_the_preview(
    district: District, join: Join, tmp_path: Path
) -> None:
    one, two = pair(district, join)
    backup = Backup(district)
    register(two)
    go(district, two)
    register(one)
    _, old = carry(district, one, tmp_path)
    backup.restore()
    go(district, one)
    assert look(one, old).code == "E-409"
    register(two)
    _, fresh = carry(district, two, tmp_path)
    seen = look(two, fresh)
    assert seen.restored, "the platform was restored: said before the import"
    assert not seen.nothing_new


def test_a_stranger_is_not_believed(district: District, join: Join, tmp_path: Path) -> None:
    one, stranger = join("S1"), join("S3")
    for station in (one, stranger):
        go(district, station)
    register(one)
    made = bundles.export(one, to=tmp_path)
    seen = look(stranger, made.path)
    assert (seen.kind, seen.writer, seen.code) == (looking.UNKNOWN, looking.OTHER, "E-181")


def test_a_letter_of_a_colleague_comes_by_hand(district: District, join: Join, tmp_path: Path) -> None:
    one, two = pair(district, join)
    folder = tmp_path / "share"
    folder.mkdir()
    settings.put(two, {"share.folder": str(folder)})
    case = register(two)
    sharing.exchange(two)
    letter = folder / sharing.FOLDER / f"{two.store.device}.{one.store.device}.gmb"
    seen = look(one, letter)
    assert (seen.kind, seen.writer, seen.confirms) == (looking.LETTER, looking.COLLEAGUE, 0)
    assert [c.case for c in seen.cases] == [case]
    waiting = syncing.status(one).unsent_ops
    assert bundles.take(one, path=letter).pulled == seen.fresh
    assert one.case(case)
    assert syncing.status(one).unsent_ops == waiting
    assert look(one, letter).nothing_new


def test_by_command(district: District, join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = pair(district, join)
    register(two)
    go(district, two)
    register(one)
    made, (_, back) = bundles.export(one, to=tmp_path), carry(district, one, tmp_path)
    (tmp_path / "pw").write_text(PASSWORD)
    who = ["--data-dir", str(one.store.directory), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["bundle", "look", str(back), "--json", *who]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["kind"], len(seen["cases"]), seen["code"]) == ("answer", 1, "")
    assert run(["bundle", "look", str(back), *who]) == 0
    said = capsys.readouterr().out
    assert f"确认已收到本机 {seen['confirms']} 条记录" in said
    assert "新案件  田志强与演示宏川劳务有限公司拖欠农民工工资纠纷" in said
    assert run(["bundle", "look", str(made.path), *who]) == 1
    shown = capsys.readouterr()
    assert "由本机写出，给区级平台" in shown.out
    assert "E-550" in shown.err
