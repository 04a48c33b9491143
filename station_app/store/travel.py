"""What travelling reads and keeps: own chains against what is confirmed, cursors, histories, directory, files.

Reading goes through the calling thread's own reader: what another thread has not committed is never sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from station_app.store import database
from station_app.store.core import Store
from station_app.store.database import Connection
from sync.contract.chain import NO_HEAD, next_head, opening_head
from sync.contract.errors import BugError
from sync.contract.op import parse_header
from sync.contract.wire import unb64

_AN_HOUR_MS: Final = 3_600_000
COUNTERS_AT_ONCE: Final = 256
SPELL: Final = "link.spell."
"""Setting in which stands, by stream, in which spell of the server its cursor was read (PROTOCOL 6, spells)."""
"""Request counters taken in one durable step; a crash skips the rest of them."""

Place = tuple[int, bytes]
"""(sequence number, head after it)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive own ops of one incarnation; `opened` is the head before the incarnation where it begins here."""

    inst: str
    first: int
    before: bytes
    ops: list[tuple[bytes, bytes | None]]
    opened: bytes | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not confirmed yet."""

    ops: int
    cases: int


_THROUGH: Final = "PRAGMA cache_size = -4000"
"""Pages are passed once in a round; keeping 32 MB of them would serve nobody."""


@contextmanager
def passing_through(store: Store) -> Iterator[None]:
    """The calling thread's reader keeps few pages meanwhile: a round reads each op once, from first to last."""
    store.reader.execute(_THROUGH)
    try:
        yield
    finally:
        store.reader.execute(database.CACHE)


def own_incarnations(store: Store) -> list[tuple[int, str, str, bytes, int]]:
    """(number, incarnation, device, head before, last sequence) of own incarnations in the order they were opened."""
    rows = store.reader.execute(
        "SELECT no, inst, device, before, (SELECT max(id) FROM op WHERE id >= i.no << 32 AND id < (i.no + 1) << 32)"
        " FROM inst i WHERE own = 1 ORDER BY no"
    )
    return [(int(no), str(i), str(d), bytes(b), int(last or 0) & 0xFFFFFFFF) for no, i, d, b, last in rows]


def confirmed(store: Store) -> dict[str, Place]:
    """What the server has confirmed, by incarnation."""
    rows = store.reader.execute("SELECT inst, seq, head FROM acked")
    return {str(inst): (int(seq), bytes(head)) for inst, seq, head in rows}


def confirm(store: Store, places: Mapping[str, Place], at_ms: int) -> None:
    """Replace what is confirmed of these incarnations. The server knows it and says it anew in each hello, so that the
    next batch does not wait for the disk.
    """
    with store.raw_write(durable=False) as con:
        con.executemany(
            "INSERT OR REPLACE INTO acked VALUES(?, ?, ?, ?)",
            [(inst, seq, head, at_ms) for inst, (seq, head) in places.items()],
        )


def position(store: Store) -> tuple[str, int, bytes]:
    """(incarnation, sequence, head) of the chain written last; incarnation "" before the first op."""
    no, seq, head = database.one(store.reader, "SELECT inst, seq, head FROM head")
    row = store.reader.execute("SELECT inst FROM inst WHERE no = ?", (no,)).fetchone()
    return (str(row[0]), int(seq), bytes(head)) if row else ("", 0, bytes(head))


def head_at(store: Store, inst: str, seq: int) -> bytes | None:
    """Head of an own incarnation after op `seq`; None where it is not ours or does not reach so far."""
    row = store.reader.execute("SELECT no, device, before FROM inst WHERE inst = ? AND own = 1", (inst,)).fetchone()
    if row is None:
        return None
    no, head, done = int(row[0]), opening_head(str(row[1]), inst, bytes(row[2])), 0
    mark = confirmed(store).get(inst)
    if mark is not None and mark[0] <= seq:
        done, head = mark
    ops = store.reader.execute(
        "SELECT header FROM op WHERE id > ? AND id <= ? ORDER BY id", (no << 32 | done, no << 32 | seq)
    )
    for (header,) in ops:
        head, done = next_head(head, bytes(header)), done + 1
    return head if done == seq else None


def unsent(store: Store, limit: int, beyond: Mapping[str, Place]) -> list[Chunk]:
    """Own ops beyond these places, up to about `limit` bytes of headers and bodies (at least one op)."""
    chunks: list[Chunk] = []
    room = limit
    for no, inst, device, before, last in own_incarnations(store):
        done, head = beyond.get(inst) or (0, opening_head(device, inst, before))
        if done >= last:
            continue
        ops, room = _read(store, no, done, room, least=0 if chunks else 1)
        if ops:
            chunks.append(Chunk(inst, done + 1, head, ops, before if done == 0 else None))
        if room <= 0:
            break
    return chunks


def _read(store: Store, no: int, done: int, room: int, *, least: int) -> tuple[list[tuple[bytes, bytes | None]], int]:
    ops: list[tuple[bytes, bytes | None]] = []
    rows = store.reader.execute(
        "SELECT id, header, body FROM op WHERE id > ? AND id < ? ORDER BY id", (no << 32 | done, (no + 1) << 32)
    )
    for key, header, body in rows:
        size = len(header) + len(body or b"")
        if size > room and len(ops) >= least:
            return ops, 0
        if int(key) & 0xFFFFFFFF != done + len(ops) + 1:
            break  # what lies beyond a gap came from the server, which has since lost what closed it
        ops.append((bytes(header), None if body is None else bytes(body)))
        room -= size
    return ops, room


def waiting_ops(store: Store) -> int:
    """How many ops the server has not confirmed; quicker than `waiting`."""
    marks = confirmed(store)
    return sum(max(0, last - marks.get(inst, (0, b""))[0]) for _, inst, _, _, last in own_incarnations(store))


def waiting(store: Store) -> Waiting:
    """How many ops, and of how many cases, the server has not confirmed."""
    marks = confirmed(store)
    ops, cases = 0, set[int]()
    for no, inst, _, _, last in own_incarnations(store):
        done = marks.get(inst, (0, b""))[0]
        if done < last:
            ops += last - done
            rows = store.reader.execute(
                "SELECT DISTINCT case_id FROM op WHERE id > ? AND id < ?", (no << 32 | done, (no + 1) << 32)
            )
            cases |= {int(r[0]) for r in rows}
    return Waiting(ops, len(cases - {0}))


def waiting_by_case(store: Store) -> list[tuple[int, int, int, int]]:
    """(case, ops, bytes, ms of the oldest) of what the server has not confirmed; case 0 for ops about none."""
    marks = confirmed(store)
    found: dict[int, list[int]] = {}
    for no, inst, _, _, last in own_incarnations(store):
        done = marks.get(inst, (0, b""))[0]
        if done < last:
            rows = store.reader.execute(
                "SELECT case_id, count(*), sum(length(header) + coalesce(length(body), 0)), min(header ->> 'wall')"
                " FROM op WHERE id > ? AND id < ? GROUP BY case_id",
                (no << 32 | done, (no + 1) << 32),
            )
            for case_id, count, size, wall in rows:
                entry = found.setdefault(int(case_id), [0, 0, int(wall)])
                entry[0] += int(count)
                entry[1] += int(size)
                entry[2] = min(entry[2], int(wall))
    return [(case_id, *entry) for case_id, entry in found.items()]  # type: ignore[misc]  # three numbers each


def unnumbered(store: Store) -> list[str]:
    """Own incarnations with ops whose server number is not known yet, and the present one."""
    present = store.reader.execute("SELECT inst FROM head").fetchone()
    found = []
    for no, inst, _, _, last in own_incarnations(store):
        row = store.reader.execute("SELECT rev FROM op WHERE id = ?", (no << 32 | last,)).fetchone()
        if no == present[0] or (row is not None and row[0] is None):
            found.append(inst)
    return found


def adopt(store: Store, places: Mapping[str, Place], at_ms: int) -> set[str]:
    """Note as confirmed what the server has of this device's incarnations beyond what is here (restored PC, clone).

    Asked after everything that may be read was fetched: what still lacks is of cases that are granted no longer. The
    server has it, nothing of it is to be sent, and asking again would bring nothing.
    """
    _own_again(store, places)
    taken = {inst: place for inst, place in places.items() if head_at(store, inst, place[0]) is None}
    confirm(store, taken, at_ms)
    return set(taken)


def _own_again(store: Store, places: Mapping[str, Place]) -> None:
    """Incarnations of this device that a restored PC did not know and got back are its own again, so that it sends them
    where the server is restored as well. Their first op is certified together with the head that opened them, which
    names device and head before (CONTRACT 3): the head before is sought among the own ones.
    """
    waiting = {str(r[0]): int(r[1]) for r in store.reader.execute("SELECT inst, no FROM inst WHERE own = 0")}
    openings = {i: _certified_opening(store, i, waiting[i]) for i in places if i in waiting}
    while True:
        heads = {NO_HEAD, *_own_heads(store)} if any(openings.values()) else set[bytes]()
        found = [
            (store.device, before, inst)
            for inst, opening in openings.items()
            for before in heads
            if opening and opening_head(store.device, inst, before) == opening
        ]
        if not found:
            return
        with store.raw_write() as con:
            con.executemany("UPDATE inst SET own = 1, device = ?, before = ? WHERE inst = ?", found)
        for _, _, inst in found:
            del openings[inst]


def _certified_opening(store: Store, inst: str, no: int) -> bytes:
    """The head before the first op of an incarnation as its certificate has it; empty where that op is not here."""
    row = store.reader.execute(
        "SELECT c.runs FROM op o JOIN cert c ON c.id = o.cert WHERE o.id = ?", (no << 32 | 1,)
    ).fetchone()
    runs = json.loads(row[0]) if row else []
    return next((unb64(run["before"]) for run in runs if run["inst"] == inst and run["first"] == 1), b"")


def _own_heads(store: Store) -> Iterator[bytes]:
    """Every head of the own chains."""
    for no, inst, device, before, _ in own_incarnations(store):
        head = opening_head(device, inst, before)
        rows = store.reader.execute(
            "SELECT header FROM op WHERE id > ? AND id < ? ORDER BY id", (no << 32, (no + 1) << 32)
        )
        for (header,) in rows:
            head = next_head(head, bytes(header))
            yield head
        yield opening_head(device, inst, before)


def rehome(store: Store, stream: str) -> None:
    """Lay everything written here so far into another stream: only what never left this PC can be written anew.

    People and station written down before the district gave the station its community; there are no cases yet.
    """
    with store.raw_write() as con:
        if con.execute("SELECT 1 FROM acked UNION ALL SELECT 1 FROM case_row LIMIT 1").fetchone():
            raise BugError("ops that left this PC are never rewritten")
        head = NO_HEAD
        insts = con.execute("SELECT no, inst, device FROM inst WHERE own = 1 ORDER BY no").fetchall()
        for no, inst, device in insts:
            con.execute("UPDATE inst SET before = ? WHERE no = ?", (head, no))
            head = opening_head(str(device), str(inst), head)
            rows = con.execute(
                "SELECT id, header FROM op WHERE id >= ? AND id < ? ORDER BY id", (no << 32, (no + 1) << 32)
            ).fetchall()
            for key, header in rows:
                moved = replace(parse_header(bytes(header)), stream=stream).to_bytes()
                con.execute("UPDATE op SET header = ? WHERE id = ?", (moved, key))
                head = next_head(head, moved)
        if insts:
            con.execute("UPDATE head SET head = ?", (head,))


def counters(store: Store, least: int = 0) -> tuple[int, int]:
    """Take request counters durably: (first, one past the last), above every one taken before and above `least`."""
    with store.raw_write() as con:
        row = database.one(
            con, "UPDATE head SET counter = max(counter, ?) + ? RETURNING counter", (least, COUNTERS_AT_ONCE)
        )
    return int(row[0]) - COUNTERS_AT_ONCE + 1, int(row[0]) + 1


def cursors(store: Store) -> dict[str, int]:
    """Cursor by stream."""
    return {str(stream): int(cursor) for stream, cursor in store.reader.execute("SELECT stream, cursor FROM cursor")}


def spells(store: Store) -> dict[str, str]:
    """The server's spell in which each cursor above 0 was read, where it is known."""
    sql = "SELECT stream, value FROM cursor JOIN setting ON key = ? || stream WHERE cursor > 0"
    return {str(stream): str(spell) for stream, spell in store.reader.execute(sql, (SPELL,)) if spell}


def note_spell(con: Connection, stream: str, spell: str) -> None:
    """Note with a cursor in which spell it was read; "" where the server does not say."""
    con.execute(
        "INSERT INTO setting VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"
        " WHERE value <> excluded.value",
        (SPELL + stream, spell),
    )


def reset_cursors(store: Store, stream: str | None = None) -> None:
    """Read one stream again from its beginning, or (None) everything: streams and histories."""
    with store.raw_write() as con:
        if stream is not None:
            con.execute("INSERT OR REPLACE INTO cursor VALUES(?, 0)", (stream,))
            con.execute("DELETE FROM setting WHERE key = ?", (SPELL + stream,))
            return
        con.execute("UPDATE cursor SET cursor = 0")
        con.execute("DELETE FROM setting WHERE key IN (SELECT ? || stream FROM cursor)", (SPELL,))
        con.execute("UPDATE history SET cursor = 0, done = 0")


def histories(store: Store, grants: Sequence[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Note the granted (case, stream) pairs; those still to be fetched as (case, stream, cursor).

    A history counts as fetched until a page of its stream passes over the case (`intake`): then, when the grant comes
    back, what was missed meanwhile is read from where the history stood.
    """
    granted = dict(grants)
    known = {
        str(case): (str(stream), int(cursor), bool(done))
        for case, stream, cursor, done in store.reader.execute("SELECT case_rec, stream, cursor, done FROM history")
    }
    fresh = [case for case in granted if case not in known]
    if fresh:
        with store.raw_write() as con:
            rows = [(store.ids.pk_entering(con, case), case, granted[case]) for case in fresh]
            con.executemany("INSERT OR IGNORE INTO history VALUES(?, ?, ?, 0, 0)", rows)
    wanted = [(case, s, c) for case, (s, c, done) in known.items() if case in granted and not done]
    return wanted + [(case, granted[case], 0) for case in fresh]


def set_directory(store: Store, entries: Iterable[tuple[str, str, bytes, bytes, int, bool]], server_ms: int) -> None:
    """Add or renew devices: (device, station, sign key, seal key, until, revoked).

    Nothing is written for what is known already, but for the time once an hour.
    """
    rows = [(*entry[:5], int(entry[5])) for entry in entries]
    here = {tuple(r) for r in store.reader.execute("SELECT * FROM directory")}
    if all(row in here for row in rows) and server_ms - int(store.setting("link.directory") or 0) < _AN_HOUR_MS:
        return
    with store.raw_write() as con:
        con.executemany("INSERT OR REPLACE INTO directory VALUES(?, ?, ?, ?, ?, ?)", rows)
    store.set_settings({"link.directory": str(server_ms)})


def directory(store: Store) -> dict[str, tuple[str, bytes]]:
    """device -> (station, seal key) of every device that is not revoked."""
    rows = store.reader.execute("SELECT device, station, seal_key FROM directory WHERE revoked = 0")
    return {str(device): (str(station), bytes(key)) for device, station, key in rows}


def note_refused(store: Store, refused: Iterable[tuple[str, str]], at_ms: int) -> None:
    """List (op, code) that the server stored but could not apply."""
    with store.raw_write() as con:
        con.executemany("INSERT OR REPLACE INTO refused VALUES(?, ?, ?)", [(op, code, at_ms) for op, code in refused])


def refused(store: Store) -> list[tuple[str, str, int]]:
    """(op, code, ms) of what the server could not apply, newest first."""
    rows = store.reader.execute("SELECT op, code, at FROM refused ORDER BY at DESC, op")
    return [(str(op), str(code), int(at)) for op, code, at in rows]


def quarantined(store: Store) -> list[tuple[str, str, int]]:
    """(op, what is wrong, ms) of received ops that were kept apart, newest first."""
    rows = store.reader.execute("SELECT op, code, at FROM quarantine ORDER BY id DESC")
    return [(str(op), str(code), int(at)) for op, code, at in rows]
