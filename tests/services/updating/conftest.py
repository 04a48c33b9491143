"""A PC with version 0.2.0 beside its data, and a publisher who makes 0.3.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from station_app import launcher
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.updating import making, trusting
from station_app.store import sealing
from tests.packaging import packed
from tests.support.stations import make_station

SAME = b"same in both versions " * 20_000
CHANGED = b"new in the later one " * 90_000


@dataclass
class Pc:
    """A station, the folder of its versions, and a publisher's key."""

    station: Station
    home: Path
    place: Path
    key: bytes

    def publish(self, version: str = "0.3.0", *, key: bytes | None = None, least: str = "0.0", name: str = "") -> Path:
        """A signed release in a folder."""
        more = {"_internal/same.bin": SAME, "_internal/changed.bin": CHANGED, "_internal/again.bin": CHANGED}
        folder = packed.bundle(self.place / f"bundle-{version}-{name}", version, more=more)
        out = self.place / f"release-{version}-{name}"
        making.make(
            {trusting.kind(): folder}, version=version, least=least, issued=date(2026, 11, 1), notes="修正了…",
            private_key=key or self.key, out=out,
        )  # fmt: skip
        return out

    def starts(self) -> str:
        """Which version the launcher would start now; nothing is counted."""
        return launcher.read(self.home).version

    def part(self) -> int:
        """Bytes fetched so far that are not yet a whole file."""
        return sum(p.stat().st_size for p in self.station.store.directory.glob("updates/*/files/*.part"))


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pc]:
    home = tmp_path / "home"
    packed.bundle(home / "versions/0.2.0", "0.2.0", more={"_internal/same.bin": SAME})
    launcher.put(home, launcher.Pointer("0.2.0"))
    monkeypatch.setenv(launcher.HOME, str(home))
    monkeypatch.setenv(launcher.VERSION, "0.2.0")
    station = make_station(tmp_path / "data").station
    key = sealing.new_sign_key()
    settings.put(station, {"update.key": sealing.sign_public(key).hex()})
    yield Pc(station, home, tmp_path, key)
    station.store.close()
