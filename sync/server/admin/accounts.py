"""Accounts of the people who look after the district; passwords by argon2id, never on a command line."""

from __future__ import annotations

from typing import Final

from sync.contract.errors import KnownError
from sync.contract.permissions import HEAD, OPERATOR, SECRETARY
from sync.server.server import Server, note
from sync.server.storage.port import Tx

DATA_OFFICER: Final = "data_officer"
"""Decides erasures (个人信息保护负责人, 个人信息保护法 52); no role of a station."""
ROLES: Final = (SECRETARY, OPERATOR, HEAD, DATA_OFFICER)
MIN_PASSWORD: Final = 10


def add(server: Server, *, name: str, role: str, password: str) -> None:
    """Add an account or give it a new password and role. E-216 no name, E-217 unknown role, E-515 short password."""
    from argon2 import PasswordHasher

    if not name.strip():
        raise KnownError("E-216", field="name")
    if role not in ROLES:
        raise KnownError("E-217", field="role", value=role)
    if len(password) < MIN_PASSWORD:
        raise KnownError("E-515", least=MIN_PASSWORD)
    now = server.clock.now_ms()
    kept = PasswordHasher().hash(password)

    def work(tx: Tx) -> None:
        tx.run(
            "INSERT INTO account VALUES(?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET password = excluded.password,"
            " role = excluded.role",
            (name.strip(), kept, role, now),
        )
        note(tx, now, "user add", name.strip())

    server.storage.write(work)


def verify(server: Server, *, name: str, password: str) -> str:
    """The role of an account; E-501 for a wrong name or password, at the same cost."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    with server.storage.read() as tx:
        row = tx.row("SELECT password, role FROM account WHERE name = ?", (name,))
    hasher = PasswordHasher()
    try:
        hasher.verify(str(row[0]) if row else hasher.hash("nobody"), password)
    except VerificationError:
        row = None
    if row is None:
        raise KnownError("E-501")
    return str(row[1])
