"""A release made from the contract alone, as another publisher's tool would make it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PLATFORM = "linux-x86_64"


def write_release(folder: Path, key: bytes, *, version: str = "0.3.0", **changed: Any) -> Path:
    """A signed release of two files."""
    files = {"station-app": b"#!/bin/sh\n", "_internal/data.bin": version.encode() * 500_000}
    (folder / "files").mkdir(parents=True)
    rows = []
    for path, data in files.items():
        sha = hashlib.sha256(data).hexdigest()
        (folder / "files" / sha).write_bytes(data)
        rows.append([path, sha, len(data), int(path == "station-app")])
    raw = {
        "format": "station-release", "v": 1, "version": version, "issued": "2026-11-01", "least": "0.0",
        "protocol": [1, 1], "catalogue": 2, "truth": 1, "notes": "", "platforms": {PLATFORM: rows}, **changed,
    }  # fmt: skip
    manifest = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    private = Ed25519PrivateKey.from_private_bytes(key)
    signature = private.sign(b"GM1 release\0" + hashlib.sha256(manifest).digest())
    (folder / "release.json").write_bytes(manifest)
    (folder / "release.sig").write_text(f"{private.public_key().public_bytes_raw().hex()}\n{signature.hex()}\n")
    return folder


def public(key: bytes) -> str:
    """The key to trust."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()
