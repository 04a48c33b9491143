"""Whose releases this PC takes, and reading one: signature first, then everything in it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app import paths
from station_app.services.local import settings
from station_app.services.station import Station
from station_app.store import sealing
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.contract.releasing import signed_file
from sync.contract.releasing.release import (
    MANIFEST,
    MAX_MANIFEST,
    SIGNATURE,
    Release,
    ReleaseFile,
    from_bytes,
    is_hash,
    signed_bytes,
)

KEYS_FILE: Final = "release_keys.txt"
PACKAGE: Final = "deb"
"""Platform of a package that the system installs: one file."""
_MACHINES: Final = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64"}
_PACKAGES: Final = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A release whose signature holds, and its bytes as they came. `files`: those for this kind of PC."""

    release: Release
    files: tuple[ReleaseFile, ...]
    manifest: bytes
    signature: bytes

    @property
    def version(self) -> str:
        """Its version."""
        return self.release.version


def keys(station: Station) -> frozenset[bytes]:
    """Public keys of publishers: those that came with the program, and the one the unit or this PC has set."""
    try:
        shipped = (paths.resources_dir() / "codes" / KEYS_FILE).read_text("utf-8").splitlines()
    except OSError:
        shipped = []
    words = [line.split("#")[0].strip().lower() for line in shipped]
    named = [*words, settings.get(station, "update.key").lower()]
    return frozenset(bytes.fromhex(word) for word in named if is_hash(word))


def kind(*, packages: bool = False) -> str:
    """The platform of this PC as releases name it; `packages`: where system packages own the program."""
    machine = platform.machine().lower()
    machine = _MACHINES.get(machine, machine)
    if packages:
        return f"{PACKAGE}-{_PACKAGES.get(machine, machine)}"
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"{system}-{machine}"


def read(manifest: bytes, signature: bytes, *, trusted: frozenset[bytes], platform_: str) -> Signed:
    """Check and read a release. E-560 not signed by a trusted key, E-561 malformed or not for this kind of PC."""
    signed = signed_file.read(signature)
    if signed is None or signed[0] not in trusted:
        raise KnownError("E-560", part=SIGNATURE)
    if not sealing.verifies(signed[0], signed[1], signed_bytes(manifest)):
        raise KnownError("E-560", part=MANIFEST)
    try:
        release = from_bytes(manifest)
    except BadOp as exc:
        raise KnownError("E-561", what=MANIFEST) from exc
    if platform_ not in release.platforms:
        raise KnownError("E-561", what=platform_)
    return Signed(release, release.platforms[platform_], manifest, signature)


def read_folder(folder: Path, *, trusted: frozenset[bytes], platform_: str) -> Signed:
    """The release lying in a folder; E-570 where there is none, E-560, E-561."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            manifest = file.read(MAX_MANIFEST + 1)
        signature = (folder / SIGNATURE).read_bytes()[:1024]
    except OSError as error:
        raise KnownError("E-570", folder=str(folder)) from error
    return read(manifest, signature, trusted=trusted, platform_=platform_)
