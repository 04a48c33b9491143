"""The code of a resident's entry: twelve signs without look-alikes, in groups of four; replicas keep its hash. Pure."""

from __future__ import annotations

import hashlib
from typing import Final

LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LENGTH: Final = 12


def read(typed: str) -> str:
    """The code as typed, without dashes and spaces; "" where it is none."""
    plain = "".join(c for c in typed[:80].upper() if c not in " -－—　")
    return plain if len(plain) == LENGTH and all(c in LETTERS for c in plain) else ""


def shown(plain: str) -> str:
    """In groups of four, as people read it out: "K7QM-2XHD-9WPC"."""
    return "-".join(plain[i : i + 4] for i in range(0, LENGTH, 4))


def ticket_of(code: str) -> str:
    """What is kept of a code: SHA-256 over its twelve signs, hex."""
    return hashlib.sha256(b"GM1 ticket\0" + read(code).encode()).hexdigest()
