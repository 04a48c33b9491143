"""Who may open the database: its random raw key, wrapped once per user by a password (argon2id), kept in keys.json.

Log-in works with no network, slows down after failures and locks for a while; the key recovery sheet (密钥恢复单) is
one more wrap. Nothing in this file opens the database without a password.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sync.contract.errors import KnownError

FILE_NAME: Final = "keys.json"
MIN_PASSWORD: Final = 8
FAILURES_BEFORE_LOCK: Final = 5
LOCK_MS: Final = 10 * 60 * 1000
_COST: Final = {"t": 3, "m": 64 * 1024, "p": 1}
"""argon2id: passes, KiB, lanes (RFC 9106's second choice for interactive use)."""
_SHEET_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class UserCard:
    """What the log-in screen shows of a user before anybody is known."""

    person: str
    name: str
    title: str


def _derive(password: str, salt: bytes, cost: dict[str, int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=cost["t"],
        memory_cost=cost["m"],
        parallelism=cost["p"],
        hash_len=32,
        type=Type.ID,
    )


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Keyring:
    """The file keys.json of one data directory."""

    def __init__(self, directory: Path) -> None:
        """Point at a data directory; nothing is read yet."""
        self.path = directory / FILE_NAME

    def exists(self) -> bool:
        """True when a station was set up here."""
        return self.path.exists()

    def _load(self) -> dict[str, Any]:
        if not self.path.exists():
            raise KnownError("E-510")
        try:
            data = json.loads(self.path.read_text("utf-8"))
            if not isinstance(data.get("users"), list):
                raise ValueError("no users")
        except (OSError, ValueError) as exc:
            raise KnownError("E-508", path=self.path.name) from exc
        return dict(data)

    def _store(self, data: dict[str, Any]) -> None:
        """Write beside, fsync, rename: a cut of power leaves the old file or the new one."""
        partial = self.path.with_suffix(".part")
        with partial.open("w", encoding="utf-8") as handle:
            json.dump(data, handle, ensure_ascii=False, indent=1)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(self.path)

    def create(self) -> None:
        """Start an empty keyring; E-511 where one lies already."""
        if self.path.exists():
            raise KnownError("E-511", path=self.path.name)
        self._store({"v": 1, "users": []})

    def users(self) -> list[UserCard]:
        """The users of this device, in the order they were added."""
        return [UserCard(u["person"], u["name"], u.get("title", "")) for u in self._load()["users"]]

    def put_user(self, *, person: str, name: str, title: str, password: str, key: bytes) -> None:
        """Add a user or set a new password: the database key wrapped under it. E-515 for a short password."""
        if len(password) < MIN_PASSWORD:
            raise KnownError("E-515", least=MIN_PASSWORD)
        data = self._load()
        salt = os.urandom(16)
        entry = {"person": person, "name": name, "title": title, "salt": _b64(salt), "cost": dict(_COST)}
        entry["key"] = _b64(_wrap(_derive(password, salt, _COST), key, person))
        data["users"] = [u for u in data["users"] if u["person"] != person] + [entry]
        self._store(data)

    def remove_user(self, person: str) -> None:
        """End a user's log-in on this device; nothing where he had none."""
        data = self._load()
        data["users"] = [u for u in data["users"] if u["person"] != person]
        self._store(data)

    def unlock(self, *, name: str, password: str, now_ms: int) -> tuple[UserCard, bytes]:
        """Return the user and the database key. E-512 unknown name, E-501 wrong password, E-506 locked for a while."""
        data = self._load()
        entry = next((u for u in data["users"] if name in (u["name"], u["person"])), None)
        if entry is None:
            raise KnownError("E-512", name=name)
        until = int(entry.get("locked_until", 0))
        if now_ms < until <= now_ms + LOCK_MS:  # a clock set back must not lock for years
            raise KnownError("E-506", minutes=max(1, -(-(until - now_ms) // 60_000)))
        secret = _derive(password, base64.b64decode(entry["salt"]), entry["cost"])
        key = _unwrap(secret, base64.b64decode(entry["key"]), entry["person"])
        if key is None:
            raise self._failed(data, entry, now_ms)
        if entry.pop("failures", 0) or entry.pop("locked_until", 0):
            self._store(data)
        return UserCard(entry["person"], entry["name"], entry.get("title", "")), key

    def _failed(self, data: dict[str, Any], entry: dict[str, Any], now_ms: int) -> KnownError:
        failures = int(entry.get("failures", 0)) + 1
        entry["failures"] = failures
        error = KnownError("E-501", left=FAILURES_BEFORE_LOCK - failures)
        if failures >= FAILURES_BEFORE_LOCK:
            entry["failures"], entry["locked_until"] = 0, now_ms + LOCK_MS
            error = KnownError("E-506", minutes=LOCK_MS // 60_000)
        self._store(data)
        return error

    def make_sheet(self, key: bytes) -> str:
        """Make the key recovery sheet's code (six groups of five, about 147 bits) and keep one more wrap under it."""
        code = "-".join("".join(secrets.choice(_SHEET_LETTERS) for _ in range(5)) for _ in range(6))
        data = self._load()
        data["sheet"] = {"key": _b64(_wrap(sheet_secret(code), key, "sheet"))}
        self._store(data)
        return code

    def open_sheet(self, code: str) -> bytes:
        """Return the database key for a sheet's code; E-501 where it does not fit."""
        sheet = self._load().get("sheet")
        if not sheet:
            raise KnownError("E-501", left=0)
        key = _unwrap(sheet_secret(code), base64.b64decode(sheet["key"]), "sheet")
        if key is None:
            raise KnownError("E-501", left=0)
        return key


def sheet_secret(code: str) -> bytes:
    """The 32-byte secret of a recovery code; case, spaces and dashes do not matter. Random enough to need no argon2."""
    plain = "".join(c for c in code.upper() if c in _SHEET_LETTERS)
    return hashlib.sha256(b"GM1 sheet\0" + plain.encode()).digest()


def sheet_seal_key(code: str) -> bytes:
    """The X25519 private key of a recovery sheet (32 bytes): root keys are wrapped to it, should every disk be gone."""
    return hashlib.sha256(b"GM1 sheet seal\0" + sheet_secret(code)).digest()


def _wrap(secret: bytes, key: bytes, name: str) -> bytes:
    # imported where a password is used: the log-in screen shows names before that
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(12)
    return nonce + ChaCha20Poly1305(secret).encrypt(nonce, key, b"GM1 user\0" + name.encode())


def _unwrap(secret: bytes, box: bytes, name: str) -> bytes | None:
    """The key, None where the secret does not fit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(secret).decrypt(box[:12], box[12:], b"GM1 user\0" + name.encode())
    except InvalidTag:
        return None
