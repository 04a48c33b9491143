"""A later version from a stick or share: fetched, checked, put in force, gone back from; and what goes wrong then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from station_app import launcher
from station_app.services import cases
from station_app.services.local import backup, release, settings
from station_app.services.reading import lists
from station_app.services.updating import applying, fetching, memory, sources, standing
from station_app.store import database, sealing
from sync.contract.errors import KnownError
from sync.contract.releasing.release import FILES, MANIFEST, SIGNATURE
from tests.killing.dying import DiedError, Fate, files_count
from tests.services.updating.conftest import CHANGED, SAME, Pc
from tests.support.stations import wage_intake


def code(work: Callable[[], object]) -> KnownError:
    """What it is refused with."""
    with pytest.raises(KnownError) as refused:
        work()
    return refused.value


def test_looked_at_fetched_put_in_force_and_gone_back_from(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = pc.publish()
    found = fetching.check(pc.station, folder=stick)
    assert (found.running, found.version, found.notes) == ("0.2.0", "0.3.0", "修正了…")
    assert found.missing < found.size - len(SAME) + 1, "what the version here has need not come again"
    told: list[tuple[int, int]] = []
    done = fetching.fetch(pc.station, folder=stick, progress=lambda d, of: told.append((d, of)))
    assert (done.version, done.fetched) == ("0.3.0", found.missing)
    assert told[-1] == (found.missing, found.missing)
    assert fetching.fetch(pc.station, folder=stick).fetched == 0
    assert pc.starts() == "0.2.0"

    applied = applying.apply(pc.station)
    assert (applied.version, applied.before, pc.starts()) == ("0.3.0", "0.2.0", "0.3.0")
    seen = backup.look(applied.backup)
    assert seen.station == "东坑社区科学城工地群众诉求服务站"
    new = launcher.folder(pc.home, "0.3.0")
    assert (new / "_internal/same.bin").read_bytes() == SAME
    assert (new / "_internal/again.bin").samefile(new / "_internal/changed.bin"), "one library is one file"
    assert not list(memory.folder(pc.station.store.directory).glob("0.*")), "what was fetched is in its place"
    assert standing.standing(pc.station.store.directory).next == "0.3.0"

    # the next start runs it; what is recorded then stays when one goes back
    monkeypatch.setenv(launcher.VERSION, "0.3.0")
    memory.note_opened(pc.station)
    release.prove()
    assert launcher.read(pc.home) == launcher.Pointer("0.3.0", "0.2.0")
    cases.register(pc.station, intake=wage_intake())
    assert applying.go_back(pc.station.store.directory, 5) == "0.2.0"
    monkeypatch.setenv(launcher.VERSION, "0.2.0")
    state = standing.standing(pc.station.store.directory)
    assert (state.running, state.next, state.done, state.done_version) == ("0.2.0", "", "back", "0.2.0")
    assert lists.count(pc.station) == 1
    assert code(lambda: applying.go_back(pc.station.store.directory, 6)).code == "E-567"


@pytest.mark.parametrize("spoil", ["", "{"])
def test_without_a_pointer_the_running_version_stays_the_one_to_go_back_to(pc: Pc, spoil: str) -> None:
    """An installer leaves no pointer; a version that merely lies beside it must not be taken for the one in force."""
    (pc.home / launcher.POINTER).unlink() if not spoil else (pc.home / launcher.POINTER).write_text(spoil)
    fetching.fetch(pc.station, folder=pc.publish())
    with pytest.raises(DiedError), files_count(Fate(9), pc.home):
        applying.apply(pc.station)
    assert pc.starts() == "0.2.0"
    assert applying.apply(pc.station).before == "0.2.0"


def test_nothing_later_is_said(pc: Pc) -> None:
    assert fetching.check(pc.station, folder=pc.publish("0.2.0")).version == ""
    assert code(lambda: fetching.fetch(pc.station, folder=pc.publish("0.1.9"))).code == "E-564"
    assert code(lambda: fetching.check(pc.station, folder=pc.place / "nothing")).code == "E-570"
    assert memory.read(pc.station.store.directory).error == "E-570"
    assert code(lambda: applying.apply(pc.station)).code == "E-566"


def test_of_several_on_a_share_the_latest_that_may_follow_counts(pc: Pc) -> None:
    share = pc.place / "share"
    share.mkdir()
    pc.publish("0.9.0").rename(share / "0.9.0")
    pc.publish("0.10.0").rename(share / "0.10.0")
    pc.publish("1.0", least="0.10.0").rename(share / "1.0")
    settings.put(pc.station, {"update.folder": str(share)})
    assert fetching.check(pc.station).version == "0.10.0"


def test_who_did_not_sign_it_is_not_believed(pc: Pc) -> None:
    strange = pc.publish(key=sealing.new_sign_key(), name="strange")
    assert code(lambda: fetching.check(pc.station, folder=strange)).code == "E-560"
    changed = pc.publish(name="changed")
    text = (changed / MANIFEST).read_bytes()
    (changed / MANIFEST).write_bytes(text.replace("修正了".encode(), "修改了".encode()))
    assert code(lambda: fetching.fetch(pc.station, folder=changed)).code == "E-560"
    (changed / SIGNATURE).write_bytes(b"")
    assert code(lambda: fetching.fetch(pc.station, folder=changed)).code == "E-560"
    settings.put(pc.station, {"update.key": ""})
    assert code(lambda: fetching.check(pc.station, folder=pc.publish(name="good"))).code == "E-560"
    assert pc.starts() == "0.2.0"


def test_a_file_that_is_spoiled_at_its_source_is_refused_and_nothing_of_it_kept(pc: Pc) -> None:
    stick = pc.publish()
    big = next(p for p in (stick / FILES).iterdir() if p.stat().st_size == len(CHANGED))
    big.write_bytes(CHANGED[:-1] + b"!")
    assert code(lambda: fetching.fetch(pc.station, folder=stick)).code == "E-561"
    big.write_bytes(CHANGED[:500])
    assert code(lambda: fetching.fetch(pc.station, folder=stick)).code == "E-561"
    assert code(lambda: applying.apply(pc.station)).code == "E-566"
    big.write_bytes(CHANGED)
    pc.station.store.directory.joinpath("updates").exists()
    fetching.fetch(pc.station, folder=stick)
    assert applying.apply(pc.station).version == "0.3.0"


def test_what_was_cut_is_gone_on_with(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick taken out at every piece in turn: no byte is read twice."""
    stick, read = pc.publish(), 0
    real = sources.FolderSource.pieces
    tries = 0

    def once(self: sources.FolderSource, version: str, parts: sources.Parts) -> list[bytes]:
        nonlocal read, tries
        tries += 1
        if tries % 2 == 0:
            raise KnownError("E-570", folder="stick")
        pieces = real(self, version, parts)
        read += sum(map(len, pieces))
        return pieces

    monkeypatch.setattr(sources.FolderSource, "pieces", once)
    wanted = fetching.check(pc.station, folder=stick).missing
    cuts = set()
    for _ in range(50):
        try:
            fetching.fetch(pc.station, folder=stick)
            break
        except KnownError as error:
            cuts.add(error.code)
    assert cuts == {"E-570"}
    assert (read, pc.part()) == (wanted, 0)
    assert applying.apply(pc.station).version == "0.3.0"


def test_a_full_disk_is_said_before_and_while(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = pc.publish()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 << 20))
        refused = code(lambda: fetching.fetch(pc.station, folder=stick))
        assert (refused.code, refused.values["mb"]) == ("E-562", 10)
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(fetching.os, "fsync", full)
        assert code(lambda: fetching.fetch(pc.station, folder=stick)).code == "E-513"
    fetching.fetch(pc.station, folder=stick)
    with monkeypatch.context() as patch:
        patch.setattr(applying, "_take", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert code(lambda: applying.apply(pc.station)).code == "E-513"
    assert pc.starts() == "0.2.0"
    assert launcher.installed(pc.home) == ["0.2.0"]
    assert applying.apply(pc.station).version == "0.3.0"


def test_dead_at_each_step_the_version_before_or_the_new_one_starts_whole(pc: Pc) -> None:
    """The process ends before each file operation of putting in force; then it is begun again and goes through."""
    fetching.fetch(pc.station, folder=pc.publish())
    staged = memory.folder(pc.station.store.directory)
    shutil.copytree(staged, pc.place / "staged")
    counted = Fate()
    with files_count(counted, pc.place):
        applying.apply(pc.station)
    assert counted.count > 30
    for at in range(1, counted.count + 1):
        for path in pc.home.joinpath("versions").iterdir():
            if path.name != "0.2.0":
                shutil.rmtree(path)
        launcher.put(pc.home, launcher.Pointer("0.2.0"))
        shutil.rmtree(staged)
        shutil.copytree(pc.place / "staged", staged)
        with pytest.raises(DiedError), files_count(Fate(at), pc.place):
            applying.apply(pc.station)
        starts = pc.starts()
        assert starts in ("0.2.0", "0.3.0"), at
        assert starts in launcher.installed(pc.home), at
        if starts == "0.3.0":
            assert launcher_files(pc, starts), at
        elif fetching.staged(pc.station) is not None:
            assert applying.apply(pc.station).version == "0.3.0", at


def launcher_files(pc: Pc, version: str) -> list[Path]:
    """All files of a version, each as its manifest says."""
    from sync.contract.releasing.release import from_bytes

    folder = launcher.folder(pc.home, version)
    release_ = from_bytes((folder / MANIFEST).read_bytes())
    for file in next(iter(release_.platforms.values())):
        assert fetching.hash_of(folder / file.path) == file.sha256, file.path
    return sorted(folder.rglob("*"))


def test_a_database_of_a_later_form_is_not_gone_back_from(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    fetching.fetch(pc.station, folder=pc.publish())
    applying.apply(pc.station)
    monkeypatch.setenv(launcher.VERSION, "0.3.0")
    pc.station.store.con.execute("PRAGMA user_version = 2")
    memory.note_opened(pc.station)
    refused = code(lambda: applying.go_back(pc.station.store.directory, 5))
    assert (refused.code, refused.values) == ("E-568", {"version": "0.2.0", "have": 2, "can": 1})
    assert pc.starts() == "0.3.0"
    pc.station.store.con.execute("PRAGMA user_version = 1")
    assert database.one(pc.station.store.con, "PRAGMA user_version") == (1,)


def test_a_version_that_fell_back_is_not_taken_again_by_itself(pc: Pc) -> None:
    settings.put(pc.station, {"update.when": "closing", "update.folder": str(pc.publish())})
    assert standing.in_background(pc.station).offered == "0.3.0"
    assert standing.at_closing(pc.station).next == "0.3.0"
    for _ in range(2):
        assert launcher.choose(pc.home) == "0.3.0"
    assert launcher.choose(pc.home) == "0.2.0"
    state = standing.standing(pc.station.store.directory)
    assert (state.fell, state.next, state.offered) == ("0.3.0", "", "0.3.0")
    standing.in_background(pc.station)
    assert standing.at_closing(pc.station).next == ""
    fetching.fetch(pc.station)
    applying.apply(pc.station)
    assert standing.standing(pc.station.store.directory).fell == "", "a person may try once more"


def test_what_the_unit_wants_is_done_at_closing_only(pc: Pc) -> None:
    settings.put(pc.station, {"update.folder": str(pc.publish())})
    standing.in_background(pc.station)
    assert fetching.staged(pc.station) is None, "nothing is fetched unasked"
    fetching.fetch(pc.station)
    assert standing.at_closing(pc.station).next == ""
    settings.put(pc.station, {"update.when": "closing", "update.folder": str(pc.place / "gone")})
    memory.keep(pc.station.store.directory, asked=0)
    assert standing.due(pc.station), "the last look is long ago"
    assert standing.in_background(pc.station).error == "E-570"
    assert not standing.due(pc.station)
    assert standing.at_closing(pc.station).next == "0.3.0"


def test_packages_own_the_program(pc: Pc) -> None:
    """The checked package is laid ready for whoever may install it; nothing of the program changes."""
    (pc.home / launcher.MANAGED).write_text("deb\n")
    package = pc.place / "station_0.3.0_amd64.deb"
    package.write_bytes(b"package")
    from datetime import date

    from station_app.services.updating import making, trusting

    out = pc.place / "with-package"
    making.make(
        {trusting.kind(packages=True): package}, version="0.3.0", least="0.0", issued=date(2026, 11, 1), notes="",
        private_key=pc.key, out=out,
    )  # fmt: skip
    fetching.fetch(pc.station, folder=out)
    refused = code(lambda: applying.apply(pc.station))
    assert refused.code == "E-563"
    assert Path(str(refused.values["file"])).read_bytes() == b"package"
    assert Path(str(refused.values["file"])).name == package.name
    assert launcher.installed(pc.home) == ["0.2.0"]
    assert code(lambda: applying.go_back(pc.station.store.directory, 5)).code == "E-563"


def test_a_program_without_versions_beside_it_says_so(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    fetching.fetch(pc.station, folder=pc.publish())
    monkeypatch.delenv(launcher.HOME)
    assert code(lambda: applying.apply(pc.station)).code == "E-563"
    assert not standing.standing(pc.station.store.directory).updates
    (memory.folder(pc.station.store.directory) / "state.json").write_text(json.dumps({"asked": "x", "recalled": [1]}))
    assert memory.read(pc.station.store.directory).asked == 0
