"""Taking an entry in: what is wrong with it in words; else it is sealed in memory and kept in one transaction, once."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Final

from sync.contract import ticket as codes
from sync.contract.canonical import Json, dumps
from sync.contract.op import Change
from sync.contract.wire import b64
from sync.server.clock import iso
from sync.server.own import OwnOp
from sync.server.selfentry import pictures, tickets
from sync.server.selfentry.form import Form
from sync.server.selfentry.places import Spot
from sync.server.selfentry.sealing import Envelope, Sealed
from sync.server.server import Server
from sync.server.storage.port import Tx

VERB: Final = "self_entry"
MOST_PHOTOS: Final = 4
MOST_OPEN: Final = 300
"""Entries of one station that wait for an answer; beyond it the page says that nothing more can be taken."""
LENGTHS: Final = {"what": 2000, "where": 100, "called": 40, "phone": 30}
HONEY: Final = "website"
"""A field nobody sees; programs that fill in everything fill it too."""


class Wrong(ValueError):
    """What is wrong, as a key of the language's section `wrong`, the field it concerns, and a number to name."""

    def __init__(self, key: str, field: str = "", n: int = 0) -> None:
        super().__init__(key)
        self.key, self.field, self.n = key, field, n


@dataclass(frozen=True, slots=True)
class Said:
    """What a resident said, in clear: it lives in memory only."""

    texts: dict[str, str]
    photos: list[bytes] = field(default_factory=list, repr=False)


def station_folder(spot: Spot) -> str:
    """Where files of a station lie that are of no case."""
    return f"station:{spot.station}"


def take(server: Server, spot: Spot, form: Form, language: str) -> str:
    """Keep what was said; the code to follow it by. Wrong where something is to be put right; then nothing is kept."""
    once = form.texts.get("once", "") or os.urandom(16).hex()
    code = tickets.code_of(server.district, once, _content(form))
    ticket = codes.ticket_of(code)
    with server.storage.read() as tx:
        if _known(tx, ticket):
            return code
        if _open(tx, spot) >= MOST_OPEN:
            raise Wrong("full")
    said = _read(form)
    now = server.clock.now_ms()
    envelope = Envelope()
    photos = [envelope.seal(photo) for photo in said.photos]
    letter = envelope.seal(_letter(said, code=code, at=iso(now), language=language))
    values: dict[str, Json] = {
        "ticket": ticket,
        "station": spot.station,
        "at": iso(now),
        "files": [f"{f.name}:{f.sha}:{len(f.data) - _OVERHEAD}" for f in (letter, *photos)],
        "keys": [envelope.box(device, key, ticket) for device, key in spot.readers],
    }
    if spot.place.hours:
        values["hours"] = spot.place.hours
    server.storage.write(lambda tx: _keep(tx, server, spot, values, [letter, *photos], now))
    return code


_OVERHEAD: Final = 1 + 12 + 16


def _keep(tx: Tx, server: Server, spot: Spot, values: dict[str, Json], files: list[Sealed], now: int) -> None:
    tx.row(f"SELECT code FROM stream WHERE code = ?{tx.locked}", (spot.stream,))
    if _known(tx, str(values["ticket"])):
        return  # the same form on another connection
    for file in files:
        tx.run(
            "INSERT INTO blob VALUES(?, ?, ?, ?, ?, ?, ?)",
            (spot.stream, station_folder(spot), file.name, len(file.data), file.data, server.district.device, now),
        )
    change = Change(server.chain.next_rec(tx), "self_entry", values)
    server.chain.publish(tx, [OwnOp(spot.stream, VERB, [change])], wall=now)


def _known(tx: Tx, ticket: str) -> bool:
    return tx.row("SELECT 1 FROM self_entry WHERE ticket = ?", (ticket,)) is not None


def _open(tx: Tx, spot: Spot) -> int:
    row = tx.row(
        "SELECT count(*) FROM self_entry WHERE station = ? AND answer = '' AND withdrawn = ''", (spot.station,)
    )
    return int(row[0]) if row else 0


def _content(form: Form) -> bytes:
    """What two sendings of one form have in common."""
    photos = [hashlib.sha256(photo).hexdigest() for photo in form.files.get("photos", [])]
    return dumps({"texts": {name: form.texts.get(name, "") for name in LENGTHS}, "photos": [*photos]})


def _read(form: Form) -> Said:
    if form.texts.get(HONEY):
        raise Wrong("form")
    texts = {name: _plain(form.texts.get(name, ""), lines=name == "what") for name in LENGTHS}
    for name, most in LENGTHS.items():
        if len(texts[name]) > most:
            raise Wrong("long", name, most)
    if not texts["what"]:
        raise Wrong("what", "what")
    digits = sum(c.isdigit() for c in texts["phone"])
    if texts["phone"] and not (5 <= digits <= 20 and all(c in "0123456789+-－（）() 转#" for c in texts["phone"])):
        raise Wrong("phone", "phone")
    given = form.files.get("photos", [])
    if len(given) > MOST_PHOTOS:
        raise Wrong("photos", "photos", MOST_PHOTOS)
    try:
        return Said(texts, [pictures.clean(photo) for photo in given])
    except pictures.NoPicture as exc:
        raise Wrong("photo", "photos") from exc


def _plain(typed: str, *, lines: bool) -> str:
    """Without signs that cannot be seen or turn the reading direction; one line unless `lines`."""
    kept = "".join(c for c in typed.replace("\r\n", "\n") if c.isprintable() or (lines and c == "\n"))
    return kept.strip() if lines else " ".join(kept.split())


def _letter(said: Said, *, code: str, at: str, language: str) -> bytes:
    salt = b64(os.urandom(16))  # the letter's hash stands in clear: a short text must not be guessed from it
    return dumps({"v": 1, "code": code, "at": at, "lang": language, "salt": salt, **said.texts})
