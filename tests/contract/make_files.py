"""Writes the vectors of what lies in files and is random or packed: segments, letters, backups. By hand, once:
python -m tests.contract.make_files

Each is written only where it is missing: a second implementation need not make the same bytes, it must read these.
"""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station_app.store import sealing
from sync.client import sharing
from sync.client.ledger import Outgoing, OutRun
from sync.contract import chain, wire
from sync.contract.canonical import Json, dumps
from sync.contract.segment import Segment, name_of
from sync.server.admin import backup
from tests.contract.make_vectors import (
    CASE,
    DEVICE_SEED,
    FOLDER,
    INST,
    LATER,
    SEAL_SEED,
    SERVER_SEED,
    Vectors,
    public,
    sample_ops,
    sign,
)  # fmt: skip
from tests.support.fake_ledger import FakeLedger

OTHER_SEED = bytes(range(160, 192))
PASSWORD = "一把足够长的口令"
CHEAP = {"time_cost": 1, "memory_cost": 64}
"""Of argon2id in the vector only, so that reading it is quick; a real backup takes 3 passes over 64 MiB."""


def opening() -> bytes:
    return chain.opening_head(chain.device_id(public(DEVICE_SEED)), INST, chain.NO_HEAD)


def segments() -> Vectors:
    """A segment of three ops beyond number 2 up to 7, and how it is listed."""
    server = chain.device_id(public(SERVER_SEED))
    items = [(h.to_bytes(), body) for h, body, _ in sample_ops()]
    run = chain.run_over(INST, 1, opening(), [header for header, _ in items])
    signature = bytes.fromhex(sign(SERVER_SEED, chain.certificate_message(server, [run])))
    head: dict[str, Json] = {
        "cursor": 7, "more": True, "revs": [3, 1, 3], "own_revs": [],
        "certificate": wire.certificate_to_json(chain.Certificate(server, (run,), signature)),
        "opens": {INST: [chain.device_id(public(DEVICE_SEED)), wire.b64(chain.NO_HEAD)]},
    }  # fmt: skip
    plain = wire.pack_message(head, wire.pack_ops(items))
    data = zstandard.ZstdCompressor(level=12).compress(plain)
    listed = Segment(name_of(data), 2, 7, 3, len(data)).to_json()
    following: Json = ["ab" * 32, 7, 9, 1, 100]
    bad: list[Json] = [
        [], [listed] * 2, [["AB" * 32, 2, 7, 3, 9]], [["ab" * 32, 7, 7, 1, 9]], [["ab" * 32, 2, 7, 0, 9]],
        [["ab" * 32, 2, 7, 3, 5_000_000]], [["ab" * 32, 4, 7, 3, 9]], [["ab" * 32, 2, 7, 3]],
        [["ab" * 32, 2, 7, 3, 9], ["cd" * 32, 8, 9, 1, 9]],
    ]  # fmt: skip
    return {
        "server_public": public(SERVER_SEED).hex(),
        "stream": "dongkeng",
        "hex": data.hex(),
        "plain_hex": plain.hex(),
        "listed": listed,
        "answer_hex": wire.pack_message({"segments": [listed, following]}).hex(),
        "ops": [f"{INST}.{n}" for n in (1, 2, 3)],
        "revs": [3, 4, 7],
        "piece": {"request": {"id": name_of(data), "offset": 10, "limit": 20},
                  "answer_hex": wire.pack_message({"size": len(data), "offset": 10}, data[10:30]).hex()},
        "no_list_at_cursor_3": bad,
    }  # fmt: skip


def letters() -> Vectors:
    """A letter from one PC to its colleague: how far each knows the other, two ops of its own, one file."""
    ledger = FakeLedger(private=Ed25519PrivateKey.from_private_bytes(DEVICE_SEED))
    receiver = sharing.Colleague(
        chain.device_id(public(OTHER_SEED)), public(OTHER_SEED), sealing.seal_public(SEAL_SEED)
    )
    ops = [(h.to_bytes(), body) for h, body, _ in sample_ops()][1:]
    first = chain.run_over(INST, 1, opening(), [sample_ops()[0][0].to_bytes()])
    said = sharing.Said({LATER: 4}, {INST: 3}, [(CASE, "cd" * 32)])
    data = sharing.write(
        ledger,
        receiver,
        said,
        pushes=[(Outgoing([OutRun(INST, 2, first.head, ops)], {}), {INST: chain.NO_HEAD})],
        blobs=[(CASE, "ab" * 32, b"sealed elsewhere")],
        number=7,
        now_ms=1_795_500_000_000,
    )
    return {
        "sender_public": public(DEVICE_SEED).hex(),
        "receiver": receiver.device,
        "receiver_seal_seed": SEAL_SEED.hex(),
        "hex": data.hex(),
        "at": 1_795_500_000_000,
        "have": {LATER: 4},
        "mine": {INST: 3},
        "lacking": [[CASE, "cd" * 32]],
        "ops": [f"{INST}.2", f"{INST}.3"],
        "before_hex": first.head.hex(),
        "opens": {INST: chain.NO_HEAD.hex()},
        "blob": {"case": CASE, "id": "ab" * 32, "hex": b"sealed elsewhere".hex()},
    }


def backups() -> Vectors:
    """The outer form of both backups, around a few bytes."""
    database, keys = b"pages of the encrypted database", dumps({"users": [{"name": "李明"}]})
    digests: dict[str, Json] = {"station.db": sha256(database).hexdigest(), "keys.json": sha256(keys).hexdigest()}
    device, name = chain.device_id(public(DEVICE_SEED)), "东坑社区科学城工地群众诉求服务站"
    sheet = dumps({"v": 1, "station": name, "device": device, "at": 1_795_500_000_000, "files": digests})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for member, data in (("backup.json", sheet), ("keys.json", keys), ("station.db", database)):
            pack.writestr(zipfile.ZipInfo(member), data)
    return {
        "station": {"hex": out.getvalue().hex(), "sheet": json.loads(sheet), "users": ["李明"],
                    "database_hex": database.hex(), "keys": keys.decode()},
        "district": _district(),
    }  # fmt: skip


def _district() -> Json:
    rows: list[list[object]] = [["epoch", "3", None, -5, b"\x00\xff"]]
    packed = b"".join(backup._packed(value) for value in rows[0])
    records = [b'H{"v":1}', b"Tmeta", b"R" + packed, b"E1"]
    plain = b"".join(backup._LENGTH.pack(len(r)) + r for r in records)
    file = io.BytesIO()
    saved, made = dict(backup._COST), dict(backup._COST)
    backup._COST.update(CHEAP)
    try:
        sealed = backup._Sealed(file, PASSWORD)
        sealed.write(zstandard.ZstdCompressor(level=6).compress(plain))
        sealed.finish()
    finally:
        backup._COST.update(saved)
    return {
        "password": PASSWORD,
        "argon2id": {**made, **CHEAP},
        "hex": file.getvalue().hex(),
        "records": [r.decode("latin-1") for r in records],
        "row": ["epoch", "3", None, -5, {"hex": "00ff"}],
    }


def main() -> None:
    """Write what is missing."""
    for name, build in (("segments", segments), ("letters", letters), ("backups", backups)):
        path = Path(FOLDER) / f"{name}.json"
        if not path.exists():
            path.write_text(json.dumps(build(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
