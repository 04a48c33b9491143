"""Making a release: for whoever publishes the program and holds the release key."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from station_app.services.updating import applying, fetching
from station_app.store import schema, sealing
from sync.client.codec import PROTOCOL
from sync.contract.catalogue import CATALOGUE_VERSION
from sync.contract.errors import KnownError
from sync.contract.releasing import signed_file
from sync.contract.releasing.release import (
    FILES,
    MANIFEST,
    SIGNATURE,
    Release,
    ReleaseFile,
    from_bytes,
    is_path,
    signed_bytes,
    to_bytes,
)
from sync.contract.releasing.versions import is_version

_KEY_BYTES: Final = 32


def make(
    platforms: Mapping[str, Path], *, version: str, least: str, issued: date, notes: str, private_key: bytes, out: Path
) -> Release:
    """Write a signed release into a folder. `platforms`: name -> folder of a packed version, or one package (a file).

    What it works with (protocol, catalogue, form of the database) is this checkout's. E-517 key, E-518, E-516.
    """
    if len(private_key) != _KEY_BYTES:
        raise KnownError("E-517", name="key")
    if not (is_version(version) and is_version(least) and platforms):
        raise KnownError("E-518", key="version", value=version)
    try:
        listed = {name: _files(place) for name, place in platforms.items()}
        release = Release(
            version, issued, least, PROTOCOL, CATALOGUE_VERSION, schema.TRUTH_VERSION, notes,
            {name: tuple(files) for name, files in listed.items()},
        )  # fmt: skip
        manifest = to_bytes(release)
        (out / FILES).mkdir(parents=True, exist_ok=True)
        for name, place in platforms.items():
            for file in listed[name]:
                shutil.copyfile(place if place.is_file() else place / file.path, out / FILES / file.sha256)
        (out / MANIFEST).write_bytes(manifest)
        signature = sealing.sign(private_key, signed_bytes(manifest))
        (out / SIGNATURE).write_bytes(signed_file.write(sealing.sign_public(private_key), signature))
    except OSError as error:
        raise KnownError("E-516", file=str(error.filename or out)) from error
    return from_bytes(manifest)


def _files(place: Path) -> list[ReleaseFile]:
    if place.is_file():
        return [ReleaseFile(place.name, fetching.hash_of(place), place.stat().st_size)]
    files = applying.package_files(place)
    wrong = [f.path for f in files if not is_path(f.path)]
    if wrong or not files:
        raise KnownError("E-516", file=wrong[0] if wrong else str(place))
    return [replace(f) for f in files]
