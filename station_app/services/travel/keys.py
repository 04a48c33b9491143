"""Keys on their way: this station's root keys to its committee's other devices, a granted case's key to its receivers.

Asked for before each push. Only what is missing is written, so that asking again changes nothing. `private`, `psych`
and `complainant` are never opened by a grant: who works on a case together shares its content (人民调解法 15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from station_app.domain.case import text
from station_app.services.station import Station
from station_app.services.travel import closed, renewing
from station_app.services.travel.grants import grants_of
from station_app.store import boxes, database, oplog, sealing, travel
from station_app.store.core import Store
from sync.contract.canonical import Json
from sync.contract.fold import FoldOp, State, fold
from sync.contract.op import BadOp, parse_header
from sync.contract.wire import b64, unb64

SHARED: Final = "content"
"""The one compartment that a grant opens."""

_SEEN: Final = "link.keys"
"""Setting: up to which count of changes shared cases were looked through, and for which devices."""

CHANGED: Final = "SELECT rec FROM case_row WHERE shared = 1 AND changed > ?"
"""Shared cases changed after a count of changes; asked in every round."""

_NOTHING_LACKED: Final[WeakKeyDictionary[Store, tuple[object, ...]]] = WeakKeyDictionary()
"""What there was (`_there`) when nothing was missing: as long as it is the same, nothing is. A quiet round asks this
every few minutes.
"""

Devices = dict[str, tuple[str, bytes]]
"""device -> (station code, X25519 public key)."""


@dataclass(slots=True)
class Written:
    """What was wrapped: root keys, and keys by case. `unknown`: stations of a case no device of which is known yet."""

    roots: int = 0
    cases: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    @property
    def again(self) -> bool:
        """Whether another round could bring a key further."""
        return bool(self.roots or self.cases or self.unknown)


def ensure(station: Station) -> Written:
    """Wrap what is missing. Does nothing where the user may not, or nobody else is known."""
    written = Written()
    if not station.can("key"):
        return written
    there_is = _there(station)
    if _NOTHING_LACKED.get(station.store) == there_is:
        return written
    reference = station.store.reference(station.store.reader)
    gone = renewing.gone_devices(station, reference)
    renewing.renew(station, reference, gone)
    devices = known_devices(station, reference, gone)
    written.roots = _roots(station, reference, devices)
    mark = hashlib.sha256(repr(sorted(devices)).encode()).hexdigest()[:16]
    seen, _, of = station.store.setting(_SEEN).partition("|")
    changes = int(database.one(station.store.reader, "SELECT changes FROM head")[0])
    there = _pairs(reference)
    since = int(seen or 0) if of == mark else -1
    for case in _shared_cases(station, since=since):
        _case(station, case, devices, there, written)
    closed.open_to_teams(station, devices, since=since, written=written.cases)
    if station.store.setting(_SEEN) != f"{changes}|{mark}":
        station.store.set_settings({_SEEN: f"{changes}|{mark}"})
    if not written.again:
        _NOTHING_LACKED[station.store] = there_is
    return written


def _there(station: Station) -> tuple[object, ...]:
    """Everything that decides whether a key is missing: ops, devices, root keys, and what stands in the settings."""
    store = station.store
    (changes,) = database.one(store.reader, "SELECT changes FROM head")
    devices = store.reader.execute("SELECT device, station, seal_key, revoked FROM directory ORDER BY 1").fetchall()
    settings = [store.setting(key) for key in (_SEEN, renewing.LEFT, renewing.SHEET, "committee.short", "station.code")]
    return (changes, *devices, *store.vault.roots(), "|", *store.vault.closed_roots(), *settings)


def known_devices(station: Station, reference: State, gone: set[str]) -> Devices:
    """Every other device keys may be wrapped to: those of the directory, and those in the reference data received.

    `gone`: devices that were revoked.
    """
    found: Devices = {}
    for record in reference.of_kind("device"):
        try:
            key = unb64(record.get("seal_key"))
        except BadOp:
            continue
        if len(key) == sealing.ROOT_KEY_BYTES and not record.get("revoked"):
            found[text(record, "device")] = (text(record, "station"), key)
    found |= travel.directory(station.store)
    for device in {station.store.device, *gone}:
        found.pop(device, None)
    return found


def _roots(station: Station, reference: State, devices: Devices) -> int:
    """Every root key held here, to every device of the committee that lacks it."""
    there, mates = _pairs(reference), _committee(station, reference)
    own, _ = station.store.vault.own_root
    sheet, itself = renewing.of_sheet(station), renewing.of_itself(station)
    there -= {(root_id, device) for root_id, device in there if device in itself} - _pairs(reference, "device")
    missing = [
        (root_id, root, device, seal_key)
        for root_id, root in sorted(station.store.vault.roots().items())
        for device, (code, seal_key) in sorted({**devices, **sheet, **itself}.items())
        if code in mates and (root_id, device) not in there
    ]
    kept = station.store.vault.closed_roots()
    missing += [
        (root_id, root, device, seal_key)
        for root_id, root in sorted(kept.items())
        for device, (_, seal_key) in sorted({**sheet, **itself}.items())
        if (root_id, device) not in there
    ]
    if not missing:
        return 0
    owners = {text(r, "key"): text(r, "owner") for r in reference.of_kind("root_key")}
    with station.write("key") as tx:
        op = tx.op("key", "reference")
        for root_id, root, device, seal_key in missing:
            box = sealing.wrap(root, seal_key, boxes.root_purpose(root_id))
            mine = root_id in (own, station.store.vault.closed_root[0])
            owner = station.store.device if mine else owners.get(root_id, "")
            values: dict[str, Json] = {"key": root_id, "owner": owner, "device": device, "wrapped": b64(box)}
            op.new("root_key", {**values, "closed": True} if root_id in kept else values)
    return len(missing)


def _pairs(reference: State, *by: str) -> set[tuple[str, str]]:
    """(root key, device) that need no box any more: wrapped already (`device`), or the device's own (`owner`)."""
    return {(text(r, "key"), text(r, who)) for r in reference.of_kind("root_key") for who in by or ("device", "owner")}


def _committee(station: Station, reference: State) -> set[str]:
    """Codes of the stations of this committee: the own one, and those whose committee bears the same short name."""
    short = station.store.setting("committee.short")
    committees = {r.id for r in reference.of_kind("committee") if short and r.get("short") == short}
    mates = {text(r, "code") for r in reference.of_kind("station") if r.get("committee") in committees}
    return {station.store.setting("station.code"), *mates} - {""}


def _shared_cases(station: Station, *, since: int) -> list[str]:
    """Shared cases changed after this count of changes."""
    rows = station.store.reader.execute(CHANGED, (since,))
    return [str(row[0]) for row in rows.fetchall()]


def _case(station: Station, case: str, devices: Devices, known: set[tuple[str, str]], written: Written) -> None:
    """The keys of one shared case to every device that works on it."""
    store = station.store
    rows = oplog.rows_of_case(store.reader, store.ids.pk(case))
    ops = [oplog.fold_op(store.vault, header, body, rev) for _, header, body, rev in rows]
    state = fold(ops)
    codes = _audience(station, case, state)
    here = {station.store.setting("station.code"), *(code for code, _ in devices.values())}
    written.unknown |= codes - here
    there = known | _boxed(ops)
    missing: list[dict[str, Json]] = []
    for root_id in _roots_used(body for _, header, body, _ in rows if parse_header(header).compartment == SHARED):
        key = store.vault.key_for(root_id, SHARED, case)
        for device, (code, seal_key) in sorted(devices.items()):
            if key is not None and code in codes and (root_id, device) not in there:
                box = sealing.wrap(key, seal_key, boxes.case_purpose(case, SHARED, root_id))
                missing.append({"compartment": SHARED, "key": root_id, "device": device, "wrapped": b64(box)})
    if missing:
        with station.write("key") as tx:
            op = tx.op("key", "register", case=case)
            for values in missing:
                op.new("key", values)
        written.cases.add(case)


def _boxed(ops: Iterable[FoldOp]) -> set[tuple[str, str]]:
    """(root key, device) of every box written for a case. Those of an op that a verdict took out count too: the box
    arrived with it, and written again it would only be refused again.
    """
    changes = [c.set for op in ops for c in op.changes or () if c.kind == "key" and c.set.get("compartment") == SHARED]
    return {(str(values.get("key") or ""), str(values.get("device") or "")) for values in changes}


def _audience(station: Station, case: str, state: State) -> set[str]:
    """Codes of the stations that work on a case: where it was born, and to whom it is granted today."""
    record = state.records.get(case)
    today = station.clock.today().isoformat()
    return {text(record, "station"), *(text(g, "station") for g in grants_of(state.of_kind("grant"), today))} - {""}


def _roots_used(bodies: Iterable[bytes | None]) -> list[str]:
    """Which root keys these sealed bodies need."""
    found: set[str] = set()
    for body in bodies:
        try:
            found.add(sealing.root_id_of(body or b""))
        except BadOp:
            continue
    return sorted(found)
