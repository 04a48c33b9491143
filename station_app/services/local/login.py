"""Who can log in on this PC, and whether a password is right: without opening the database, so that it is quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from station_app.store.keyring import Keyring, UserCard

if TYPE_CHECKING:
    from station_app.services.station import Station

__all__ = ["UserCard", "exists", "users", "verify"]


def exists(directory: Path) -> bool:
    """True when a station was set up in this directory."""
    return Keyring(directory).exists()


def users(directory: Path) -> list[UserCard]:
    """The users of this device; E-510 where no station is, E-508 where the file is damaged."""
    return Keyring(directory).users()


def verify(station: Station, password: str) -> None:
    """Check the password of the user who sits here (unlocking the screen); E-501, E-506 as the keyring says."""
    Keyring(station.store.directory).unlock(name=station.user.person, password=password, now_ms=station.clock.now_ms())
