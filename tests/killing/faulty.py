"""A disk below SQLite that fails: full, errors, short reads, and a power cut that keeps only what was waited for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512


class FaultyDisk:
    """Counts what SQLite asks of it; the `at`-th write, sync or read goes wrong as `kind` says (0: none).

    full, error: that write or sync fails; read: that read fails (a silently short one SQLCipher sees by the HMAC of its
    page, plain SQLite does not); power: from that write on nothing reaches the disk, and of what was not synced each
    write is there whole, torn at a sector, or not at all.
    """

    def __init__(self, kind: str = "", at: int = 0, seed: int = 0) -> None:
        self.kind, self.at, self.cut = kind, at, False
        self.writes = self.reads = 0
        self._random = Random(f"{kind} {at} {seed}")
        self._synced: dict[str, bytes] = {}
        self._since: dict[str, list[tuple[int, bytes]]] = {}

    def opened(self, name: str) -> None:
        """What lies there now has been there for long."""
        if name not in self._synced:
            path = Path(name)
            self._synced[name] = path.read_bytes() if path.exists() else b""
            self._since[name] = []

    def fails(self, *, reading: bool = False) -> bool:
        """Count an operation; whether it is the one."""
        if reading:
            self.reads += 1
            return self.kind == "read" and self.reads == self.at
        self.writes += 1
        hit = self.kind not in ("", "read") and self.writes == self.at
        self.cut |= hit and self.kind == "power"
        return hit

    def wrote(self, name: str, offset: int, data: bytes) -> None:
        """A write that is on its way."""
        self._since[name].append((offset, data))

    def synced(self, name: str) -> None:
        """All of a file is on the disk."""
        self._synced[name] = Path(name).read_bytes()
        self._since[name] = []

    def deleted(self, name: str) -> None:
        """A file is gone."""
        self._synced.pop(name, None)
        self._since.pop(name, None)

    def lay(self) -> None:
        """After the power came back: put the files as the disk has them."""
        for name, before in self._synced.items():
            image = bytearray(before)
            for offset, data in self._since[name]:
                kept = self._random.choice((0, len(data), len(data) // 2 // SECTOR * SECTOR))
                if kept:
                    image.extend(bytes(max(0, offset + kept - len(image))))
                    image[offset : offset + kept] = data[:kept]
            Path(name).write_bytes(bytes(image))


class FaultyVFS(apsw.VFS):
    """SQLite's own way to the disk, with a `FaultyDisk` in between."""

    def __init__(self, name: str, disk: FaultyDisk) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: Any) -> Any:  # noqa: N802  # SQLite's name
        return FaultyFile("", name, flags, self._disk)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802  # SQLite's name
        if self._disk.cut:
            raise apsw.IOError("no power")
        self._disk.deleted(name)
        super().xDelete(name, sync)


class FaultyFile(apsw.VFSFile):
    """One file."""

    def __init__(self, base: str, name: Any, flags: Any, disk: FaultyDisk) -> None:
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        if self._name:
            disk.opened(self._name)
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  # SQLite's name
        self._spoil()
        if self._name:
            self._disk.wrote(self._name, offset, bytes(data))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802  # SQLite's name
        self._spoil()
        super().xSync(flags)
        if self._name:
            self._disk.synced(self._name)

    def xTruncate(self, size: int) -> None:  # noqa: N802  # SQLite's name
        self._spoil()
        super().xTruncate(size)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802  # SQLite's name
        if self._disk.fails(reading=True):
            raise apsw.IOError("read")
        data: bytes = super().xRead(amount, offset)
        return data

    def _spoil(self) -> None:
        if self._disk.cut:
            raise apsw.IOError("no power")
        if self._disk.fails():
            raise apsw.FullError("disk full") if self._disk.kind == "full" else apsw.IOError(self._disk.kind)


def over(path: Path, disk: FaultyDisk, work: Callable[[apsw.Connection], None]) -> bool:
    """Do work over a faulty disk; False where an error came out of it. The connection is gone afterwards."""
    vfs = FaultyVFS(f"faulty-{id(disk)}", disk)
    con = None
    try:
        con = apsw.Connection(str(path), vfs=f"faulty-{id(disk)}")
        work(con)
        return True
    except apsw.Error:
        return False
    finally:
        with contextlib.suppress(apsw.Error):
            if con is not None:
                con.close(True)
        if disk.cut:
            disk.lay()
        vfs.unregister()
