"""What exchanging with the other PCs of one station reads: who they are, how far their chains are here."""

from __future__ import annotations

from collections.abc import Sequence

from station_app.store import travel
from station_app.store.core import Store
from sync.contract.chain import Run, next_head, opening_head


def colleagues(store: Store, station_code: str, now_ms: int) -> dict[str, tuple[bytes, bytes]]:
    """device -> (Ed25519 key, X25519 key) of the other devices of a station, neither revoked nor run out."""
    rows = store.reader.execute(
        "SELECT device, sign_key, seal_key FROM directory"
        " WHERE station = ? AND revoked = 0 AND until > ? AND device <> ?",
        (station_code, now_ms, store.device),
    )
    return {str(device): (bytes(sign), bytes(seal)) for device, sign, seal in rows}


def own_openings(store: Store) -> dict[str, bytes]:
    """Own incarnation -> the head before it."""
    rows = store.reader.execute("SELECT inst, before FROM inst WHERE own = 1")
    return {str(inst): bytes(before) for inst, before in rows}


def own_places(store: Store) -> dict[str, int]:
    """Own incarnation -> its last sequence number, of those with ops."""
    return {inst: last for _, inst, _, _, last in travel.own_incarnations(store) if last}


def reach(store: Store, insts: Sequence[str]) -> dict[str, int]:
    """Up to which sequence number each of these incarnations lies here without a gap; 0 where it does not begin."""
    found: dict[str, int] = {}
    for inst in insts:
        no = _number(store, inst)
        keys = (no << 32, (no + 1) << 32)
        count, last = store.reader.execute(
            "SELECT count(*), coalesce(max(id), 0) FROM op WHERE id > ? AND id < ?", keys
        ).fetchone()
        whole = no and count == last & 0xFFFFFFFF
        found[inst] = count if whole else _before_gap(store, keys) if no else 0
    return found


def _before_gap(store: Store, keys: tuple[int, int]) -> int:
    done = 0
    for (key,) in store.reader.execute("SELECT id FROM op WHERE id > ? AND id < ? ORDER BY id", keys):
        if int(key) & 0xFFFFFFFF != done + 1:
            break
        done += 1
    return done


def follows(store: Store, device: str, before: bytes, run: Run) -> bool | None:
    """Whether a run of `device` continues, or repeats, what lies here of its incarnation; None where a gap is between.

    `before`: the head before the incarnation, as the sender says; the chain from its opening proves it, and that the
    incarnation is that device's.
    """
    no = _number(store, run.inst)
    own = store.reader.execute("SELECT 1 FROM inst WHERE no = ? AND own = 1", (no,)).fetchone()
    if own is not None:
        return False
    head, done = opening_head(device, run.inst, before), 0
    certified = dict(enumerate((run.before, *run.hashes), run.first - 1))
    rows = store.reader.execute(
        "SELECT id, header FROM op WHERE id > ? AND id <= ? ORDER BY id", (no << 32, no << 32 | run.last)
    )
    for key, header in rows if no else ():
        if int(key) & 0xFFFFFFFF != done + 1:
            break
        if certified.get(done, head) != head:
            return False
        head, done = next_head(head, bytes(header)), done + 1
    if done < run.first - 1:
        return None
    return certified[done] == head


def _number(store: Store, inst: str) -> int:
    row = store.reader.execute("SELECT no FROM inst WHERE inst = ?", (inst,)).fetchone()
    return int(row[0]) if row else 0
