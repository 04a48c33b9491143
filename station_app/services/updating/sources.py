"""Where releases come from: the district over the line, a folder on a share, a stick; what each has, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from station_app.services.local import settings
from station_app.services.station import Station
from station_app.services.travel import enrolment
from station_app.services.travel.link import StationLedger, server_link
from station_app.services.updating import trusting
from station_app.services.updating.trusting import Signed
from sync.contract.errors import KnownError
from sync.contract.releasing.release import FILES, MANIFEST, MAX_PIECE
from sync.contract.releasing.versions import is_version, order

Parts = Sequence[tuple[str, int]]
"""(hash, offset) of what is to be read next."""
_AT_ONCE: Final = 100


class Source(Protocol):
    """What an update is fetched from."""

    def look(self, running: str) -> tuple[Signed | None, tuple[str, ...]]:
        """The release offered, or None; and which versions were recalled as far as this source knows."""

    def pieces(self, version: str, parts: Parts) -> list[bytes]:
        """The next bytes of the first of these files, as many as come at once."""


class FolderSource:
    """A folder that holds a release, or releases in folders named by their versions; the latest later one counts."""

    def __init__(self, folder: Path, *, trusted: frozenset[bytes], platform_: str) -> None:
        self._folder, self._trusted, self._platform = folder, trusted, platform_
        self._place = folder

    def look(self, running: str) -> tuple[Signed | None, tuple[str, ...]]:
        """As the port says. E-570 where nothing lies there, E-560, E-561 for the latest that is no good."""
        for place in self._places():
            found = trusting.read_folder(place, trusted=self._trusted, platform_=self._platform)
            if order(found.version) <= order(running):
                break
            if order(found.release.least) <= order(running):
                self._place = place
                return found, ()
        return None, ()

    def _places(self) -> list[Path]:
        if (self._folder / MANIFEST).is_file():
            return [self._folder]
        try:
            names = [p.name for p in self._folder.iterdir() if is_version(p.name) and (p / MANIFEST).is_file()]
        except OSError as error:
            raise KnownError("E-570", folder=str(self._folder)) from error
        if not names:
            raise KnownError("E-570", folder=str(self._folder))
        return [self._folder / name for name in sorted(names, key=order, reverse=True)]

    def pieces(self, version: str, parts: Parts) -> list[bytes]:
        """As the port says; E-570 where the stick was taken out."""
        sha, offset = parts[0]
        try:
            with (self._place / FILES / sha).open("rb") as file:
                file.seek(offset)
                return [file.read(MAX_PIECE)]
        except OSError as error:
            raise KnownError("E-570", folder=str(self._folder)) from error


class DistrictSource:
    """The district's server, over this PC's line and within its limit of speed."""

    def __init__(self, station: Station, *, trusted: frozenset[bytes], platform_: str) -> None:
        from sync.client.calls import Line

        self._trusted, self._platform = trusted, platform_
        self._transport = enrolment.open_transport(station, server_link(station).url)
        self._line = Line(StationLedger(station), server_link(station), self._transport)

    def look(self, running: str) -> tuple[Signed | None, tuple[str, ...]]:
        """As the port says."""
        from sync.client import releases

        offered = releases.ask(self._line, running=running, platform=self._platform)
        if not offered.version:
            return None, offered.recalled
        found = trusting.read(offered.manifest, offered.signature, trusted=self._trusted, platform_=self._platform)
        if found.version != offered.version:
            raise KnownError("E-561", what=MANIFEST)
        return found, offered.recalled

    def pieces(self, version: str, parts: Parts) -> list[bytes]:
        """As the port says; what comes in one answer is what the slowest line carries in a reasonable time."""
        from sync.client import releases

        return releases.get(self._line, version=version, parts=parts[:_AT_ONCE], limit=self._limit)

    @property
    def _limit(self) -> int:
        return MAX_PIECE // 4 if self._line.slow else MAX_PIECE

    def close(self) -> None:
        """Let the line go."""
        self._line.close()
        close: Callable[[], None] | None = getattr(self._transport, "close", None)
        if close is not None:
            close()


@contextmanager
def opened(station: Station, *, folder: Path | None, platform_: str) -> Iterator[Source]:
    """The source that was named, else the one set, else the district. E-107 where there is none of them."""
    named = folder or (Path(settings.get(station, "update.folder")) if settings.get(station, "update.folder") else None)
    trusted = trusting.keys(station)
    if named is not None:
        yield FolderSource(named, trusted=trusted, platform_=platform_)
        return
    source = DistrictSource(station, trusted=trusted, platform_=platform_)
    try:
        yield source
    finally:
        source.close()
