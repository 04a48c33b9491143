"""The district's data directory: its name, its certificate authority and the server's own keys."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.contract.chain import device_id, server_message
from sync.contract.errors import KnownError

CONFIG: Final = "district.json"
KEYS: Final = "keys.json"
DATABASE: Final = "district.sqlite"


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One Ed25519 key pair."""

    private: Ed25519PrivateKey
    public: bytes

    @classmethod
    def of(cls, raw: bytes) -> SigningKey:
        """From 32 private bytes."""
        private = Ed25519PrivateKey.from_private_bytes(raw)
        return cls(private, private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(message)


@dataclass(frozen=True, slots=True)
class District:
    """Who this server is. `url` is the address printed on papers ("" until known); `epoch` the one last served."""

    directory: Path
    name: str
    database: str
    url: str
    ca: SigningKey
    server: SigningKey

    @property
    def device(self) -> str:
        """The server's own device id."""
        return device_id(self.server.public)

    def server_signature(self) -> bytes:
        """The authority's word that this is the district's server."""
        return self.ca.sign(server_message(self.device, self.server.public))


def create(directory: Path, *, name: str, database: str = "", url: str = "") -> District:
    """Make the keys and the description of a new district. E-511 where one lies, E-513 where nothing can be written."""
    if (directory / CONFIG).exists():
        raise KnownError("E-511", path=str(directory))
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = {part: base64.b64encode(os.urandom(32)).decode() for part in ("ca", "server")}
        write_private(directory / KEYS, json.dumps(secret, indent=1).encode())
        described = {"v": 1, "name": name, "database": database, "url": url}
        write_private(directory / CONFIG, json.dumps(described, ensure_ascii=False, indent=1).encode())
    except OSError as exc:
        raise KnownError("E-513", path=str(directory)) from exc
    return load(directory)


def load(directory: Path) -> District:
    """Read a district's directory. E-510 where there is none, E-517 where its keys are damaged or gone."""
    try:
        described: dict[str, Any] = json.loads((directory / CONFIG).read_text("utf-8"))
    except FileNotFoundError as exc:
        raise KnownError("E-510", path=str(directory)) from exc
    except (OSError, ValueError) as exc:
        raise KnownError("E-508", path=CONFIG) from exc
    try:
        secret: dict[str, str] = json.loads((directory / KEYS).read_text("utf-8"))
        ca, server = (SigningKey.of(base64.b64decode(secret[part])) for part in ("ca", "server"))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise KnownError("E-517", name=KEYS) from exc
    database = described.get("database") or f"sqlite:///{directory / DATABASE}"
    return District(directory, described["name"], database, described.get("url") or "", ca, server)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, durably: beside, fsync, rename."""
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(path)
