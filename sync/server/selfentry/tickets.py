"""Making the code a resident keeps, of which the server keeps only a hash.

It follows from the form that was sent, the form's own random word and a secret of the server: the same form sent twice
(a broken line, a second tap) has the same code and is kept once; nobody can work out another's.
"""

from __future__ import annotations

import hashlib
import hmac

from sync.contract.ticket import LENGTH, LETTERS, shown
from sync.server.keys import District


def code_of(district: District, once: str, content: bytes) -> str:
    """ "K7QM-2XHD-9WPC" for a form."""
    secret = hashlib.sha256(b"GM1 self-entry\0" + district.server.private.private_bytes_raw()).digest()
    number = int.from_bytes(hmac.digest(secret, once.encode() + b"\0" + hashlib.sha256(content).digest(), "sha256"))
    signs = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        signs += LETTERS[place]
    return shown(signs)
