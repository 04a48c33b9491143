"""When a device leaves (a PC is lost or revoked): what is written from then on is sealed under a new root key.

What the leaver could read it can read for ever; what comes after it cannot, also where it finds the bytes on a stick or
in a shared folder. Old keys stay with those who stay. And when every disk of a committee is gone: its root keys lie,
wrapped to the key recovery sheet (密钥恢复单), in the district's reference data.
"""

from __future__ import annotations

import json
from typing import Final

from station_app.domain.case import text
from station_app.services.changes import Changes
from station_app.services.station import Station
from station_app.store import boxes, intake, keyring, oplog, roots, sealing
from sync.contract.errors import KnownError
from sync.contract.fold import State
from sync.contract.op import Change

LEFT: Final = "keys.left"
"""Setting: devices on whose leaving the root key was renewed already (JSON)."""
SHEET: Final = "sheet.key"
"""Setting: the public key of the recovery sheet, hex; "" on a PC that was set up before sheets had one."""


def gone_devices(station: Station, reference: State) -> set[str]:
    """The devices that were revoked, as the directory and the reference data say."""
    rows = station.store.reader.execute("SELECT device FROM directory WHERE revoked = 1")
    revoked = {text(r, "device") for r in reference.of_kind("device") if r.get("revoked")}
    return ({str(row[0]) for row in rows} | revoked) - {station.store.device}


def renew(station: Station, reference: State, gone: set[str]) -> bool:
    """Make a new root key where the present one was given to a device that left since; whether one was made. `gone`:
    the devices that were revoked.
    """
    done = set(json.loads(station.store.setting(LEFT) or "[]"))
    fresh = gone - done
    if not fresh:
        return False
    had = _held_by(station, reference, fresh)
    if had:
        with station.store.raw_write() as con:
            roots.renew(con)
            station.store.vault.reload(con)
    # a program that ends in between makes one key more than needed, which does no harm
    station.store.set_settings({LEFT: json.dumps(sorted(done | fresh))})
    return had


def _held_by(station: Station, reference: State, devices: set[str]) -> bool:
    """Whether one of these devices was given a present root key, or the key of a case under one."""
    vault = station.store.vault
    own = {vault.own_root[0], vault.closed_root[0]}
    if any(r.get("key") in own and text(r, "device") in devices for r in reference.of_kind("root_key")):
        return True
    store = station.store
    rows = store.reader.execute("SELECT id FROM case_row WHERE shared = 1 OR closed > 0").fetchall()
    for (case_id,) in rows:
        for op in oplog.ops_of_case(store.reader, store.vault, int(case_id)):
            for change in op.changes or ():
                if change.kind == "key" and change.set.get("key") in own and change.set.get("device") in devices:
                    return True
    return False


def sheet_device(public: bytes) -> str:
    """The name under which keys are wrapped to a recovery sheet: no device bears it."""
    return f"sheet.{sealing.key_id(public)}"


def of_sheet(station: Station) -> dict[str, tuple[str, bytes]]:
    """The recovery sheet as a receiver of root keys: name -> (station code, X25519 public key); empty without one."""
    public = bytes.fromhex(station.store.setting(SHEET))
    return {sheet_device(public): (station.store.setting("station.code"), public)} if public else {}


def of_itself(station: Station) -> dict[str, tuple[str, bytes]]:
    """This PC as a receiver of its own root keys, once it has renewed one: its backups of before, and a copy of its
    disk, hold the old ones only.
    """
    store = station.store
    if not json.loads(store.setting(LEFT) or "[]"):
        return {}
    return {store.device: (store.setting("station.code"), sealing.seal_public(store.secret("seal_key")))}


def recover(station: Station, *, sheet: str) -> Changes:
    """Take the root keys of a lost PC from its recovery sheet, so that its cases can be read here.

    The cases and the wrapped keys come with the line first. E-501 where nothing here is wrapped to this sheet.
    """
    station.require("key")
    private = keyring.sheet_seal_key(sheet)
    name = sheet_device(sealing.seal_public(private))
    boxed = [r for r in station.store.reference().of_kind("root_key") if r.get("device") == name]
    opened = [boxes.opened(private, "", Change(r.id, r.kind, dict(r.values))) for r in boxed]
    found = [
        (box.root_id, box.key, bool(r.get("closed"))) for r, box in zip(boxed, opened, strict=True) if box is not None
    ]
    if not found:
        raise KnownError("E-501", left=0)
    intake.take_roots(station.store, found, station.clock.now_ms())
    return Changes(frozenset({"case"}), (), (), label="从密钥恢复单取回密钥")
