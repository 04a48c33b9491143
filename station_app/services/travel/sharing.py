"""共享文件夹: the PCs of one station exchange their records through a folder, every minute, without the district.

Each PC writes one letter to each colleague (`<sender>.<receiver>.gmb`), encrypted and signed, whole or not at all; it
reads those addressed to it. What came counts as any record of the station; the district still receives it from the PC
that wrote it, so nothing is doubled and nothing counts as uploaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import keys
from station_app.services.travel.link import StationLedger
from station_app.store import files, intake
from station_app.store.peers import sharing
from station_app.store.upkeep import went_back
from sync.contract.chain import run_over
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from sync.client.ledger import Incoming, Outgoing
    from sync.client.sharing import Colleague, Letter, Ops, Said

FOLDER: Final = "station-share"
"""Own folder inside the shared one: everything else there is nobody's business."""
SECONDS: Final = 60
MOST_BYTES: Final = 64 * 1024 * 1024
"""A larger file is no letter of ours."""
_BATCH: Final = 1024 * 1024
_BATCHES: Final = 4
_READ_AT_ONCE: Final = 50
_BLOB_BYTES: Final = 8 * 1024 * 1024
"""What one letter carries at most; the rest follows when the colleague has taken this."""
_NAME = re.compile(r"(d-[0-9a-f]{16})\.(d-[0-9a-f]{16})\.gmb")
_STATE: Final = "share.state"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file in the folder that was not used: its name, the code of the reason."""

    name: str
    code: str


@dataclass(slots=True)
class Exchange:
    """One round: letters read and written, ops and files that came, files left alone, colleagues known."""

    read: int = 0
    written: int = 0
    ops: int = 0
    blobs: int = 0
    colleagues: int = 0
    ignored: list[Ignored] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sharing:
    """How it stands: the folder ("" for none), ms of the last good round, code of the last fault, files left alone."""

    folder: str
    last: int
    error: str
    colleagues: int
    ignored: tuple[Ignored, ...]


def status(station: Station) -> Sharing:
    """What the page and the command say."""
    state = _state(station)
    ignored = tuple(Ignored(str(name), str(code)) for name, code in state.get("ignored", []))
    return Sharing(
        settings.get(station, "share.folder"),
        int(state.get("last", 0)),
        str(state.get("error", "")),
        len(colleagues(station)),
        ignored,
    )


def due(station: Station) -> bool:
    """Whether the next round should begin now; reads two settings."""
    if not settings.get(station, "share.folder"):
        return False
    tried = int(_state(station).get("tried", 0))
    return not 0 <= station.clock.now_ms() - tried < SECONDS * 1000


def exchange(station: Station) -> Exchange | None:
    """Read what colleagues wrote, write what they lack; None without a folder. E-184 where it cannot be reached.

    Files that are not a colleague's letter are left where they are and listed. E-107 before the first enrolment: only
    the district can say who is a colleague.
    """
    folder = settings.get(station, "share.folder")
    if not folder:
        return None
    place = Path(folder) / FOLDER
    _note(station, {"tried": station.clock.now_ms()})
    try:
        place.mkdir(exist_ok=True)  # not its parents: a share that is gone must not become a local folder
        done = _round(station, place)
    except OSError as error:
        _note(station, {"error": "E-184"})
        raise KnownError("E-184", folder=folder) from error
    except KnownError as error:
        _note(station, {"error": error.code})
        raise
    listed = [[i.name, i.code] for i in done.ignored]
    _note(station, {"error": "", "last": station.clock.now_ms(), "ignored": listed})
    return done


def _round(station: Station, place: Path) -> Exchange:
    done, ledger = Exchange(), StationLedger(station)
    ledger.server()
    mates = colleagues(station)
    done.colleagues = len(mates)
    said = _heard(station)
    for path in sorted(place.iterdir()):
        _look(station, path, mates, said, done)
    _remember(station, said)
    if mates:
        keys.ensure(station)
    for mate in mates.values():
        done.written += _answer(station, ledger, place, mate, said.get(mate.device))
    return done


# -- reading --------------------------------------------------------------------------------------------------------


def _look(station: Station, path: Path, mates: Mapping[str, Colleague], said: dict[str, Said], done: Exchange) -> None:
    from sync.client import sharing as letters

    named = _NAME.fullmatch(path.name)
    if named is not None and named[2] != station.store.device:
        return  # somebody else's letter, or our own
    if path.name.startswith(".") and path.name.endswith(".part"):
        return  # being written
    try:
        if named is None:
            raise KnownError("E-182", what="name")
        data = _bytes(path)
        mark, key = hashlib.sha256(data).hexdigest(), f"read:{named[1]}"
        if _state(station).get(key) == mark:
            return
        letter = letters.read(
            data, device=station.store.device, private=station.store.secret("seal_key"), colleagues=mates
        )
        if letter.sender != named[1]:
            raise KnownError("E-183", sender=letter.sender)
        _take(station, mates[letter.sender], letter, done)
    except KnownError as error:
        done.ignored.append(Ignored(path.name, error.code))
        return
    said[letter.sender] = letter.said
    _note(station, {key: mark})
    done.read += 1


def _bytes(path: Path) -> bytes:
    """A regular file of a possible size; nothing is followed, nothing larger is read."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
        raise KnownError("E-182", what="no letter")
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _take(station: Station, mate: Colleague, letter: Letter, done: Exchange) -> None:
    _notice(station, letter.said)
    for push in letter.pushes:
        _take_ops(station, mate, push, done)
    asked = _lacking_here(station) if letter.blobs else {}
    for case, name, data in letter.blobs:
        file = asked.get((case, name))
        done.blobs += file is not None and files.keep(station.store, file, data)


def _notice(station: Station, said: Said) -> None:
    """A colleague holds ops of this PC that are not here: this disk went back, or another PC works as this one. Nothing
    says which before the ops themselves come back from the district, so both are named (E-559).
    """
    own, now = sharing.own_places(station.store), station.clock.now_ms()
    if any(count > own.get(inst, 0) for inst, count in said.have.items()) and not went_back.told(station.store, now)[0]:
        went_back.note(station.store, went_back.EITHER, now, 0)


def _take_ops(station: Station, mate: Colleague, push: Ops, done: Exchange) -> None:
    for inst in _fitting(station, mate, push):
        incoming = push.incoming(inst)
        done.ops += intake.take_shared(station.store, incoming, push.certificate, station.clock.now_ms())


def _fitting(station: Station, mate: Colleague, push: Ops) -> Iterator[str]:
    """A run counts only where it continues that device's own chain; one behind a gap waits for the missing part."""
    for run in push.certificate.runs:
        before = push.opens.get(run.inst)
        fits = before is not None and sharing.follows(station.store, mate.device, before, run)
        if fits is False:
            raise KnownError("E-185", device=mate.device)
        if fits:
            yield run.inst


def read_letter(station: Station, data: bytes) -> Letter:
    """A letter that came by hand, opened and verified; E-181, E-182, E-183."""
    from sync.client import sharing as letters

    private = station.store.secret("seal_key")
    return letters.read(data, device=station.store.device, private=private, colleagues=colleagues(station))


def take_letter(station: Station, data: bytes) -> Exchange:
    """Take in a letter that came by hand; E-185 where it does not continue what is here, and as `read_letter`."""
    letter, done = read_letter(station, data), Exchange()
    _take(station, colleagues(station)[letter.sender], letter, done)
    return done


def opened_letter(station: Station, data: bytes) -> tuple[list[Incoming], int]:
    """What taking a letter in would look at: its ops that continue what is here, and how many of its files are lacking
    here. Errors as of `take_letter`; nothing is written.
    """
    letter = read_letter(station, data)
    mate = colleagues(station)[letter.sender]
    ops = [op for push in letter.pushes for inst in _fitting(station, mate, push) for op in push.incoming(inst)]
    lacking = {(f.case, f.id) for f in files.lacking(station.store, station.clock.now_ms())} if letter.blobs else set()
    return ops, len({(case, name) for case, name, _ in letter.blobs} & lacking)


# -- writing --------------------------------------------------------------------------------------------------------


def _answer(station: Station, ledger: StationLedger, place: Path, mate: Colleague, heard: Said | None) -> int:
    """Write the letter to a colleague anew where it would say something else; 1 when it was."""
    from sync.client import sharing as letters
    from sync.client.sharing import Said

    store = station.store
    opens = sharing.own_openings(store)
    outs = [(out, opens) for out in _lacking_there(ledger, heard)]
    blobs = list(_files_for(station, heard))
    lacking = list(_lacking_here(station))
    have = sharing.reach(store, sorted(heard.mine)) if heard else {}
    said = Said(have, sharing.own_places(store), lacking)
    runs = [[run.inst, run.first, len(run.ops)] for out, _ in outs for run in out.runs]
    essence = json.dumps([said.have, said.mine, said.lacking, runs, [b[1] for b in blobs]], sort_keys=True)
    key, mark = f"sent:{mate.device}", hashlib.sha256(essence.encode()).hexdigest()
    path = place / f"{store.device}.{mate.device}.gmb"
    if _state(station).get(key) == mark and path.exists():
        return 0
    number = int(_state(station).get("number", 0)) + 1
    data = letters.write(ledger, mate, said, pushes=outs, blobs=blobs, number=number, now_ms=station.clock.now_ms())
    _write(path, data)
    _note(station, {key: mark, "number": number})
    return 1


def _lacking_here(station: Station) -> dict[tuple[str, str], files.Named]:
    """Files that records here name and whose bytes are not here."""
    while intake.read_later(station.store, _READ_AT_ONCE, papers=True):
        pass
    return {(f.case, f.id): f for f in files.lacking(station.store, station.clock.now_ms())}


def _lacking_there(ledger: StationLedger, heard: Said | None) -> Iterator[Outgoing]:
    """Own ops the colleague does not have, as far as it said; before it ever spoke, those the district lacks."""
    from sync.client.ledger import Mark

    marks = dict(ledger.acked())
    if heard is not None:
        places = {inst: min(seq, 0xFFFFFFFF) for inst, seq in heard.have.items()}
        heads = {inst: ledger.head_at(inst, seq) for inst, seq in places.items() if seq}
        marks = {inst: Mark(places[inst], head) for inst, head in heads.items() if head is not None}
    for _ in range(_BATCHES):
        out = ledger.unsent(_BATCH, marks)
        if out is None:
            return
        yield out
        for run in out.runs:
            end = run_over(run.inst, run.first, run.before, [header for header, _ in run.ops])
            marks[run.inst] = Mark(end.last, end.head)


def _files_for(station: Station, heard: Said | None) -> Iterator[tuple[str, str, bytes]]:
    """Files held here that the colleague asked for."""
    if heard is None or not heard.lacking:
        return
    store, wanted, room = station.store, set(heard.lacking), _BLOB_BYTES
    for file in (*files.waiting(store), *files.sent_before(store)):
        if (file.case, file.id) in wanted and room > 0:
            wanted.discard((file.case, file.id))
            data = files.sealed(store, file)
            room -= len(data)
            yield file.case, file.id, data


def _write(path: Path, data: bytes) -> None:
    """Beside it, durably, then in its place: nobody ever reads half a letter."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


# -- what is remembered ---------------------------------------------------------------------------------------------


def colleagues(station: Station) -> dict[str, Colleague]:
    """The other PCs of this station by device, as the district's directory has them."""
    from sync.client.sharing import Colleague

    code = station.store.setting("station.code")
    found = sharing.colleagues(station.store, code, station.clock.now_ms())
    return {device: Colleague(device, sign, seal) for device, (sign, seal) in found.items()}


def _state(station: Station) -> dict[str, Any]:
    raw = station.store.setting(_STATE)
    found: dict[str, Any] = json.loads(raw) if raw else {}
    return found


def _note(station: Station, values: Mapping[str, object]) -> None:
    station.store.set_settings({_STATE: json.dumps({**_state(station), **values}, ensure_ascii=False)})


def _heard(station: Station) -> dict[str, Said]:
    """What each colleague said last."""
    from sync.client.sharing import Said

    raw = json.loads(station.store.setting("share.heard") or "{}")
    return {d: Said(s["have"], s["mine"], [(c, n) for c, n in s["lacking"]]) for d, s in raw.items()}


def _remember(station: Station, said: Mapping[str, Said]) -> None:
    text = json.dumps({d: {"have": s.have, "mine": s.mine, "lacking": s.lacking} for d, s in said.items()})
    if text != station.store.setting("share.heard", "{}"):
        station.store.set_settings({"share.heard": text})
