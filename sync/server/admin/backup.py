"""Backups: all tables and the private keys in one encrypted file, alike for both back ends; restore raises the epoch.

Layout: magic, argon2id salt, then frames of at most 1 MiB, each ChaCha20-Poly1305 with its number as nonce and a last
frame marked as such, so that a cut or reordered file is noticed. Inside: zstd over length-prefixed records.
"""

from __future__ import annotations

import base64
import io
import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, cast

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.contract.chain import device_id
from sync.contract.errors import KnownError
from sync.server import keys
from sync.server.clock import Clock
from sync.server.erasure import listing
from sync.server.erasure.deciding import PLACES
from sync.server.server import EPOCH, Server, epoch_after, meta, note, open_server, set_meta
from sync.server.storage import schema
from sync.server.storage.port import Tx, open_storage

MAGIC: Final = b"GMDB1\0"
MIN_PASSWORD: Final = 10
_FRAME: Final = 1024 * 1024
_MORE, _LAST = b"more", b"last"
_COST: Final = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 1}
_ROWS: Final = 500
_LENGTH = struct.Struct(">I")


def _cipher(password: str, salt: bytes) -> ChaCha20Poly1305:
    from argon2.low_level import Type, hash_secret_raw

    secret = hash_secret_raw(password.encode(), salt, hash_len=32, type=Type.ID, **_COST)
    return ChaCha20Poly1305(secret)


class _Sealed(io.RawIOBase):
    """Writes frames to a file."""

    def __init__(self, file: IO[bytes], password: str) -> None:
        salt = os.urandom(16)
        self._file, self._cipher, self._number = file, _cipher(password, salt), 0
        self._waiting = bytearray()
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > _FRAME:
            self._frame(bytes(self._waiting[:_FRAME]), _MORE)
            del self._waiting[:_FRAME]
        return len(data)

    def finish(self) -> None:
        """Write the last frame."""
        self._frame(bytes(self._waiting), _LAST)

    def _frame(self, data: bytes, mark: bytes) -> None:
        sealed = self._cipher.encrypt(self._number.to_bytes(12, "big"), data, mark)
        self._file.write(_LENGTH.pack(len(sealed)) + mark + sealed)
        self._number += 1


def _opened(file: IO[bytes], password: str) -> Iterator[bytes]:
    """Plain frames of a file; E-507 for a wrong password or another file, E-106 when it was cut short."""
    head = file.read(len(MAGIC) + 16)
    if len(head) < len(MAGIC) + 16 or not head.startswith(MAGIC):
        raise KnownError("E-507")
    cipher, number, mark = _cipher(password, head[len(MAGIC) :]), 0, _MORE
    while mark == _MORE:
        size, mark = file.read(_LENGTH.size), file.read(len(_LAST))
        if len(size) < _LENGTH.size or mark not in (_MORE, _LAST):
            raise KnownError("E-106")
        try:
            yield cipher.decrypt(number.to_bytes(12, "big"), file.read(min(_LENGTH.unpack(size)[0], 2 * _FRAME)), mark)
        except InvalidTag as exc:
            raise KnownError("E-507" if number == 0 else "E-106") from exc
        number += 1


def backup(server: Server, *, file: Path, password: str) -> int:
    """Write a backup beside, fsync, rename; rows written. E-515 short password, E-516 where it cannot be written."""
    if len(password) < MIN_PASSWORD:
        raise KnownError("E-515", least=MIN_PASSWORD)
    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as out:
            sealed = _Sealed(out, password)
            with zstandard.ZstdCompressor(level=6).stream_writer(cast("IO[bytes]", sealed), closefd=False) as packed:
                rows = _write(server, packed)
            sealed.finish()
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as exc:
        part.unlink(missing_ok=True)
        raise KnownError("E-516", file=str(file)) from exc
    server.storage.write(lambda tx: _noted(tx, server, file.parent, rows))
    listing.copy(server.district, file.parent)
    return rows


def _noted(tx: Tx, server: Server, folder: Path, rows: int) -> None:
    """Remember where backups lie: the erase list is laid beside them whenever it grows."""
    _note_place(tx, folder)
    note(tx, server.clock.now_ms(), "backup", str(rows))


def _note_place(tx: Tx, folder: Path) -> None:
    places: list[str] = json.loads(meta(tx, PLACES, "[]"))
    set_meta(tx, PLACES, json.dumps(sorted({*places, str(folder.resolve())})))


def _write(server: Server, out: zstandard.ZstdCompressionWriter) -> int:
    directory = server.district.directory
    files = {name: json.loads((directory / name).read_text("utf-8")) for name in (keys.CONFIG, keys.KEYS)}
    files["tls"] = {path.name: path.read_text("ascii") for path in sorted(directory.glob("tls-*.pem"))}
    head = {"v": len(schema.VERSIONS), "at": server.clock.now_ms(), "files": files}
    _record(out, b"H" + json.dumps(head, ensure_ascii=False).encode())
    count = 0
    with server.storage.snapshot() as read:
        for table, columns in schema.TABLES.items():
            _record(out, b"T" + table.encode())
            for row in read(table, columns.split()):
                _record(out, b"R" + b"".join(_packed(value) for value in row))
                count += 1
    _record(out, b"E" + str(count).encode())
    return count


def _record(out: zstandard.ZstdCompressionWriter, data: bytes) -> None:
    out.write(_LENGTH.pack(len(data)) + data)


def _packed(value: object) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, int):
        return b"i" + value.to_bytes(8, "big", signed=True)
    data = value.encode() if isinstance(value, str) else bytes(value)  # type: ignore[call-overload]  # text or bytes
    return (b"s" if isinstance(value, str) else b"b") + _LENGTH.pack(len(data)) + data


def _unpacked(data: bytes) -> list[object]:
    values: list[object] = []
    at = 0
    while at < len(data):
        kind, at = data[at : at + 1], at + 1
        if kind == b"n":
            values.append(None)
        elif kind == b"i":
            values.append(int.from_bytes(data[at : at + 8], "big", signed=True))
            at += 8
        else:
            (size,) = _LENGTH.unpack_from(data, at)
            part = data[at + 4 : at + 4 + size]
            values.append(part.decode() if kind == b"s" else part)
            at += 4 + size
    return values


def _records(frames: Iterator[bytes]) -> Iterator[bytes]:
    """Records of an opened backup, in order; E-106 where they end in the middle."""
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    waiting = bytearray()
    for frame in frames:
        waiting += unpacker.decompress(frame)
        at = 0
        while len(waiting) - at >= _LENGTH.size:
            (size,) = _LENGTH.unpack_from(waiting, at)
            if len(waiting) - at - _LENGTH.size < size:
                break
            yield bytes(waiting[at + _LENGTH.size : at + _LENGTH.size + size])
            at += _LENGTH.size + size
        del waiting[:at]
    if waiting:
        raise KnownError("E-106")


def restore(
    directory: Path, *, file: Path, password: str, clock: Clock, database: str = "", erased: Path | None = None
) -> int:
    """Set a district up from a backup, with its epoch raised; rows read. `database`: another place than before.

    What stands on the erase list beside the backup, and on `erased`, is erased again before this returns.
    E-511 where a district or its tables lie already, E-507 wrong password, E-106 damaged, E-509 of a newer program,
    E-415 where an erase list is not this district's.
    """
    if (directory / keys.CONFIG).exists():
        raise KnownError("E-511", path=str(directory))
    try:
        with file.open("rb") as source:
            records = _records(_opened(source, password))
            head = json.loads(next(records)[1:])
            if head["v"] > len(schema.VERSIONS):
                raise KnownError("E-509", path=file.name)
            described = head["files"][keys.CONFIG]
            described["database"] = database or described["database"]
            orders = _orders(head["files"][keys.KEYS], file.parent, erased)
            place = described["database"] or f"sqlite:///{directory / keys.DATABASE}"
            count = _fill(place, records, clock, folder=file.parent)
    except OSError as exc:
        raise KnownError("E-516", file=str(file)) from exc
    listing.begin(directory, orders)
    for name, text in head["files"]["tls"].items():
        keys.write_private(directory / Path(name).name, text.encode())
    keys.write_private(directory / keys.KEYS, json.dumps(head["files"][keys.KEYS], indent=1).encode())
    keys.write_private(directory / keys.CONFIG, json.dumps(described, ensure_ascii=False, indent=1).encode())
    open_server(directory, clock).close()
    return count


def _orders(secret: dict[str, str], folder: Path, erased: Path | None) -> list[listing.Entry]:
    """What the erase lists say: the copy beside the backup, and one given besides."""
    authority, server = (keys.SigningKey.of(base64.b64decode(secret[part])).public for part in ("ca", "server"))
    lists = [folder / listing.beside(device_id(server)), *([erased] if erased else [])]
    return [entry for path in lists for entry in listing.read(path, authority)]


def _fill(place: str, records: Iterator[bytes], clock: Clock, *, folder: Path) -> int:
    """`folder`: where the backup lies; the file itself cannot name it, and later erasures go beside it as well."""
    storage = open_storage(place)
    try:
        storage.prepare()

        def work(tx: Tx) -> int:
            if tx.row("SELECT 1 FROM meta") is not None:
                raise KnownError("E-511", path=place.partition(":")[0])
            count = _load(tx, records)
            set_meta(tx, EPOCH, str(epoch_after(int(meta(tx, EPOCH, "1")), clock.now_ms())))
            _note_place(tx, folder)
            note(tx, clock.now_ms(), "restore", str(count))
            return count

        return storage.write(work)
    finally:
        storage.close()


def _load(tx: Tx, records: Iterator[bytes]) -> int:
    """Read rows until the end record, whose count must agree."""
    table, rows, count = "", list[list[object]](), 0
    for record in records:
        kind, data = record[:1], record[1:]
        if kind == b"R":
            rows.append(_unpacked(data))
            count += 1
        if rows and (kind != b"R" or len(rows) >= _ROWS):
            tx.bulk(table, schema.TABLES[table].split(), rows)
            rows = []
        if kind == b"T":
            table = data.decode()
        elif kind == b"E":
            if int(data) != count:
                break
            return count
    raise KnownError("E-106")
